"""A text as the terms by which it is found and compared, each with its place in it. Pure; same text, same terms."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from . import meanings as meanings_
from .compounds import parts_of, root
from .lexicon import commonness, lexicon, lines_of
from .meanings import Meanings
from .spelling import distance, of_language, sound_of
from .stems import LONGEST, is_loose, lemmas
from .tokens import REMEMBERED, Token, tokens_of, word_of

MAX_READ = 100_000  # characters; the rest of a longer text is not read
MAX_GUESSED = (
    200  # words of a text that we do not know; each takes half a millisecond, so that noise does not take seconds
)
_LONG, _COMMON = (
    7,
    3.5,
)  # letters, and the Zipf scale: of 1,500 rare words 3 % are taken for another, of 81 mistakes 65 are right
_LOOKED_BACK = 20  # characters before a word, to see whether a sentence begins there
_ENDINGS = ("s", "en", "e", "n", "er", "t")
_SHORTEST_GUESS = 6  # letters; a shorter word that we do not know is a name as well as a mistake


class Kind(StrEnum):
    """How a term came from what is written, the surest first."""

    WORD = "word"  # its stem
    MEANING = "meaning"  # what it means, which others say in other words
    PART = "part"  # a word inside it
    RELATED = "related"  # what it has to do with
    GUESS = "guess"  # what it is if it was misspelt


class Found(NamedTuple):  # as ``Token``, made for each word
    """A term, and where it was found: ``written`` is ``text[start:end]``. ``said`` is how to say the term to people.

    ``common`` is how common it is in Dutch on the Zipf scale (``rarity``).
    """

    term: str
    kind: Kind
    start: int
    end: int
    written: str
    said: str
    common: float


@dataclass(frozen=True, eq=False)
class Analysed:
    """A text taken apart; made once, compared with many. Two of one text are not equal: compare ``found``."""

    found: tuple[Found, ...]
    tokens: tuple[Token, ...] = field(repr=False, default=())

    def terms(self, *kinds: Kind) -> frozenset[str]:
        """The terms in it; only of those kinds where any are given."""
        return frozenset(each.term for each in self.found if not kinds or each.kind in kinds)


def analyse(text: str, *, meanings: Meanings | None = None) -> Analysed:
    """``text`` as terms. ``meanings`` are the shipped ones, or those with what the team keeps (``Meanings.with_more``)."""
    known = meanings_.shipped() if meanings is None else meanings
    read = text[:MAX_READ]
    tokens = tuple(tokens_of(read))
    found = [each for token in tokens for each in _found_at(token, known, read)]
    misspelt = _misspelt(tokens, known, read)
    if misspelt:
        found += [each for token in tokens if token.word in misspelt for each in _guessed_at(token, known, read)]
    stems = [root(token.word) for token in tokens]
    for first, size, meaning in known.found_in(stems):
        start, end = tokens[first].start, tokens[first + size - 1].end
        kind = Kind.MEANING if meaning.is_same else Kind.RELATED
        found.append(Found(meaning.term, kind, start, end, read[start:end], meaning.said, _common_of_all(meaning.said)))
    found.sort(key=lambda each: (each.start, each.end, each.kind, each.term))
    return Analysed(tuple(found), tokens)


def terms_of(word: str, *, meanings: Meanings | None = None) -> dict[str, Kind]:
    """The terms of one word or short phrase, each with the surest way it came: what to look up in an index."""
    order = list(Kind)
    terms: dict[str, Kind] = {}
    for each in analyse(word, meanings=meanings).found:
        if each.term not in terms or order.index(each.kind) < order.index(terms[each.term]):
            terms[each.term] = each.kind
    return terms


def _found_at(token: Token, known: Meanings, text: str) -> Iterator[Found]:
    """What a token says by itself: its stem, the words inside it, and what these mean."""
    start, end = token.start, token.end
    for term, kind, said, common in _said_by(token.word, token.pieces, known):
        written = text[start:end]
        yield Found(term, kind, start, end, written, said or written, common)


@lru_cache(maxsize=REMEMBERED)
def _said_by(word: str, pieces: tuple[str, ...], known: Meanings) -> tuple[tuple[str, Kind, str, float], ...]:
    """(term, kind, how to say it, how common it is) for all that a token says; how it is written itself is left empty."""
    if word in stop_words():
        return ()
    said = [(root(word), Kind.WORD, "", commonness_of(word))]
    for piece in inside(word, pieces):
        said.append((root(piece), Kind.PART, piece, commonness_of(piece)))
        for meaning in known.of_word(root(piece)):
            kind = Kind.PART if meaning.is_same else Kind.RELATED
            said.append((meaning.term, kind, meaning.said, _common_of_all(meaning.said)))
    return tuple(said)


def _guessed_at(token: Token, known: Meanings, text: str) -> Iterator[Found]:
    """What a token may be meant for."""
    here = (token.start, token.end, text[token.start : token.end])
    for guess in _guesses(token.word):
        yield Found(root(guess), Kind.GUESS, *here, guess, commonness_of(guess))
        for piece in parts_of(guess):
            yield Found(root(piece), Kind.GUESS, *here, piece, commonness_of(piece))
        for meaning in known.of_word(root(guess)):
            if meaning.is_same:
                yield Found(meaning.term, Kind.GUESS, *here, meaning.said, _common_of_all(meaning.said))


def inside(word: str, pieces: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The words inside a token: between its hyphens, of which each of these is made, and what its last ones are together."""
    words: list[str] = []
    for piece in pieces or (word,):
        words += [piece] if pieces else []
        words += [*parts_of(piece), *_tails(piece)]
    return tuple(dict.fromkeys(word for word in words if len(word) > 1 and word not in stop_words()))


def _tails(word: str) -> list[str]:
    """*parkeerplaats* in *gehandicaptenparkeerplaats*."""
    parts = parts_of(word)
    starts, at = [], 0
    for part in parts:
        at = word.index(part, at)
        starts.append(at)
        at += len(part)
    return [word[start:] for start in starts[1:-1]]


def _is_name(token: Token, text: str) -> bool:
    """Whether it has a capital where no sentence begins, as far as the marks before it tell."""
    before = text[max(0, token.start - _LOOKED_BACK) : token.start].rstrip(" \t\"'“‘(*_[")
    return text[token.start].isupper() and bool(before) and before[-1] not in ".!?:;#>|-–…\n"


def _misspelt(tokens: Iterable[Token], known: Meanings, text: str) -> frozenset[str]:
    """The first of the words that we do not know and that are no names or compounds that we can tell."""
    found: dict[str, None] = {}
    for token in tokens:
        if len(found) == MAX_GUESSED:
            break
        word = token.word
        if token.pieces or word in found or not _may_be_misspelt(word):
            continue
        if root(word) not in known.words and not _is_name(token, text):
            found[word] = None
    return frozenset(found)


@lru_cache(maxsize=REMEMBERED)
def _may_be_misspelt(word: str) -> bool:
    return (
        _SHORTEST_GUESS <= len(word) <= LONGEST
        and word.isalpha()
        and word not in lexicon()
        and word not in lemmas()
        and word not in stop_words()
        and not parts_of(word)
        and not is_loose(word)
        and root(word) not in lexicon()
        and not any(word.removesuffix(ending) in lexicon() for ending in _ENDINGS)
    )


@lru_cache(maxsize=REMEMBERED)
def _guesses(word: str) -> tuple[str, ...]:
    """The likeliest word that it may be meant for, if any."""
    return tuple(each for each in of_language().near(word)[:1] if _is_likely(word, each))


def _is_likely(word: str, meant: str) -> bool:
    """Whether ``word`` is rather that one misspelt than a rare word or a name that we do not know."""
    sound, other = sound_of(word), sound_of(meant)
    if sound == other:
        return True
    is_long = len(word) >= _LONG and sound[:1] == other[:1]  # few misspell the first letter
    return is_long and commonness(meant) >= _COMMON and distance(word, meant, 1) == 1


@lru_cache(maxsize=REMEMBERED)
def commonness_of(word: str) -> float:
    """How common ``word`` is, by the commonest of its forms; of a compound that is not known, the rarer of its parts."""
    own = max(commonness(word), commonness(lemmas().get(word, word)), commonness(root(word)))
    if word in lexicon() or word in lemmas():
        return own
    parts = parts_of(word)
    return max(own, min(map(commonness_of, parts)) - 1.0) if parts else own


@lru_cache(maxsize=REMEMBERED)
def _common_of_all(phrase: str) -> float:
    """How common a phrase is: as the rarest of its words."""
    words = [token.word for token in tokens_of(phrase) if token.word not in stop_words()]
    return min(map(commonness_of, words or [word_of(phrase)]))


@cache
def stop_words() -> frozenset[str]:
    """Small words that say nothing of what a text is about."""
    return frozenset(word for line in lines_of("stop_words.txt") for word in line.split())

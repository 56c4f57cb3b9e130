"""What somebody typed as a question to the index: its parts, each with the ways to say it. Pure.

A part is a word, or a phrase that has one meaning (*mensen met een beperking*). What stands in quotes is looked for in that
order; a word with a minus may not be there. Nothing that is typed is an error.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from meedoen.language.analysis import Analysed, Found, Kind, analyse, near, of_language
from meedoen.language.analysis.analysed import stop_words
from meedoen.language.analysis.compounds import parts_of, root
from meedoen.language.analysis.tokens import Token, tokens_of

from . import rules
from .engines.terms import Asked, Way

_PHRASE = re.compile(r'["“”„«»]([^"“”„«»]*)(?:["“”„«»]|$)')
_MINUS = re.compile(r"(?:^|\s)[-−–]([^\W_][^\s\"“”„«»]*)")

# What the team explains: the stems of a word, and those of its other spellings.
Spellings = Mapping[Way, Sequence[Way]]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what is asked: how it is written, and the ways to say it with how much each counts.

    ``ways`` are those by which a document is found; ``loose`` ones only help to tell which fits best, and to find something
    where the others find nothing. ``tokens`` are its words, folded. ``guesses`` are the ways to say what it is meant for,
    ``meant``, when it is misspelt.
    """

    written: str
    tokens: tuple[str, ...]
    ways: tuple[tuple[Way, float], ...]
    loose: tuple[tuple[Way, float], ...] = ()
    guesses: tuple[tuple[Way, float], ...] = ()
    meant: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody typed, taken apart. ``was_long`` tells that not all of it counts."""

    text: str
    parts: tuple[Part, ...]
    phrases: tuple[Way, ...] = ()
    without: tuple[Part, ...] = ()
    was_long: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it to look for: it is empty, or small words alone."""
        return not self.parts and not self.phrases

    def asked(self, choices: tuple[tuple[int, ...], ...] = (), *, is_loose: bool = False) -> Asked:
        """As a question to the database; ``choices`` tell which parts together are enough."""
        return Asked(
            tuple(tuple(way for way, _worth in (*part.ways, *(part.loose if is_loose else ()))) for part in self.parts),
            self.phrases,
            tuple(tuple(way for way, _worth in part.ways) for part in self.without),
            choices,
        )


def question(text: str, *, spellings: Spellings | None = None) -> Question:
    """``text`` as a question; the same text gives the same one."""
    typed = " ".join(text.replace("\x00", " ").split())
    read = typed[: rules.MAX_ASKED]
    phrases = [_phrase(match[1]) for match in _PHRASE.finditer(read)]
    bare = _PHRASE.sub(lambda match: f" {match[1]} " if len(_phrase(match[1])) < 2 else " ", read)
    without = [part for match in _MINUS.finditer(bare) for part in _parts(match[1], spellings or {})[:1]]
    wanted = _parts(_MINUS.sub(" ", bare), spellings or {})
    # The words of a phrase tell how well a document fits, too.
    spoken = [part for match in _PHRASE.finditer(read) if len(_phrase(match[1])) > 1 for part in _parts(match[1], {})]
    parts = _each_once([*wanted, *spoken])
    return Question(
        read,
        tuple(parts[: rules.MAX_WORDS]),
        tuple(phrase for phrase in phrases if len(phrase) > 1)[: rules.MAX_WORDS],
        tuple(_each_once(without)[: rules.MAX_WORDS]),
        was_long=len(typed) >= rules.MAX_ASKED or len(parts) > rules.MAX_WORDS,
    )


def guessed(part: Part) -> Part:
    """The part as it is if it was misspelt, as far as Dutch tells."""
    return replace(part, ways=(*part.ways, *part.guesses))


def with_words(part: Part, words: Iterable[str], worth: float) -> Part:
    """The part with other words for it: what it was misspelt for, or what it is the beginning of."""
    more = dict.fromkeys(((root(word),), worth) for word in words)
    return replace(part, ways=(*part.ways, *more))


def _phrase(text: str) -> Way:
    return tuple(root(token.word) for token in tokens_of(text))


def _parts(text: str, spellings: Spellings) -> list[Part]:
    found = analyse(text)
    tokens = list(found.tokens)
    parts, at = [], 0
    while at < len(tokens):
        size = _size(tokens, at, found, spellings)
        part = _part(text, tokens[at : at + size], found, spellings)
        if part.ways:
            parts.append(part)
        at += size
    return parts


def _size(tokens: Sequence[Token], at: int, found: Analysed, spellings: Spellings) -> int:
    """How many words from ``at`` on say one thing together."""
    ends = [each.end for each in found.found if each.kind is Kind.MEANING and each.start == tokens[at].start]
    size = max((sum(token.end <= end for token in tokens[at:]) for end in ends), default=1)
    for more in range(min(8, len(tokens) - at), size, -1):
        if tuple(root(token.word) for token in tokens[at : at + more]) in spellings:
            return more
    return max(1, size)


def _part(text: str, tokens: Sequence[Token], found: Analysed, spellings: Spellings) -> Part:
    start, end = tokens[0].start, tokens[-1].end
    there = [each for each in found.found if start <= each.start and each.end <= end]
    words = [token for token in tokens if token.word not in stop_words()]
    roots = tuple(root(token.word) for token in words)
    ways: dict[Way, float] = {roots: rules.WHOLE} if roots else {}
    for each in there:
        if each.kind is Kind.MEANING and (each.start, each.end) == (start, end):
            ways.setdefault((each.term,), rules.WHOLE)
    for spelling in spellings.get(tuple(root(token.word) for token in tokens), ()):
        ways.setdefault(spelling, rules.WHOLE)
    loose: dict[Way, float] = {}
    if len(tokens) == 1:
        _taken_apart(tokens[0], there, ways, loose)
    for each in there:
        if each.kind is Kind.RELATED:
            loose.setdefault((each.term,), rules.RELATED)
    meant = ""
    guesses: tuple[tuple[Way, float], ...] = ()
    if len(words) == 1 and any(each.kind is Kind.GUESS for each in there):
        meant = next(iter(near(words[0].word, of_language(), most=1)), "")
        guesses = tuple((way, worth * rules.GUESSED) for part in _parts(meant, {}) for way, worth in part.ways)
    return Part(
        text[start:end],
        tuple(token.word for token in words),
        tuple(ways.items()),
        tuple((way, worth) for way, worth in loose.items() if way not in ways),
        guesses,
        meant,
    )


def _taken_apart(token: Token, there: Sequence[Found], ways: dict[Way, float], loose: dict[Way, float]) -> None:
    """The ways to say a compound in its parts: all of them, and loosely what it is a kind of."""
    pieces = token.pieces or (token.word,)
    small = tuple(
        dict.fromkeys(
            root(part) for piece in pieces for part in (parts_of(piece) or (piece,)) if part not in stop_words()
        )
    )
    if len(small) < 2 and not token.pieces:
        return
    if small:
        ways.setdefault(small, rules.PARTS)
    tails = {root(piece[len("".join(parts_of(piece)[:1])) :]) for piece in pieces if len(parts_of(piece)) > 2}
    for each in there:
        if each.kind is Kind.PART and each.term in tails:
            loose.setdefault((each.term,), rules.HEAD)


def _each_once(parts: Iterable[Part]) -> list[Part]:
    return list({part.ways: part for part in parts}.values())

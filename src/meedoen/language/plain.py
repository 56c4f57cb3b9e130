"""The plain-Dutch meter: how hard a text is to read, and which words and sentences make it so.

It measures what can be counted. A text that passes can still be muddled; a text that fails is too hard. The
limits and their reasons stand in ``docs/plain-dutch.md``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from meedoen.language.lists import folded, found_in, jargon, known_words
from meedoen.language.words import sentences, syllable_count, words

MAX_SENTENCE_WORDS = 20  # a longer one has to be held in mind too long; house style, from the B1 guides
LONG_WORD_SYLLABLES = 4  # from here on, most people read a word in pieces
MAX_LONG_WORDS_PART = 0.25  # of the words of a sentence; more, and it reads as a form
FREE_LONG_WORDS = 2  # a short sentence or button may hold so many whatever their part
MIN_READING_EASE = 70.0  # "fairly easy" in Douma's table, the end of primary school; for texts long enough to tell
MIN_WORDS_FOR_EASE = 100  # below it the reading ease jumps about with each word
MAX_PASSIVE_PART = 0.25  # of the sentences of a text long enough to tell; a hint, not a limit

_PASSIVE_VERBS = frozenset({"word", "wordt", "worden", "werd", "werden"})
# Things and people that look like a participle: "het wordt tijd dat gemeenten".
_NO_PARTICIPLES = (
    "gemeenten", "gebouwen", "gesprekken", "gedachten", "gevolgen", "gezinnen", "gevoelens", "gebieden", "gelden",
    "bedrijven", "belangen", "besluiten", "beleid", "bericht", "berichten", "verenigingen", "verhalen",
    "verdragen", "verslagen", "verschillen", "verkeer", "ervoor", "ergens",
)  # fmt: skip
_PARTICIPLE_STARTS = ("ge", "be", "ver", "ont", "her", "er", "aange", "opge", "uitge", "afge", "inge", "voorge")


class Kind(StrEnum):
    """What makes a text hard."""

    LONG_SENTENCE = "long sentence"
    JARGON = "jargon"
    LONG_WORDS = "many long words"
    READING_EASE = "reading ease"


@dataclass(frozen=True)
class Remark:
    """One thing that is over the limit: what, where, and what to do instead."""

    kind: Kind
    where: str
    instead: str = ""


@dataclass(frozen=True)
class Verdict:
    """The figures of a text and what is over the limit."""

    sentence_count: int
    word_count: int
    syllable_count: int
    longest_sentence: int
    long_word_count: int
    passive_count: int
    remarks: tuple[Remark, ...]

    @property
    def is_plain(self) -> bool:
        """Whether the text stays within every limit."""
        return not self.remarks

    @property
    def words_per_sentence(self) -> float:
        """0 for a text without words."""
        return self.word_count / self.sentence_count if self.sentence_count else 0.0

    @property
    def reading_ease(self) -> float:
        """Flesch-Douma: 206.84 - 0.93 x words a sentence - 77 x syllables a word; 60 to 70 is normal.

        W.H. Douma, De leesbaarheid van landbouwbladen (Wageningen, 1960). 100 for a text without words.
        """
        if not self.word_count:
            return 100.0
        return 206.84 - 0.93 * self.words_per_sentence - 77 * self.syllable_count / self.word_count

    @property
    def has_many_passives(self) -> bool:
        """A hint: so many sentences do not say who does it that a reader may wonder."""
        return self.word_count >= MIN_WORDS_FOR_EASE and self.passive_count / self.sentence_count > MAX_PASSIVE_PART


def judge(text: str) -> Verdict:
    """Measure ``text``: plain text, each heading and list item on a line of its own. Same text, same verdict."""
    remarks: list[Remark] = []
    taken_apart = [(sentence, words(sentence)) for sentence in sentences(text)]
    word_count = syllables = longest = long_count = passives = 0
    for sentence, parts in taken_apart:
        counts = [syllable_count(part) if part[0].isalpha() else 1 for part in parts]
        long_words = [part for part, count in zip(parts, counts, strict=True) if _is_long(part, count)]
        word_count += len(parts)
        syllables += sum(counts)
        longest = max(longest, len(parts))
        long_count += len(long_words)
        passives += is_passive(parts)
        if len(parts) > MAX_SENTENCE_WORDS:
            remarks.append(Remark(Kind.LONG_SENTENCE, sentence, f"{len(parts)} > {MAX_SENTENCE_WORDS}"))
        if len(long_words) > max(FREE_LONG_WORDS, MAX_LONG_WORDS_PART * len(parts)):
            remarks.append(Remark(Kind.LONG_WORDS, sentence, ", ".join(long_words)))
        remarks.extend(Remark(Kind.JARGON, found, plain) for found, plain in _jargon_in(parts))
    verdict = Verdict(
        sentence_count=len(taken_apart),
        word_count=word_count,
        syllable_count=syllables,
        longest_sentence=longest,
        long_word_count=long_count,
        passive_count=passives,
        remarks=tuple(remarks),
    )
    if word_count < MIN_WORDS_FOR_EASE or verdict.reading_ease >= MIN_READING_EASE:
        return verdict
    ease = Remark(Kind.READING_EASE, f"{verdict.reading_ease:.0f}", f"{MIN_READING_EASE:.0f}")
    return Verdict(**{**vars(verdict), "remarks": (*remarks, ease)})


def _is_long(word: str, syllables: int) -> bool:
    # A name is not ours to shorten; an address is not read by syllable.
    return (
        syllables >= LONG_WORD_SYLLABLES
        and word.replace("-", "").replace("'", "").replace("’", "").isalpha()
        and word.casefold() not in known_words()
    )


def is_passive(parts: Sequence[str]) -> bool:
    """Whether these words of a sentence leave out who does it, as far as their forms tell."""
    lower = [part.casefold() for part in parts]
    return not _PASSIVE_VERBS.isdisjoint(lower) and any(looks_like_participle(part) for part in lower)


def looks_like_participle(word: str) -> bool:
    """Whether ``word``, in small letters, has the form of a participle: *gemaakt*, *besloten*, *opgeschreven*."""
    return (
        word.startswith(_PARTICIPLE_STARTS)
        and word.endswith(("d", "t", "en"))
        and len(word) > 5
        and word not in _PASSIVE_VERBS
        and not word.endswith(_NO_PARTICIPLES)
    )


def _jargon_in(parts: Sequence[str]) -> Iterator[tuple[str, str]]:
    for start, size, entry in found_in(folded(parts), jargon()):
        yield " ".join(parts[start : start + size]), entry.plain

"""A guess at the language level of a text, A2 to C1, that says how sure it is.

A formula of three figures, fitted on texts that we labelled. What it is worth stands in ``docs/plain-dutch.md``;
``make level`` fits it anew.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from meedoen.language.rarity import UNCOMMON, zipf
from meedoen.language.words import sentences, syllable_count, words

# By ``make level``: level = BASE + a x words a sentence + b x syllables a word + c x part of the words that is uncommon.
BASE = -0.71
A_WORD_A_SENTENCE = 0.07
A_SYLLABLE_A_WORD = 1.17
ALL_UNCOMMON = 2.34
SPREAD = 0.30  # levels: how far off it is on texts that it was not fitted on, standard deviation
FITTED_WORDS = 115  # the length of those texts; a shorter one says less
MIN_WORDS = 50  # below it, no guess
MAX_SENTENCE = 30.0  # words; longer ones make a text no harder by this formula: mostly the full stops are missing


class Level(StrEnum):
    """The levels that we tell apart, the easiest first; their numbers in the formula are 1 to 4."""

    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"


@dataclass(frozen=True)
class Measures:
    """What the formula is made of."""

    words_per_sentence: float
    syllables_per_word: float
    uncommon_part: float
    word_count: int


@dataclass(frozen=True)
class Estimate:
    """The level that is likeliest, the neighbour that is well possible too, and the ``score`` between 1 and 4."""

    level: Level
    other: Level | None
    score: float

    @property
    def words(self) -> str:
        """What to tell who wrote the text."""
        if self.other:
            return _("ongeveer %(level)s, kan ook %(other)s zijn") % {"level": self.level, "other": self.other}
        if self.level is Level.A2:
            return _("ongeveer A2, of makkelijker")
        if self.level is Level.C1:
            return _("ongeveer C1, of moeilijker")
        return _("ongeveer %(level)s") % {"level": self.level}


def estimate(text: str) -> Estimate | None:
    """The level of ``text`` as people read it, without marks of layout; None when it is too short to tell."""
    measured = measures(text)
    return estimate_of(measured) if measured.word_count >= MIN_WORDS else None


def measures(text: str) -> Measures:
    """Measure ``text``; a word with a capital inside a sentence is a name, and never uncommon."""
    taken_apart = [words(sentence) for sentence in sentences(text)]
    word_count = sum(map(len, taken_apart))
    if not word_count:
        return Measures(0.0, 0.0, 0.0, 0)
    syllables = sum(syllable_count(part) if part[0].isalpha() else 1 for parts in taken_apart for part in parts)
    own = [
        part
        for parts in taken_apart
        for number, part in enumerate(parts)
        if part[0].isalpha() and not (number and part[0].isupper())
    ]
    uncommon = sum(zipf(part) < UNCOMMON for part in own)
    return Measures(word_count / len(taken_apart), syllables / word_count, uncommon / max(1, len(own)), word_count)


def estimate_of(measured: Measures) -> Estimate:
    """The level by the formula."""
    score = (
        BASE
        + A_WORD_A_SENTENCE * min(MAX_SENTENCE, measured.words_per_sentence)
        + A_SYLLABLE_A_WORD * measured.syllables_per_word
        + ALL_UNCOMMON * measured.uncommon_part
    )
    return estimate_at(score, measured.word_count)


def estimate_at(score: float, word_count: int) -> Estimate:
    """The level at ``score``, and the neighbour when its border lies within the spread for so many words."""
    score = min(float(len(Level)), max(1.0, score))
    likely = math.floor(score + 0.5)
    spread = SPREAD * max(1.0, math.sqrt(FITTED_WORDS / max(1, word_count)))
    beside = likely + (1 if score > likely else -1)
    is_near_border = abs(score - likely) > 0.5 - spread and 1 <= beside <= len(Level)
    levels = list(Level)
    return Estimate(levels[likely - 1], levels[beside - 1] if is_near_border else None, score)

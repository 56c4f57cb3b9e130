"""Fit the level formula anew on the labelled texts, and tell what it is worth on texts that it was not fitted on.

    make level

Each of the sixteen subjects stands in the set at four levels. A subject is left out, the formula fitted on the other
fifteen, and the four texts judged by it: so each text is judged once by a formula that never saw its subject.
"""

import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, pstdev

from meedoen.language import level
from meedoen.language.level import Level, Measures

TEXTS = Path(__file__).parent / "data" / "levels"
RIDGE = 0.1  # keeps the three weights in proportion, since the three figures go up together


@dataclass(frozen=True)
class Labelled:
    """A text, what it is about, and the level at which it was written."""

    level: Level
    subject: str
    text: str

    @property
    def number(self) -> int:
        return list(Level).index(self.level) + 1


@dataclass(frozen=True)
class Report:
    """What the formula makes of texts that it was not fitted on: (written as, judged as): how many."""

    confusion: Counter[tuple[Level, Level]]
    named: int
    spread: float

    @property
    def total(self) -> int:
        return self.confusion.total()

    @property
    def right(self) -> int:
        return sum(count for (written, judged), count in self.confusion.items() if written is judged)

    @property
    def within_one(self) -> int:
        order = list(Level)
        return sum(count for (a, b), count in self.confusion.items() if abs(order.index(a) - order.index(b)) <= 1)


def labelled_texts() -> list[Labelled]:
    """All texts, the easiest level first."""
    found = []
    for each in Level:
        parts = re.split(r"^=== (.+)\n", (TEXTS / f"{each.lower()}.txt").read_text(encoding="utf-8"), flags=re.M)
        found += [Labelled(each, subject, text.strip()) for subject, text in zip(parts[1::2], parts[2::2], strict=True)]
    return found


def fit(texts: Sequence[Labelled]) -> list[float]:
    """The base and the three weights, by least squares with a ridge."""
    rows = [_figures(level.measures(each.text)) for each in texts]
    numbers = [each.number for each in texts]
    middles = [fmean(column) for column in zip(*rows, strict=True)]
    middle = fmean(numbers)
    apart = [[value - mid for value, mid in zip(row, middles, strict=True)] for row in rows]
    size = len(middles)
    left = [[sum(row[i] * row[j] for row in apart) for j in range(size)] for i in range(size)]
    for i in range(size):
        left[i][i] *= 1 + RIDGE
    right = [sum(row[i] * (number - middle) for row, number in zip(apart, numbers, strict=True)) for i in range(size)]
    weights = _solved(left, right)
    return [middle - sum(w * mid for w, mid in zip(weights, middles, strict=True)), *weights]


def report(texts: Sequence[Labelled]) -> Report:
    """Leave each subject out once."""
    confusion: Counter[tuple[Level, Level]] = Counter()
    off: list[float] = []
    named = 0
    for subject in sorted({each.subject for each in texts}):
        base, *weights = fit([each for each in texts if each.subject != subject])
        for each in (each for each in texts if each.subject == subject):
            measured = level.measures(each.text)
            score = base + sum(w * value for w, value in zip(weights, _figures(measured), strict=True))
            judged = level.estimate_at(score, measured.word_count)
            off.append(score - each.number)
            confusion[each.level, judged.level] += 1
            named += each.level in (judged.level, judged.other)
    return Report(confusion, named, pstdev(off))


def _figures(measured: Measures) -> list[float]:
    sentence = min(level.MAX_SENTENCE, measured.words_per_sentence)
    return [sentence, measured.syllables_per_word, measured.uncommon_part]


def _solved(left: list[list[float]], right: list[float]) -> list[float]:
    """What solves ``left`` x = ``right``, by elimination."""
    rows = [[*row, value] for row, value in zip(left, right, strict=True)]
    size = len(rows)
    for i in range(size):
        pivot = max(range(i, size), key=lambda k: abs(rows[k][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for k in range(size):
            if k != i:
                times = rows[k][i] / rows[i][i]
                rows[k] = [a - times * b for a, b in zip(rows[k], rows[i], strict=True)]
    return [rows[i][size] / rows[i][i] for i in range(size)]


def in_words(texts: Sequence[Labelled]) -> str:
    """The weights and what they are worth, as ``docs/plain-dutch.md`` shows them."""
    names = ("BASE", "A_WORD_A_SENTENCE", "A_SYLLABLE_A_WORD", "ALL_UNCOMMON")
    found = report(texts)
    return "\n".join(
        [
            *(f"{name} = {value:.2f}" for name, value in zip(names, fit(texts), strict=True)),
            f"SPREAD = {found.spread:.2f}",
            "",
            f"texts: {found.total}, each judged without its subject",
            f"right: {found.right}, within one level: {found.within_one}, among the one or two named: {found.named}",
            "",
            f"written | judged {' '.join(Level)}",
            *(
                f"{written}      |        {' '.join(f'{found.confusion[written, judged]:2}' for judged in Level)}"
                for written in Level
            ),
        ]
    )


if __name__ == "__main__":
    sys.stdout.write(in_words(labelled_texts()) + "\n")

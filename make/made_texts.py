"""Texts to measure search with: as many as are asked for, the same each time, in Dutch that nobody wrote.

Words follow each other as in the content that ships (a chain of words), so that small words, phrases and forms are as common
as there. A third of the words that say something is another one, drawn by how common it is in Dutch; now and then it is a
compound that is not in any list, a mistake or a number. So the words grow with the texts, as they do where people write.
"""

import datetime
import math
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

MARK = "Verzonnen tekst."  # at the beginning of each text
PER_TOPIC = 12  # a topic and what was said in it
A_PAGE = 50  # one in so many is as long as a page
MEDIAN, PAGE, LONGEST = 50, 400, 2_000  # words
SPREAD = 0.8  # of the lengths, lognormal: a mean of 69 words
OTHER = 0.33  # of the words that say something
COMPOUND, MISTAKE, NUMBER = 0.05, 0.015, 0.02  # of those
URN = 1 << 18  # words to draw from, each as often as it is common
DAYS = 2_500
TODAY = datetime.date(2026, 11, 1)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|[.!?]")


@dataclass(frozen=True)
class Made:
    """Texts by their numbers, from 0 on: number n is the same in each run."""

    after: dict[str, Sequence[str]]
    urn: Sequence[str]
    parts: Sequence[str]
    small: frozenset[str]
    themes: Sequence[str]
    municipalities: Sequence[str]

    @classmethod
    def of(cls, texts: Sequence[str], themes: Sequence[str], municipalities: Sequence[str]) -> "Made":
        """From texts that people wrote."""
        from meedoen.language.analysis.analysed import stop_words
        from meedoen.language.rarity import common_words

        after: dict[str, list[str]] = defaultdict(list)
        for text in texts:
            words = [".", *(match[0] for match in _WORD.finditer(text)), "."]
            for word, following in pairwise(words):
                after[word].append(following)
        common = {word: zipf for word, zipf in common_words().items() if word.isalpha() and len(word) > 3}
        telling = [word for word in common if word not in stop_words()]
        weights = np.array([10 ** common[word] for word in telling])
        drawn = np.random.default_rng(1).choice(len(telling), size=URN, p=weights / weights.sum())
        parts = [word for word in telling if 4 <= len(word) <= 8 and common[word] > 4.2]
        return cls(dict(after), [telling[at] for at in drawn], parts, frozenset(stop_words()), themes, municipalities)

    def document(self, number: int) -> Any:
        """A topic, something that was said in it, or now and then a page."""
        from meedoen.search.documents import Document

        dice = random.Random(number)
        is_page = number % A_PAGE == A_PAGE - 1
        topic = number // PER_TOPIC
        title = self._title(random.Random(-1 - topic))
        size = min(LONGEST, round((PAGE if is_page else MEDIAN) * math.exp(SPREAD * dice.gauss(0, 1))))
        body = " ".join([MARK, *self._run(dice, max(5, size))])
        of_topic = random.Random(topic)
        return Document(
            str(number),
            f"/proef/{number}/",
            self._title(dice) if is_page else title if number % PER_TOPIC == 0 else body[len(MARK) + 1 :][:60],
            summary=" ".join(self._run(dice, 20)) if is_page else "",
            headings=" ".join(self._run(dice, 15)) if is_page else "",
            body=body,
            place="" if is_page else title,
            group="" if is_page else f"topic:{topic}",
            themes=(of_topic.choice(self.themes),),
            municipalities=(of_topic.choice(self.municipalities),) if of_topic.random() < 0.25 else (),
            date=TODAY - datetime.timedelta(days=int(DAYS * dice.random() ** 2)),
            has_easy=is_page and dice.random() < 0.1,
            worth=int(dice.random() < 0.1),
        )

    def _title(self, dice: random.Random) -> str:
        return " ".join(word for word in self._run(dice, 6) if word.isalpha())

    def _run(self, dice: random.Random, size: int) -> Iterator[str]:
        word = "."
        for _ in range(size):
            following = self.after.get(word) or self.after["."]
            word = following[int(dice.random() * len(following))]
            is_other = word not in self.small and word.isalpha() and dice.random() < OTHER
            yield self._other(dice) if is_other else word

    def _other(self, dice: random.Random) -> str:
        word, chance = self.urn[int(dice.random() * URN)], dice.random()
        if chance < COMPOUND:
            return dice.choice(self.parts) + dice.choice(self.parts)
        if chance < COMPOUND + MISTAKE and len(word) > 5:
            return misspelt(word, dice)
        if chance > 1 - NUMBER:
            return str(int(10 ** (1 + 4 * dice.random())))
        return word


def misspelt(word: str, dice: random.Random) -> str:
    """``word`` with two letters changed places, one left out or one twice; its first letter stays."""
    at = dice.randrange(1, len(word) - 1)
    return dice.choice(
        (
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
        )
    )

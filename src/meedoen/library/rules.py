"""What holds for the library: who reads which version, how long reading takes, in which order articles stand. Pure."""

import datetime
import math
import re
from dataclasses import dataclass
from enum import StrEnum

from meedoen.kernel.dutch import partial_date_words

IS_NEWS_FOR = datetime.timedelta(days=1)  # who puts old articles on the site mails nobody
PAGE_SIZE = 12  # summaries on one page of the list: whole rows of two, three or four

# Readers of plain texts on a screen take 200 to 260 words a minute; we count on people who read slowly.
WORDS_PER_MINUTE = 150

PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
ARTICLE_KEY = re.compile(r"(\d{4}-\d{2}-\d{2})-(\d{1,15})")


class Kind(StrEnum):
    """What a text in the library is; the values stand in addresses."""

    NEWS = "nieuws"
    GUIDE = "handreiking"
    PRACTICE = "praktijkvoorbeeld"
    TOOL = "hulpmiddel"  # of others: a guide, a test, a list


SHELVED = (Kind.GUIDE, Kind.PRACTICE, Kind.TOOL)  # what stands in the knowledge base


class Reading(StrEnum):
    """The two versions that an article can have; the values stand in its address."""

    EASY = "makkelijk"
    PLAIN = "gewoon"


@dataclass(frozen=True, slots=True, order=True)
class ArticleKey:
    """The place of an article in the list, which no other has: its date, and its number within that date."""

    dated_on: datetime.date
    id: int

    def __str__(self) -> str:
        return f"{self.dated_on.isoformat()}-{self.id}"

    @classmethod
    def parse(cls, text: str) -> "ArticleKey":
        """The key in an address. Raises ``ValueError`` for anything else."""
        match = ARTICLE_KEY.fullmatch(text)
        if not match:
            raise ValueError(f"not the key of an article: {text!r}")
        return cls(datetime.date.fromisoformat(match[1]), int(match[2]))


def may_be_read(published_at: datetime.datetime | None, now: datetime.datetime) -> bool:
    """Whether everybody may read an article; ``ArticleQuerySet.published`` is the same in SQL."""
    return published_at is not None and published_at <= now


def reading_shown(asked: str, *, easy_first: bool, has_easy: bool) -> Reading:
    """The version to show: the one asked for, else the one the reader prefers, as far as it exists."""
    wanted = Reading(asked) if asked else Reading.EASY if easy_first else Reading.PLAIN
    return wanted if has_easy else Reading.PLAIN


def reading_minutes(text: str) -> int:
    """How many minutes reading ``text`` takes, rounded up; at least one."""
    return max(1, math.ceil(len(text.split()) / WORDS_PER_MINUTE))


def happened_words(partial: str) -> str:
    """When something happened, with its preposition: ``op 31 augustus 2020``, ``in oktober 2021``, ``in 2023``."""
    if not partial:
        return ""
    preposition = "op" if len(partial) == len("2020-08-31") else "in"
    return f"{preposition} {partial_date_words(partial)}"


def first_day(partial: str) -> datetime.date:
    """The first day of a date that is known to the day, the month or the year.

    Raises ``ValueError`` for what is no such date.
    """
    if not PARTIAL_DATE.fullmatch(partial):
        raise ValueError(f"not a date, month or year: {partial!r}")
    return datetime.date.fromisoformat((partial + "-01-01")[:10])

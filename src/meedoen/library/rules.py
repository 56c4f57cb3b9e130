"""What holds for the library: who reads which version, how long reading takes, in which order articles stand. Pure."""

import datetime
import math
from enum import StrEnum

from meedoen.kernel.keys import DayKey
from meedoen.kernel.partial_dates import first_day as first_day
from meedoen.kernel.partial_dates import happened_words as happened_words

IS_NEWS_FOR = datetime.timedelta(days=1)  # who puts old articles on the site mails nobody
THREAD = "article"  # the kind of the threads below texts
RESERVED = frozenset({"aanbieden", "agendas", "vn-verdrag", "woorden"})  # addresses of our own in the knowledge base
PAGE_SIZE = 12  # summaries on one page of the list: whole rows of two, three or four

# Readers of plain texts on a screen take 200 to 260 words a minute; we count on people who read slowly.
WORDS_PER_MINUTE = 150

ArticleKey = DayKey  # the place of an article in the list


class Kind(StrEnum):
    """What a text in the library is; the values stand in addresses."""

    NEWS = "nieuws"
    GUIDE = "handreiking"
    PRACTICE = "praktijkvoorbeeld"
    TOOL = "hulpmiddel"  # of others: a guide, a test, a list


SOURCES = {Kind.NEWS: "news", Kind.GUIDE: "guide", Kind.PRACTICE: "practice", Kind.TOOL: "tool"}  # of search

SHELVED = (Kind.GUIDE, Kind.PRACTICE, Kind.TOOL)  # what stands in the knowledge base
KEPT_ALIKE = 8  # texts that are alike: more than a page shows, for some are taken down


class Reading(StrEnum):
    """The two versions that an article can have; the values stand in its address."""

    EASY = "makkelijk"
    PLAIN = "gewoon"


def kinds_beside(kind: Kind) -> tuple[Kind, ...]:
    """What may stand below a text of a kind as something like it. News grows old: below what stays there is none."""
    return tuple(Kind) if kind == Kind.NEWS else SHELVED


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

"""What may be asked, and what is kept of what was not found. Pure."""

import datetime
import re

MAX_PAGE = 50  # of twenty; a thousand documents are weighed
FEED_SIZE = 30
MOST_SUGGESTED = 6  # words below the field while somebody types
SUGGESTED_FROM = 2  # documents in which a word stands; what stands in one alone may be a name, or a mistake
MISSED_WORDS = 4  # of a question that is counted; a longer one may be somebody's story
SHOWN_FROM = 2  # times that a question was missed, before the team sees it
SHOWN_CHOICES = 12  # of one kind of narrowing; who wants less types more
MAX_MISSED = 80  # characters that are kept of what was not found
MOST_MISSED = 500  # different questions of a month; more are not kept, so that no machine fills the table
SHOWN_MISSED = 100  # of those, to the team
KEEP_MISSED = datetime.timedelta(days=400)
FIRST_YEAR, LAST_YEAR = 2006, 2100

_APART = re.compile(r"[\s.\-/()+]+")
_PERSONAL = re.compile(r"@|\d{4,}")  # an address, a telephone number, a postcode


def may_be_kept(text: str) -> bool:
    """Whether a question that found nothing may be counted: it is short, and no address or number of somebody."""
    return (
        0 < len(text) <= MAX_MISSED and len(text.split()) <= MISSED_WORDS and not _PERSONAL.search(_APART.sub("", text))
    )


def month_of(day: datetime.date) -> datetime.date:
    """The month in which a question is counted, as its first day."""
    return day.replace(day=1)


def months_before(day: datetime.date, count: int) -> datetime.date:
    """The first day of the month that lies ``count`` months before that of ``day``."""
    months = day.year * 12 + day.month - 1 - count
    return datetime.date(months // 12, months % 12 + 1, 1)

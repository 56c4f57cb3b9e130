"""Dates, times, numbers and lists as Dutch people say them; pure functions without locale settings."""

import datetime
import math
from collections.abc import Sequence
from typing import TypeVar, cast

from django.utils import timezone

Day = TypeVar("Day", bound=datetime.date)

NO_TIME = datetime.timedelta()
MAX_HOURS_SAID = 36  # a longer wait is told in days

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


def date_words(day: datetime.date, *, weekday: bool = True) -> str:
    """``donderdag 3 december 2026``. A datetime is first brought to the time of the Netherlands."""
    day = _local(day)
    words = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{WEEKDAYS[day.weekday()]} {words}" if weekday else words


def datetime_words(moment: datetime.datetime) -> str:
    """``donderdag 3 december 2026, 14.00 uur``, in the time of the Netherlands."""
    return f"{date_words(_local(moment))}, {time_words(moment)}"


def time_words(moment: datetime.datetime) -> str:
    """``14.00 uur``, in the time of the Netherlands."""
    return f"{_local(moment):%H.%M} uur"


def period_words(begin: datetime.datetime, end: datetime.datetime) -> str:
    """``donderdag 3 december 2026, 14.00 tot 16.00 uur``; both days where it ends on another one.

    In a night in which the clock changes, that is said too.
    """
    first, last = _local(begin), _local(end)
    if first.date() == last.date():
        words = f"{date_words(first)}, {first:%H.%M} tot {last:%H.%M} uur"
    else:
        words = f"{datetime_words(first)} tot {datetime_words(last)}"
    if first.utcoffset() == last.utcoffset():
        return words
    turned = "terug" if (first.utcoffset() or NO_TIME) > (last.utcoffset() or NO_TIME) else "vooruit"
    return f"{words} (die nacht gaat de klok een uur {turned})"


def month_words(day: datetime.date) -> str:
    """``december 2026``."""
    day = _local(day)
    return f"{MONTHS[day.month - 1]} {day.year}"


def partial_date_words(text: str) -> str:
    """The words of a date that is known to the day, the month or the year: ``2020-02`` is ``februari 2020``.

    Raises ``ValueError`` for anything else.
    """
    parts = [int(part) for part in text.split("-")]
    if len(parts) > 3:
        raise ValueError(text)
    if len(parts) == 1:
        return str(parts[0])
    if len(parts) == 2:
        return month_words(datetime.date(parts[0], parts[1], 1))
    return date_words(datetime.date(parts[0], parts[1], parts[2]), weekday=False)


def number(value: float) -> str:
    """``43.000``; a fraction with a comma: ``1.234,5``."""
    return f"{value:,}".translate(str.maketrans(",.", ".,"))


def size_words(byte_count: int) -> str:
    """How large a file is: ``240 kB``, ``1,5 MB``."""
    kilobytes = max(1, round(byte_count / 1024))
    return f"{kilobytes} kB" if kilobytes < 1000 else f"{number(round(byte_count / 1024 / 1024, 1))} MB"


def count(value: int, one: str, many: str) -> str:
    """``1 gemeente``, ``0 gemeenten``, ``1.200 gemeenten``."""
    return f"{number(value)} {one if value == 1 else many}"


def wait_words(wait: datetime.timedelta | None) -> str:
    """A wait as people say it, rounded up: ``2 uur``, ``3 dagen``; empty when it is not known."""
    if wait is None:
        return ""
    hours = max(1, math.ceil(wait / datetime.timedelta(hours=1)))
    return f"{hours} uur" if hours <= MAX_HOURS_SAID else f"{math.ceil(hours / 24)} dagen"


def join(words: Sequence[str], last: str = "en") -> str:
    """``a, b en c``; empty for none."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def _local(day: Day) -> Day:
    if isinstance(day, datetime.datetime) and timezone.is_aware(day):
        return cast(Day, timezone.localtime(day))
    return day

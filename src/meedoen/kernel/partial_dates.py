"""Dates that are known to the day, the month or the year: ``2020-08-31``, ``2020-08``, ``2020``. Pure."""

import calendar
import datetime
import re

from .dutch import MONTHS, partial_date_words
from .text import fold

PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_DAY_FIRST = re.compile(r"(?:(?:(\d{1,2})[-/. ]+)?(\d{1,2})[-/. ]+)?(\d{4})")
_IN_WORDS = re.compile(r"(?:[a-z]+dag )?(?:(\d{1,2})e? )?([a-z]+) (\d{4})")
_SHORTEST_MONTH = 3  # letters by which a month is known: jan, feb


def first_day(partial: str) -> datetime.date:
    """The first day of a date that is known to the day, the month or the year.

    Raises ``ValueError`` for what is no such date.
    """
    if not PARTIAL_DATE.fullmatch(partial):
        raise ValueError(f"not a date, month or year: {partial!r}")
    return datetime.date.fromisoformat((partial + "-01-01")[:10])


def last_day(partial: str) -> datetime.date:
    """The last day that it may have been. Raises ``ValueError`` as ``first_day`` does."""
    first = first_day(partial)
    if len(partial) == len("2020"):
        return datetime.date(first.year, 12, 31)
    if len(partial) == len("2020-08"):
        return datetime.date(first.year, first.month, calendar.monthrange(first.year, first.month)[1])
    return first


def happened_words(partial: str) -> str:
    """When something happened, with its preposition: ``op 31 augustus 2020``, ``in oktober 2021``, ``in 2023``."""
    if not partial:
        return ""
    preposition = "op" if len(partial) == len("2020-08-31") else "in"
    return f"{preposition} {partial_date_words(partial)}"


def understood(text: str) -> str:
    """What somebody typed as a day, month or year: ``12 oktober 2026``, ``12-10-2026``, ``oktober 2026``, ``2026``.

    Raises ``ValueError`` for anything else, and for a day that does not exist.
    """
    typed = text.strip()
    if match := _YEAR_FIRST.fullmatch(typed):
        year, month, day = match.groups()
    elif match := _DAY_FIRST.fullmatch(typed):
        day, month, year = match.groups()
    elif match := _IN_WORDS.fullmatch(fold(typed)):
        day, month, year = match[1], str(_month(match[2])), match[3]
    else:
        raise ValueError(f"not a date, month or year: {text!r}")
    partial = "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])
    first_day(partial)
    return partial


def _month(word: str) -> int:
    for number, name in enumerate(MONTHS, 1):
        if len(word) >= _SHORTEST_MONTH and name.startswith(word.rstrip(".")):
            return number
    if word == "mrt":
        return 3
    raise ValueError(f"no month: {word!r}")

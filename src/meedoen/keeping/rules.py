"""How backups are named, which are kept, and how long is known who was erased. Pure: no database, no disk."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from meedoen.kernel.clock import local_date

DAILY, WEEKLY, MONTHLY = 7, 5, 12  # newest of so many days, weeks and months that have one
MAX_AGE = timedelta(days=400)  # a year and the month in which it ends
KEEP_ERASURES = timedelta(days=2 * 366)  # longer than the rule keeps a backup: copies lie elsewhere too
STALE_AFTER = timedelta(hours=36)  # a night may be missed, not two

LEAVE_BYTES = 200_000_000  # that stay free on a disk: some days of posts and their pictures, and an alert before that
_DUMPED = 2  # a dump is packed and has no indexes: half of the database at most
_SCRIPT = 8  # a dump, unpacked to what is typed into a database; words are packed to a fifth or so
_GROWS = 1.1  # how much more than the last one the next backup may be

_NAME = re.compile(r"meedoen-(\d{8}T\d{6}Z)\.tar\.age")


def name_of(moment: datetime) -> str:
    """The name of a backup that was begun then."""
    return f"meedoen-{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}.tar.age"


def moment_of(name: str) -> datetime | None:
    """When the backup of that name was begun; None for another file."""
    found = _NAME.fullmatch(name)
    if not found:
        return None
    try:
        return datetime.strptime(found[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def kept(moments: Iterable[datetime]) -> set[datetime]:
    """Which backups stay: the newest of each of the last 7 days, 5 weeks and 12 months that have one.

    Days are those of the Netherlands; a week begins on Monday. What is much older than those seven days goes, whatever
    lies between; so a clock that is years ahead for a night takes nothing away.
    """
    newest_first = sorted(moments, reverse=True)
    stay: set[datetime] = set()
    for count, period in ((DAILY, _day), (WEEKLY, _week), (MONTHLY, _month)):
        newest: dict[tuple[int, ...], datetime] = {}
        for moment in newest_first:
            newest.setdefault(period(moment), moment)
        stay.update(list(newest.values())[:count])
    limit = _seventh_day(newest_first) - MAX_AGE if newest_first else None
    return {moment for moment in stay if limit and moment >= limit}


def is_due(at: time | None, *, newest: datetime | None, local: datetime) -> bool:
    """Whether the backup of today is to be made; ``local`` is now, on the clock of the Netherlands.

    One that somebody made before its time is not that of today: it deletes no old ones, and was not tried.
    """
    if at is None or local.time() < at:
        return False
    return newest is None or newest < datetime.combine(local.date(), at, tzinfo=local.tzinfo)


def is_stale(newest: datetime | None, *, now: datetime) -> bool:
    """Whether the newest backup is so old that a night was missed."""
    return newest is None or now - newest > STALE_AFTER


def fits(needed: int, *, free: int) -> bool:
    """Whether so many bytes can be laid on a disk, and the site has room left."""
    return needed + LEAVE_BYTES <= free


def dumped(database_bytes: int) -> int:
    """The most that a dump of so large a database takes."""
    return database_bytes // _DUMPED


def script_of(dump_bytes: int) -> int:
    """The most that a dump takes as a script."""
    return dump_bytes * _SCRIPT


def grown(last_bytes: int) -> int:
    """The most that the next backup takes after one of so many bytes."""
    return int(last_bytes * _GROWS)


def _seventh_day(newest_first: list[datetime]) -> datetime:
    """The day that is kept longest as a day; the oldest there is when there are fewer."""
    days = {_day(moment): moment for moment in newest_first}
    return list(days.values())[:DAILY][-1]


def _day(moment: datetime) -> tuple[int, ...]:
    day = local_date(moment)
    return (day.year, day.month, day.day)


def _week(moment: datetime) -> tuple[int, ...]:
    return tuple(local_date(moment).isocalendar()[:2])


def _month(moment: datetime) -> tuple[int, ...]:
    return _day(moment)[:2]

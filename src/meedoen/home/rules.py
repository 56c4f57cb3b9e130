"""What holds for the statements: until when the security file is valid. Pure."""

import datetime

MONTHS_VALID = 11  # RFC 9116 asks for less than a year; the date moves on each month, so it never runs out


def next_month(now: datetime.datetime) -> datetime.datetime:
    """The first moment of the month after ``now``, in the time zone of ``now``."""
    return _months_on(now, 1)


def security_file_expires(now: datetime.datetime) -> datetime.datetime:
    """The date until which the security file says it is valid; the same all month, always ahead, under a year."""
    return _months_on(now, MONTHS_VALID)


def _months_on(now: datetime.datetime, months: int) -> datetime.datetime:
    month = now.month - 1 + months
    return now.replace(
        year=now.year + month // 12, month=month % 12 + 1, day=1, hour=0, minute=0, second=0, microsecond=0
    )

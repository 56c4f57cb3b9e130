"""Places in a list that no two rows share, as they stand in an address."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_KEY = re.compile(r"(\d{1,19})-(\d{1,15})")
_DAY_KEY = re.compile(r"(\d{4}-\d{2}-\d{2})-(\d{1,15})")


@dataclass(frozen=True, slots=True, order=True)
class MomentKey:
    """The place of a row in a list by time: its moment, and its number."""

    at: datetime
    id: int

    def __str__(self) -> str:
        return f"{(self.at - _EPOCH) // _MICROSECOND}-{self.id}"

    @classmethod
    def parse(cls, text: str) -> "MomentKey":
        """The key in an address. Raises ``ValueError`` for anything else."""
        match = _KEY.fullmatch(text)
        if not match:
            raise ValueError(f"no key of a list: {text!r}")
        try:
            return cls(_EPOCH + int(match[1]) * _MICROSECOND, int(match[2]))
        except OverflowError:
            raise ValueError(f"no moment: {text!r}") from None


@dataclass(frozen=True, slots=True, order=True)
class DayKey:
    """The place of a row in a list by day: its date, and its number within that date."""

    dated_on: date
    id: int

    def __str__(self) -> str:
        return f"{self.dated_on.isoformat()}-{self.id}"

    @classmethod
    def parse(cls, text: str) -> "DayKey":
        """The key in an address. Raises ``ValueError`` for anything else."""
        match = _DAY_KEY.fullmatch(text)
        if not match:
            raise ValueError(f"no key of a list: {text!r}")
        return cls(date.fromisoformat(match[1]), int(match[2]))

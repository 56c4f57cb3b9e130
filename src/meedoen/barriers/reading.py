"""Barriers as readers get them: in a fixed number of queries, whatever there is."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from meedoen.kernel.clock import local_date, next_local_day

from . import rules, words
from .models import Barrier
from .rules import State


@dataclass(frozen=True, slots=True)
class Shown:
    """A barrier with where it stands, in words."""

    barrier: Barrier
    state: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """How many there are."""

    open: int
    promised: int
    fixed: int

    @property
    def words(self) -> str:
        """The same in sentences; empty for none at all."""
        return words.count_words(open_count=self.open, promised_count=self.promised, fixed_count=self.fixed)


def counted() -> Counted:
    """How many are open, promised and fixed; one query."""
    return Counted(
        **Barrier.objects.aggregate(
            open=Count("pk", filter=Q(state__in=rules.OPEN)),
            promised=Count("pk", filter=Q(state=State.PROMISED)),
            fixed=Count("pk", filter=Q(state=State.FIXED)),
        )
    )


def shown(barriers: "list[Barrier]", *, today: date) -> list[Shown]:
    """Them as they are shown."""
    return [
        Shown(
            each,
            words.state_words(each, today=today),
            rules.is_overdue(State(each.state), each.promised_on, today=today),
        )
        for each in barriers
    ]


def open_ones(*, today: date, limit: int = rules.OPEN_SHOWN) -> list[Shown]:
    """Those that are not fixed, the soonest promised first, then those without a day, the oldest first; one query."""
    found = Barrier.objects.open()[: rules.OPEN_SHOWN]
    ordered = sorted(found, key=lambda each: (each.promised_on is None, each.promised_on or each.found_on, each.pk))
    return shown(ordered[:limit], today=today)


def next_change(now: datetime) -> datetime | None:
    """When time alone changes what is said: a promised day goes by."""
    return next_local_day(now) if Barrier.objects.promised().filter(promised_on__gte=local_date(now)).exists() else None

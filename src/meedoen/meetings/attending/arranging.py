"""What is to be arranged for a meeting, and until when: its needs as tasks, a task for each kind.

All comes from the vault at the moment it is asked, and stands nowhere else. A number in which nobody is to be known is
no look; names, and numbers of so few that they tell who, are one each (ADR 38).
"""

import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from cachetools import LRUCache
from django.db import transaction
from django.db.models import CharField, Count, Exists, Max, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from meedoen.kernel.clock import local_date
from meedoen.meetings import words
from meedoen.meetings.models import Meeting
from meedoen.meetings.rules import Need
from meedoen.people.models import Person
from meedoen.people.vault import actions as vault
from meedoen.people.vault.models import Sealed, SealedQuerySet
from meedoen.people.vault.rules import Purpose, Reason

from .models import Attendee, AttendeeQuerySet
from .needs import OWN, Asked, CannotDo, Outcome, asked_in, subject_of
from .rules import FEW, State, Way, last_day

SHOWN = 50  # people on a page: each of them is a look
FOR_THE_VENUE = (Need.STEP_FREE, Need.HEARING_LOOP, Need.QUIET_PLACE, Need.PERSONAL_HELP)
FOR_THE_CATERER = (Need.DIET,)

_counted: "LRUCache[int, Ahead | None]" = LRUCache(maxsize=4)
_lock = threading.Lock()


@dataclass
class Task:
    """One kind of need at a meeting: until when, and how it stands with those who asked for it."""

    need: Need | None  # none: what people asked in their own words
    last_day: date
    counts: Counter[Outcome] = field(default_factory=Counter)

    @property
    def kind(self) -> str:
        """By which its address knows it."""
        return self.need.value if self.need else OWN

    @property
    def label(self) -> str:
        return str(words.NEEDS[self.need]) if self.need else _("Iets anders, in eigen woorden")

    @property
    def is_open(self) -> bool:
        return self.counts[Outcome.OPEN] > 0

    def is_overdue(self, today: date) -> bool:
        return self.is_open and self.last_day < today


@dataclass(frozen=True)
class Tasks:
    """What is to be arranged for one meeting, the soonest last day first; and numbers for who cooks and for the venue."""

    tasks: list[Task]
    totals: Counter[Need]  # of who has a place in the room
    unreadable: int  # of how much in the vault we do not know what it is
    is_look: bool  # whether so few asked that these numbers tell who


@dataclass(frozen=True)
class Ahead:
    """How many tasks are open at all meetings that come, until when the first, and at which meeting that is."""

    count: int
    last_day: date
    meeting: int


@transaction.atomic
def tasks_of(meeting: Meeting, *, reader: Person, now: datetime) -> Tasks:
    """What is to be arranged, in numbers; a look where fewer than ``FEW`` asked. Raises ``CannotDo``."""
    people = {
        person: (way, state)
        for person, way, state in _who_asked(Attendee.objects.filter(meeting=meeting)).values_list(
            "person", "way", "party__state"
        )
    }
    is_look = 0 < len(people) < FEW
    kept = _kept([subject_of(meeting)])
    how: dict[str, Any] = {"reader": reader, "purpose": Purpose.MEETING, "reason": Reason.ARRANGE, "now": now}
    try:
        if is_look:
            opened = vault.look_at_all(kept.filter(person__in=people), **how)
        else:
            opened = vault.open_to_count(kept, **how)
    except vault.Refused as refused:
        raise CannotDo(str(refused)) from refused
    found: dict[Need | None, Task] = {}
    totals = Counter[Need]()
    for (person, _subject), asked in _by_person(opened).items():
        for each in asked if person in people else ():
            _count(found, each, meeting.starts_at or now)
            if people[person] == (Way.ROOM, State.PLACED) and each.need and each.outcome != Outcome.NOT_POSSIBLE:
                totals[each.need] += 1
    return Tasks(_soonest_first(found.values()), totals, opened.unreadable, is_look)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of who asked ends: after whom, and whether they were answered; the others come first."""

    attendee: int
    is_answered: bool


def who_asked(meeting: Meeting, *, after: Place | None = None) -> tuple[list[tuple[Attendee, bool]], Place | None]:
    """Who comes and asked for something, with whether they were ever answered, some at a time; and the place to go on from.

    Nothing of what it is, so no look. One query.
    """
    tasks = Concat(Value("meeting:"), Cast(OuterRef("meeting"), CharField()), Value("/tasks"))
    told = Sealed.objects.kept().filter(purpose=Purpose.MEETING.value, person=OuterRef("person"), subject=tasks)
    rows = _who_asked(Attendee.objects.filter(meeting=meeting)).annotate(is_answered=Exists(told))
    if after and after.is_answered:
        rows = rows.filter(is_answered=True, pk__gt=after.attendee)
    elif after:
        rows = rows.filter(Q(is_answered=True) | Q(pk__gt=after.attendee))
    found = list(rows.select_related("person").order_by("is_answered", "pk")[: SHOWN + 1])
    shown = [(each, bool(each.is_answered)) for each in found[:SHOWN]]  # type: ignore[attr-defined]
    return shown, Place(shown[-1][0].pk, shown[-1][1]) if len(found) > SHOWN else None


@transaction.atomic
def who_asked_for(
    meeting: Meeting, kind: str, *, reader: Person, now: datetime, after: int = 0
) -> tuple[list[tuple[Attendee, Asked]], int]:
    """Who asked for one kind, some at a time, each of which is a look; and the number to go on from, or 0.

    Raises ``CannotDo``.
    """
    how: dict[str, Any] = {"reader": reader, "purpose": Purpose.MEETING, "reason": Reason.ARRANGE, "now": now}
    coming = _who_asked(Attendee.objects.filter(meeting=meeting, pk__gt=after)).select_related("person", "party")
    by_person = {each.person_id: each for each in coming if each.person_id}
    kept = _kept([subject_of(meeting)])
    try:
        found = _by_person(vault.open_to_count(kept, **how))
        wanting = [
            person
            for (person, _subject), asked in found.items()
            if person in by_person and any(each.mark == kind for each in asked)
        ]
        shown = sorted(wanting, key=lambda person: by_person[person].pk)[: SHOWN + 1]
        seen = _by_person(vault.look_at_all(kept.filter(person__in=shown[:SHOWN]), **how))
    except vault.Refused as refused:
        raise CannotDo(str(refused)) from refused
    rows = [
        (by_person[person], each)
        for person in shown[:SHOWN]
        for each in seen.get((person, subject_of(meeting)), [])
        if each.mark == kind
    ]
    return rows, by_person[shown[SHOWN - 1]].pk if len(shown) > SHOWN else 0


def seats(meeting: Meeting) -> int:
    """How many are in the room, who helps them included; of nobody what they need."""
    return Attendee.objects.filter(meeting=meeting).placed().places()[Way.ROOM]


def ahead(*, reader: Person, now: datetime) -> Ahead | None:
    """What is open at all meetings that come, for the team's desk; none where nothing is. Three queries, no look.

    As long as nothing was asked, arranged, taken back or cancelled, it is as it was: then the vault stays shut. Kept
    between is the answer alone, in this process.
    """
    coming = Attendee.objects.filter(
        meeting__ends_at__gt=now, meeting__cancelled_at__isnull=True, meeting__withdrawn_at__isnull=True
    )
    rows = list(_who_asked(coming).values_list("person", "meeting", "meeting__starts_at"))
    if not rows:
        return None
    kept = _kept({f"meeting:{meeting}" for _person, meeting, _starts_at in rows})
    how: dict[str, Any] = {"reader": reader, "purpose": Purpose.MEETING, "reason": Reason.ARRANGE, "now": now}
    vault.open_to_count(kept.none(), **how)  # who may not have it counted does not hear what was counted for others
    still = kept.kept().filter(until__gt=now, consent__withdrawn_at__isnull=True)
    written = still.aggregate(count=Count("pk"), last=Max("pk"), put_at=Max("put_at"))
    mark = hash((tuple(sorted(rows)), *written.values()))
    with _lock:
        if mark in _counted:
            return _counted[mark]
    opened = vault.open_to_count(kept, **how)
    found = _ahead(rows, opened, now)
    if not opened.unreadable:  # a key that is away may come back
        with _lock:
            _counted[mark] = found
    return found


def forget() -> None:
    """Forget what was counted."""
    with _lock:
        _counted.clear()


def _ahead(rows: list[tuple[int, int, datetime | None]], opened: vault.Opened, now: datetime) -> Ahead | None:
    starts = {(person, f"meeting:{meeting}"): (meeting, starts_at) for person, meeting, starts_at in rows}
    by_meeting: dict[int, dict[Need | None, Task]] = {}
    for mark, asked in _by_person(opened).items():
        if mark in starts:
            meeting, starts_at = starts[mark]
            for each in asked:
                _count(by_meeting.setdefault(meeting, {}), each, starts_at or now)
    waiting = [
        (task.last_day, meeting) for meeting, tasks in by_meeting.items() for task in tasks.values() if task.is_open
    ]
    return Ahead(len(waiting), *min(waiting)) if waiting else None


def _who_asked(attendees: AttendeeQuerySet) -> AttendeeQuerySet:
    """Those who come, and keep in the vault what they need for it."""
    subject = Concat(Value("meeting:"), Cast(OuterRef("meeting"), CharField()))  # as ``needs.subject_of``
    kept = Sealed.objects.kept().filter(purpose=Purpose.MEETING.value, person=OuterRef("person"), subject=subject)
    return attendees.confirmed().filter(Exists(kept))


def _kept(subjects: Iterable[str]) -> SealedQuerySet:
    return Sealed.objects.filter(subject__in=[name for each in subjects for name in (each, f"{each}/tasks")])


def _by_person(opened: vault.Opened) -> dict[tuple[int, str], list[Asked]]:
    """What each asked and how it stands, by person and meeting."""
    found: dict[tuple[int, str], dict[str, dict[str, Any]]] = {}
    for sealed, content in opened.contents:
        found.setdefault((sealed.person_id, sealed.subject.partition("/")[0]), {})[sealed.subject] = content
    return {mark: asked_in(kept, mark[1]) for mark, kept in found.items()}


def _count(tasks: dict[Need | None, Task], asked: Asked, starts_at: datetime) -> None:
    day = last_day(asked.need, starts_on=local_date(starts_at))
    tasks.setdefault(asked.need, Task(asked.need, day)).counts[asked.outcome] += 1


def _soonest_first(tasks: Iterable[Task]) -> list[Task]:
    order = [*Need, None]
    return sorted(tasks, key=lambda task: (task.last_day, order.index(task.need)))

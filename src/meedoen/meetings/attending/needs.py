"""What who comes needs to take part: asked with consent, kept in the vault alone, arranged, told, and erased (decisions 8).

What somebody asks and what came of it are two things in the vault: ``meeting:12`` and ``meeting:12/tasks``. Nothing here
writes a need anywhere else, and a mail names none: it tells that there is news, and what leads to their own page.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.kernel.clock import local_date
from meedoen.meetings import words
from meedoen.meetings.models import Meeting
from meedoen.meetings.rules import Need
from meedoen.people.models import Person
from meedoen.people.vault import actions as vault
from meedoen.people.vault.models import Sealed
from meedoen.people.vault.rules import Purpose, Reason

from . import letters
from .models import Attendee

KEEP = timedelta(days=14)  # after the meeting: for the bill of an interpreter, and to ask whether it was as agreed
CONSENT = "Ik vind het goed dat jullie dit bewaren om het te regelen. Alleen wie het regelt, ziet het. Twee weken na de bijeenkomst wissen jullie het."

OWN = "eigen"  # by which the outcome of what somebody asked in their own words is known


class Outcome(StrEnum):
    """How it stands with one thing that somebody asked; the values stand in the vault."""

    OPEN = "open"
    ARRANGED = "geregeld"
    NOT_POSSIBLE = "kan-niet"  # always with what can be done instead


class CannotDo(Exception):
    """It cannot be kept or arranged; the text is fit to show, and what was typed stays."""


@dataclass(frozen=True)
class Asked:
    """One thing that somebody asked, and how it stands."""

    need: Need | None  # none: in their own words
    label: str
    outcome: Outcome
    words: str

    @property
    def mark(self) -> str:
        """By which its outcome is known."""
        return self.need.value if self.need else OWN


@dataclass(frozen=True)
class Needs:
    """What somebody needs, in choices and in their own words."""

    chosen: tuple[Need, ...] = ()
    words: str = ""

    @property
    def is_nothing(self) -> bool:
        return not (self.chosen or self.words)


def subject_of(meeting: Meeting) -> str:
    """By which the vault knows the meeting."""
    return f"meeting:{meeting.pk}"


@transaction.atomic
def ask(attendee: Attendee, needs: Needs, *, now: datetime) -> None:
    """Keep what somebody needs, to whom the words of ``CONSENT`` were shown and who said yes; nothing lets go of all.

    What was arranged already stays as it was. Raises ``CannotDo``.
    """
    person, meeting = attendee.person, attendee.meeting
    if person is None or meeting.ends_at is None:
        raise CannotDo(_("Zeg eerst dat je komt. Daarna vragen we wat je nodig hebt."))
    if needs.is_nothing:
        let_go(attendee, now=now)
        return
    until = meeting.ends_at + KEEP
    before = [each.need for each in asked_by(attendee)]
    try:
        agreed = vault.consent(
            person, kind=Purpose.MEETING.value, words=CONSENT, subject=subject_of(meeting), until=until, now=now
        )
        vault.put(
            person,
            purpose=Purpose.MEETING,
            subject=subject_of(meeting),
            title=meeting.title,
            content={
                "wat je vroeg": [str(words.NEEDS[need]) for need in needs.chosen],
                "in je eigen woorden": needs.words,
                vault.COUNTED: [need.value for need in needs.chosen],
            },
            agreed=agreed,
            until=until,
            now=now,
        )
    except vault.Refused as refused:
        raise CannotDo(str(refused)) from refused
    if set(needs.chosen) - set(before):
        letters.needs_noted(attendee, meeting, now=now)


def add(attendee: Attendee, needs: Needs, *, now: datetime) -> None:
    """Keep this beside what stands there already; nothing goes by it. Raises ``CannotDo``."""
    there = needs_of(attendee)
    chosen = tuple(dict.fromkeys((*there.chosen, *needs.chosen)))
    said = needs.words if needs.words in there.words else "\n".join(filter(None, (there.words, needs.words)))
    ask(attendee, Needs(chosen, said or there.words), now=now)


def has_asked(attendee: Attendee) -> bool:
    """Whether they asked for something; nothing of what."""
    return bool(_kept(attendee))


def let_go(attendee: Attendee, *, now: datetime) -> None:
    """Erase what somebody needed for a meeting, since they take it back or do not come. Twice is once."""
    for sealed in _kept(attendee):
        vault.erase(sealed, now=now)


def asked_by(attendee: Attendee) -> list[Asked]:
    """What somebody asked and how it stands, for themselves. Empty where nothing is kept, or no key opens it."""
    try:
        found = {sealed.subject: vault.own(sealed) for sealed in _kept(attendee)}
    except vault.CannotRead:
        return []
    return asked_in(found, subject_of(attendee.meeting))


def needs_of(attendee: Attendee) -> Needs:
    """What stands in the form to begin with."""
    asked = asked_by(attendee)
    own = next((each.label for each in asked if each.need is None), "")
    return Needs(tuple(each.need for each in asked if each.need), own)


@transaction.atomic
def look(attendee: Attendee, *, reader: Person, now: datetime) -> list[Asked]:
    """The same for who arranges it; that they looked is written down, for its person to read. Raises ``CannotDo``."""
    try:
        found = {
            sealed.subject: vault.look(sealed, reader=reader, purpose=Purpose.MEETING, reason=Reason.ARRANGE, now=now)
            for sealed in _kept(attendee)
        }
    except vault.Refused as refused:
        raise CannotDo(str(refused)) from refused
    return asked_in(found, subject_of(attendee.meeting))


@transaction.atomic
def settle(attendee: Attendee, asked: list[Asked], outcomes: dict[str, tuple[Outcome, str]], *, now: datetime) -> bool:
    """Say how it stands with what somebody asked, by ``need`` or ``OWN``; they are mailed when that changed.

    ``asked`` is what who arranges it has before them. An honest no comes with what can be done instead. Whether
    anything changed. Raises ``CannotDo``.
    """
    meeting, person = attendee.meeting, attendee.person
    agreed = next((sealed.consent for sealed in _kept(attendee) if sealed.subject == subject_of(meeting)), None)
    if person is None or meeting.ends_at is None or agreed is None or not asked:
        raise CannotDo(_("Er is niets meer te regelen. Wie dit vroeg, haalde het weg."))
    now_so = {each.mark: (each.outcome, each.words) for each in asked}
    then = {mark: outcomes.get(mark, stands) for mark, stands in now_so.items()}
    if any(outcome == Outcome.NOT_POSSIBLE and not said.strip() for outcome, said in then.values()):
        raise CannotDo(_("Kan iets niet? Schrijf dan wat er wel kan."))
    if then == now_so:
        return False
    try:
        vault.put(
            person,
            purpose=Purpose.MEETING,
            subject=f"{subject_of(meeting)}/tasks",
            title=meeting.title,
            content={mark: f"{outcome} {said}".strip() for mark, (outcome, said) in then.items()},
            agreed=agreed,
            until=meeting.ends_at + KEEP,
            now=now,
        )
    except vault.Refused as refused:
        raise CannotDo(str(refused)) from refused
    letters.needs_settled(attendee, meeting, now=now)
    return True


def asked_in(found: dict[str, dict[str, Any]], subject: str) -> list[Asked]:
    """What one person asked and how it stands, from what they keep in the vault under ``subject`` and its tasks."""
    asked = found.get(subject)
    if asked is None:
        return []
    outcomes = found.get(f"{subject}/tasks", {})
    chosen = [Need(each) for each in asked.get(vault.COUNTED, ()) if each in list(Need)]
    told = [(need, need.value, str(words.NEEDS[need])) for need in chosen]
    own = asked.get("in je eigen woorden", "")
    return [
        *(Asked(need, label, *_outcome(outcomes.get(mark, ""))) for need, mark, label in told),
        *([Asked(None, own, *_outcome(outcomes.get(OWN, "")))] if own else []),
    ]


def is_late(meeting: Meeting, *, now: datetime) -> bool:
    """Whether the last day went by on which all can still be arranged; one may ask all the same."""
    return meeting.needs_close_on is not None and local_date(now) > meeting.needs_close_on


def _kept(attendee: Attendee) -> list[Sealed]:
    if attendee.person is None:
        return []
    subject = subject_of(attendee.meeting)
    kept = Sealed.objects.kept().filter(person=attendee.person, purpose=Purpose.MEETING.value)
    return list(kept.filter(subject__in=[subject, f"{subject}/tasks"]).select_related("consent").order_by("subject"))


def _outcome(kept: str) -> tuple[Outcome, str]:
    stands, _space, said = kept.partition(" ")
    return (Outcome(stands), said) if stands in list(Outcome) else (Outcome.OPEN, "")

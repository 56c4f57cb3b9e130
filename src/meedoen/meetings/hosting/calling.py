"""Whom a host has to call, and what to tell them: what others were mailed, in a sentence or two."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from meedoen.kernel.dutch import datetime_words
from meedoen.meetings import words
from meedoen.meetings.attending import rules as attending
from meedoen.meetings.attending.models import Attendee, Call, CallQuerySet
from meedoen.meetings.attending.rules import About, State, Way
from meedoen.meetings.models import Meeting

CALLED_SHOWN = 20  # of who was called, the last first: to take back a slip


@dataclass(frozen=True, slots=True)
class ToCall:
    """One to call."""

    number: int
    name: str
    phone: str
    phone_words: str
    tell: list[str]
    last: int  # the newest of what is to be told
    is_asked: bool  # whether they say yes or no to a place


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many are to be called, and the number of the meeting of who is first."""

    count: int
    meeting: int


def to_call(meeting: Meeting, now: datetime) -> list[ToCall]:
    """Who is to be called, first who has to answer in time. Two queries at most, however many they are."""
    found: dict[int, list[Call]] = {}
    for call in _in_order(Call.objects.open(now).filter(attendee__meeting=meeting).select_related("attendee__party")):
        found.setdefault(call.attendee_id, []).append(call)
    is_changed = any(call.about == About.CHANGED for calls in found.values() for call in calls)
    change = meeting.changes.first() if is_changed else None
    return [_one(meeting, calls, change.words if change else "") for calls in found.values()]


def was_called(meeting: Meeting) -> list[tuple[int, str, str]]:
    """(number, name, when) of who was called, the last first; one query."""
    found: dict[int, tuple[int, str, str]] = {}
    done = Call.objects.filter(attendee__meeting=meeting, done_at__isnull=False).select_related("attendee__person")
    for call in done.order_by("-done_at", "-pk")[: 3 * CALLED_SHOWN]:
        if call.done_at:
            row = (call.attendee_id, call.attendee.called or _("iemand"), datetime_words(call.done_at))
            found.setdefault(call.attendee_id, row)
    return list(found.values())[:CALLED_SHOWN]


def waiting(now: datetime) -> Waiting | None:
    """The same of all meetings; None where nobody is to be called. Two queries at most."""
    calls = Call.objects.open(now)
    first = _in_order(calls).values_list("attendee__meeting", flat=True).first()
    if first is None:
        return None
    return Waiting(calls.values("attendee").distinct().count(), first)


def tell(attendee: Attendee, meeting: Meeting) -> str:
    """How it stands with somebody, to be said to them."""
    state = State(attendee.party.state)
    if state == State.OFFERED and attendee.party.offered_until:
        return _("Er is een plek vrij. Kom je? Zeg het voor %(when)s.") % {
            "when": datetime_words(attendee.party.offered_until)
        }
    if state == State.WAITING:
        return _("Je staat op de wachtlijst. We bellen je als er een plek is.")
    if state == State.LAPSED:
        return _("De plek ging naar de volgende. Wil je weer op de wachtlijst?")
    if attendee.way == Way.ROOM:
        return _("Je hebt een plek in de zaal.")
    return _("Je hebt een plek, en doet online mee.")


def _in_order(calls: CallQuerySet) -> CallQuerySet:
    return calls.order_by(F("attendee__party__offered_until").asc(nulls_last=True), "attendee__meeting__starts_at", "noted_at", "pk")  # fmt: skip


def _one(meeting: Meeting, calls: list[Call], change: str) -> ToCall:
    attendee = calls[0].attendee
    abouts = {About(call.about) for call in calls}
    is_off = meeting.cancelled_at is not None
    is_standing = bool(abouts & set(attending.STANDING)) and not is_off
    said = []
    if is_off:
        said.append(_("%(title)s gaat niet door. %(reason)s") % {"title": meeting.title, "reason": meeting.cancelled_reason})  # fmt: skip
    elif About.CHANGED in abouts:
        said.append(_("Er is iets veranderd aan %(title)s. %(change)s") % {"title": meeting.title, "change": change})
    elif About.REMINDER in abouts:
        said.append(_("%(title)s is bijna.") % {"title": meeting.title})
    else:
        said.append(_("Het gaat over %(title)s.") % {"title": meeting.title})
    if is_standing:
        said.append(tell(attendee, meeting))
    if not is_off:
        said.append(_("Het is %(when)s. %(where)s.") % {"when": words.when(meeting), "where": words.where(meeting)})
        if attendee.way == Way.ONLINE and meeting.join_by_phone:
            said.append(_("Meedoen met de telefoon: %(how)s") % {"how": meeting.join_by_phone})
    return ToCall(
        attendee.pk,
        attendee.called or _("iemand"),
        attendee.phone,
        attending.phone_words(attendee.phone),
        [each.strip() for each in said],
        max(call.pk for call in calls),
        is_standing and attendee.party.state == State.OFFERED,
    )

"""When a deed of who comes can be done, and why not; and those whom it is about, as they are now."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from meedoen.meetings.models import Meeting
from meedoen.meetings.rules import Form, stage_of

from . import rules
from .models import Attendee
from .rules import Way


class CannotDo(Exception):
    """It cannot be done now; the text is fit to show, and what was typed stays."""


@dataclass(frozen=True)
class Coming:
    """How somebody comes; and the other of a duo, as far as they know them."""

    way: Way
    companions: int = 0
    partner_name: str = ""
    partner_email: str = ""


def must_be_open(meeting: Meeting, *, now: datetime, by_phone: bool = False) -> None:
    closes_at = None if by_phone else meeting.sign_up_closes_at
    if not rules.is_open(stage_of(meeting, now), closes_at=closes_at, starts_at=meeting.starts_at, now=now):
        raise CannotDo(_("Aanmelden voor deze bijeenkomst kan niet meer. Bel of mail ons als je toch wilt komen."))


def must_fit_the_form(meeting: Meeting, coming: Coming) -> None:
    if coming.way not in rules.ways_of(Form(meeting.form)):
        raise CannotDo(_("Zo kun je aan deze bijeenkomst niet meedoen. Kies een andere manier."))
    if coming.companions and coming.way != Way.ROOM:
        raise CannotDo(_("Wie je helpt, heeft online geen plek nodig. Zet het aantal op 0."))


def must_come(attendee: Attendee) -> None:
    if attendee.cancelled_at or attendee.confirmed_at is None:
        raise CannotDo(_("Je hebt je afgemeld. Er is niets veranderd."))


def closes_at(meeting: Meeting, *, now: datetime) -> datetime:
    closes = meeting.sign_up_closes_at
    end = closes if closes and closes > now else meeting.starts_at  # who calls may come later than it closed
    if end is None:
        raise CannotDo(_("Aanmelden voor deze bijeenkomst kan niet meer. Bel of mail ons als je toch wilt komen."))
    return end


def fresh(attendee: Attendee) -> Attendee:
    return Attendee.objects.select_related("party", "person__address").get(pk=attendee.pk)


def others(attendee: Attendee) -> list[Attendee]:
    """Who comes together with somebody and said yes themselves."""
    others = attendee.party.attendees.confirmed().exclude(pk=attendee.pk)
    return list(others.select_related("person__address", "party"))

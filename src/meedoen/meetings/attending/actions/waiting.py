"""What who waits does about the place that is offered: take it, or wait again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.meetings.attending import letters, places
from meedoen.meetings.attending.conditions import CannotDo, fresh, must_be_open, must_come
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.attending.rules import State


@transaction.atomic
def accept(attendee: Attendee, *, now: datetime, by_phone: bool = False) -> Attendee:
    """Take the places that were offered, for all who come together. Twice is once. Raises ``CannotDo``."""
    meeting = places.locked(attendee.meeting)
    attendee = fresh(attendee)
    must_come(attendee)
    party = attendee.party
    if party.state == State.PLACED:
        return attendee
    if (
        meeting.cancelled_at
        or party.state != State.OFFERED
        or party.offered_until is None
        or party.offered_until <= now
    ):
        raise CannotDo(_("De plek is naar de volgende gegaan. Je kunt je weer op de wachtlijst zetten."))
    party.state, party.offered_until = State.PLACED, None
    party.save(update_fields=["state", "offered_until"])
    for each in party.attendees.confirmed().select_related("person__address"):
        letters.placed(each, meeting, now=now, by_phone=by_phone)
    party.attendees.update(informed_at=now)
    return attendee


@transaction.atomic
def queue_again(attendee: Attendee, *, now: datetime, by_phone: bool = False) -> Attendee:
    """Wait again, behind all others, after an offer went by. Raises ``CannotDo``."""
    meeting = places.locked(attendee.meeting)
    attendee = fresh(attendee)
    must_come(attendee)
    party = attendee.party
    if party.state != State.LAPSED:
        return attendee
    must_be_open(meeting, now=now, by_phone=by_phone)
    party.state, party.queued_at = State.WAITING, places.next_turn(meeting, now=now)
    party.save(update_fields=["state", "queued_at"])
    places.pass_on(meeting, now=now)
    return attendee

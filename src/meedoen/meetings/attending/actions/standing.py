"""What more than one deed does: tell somebody how it stands with them, and forget who was asked and does not come."""

from datetime import datetime

from meedoen.meetings.attending import letters
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.attending.rules import State
from meedoen.meetings.models import Meeting


def tell_how_it_stands(
    attendee: Attendee,
    meeting: Meeting,
    *,
    now: datetime,
    helper: str = "",
    by_phone: bool = False,
    is_alone: bool = False,
) -> None:
    if attendee.party.state == State.PLACED:
        letters.placed(attendee, meeting, now=now, helper=helper, by_phone=by_phone, is_alone=is_alone)
    elif attendee.party.state == State.OFFERED:
        letters.offered(attendee, meeting, attendee.party, now=now, by_phone=by_phone)
    elif attendee.party.state == State.LAPSED:
        letters.lapsed(attendee, meeting, attendee.party, now=now, by_phone=by_phone)
    else:
        letters.waiting(attendee, meeting, now=now, helper=helper, by_phone=by_phone)


def forget_asked(meeting: Meeting) -> None:
    """Forget the name and address of who was asked along and does not come: they never said that we may have them."""
    gone = Attendee.objects.filter(meeting=meeting, confirmed_at=None, cancelled_at__isnull=False, held_until=None)
    gone.update(name="", email="")

"""The appointment in a mail: an invitation, its change, and its end (RFC 5546, RFC 6047)."""

from datetime import UTC, datetime

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import vCalAddress, vText

from meedoen.kernel.dutch import datetime_words
from meedoen.meetings import calendars
from meedoen.meetings.models import Meeting

from . import rules
from .models import Attendee
from .rules import Way


def invitation(attendee: Attendee, meeting: Meeting, *, now: datetime) -> str:
    """What puts the meeting in the calendar of who comes, with the way in, or brings up to date what stands there."""
    return _appointment("REQUEST", attendee, meeting, now=now)


def cancellation(attendee: Attendee, meeting: Meeting, *, now: datetime) -> str:
    """What takes it out again."""
    return _appointment("CANCEL", attendee, meeting, now=now)


def sequence_of(attendee: Attendee, meeting: Meeting) -> int:
    """Which telling of the appointment this is: it grows with what changes at the meeting and in how they come."""
    return meeting.sequence + attendee.sequence


def _appointment(method: str, attendee: Attendee, meeting: Meeting, *, now: datetime) -> str:
    is_online = method == "REQUEST" and attendee.way == Way.ONLINE
    door = settings.BASE_URL + attendee.door_url if is_online else ""
    event = calendars.event(meeting, door=door, way_in=_way_in(meeting, door) if is_online else ())
    own = _("Je aanmelding bekijken, veranderen of afmelden: %(url)s") % {"url": settings.BASE_URL + attendee.own_url}
    told = {
        "sequence": sequence_of(attendee, meeting),
        "dtstamp": now.astimezone(UTC).replace(microsecond=0),
        "status": "CANCELLED" if method == "CANCEL" else "CONFIRMED",
        "description": f"{event['description']}\n\n{own}",
    }
    for name, value in told.items():
        del event[name]
        event.add(name, value)
    if "organizer" not in event:  # an invitation has one
        event.add("organizer", vCalAddress(f"mailto:{settings.HELP_EMAIL}"))
    guest = vCalAddress(f"mailto:{attendee.address}")
    guest.params["CN"] = vText(attendee.called)
    guest.params["PARTSTAT"] = "DECLINED" if method == "CANCEL" else "ACCEPTED"
    guest.params["RSVP"] = "FALSE"  # who changes their mind does so on their own page
    event.add("attendee", guest)
    return bytes(calendars.calendar([event], method=method).to_ical()).decode()


def _way_in(meeting: Meeting, door: str) -> list[str]:
    """How to go in online: by the door, which has the link when it is time; and by telephone, for who has nothing else."""
    opens = datetime_words(rules.opens_at(meeting.starts_at)) if meeting.starts_at else ""
    lines = [_("Doe online mee vanaf %(opens)s: %(url)s") % {"opens": opens, "url": door}]
    if meeting.join_by_phone:
        lines.append(_("Met de telefoon: %(how)s") % {"how": meeting.join_by_phone})
    return lines

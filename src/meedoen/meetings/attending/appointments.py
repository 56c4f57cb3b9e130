"""The appointment in a mail: an invitation, its change, and its end (RFC 5546, RFC 6047)."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Event, vCalAddress, vText

from meedoen.kernel.dutch import datetime_words
from meedoen.meetings import calendars, words
from meedoen.meetings.models import Meeting

from . import rules
from .models import Attendee
from .rules import Way

REMEMBERED = 64  # of some 2 kB: a meeting has a few, and few meetings fill at one time
DOOR = "deur-van-wie-komt"  # where the address of their own door will stand
OWN = ("ATTENDEE", "DESCRIPTION", "DTSTAMP", "SEQUENCE", "URL")  # the lines that are of who comes


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
    shared = _shared(_Told(_said(meeting), method, is_online, meeting))
    own = _("Je aanmelding bekijken, veranderen of afmelden: %(url)s") % {"url": settings.BASE_URL + attendee.own_url}
    guest = vCalAddress(f"mailto:{attendee.address}")
    guest.params["CN"] = vText(attendee.called)
    guest.params["PARTSTAT"] = "DECLINED" if method == "CANCEL" else "ACCEPTED"
    guest.params["RSVP"] = "FALSE"  # who changes their mind does so on their own page
    door = settings.BASE_URL + attendee.door_url
    event = Event()
    event.add("sequence", sequence_of(attendee, meeting))
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("description", f"{shared.description.replace(DOOR, door)}\n\n{own}")
    event.add("url", shared.url.replace(DOOR, door))
    event.add("attendee", guest)
    lines = {name: event.content_line(name, event[name]).to_ical() for name in OWN}
    return b"".join(lines.get(name, line) + b"\r\n" for name, line in shared.lines).decode()


@dataclass(frozen=True, slots=True)
class _Told:
    """An appointment but for whose it is: equal where nothing that it tells of the meeting is another."""

    said: tuple[object, ...]
    method: str
    is_online: bool
    meeting: Meeting = field(compare=False)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the appointments of one meeting have in common: all lines, in order, and what each adds something of its own to."""

    lines: tuple[tuple[str, bytes], ...]
    description: str
    url: str


def _said(meeting: Meeting) -> tuple[object, ...]:
    """All that an appointment tells of a meeting; its themes change with its ``version``."""
    fields = tuple(str(getattr(meeting, each.attname)) for each in meeting._meta.concrete_fields)
    site = (settings.BASE_URL, settings.HELP_EMAIL, settings.SITE_NAME)
    return (*fields, *site, words.where(meeting), *words.arranged(meeting.provisions.all()))


@lru_cache(maxsize=REMEMBERED)
def _shared(told: _Told) -> _Shared:
    """Made once for all who come in the same way: putting it in lines takes longer than writing down that they come."""
    meeting = told.meeting
    door = DOOR if told.is_online else ""
    event = calendars.event(meeting, door=door, way_in=_way_in(meeting, door) if told.is_online else ())
    del event["status"]
    event.add("status", "CANCELLED" if told.method == "CANCEL" else "CONFIRMED")
    if "organizer" not in event:  # an invitation has one
        event.add("organizer", vCalAddress(f"mailto:{settings.HELP_EMAIL}"))
    description, url = str(event["description"]), str(event["url"])
    event.add("attendee", vCalAddress("mailto:"))  # whose line it is, each tells
    calendar = calendars.calendar([event], method=told.method)
    lines = tuple((name, calendar.content_line(name, value).to_ical()) for name, value in calendar.property_items())
    return _Shared(lines, description, url)


def _way_in(meeting: Meeting, door: str) -> list[str]:
    """How to go in online: by the door, which has the link when it is time; and by telephone, for who has nothing else."""
    opens = datetime_words(rules.opens_at(meeting.starts_at)) if meeting.starts_at else ""
    lines = [_("Doe online mee vanaf %(opens)s: %(url)s") % {"opens": opens, "url": door}]
    if meeting.join_by_phone:
        lines.append(_("Met de telefoon: %(how)s") % {"how": meeting.join_by_phone})
    return lines

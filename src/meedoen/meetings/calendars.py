"""Meetings as iCalendar (RFC 5545): for one to take along, and for a whole calendar that keeps itself up to date.

The way in online is for who signed up: what their mail alone tells of it is given here, and never the link itself (ADR 41).
"""

import datetime
from collections.abc import Iterable, Sequence
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Component, Event, Timezone, vCalAddress, vText
from icalendar.prop import vUri

from . import words
from .models import Meeting

CONTENT_TYPE = "text/calendar; charset=utf-8"
HERE = ZoneInfo("Europe/Amsterdam")
LOOK_AGAIN = datetime.timedelta(hours=4)  # a change is told by mail too, so a calendar need not ask more often
# The clock of the Netherlands by the rule that holds since 1996, and not as a list of days: programs that know no list
# of days put a meeting an hour off.
TIMEZONE = """BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""


def one(meeting: Meeting) -> bytes:
    """A file with one meeting, as it is now."""
    return bytes(calendar([event(meeting)]).to_ical())


def several(meetings: Iterable[Meeting], *, name: str, address: str) -> bytes:
    """A calendar to subscribe to, itself at ``address``."""
    made = calendar([event(each) for each in meetings])
    made.add("name", name)  # RFC 7986, and as programs knew it before
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", HERE.key)
    made.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT4H")
    made.add("source", vUri(address), parameters={"VALUE": "URI"})
    return bytes(made.to_ical())


def calendar(events: Iterable[Event], *, method: str = "PUBLISH") -> Calendar:
    """The frame around events, with the clock that their times are said in."""
    made = Calendar()
    made.add("prodid", "-//Meedoen//Meedoen//NL")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", method)
    made.add_component(_clock())
    for each in events:
        made.add_component(each)
    return made


@cache
def _clock() -> Component:
    """The clock, read once: reading it takes a tenth of signing up."""
    return Timezone.from_ical(TIMEZONE)


def event(meeting: Meeting, *, door: str = "", way_in: Sequence[str] = ()) -> Event:
    """The event of a meeting that has its times; with the address of their door and the way in for who attends online."""
    if meeting.starts_at is None or meeting.ends_at is None:
        raise ValueError(f"meeting {meeting.pk} has no time yet")
    url = settings.BASE_URL + meeting.get_absolute_url()
    made = Event()
    made.add("uid", str(meeting.uid))
    made.add("dtstamp", meeting.changed_at.astimezone(datetime.UTC).replace(microsecond=0))
    made.add("last-modified", meeting.changed_at.astimezone(datetime.UTC).replace(microsecond=0))
    made.add("created", meeting.made_at.astimezone(datetime.UTC).replace(microsecond=0))
    made.add("dtstart", _on_the_clock(meeting.starts_at))
    made.add("dtend", _on_the_clock(meeting.ends_at))
    made.add("sequence", meeting.sequence)
    made.add("status", "CANCELLED" if meeting.cancelled_at else "CONFIRMED")
    made.add(
        "summary", _("Gaat niet door: %(title)s") % {"title": meeting.title} if meeting.cancelled_at else meeting.title
    )
    made.add("location", _location(meeting))
    made.add("description", _description(meeting, url, way_in))
    made.add("url", door or url)
    made.add("categories", [theme.short for theme in meeting.themes.all()] or [settings.SITE_NAME])
    if meeting.contact_email:
        organiser = vCalAddress(f"mailto:{meeting.contact_email}")
        organiser.params["CN"] = vText(meeting.contact_name or words.organiser(meeting))
        made.add("organizer", organiser)
    return made


def _on_the_clock(moment: datetime.datetime) -> datetime.datetime:
    """As the clock here says it; in the hour that comes twice, the second time in UTC, for programs mean the first."""
    here = moment.astimezone(HERE)
    return moment.astimezone(datetime.UTC) if here.fold else here


def _location(meeting: Meeting) -> str:
    room = ", ".join(part for part in (words.place(meeting), meeting.place_address) if part)
    online = _("Online, met %(program)s") % {"program": meeting.online_program} if meeting.online_program else ""
    return ". ".join(part for part in (room, online) if part) or words.form_of(meeting)


def _description(meeting: Meeting, url: str, way_in: Sequence[str]) -> str:
    """All that somebody needs who has nothing but this."""
    parts = [meeting.summary]
    if meeting.cancelled_at:
        parts = [_("Deze bijeenkomst gaat niet door. %(reason)s") % {"reason": meeting.cancelled_reason}]
    else:
        parts += words.arranged(meeting.provisions.all())
        parts += way_in
    reach = ", ".join(each for each in (meeting.contact_name, meeting.contact_email, meeting.contact_phone) if each)
    if reach:
        parts.append(_("Vragen? %(reach)s") % {"reach": reach})
    return "\n\n".join(part for part in (*parts, url) if part)

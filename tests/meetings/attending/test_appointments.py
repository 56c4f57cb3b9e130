"""The appointment in a mail, as three programs of others read it: what they make of it is the same, and is what we meant."""

import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import vobject
from icalendar import Calendar

from meedoen.meetings import calendars
from meedoen.meetings.attending import actions, appointments
from meedoen.meetings.attending.actions import Coming
from meedoen.meetings.attending.rules import Way
from meedoen.meetings.models import Meeting

HOUR = timedelta(hours=1)
TOOLS = Path(__file__).parents[2] / "tools"
WALL = "%Y-%m-%dT%H:%M:%S"
LINK = "https://overleg.voorbeeld.example/geheim"
# When it begins, how long it takes, and what the clock on the wall says here.
MOMENTS = {
    "winter": (datetime(2026, 12, 10, 13, tzinfo=UTC), 2, "2026-12-10T14:00:00"),
    "summer": (datetime(2027, 7, 1, 12, tzinfo=UTC), 2, "2027-07-01T14:00:00"),
    "over midnight": (datetime(2026, 12, 10, 22, tzinfo=UTC), 3, "2026-12-10T23:00:00"),
    "the night of 23 hours": (datetime(2027, 3, 27, 22, tzinfo=UTC), 5, "2027-03-27T23:00:00"),
    "the first moment of summer": (datetime(2027, 3, 28, 1, tzinfo=UTC), 1, "2027-03-28T03:00:00"),
    "the night of 25 hours": (datetime(2027, 10, 30, 21, tzinfo=UTC), 6, "2027-10-30T23:00:00"),
    "after the hour that comes twice": (datetime(2027, 10, 31, 2, tzinfo=UTC), 1, "2027-10-31T03:00:00"),
    "the last of a year": (datetime(2027, 12, 31, 22, 30, tzinfo=UTC), 2, "2027-12-31T23:30:00"),
}


def by_ical_js(bodies):
    node = shutil.which("node")
    assert node, "Node is one of what the tests need"
    done = subprocess.run(
        [node, "read-ical.mjs"],
        cwd=TOOLS,
        input=json.dumps(bodies),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return [facts for (facts,) in json.loads(done.stdout)]


def by_icalendar(body):
    calendar = Calendar.from_ical(body)
    (event,) = calendar.walk("VEVENT")
    return {
        "method": str(calendar["METHOD"]),
        "uid": str(event["UID"]),
        "sequence": event["SEQUENCE"],
        "status": str(event["STATUS"]),
        "starts_at": event["DTSTART"].dt.astimezone(UTC).isoformat(),
        "ends_at": event["DTEND"].dt.astimezone(UTC).isoformat(),
        "clock": event["DTSTART"].dt.strftime(WALL),
        "zone": event["DTSTART"].params.get("TZID", "UTC"),
        "summary": str(event["SUMMARY"]),
        "description": str(event["DESCRIPTION"]),
        "url": str(event["URL"]),
        "organizer": str(event["ORGANIZER"]),
        "attendees": [[str(event["ATTENDEE"]), event["ATTENDEE"].params["PARTSTAT"]]],
    }


def by_vobject(body):
    calendar = vobject.readOne(body)
    event = calendar.vevent
    return {
        "method": calendar.method.value,
        "uid": event.uid.value,
        "sequence": int(event.sequence.value),
        "status": event.status.value,
        "starts_at": event.dtstart.value.astimezone(UTC).isoformat(),
        "ends_at": event.dtend.value.astimezone(UTC).isoformat(),
        "clock": event.dtstart.value.strftime(WALL),
        "zone": event.dtstart.params.get("X-VOBJ-ORIGINAL-TZID", ["UTC"])[0],
        "summary": event.summary.value,
        "description": event.description.value,
        "url": event.url.value,
        "organizer": event.organizer.value,
        "attendees": [[event.attendee.value, event.attendee.params["PARTSTAT"][0]]],
    }


@pytest.fixture
def sent(meeting, person, now):
    """What is sent to who comes online to a meeting at each of the moments: invited, moved by an hour, cancelled."""
    ans, bodies, meant = person("Ans"), [], []
    for number, (begins, hours, wall) in enumerate(MOMENTS.values()):
        made = meeting(
            f"Praat mee; lijn, {number}",
            slug=f"m{number}",
            begins=begins,
            hours=hours,
            join_url=LINK,
            join_by_phone="030 123",
        )
        attendee = actions.sign_up(made, ans, Coming(Way.ONLINE), network="", now=now)
        facts = {
            "uid": str(made.uid),
            "zone": "Europe/Amsterdam",
            "summary": made.title,
            "organizer": "mailto:carla@voorbeeld.example",
        }
        invited = {
            "method": "REQUEST",
            "sequence": 0,
            "status": "CONFIRMED",
            "starts_at": begins,
            "ends_at": begins + hours * HOUR,
            "clock": wall,
        }
        bodies.append(appointments.invitation(attendee, made, now=now))
        meant.append({**facts, **invited})
        later = {"starts_at": begins - HOUR, "ends_at": begins + (hours - 1) * HOUR}
        Meeting.objects.filter(pk=made.pk).update(sequence=1, **later)
        made.refresh_from_db()
        bodies.append(appointments.invitation(attendee, made, now=now))
        here = (begins - HOUR).astimezone(calendars.HERE)
        how = {"clock": here.strftime(WALL)}
        if here.fold:  # the second time that this hour comes, which programs do not know apart from the first
            how = {"clock": (begins - HOUR).strftime(WALL), "zone": "UTC"}
        meant.append({**facts, **invited, **later, "sequence": 1, **how})
        attendee = actions.cancel(attendee, now=now)
        bodies.append(appointments.cancellation(attendee, made, now=now))
        meant.append({**meant[-1], "method": "CANCEL", "sequence": 2, "status": "CANCELLED"})
    for each in meant:
        each |= {name: each[name].isoformat() for name in ("starts_at", "ends_at")}
    return bodies, meant


def test_three_programs_read_what_we_meant_over_every_turn_of_the_clock(sent):
    bodies, meant = sent
    read = list(zip(map(by_icalendar, bodies), map(by_vobject, bodies), by_ical_js(bodies), strict=True))
    assert len(read) == 3 * len(MOMENTS)
    for (one, other, third), expected in zip(read, meant, strict=True):
        assert one == other == third
        assert one | expected == one
        answer = "DECLINED" if expected["method"] == "CANCEL" else "ACCEPTED"
        assert one["attendees"] == [["mailto:ans@voorbeeld.example", answer]]


def test_it_leads_to_the_door_and_never_holds_the_link(meeting, person, now):
    both = meeting("Praat mee", form="beide", place_name="De Kring", join_url=LINK, join_by_phone="030 123")
    ans = actions.sign_up(both, person("Ans"), Coming(Way.ONLINE), network="", now=now)
    bram = actions.sign_up(both, person("Bram"), Coming(Way.ROOM), network="", now=now)
    online, room = (by_icalendar(appointments.invitation(each, both, now=now)) for each in (ans, bram))
    assert online["url"].endswith(ans.door_url)
    assert "Doe online mee vanaf donderdag 10 december 2026, 13.30 uur: http" in online["description"]
    assert "Met de telefoon: 030 123" in online["description"]
    assert room["url"].endswith(both.get_absolute_url())
    for hidden in ("030 123", bram.door_url):
        assert hidden not in room["description"]
    assert LINK not in online["description"] + room["description"]


def test_what_is_shared_by_all_who_come_is_of_the_meeting_as_it_is_now(meeting, person, now, settings):
    """Lines that are the same for all are made once; nothing of one stands in that of another, and no change is missed."""
    made = meeting("Praat mee", form="beide", place_name="De Kring", join_url=LINK)
    ans = actions.sign_up(made, person("Ans"), Coming(Way.ONLINE), network="", now=now)
    bram = actions.sign_up(made, person("Bram"), Coming(Way.ONLINE), network="", now=now)
    bram.person.name = 'Bram "de Lange", Zeist; Ø' * 4
    bodies = [appointments.invitation(each, made, now=now + HOUR) for each in (ans, bram)]
    for own, other in ((0, 1), (1, 0)):
        who, someone = ((ans, bram)[each] for each in (own, other))
        read = by_icalendar(bodies[own])
        assert (read["url"].endswith(who.door_url), who.own_url in read["description"]) == (True, True)
        assert read["attendees"] == [[f"mailto:{who.address}", "ACCEPTED"]]
        assert someone.key not in read["description"] + read["url"]
        assert all(len(line.encode()) <= 75 for line in bodies[own].split("\r\n"))
        assert f"DTSTAMP:{now + HOUR:%Y%m%dT%H%M%SZ}" in bodies[own]
    made.provisions.update_or_create(need="gebarentolk", defaults={"state": "geregeld"})
    assert "gebarentaal" not in by_icalendar(bodies[0])["description"].lower()
    assert "gebarentaal" in by_icalendar(appointments.invitation(ans, made, now=now))["description"].lower()
    Meeting.objects.filter(pk=made.pk).update(title="Iets anders")
    made.refresh_from_db()
    assert by_icalendar(appointments.invitation(ans, made, now=now))["summary"] == "Iets anders"
    settings.BASE_URL = "https://netwerk.example"
    assert by_icalendar(appointments.invitation(ans, made, now=now))["url"] == f"https://netwerk.example{ans.door_url}"

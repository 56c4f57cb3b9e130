"""Calendar files in two parsers of others, over the changes of the clock, and through the life of a meeting."""

from datetime import UTC, datetime, timedelta

import pytest
import vobject
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from meedoen.meetings import calendars
from meedoen.meetings.models import Meeting, Provision
from meedoen.pages.kept import store
from meedoen.themes.models import Theme

from .conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]
DAY = timedelta(days=1)


def events(body):
    return list(Calendar.from_ical(body).walk("VEVENT"))


@pytest.mark.parametrize(
    ("begins", "hours", "local"),
    [
        (datetime(2026, 12, 3, 13, tzinfo=UTC), 2, "2026-12-03T14:00"),
        (datetime(2027, 7, 1, 12, tzinfo=UTC), 2, "2027-07-01T14:00"),
        (datetime(2026, 10, 24, 22, 30, tzinfo=UTC), 6, "2026-10-25T00:30"),  # over the night of 25 hours
        (datetime(2027, 3, 27, 22, 0, tzinfo=UTC), 5, "2027-03-27T23:00"),  # over midnight and the night of 23
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), 1, "2027-03-28T03:00"),  # the first moment of summer time
    ],
)
def test_both_parsers_read_the_same_moments_over_changes_of_the_clock(meeting, begins, hours, local):
    body = calendars.one(meeting(begins=begins, hours=hours))
    (event,) = events(body)
    assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert event["DTSTART"].dt.strftime("%Y-%m-%dT%H:%M") == local
    assert event["DTSTART"].dt == begins
    assert event["DTEND"].dt == begins + timedelta(hours=hours)
    other = vobject.readOne(body.decode()).vevent  # makes the clock from the file alone
    assert other.dtstart.value == begins
    assert other.dtend.value == begins + timedelta(hours=hours)


def test_a_file_says_all_that_somebody_needs_who_has_nothing_else(meeting, municipality, client):
    found = meeting(
        form="beide", place_name="De Kring", place_address="Dorpsstraat 1", place_municipality=municipality(),
        contact_phone="030 1234567",
    )  # fmt: skip
    Provision.objects.create(meeting=found, need="ringleiding", state="geregeld")
    found.themes.add(Theme.objects.create(id="thuis", kind="levensdomein", label="Thuis", short="Thuis", position=1))
    response = client.get(f"{found.get_absolute_url()}agenda.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="praat-mee-over-wonen.ics"'
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    (event,) = events(response.content)
    assert str(event["UID"]) == str(found.uid)
    assert str(event["SUMMARY"]) == "Praat mee over wonen"
    assert str(event["LOCATION"]) == "De Kring, Utrecht, Dorpsstraat 1. Online, met Zoom"
    assert str(event["ORGANIZER"]) == "mailto:carla@voorbeeld.example"
    assert event["CATEGORIES"].cats == ["Thuis"]
    for words in ("Geregeld: ringleiding.", "030 1234567", found.get_absolute_url()):
        assert words in str(event["DESCRIPTION"])


def test_a_cancelled_one_says_so_and_keeps_its_name(meeting, client, now):
    found = meeting()
    before = events(calendars.one(found))[0]
    Meeting.objects.filter(pk=found.pk).update(cancelled_at=now, cancelled_reason="De zaal is dicht.", sequence=1)
    store.clear()
    after = events(client.get(f"{found.get_absolute_url()}agenda.ics").content)[0]
    assert (before["UID"], before["STATUS"], before["SEQUENCE"]) == (str(found.uid), "CONFIRMED", 0)
    assert (after["UID"], after["STATUS"], after["SEQUENCE"]) == (str(found.uid), "CANCELLED", 1)
    assert "De zaal is dicht." in str(after["DESCRIPTION"])


def test_the_feeds_have_what_was_chosen_also_what_is_cancelled(meeting, municipality, client, now):
    meeting("Scherm", cancelled_at=now, cancelled_reason="Ziek.")
    meeting("Zaal", form="locatie", online_program="", place_municipality=municipality())
    meeting("Oud", begins=now - 400 * DAY)
    meeting("Dag", begins=now - 30 * DAY, is_time_known=False)
    meeting("Concept", published_at=None)

    def found(query):
        return sorted(str(each["SUMMARY"]) for each in events(client.get(f"/feeds/bijeenkomsten.ics{query}").content))

    assert found("") == ["Gaat niet door: Scherm", "Zaal"]
    assert found("?vorm=online") == ["Gaat niet door: Scherm"]
    assert found("?provincie=utrecht") == ["Zaal"]
    assert found("?thema=thuis") == []
    read = Calendar.from_ical(client.get("/feeds/bijeenkomsten.ics?vorm=online").content)
    assert str(read["NAME"]).startswith("Bijeenkomsten: Online")
    feed = client.get("/feeds/bijeenkomsten.atom?vorm=online").content.decode()
    assert "<title>Scherm</title>" in feed
    assert "Gaat niet door. Ziek." in feed
    assert "Zaal" not in feed


def test_a_feed_is_kept_and_comes_anew_when_something_changed(meeting, client, now):
    meeting()
    first = client.get("/feeds/bijeenkomsten.ics")
    assert client.get("/feeds/bijeenkomsten.ics", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(min_size=1, max_size=120), where=st.text(max_size=200), told=st.text(max_size=300))
def test_whatever_people_type_any_file_parses(title, where, told):
    times = {"starts_at": NOW, "ends_at": NOW + DAY, "made_at": NOW, "changed_at": NOW}
    found = Meeting(
        slug="m", title=title, place_name=where, summary=told, form="beide", contact_name=told[:100],
        contact_email="ans@voorbeeld.example", **times,
    )  # fmt: skip
    Meeting.objects.filter(slug="m").delete()
    body = calendars.calendar([_event(found)]).to_ical()
    (event,) = events(body)
    assert event["DTSTART"].dt == NOW
    assert vobject.readOne(body.decode()).vevent.dtstart.value == NOW
    assert b"BEGIN:VEVENT" in body
    assert body.count(b"BEGIN:VEVENT") == 1


def _event(meeting):
    """The event of a meeting that is in no database: without what others point at."""
    meeting.pk = 0
    return calendars.event(meeting)

"""A celebration that is announced becomes a meeting."""

from datetime import timedelta

import pytest
from lxml import html as parser
from tests.celebrations.conftest import at, carla, facts, municipality, now, offered, person, published  # noqa: F401
from tests.signed_in import HERE, sign_in

from meedoen.meetings.models import Meeting
from meedoen.meetings.pages import tell_pages
from meedoen.pages.kept import store
from meedoen.team import meetings
from meedoen.team.models import CelebrationMeeting


@pytest.fixture
def announced(published, at):  # noqa: F811
    """A celebration of Utrecht, a month from now, at the town hall."""
    return published("Wij vieren de agenda", happened="2027-01-04", place="Het stadhuis")


def publish(meeting, now):  # noqa: F811
    """Bring a meeting to readers, without what it has to tell."""
    Meeting.objects.filter(pk=meeting.pk).update(
        published_at=now, starts_at=now + timedelta(days=32), ends_at=now + timedelta(days=32, hours=1)
    )
    tell_pages(now=now)


def link_on(client, celebration):
    page = parser.fromstring(client.get(celebration.get_absolute_url()).content)
    return [link.get("href") for link in page.iter("a") if link.text == "Bekijk de bijeenkomst en meld je aan"]


def test_the_meeting_begins_with_what_the_celebration_tells(announced, carla, now):  # noqa: F811
    meeting = meetings.make_meeting(announced, by=carla, now=now)
    assert (meeting.title, meeting.form, meeting.place_name, meeting.body, meeting.municipality.name) == (
        "Wij vieren de agenda",
        "locatie",
        "Het stadhuis",
        "De hele raad stemde voor.",
        "Utrecht",
    )
    assert (meeting.summary, meeting.published_at) == ("De hele raad stemde voor.", None)


@pytest.mark.parametrize(
    ("place", "online", "form"),
    [("Het stadhuis", "", "locatie"), ("", "https://video.example/x", "online"), ("Hal", "https://video.example/x", "beide"), ("", "", "online")],
)  # fmt: skip
def test_its_form_is_where_it_is_celebrated(place, online, form, published, at, carla, now):  # noqa: F811
    found = published(happened="2027-01-04", place=place, online_url=online)
    meeting = meetings.make_meeting(found, by=carla, now=now)
    assert (meeting.form, meeting.join_url) == (form, online)


def test_a_second_press_leads_to_the_same_meeting(announced, carla, client):  # noqa: F811
    sign_in(client, "carla@voorbeeld.example")
    assert "Maak er een bijeenkomst van" in client.get(f"/team/successen/{announced.pk}/").content.decode()
    first = client.post(f"/team/successen/{announced.pk}/bijeenkomst/", **HERE)
    second = client.post(f"/team/successen/{announced.pk}/bijeenkomst/", **HERE)
    assert first["Location"] == second["Location"] == f"/team/bijeenkomsten/{Meeting.objects.get().pk}/"
    page = client.get(f"/team/successen/{announced.pk}/").content.decode()
    assert "Ga verder met de bijeenkomst" in page
    assert "Maak er een bijeenkomst van" not in page


def test_readers_are_led_there_once_it_is_on_the_site(announced, carla, client, at, now):  # noqa: F811
    store.clear()
    meeting = meetings.make_meeting(announced, by=carla, now=now)
    assert link_on(client, announced) == []
    publish(meeting, now)
    assert link_on(client, announced) == [meeting.get_absolute_url()]
    Meeting.objects.filter(pk=meeting.pk).update(withdrawn_at=now)
    tell_pages(now=now)
    assert link_on(client, announced) == []


def test_a_meeting_that_is_planned_comes_on_the_page_at_its_moment(announced, carla, client, at, now):  # noqa: F811
    meeting = meetings.make_meeting(announced, by=carla, now=now)
    publish(meeting, now)
    Meeting.objects.filter(pk=meeting.pk).update(published_at=now + timedelta(hours=1))
    tell_pages(now=now)
    assert link_on(client, announced) == []
    at(now + timedelta(hours=1, seconds=1))
    assert link_on(client, announced) == [meeting.get_absolute_url()]


def test_what_was_or_is_not_on_the_site_becomes_no_meeting(published, offered, at, carla, client):  # noqa: F811
    been, waits = published(), offered("Straks", happened="2027-01-04")
    sign_in(client, "carla@voorbeeld.example")
    for found in (been, waits):
        answer = client.post(f"/team/successen/{found.pk}/bijeenkomst/", **HERE)
        assert "komt niet meer, of staat niet op de site" in answer.content.decode()
    assert CelebrationMeeting.objects.count() == Meeting.objects.count() == 0


def test_a_discarded_draft_leaves_the_celebration(announced, carla, now):  # noqa: F811
    meetings.make_meeting(announced, by=carla, now=now).delete()
    announced.refresh_from_db()
    assert meetings.may_become_meeting(announced, now)
    assert CelebrationMeeting.objects.count() == 0

"""Meetings that belong together: their page, and naming the series."""

from datetime import timedelta

import pytest
from lxml import html as parser

from meedoen.meetings import rules
from meedoen.meetings.models import Meeting, Series
from meedoen.meetings.organising import actions
from meedoen.meetings.organising.actions import Answers

HERE = "/bijeenkomsten/reeks/samen/"


@pytest.fixture
def series(db):
    return Series.objects.create(slug="samen", title="Samen")


def save(meeting, name, *, by, now):
    meeting.refresh_from_db()
    return actions.save(meeting, Answers(series=name), seen=meeting.version, by=by, now=now)


def titles(client, address=HERE):
    page = parser.fromstring(client.get(address).content)
    return [(each.get("aria-label"), [h.text_content() for h in each.iter("h3")]) for each in page.iter("ul") if each.iter("h3") and each.get("aria-label")]  # fmt: skip


def test_what_comes_stands_soonest_first_and_what_was_newest_first(client, series, meeting, at, now):
    for title, days in (("Straks", 9), ("Eerst", 3), ("Vorige", -3), ("Lang geleden", -9)):
        meeting(title, begins=now + timedelta(days=days), series=series)
    meeting("Los", begins=now + timedelta(days=4))
    meeting("Nog niet", begins=now + timedelta(days=4), series=series, published_at=None)
    assert titles(client) == [("Dit komt eraan", ["Eerst", "Straks"]), ("Dit was er", ["Vorige", "Lang geleden"])]
    page = client.get("/bijeenkomsten/eerst/").content.decode()
    assert f'href="{HERE}"' in page


def test_older_ones_have_pages(client, series, meeting, at, now):
    for number in range(rules.PAGE_SIZE + 1):
        meeting(f"Nummer {number}", begins=now - timedelta(days=number + 1), series=series)
    page = parser.fromstring(client.get(HERE).content)
    (older,) = [each.get("href") for each in page.iter("a") if "Oudere bijeenkomsten" in each.text_content()]
    assert titles(client, older) == [("Dit was er", [f"Nummer {rules.PAGE_SIZE}"])]


def test_a_series_of_which_nothing_can_be_read_is_not_there(client, series, meeting):
    meeting("Nog niet", series=series, published_at=None)
    assert [client.get(address).status_code for address in (HERE, "/bijeenkomsten/reeks/anders/")] == [404, 404]


def test_the_page_asks_the_same_of_one_and_of_many(client, series, meeting, at, now, django_assert_max_num_queries):
    for number in range(8):
        meeting(f"Nummer {number}", begins=now + timedelta(days=number + 1), series=series)
    with django_assert_max_num_queries(8):
        client.get(HERE)


def test_a_name_makes_a_series_or_joins_the_one_that_is_there(meeting, carla, now):
    first, second = meeting("Een", published_at=None), meeting("Twee", published_at=None)
    save(first, "Samen aan tafel", by=carla, now=now)
    save(second, "  samen aan  Tafel ".strip(), by=carla, now=now)
    assert [each.title for each in Series.objects.all()] == ["Samen aan tafel"]
    assert set(Meeting.objects.values_list("series__title", flat=True)) == {"Samen aan tafel"}
    assert save(second, "", by=carla, now=now).series is None
    with pytest.raises(actions.CannotDo, match="geen letter"):
        save(first, "!!!", by=carla, now=now)


def test_a_municipality_joins_no_series_of_others(series, meeting, municipality, bram, carla, now):
    meeting("Van het netwerk", series=series)
    theirs = meeting("Van Utrecht", municipality=municipality(), published_at=None)
    with pytest.raises(actions.CannotDo, match="is van anderen"):
        save(theirs, "Samen", by=bram, now=now)
    save(theirs, "Samen", by=carla, now=now)  # the team may put it there
    assert save(theirs, "Samen", by=bram, now=now).series == series


@pytest.mark.parametrize("title", ["Reeks", "Vraag", "Evaluatie"])
def test_no_meeting_takes_an_address_of_ours(title, carla, now):
    made = actions.begin("online", title=title, municipality=None, by=carla, now=now)
    assert made.slug == f"{title.lower()}-2"

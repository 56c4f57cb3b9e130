"""The team hears three days after a meeting that nobody wrote its report."""

from datetime import timedelta

import lxml.html
import pytest
from tests.signed_in import sign_in

from meedoen.meetings.organising import reading

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def desk(client, carla):
    sign_in(client, "carla@voorbeeld.example")
    return client


def links(response):
    main = lxml.html.fromstring(response.content.decode()).get_element_by_id("inhoud")
    return {" ".join(each.text_content().split()): each.get("href") for each in main.iter("a")}


def test_three_days_after_it_the_desk_leads_to_who_waits(desk, meeting, at):
    found = meeting()
    line = "Schrijf het verslag van 1 bijeenkomst die geweest is"
    at(found.ends_at + 3 * DAY - MINUTE)
    assert line not in links(desk.get("/team/"))
    at(found.ends_at + 3 * DAY)
    assert links(desk.get("/team/"))[line] == "/team/bijeenkomsten/#verslag"
    page = lxml.html.fromstring(desk.get("/team/bijeenkomsten/").content.decode())
    assert page.get_element_by_id("verslag").text_content() == "Hier mist nog een verslag"
    found.report = "We praatten over wonen."
    found.save()
    assert line not in links(desk.get("/team/"))


def test_it_counts_reports_and_drafts_apart_in_one_query(meeting, now, django_assert_num_queries):
    assert reading.waiting(now) == reading.Waiting(0, 0, 0)
    for number in range(3):
        meeting(f"was {number}", begins=now - 5 * DAY)
    for number in range(2):
        meeting(f"wordt {number}", begins=now + 5 * DAY, published_at=None)
    meeting("afgezegd", begins=now - 5 * DAY, cancelled_at=now, cancelled_reason="Ziek.")
    meeting("verslag", begins=now - 5 * DAY, report="Goed.")
    with django_assert_num_queries(1):
        assert reading.waiting(now) == reading.Waiting(drafts=2, reports=3, ways_in=0)


def test_a_week_before_the_desk_leads_to_who_has_no_way_in(desk, meeting, at):
    found = meeting()
    line = "Zet de link erbij van 1 online bijeenkomst die binnen een week begint"
    meeting("in de zaal", form="locatie", place_name="De Kring", begins=found.starts_at)
    off = {"cancelled_at": found.starts_at - 9 * DAY, "cancelled_reason": "Ziek."}
    meeting("gaat niet door", begins=found.starts_at, **off)
    at(found.starts_at - 7 * DAY - MINUTE)
    assert line not in links(desk.get("/team/"))
    at(found.starts_at - 7 * DAY)
    assert links(desk.get("/team/"))[line] == "/team/bijeenkomsten/#ingang"
    page = lxml.html.fromstring(desk.get("/team/bijeenkomsten/").content.decode())
    assert page.get_element_by_id("ingang").text_content() == "Zet de link om mee te doen erbij"
    found.join_by_phone = "030 123"
    found.save()
    assert line not in links(desk.get("/team/"))


def test_the_line_asks_no_query_more(desk, meeting, now, django_assert_max_num_queries):
    for number in range(3):
        meeting(f"was {number}", begins=now - 5 * DAY)
        with django_assert_max_num_queries(19):
            desk.get("/team/")

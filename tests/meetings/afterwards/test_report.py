"""The page of a meeting that was: what came of it stands on top, or that nobody told, and whom to ask."""

from datetime import timedelta

import lxml.html
import pytest
from tests.signed_in import sign_in

from meedoen.meetings.models import Meeting
from meedoen.meetings.privacy import ORGANISED
from meedoen.pages.kept import store
from meedoen.people.privacy.register import Erasing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]
DAY = timedelta(days=1)
HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
WHOLE = {
    "report": "Er kwamen **veel** mensen.",
    "decided": "- Utrecht maakt een plan.",
    "slides_url": "https://dia.example/wonen.pdf",
    "slides_title": "Wonen voor iedereen",
    "slides_format": "PDF",
    "slides_language": "en",
    "recording_url": "https://film.example/1",
    "recording_has_captions": True,
    "transcript": "Welkom allemaal.",
}


@pytest.fixture
def been(meeting, now):
    """A function that makes a meeting of yesterday."""

    def make(title="Praat mee over wonen", **fields):
        return meeting(title, begins=now - DAY, **fields)

    return make


@pytest.fixture
def main(client):
    """A function that gives the main part of a page, read as a tree."""

    def ask(found):
        store.clear()
        body = client.get(found.get_absolute_url()).content.decode()
        return lxml.html.fromstring(body).get_element_by_id("inhoud")

    return ask


@pytest.fixture
def send(client, carla):
    """A function that sends the form of the report as Carla."""
    sign_in(client, "carla@voorbeeld.example")

    def fill(found, **given):
        seen = Meeting.objects.get(pk=found.pk).version
        return client.post(f"/team/bijeenkomsten/{found.pk}/deel/verslag/", {"seen": seen, **given}, **HERE)

    return fill


def words(element):
    return " ".join(part.strip() for part in element.itertext() if part.strip())


def heads(main):
    return [words(each) for each in main.cssselect("h2")]


def said(response):
    return words(lxml.html.fromstring(response.content.decode()).get_element_by_id("inhoud"))


def test_what_came_of_it_stands_above_all_else(been, main):
    page = main(been(**WHOLE, contact_phone="030 12 34 567", body="We praten over wonen."))
    assert heads(page)[:7] == [
        "Deze bijeenkomst is geweest",
        "Wat is er gezegd?",
        "Wat is er besloten?",
        "Wie kun je ernaar vragen?",
        "Kijk en lees terug",
        "Over deze bijeenkomst",
        "Waar ging het over?",
    ]
    assert "Vraag het Carla." in words(page)
    assert [each.get("href") for each in page.cssselect("#navragen ~ ul a")] == [
        "mailto:carla@voorbeeld.example",
        "tel:0301234567",
    ]
    told = words(page)
    assert told.index("Er kwamen") < told.index("Wanneer")


def test_the_link_to_slides_says_what_opens(been, main):
    links = [words(each) for each in main(been(**WHOLE)).cssselect("a[href^='https://dia']")]
    assert links[0].startswith("Bekijk de dia’s: Wonen voor iedereen (PDF, Engels)")
    plain = {**WHOLE, "slides_title": "", "slides_format": "", "slides_language": "nl"}
    links = [words(each) for each in main(been("Later", **plain)).cssselect("a[href^='https://dia']")]
    assert links[0].startswith("Bekijk de dia’s")
    assert "(PDF" not in links[0]


def test_who_answers_afterwards_can_be_somebody_else(been, main):
    page = main(been(report="Goed.", answers_name="Bram", answers_email="bram@voorbeeld.example"))
    assert "Vraag het Bram." in words(page)
    assert "Vraag het Carla." not in words(page)
    assert [words(each) for each in page.cssselect("#navragen ~ ul a")] == ["bram@voorbeeld.example"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Er is nog geen verslag."),
        ({"is_archived": True}, "Er is geen verslag op deze site."),
    ],
)
def test_without_a_report_the_page_says_so_and_whom_to_ask(been, main, fields, sentence):
    page = main(been(**fields))
    assert f"{sentence} Hieronder staat wie je ernaar kunt vragen." in words(page)
    assert "Vraag het Carla." in words(page)


def test_where_nobody_is_known_the_network_is_asked(been, main):
    page = main(been(contact_name="", contact_email=""))
    assert "Vraag het ons. Onderaan deze pagina staat hoe je ons bereikt." in words(page)


def test_one_that_comes_or_was_called_off_asks_nothing_afterwards(meeting, been, main, now):
    assert "Wie kun je ernaar vragen?" not in heads(main(meeting("Straks")))
    cancelled = been("Afgezegd", cancelled_at=now, cancelled_reason="De zaal was dicht.")
    assert "Wie kun je ernaar vragen?" not in heads(main(cancelled))


def test_the_desk_asks_it_all_and_keeps_when_it_first_came(been, send, at, now):
    found = been()
    given = {**WHOLE, "answers_name": "Bram", "answers_email": "bram@voorbeeld.example"}
    assert send(found, **given).status_code == 302
    found.refresh_from_db()
    assert {name: getattr(found, name) for name in given} == given
    assert found.reported_at == now
    at(now + DAY)
    assert send(found, report="Beter.").status_code == 302
    found.refresh_from_db()
    assert (found.report, found.reported_at) == ("Beter.", now)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"answers_name": "Bram"}, "Vul ook het e-mailadres in. Anders kan niemand het vragen."),
        ({"answers_email": "bram@voorbeeld.example"}, "Vul in van wie dit e-mailadres is."),
        ({"answers_name": "Bram", "answers_email": "bram"}, "Dit is geen e-mailadres."),
        ({"slides_url": "https://dia.example/1"}, "Kies wat voor bestand het is."),
        ({"slides_url": "dia"}, "Dit is geen adres van een website."),
        ({"slides_format": "exe"}, "Kies wat voor bestand het is."),
        ({"slides_language": "xx"}, "Kies een taal uit de lijst."),
    ],
)
def test_what_is_not_whole_comes_back_with_all_that_was_typed(been, send, given, sentence):
    found = been()
    answer = send(found, report="Dit zeiden we.", **given)
    assert answer.status_code == 200
    assert sentence in said(answer)
    assert "Dit zeiden we." in said(answer)
    found.refresh_from_db()
    assert found.report == ""


def test_a_recording_that_not_everybody_can_follow_is_refused_with_all_it_misses(been, send):
    found = been()
    page = lxml.html.fromstring(send(found, report="Goed.", recording_url="https://film.example/1").content.decode())
    summary = page.cssselect(".mee-error-summary a, [role=alert] a")
    assert [each.get("href") for each in summary] == ["#id_recording_has_captions", "#id_transcript"]
    found.refresh_from_db()
    assert (found.report, found.recording_url) == ("", "")


def test_who_answers_afterwards_can_read_that_and_be_erased(been, person, now):
    bram = person("Bram")
    found = been(report="Goed.", answers_name="Bram", answers_email="bram@voorbeeld.example")
    other = been("Ander", answers_name="", answers_email="")
    assert [row["contact na afloop"] for row in ORGANISED.export(bram)] == ["Bram, bram@voorbeeld.example"]
    ORGANISED.erase(bram, Erasing(with_texts=True, now=now))
    found.refresh_from_db()
    other.refresh_from_db()
    assert (found.answers_name, found.answers_email, other.contact_name) == ("", "", "Carla")

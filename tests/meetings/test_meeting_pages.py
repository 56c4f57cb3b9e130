"""The pages as people get them: the list with its choices, a meeting, and what stands elsewhere; no word too much."""

from datetime import UTC, datetime, timedelta

import lxml.html
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.meetings.models import Change, OldAddress, ProgrammeItem, Provision
from meedoen.municipalities.models import Province
from meedoen.pages.kept import store
from meedoen.themes.models import Theme

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]
DAY = timedelta(days=1)


@pytest.fixture
def page(client):
    """A function that gives the main part of a page, read as a tree."""

    def ask(address, status=200):
        store.clear()
        response = client.get(address)
        assert response.status_code == status, address
        return lxml.html.fromstring(response.content.decode()).get_element_by_id("inhoud")

    return ask


@pytest.fixture
def asked(client):
    """A function that counts the queries of a page that nobody kept."""

    def count(address):
        store.clear()
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    return count


def words(element):
    return " ".join(part.strip() for part in element.itertext() if part.strip())


def headings(main, level):
    return [words(each) for each in main.cssselect(f"h{level}")]


def provide(meeting, **states):
    for need, (state, told) in states.items():
        Provision.objects.create(meeting=meeting, need=need.replace("_", "-"), state=state, words=told)
    return meeting


# The list


def test_what_comes_stands_soonest_first_and_what_was_below(meeting, page, now):
    meeting("Later", begins=now + 9 * DAY)
    meeting("Straks", begins=now + DAY)
    meeting("Vorig jaar", begins=now - 300 * DAY)
    meeting("Gisteren", begins=now - DAY, report="Wat we zeiden.")
    meeting("Concept", published_at=None)
    meeting("Gepland", published_at=now + DAY)
    meeting("Weg", withdrawn_at=now, withdrawn_reason="Dubbel.")
    main = page("/bijeenkomsten/")
    assert headings(main, 3) == ["Straks", "Later", "Gisteren", "Vorig jaar"]
    assert next(words(each) for each in main.cssselect(".mee-card") if "Met verslag." in words(each)).startswith(
        "Gisteren"
    )
    assert headings(page("/bijeenkomsten/?wanneer=geweest"), 3) == ["Gisteren", "Vorig jaar"]


def test_each_says_in_the_list_what_is_arranged(meeting, page, now):
    found = meeting("Straks", begins=now + DAY)
    provide(
        found,
        schrijftolk=("geregeld", ""),
        gebarentolk=("op-verzoek", ""),
        hulp=("onbekend", ""),
        stukken_vooraf=("geregeld", "Een week ervoor."),
        telefoon=("kan-niet", "Bel ons na afloop."),
    )
    card = words(page("/bijeenkomsten/").cssselect(".mee-card")[0])
    assert card == (
        "Straks vrijdag 4 december 2026, 14.00 tot 16.00 uur Online Samen praten over wonen. "
        "Geregeld: schrijftolk of ondertiteling en stukken en dia’s vooraf. "
        "Als je erom vraagt: tolk Nederlandse Gebarentaal."
    )


def test_what_goes_on_and_what_is_cancelled_says_so(meeting, page, now):
    meeting("Nu", begins=now - timedelta(hours=1))
    provide(meeting("Niet", cancelled_at=now, cancelled_reason="De zaal is dicht."), schrijftolk=("geregeld", ""))
    cards = [words(each) for each in page("/bijeenkomsten/").cssselect(".mee-card")]
    assert "Is nu bezig." in cards[0]
    assert "Gaat niet door." in cards[1]
    assert "Geregeld" not in cards[1]


def test_one_form_chooses_by_month_theme_province_and_form(meeting, municipality, page, now):
    theme = Theme.objects.create(id="thuis", kind="levensdomein", label="Thuis", short="Thuis", position=1)
    Province.objects.create(code="PV30", name="Zeeland", slug="zeeland")
    room = meeting("Zaal", form="locatie", place_municipality=municipality(), online_program="", begins=now + 40 * DAY)
    room.themes.add(theme)
    meeting("Scherm", begins=now + DAY)
    meeting("Van Utrecht", municipality=municipality(), begins=now + 2 * DAY)

    def found(query):
        return headings(page(f"/bijeenkomsten/?{query}"), 3)

    assert found("thema=thuis") == ["Zaal"]
    assert found("vorm=locatie") == ["Zaal"]
    assert found("vorm=online") == ["Scherm", "Van Utrecht"]
    assert found("provincie=utrecht") == ["Van Utrecht", "Zaal"]
    assert found("maand=2026-12") == ["Scherm", "Van Utrecht"]
    assert found("maand=2027-01&vorm=locatie") == ["Zaal"]
    assert found("provincie=zeeland&thema=thuis") == ["Hier past geen bijeenkomst bij"]
    main = page("/bijeenkomsten/?maand=2027-01&vorm=locatie")
    chosen = [option.get("value") for option in main.cssselect("select option[selected]")]
    assert [value for value in chosen if value] == ["2027-01", "locatie"]
    assert [words(each) for each in main.cssselect("#id_maand option")] == [
        "Alle maanden",
        "december 2026",
        "januari 2027",
    ]
    feed = next(each for each in main.cssselect("a") if "Atom" in words(each))
    assert feed.get("href") == "/feeds/bijeenkomsten.atom?vorm=locatie"


def test_a_wrong_choice_is_told_and_left_out(meeting, page):
    meeting("Straks")
    main = page("/bijeenkomsten/?maand=2026-13&thema=onzin&provincie=onzin&vorm=zo&wanneer=ooit&voor=onzin")
    assert "Straks" in headings(main, 3)
    assert len(main.cssselect(".mee-notification--warning")) == 6


def test_empty_says_what_to_do(db, page):
    assert "Er staat nu geen bijeenkomst gepland" in headings(page("/bijeenkomsten/"), 3)
    assert "Er is nog geen bijeenkomst geweest" in headings(page("/bijeenkomsten/?wanneer=geweest"), 3)


@pytest.mark.parametrize(("query", "sign"), [("", 1), ("wanneer=geweest", -1)])
def test_the_list_goes_on_by_key_and_back(meeting, page, now, query, sign):
    for number in range(1, 31):
        meeting(f"Nummer {number}", begins=now + sign * number * DAY)
    address, seen = f"/bijeenkomsten/?{query}", []
    while address:
        main = page(address)
        seen.append(headings(main.get_element_by_id("uitkomst").getparent(), 3))
        address = next((f"{each.get('href')}" for each in main.cssselect("a[rel=next]")), "")
    assert [len(each) for each in seen] == [12, 12, 6]
    assert [*seen[0], *seen[1], *seen[2]] == [f"Nummer {number}" for number in range(1, 31)]
    back = main.cssselect("a[rel=prev]")[0].get("href")
    assert headings(page(back).get_element_by_id("uitkomst").getparent(), 3) == seen[1]


# A meeting


def test_how_to_take_part_stands_before_the_programme(meeting, page):
    found = provide(
        meeting(), schrijftolk=("geregeld", "Ook online."), gebarentolk=("kan-niet", "Er is een schrijftolk.")
    )
    ProgrammeItem.objects.create(meeting=found, position=0, title="Welkom", speakers="Carla")
    main = page("/bijeenkomsten/praat-mee-over-wonen/")
    assert headings(main, 2)[:2] == ["Zo kan iedereen meedoen", "Programma"]
    rows = {words(row.cssselect("dt")[0]): words(row.cssselect("dd")[0]) for row in main.cssselect(".mee-summary__row")}
    assert rows["Schrijftolk of ondertiteling"] == "Geregeld. Ook online."
    assert rows["Tolk Nederlandse Gebarentaal"] == "Kan niet. Wel: Er is een schrijftolk."
    assert rows["Meedoen met de telefoon"] == "Weten we nog niet."
    assert rows["Wanneer"] == "donderdag 10 december 2026, 14.00 tot 16.00 uur"
    ways = [each.get("href") for each in main.cssselect("a") if words(each) == "Meld je aan"]
    assert ways == ["/bijeenkomsten/praat-mee-over-wonen/aanmelden/"]
    assert "carla@voorbeeld.example" in words(main.get_element_by_id("aanmelden").getparent())


def test_the_way_in_is_on_no_page_for_everybody(meeting, client):
    meeting(join_url="https://zoom.example/geheim", join_by_phone="0201234567, code 991199")
    for address in (
        "/bijeenkomsten/",
        "/bijeenkomsten/praat-mee-over-wonen/",
        "/bijeenkomsten/praat-mee-over-wonen/agenda.ics",
        "/feeds/bijeenkomsten.ics",
        "/feeds/bijeenkomsten.atom",
        "/",
    ):
        body = client.get(address).content.decode().replace("\r\n ", "")
        assert "wonen" in body
        assert "geheim" not in body
        assert "991199" not in body


def test_a_meeting_becomes_past_by_time_alone(meeting, client, at, now):
    found = meeting(begins=now + DAY, report="Wat we **zeiden**.")
    address = found.get_absolute_url()
    assert "Meld je aan" in client.get(address).content.decode()
    at(found.starts_at)
    assert "Deze bijeenkomst is nu bezig" in client.get(address).content.decode()
    at(found.ends_at)
    body = client.get(address).content.decode()
    assert "Deze bijeenkomst is geweest" in body
    assert "Meld je aan" not in body
    assert "<strong>zeiden</strong>" in body


def test_a_planned_one_comes_by_itself(meeting, client, at, now):
    found = meeting(published_at=now + DAY)
    assert client.get(found.get_absolute_url()).status_code == 404
    assert "Praat mee" not in client.get("/bijeenkomsten/").content.decode()
    at(now + DAY)
    assert client.get(found.get_absolute_url()).status_code == 200
    assert "Praat mee" in client.get("/bijeenkomsten/").content.decode()


def test_a_cancelled_one_says_why_and_takes_nobody(meeting, page, now):
    found = meeting(cancelled_at=now, cancelled_reason="De zaal is dicht.")
    main = page(found.get_absolute_url())
    assert words(main.cssselect(".mee-notification")[0]) == "Let op: Deze bijeenkomst gaat niet door De zaal is dicht."
    assert "Meld je aan" not in words(main)
    assert main.cssselect('[itemprop="eventStatus"]')[0].get("href") == "https://schema.org/EventCancelled"


def test_one_that_was_taken_down_says_why_and_a_draft_does_not_exist(meeting, page, now):
    main = page(meeting(withdrawn_at=now, withdrawn_reason="Deze stond er twee keer.").get_absolute_url(), status=410)
    assert "Deze stond er twee keer." in words(main)
    meeting("concept", published_at=None)
    page("/bijeenkomsten/concept/", status=404)


def test_what_changed_is_told(meeting, page, now):
    found = meeting()
    Change.objects.create(meeting=found, at=now, words="We beginnen een uur later.")
    main = page(found.get_absolute_url())
    told = main.get_element_by_id("veranderd").getnext().text_content()
    assert told.strip() == "donderdag 3 december 2026, 14.00 uur: We beginnen een uur later."


def test_an_old_address_leads_on(meeting, client, now):
    OldAddress.objects.create(slug="oud", meeting=meeting())
    OldAddress.objects.create(slug="weg", meeting=meeting("concept", published_at=None))
    assert client.get("/bijeenkomsten/oud/").headers["Location"] == "/bijeenkomsten/praat-mee-over-wonen/"
    assert client.get("/bijeenkomsten/weg/").status_code == 404


def test_programs_read_what_it_is(meeting, municipality, page):
    meeting(form="beide", place_name="De Kring", place_municipality=municipality())
    main = page("/bijeenkomsten/praat-mee-over-wonen/")
    event = main.cssselect('[itemtype="https://schema.org/Event"]')[0]

    def told(name):
        return [each.get("content") or each.get("href") for each in event.cssselect(f'[itemprop="{name}"]')]

    assert told("startDate") == ["2026-12-10T14:00:00+01:00"]
    assert told("endDate") == ["2026-12-10T16:00:00+01:00"]
    assert told("eventAttendanceMode") == ["https://schema.org/MixedEventAttendanceMode"]
    assert told("name") == ["Praat mee over wonen", "De Kring, Utrecht", "Het projectteam"]


def test_of_one_long_ago_the_day_alone_is_told(meeting, page):
    begins = datetime(2019, 11, 4, 23, tzinfo=UTC)
    found = meeting(begins=begins, hours=24, is_time_known=False, is_archived=True, online_program="")
    main = page(found.get_absolute_url())
    assert "dinsdag 5 november 2019" in words(main)
    assert "uur" not in words(main.cssselect(".mee-summary")[0])
    assert main.cssselect('[itemprop="startDate"]')[0].get("content") == "2019-11-05"


# Elsewhere


def test_the_next_ones_stand_on_the_start_page(meeting, page, now):
    for number in (4, 3, 2, 1):
        meeting(f"Nummer {number}", begins=now + number * DAY)
    meeting("Niet", begins=now + DAY, cancelled_at=now, cancelled_reason="Ziek.")
    titles = headings(page("/"), 3)
    assert [each for each in titles if each.startswith("N")] == ["Nummer 1", "Nummer 2", "Nummer 3"]


def test_a_municipality_shows_its_own_and_what_is_held_there(meeting, municipality, page, now):
    meeting("Van Utrecht", municipality=municipality(), begins=now + DAY)
    meeting("In Utrecht", form="locatie", online_program="", place_municipality=municipality(), begins=now - DAY)
    meeting("Elders", municipality=municipality("Zwolle"))
    section = page("/gemeenten/utrecht/").get_element_by_id("bijeenkomsten").getnext()
    assert [words(each) for each in section.cssselect("a")][:2] == ["Van Utrecht", "In Utrecht"]


def test_pages_ask_the_same_number_of_queries_with_one_and_with_more(meeting, municipality, asked, now):
    theme = Theme.objects.create(id="thuis", kind="levensdomein", label="Thuis", short="Thuis", position=1)

    def make(number):
        for place, days in enumerate((-number, number)):
            found = meeting(
                f"Nummer {number} {place}", begins=now + days * DAY, municipality=municipality(), form="beide",
                place_municipality=municipality("Zwolle"),
            )  # fmt: skip
            found.themes.add(theme)
            provide(found, schrijftolk=("geregeld", ""))
            Change.objects.create(meeting=found, at=now, words="Anders.")

    make(1)
    addresses = (
        "/bijeenkomsten/",
        "/bijeenkomsten/?wanneer=geweest",
        "/bijeenkomsten/nummer-1-1/",
        "/feeds/bijeenkomsten.ics",
        "/feeds/bijeenkomsten.atom",
        "/",
        "/gemeenten/utrecht/",
    )
    before = [asked(address) for address in addresses]
    for number in (2, 3, 4):
        make(number)
    assert [asked(address) for address in addresses] == before

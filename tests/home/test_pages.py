"""The start page, the statements and the two files, as visitors and programs get them."""

import datetime
import json
from pathlib import Path

import brotli
import lxml.html
import pytest
from django.contrib.staticfiles import finders
from tests.starting import load_once

from meedoen.barriers import actions as barriers
from meedoen.barriers.actions import Facts
from meedoen.celebrations.starting import load_starting_celebrations
from meedoen.home import statements
from meedoen.kernel import clock
from meedoen.library.actions import load_starting_content
from meedoen.meetings.starting import load_starting_meetings
from meedoen.municipalities.actions import load_register
from meedoen.people.models import Address, Person
from meedoen.themes.actions import load_themes

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 23, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _time_stands_still(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def opened(db):
    """The site as it opens, examples and all."""
    load_once("themes", lambda: load_themes(now=NOW))
    load_once("register", lambda: load_register(now=NOW))
    load_once("news", lambda: load_starting_content(now=NOW, examples=True))


@pytest.fixture
def carla(db):
    address = Address.objects.create(email="carla@voorbeeld.example", verified_at=NOW)
    return Person.objects.create(address=address, name="Carla", is_team=True, joined_at=NOW)


@pytest.fixture
def page(client):
    """A function that asks for a page and gives its main part, read as a tree."""

    def ask(address):
        response = client.get(address)
        assert response.status_code == 200
        return lxml.html.fromstring(response.content.decode()).get_element_by_id("inhoud")

    return ask


def words(element):
    return " ".join(element.text_content().split())


def headings(main):
    return [words(heading) for heading in main.iter("h1", "h2")]


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/over/", "Over Iedereen doet mee!"),
        ("/contact/", "Contact"),
        ("/privacy/", "Privacy"),
        ("/spelregels/", "Spelregels"),
    ],
)
def test_each_statement_has_its_page(page, address, heading, django_assert_num_queries, client):
    assert words(page(address).cssselect("h1")[0]) == heading
    with django_assert_num_queries(0):
        client.get(address)


def test_contact_names_help_and_the_contact_point(page, settings):
    text = words(page("/contact/"))
    for value in (settings.HELP_NAME, settings.HELP_PHONE, settings.HELP_EMAIL, settings.DSA_CONTACT):
        assert value in text


def test_a_kept_accessibility_statement_asks_only_whether_a_barrier_changed(page, client, django_assert_num_queries):
    page("/toegankelijkheid/")
    with django_assert_num_queries(1):
        client.get("/toegankelijkheid/")


def test_the_accessibility_statement_has_the_parts_of_the_dutch_model(page, settings):
    main = page("/toegankelijkheid/")
    assert headings(main) == [
        "Toegankelijkheidsverklaring",
        "Dit is een voorbeeld",
        "De verklaring in het kort",
        "Wat betekent deze status?",
        "Wat we zelf controleren",
        "Wat nog niet goed genoeg is",
        "Drempels die mensen vonden",
        "Meld een drempel",
        "Ben je niet tevreden met ons antwoord?",
        "Bijlage: wat onze eigen tests vonden",
    ]
    text = words(main)
    for part in (
        settings.ORGANISATION,
        settings.BASE_URL,
        "nog niet onderzocht",
        "23 november 2026",
        "Binnen 2 werkdagen",
        "Binnen 3 weken",
        settings.HELP_EMAIL,
        "Nationale ombudsman",
        "College voor de Rechten van de Mens",
    ):
        assert part in text


def test_the_security_file_says_what_rfc_9116_asks(client, settings):
    response = client.get("/.well-known/security.txt")
    assert (response.status_code, response["Content-Type"]) == (200, "text/plain; charset=utf-8")
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert fields == {
        "Contact": settings.SECURITY_CONTACT,
        "Expires": "2027-10-01T00:00:00+02:00",
        "Preferred-Languages": "nl, en",
        "Canonical": f"{settings.BASE_URL}/.well-known/security.txt",
        "Policy": f"{settings.BASE_URL}/contact/",
    }
    assert NOW < datetime.datetime.fromisoformat(fields["Expires"]) < NOW + datetime.timedelta(days=365)


def test_time_alone_moves_the_security_file_on(client, monkeypatch):
    client.get("/.well-known/security.txt")
    monkeypatch.setattr(clock, "now", lambda: NOW + datetime.timedelta(days=10))
    assert b"Expires: 2027-11-01T00:00:00+01:00" in client.get("/.well-known/security.txt").content


@pytest.mark.parametrize(("is_example", "refused"), [(True, "/"), (False, "")])
def test_an_example_site_stays_out_of_search_engines(client, settings, is_example, refused):
    settings.EXAMPLE_SITE = is_example
    assert client.get("/robots.txt").content.decode() == f"User-agent: *\nDisallow: {refused}\n"


def test_the_start_page_says_what_this_is_and_what_you_can_do(opened, page):
    main = page("/")
    assert headings(main) == [
        "Samen zorgen we dat iedereen kan meedoen",
        "Zoek je gemeente",
        "Lees het nieuws",
        "Zoek in de kennisbank",
        "Kies hoe je wilt lezen",
        "Het nieuwste nieuws",
        "Wie tekenden het manifest?",
        "Wat is het netwerk?",
        "Wat komt eraan?",
    ]
    assert [words(link) for link in main.cssselect(".mee-hero a[href='/forum/vraag/']")] == ["Stel een vraag"]
    assert [words(heading) for heading in main.cssselect("h3")] == [
        "Wat weten we nog niet? Help mee met aanvullen",
        "Wat is een Lokale Inclusie Agenda?",
        "Voorbeeldstad oefent met stemmen",
    ]
    assert (
        "In 2018 beloofden 25 koplopers: bij ons kan iedereen meedoen. Eind augustus 2020 hadden 58 gemeenten"
        " getekend. Van 37 kennen we de naam." in words(main)
    )


def test_the_start_page_finds_a_municipality(opened, page):
    form = page("/").cssselect("main form")[0]
    assert (form.get("action"), form.get("method")) == ("/gemeenten/", "get")
    assert [field.get("name") for field in form.cssselect("input")] == ["naam"]
    assert "West Betuwe" in words(page("/gemeenten/?naam=Geldermalsen"))


def test_the_start_page_stands_without_any_content(db, page):
    assert "Er is nog geen nieuws" in words(page("/"))


@pytest.mark.parametrize("examples", [False, True])
def test_the_start_page_asks_a_fixed_number_of_queries(db, client, examples, django_assert_num_queries):
    load_once("themes", lambda: load_themes(now=NOW))
    load_once("register", lambda: load_register(now=NOW))
    if examples:
        load_starting_content(now=NOW, examples=True)
        load_starting_celebrations(now=NOW, examples=True)
        load_starting_meetings(now=NOW, examples=True)
    with django_assert_num_queries(13 if examples else 10):
        client.get("/")
    with django_assert_num_queries(1):
        client.get("/")


def test_the_mark_is_found_where_old_programs_look(client):
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert response["Location"].startswith("/static/ui/mark")


@pytest.mark.parametrize("address", ["/", "/nieuws/", "/nieuws/25-koplopers-tekenen-het-manifest/"])
def test_what_is_needed_to_read_weighs_less_than_20_kb(opened, client, address):
    page = client.get(address, headers={"accept-encoding": "br"})
    styles = [Path(str(finders.find(f"ui/{name}.css"))).read_bytes() for name in ("further", "meedoen")]
    assert page["Content-Encoding"] == "br"
    assert len(page.content) + sum(len(brotli.compress(each)) for each in styles) < 20_000


@pytest.mark.parametrize(
    ("found", "words_of_it"),
    [
        ({}, "275 pagina’s. Geen fout gevonden."),
        ({"looks_with_findings": 3}, "275 pagina’s. Fouten gevonden op 3 plekken."),
        ({"looks_with_findings": 1, "source_has_findings": True}, "275 pagina’s. Fouten gevonden op 1 plek."),
    ],
)
def test_our_own_tests_are_an_appendix_that_tells_what_they_found(page, tmp_path, monkeypatch, found, words_of_it):
    for name in ("accessibility.json", "access_results.json"):
        facts = json.loads((statements.DATA / name).read_text(encoding="utf-8"))
        more = {"pages": 275, "looks": 1200, "looks_with_findings": 0} | found if name == "access_results.json" else {}
        (tmp_path / name).write_text(json.dumps({**facts, **more}), encoding="utf-8")
    monkeypatch.setattr(statements, "DATA", tmp_path)
    main = page("/toegankelijkheid/")
    assert headings(main)[-1] == "Bijlage: wat onze eigen tests vonden"
    assert f"1.200 keer gekeken naar {words_of_it}" in words(main)
    told = {words(row[0]): words(row[1]) for row in main.cssselect("dl > div")}
    assert told["De code van de pagina’s"].startswith("Fouten") is ("source_has_findings" in found)
    assert "nog niet onderzocht" in words(main)  # whatever our tests found


def test_the_statement_names_the_barriers_that_are_open(page, carla):
    assert "Er staat nog geen drempel op de lijst." in words(page("/toegankelijkheid/"))
    facts = Facts("De kaart vraagt een muis", "Met het toetsenbord kom je er niet.")
    barrier = barriers.make(facts, report=None, by=carla, now=NOW)
    main = page("/toegankelijkheid/")
    assert "De kaart vraagt een muis. We weten nog niet wanneer dit klaar is." in words(main)
    barriers.fix(barrier, words="Het kan nu.", on=NOW.date(), by=carla, now=NOW)
    assert "De kaart vraagt een muis" not in words(page("/toegankelijkheid/"))

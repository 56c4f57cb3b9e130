"""The agendas of municipalities: the list, a page each, two side by side, their place at a municipality, as data."""

import csv
import datetime
import io
import itertools

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from lxml import etree
from lxml import html as parser
from tests.starting import load_once

from meedoen.kernel import clock
from meedoen.library.agendas import actions
from meedoen.library.agendas.models import AgendaSource, AgendaTouch, InclusionAgenda
from meedoen.municipalities.models import Municipality, Succession

LIST = "/kennisbank/agendas/"
COMPARE = f"{LIST}vergelijken/"
HERE = {"headers": {"sec-fetch-site": "same-origin"}}
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def agenda(register, now):
    """A function that makes an agenda; what is not told is not known."""

    def make(municipality="zuidplas", *, themes=(), touches=(), sources=(), **fields):
        place = Municipality.objects.get(slug=municipality)
        fields = {
            "slug": place.slug,
            "name": "Lokale Inclusie Agenda",
            "published_at": now,
            "updated_at": now,
            **fields,
        }
        if fields.get("stage", "niet-bekend") != "niet-bekend":
            fields.setdefault("stage_from", "De gemeente schreef het op haar site.")
        made = InclusionAgenda.objects.create(municipality=place, **fields)
        made.themes.set(themes)
        AgendaTouch.objects.bulk_create(AgendaTouch(agenda=made, number=number) for number in touches)
        AgendaSource.objects.bulk_create(
            AgendaSource(agenda=made, position=place, text=text, url=url) for place, (text, url) in enumerate(sources)
        )
        return made

    return make


@pytest.fixture
def starting_agendas(register, now):
    """Those that the site starts with."""
    load_once("agendas", lambda: actions.load_starting_agendas(now=now))


def page_of(response):
    return parser.fromstring(response.content)


def words(response) -> str:
    return " ".join(page_of(response).find(".//main").text_content().split())


def titles(response) -> list[str]:
    return [link.text_content() for link in page_of(response).xpath("//section[@aria-labelledby='uitkomst']//h3/a")]


def facts(response) -> dict[str, str]:
    rows = page_of(response).xpath("//main//dl[@class='mee-summary']//dt")
    return {row.text_content(): " ".join(row.getnext().text_content().split()) for row in rows}


def merge(old: str, *new: str) -> None:
    """Let a municipality have gone on in others."""
    gone = Municipality.objects.get(slug=old)
    Municipality.objects.filter(pk=gone.pk).update(is_current=False, ended_on=datetime.date(2026, 1, 1))
    for slug in new:
        Succession.objects.create(
            old=gone,
            new=Municipality.objects.get(slug=slug),
            effective_on=datetime.date(2026, 1, 1),
            kind="merged" if len(new) == 1 else "split",
            status="done",
        )


# The list ---------------------------------------------------------------------------------------------------


def test_the_list_stands_in_the_order_of_the_alphabet_and_says_what_is_not_known(client, agenda):
    agenda("zuidplas", stage="vastgesteld", themes=["werk"], year_from=2023)
    agenda("almere")
    agenda("s-hertogenbosch")
    agenda("stein", published_at=None)
    answer = client.get(LIST)
    assert titles(answer) == [
        "Almere: Lokale Inclusie Agenda",
        "’s-Hertogenbosch: Lokale Inclusie Agenda".replace("’", "'"),
        "Zuidplas: Lokale Inclusie Agenda, 2023",
    ]
    said = words(answer)
    assert "3 agenda’s" in said
    assert "Hoe ver de gemeente is, weten we niet." in said
    assert "Van 339 van de 342 gemeenten weten we nog niet of ze een agenda hebben. Bekijk alle gemeenten" in said


def test_a_site_without_agendas_says_so(client, register):
    assert "We kennen nog geen agenda’s" in words(client.get(LIST))
    assert "Van 342 van de 342 gemeenten" in words(client.get(LIST))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("provincie=drenthe", ["Noordenveld"]),
        ("thema=werk", ["Noordenveld", "Zuidplas"]),
        ("thema=werk&provincie=zuid-holland", ["Zuidplas"]),
        ("fase=concept", ["Almere"]),
        ("fase=niet-bekend", ["Noordenveld"]),
        ("jaar=2024", ["Noordenveld"]),
        ("jaar=2022", ["Zuidplas"]),
        ("jaar=2027", []),
        ("fase=concept&thema=werk", []),
        ("provincie=onzin", ["Almere", "Noordenveld", "Zuidplas"]),
        ("thema=onzin&fase=onzin&jaar=onzin", ["Almere", "Noordenveld", "Zuidplas"]),
        ("jaar=99999999999999999999", ["Almere", "Noordenveld", "Zuidplas"]),
        ("provincie=%00&thema=%27%3B--&voor=%3Cscript%3E", ["Almere", "Noordenveld", "Zuidplas"]),
    ],
)
def test_the_list_is_filtered_by_links(client, agenda, query, found):
    agenda("zuidplas", stage="vastgesteld", themes=["werk", "thuis"], adopted_on="2022-12-20")
    agenda("noordenveld", themes=["werk"], year_from=2023, year_to=2026)
    agenda("almere", stage="concept")
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == 200
    assert [title.partition(":")[0] for title in titles(answer)] == found
    count = {0: "0 agenda’s", 1: "1 agenda"}.get(len(found), f"{len(found)} agenda’s")
    assert page_of(answer).xpath("//h2[@id='uitkomst']")[0].text_content() == count
    is_wrong = any(sign in query for sign in ("onzin", "9999", "%00"))
    assert ("kennen we niet" in words(answer)) is is_wrong


def test_each_filter_says_how_many_there_are_with_the_others_on(client, agenda):
    agenda("zuidplas", themes=["werk"], year_from=2023, year_to=2024)
    agenda("noordenveld", themes=["werk"], year_from=2024)
    agenda("stein", themes=["thuis"])
    page = page_of(client.get(f"{LIST}?thema=werk"))
    offered = {
        box.find("summary").text_content(): [" ".join(each.text_content().split()) for each in box.xpath(".//li")]
        for box in page.xpath("//main//details")
    }
    assert offered["Kies een provincie"] == ["Alle provincies", "Drenthe (1)", "Zuid-Holland (1)"]
    assert offered["Kies een thema"] == ["Alle thema’s", "Wonen (1)", "Werk (2)"]
    assert offered["Kies een jaar"] == ["Alle jaren", "2024 (2)", "2023 (1)"]
    assert offered["Kies hoe ver de gemeente is"] == ["Maakt niet uit", "Niet bekend (2)"]


def test_pages_go_on_by_key(client, agenda):
    for slug in Municipality.objects.current().order_by("sort_name").values_list("slug", flat=True)[:15]:
        agenda(slug)
    everything = [each.title for each in InclusionAgenda.objects.newest_first().select_related("municipality")]
    first = client.get(LIST)
    assert titles(first) == everything[:12]
    (further,) = page_of(first).xpath("//a[@rel='next']/@href")
    second = client.get(further)
    assert titles(second) == everything[12:]
    (back,) = page_of(second).xpath("//a[@rel='prev']/@href")
    assert titles(client.get(back)) == everything[:12]


def test_the_number_of_queries_does_not_grow(client, agenda):
    def count(url):
        from meedoen.pages.kept import store

        store.clear()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    agenda("zuidplas", slug="een", themes=["werk"], touches=[9], sources=[("Zuidplas", "https://zuidplas.nl/")])
    agenda("stein", slug="twee")
    few = {
        url: count(url)
        for url in (
            LIST,
            f"{LIST}een/",
            COMPARE,
            f"{COMPARE}?een=een&twee=twee",
            "/feeds/agendas.atom",
            f"{LIST}agendas.csv",
            "/gemeenten/zuidplas/",
        )
    }
    for number, slug in enumerate(["almere", "noordenveld", "zuidplas", "gouda", "lansingerland"]):
        agenda(
            slug,
            slug=f"meer-{number}",
            themes=["werk", "thuis"],
            touches=[9, 19],
            sources=[("Bron", "https://een.example/"), ("Nog een", "https://twee.example/")],
        )
    assert {url: count(url) for url in few} == few
    assert max(few[LIST], few[f"{LIST}een/"], few[f"{COMPARE}?een=een&twee=twee"]) <= 12


# One agenda -------------------------------------------------------------------------------------------------


def test_a_page_tells_what_is_known_and_what_is_not(client, agenda):
    made = agenda(
        "zuidplas",
        stage="concept",
        stage_on="2022-04",
        adopted_by="de gemeenteraad",
        themes=["werk"],
        touches=[9, 19],
        sources=[("Gemeente Zuidplas", "https://www.zuidplas.nl/lia")],
        page_url="https://www.zuidplas.nl/lia",
        checked_on=datetime.date(2026, 11, 20),
        owner="het projectteam",
    )
    answer = client.get(made.get_absolute_url())
    assert facts(answer) == {
        "Gemeente": "Zuidplas",
        "Provincie": "Zuid-Holland",
        "Grootte": "20.000 tot 50.000 inwoners",
        "Naam": "Lokale Inclusie Agenda",
        "Hoe ver is de gemeente?": "Er is een concept. Zo stond het in april 2022.",
        "Hoe weten we dat?": "De gemeente schreef het op haar site.",
        "Voor welke jaren?": "niet bekend",
        "Vastgesteld op": "niet bekend",
        "Vastgesteld door": "de gemeenteraad",
        "Wie maakten de agenda?": "niet bekend",
        "Thema’s": "Werk",
        "Artikelen van het VN-verdrag": "9 en 19",
        "Waar lees je meer?": "Lees de pagina over de agenda van Zuidplas (andere site)",
        "Nagekeken op": "20 november 2026",
        "Wie houdt dit bij?": "het projectteam",
    }
    page = page_of(answer)
    assert page.xpath("//a[@href='/kennisbank/agendas/?thema=werk']")
    assert page.xpath("//a[@href='https://www.zuidplas.nl/lia']")
    headings = [int(each.tag[1]) for each in page.xpath("//main//*[self::h1 or self::h2 or self::h3]")]
    assert headings[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(headings))


def test_what_is_not_on_the_site_is_nowhere(client, agenda):
    made = agenda("zuidplas", published_at=None, summary="Geheim plan.")
    agenda("stein")
    for url in (made.get_absolute_url(), f"{made.get_absolute_url()}reageren/", f"{made.get_absolute_url()}volgen/"):
        assert client.get(url).status_code == 404
    everywhere = [LIST, COMPARE, f"{COMPARE}?een=zuidplas&twee=stein", f"{LIST}agendas.csv", "/feeds/agendas.atom"]
    for url in [*everywhere, "/gemeenten/zuidplas/", f"{LIST}stein/"]:
        answer = client.get(url)
        assert answer.status_code == 200
        assert "Geheim plan" not in answer.content.decode()
        assert "Zuidplas: Lokale Inclusie Agenda" not in answer.content.decode()


def test_agendas_nearby_or_of_about_the_same_size_stand_below(client, agenda):
    made = agenda("zuidplas")
    agenda("gouda")
    agenda("waddinxveen")
    agenda("noordenveld")
    agenda("amsterdam")
    links = page_of(client.get(made.get_absolute_url())).xpath("//section[@aria-labelledby='vergelijken']//li/a[1]")
    assert [link.text_content().partition(":")[0] for link in links] == ["Waddinxveen", "Gouda", "Noordenveld"]


def test_an_agenda_is_talked_about_and_followed(client, agenda, ans):
    made = agenda("zuidplas")
    sent = client.post(
        f"{made.get_absolute_url()}reageren/",
        {"text": "Mooi plan.", "name": "Elif", "email": "elif@voorbeeld.example"},
        **HERE,
    )
    assert sent.status_code == 302
    assert sent.url.startswith("/bevestigen/")
    assert client.get(f"{made.get_absolute_url()}reageren/").url.endswith("#reageren")
    assert "Zuidplas: Lokale Inclusie Agenda" in words(client.get(f"{made.get_absolute_url()}volgen/"))
    assert client.post(f"{made.get_absolute_url()}reageren/", {"text": "Van elders."}).status_code == 403


# Two side by side -------------------------------------------------------------------------------------------


def test_two_agendas_stand_in_a_table_with_headings(client, agenda):
    agenda("zuidplas", stage="vastgesteld", themes=["werk", "thuis"])
    agenda("stein", name="Sociale Inclusie Agenda", themes=["werk"])
    answer = client.get(f"{COMPARE}?een=zuidplas&twee=stein")
    (table,) = page_of(answer).xpath("//main//table")
    assert [cell.text_content() for cell in table.xpath(".//thead//th")] == ["Wat", "Zuidplas", "Stein"]
    rows = {
        row.find("th").text_content(): [" ".join(cell.text_content().split()) for cell in row.findall("td")]
        for row in table.xpath(".//tbody/tr")
    }
    assert rows["Naam"] == ["ZuidplasLokale Inclusie Agenda", "SteinSociale Inclusie Agenda"]
    assert rows["Voor welke jaren?"] == ["Zuidplasniet bekend", "Steinniet bekend"]
    assert {row.find("th").get("scope") for row in table.xpath(".//tbody/tr")} == {"row"}
    assert all(span.get("aria-hidden") == "true" for span in table.xpath(".//td/span"))
    assert "Deze thema’s staan in allebei: Werk." in words(answer)


def test_two_agendas_of_one_municipality_are_told_apart(client, agenda):
    agenda("noordenveld", slug="een", year_from=2019)
    agenda("noordenveld", slug="twee", year_from=2023, year_to=2026)
    (table,) = page_of(client.get(f"{COMPARE}?een=een&twee=twee")).xpath("//main//table")
    assert [cell.text_content() for cell in table.xpath(".//thead//th")] == [
        "Wat",
        "Noordenveld, 2019",
        "Noordenveld, 2023 tot en met 2026",
    ]


def test_the_second_is_chosen_from_the_page_of_the_first(client, agenda):
    made = agenda("zuidplas")
    agenda("stein")
    agenda("almere")
    (url,) = page_of(client.get(made.get_absolute_url())).xpath("//a[contains(., 'Kies zelf een agenda')]/@href")
    choice = page_of(client.get(url))
    links = choice.xpath("//section[@aria-labelledby='keuze']//li/a")
    assert [(link.text_content(), link.get("href")) for link in links] == [
        ("Almere: Lokale Inclusie Agenda", f"{COMPARE}?een=zuidplas&twee=almere"),
        ("Stein: Lokale Inclusie Agenda", f"{COMPARE}?een=zuidplas&twee=stein"),
    ]
    by_name = page_of(client.get(f"{COMPARE}?een=zuidplas&naam=STEI"))
    assert [each.text_content() for each in by_name.xpath("//section[@aria-labelledby='keuze']//li/a")] == [
        "Stein: Lokale Inclusie Agenda"
    ]
    assert "Van die gemeente kennen we geen agenda." in words(client.get(f"{COMPARE}?een=zuidplas&naam=qqq"))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("een=zuidplas&twee=niets", "Deze agenda kennen we niet"),
        ("een=niets", "Deze agenda kennen we niet"),
        ("een=zuidplas&twee=zuidplas", "Je koos twee keer dezelfde agenda"),
        ("een=%3Cscript%3Ealert(1)%3C/script%3E", "Deze agenda kennen we niet"),
        ("een=zuidplas&naam=%3Cb%3E%00%27", "Kies nu de agenda"),
        ("een=zuidplas&een=stein&twee[]=x", "Kies nu de agenda"),
        ("", "Kies eerst een agenda"),
    ],
)
def test_a_wrong_choice_is_told_kindly(client, agenda, query, said):
    agenda("zuidplas")
    agenda("stein")
    answer = client.get(f"{COMPARE}?{query}")
    assert answer.status_code == 200
    assert said in words(answer)
    assert b"<script>alert" not in answer.content
    assert page_of(answer).xpath("//main//table") == []


# At a municipality, and after a merger ----------------------------------------------------------------------


def test_a_municipality_tells_of_its_agenda_or_that_nothing_is_known(client, agenda):
    agenda("noordenveld", slug="een", year_from=2019)
    agenda("noordenveld", slug="twee", year_from=2023, stage="vastgesteld")
    said = words(client.get("/gemeenten/noordenveld/"))
    assert "Lokale Inclusie Agenda, 2023. De agenda is vastgesteld." in said
    assert said.index("Agenda, 2023. De agenda") < said.index("Agenda, 2019. Hoe ver")
    assert "weten we nog niet. Weet jij het?" not in said
    assert "Hoe ver deze gemeente is, weten we nog niet. Weet jij het?" in words(client.get("/gemeenten/zuidplas/"))


def test_after_a_merger_an_agenda_stands_under_the_new_municipality_with_the_old_name(client, agenda):
    made = agenda("waddinxveen")
    agenda("stein")
    merge("waddinxveen", "zuidplas")
    merge("zuidplas", "almere")  # another step, to another province
    assert titles(client.get(f"{LIST}?provincie=flevoland")) == ["Waddinxveen: Lokale Inclusie Agenda"]
    assert titles(client.get(f"{LIST}?provincie=zuid-holland")) == []
    said = words(client.get("/gemeenten/almere/"))
    assert "Deze agenda is van Waddinxveen. Die gemeente hoort nu bij Almere." in said
    page = client.get(made.get_absolute_url())
    assert "Waddinxveen hoort nu bij Almere" in words(page)
    assert facts(page)["Gemeente"] == "Waddinxveen, nu een deel van Almere"
    assert facts(page)["Provincie"] == "Flevoland"
    rows = list(csv.DictReader(io.StringIO(client.get(f"{LIST}agendas.csv").content.decode("utf-8-sig"))))
    assert [(row["gemeente"], row["gemeente_toen"]) for row in rows] == [("Stein", "Stein"), ("Almere", "Waddinxveen")]


def test_of_a_municipality_that_went_on_in_parts_the_agenda_stays_on_its_own_page(client, agenda):
    agenda("waddinxveen")
    merge("waddinxveen", "zuidplas", "gouda")
    assert "Lees meer: Waddinxveen: Lokale Inclusie Agenda" in words(client.get("/gemeenten/waddinxveen/"))
    assert "Waddinxveen: Lokale" not in words(client.get("/gemeenten/zuidplas/"))
    assert client.get(LIST).status_code == 200


# As data ----------------------------------------------------------------------------------------------------


def test_the_feed_has_what_changed_last_and_is_well_formed(client, agenda, now):
    agenda("zuidplas", summary="Een \x0bplan <b>vet</b> & meer")
    agenda("stein", updated_at=now + datetime.timedelta(hours=1), is_example=True)
    answer = client.get("/feeds/agendas.atom")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = etree.fromstring(answer.content)
    assert [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")] == [
        "Stein: Lokale Inclusie Agenda",
        "Zuidplas: Lokale Inclusie Agenda",
    ]
    stein, zuidplas = (entry.findtext(f"{ATOM}summary") for entry in feed.findall(f"{ATOM}entry"))
    assert "Verzonnen voorbeeld." in stein
    assert "Een plan &lt;b&gt;vet&lt;/b&gt; &amp; meer" in zuidplas


def test_the_download_has_a_line_each_and_no_formula(client, agenda):
    agenda("zuidplas", name="=HYPERLINK('x')", adopted_by="@raad", themes=["thuis", "werk"], year_from=2023)
    answer = client.get(f"{LIST}agendas.csv")
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert row["naam"] == "'=HYPERLINK('x')"
    assert row["vastgesteld_door"] == "'@raad"
    assert (row["code"], row["gemeente"], row["themas"], row["jaar_van"], row["jaar_tot"], row["fase"]) == (
        "GM1892",
        "Zuidplas",
        "thuis;werk",
        "2023",
        "",
        "niet bekend",
    )
    assert row["adres"].endswith("/kennisbank/agendas/zuidplas/")


# What it starts with, and what must always hold -------------------------------------------------------------


def test_the_starting_agendas_each_have_a_source_and_claim_no_stage_without_one(starting_agendas):
    found = list(InclusionAgenda.objects.prefetch_related("sources"))
    assert len(found) == 17
    assert all(each.sources.all() and each.checked_on and each.owner for each in found)
    assert {each.slug: each.stage for each in found if each.stage != "niet-bekend"} == {
        "bergen-op-zoom-2020": "maakt",
        "leeuwarden": "maakt",
        "noardeast-fryslan": "voert-uit",
        "noordenveld-2023": "vastgesteld",
        "sudwest-fryslan": "concept",
        "wassenaar": "voert-uit",
        "zuidplas": "vastgesteld",
    }
    assert InclusionAgenda.objects.get(slug="zuidplas").adopted_on == "2022-12-20"


def test_what_was_changed_on_the_site_is_not_loaded_again(register, now):
    assert actions.load_starting_agendas(now=now) == 17
    assert actions.load_starting_agendas(now=now) == 0
    InclusionAgenda.objects.filter(slug="zuidplas").update(name="Van de gemeente", file_mark="", published_at=None)
    InclusionAgenda.objects.filter(slug="stein").update(name="Oud", file_mark="ouder")
    assert actions.load_starting_agendas(now=now) == 1
    assert InclusionAgenda.objects.get(slug="stein").name == "Sociale Inclusie Agenda"
    zuidplas = InclusionAgenda.objects.get(slug="zuidplas")
    assert (zuidplas.name, zuidplas.published_at) == ("Van de gemeente", None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"stage": "klaar", "stage_from": "Zomaar."},
        {"stage": "concept", "stage_from": ""},
        {"year_to": 2024},
        {"year_from": 2025, "year_to": 2024},
    ],
)
def test_the_database_refuses_what_cannot_be(agenda, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        agenda("zuidplas", **{"stage_from": "", **wrong} if "stage" in wrong else wrong)


def test_the_shelf_leads_to_the_agendas(client, register):
    assert page_of(client.get("/kennisbank/")).xpath(f"//a[@href='{LIST}']")


def test_the_time_is_that_of_the_site(agenda, client, now):
    agenda("zuidplas", published_at=clock.now() + datetime.timedelta(days=1))
    assert titles(client.get(LIST)) == []

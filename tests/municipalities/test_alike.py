"""The page with municipalities like one: the sentences, the weights in its address, what is not known, where it leads."""

import dataclasses
import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as parser

from meedoen.municipalities import actions
from meedoen.municipalities.beside import Link
from meedoen.municipalities.likeness import reading, rules, words
from meedoen.municipalities.likeness.doings import Doing
from meedoen.municipalities.likeness.reading import Place
from meedoen.municipalities.likeness.rules import Facts, Part
from meedoen.municipalities.models import Municipality
from meedoen.pages.kept import store

ALIKE = "/gemeenten/zoals/"
NEW_YEAR = datetime.datetime(2027, 1, 1, 9, 0, tzinfo=datetime.UTC)
OWN = Facts(40_000, "drenthe", 100.0, 3, frozenset(["werk", "thuis"]))


def place(key, facts, *, agenda=True):
    """A municipality in the sentences; what it does follows from its facts."""
    doing = Doing(
        facts.stage,
        "de agenda is vastgesteld" if facts.stage is not None else "",
        Link("De agenda", f"/agenda-{key}/") if agenda else None,
        dict.fromkeys(facts.themes, f"/agenda-{key}/"),
    )
    return Place(key, f"Plaats {key}", f"plaats {key}", f"plaats-{key}", facts, 2021, "Drenthe", doing)


def told(other, *, own=OWN, parts=tuple(Part), agenda=True):
    """(reasons, doubts) in words."""
    compared = rules.Compared(2, "b", rules.points(own, other), 0)
    counted = [part for part in parts if part in rules.known(own)]
    said = words.told(place(1, own), place(2, other, agenda=agenda), compared, counted)
    return [str(each) for each in said.reasons], [str(each) for each in said.doubts]


def page_of(response):
    return parser.fromstring(response.content)


def cards(response):
    return [each.text_content() for each in page_of(response).xpath("//section[@aria-labelledby='uitkomst']//h3/a")]


def text(response):
    return " ".join(page_of(response).find(".//main").text_content().split())


# The sentences ----------------------------------------------------------------------------------------------


def test_each_part_in_common_is_a_reason():
    assert told(OWN) == (
        [
            "Net zo groot: 40.000 inwoners (2021)",
            "Ook in Drenthe",
            "Ook landelijk: 100 mensen op een vierkante kilometer",
            "Even ver met de agenda: de agenda is vastgesteld",
            "Werkt ook aan de thema’s: Wonen, Werk",
        ],
        [],
    )


@pytest.mark.parametrize(
    ("part", "other", "reason", "doubt"),
    [
        (Part.SIZE, Facts(50_000), "Ongeveer even groot: 50.000 inwoners (2021)", ""),
        (Part.SIZE, Facts(70_000), "Wat groter: 70.000 inwoners (2021)", ""),
        (Part.SIZE, Facts(24_000), "Wat kleiner: 24.000 inwoners (2021)", ""),
        (Part.SIZE, Facts(90_000), "", "Wel twee keer zo groot: 90.000 inwoners (2021)"),
        (Part.SIZE, Facts(10_000), "", "Wel vier keer zo klein: 10.000 inwoners (2021)"),
        (Part.SIZE, Facts(880_000), "", "Wel 22 keer zo groot: 880.000 inwoners (2021)"),
        (Part.REGION, Facts(province="zeeland"), "", "Wel in een andere provincie: Drenthe"),
        (Part.URBANITY, Facts(density=300), "Wat stedelijker: 300 mensen op een vierkante kilometer", ""),
        (Part.URBANITY, Facts(density=3_000), "", "Wel veel stedelijker: 3.000 mensen op een vierkante kilometer"),
        (Part.STAGE, Facts(stage=4), "Bijna even ver met de agenda: de agenda is vastgesteld", ""),
        (Part.STAGE, Facts(stage=5), "", "Wel verder met de agenda: de agenda is vastgesteld"),
        (Part.STAGE, Facts(stage=0), "", "Wel minder ver met de agenda: de agenda is vastgesteld"),
        (Part.THEMES, Facts(themes=frozenset(["werk", "vervoer"])), "Werkt ook aan het thema: Werk", ""),
        (Part.THEMES, Facts(themes=frozenset(["vervoer"])), "", "Werkt wel aan een ander thema: Vervoer"),
        (Part.SIZE, Facts(), "", "Wat we nog niet weten: het aantal inwoners."),
        (Part.STAGE, Facts(), "", "Wat we nog niet weten: hoe ver de agenda is."),
    ],
)
def test_what_comes_near_is_a_reason_and_what_does_not_is_a_doubt(part, other, reason, doubt):
    assert told(other, parts=[part]) == ([reason] if reason else [], [doubt] if doubt else [])


def test_what_is_not_known_stands_in_one_sentence():
    assert told(Facts(40_000, "drenthe", 100.0), agenda=False)[1] == ["Wat we nog niet weten: de agenda en de thema’s."]


def test_each_fact_that_has_a_page_leads_there_and_says_of_whom_it_is():
    compared = rules.Compared(2, "b", rules.points(OWN, OWN), 0)
    said = words.told(place(1, OWN), place(2, OWN), compared, list(Part))
    facts = [(fact.url, fact.note) for sentence in said.reasons for _before, fact in sentence.facts]
    assert facts == [
        ("/gemeenten/plaats-2/#cijfers", "in Plaats 2"),
        ("/gemeenten/?provincie=drenthe", ""),
        ("/gemeenten/plaats-2/#cijfers", "in Plaats 2"),
        ("/agenda-2/", "in Plaats 2"),
        ("/agenda-2/", "in Plaats 2"),
        ("/agenda-2/", "in Plaats 2"),
    ]


facts = st.builds(
    Facts,
    population=st.none() | st.integers(1, 5_000_000),
    province=st.none() | st.sampled_from(["drenthe", "zeeland"]),
    density=st.none() | st.floats(0.1, 10_000),
    stage=st.none() | st.integers(0, 5),
    themes=st.frozensets(st.sampled_from(["werk", "thuis", "vervoer"])),
)
GONE = {"population": None, "province": None, "density": None, "stage": None, "themes": frozenset()}


@given(facts, st.sampled_from(list(GONE)))
def test_a_fact_that_goes_takes_its_sentence_along_and_no_other(other, field):
    reasons, _doubts = told(other)
    without, _doubts = told(dataclasses.replace(other, **{field: GONE[field]}))
    gone = [each for each in reasons if each not in without]
    assert without == [each for each in reasons if each not in gone]
    points = dict(zip(GONE, rules.points(OWN, other).values(), strict=True))
    assert len(gone) == bool(points[field])


@given(facts, facts)
def test_each_part_that_counts_is_a_reason_or_a_doubt(own, other):
    reasons, doubts = told(other, own=own)
    found = rules.points(own, other)
    compared = [part for part in rules.known(own) if found[part] is not None]
    assert len(reasons) == sum(bool(found[part]) for part in compared)
    assert len(doubts) == sum(not found[part] for part in compared) + (len(compared) < len(rules.known(own)))


# The page ---------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("register")
class TestPage:
    """With the register as it ships: numbers and provinces are known, no floor above tells of agendas."""

    def test_the_most_alike_stand_first_with_their_reasons(self, client):
        response = client.get(f"{ALIKE}noordenveld/")
        assert cards(response)[:2] == ["Midden-Drenthe", "Tynaarlo"]
        assert len(cards(response)) == rules.PAGE_SIZE
        said = text(response)
        assert "Net zo groot: 33.381 inwoners (2021) in Midden-Drenthe Ook in Drenthe Ook landelijk: 98 mensen" in said
        assert "Van Noordenveld weten we nog niet: de agenda en de thema’s. Dat telt dus niet mee." in said
        assert "Noordenveld" not in cards(response)

    def test_weights_stand_in_the_address(self, client):
        response = client.get(f"{ALIKE}noordenveld/", {"provincie": "niet", "dichtheid": "niet"})
        own = Municipality.objects.get(slug="noordenveld").population
        nearest = sorted(
            Municipality.objects.current().exclude(slug="noordenveld"),
            key=lambda each: (max(each.population, own) / min(each.population, own), each.sort_name),
        )
        assert set(cards(response)[:3]) <= {each.name for each in nearest[:6]}
        assert "Ook in Drenthe" not in text(response)
        chosen = page_of(response).xpath("//select[@name='provincie']/option[@selected]/@value")
        assert chosen == ["niet"]
        heavy = client.get(f"{ALIKE}noordenveld/", {"provincie": "zwaar", "grootte": "niet", "dichtheid": "niet"})
        assert "Assen" in cards(heavy)
        assert "Net zo groot" not in text(heavy)

    def test_pages_follow_on_each_other_in_one_order(self, client):
        found, address = [], f"{ALIKE}noordenveld/?provincie=niet"
        for _page in range(40):
            response = client.get(address)
            found += cards(response)
            following = page_of(response).xpath("//a[@rel='next']/@href")
            if not following:
                break
            address = following[0].partition("#")[0]
            assert "provincie=niet" in address
        own = Municipality.objects.get(slug="noordenveld").pk
        weights = {**dict.fromkeys(Part, rules.Weight.NORMAL), Part.REGION: rules.Weight.NONE}
        places = reading.places()
        assert found == [places[each.key].name for each in reading.ranked(own, places, weights)]
        assert len(found) > 100

    def test_a_page_too_far_leads_back(self, client):
        response = client.get(f"{ALIKE}noordenveld/?bladzijde=90")
        assert "Verder staat er niets" in text(response)
        (back,) = page_of(response).xpath("//a[@rel='prev']/@href")
        last = client.get(back.partition("#")[0])
        assert cards(last)
        assert not page_of(last).xpath("//a[@rel='next']")

    @pytest.mark.parametrize(
        ("query", "sentence"),
        [
            ({"grootte": "reus"}, "Je keuze bij ‘Aantal inwoners’ kennen we niet. Dit telt nu gewoon mee."),
            ({"themas": "<script>"}, "Je keuze bij ‘Thema’s’ kennen we niet. Dit telt nu gewoon mee."),
            ({"bladzijde": "0"}, "Die bladzijde is er niet. Je ziet nu de eerste."),
            ({"bladzijde": "9" * 30}, "Die bladzijde is er niet. Je ziet nu de eerste."),
            ({"bladzijde": "x"}, "Die bladzijde is er niet. Je ziet nu de eerste."),
        ],
    )
    def test_a_wrong_choice_is_left_out_with_a_kind_sentence(self, client, query, sentence):
        response = client.get(f"{ALIKE}noordenveld/", query)
        assert response.status_code == 200
        assert sentence in text(response)
        assert cards(response)[0] == "Midden-Drenthe"

    def test_it_says_kindly_when_nothing_counts(self, client):
        nothing = client.get(f"{ALIKE}noordenveld/", dict.fromkeys([part.value for part in Part], "niet"))
        assert "Nu telt er niets mee" in text(nothing)
        assert "Laat iets meetellen. Dan zie je gemeenten." in text(nothing)
        unknown = client.get(f"{ALIKE}noordenveld/", {"grootte": "niet", "provincie": "niet", "dichtheid": "niet"})
        assert "We vinden geen gemeente die erop lijkt" in text(unknown)
        assert cards(unknown) == []

    def test_it_says_kindly_when_nothing_is_known(self, client):
        Municipality.objects.filter(slug="noordenveld").update(
            population=None, population_year=None, land_area_km2=None, province=None
        )
        response = client.get(f"{ALIKE}noordenveld/")
        assert "We weten nog niets van Noordenveld" in text(response)
        assert text(response).count("niet bekend") == 5
        assert "Noordenveld" not in cards(client.get(f"{ALIKE}tynaarlo/"))

    def test_a_fact_that_goes_takes_its_sentence_along(self, client):
        assert "98 mensen op een vierkante kilometer in Midden-Drenthe" in text(client.get(f"{ALIKE}noordenveld/"))
        Municipality.objects.filter(slug="midden-drenthe").update(land_area_km2=None)
        store.clear()
        found = page_of(client.get(f"{ALIKE}noordenveld/?provincie=zwaar"))
        (card,) = found.xpath("//article[.//h3/a[text()='Midden-Drenthe']]")
        assert [each.text_content().strip() for each in card.findall(".//li")] == [
            "Net zo groot: 33.381 inwoners (2021) in Midden-Drenthe",
            "Ook in Drenthe",
            "Wat we nog niet weten: hoe stedelijk het er is.",
        ]

    def test_it_asks_the_same_number_of_queries_for_few_and_many(self, client):
        def asked():
            store.clear()
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"{ALIKE}noordenveld/").status_code == 200
            return len(queries)

        client.get(f"{ALIKE}noordenveld/")  # what is asked once in a process
        many = asked()
        Municipality.objects.exclude(slug__in=["noordenveld", "tynaarlo"]).update(
            is_current=False, ended_on=datetime.date(2026, 1, 1)
        )
        assert asked() == many

    def test_a_visitor_gets_a_page_that_may_be_kept(self, client):
        first = client.get(f"{ALIKE}noordenveld/?grootte=zwaar&onzin=1")
        again = client.get(f"{ALIKE}noordenveld/?grootte=zwaar", headers={"if-none-match": first["ETag"]})
        assert (first["Cache-Control"], again.status_code) == ("public, no-cache", 304)
        assert not first.cookies

    def test_each_address_leads_where_the_municipality_is_now(self, client):
        Municipality.objects.get(slug="zwolle").old_slugs.create(slug="zwollo")
        assert client.get(f"{ALIKE}zwollo/?grootte=zwaar")["Location"] == f"{ALIKE}zwolle/?grootte=zwaar#uitkomst"
        assert client.get(f"{ALIKE}geldermalsen/")["Location"] == f"{ALIKE}west-betuwe/"
        assert client.get(f"{ALIKE}haaren/")["Location"] == "/gemeenten/haaren/"
        assert client.get(f"{ALIKE}nergens/").status_code == 404
        actions.activate_merger("GM1696", now=NEW_YEAR)
        assert client.get(f"{ALIKE}wijdemeren/")["Location"] == f"{ALIKE}hilversum/"
        assert "Wijdemeren" not in text(client.get(f"{ALIKE}hilversum/"))

    def test_the_page_of_a_municipality_leads_there(self, client):
        response = client.get("/gemeenten/noordenveld/")
        assert page_of(response).xpath(f"//a[@href='{ALIKE}noordenveld/']")
        assert "Mensen op een vierkante kilometer157" in text(response)
        assert not page_of(client.get("/gemeenten/haaren/")).xpath(f"//a[starts-with(@href, '{ALIKE}')]")

"""The pages of the register and the manifest."""

import csv
import datetime
import io
import re
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meedoen.municipalities import actions, views
from meedoen.municipalities.models import Municipality, Signature
from meedoen.ui.site import current_site

pytestmark = pytest.mark.usefixtures("register")
NEW_YEAR = datetime.datetime(2027, 1, 1, 9, 0, tzinfo=datetime.UTC)


def names(response):
    """The municipalities in the list of a page."""
    return [row["name"] for letter in response.context["letters"] for row in letter.rows]


def test_the_list_shows_all_by_their_letters(client):
    response = client.get("/gemeenten/")
    found = names(response)
    assert len(found) == len(set(found)) == 342
    assert [letter.letter for letter in response.context["letters"]] == sorted(
        {letter.letter for letter in response.context["letters"]}
    )
    assert "'s-Hertogenbosch" in next(
        [row["name"] for row in letter.rows] for letter in response.context["letters"] if letter.letter == "H"
    )


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Súdwest", ["Súdwest-Fryslân"]),
        ("sudwest fryslan", ["Súdwest-Fryslân"]),
        ("s-hertogenbosch", ["'s-Hertogenbosch"]),
        ("den bosch", ["'s-Hertogenbosch"]),
        ("the hague", ["Den Haag"]),
        ("hengelo (o", ["Hengelo"]),
        ("  ZWOLLE ", ["Zwolle"]),
        ("gemeente Zwolle", ["Zwolle"]),
    ],
)
def test_a_municipality_is_found_by_any_of_its_names(client, asked, found):
    assert names(client.get("/gemeenten/", {"naam": asked})) == found


def test_a_former_name_leads_to_the_municipality_of_today(client):
    response = client.get("/gemeenten/", {"naam": "geldermalsen"})
    body = response.content.decode()
    assert names(response) == []
    assert "Geldermalsen hoort nu bij West Betuwe" in body
    assert re.search(
        r'Sinds 1 januari 2019 hoort het bij\s+<a class="nl-link" href="/gemeenten/west-betuwe/">West Betuwe', body
    )


def test_a_slip_of_the_pen_is_met_with_near_names(client):
    response = client.get("/gemeenten/", {"naam": "Amsteram"})
    assert names(response) == []
    assert response.context["near_names"][0] == ("Amsterdam", "/gemeenten/amsterdam/")
    assert "Misschien bedoel je:" in response.content.decode()


def test_nothing_found_says_what_to_do(client):
    body = client.get("/gemeenten/", {"naam": "qqqqqqqqqq"}).content.decode()
    assert "We vonden ‘qqqqqqqqqq’ niet" in body
    assert "Kijk of de naam goed is getypt." in body


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"provincie": "zeeland"}, 13),
        ({"manifest": "koploper"}, 25),
        ({"manifest": "getekend"}, 37),
        ({"manifest": "koploper", "provincie": "utrecht"}, 3),
        ({"grootte": "vanaf-250000"}, 4),
        ({"naam": "berg", "provincie": "noord-brabant"}, None),
    ],
)
def test_each_filter_has_an_address(client, query, count):
    response = client.get("/gemeenten/", query)
    found = names(response)
    assert found
    if count is not None:
        assert len(found) == count
    assert len(response.context["active"]) == len(query)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"provincie": "onzin"}, "Die provincie kennen we niet. Je ziet nu alle provincies."),
        ({"provincie": "<script>"}, "Die provincie kennen we niet. Je ziet nu alle provincies."),
        ({"grootte": "reus"}, "Die grootte kennen we niet. Je ziet nu alle groottes."),
        ({"manifest": "x"}, "Die keuze kennen we niet. Je ziet nu alle gemeenten."),
        ({"naam": "!?"}, "In die naam staat geen letter. Je ziet nu alle gemeenten."),
        ({"naam": "x" * 150}, "Die naam is te lang. Je ziet nu alle gemeenten."),
    ],
)
def test_a_wrong_filter_shows_the_full_list_with_a_kind_sentence(client, query, sentence):
    response = client.get("/gemeenten/", query)
    assert (response.status_code, len(names(response))) == (200, 342)
    assert sentence in response.content.decode()


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=120))
def test_any_name_gives_a_page(client, name):
    assert client.get("/gemeenten/", {"naam": name}).status_code == 200


def test_the_list_asks_the_same_number_of_queries_whatever_it_shows(client):
    counts = {}
    for query in ("", "naam=zwolle", "naam=berg", "naam=o", "provincie=zeeland", "provincie=limburg"):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/gemeenten/?{query}")
        counts[query] = len(asked)
    assert counts["naam=zwolle"] == counts["naam=berg"]  # one found, and several
    assert counts["provincie=zeeland"] == counts["provincie=limburg"]
    assert max(counts.values()) <= 12


FIELDS = st.sampled_from(["naam", "provincie", "grootte", "manifest", "onbekend", "page"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(FIELDS, st.text(max_size=40) | st.sampled_from(["zeeland", "koploper", "tot-20000"]))))
def test_any_query_gives_a_page(client, pairs):
    assert client.get(f"/gemeenten/?{urlencode(pairs)}").status_code == 200


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=40))
def test_any_bytes_as_query_give_a_page(client, raw):
    assert client.get("/gemeenten/", QUERY_STRING=raw.decode("latin-1")).status_code == 200


@pytest.mark.once
@pytest.mark.slow
def test_each_present_municipality_has_its_page(client):
    counts = set()
    for municipality in Municipality.objects.current():
        with CaptureQueriesContext(connection) as asked:
            response = client.get(municipality.get_absolute_url())
        assert response.status_code == 200
        assert f">{escape(municipality.name)}</h1>" in response.content.decode()
        assert response.context["locator"]
        counts.add(len(asked))
    # One more where it is not known whether it signed, and where it has a plan or other names. One is asked by the test.
    assert counts == {12, 13, 14}


def test_what_is_not_known_is_said_and_asked(client):
    body = " ".join(client.get("/gemeenten/ameland/").content.decode().split())
    assert "Van de 58 gemeenten kennen we er 37 bij naam." in body
    assert "Hoe ver deze gemeente is, weten we nog niet. Weet jij het?" in body
    assert 'href="mailto:' in body


def test_a_municipality_tells_its_other_names_and_whose_place_it_holds(client):
    assert client.get("/gemeenten/den-haag/").context["other_names"] == ["'s-Gravenhage", "The Hague"]
    assert client.get("/gemeenten/zwolle/").context["other_names"] == []
    body = " ".join(client.get("/gemeenten/west-betuwe/").content.decode().split())
    assert "Geldermalsen was een van de 25 gemeenten die op 14 juni 2018 als eerste tekenden." in body
    assert "Geldermalsen hoort nu bij West Betuwe." in body


def test_residents_that_were_added_up_are_called_so(client):
    words = "Wij telden de gemeenten van toen op tot de gemeente van nu."
    assert words in client.get("/gemeenten/land-van-cuijk/").content.decode()  # merged after the count
    assert words not in client.get("/gemeenten/eemsdelta/").content.decode()  # merged on the day of the count
    assert words not in client.get("/gemeenten/zwolle/").content.decode()


def test_a_split_municipality_says_when_and_on_what_ground(client):
    body = " ".join(client.get("/gemeenten/haaren/").content.decode().split())
    assert "Haaren was een gemeente tot 1 januari 2021. Toen is die verdeeld over:" in body
    assert "Welk deel waarheen ging, lazen we niet na in een andere bron." in body
    winsum = client.get("/gemeenten/winsum/").content.decode()
    assert "Welk deel waarheen ging" not in winsum
    assert "blikopnieuws.nl: " in winsum


@pytest.mark.parametrize("mode", ["light", "dark", "contrast"])
def test_a_locator_is_drawn_at_an_address_that_lasts(client, mode):
    address = client.get("/gemeenten/zwolle/").context["locator"][mode]
    picture = client.get(address)
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/svg+xml")
    assert "immutable" in picture["Cache-Control"]
    assert 'aria-label="Zwolle"' in picture.content.decode()
    older = f"/gemeenten/kaart/GM0193/{mode}-0123456789abcdef.svg"
    assert client.get(older)["Location"] == address


@pytest.mark.parametrize("code", ["GM0236", "GM9999", "..%2f", "x"])
def test_what_has_no_place_on_the_map_has_no_locator(client, code):
    assert client.get(f"/gemeenten/kaart/{code}/light-0123456789abcdef.svg").status_code == 404


def test_each_former_municipality_leads_on_or_tells_where_its_parts_went(client):
    for municipality in Municipality.objects.filter(is_current=False):
        response = client.get(municipality.get_absolute_url())
        if response.status_code == 200:
            assert "Toen is die verdeeld over:" in response.content.decode()
            assert len(response.context["parts"]) > 1
        else:
            assert response.status_code == 301
            assert client.get(response["Location"]).status_code == 200


def test_a_renamed_municipality_leads_on(client):
    municipality = Municipality.objects.get(slug="zwolle")
    municipality.old_slugs.create(slug="zwollo")
    response = client.get("/gemeenten/zwollo/")
    assert (response.status_code, response["Location"]) == (301, "/gemeenten/zwolle/")
    assert client.get("/gemeenten/nergens/").status_code == 404


def test_history_and_plans_are_told_in_words(client):
    west_betuwe = client.get("/gemeenten/west-betuwe/")
    assert [happening.text for happening in west_betuwe.context["history"]] == [
        "Op 1 januari 2019 ontstond deze gemeente uit Geldermalsen, Lingewaal en Neerijnen."
    ]
    hilversum = client.get("/gemeenten/hilversum/").content.decode()
    assert (
        "Er is een plan: op 1 januari 2027 wordt Wijdemeren een deel van Hilversum. Dat is nog niet zeker." in hilversum
    )
    actions.activate_merger("GM1696", now=NEW_YEAR)
    hilversum = client.get("/gemeenten/hilversum/").content.decode()
    assert "Dat is nog niet zeker" not in hilversum
    assert "Op 1 januari 2027 ging Wijdemeren op in deze gemeente." in hilversum
    assert client.get("/gemeenten/wijdemeren/")["Location"] == "/gemeenten/hilversum/"


def test_every_fact_of_the_map_stands_in_the_list(client):
    rows = {row["name"]: row["facts"] for letter in client.get("/gemeenten/").context["letters"] for row in letter.rows}
    for signature in Signature.objects.counted().select_related("municipality"):
        word = "koploper" if signature.kind == "front_runner" else "tekende het manifest"
        assert word in rows[signature.municipality.name]
    assert sum("koploper" in facts for facts in rows.values()) == 25
    assert sum("tekende het manifest" in facts for facts in rows.values()) == 12


def test_the_map_stands_at_an_address_that_changes_with_what_it_shows(client):
    address = client.get("/gemeenten/").context["map"]["light"]
    picture = client.get(address, headers={"accept-encoding": "br"})
    assert (picture.status_code, picture["Content-Type"], picture["Content-Encoding"]) == (200, "image/svg+xml", "br")
    assert "immutable" in picture["Cache-Control"]
    actions.activate_merger("GM1696", now=NEW_YEAR)
    newest = client.get("/gemeenten/").context["map"]["light"]
    assert newest != address
    assert client.get(address)["Location"] == newest


def test_a_former_area_is_drawn_with_the_municipality_it_went_on_in(client):
    Municipality.objects.get(code="GM0402").signatures.create(
        name_then="Hilversum", kind="later", signed_on="2020", sources=["x"]
    )
    actions.activate_merger("GM1696", now=NEW_YEAR)
    from meedoen.municipalities.views import _drawn_codes

    assert set(_drawn_codes(["GM0402"])) == {"GM0402", "GM1696"}


def test_the_download_holds_all_with_their_facts(client):
    response = client.get("/gemeenten/gemeenten.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 342
    assert 'filename="gemeenten.csv"' in response["Content-Disposition"]
    (row,) = [row for row in rows if row["code"] == "GM1960"]
    assert row == {
        "code": "GM1960",
        "naam": "West Betuwe",
        "officiele_naam": "West Betuwe",
        "provincie": "Gelderland",
        "inwoners": "51496",
        "inwoners_jaar": "2021",
        "landoppervlakte_km2": "216.12",
        "manifest": "koploper",
        "adres": f"{current_site().url.rstrip('/')}/gemeenten/west-betuwe/",
    }
    page = client.get("/gemeenten/").content.decode()
    assert all(f"<code>{column}</code>" in page for column in row)
    assert sum(int(row["inwoners"]) for row in rows) == 17_475_415


def test_the_manifest_tells_what_is_known_and_what_is_not(client):
    response = client.get("/manifest/")
    body = response.content.decode()
    assert (len(response.context["front_runners"]), len(response.context["later"])) == (25, 12)
    for words in (
        "VNG telde 58 gemeenten op 31 augustus 2020. We kennen 37 namen. Van ruim 20 gemeenten kennen we de naam nog niet.",
        "dan missen we 21 namen. Hoort er een bij, dan zijn het er 22. Horen ze er niet bij, dan zijn het er 23.",
        "Hoeksche Waard noemde zichzelf de 49e gemeente",
        "tekende als Geldermalsen",
        "Toen verviel het manifest.",
    ):
        assert words in body
    ambitions = sum(len(part["points"]) for part in response.context["facts"]["principles"])
    assert body.count(">Nog niet bekend<") == ambitions == 9


@pytest.mark.parametrize(
    ("query", "outcome"),
    [
        ("naam=zwolle", "1 gemeente"),
        ("naam=geldermalsen", "Geldermalsen hoort nu bij West Betuwe"),
        ("naam=geldermelsen", "We vonden ‘geldermelsen’ niet"),
        ("naam=Friesland", "Friesland is een provincie"),
        ("naam=Fryslân", "2 gemeenten"),
        ("provincie=drenthe&grootte=vanaf-250000", "Geen gemeente past bij je keuzes"),
    ],
)
def test_the_outcome_heading_says_the_answer(client, query, outcome):
    response = client.get(f"/gemeenten/?{query}")
    assert response.context["outcome"] == outcome
    assert 'id="uitkomst" tabindex="-1"' in response.content.decode()
    assert "Velsen" not in dict(response.context["near_names"])


def test_the_addresses_of_drawings_change_with_the_code_that_draws(monkeypatch):
    def addresses():
        found = Municipality.objects.select_related("province").get(slug="zwolle")
        province = [*Municipality.objects.current().filter(province=found.province_id)]
        return views.map_mark(), views.locator_context(found, province)["light"]

    before = addresses()
    monkeypatch.setattr(views.map, "mark", lambda: "another")
    assert [old == new for old, new in zip(before, addresses(), strict=True)] == [False, False]


def test_the_address_of_a_locator_changes_with_the_name_that_stands_in_it():
    found = Municipality.objects.get(slug="zwolle")
    before = views.locator_mark(found, (found.code,))
    found.name = "Zwolle aan Zee"
    assert views.locator_mark(found, (found.code,)) != before

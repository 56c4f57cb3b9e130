"""The page of results and its feed: what is said, what it can be narrowed to, and what is kept of what was not found."""

import datetime
import json

import pytest
from django.conf import settings
from lxml import etree
from lxml import html as parser
from tests.search.shelf import shelf as shelf
from tests.search.shelf import topics as topics
from tests.signed_in import sign_in

from meedoen.finding import actions, rules
from meedoen.finding.models import Missed
from meedoen.kernel import clock
from meedoen.people.models import Address, Person
from meedoen.search.actions import catch_up
from meedoen.search.documents import Document

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
NOW = datetime.datetime(2026, 11, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture
def found(shelf, topics):
    """Two guides and a topic about lifts."""
    shelf.put(
        Document("a", "/a/", "De lift", body="Een lift is fijn.", date=datetime.date(2024, 5, 1), themes=("thuis",), has_easy=True),
        Document("b", "/b/", "Trappen", body="Zonder lift is het lastig. <script>alert(1)</script>", themes=("werk",)),
    )  # fmt: skip
    topics.put(Document("c", "/c/", "Lift stuk", place="Utrecht"))
    catch_up(now=NOW)


def page(client, address: str):
    response = client.get(address)
    assert response.status_code == 200
    return parser.fromstring(response.content)


def words(part) -> str:
    return " ".join(part.text_content().split())


def test_results_are_a_list_with_headings_and_the_count_is_said(client, found):
    shown = page(client, "/zoeken/?q=lift")

    assert words(shown.find(".//title")).startswith("lift: 3 resultaten")
    assert "3 resultaten voor ‘lift’" in [words(each) for each in shown.cssselect("main h2")]
    assert [each.get("href") for each in shown.cssselect("main ol h3 a")] == ["/a/", "/c/", "/b/"]
    assert [words(each) for each in shown.cssselect("main ol .mee-card__meta")] == [
        "guide, 1 mei 2024",
        "topic, Utrecht",
        "guide",
    ]
    assert [words(each) for each in shown.cssselect("main mark")] == ["lift", "lift"]
    assert not shown.cssselect("main script")


def test_it_is_narrowed_by_links_and_each_choice_can_be_taken_away(client, found):
    shown = page(client, "/zoeken/?q=lift&soort=guide")

    assert [each.get("href") for each in shown.cssselect("main ol h3 a")] == ["/a/", "/b/"]
    assert [(words(each), each.get("href")) for each in shown.cssselect("main .mee-tags a")] == [
        ("guide, haal deze keuze weg", "/zoeken/?q=lift")
    ]
    choices = {words(each): words(each.getparent()) for each in shown.cssselect("#minder ~ ul a")}
    assert choices["Wonen"] == "Wonen (1)"
    assert "Ook in makkelijke taal" in choices


def test_a_part_of_the_site_is_searched_by_itself(client, found):
    everywhere, here = page(client, "/zoeken/?q=lift"), page(client, "/zoeken/?q=lift&waar=forum")

    links = {words(each): each.get("href") for each in everywhere.cssselect("#minder ~ ul a")}
    assert links["Het forum"] == "/zoeken/?q=lift&waar=forum"
    assert [each.get("href") for each in here.cssselect("main ol h3 a")] == ["/c/"]
    assert "Je zoekt nu alleen in het forum" in words(here.find(".//main"))
    assert here.cssselect("form input[name=waar]")[0].get("value") == "forum"


def test_nothing_found_tells_what_was_tried_and_leads_to_asking_with_the_words(client, found):
    shown = page(client, "/zoeken/?q=zwemvest")

    assert "Niets gevonden voor ‘zwemvest’" in words(shown.find(".//main"))
    ask = shown.cssselect("main a[href^='/forum/vraag/']")[0].get("href")
    form = page(client, ask)
    assert form.cssselect("input[name=title]")[0].get("value") == "zwemvest"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/zoeken/", "Je zoekt in alles wat hier staat"),
        ("/zoeken/?q=de+het", "Typ nog een woord"),
        ("/zoeken/?q=lifft", "Daarom zochten we op ‘lift’"),
        ("/zoeken/?q=lift&makkelijk=ja&jaar=2020", "Met wat je koos is er niets voor ‘lift’"),
        ("/zoeken/?q=lift&jaar=1", "Dit jaar kennen we niet"),
        ("/zoeken/?q=lift&soort=onzin", "Deze soort kennen we niet"),
        ("/zoeken/?q=lift&bladzijde=99", "Die bladzijde is er niet"),
        ("/zoeken/?q=lift&bladzijde=3", "Die bladzijde is er niet"),
        ("/zoeken/?q=lift+brandtrap", "Nergens staat alles wat je zocht"),
    ],
)
def test_each_case_has_its_sentence(client, found, address, said):
    assert said in words(page(client, address).find(".//main"))


def test_what_is_typed_stays_in_the_field_and_is_never_markup(client, found):
    shown = page(client, "/zoeken/?q=%3Cb%3Elift%3C/b%3E+%22")

    assert shown.cssselect("#id_q")[0].get("value") == '<b>lift</b> "'
    assert not shown.cssselect("main b")


def test_pages_have_addresses(client, shelf):
    shelf.put(*(Document(f"{number}", f"/{number}/", f"Lift {number}") for number in range(45)))
    catch_up(now=NOW)

    first, last = page(client, "/zoeken/?q=lift"), page(client, "/zoeken/?q=lift&bladzijde=3")
    assert [each.get("href") for each in first.cssselect("nav.mee-pagination a")][-1] == "/zoeken/?q=lift&bladzijde=2"
    assert (len(first.cssselect("main ol h3")), len(last.cssselect("main ol h3"))) == (20, 5)


def test_the_feed_has_what_has_a_date(client, found):
    response = client.get("/feeds/zoeken.atom?q=lift")

    assert response["Content-Type"].startswith("application/atom+xml")
    feed = etree.fromstring(response.content)
    assert [each.findtext(f"{ATOM}title") for each in feed.iter(f"{ATOM}entry")] == ["De lift"]
    assert (
        feed.findtext(f"{ATOM}author/{ATOM}name") == settings.SITE_NAME
    )  # without one it is no feed (RFC 4287, 4.1.1)


def test_words_to_choose_from_end_what_is_typed(client, found):
    assert json.loads(client.get("/zoeken/woorden/?q=kapotte+lif").content) == {"words": ["kapotte lift"]}
    assert json.loads(client.get("/zoeken/woorden/?q=tra").content) == {"words": []}  # in one document alone
    assert json.loads(client.get("/zoeken/woorden/?q=t").content) == {"words": []}


def test_what_is_not_found_is_counted_without_what_may_be_somebodys(client, found):
    for text in ("Zwemvest", "zwemvést", "ans@voorbeeld.example", "0612345678", "lift"):
        client.get("/zoeken/", {"q": text})

    assert list(Missed.objects.values_list("text", "count")) == [("zwemvest", 2)]


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("zwemvest", True),
        ("lift 2026 nee", False),
        ("06 12 34 56 78", False),
        ("1234 ab", False),
        ("mijn zoon pieter heeft autisme", False),
    ],
)
def test_what_may_be_somebodys_is_not_counted(text, may):
    assert rules.may_be_kept(text) == may


def test_what_was_missed_is_forgotten_and_cannot_fill_the_table(monkeypatch):
    monkeypatch.setattr(rules, "MOST_MISSED", 1)
    day = datetime.date(2026, 11, 1)
    for text in ("een", "twee", "een"):
        actions.miss(text, today=day)
    assert list(Missed.objects.values_list("text", "count")) == [("een", 2)]

    actions.erase_old(today=day + rules.KEEP_MISSED)
    assert Missed.objects.count() == 1
    actions.erase_old(today=day + rules.KEEP_MISSED + datetime.timedelta(days=1))
    assert not Missed.objects.exists()


def test_the_team_sees_what_was_missed_and_nobody_else(client, found):
    for _twice in range(2):
        actions.miss("zwemvest", today=clock.local_date(clock.now()))
    assert client.get("/team/niet-gevonden/").status_code != 200
    address = Address.objects.create(email="carla@voorbeeld.example", verified_at=clock.now())
    Person.objects.create(address=address, name="Carla", joined_at=clock.now(), is_team=True)
    sign_in(client, "carla@voorbeeld.example")
    assert "zwemvest" in words(page(client, "/team/niet-gevonden/").find(".//main"))

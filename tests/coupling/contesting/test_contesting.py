"""Which facts are used, for everybody to read; and the municipality that contests them, page by page (KO10)."""

import pytest
from django.test import Client
from lxml import html as parser
from tests.people.standing.conftest import carla as carla
from tests.people.standing.conftest import fatima as fatima
from tests.people.standing.conftest import gijs as gijs
from tests.people.standing.conftest import person
from tests.people.standing.conftest import town as town
from tests.people.standing.conftest import village as village
from tests.signed_in import HERE, sign_in

from meedoen.coupling.contesting import actions
from meedoen.coupling.contesting.rules import MAX_CHANGES_PER_DAY, Deed
from meedoen.coupling.models import FactChange
from meedoen.coupling.privacy import CONTESTED
from meedoen.kernel import clock
from meedoen.municipalities.facts import actions as facts
from meedoen.municipalities.facts.rules import For, Kind, Told
from meedoen.municipalities.facts.tellers import Source
from meedoen.municipalities.models import Fact, Succession
from meedoen.people.privacy import actions as privacy

pytestmark = pytest.mark.usefixtures("themes")
PAGE = "/gemeenten/voorbeeldstad/feiten/"
SAYS = "Voorbeeldstad deelt een voorbeeld over werk."


@pytest.fixture
def tell(town, now):
    """A function by which a source tells something of the town, or of another."""

    def make(says=SAYS, *, name="article-1", place=None, theme="werk", kind=Kind.PRACTICE, title="Hulp bij werk"):
        told = Told((place or town).pk, kind, theme, says, f"/kennisbank/{name}/", title)
        facts.tell(Source(name, (told,), now), now=now)
        return Fact.objects.get(source=name)

    return make


@pytest.fixture
def fact(at, tell):
    return tell()


def browser(who) -> Client:
    client = Client()
    sign_in(client, who.address.email)
    return client


def text_of(response) -> str:
    return " ".join(parser.fromstring(response.content).find(".//main").text_content().split())


def links(response) -> dict[str, str]:
    found = parser.fromstring(response.content).cssselect("main a")
    return {" ".join(each.text_content().split()): each.get("href") for each in found}


def test_everybody_reads_what_is_used_and_where_it_comes_from(client, fact, tell):
    tell("Voorbeeldstad maakt een Lokale Inclusie Agenda.", name="agenda-1", kind=Kind.AGENDA, title="De agenda")
    response = client.get(PAGE)
    headings = [each.text_content() for each in parser.fromstring(response.content).cssselect("main h2, main h3")]
    assert headings == [
        "Over de Lokale Inclusie Agenda", "De agenda", "Over wat de gemeente deelt", "Hulp bij werk", "Klopt er iets niet?"
    ]  # fmt: skip
    assert SAYS in text_of(response)
    assert links(response)["Bron: Hulp bij werk"] == "/kennisbank/article-1/"
    assert links(response)["Meld dat een feit niet klopt"] == f"/melden/?pagina={PAGE.replace('/', '%2F')}"
    assert "Trek deze zin in" not in text_of(response)
    assert links(client.get("/gemeenten/voorbeeldstad/"))["Lees welke feiten we van Voorbeeldstad gebruiken"] == PAGE


def test_of_whom_nothing_is_used_that_is_said(client, town, at):
    assert "We gebruiken nog niets over deze gemeente" in text_of(client.get(PAGE))


def test_the_contact_withdraws_one_and_puts_it_back(client, fact, gijs):
    theirs = browser(gijs)
    assert SAYS in text_of(client.get(PAGE))
    way = links(theirs.get(PAGE))[f"Trek deze zin in {SAYS}"]
    assert SAYS in text_of(theirs.get(way))
    done = theirs.post(way, {"why": "Dat was vroeger."}, **HERE)
    assert done.url == f"{PAGE}?klaar=ingetrokken"
    assert SAYS not in text_of(client.get(PAGE))
    page = theirs.get(done.url)
    assert "Waarom: Dat was vroeger." in text_of(page)
    assert "ingetrokken door Gijs, de contactpersoon" in text_of(page)
    (form,) = parser.fromstring(page.content).cssselect("main form")
    assert theirs.post(form.get("action"), **HERE).url == f"{PAGE}?klaar=teruggezet"
    assert SAYS in text_of(client.get(PAGE))
    assert [each.deed for each in FactChange.objects.all()] == [Deed.PUT_BACK, Deed.WITHDRAW]


def test_the_contact_corrects_one_and_takes_that_back(client, fact, gijs):
    theirs = browser(gijs)
    way = links(theirs.get(PAGE))[f"Verbeter deze zin {SAYS}"]
    empty = theirs.post(way, {"words": " ", "seen": SAYS}, **HERE)
    assert "Schrijf de zin zoals hij moet zijn" in text_of(empty)
    assert theirs.post(way, {"words": "Wij doen\n meer.", "seen": SAYS}, **HERE).url == f"{PAGE}?klaar=verbeterd"
    assert "Wij doen meer. Zo verbeterde de gemeente het." in text_of(client.get(PAGE))
    assert SAYS not in text_of(client.get(PAGE))
    page = theirs.get(way)
    assert SAYS in text_of(page)  # what the source says
    back = parser.fromstring(page.content).cssselect("main form")[-1].get("action")
    assert theirs.post(back, **HERE).url == f"{PAGE}?klaar=bron"
    assert SAYS in text_of(client.get(PAGE))
    assert [each.deed for each in FactChange.objects.all()] == [Deed.AS_SOURCE, Deed.CORRECT]


def test_what_changed_meanwhile_is_said_and_nothing_typed_is_lost(fact, tell, gijs):
    theirs = browser(gijs)
    way = f"{PAGE}{fact.pk}/verbeteren/"
    tell("Voorbeeldstad deelt iets anders.")
    behind = theirs.post(way, {"words": "Wij doen meer.", "seen": SAYS}, **HERE)
    assert "Deze zin veranderde intussen" in text_of(behind)
    form = parser.fromstring(behind.content).cssselect("main form")[0]
    assert form.fields["words"].strip() == "Wij doen meer."
    assert theirs.post(way, dict(form.fields), **HERE).url == f"{PAGE}?klaar=verbeterd"
    assert Fact.objects.get().words == "Wij doen meer."


def test_the_team_does_it_for_who_calls_and_that_is_said(fact, carla):
    theirs = browser(carla)
    theirs.post(f"{PAGE}{fact.pk}/intrekken/", {"why": ""}, **HERE)
    assert Fact.objects.get().withdrawn_for == For.TEAM
    assert "ingetrokken door Carla, het projectteam" in text_of(theirs.get(PAGE))


@pytest.mark.parametrize("deed", ["intrekken", "terugzetten", "verbeteren", "zoals-de-bron"])
def test_for_others_there_is_nothing_to_do(client, fact, fatima, deed):
    way, typed = f"{PAGE}{fact.pk}/{deed}/", {"why": "", "words": "Onzin.", "seen": SAYS}
    assert client.post(way, typed, **HERE).status_code == 302
    for who in (fatima, person("Elif")):
        assert browser(who).post(way, typed, **HERE).status_code == 404
    facts.untell("article-1", now=clock.now())
    assert not Fact.objects.exists()


def test_a_fact_of_another_municipality_is_not_found_under_this_one(fact, tell, gijs, village):
    other = tell("Anderdorp doet iets.", name="article-2", place=village)
    assert browser(gijs).get(f"{PAGE}{other.pk}/intrekken/").status_code == 404


def test_the_contact_of_what_it_went_on_in_contests_what_is_told_of_the_former_one(client, fact, fatima, town, village):
    town.is_current, town.ended_on = False, "2026-01-01"
    town.save()
    Succession.objects.create(old=town, new=village, effective_on="2026-01-01", kind="absorbed", status="done")
    assert client.get(PAGE).url == "/gemeenten/anderdorp/feiten/"
    assert SAYS in text_of(client.get("/gemeenten/anderdorp/feiten/"))
    way = f"/gemeenten/anderdorp/feiten/{fact.pk}/intrekken/"
    assert browser(fatima).post(way, {"why": ""}, **HERE).status_code == 302
    assert Fact.objects.get().withdrawn_at


def test_one_that_is_gone_meanwhile_is_said_to_be(fact, gijs):
    stale = Fact.objects.get()
    actions.withdraw(stale, why="", by=gijs, for_whom=For.CONTACT, now=clock.now())
    facts.untell("article-1", now=clock.now())
    with pytest.raises(actions.CannotContest, match="nergens meer"):
        actions.put_back(stale, by=gijs, for_whom=For.CONTACT, now=clock.now())


def test_nobody_does_it_without_end(fact, gijs, monkeypatch):
    monkeypatch.setattr("meedoen.coupling.contesting.rules.MAX_CHANGES_PER_DAY", 1)
    assert MAX_CHANGES_PER_DAY > 1
    theirs = browser(gijs)
    theirs.post(f"{PAGE}{fact.pk}/intrekken/", {"why": ""}, **HERE)
    theirs.post(f"{PAGE}{fact.pk}/terugzetten/", **HERE)
    assert Fact.objects.get().withdrawn_at
    refused = theirs.post(f"{PAGE}{fact.pk}/verbeteren/", {"words": "Beter.", "seen": SAYS}, **HERE)
    assert "Je veranderde vandaag al heel veel" in text_of(refused)


def test_who_contested_is_handed_over_and_erased_and_what_was_decided_stays(fact, gijs):
    now = clock.now()
    actions.withdraw(fact, why="Van mij.", by=gijs, for_whom=For.CONTACT, now=now)
    (row,) = CONTESTED.export(gijs)
    assert (row["feit"], row["gemeente"], row["wat je deed"], row["waarom"]) == (
        SAYS, "Voorbeeldstad", "ingetrokken", "Van mij."
    )  # fmt: skip
    privacy.erase(gijs, with_texts=False, now=now)
    assert (Fact.objects.get().why, FactChange.objects.get().by) == ("", None)
    assert Fact.objects.get().withdrawn_at


def test_why_is_of_who_withdrew_it_last_and_of_nobody_before(fact, gijs, carla):
    now = clock.now()
    actions.withdraw(fact, why="Van Gijs.", by=gijs, for_whom=For.CONTACT, now=now)
    actions.put_back(fact, by=gijs, for_whom=For.CONTACT, now=now)
    actions.withdraw(fact, why="Van Carla.", by=carla, for_whom=For.TEAM, now=now)
    assert [row["waarom"] for row in CONTESTED.export(gijs)] == ["", ""]
    assert [row["waarom"] for row in CONTESTED.export(carla)] == ["Van Carla."]
    privacy.erase(gijs, with_texts=True, now=now)
    assert Fact.objects.get().why == "Van Carla."
    privacy.erase(carla, with_texts=True, now=now)
    assert Fact.objects.get().why == ""


@pytest.mark.parametrize(("who", "queries"), [("", 5), ("gijs", 9)])
def test_the_page_asks_as_much_for_one_as_for_three(tell, gijs, at, django_assert_num_queries, who, queries):
    client = browser(gijs) if who else Client()
    for count in (1, 3):
        while Fact.objects.used(clock.now()).count() < count:
            number = Fact.objects.count()
            tell(f"Feit {number}.", name=f"article-{number}")
            gone = tell(f"Feit {number} niet.", name=f"article-9{number}")
            actions.withdraw(gone, why="", by=gijs, for_whom=For.CONTACT, now=clock.now())
        with django_assert_num_queries(queries):
            client.get(PAGE)

"""Rounds at the desk: begin one, look, introduce, put right, keep together or apart, compare; and what is refused."""

import pytest
from django_tasks_db.models import DBTaskResult
from lxml import html as parser
from tests.coupling.conftest import ans as ans
from tests.coupling.conftest import at as at
from tests.coupling.conftest import carla as carla
from tests.coupling.conftest import now as now
from tests.coupling.conftest import person as person
from tests.coupling.conftest import themes as themes
from tests.coupling.rounds.conftest import places as places
from tests.coupling.rounds.conftest import told as told
from tests.signed_in import sign_in

from meedoen.coupling import actions as asking
from meedoen.coupling.introducing.models import Coupling
from meedoen.coupling.matching.rules import Edge, Problem
from meedoen.coupling.matching.solving import as_json, fingerprint, solve
from meedoen.coupling.rounds import rules
from meedoen.coupling.rounds.models import Proposal, Round, Tie
from meedoen.coupling.rounds.tasks import work_out
from meedoen.coupling.rules import For, Length, Side, Way
from meedoen.mail.models import OutgoingMail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]
LIST = "/team/koppelen/rondes/"
TIES = "/team/koppelen/vast/"
WORDS = ("molens", "boeken", "zwemmen", "muziek", "schilderijen", "dansles", "toneel")


def text_of(response) -> str:
    return " ".join(parser.fromstring(response.content).find(".//main").text_content().split())


def fields_of(page) -> dict[str, str]:
    """What the form to introduce carries, as the browser would send it."""
    form = next(each for each in parser.fromstring(page.content).forms if each.action.endswith("/voorstellen/"))
    return {name: value or "" for name, value in form.form_values()}


@pytest.fixture
def desk(client, carla):
    sign_in(client, "carla@voorbeeld.example")
    return client


@pytest.fixture
def network(told):
    return [
        told("Ans", Side.ASK, "Hoe kiezen jullie stembureaus?", "utrecht", {"democratie"}),
        told("Bram", Side.OFFER, "Zo kiezen jullie stembureaus: wij testen elk stembureau.", "almere", {"democratie"}),
        told(
            "Elif",
            Side.ASK,
            "Hoe vind ik de bushalte?",
            "zwolle",
            {"vervoer"},
            kind=For.DUO,
            length=Length.LONGER,
            ways=(Way.VISIT,),
        ),
        told("Fatima", Side.OFFER, "Ik help bij bushaltes.", "breda", {"vervoer"}),
    ]


@pytest.fixture
def reckoned(desk, network):
    """The address of a round, and its newest page."""
    return desk.post(f"{LIST}nieuw/")["Location"].partition("?")[0]


def test_a_round_is_begun_with_one_press_and_told(desk, network):
    assert "Er was nog geen ronde" in text_of(desk.get(LIST))
    answer = desk.post(f"{LIST}nieuw/")
    page = text_of(desk.get(answer["Location"]))
    assert "De ronde is klaar. Er is nog niets gemaild." in page
    assert "2 van de 2 vragers krijgen iemand." in page
    assert "Utrecht en Almere" in page
    assert "Het is bewezen dat het niet beter kan." in page
    assert "2 van de 2 vragers krijgen iemand" in text_of(desk.get(LIST))


def test_where_nothing_stands_a_round_finds_nobody(desk, themes):
    page = text_of(desk.get(desk.post(f"{LIST}nieuw/")["Location"]))
    assert "Deze ronde vond niemand" in page
    assert "Er stond geen vraag open." in page


def test_a_large_round_is_worked_out_by_the_worker_once(desk, network, monkeypatch):
    monkeypatch.setattr(rules, "ASKS_AT_ONCE", 1)
    assert "Er wordt nu geen ronde uitgerekend" in text_of(desk.get(f"{LIST}bezig/"))
    answers = [desk.post(f"{LIST}nieuw/", {"woorden": "3"})["Location"] for _press in range(2)]
    assert answers == [f"{LIST}bezig/"] * 2
    page = desk.get(answers[0])
    assert "We rekenen de ronde uit" in text_of(page)
    assert f"{LIST}bezig/" in [each.get("href") for each in parser.fromstring(page.content).cssselect("main a")]
    assert DBTaskResult.objects.filter(task_path=work_out.module_path).count() == 1
    work_now()
    made = Round.objects.get()
    assert (made.factors["woorden"], made.made_by.name) == (3, "Carla")
    page = desk.get(answers[0])
    assert made.get_absolute_url() in [each.get("href") for each in parser.fromstring(page.content).cssselect("main a")]


def test_a_large_round_that_cannot_be_says_why(desk, network, monkeypatch, carla, now):
    monkeypatch.setattr(rules, "ASKS_AT_ONCE", 1)
    for one in (0, 2):
        Tie.objects.create(kind="pin", one=network[one], other=network[1 if one == 0 else 3], by=carla, at=now)
    Tie.objects.create(kind="pin", one=network[0], other=network[3], by=carla, at=now)
    desk.post(f"{LIST}nieuw/")
    work_now()
    assert "kunnen niet allemaal tegelijk" in text_of(desk.get(f"{LIST}bezig/"))
    assert not Round.objects.exists()


def work_now():
    """What the worker does with what is in line, in this transaction."""
    for each in DBTaskResult.objects.ready().filter(task_path=work_out.module_path):
        each.claim("test")
        each.set_successful(each.task.call(*each.args_kwargs["args"], **each.args_kwargs["kwargs"]))


def test_what_counts_is_chosen_and_kept_for_the_next(desk, network):
    answer = desk.post(f"{LIST}nieuw/", {"woorden": "3", "afstand": "0"})
    page = text_of(desk.get(answer["Location"]))
    assert "Anders dan gewoon: Wat ze schrijven telt zwaar mee en Afstand telt niet mee" in page
    begun = desk.get(f"{LIST}nieuw/?na={Round.objects.get().pk}")
    selected = parser.fromstring(begun.content).cssselect("select[name=woorden] option[selected]")
    assert [each.get("value") for each in selected] == ["3"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"woorden": "9"}, "Kies opnieuw bij ‘Wat ze schrijven’."),
        (
            dict.fromkeys(
                (
                    "themas", "woorden", "ervaring", "voor-wie", "hoe", "soort-gemeente", "afstand", "hoe-nieuw",
                    "hoe-druk", "eerder",
                ),
                "0",
            ),
            "Zo telt er niets mee.",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_weighed_is_said(desk, network, given, words):
    page = desk.post(f"{LIST}nieuw/", given)
    assert words in text_of(page)
    assert Round.objects.count() == 0


def test_two_are_seen_side_by_side_with_why(desk, reckoned):
    page = desk.get(f"{reckoned}1/")
    words = text_of(page)
    assert "Hoe kiezen jullie stembureaus?" in words
    assert "wij testen elk stembureau." in words
    assert "Het gaat bij allebei over meepraten en stemmen." in words


def test_a_reason_that_rests_on_a_fact_leads_to_it(desk, told):
    told("Ans", Side.ASK, "Hoe kiezen jullie stembureaus?", "almere", {"democratie"})
    told("Bram", Side.OFFER, "Wij testen elk stembureau.", "breda", {"democratie"})
    page = desk.get(f"{desk.post(f'{LIST}nieuw/')['Location'].partition('?')[0]}1/")
    (fact,) = parser.fromstring(page.content).xpath("//main//li/a[starts-with(@href, '/gemeenten/')]")
    assert fact.text.startswith("Almere en Breda zijn ongeveer even groot")
    assert "Een link brengt je naar waar het staat." in text_of(page)


def test_who_are_called_the_same_have_links_that_differ(desk, told):
    for place, theme in enumerate(("vervoer", "cultuur")):
        for side in Side:
            told(f"{side}{place}", side, f"Iets over {theme}.", None, {theme}, kind=For.RESIDENT)
    first = desk.post(f"{LIST}nieuw/")["Location"].partition("?")[0]
    wanted = [f"Een inwoner en een inwoner (voorstel {place})" for place in (1, 2)]
    assert [each.text_content() for each in parser.fromstring(desk.get(first).content).cssselect("main h3 a")] == wanted
    told("Gijs", Side.OFFER, "Iets over vervoer en cultuur.", None, {"vervoer", "cultuur"}, kind=For.RESIDENT)
    Tie.objects.create(
        kind="ban", one_id=Proposal.objects.get(place=1).first_id, other_id=Proposal.objects.get(place=1).second_id,
        at=Round.objects.get().made_at,
    )  # fmt: skip
    other = desk.post(f"{LIST}nieuw/")["Location"].partition("?")[0]
    links = parser.fromstring(desk.get(f"{other}naast/{first.rstrip('/').split('/')[-1]}/").content).cssselect("main a")
    names = [
        each.text_content() for each in links if each.text_content().startswith("Een inwoner en een inwoner (ronde")
    ]
    assert len(names) == len(set(names)) == 3


def test_two_are_introduced_and_the_next_is_shown(desk, reckoned):
    given = fields_of(desk.get(f"{reckoned}1/"))
    before = OutgoingMail.objects.count()
    answer = desk.post(f"{reckoned}1/voorstellen/", {**given, "words": "Jullie zoeken hetzelfde."})
    assert answer["Location"] == f"{reckoned}2/?klaar=voorgesteld"
    assert "Ze kregen een mail." in text_of(desk.get(answer["Location"]))
    assert OutgoingMail.objects.count() == before + 2
    desk.post(f"{reckoned}1/voorstellen/", given)  # a second press
    assert (Coupling.objects.count(), OutgoingMail.objects.count()) == (1, before + 2)
    assert "Kijk hoe het met deze koppeling gaat" in text_of(desk.get(f"{reckoned}1/"))
    last = desk.post(f"{reckoned}2/voorstellen/", fields_of(desk.get(f"{reckoned}2/")))
    assert last["Location"] == f"{reckoned}?klaar=alles"


def test_words_are_kept_and_a_colleague_s_are_not_written_over(desk, reckoned):
    given = fields_of(desk.get(f"{reckoned}1/"))
    desk.post(f"{reckoned}1/woorden/", {**given, "words": "Van mij."})
    assert Proposal.objects.get(place=1).words == "Van mij."
    late = desk.post(f"{reckoned}1/woorden/", {**given, "words": "Van een collega."})
    assert late.status_code == 409
    assert "Een collega veranderde dit intussen." in text_of(late)
    assert "Van een collega." in late.content.decode()
    assert Proposal.objects.get(place=1).words == "Van mij."
    again = fields_of(late)
    desk.post(f"{reckoned}1/woorden/", again)
    assert Proposal.objects.get(place=1).words == "Van een collega."


def test_words_that_are_too_long_are_said_and_kept(desk, reckoned):
    given = fields_of(desk.get(f"{reckoned}1/"))
    page = desk.post(f"{reckoned}1/voorstellen/", {**given, "words": "x" * 401, "question_0": "y" * 101})
    assert "Er passen er 400 in" in text_of(page)
    assert "Er passen er 100 in" in text_of(page)
    assert "x" * 401 in page.content.decode()
    assert Coupling.objects.count() == 0


def test_two_are_kept_apart_with_a_reason_and_let_go(desk, reckoned):
    missing = desk.post(f"{reckoned}1/niet-deze-twee/", {"seen": Proposal.objects.get(place=1).mark})
    assert "Schrijf kort waarom deze twee niet passen." in text_of(missing)
    given = {"seen": Proposal.objects.get(place=1).mark, "words": "Ze kennen elkaar al."}
    page = text_of(desk.get(desk.post(f"{reckoned}1/niet-deze-twee/", given)["Location"]))
    assert "Niet deze twee" in page
    assert "Deze twee houden jullie uit elkaar. Carla" in page
    assert "Ze kennen elkaar al." in page
    old = desk.post(f"{reckoned}1/loslaten/")
    assert (old.status_code, Tie.objects.count()) == (409, 1)
    assert "Een collega besliste intussen iets over deze twee." in text_of(old)
    page = text_of(desk.get(desk.post(f"{reckoned}1/loslaten/", {"tie": Tie.objects.get().mark})["Location"]))
    assert "Wacht op jullie" in page
    assert Tie.objects.count() == 0


def test_another_is_kept_together_and_the_next_round_says_so(desk, reckoned, told):
    told("Joost", Side.OFFER, "Stembureaus: wij kozen er tien opnieuw.", "vaals", {"democratie"})
    again = desk.post(f"{LIST}nieuw/")["Location"].partition("?")[0]
    first = Proposal.objects.get(round__pk=again.rstrip("/").split("/")[-1], place=1)
    page = desk.get(first.get_absolute_url())
    (other,) = parser.fromstring(page.content).xpath("//input[@name='met']/@value")
    desk.post(f"{first.get_absolute_url()}vastzetten/", {"met": other})
    third = text_of(desk.get(desk.post(f"{LIST}nieuw/")["Location"]))
    assert "vastgezet" in third


def test_any_two_are_kept_together_and_let_go(desk, reckoned, network):
    assert "Niemand staat vast of uit elkaar" in text_of(desk.get(TIES))
    missing = desk.post(TIES, {"one": "", "other": str(network[1].pk)})
    assert "Kies wie iets vraagt." in text_of(missing)
    assert "Dit is dezelfde." in text_of(desk.post(TIES, {"one": str(network[0].pk), "other": str(network[0].pk)}))
    page = text_of(desk.get(desk.post(TIES, {"one": str(network[0].pk), "other": str(network[3].pk)})["Location"]))
    assert "Vast: Utrecht (Hoe kiezen jullie stembureaus?) en Breda (Ik help bij bushaltes). Carla" in page
    tie = Tie.objects.get()
    given = {"one": str(tie.one_id), "other": str(tie.other_id)}
    assert "Er is niets veranderd." in text_of(desk.get(desk.post(f"{TIES}los/", given)["Location"]))
    assert "weer los" in text_of(desk.get(desk.post(f"{TIES}los/", {**given, "tie": tie.mark})["Location"]))
    assert Tie.objects.count() == 0


def test_who_stopped_is_said_and_not_introduced(desk, reckoned, network, now):
    given = fields_of(desk.get(f"{reckoned}1/"))
    asking.withdraw(network[0], now=now)
    assert "intussen gestopt of klaar" in text_of(desk.get(f"{reckoned}1/"))
    page = desk.post(f"{reckoned}1/voorstellen/", {**given, "words": "Mijn woorden."})
    assert "doet niet meer mee" in text_of(page)
    assert "Mijn woorden." in page.content.decode()


def test_two_rounds_are_compared(desk, reckoned, network, now):
    first = Proposal.objects.get(place=1)
    desk.post(f"{reckoned}1/niet-deze-twee/", {"seen": first.mark, "words": "Nee."})
    other = desk.post(f"{LIST}nieuw/")["Location"].partition("?")[0]
    page = text_of(desk.get(f"{other}naast/{reckoned.rstrip('/').split('/')[-1]}/"))
    assert "In allebei Een duo uit Zwolle en Breda" in page
    assert "Utrecht en Almere" in page


def test_a_round_is_reckoned_again(desk, reckoned):
    assert "er komt precies hetzelfde uit" in text_of(desk.get(f"{reckoned}?nareken"))
    Round.objects.update(outcome_hash="0" * 64)
    assert "er komt iets anders uit" in text_of(desk.get(f"{reckoned}?nareken"))


def test_a_round_of_before_offers_joined_is_reckoned_by_the_rules_of_then(desk, reckoned):
    problem = Problem(
        frozenset({1, 2}), frozenset({12}), edges=[Edge(1, 2, 5), Edge(1, 12, 9), Edge(2, 12, 1)], offers_join=False
    )
    outcome = solve(problem)
    kept = {"problem_hash": fingerprint(problem), "outcome_hash": fingerprint(outcome)}
    Round.objects.update(problem=as_json(problem), outcome=as_json(outcome), **kept)
    assert outcome.trios == ()
    assert "er komt precies hetzelfde uit" in text_of(desk.get(f"{reckoned}?nareken"))


@pytest.mark.parametrize("count", [1, 3, 7])
def test_who_has_nobody_comes_by_pages(desk, network, told, monkeypatch, count, django_assert_num_queries):
    monkeypatch.setattr(rules, "LEFT_ON_PAGE", 3)
    monkeypatch.setattr(rules, "PROPOSALS_ON_PAGE", 1)
    wanted = [f"Niemand anders vraagt dit: {word}" for word in WORDS[:count]]
    for place, text in enumerate(wanted):
        told(f"Gijs{place}", Side.ASK, text, "vaals", {"cultuur"})
    address, seen, pages = desk.post(f"{LIST}nieuw/")["Location"].partition("?")[0], [], 0
    while address:
        with django_assert_num_queries(7):
            page = parser.fromstring(desk.get(address).content)
        seen += page.xpath("//ul/li/a[starts-with(@href, '/team/koppelen/')][../text()[contains(., ' – ')]]/text()")
        more = page.xpath("//a[contains(., 'Meer die niemand krijgen')]/@href")
        address, pages = more[0] if more else "", pages + 1
    assert (seen, pages) == (wanted, -(-count // 3))


def test_both_lists_of_a_round_keep_their_place(desk, reckoned, monkeypatch):
    monkeypatch.setattr(rules, "LEFT_ON_PAGE", 1)
    monkeypatch.setattr(rules, "PROPOSALS_ON_PAGE", 1)
    left = [{"request": number, "name": "een inwoner", "why": "no_edge"} for number in (901, 902, 903)]
    Round.objects.update(left=left)

    def links(address):
        return {
            " ".join(each.text_content().split()).strip("←→ "): each.get("href")
            for each in parser.fromstring(desk.get(address).content).cssselect("main nav a")
        }

    second = links(reckoned)["Meer die niemand krijgen"]
    assert second == f"{reckoned}?wacht-na=901#niemand"
    both = links(second)["Meer voorstellen"]
    assert both == f"{reckoned}?na=1&wacht-na=901"
    assert links(both) == {
        "Naar de eerste voorstellen": f"{reckoned}?wacht-na=901",
        "Naar de eerste die niemand krijgen": f"{reckoned}?na=1#niemand",
        "Meer die niemand krijgen": f"{reckoned}?na=1&wacht-na=902#niemand",
    }
    assert "Verder staat hier niemand." in text_of(desk.get(f"{reckoned}?wacht-na=903"))


def test_a_long_round_has_pages(desk, reckoned, monkeypatch):
    monkeypatch.setattr("meedoen.coupling.rounds.rules.PROPOSALS_ON_PAGE", 1)
    page = parser.fromstring(desk.get(reckoned).content)
    (more,) = page.cssselect("main nav a")
    assert "Een duo uit Zwolle en Breda" in text_of(desk.get(f"{reckoned}{more.get('href').partition(reckoned)[2]}"))
    assert "Verder staat er niets" in text_of(desk.get(f"{reckoned}?na=9"))


def test_pages_ask_as_much_for_one_as_for_many(desk, reckoned, told, django_assert_num_queries):
    def queries(address):
        with django_assert_num_queries(100, exact=False) as found:
            desk.get(address)
        return len(found.captured_queries)

    few = [queries(reckoned), queries(f"{reckoned}1/"), queries(LIST)]
    for place, name in enumerate(("Joost", "Gijs", "Hanna", "Ivo")):
        side = Side.ASK if place % 2 else Side.OFFER
        told(name, side, f"Over de brieven {place}", ("vaals", "zwolle", "almere", "breda")[place], {"informatie"})
    more = desk.post(f"{LIST}nieuw/")["Location"].partition("?")[0]
    assert [queries(more), queries(f"{more}1/"), queries(LIST)] == few


def test_what_is_not_there_is_not_found(desk, reckoned):
    for address in (f"{LIST}999/", f"{reckoned}99/", f"{reckoned}naast/999/", f"{LIST}{2**63}/1/"):
        assert desk.get(address).status_code == 404
    assert desk.get(f"{LIST}?na=onzin").status_code == 200

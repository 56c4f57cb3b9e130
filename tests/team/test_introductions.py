"""The team's couplings: quiet ones first, one with what happened, calling off and going on, notes, questions; and today."""

from datetime import timedelta

import pytest
from lxml import html as parser
from tests.coupling.conftest import ans, answers, asked, at, carla, now, person, themes, utrecht  # noqa: F401
from tests.coupling.introducing.conftest import (  # noqa: F401
    ask,
    bram,
    coupling,
    introduce,
    mails_to,
    offer,
    party,
    state,
    yes,
)
from tests.signed_in import sign_in

from meedoen.coupling.introducing import actions
from meedoen.coupling.introducing.models import Coupling, Party
from meedoen.coupling.introducing.rules import Answer, State
from meedoen.kernel.keys import MomentKey

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]
LIST = "/team/koppelen/lopend/"
DAY = timedelta(days=1)


def text_of(response) -> str:
    return " ".join(parser.fromstring(response.content).find(".//main").text_content().split())


def titles(response, place=0) -> list[str]:
    lists = parser.fromstring(response.content).cssselect("main ol")
    return [link.text for link in lists[place].cssselect("a")]


@pytest.fixture
def desk(client, carla):  # noqa: F811
    sign_in(client, "carla@voorbeeld.example")
    return client


@pytest.fixture
def one(coupling):  # noqa: F811
    return f"{LIST}{coupling.pk}/"


@pytest.fixture
def silent(coupling, at, now):  # noqa: F811
    for days in (5, 10):
        actions.look_after(now=now + days * DAY)
    at(now + 10 * DAY)
    return coupling


def test_what_is_quiet_stands_first_and_in_todays(desk, silent, introduce, asked, person):  # noqa: F811
    introduce(*(asked(who=person(name), text=f"{name}.") for name in ("Fatima", "Gijs")))
    page = desk.get(LIST)
    assert (titles(page), titles(page, 1)) == (
        ["Inwoner Ans en Bram van de gemeente Utrecht"],
        ["Inwoner Fatima en inwoner Gijs"],
    )
    assert "Help 1 koppeling waar het stil is" in text_of(desk.get("/team/"))


@pytest.mark.parametrize("count", [1, 3, 7])
def test_what_is_quiet_comes_by_pages(
    desk,
    introduce,  # noqa: F811
    asked,  # noqa: F811
    person,  # noqa: F811
    now,  # noqa: F811
    monkeypatch,
    count,
    django_assert_num_queries,
):
    monkeypatch.setattr("meedoen.coupling.introducing.rules.PAGE_SIZE", 3)
    for number in range(count):
        made = introduce(*(asked(who=person(f"{letter}{number}"), text=f"{letter}{number}") for letter in "XY"))
        Coupling.objects.filter(pk=made.pk).update(state=State.SILENT, moved_at=now - (number // 2) * DAY)
    runs = introduce(*(asked(who=person(name), text=f"{name}.") for name in ("Fatima", "Gijs")))
    with django_assert_num_queries(7):
        page = desk.get(LIST)
    assert titles(page, 1) == ["Inwoner Fatima en inwoner Gijs"]
    seen = []
    while page:
        seen += titles(page)
        more = parser.fromstring(page.content).xpath("//a[contains(., 'Verder waar het stil is')]/@href")
        page = desk.get(more[0]) if more else None
    longest = sorted(range(count), key=lambda number: (-(number // 2), number))
    assert seen == [f"Inwoner X{number} en inwoner Y{number}" for number in longest]
    with django_assert_num_queries(5):
        assert titles(desk.get(f"{LIST}?stand=stil")) == seen[:3]
    beyond = f"{LIST}?stand=stil&na={MomentKey(now + DAY, 1)}"
    assert "Verder is het nergens stil" in text_of(desk.get(beyond))
    assert "Er staat niets in deze lijst" in text_of(desk.get(f"{LIST}?na={runs.key}"))  # also nothing that is quiet


def test_todays_says_nothing_where_all_goes_well(desk, coupling):  # noqa: F811
    assert "Koppelingen die lopen" in text_of(desk.get("/team/"))


def test_a_mail_that_did_not_arrive_is_said(desk, one, party, now):  # noqa: F811
    Party.objects.filter(pk=party("Bram").pk).update(unreachable_at=now)
    assert "een mail kwam niet aan" in text_of(desk.get(LIST))
    assert "De laatste mail kwam niet aan." in text_of(desk.get(one))


def test_what_is_over_has_a_list_of_its_own_and_pages(desk, introduce, asked, person, carla, now, monkeypatch):  # noqa: F811
    monkeypatch.setattr("meedoen.coupling.introducing.rules.PAGE_SIZE", 2)
    for number in range(3):
        pair = [asked(who=person(f"{letter}{number}"), text=f"{letter}{number}") for letter in "XY"]
        made = introduce(*pair, now=now + number * timedelta(minutes=1))
        actions.call_off(made, reason="Nee.", by=carla, now=now)
    assert "Er staat niets in deze lijst" in text_of(desk.get(LIST))
    first = desk.get(f"{LIST}?stand=klaar")
    assert titles(first) == [f"Inwoner X{number} en inwoner Y{number}" for number in (2, 1)]
    (older,) = parser.fromstring(first.content).cssselect("main nav a")
    assert titles(desk.get(older.get("href"))) == ["Inwoner X0 en inwoner Y0"]
    assert "Die lijst kennen we niet" in text_of(desk.get(f"{LIST}?stand=onzin"))


def test_the_pages_ask_as_much_for_two_as_for_four(desk, silent, introduce, asked, person, django_assert_num_queries):  # noqa: F811
    desk.get(LIST)
    for count in (2, 4):  # one of which is quiet
        while Coupling.objects.count() < count:
            number = Coupling.objects.count()
            introduce(*(asked(who=person(f"{letter}{number}"), text=f"{letter}{number}") for letter in "XY"))
        with django_assert_num_queries(7):
            desk.get(LIST)
    for number in Coupling.objects.values_list("pk", flat=True):
        with django_assert_num_queries(8):
            desk.get(f"{LIST}{number}/")


def test_one_tells_who_why_and_what_happened(desk, one, party, yes, now):  # noqa: F811
    yes("Bram")
    actions.not_now(party(), Answer.NO, reason="Te druk.", now=now)
    text = text_of(desk.get(one))
    for words in (
        "inwoner Ans: nee, ans@voorbeeld.example",
        "Utrecht test al jaren elk gebouw.",
        "Utrecht heeft sinds 2023 een aanpak.",
        "Voorgesteld door: Carla",
        "Iemand zei nee, door een van hen (Ans), zaterdag 28 november 2026, 14.00 uur: Te druk.",
    ):
        assert words in text


def test_called_off_with_a_reason_and_back(desk, one, state):  # noqa: F811
    assert "Schrijf waarom. Ze lezen dit." in text_of(desk.post(f"{one}afblazen/"))
    answer = desk.post(f"{one}afblazen/", {"reason": "Verkeerd gekozen."})
    assert "Tot dan kun je het terugdraaien." in text_of(desk.get(answer["Location"]))
    assert state() == State.CALLED_OFF
    again = desk.post(f"{one}afblazen/", {"reason": "Nog eens."})
    assert again.status_code == 302  # twice is once
    desk.post(f"{one}doorgaan/")
    assert state() == State.ASKED
    refused = desk.post(f"{one}doorgaan/")
    assert (refused.status_code, "Dit loopt al." in text_of(refused)) == (409, True)


def test_who_was_silent_is_asked_once_more(desk, silent, one, state):  # noqa: F811
    assert "Vraag het nog een keer" in text_of(desk.get(one))
    before = len(mails_to("ans"))
    desk.post(f"{one}doorgaan/")
    assert (state(), len(mails_to("ans"))) == (State.ASKED, before + 1)


def test_a_note_rests_for_two_weeks(desk, silent, one):
    assert "Schrijf op wat collega's moeten weten." in text_of(desk.post(f"{one}notitie/", {"words": ""}))
    answer = desk.post(f"{one}notitie/", {"words": "Ans belde: ze is ziek.", "rests": "on"})
    text = text_of(desk.get(answer["Location"]))
    assert "Ans belde: ze is ziek." in text
    assert "Rust tot" in text
    assert "Koppelingen die lopen" in text_of(desk.get("/team/"))


def test_other_questions_until_they_met(desk, one, yes):  # noqa: F811
    page = desk.get(f"{one}vragen/")
    assert parser.fromstring(page.content).cssselect("#id_one")[0].get("value").startswith("Wat wil je als eerste")
    asked_long = desk.post(f"{one}vragen/", {"one": "x" * 101, "two": "Twee?", "three": "Drie?"})
    assert "Maak hem korter" in text_of(asked_long)
    desk.post(f"{one}vragen/", {"one": "Eén?", "two": "Twee?", "three": "Drie?"})
    assert Coupling.objects.get().questions == ["Eén?", "Twee?", "Drie?"]
    for name in ("Ans", "Bram"):
        yes(name)
    refused = desk.post(f"{one}vragen/", {"one": "Te laat?", "two": "b", "three": "c"})
    assert "De mail met deze vragen is al weg." in text_of(refused)
    assert "Te laat?" in refused.content.decode()


def test_it_is_ended_and_taken_up_again(desk, one, yes, state):  # noqa: F811
    refused = desk.post(f"{one}klaar/")
    assert (refused.status_code, state()) == (409, State.ASKED)
    for name in ("Ans", "Bram"):
        yes(name)
    desk.post(f"{one}klaar/")
    assert state() == State.ENDED
    desk.post(f"{one}doorgaan/")
    assert state() == State.INTRODUCED


def test_only_the_team_comes_here(client, one, ans):  # noqa: F811
    sign_in(client, "ans@voorbeeld.example")
    for what in ("", "afblazen/", "notitie/", "vragen/"):
        assert client.get(f"{one}{what}").status_code == 403

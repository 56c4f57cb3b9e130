"""The team's list of asks and offers: what stands, a caller's, handled or stopped with a reason, and taken back."""

from datetime import timedelta

import pytest
from lxml import html as parser
from tests.signed_in import HERE, sign_in

from meedoen.coupling import actions
from meedoen.coupling.models import CouplingRequest
from meedoen.coupling.rules import Side, State
from meedoen.mail.models import OutgoingMail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at", "themes")]
LIST = "/team/koppelen/"
CALL = {"text": "Hoe begin ik?", "kind": "resident", "municipality": "", "ways": ["call"], "length": "once",
        "not_before": "", "name": "Elif", "email": "elif@voorbeeld.example"}  # fmt: skip


def text_of(response) -> str:
    return " ".join(parser.fromstring(response.content).find(".//main").text_content().split())


def titles(response) -> list[str]:
    return [each.text for each in parser.fromstring(response.content).cssselect("main ol a")]


@pytest.fixture
def desk(client, carla):
    sign_in(client, "carla@voorbeeld.example")
    return client


def test_what_stands_the_oldest_first_by_theme_and_by_page(desk, asked, now, monkeypatch):
    monkeypatch.setattr("meedoen.coupling.rules.PAGE_SIZE", 2)
    for place, theme in enumerate(("werk", "thuis", "werk", "werk", "werk")):
        asked(text=f"Vraag {place}", themes=(theme,), now=now + timedelta(minutes=place))
    actions.withdraw(CouplingRequest.objects.get(text="Vraag 4"), now=now)
    first = desk.get(LIST)
    assert titles(first) == ["Vraag 0", "Vraag 1"]
    more = parser.fromstring(first.content).cssselect("main nav a")
    assert titles(desk.get(more[-1].get("href"))) == ["Vraag 2", "Vraag 3"]
    of_theme = desk.get(f"{LIST}?thema=werk")
    assert titles(of_theme) == ["Vraag 0", "Vraag 2"]
    (link,) = parser.fromstring(of_theme.content).cssselect("main nav a")
    assert titles(desk.get(link.get("href"))) == ["Vraag 3"]
    assert "Dit thema kennen we niet" in text_of(desk.get(f"{LIST}?thema=onzin"))
    assert "kennen we niet" in text_of(desk.get(f"{LIST}?na=onzin"))


def test_the_list_asks_as_much_for_one_as_for_three(desk, asked, django_assert_num_queries, utrecht):
    desk.get(LIST)
    for count in (1, 3):
        while CouplingRequest.objects.count() < count:
            asked(text=f"Vraag {CouplingRequest.objects.count()}", themes=("werk",), municipality=utrecht)
        with django_assert_num_queries(6):
            desk.get(LIST)


def test_a_caller_s_is_written_down_and_marked(desk):
    answer = desk.post(f"{LIST}aanbod-opschrijven/", {**CALL, "at_most": "2"})
    page = text_of(desk.get(answer["Location"]))
    assert "wie belde kreeg een mail" in page
    assert "Opgeschreven door: Carla" in page
    assert CouplingRequest.objects.get().at_most == 2
    assert "verteld door de telefoon" in text_of(desk.get(LIST))
    own = text_of(desk.get(CouplingRequest.objects.get().get_absolute_url()))
    assert "Iemand van het team schreef dit voor je op." in own


def test_what_is_missing_of_a_caller_is_asked_and_the_rest_kept(desk):
    page = desk.post(f"{LIST}vraag-opschrijven/", {**CALL, "email": ""})
    assert "Vul het e-mailadres in van wie belt" in text_of(page)
    assert "Hoe begin ik?" in page.content.decode()
    assert not CouplingRequest.objects.exists()


@pytest.mark.parametrize(("address", "state"), [("klaar", "handled"), ("stoppen", "withdrawn")])
def test_it_is_ended_with_a_reason_and_that_is_taken_back(desk, asked, address, state):
    made = asked(Side.OFFER)
    page = f"{LIST}{made.pk}/"
    assert "Schrijf waarom." in text_of(desk.post(f"{page}{address}/", {"reason": ""}))
    answer = desk.post(f"{page}{address}/", {"reason": "Je sprak Stein."})
    assert "Je sprak Stein." in text_of(desk.get(answer["Location"]))
    assert CouplingRequest.objects.get().state == state
    assert "Je sprak Stein." in OutgoingMail.objects.latest("pk").text
    assert "Je sprak Stein." in text_of(desk.get(made.get_absolute_url()))
    assert titles(desk.get(LIST)) == []
    answer = desk.post(f"{page}heropenen/")
    assert "Het staat weer open" in text_of(desk.get(answer["Location"]))
    assert titles(desk.get(LIST)) == ["Hoe kiezen we stembureaus?"]


def test_what_its_maker_stopped_meanwhile_stays_stopped(desk, asked, now):
    made = asked()
    actions.withdraw(made, now=now)
    page = f"{LIST}{made.pk}/"
    assert "Dit veranderde intussen." in text_of(desk.post(f"{page}klaar/", {"reason": "Klaar."}))
    answer = desk.post(f"{page}heropenen/")
    assert "Er is niets veranderd." in text_of(desk.get(answer["Location"]))
    assert CouplingRequest.objects.get().state == State.WITHDRAWN


def test_today_says_how_many_stand(desk, asked):
    assert "Vraag en aanbod om te koppelen" in text_of(desk.get("/team/"))
    asked()
    assert "Bekijk 1 vraag of aanbod om te koppelen" in text_of(desk.get("/team/"))


def test_only_the_team_reads_it(client, asked, ans):
    made = asked()
    sign_in(client)
    assert {client.get(each).status_code for each in (LIST, f"{LIST}{made.pk}/", f"{LIST}{made.pk}/klaar/")} == {403}
    assert client.post(f"{LIST}{made.pk}/heropenen/", **HERE).status_code == 403

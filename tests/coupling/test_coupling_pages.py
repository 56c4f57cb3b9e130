"""The pages on which people ask, offer, change and stop; nothing typed is lost, and nothing comes on the site."""

import re

import pytest
from lxml import html as parser
from tests.signed_in import HERE, newest_code, sign_in

from meedoen.coupling import actions
from meedoen.coupling.models import CouplingRequest
from meedoen.coupling.rules import Side
from meedoen.people.models import PendingAct

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at", "themes")]
ASK, OFFER = "/koppelen/vragen/", "/koppelen/aanbieden/"
ELIF = {"name": "Elif", "email": "elif@voorbeeld.example"}
TOLD = {"text": "Hoe kiezen we stembureaus?", "themes": ["werk"], "kind": "resident", "municipality": "",
        "ways": ["call", "visit"], "length": "once", "not_before": "28-12-2026"}  # fmt: skip


def text_of(response) -> str:
    return " ".join(parser.fromstring(response.content).find(".//main").text_content().split())


@pytest.fixture
def sent(client):
    """A function that sends the form."""

    def send(address=ASK, *, who=ELIF, **fields):
        return client.post(address, {**TOLD, **who, **fields}, **HERE)

    return send


def confirm(client, response):
    key = re.search(r"/bevestigen/([^/]+)/", response["Location"])[1]
    client.post(f"/bevestigen/{key}/versturen/", **HERE)
    return client.post(f"/bevestigen/{key}/code/", {"code": newest_code()}, **HERE)


def test_what_coupling_is_with_two_marked_examples(client):
    page = parser.fromstring(client.get("/koppelen/").content)
    cards = page.cssselect("article.mee-card")
    assert [bool(card.cssselect(".mee-example")) for card in cards] == [True, True]
    assert {a.get("href") for a in page.cssselect("main a")} >= {ASK, OFFER}


@pytest.mark.parametrize(("address", "side"), [(ASK, "ask"), (OFFER, "offer")])
def test_a_guest_asks_or_offers_and_comes_to_their_own_page(client, sent, address, side):
    response = sent(address, at_most="2")
    checked = text_of(client.get(response["Location"]))
    assert "maandag 28 december 2026" in checked
    assert ("hooguit 2" in checked) == (side == "offer")
    own = text_of(client.get(confirm(client, response)["Location"]))
    assert "Het is bij ons. Dank je wel!" in own
    assert "bellen en op bezoek" in own
    made = CouplingRequest.objects.get()
    assert (made.side, made.person.name, made.at_most) == (side, "Elif", 2 if side == "offer" else None)
    assert TOLD["text"] not in text_of(client.get("/koppelen/"))


def test_who_is_signed_in_needs_no_code_and_keeps_a_draft(client, ans, sent):
    sign_in(client)
    client.post(f"{ASK}bewaren/", {**TOLD, "text": "Half"}, **HERE)
    page = parser.fromstring(client.get(ASK).content)
    assert page.get_element_by_id("id_text").value.strip() == "Half"
    assert len(page.cssselect("input[name=ways][checked]")) == 2
    act = sent(who={})["Location"]
    client.post(f"{act}plaatsen/", **HERE)
    assert CouplingRequest.objects.get().person == ans


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"text": " "}, "Schrijf eerst je bericht."),
        ({"text": "a" * 4001}, "Je tekst is 4001 tekens lang."),
        ({"kind": "duo"}, "Kies welke gemeente het is."),
        ({"kind": "onzin"}, "Kies wie je bent."),
        ({"ways": []}, "Kies een of meer manieren."),
        ({"length": ""}, "Kies hoe lang je het wilt doen."),
        ({"themes": ["onzin"]}, "Dit thema kennen we niet."),
        ({"not_before": "ooit"}, "Vul een dag in, zoals 28-12-2026."),
        ({"not_before": "28-12-2036"}, "verder dan twee jaar weg"),
        ({"at_most": "0"}, "Vul 1 of meer in."),
        ({"at_most": "veel"}, "Vul een getal in, zoals 2."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(sent, fields, problem):
    response = sent(OFFER, **fields)
    assert response.status_code == 200
    assert problem in text_of(response)
    assert "elif@voorbeeld.example" in response.content.decode()
    assert fields.get("text", TOLD["text"]) in response.content.decode()
    assert not PendingAct.objects.exists()


def test_a_day_that_went_by_is_now(client, sent):
    confirm(client, sent(not_before="1-1-2020"))
    assert CouplingRequest.objects.get().not_before is None


def test_a_robot_is_told_so(sent):
    response = sent(website="https://x.example")
    assert (response.status_code, "lijkt op reclame" in text_of(response)) == (422, True)


def test_change_stop_and_put_back_on_ones_own_page(client, asked):
    made = asked(Side.OFFER)
    own = made.get_absolute_url()
    seen = parser.fromstring(client.get(f"{own}veranderen/").content).cssselect("input[name=seen]")[0].value
    answer = client.post(f"{own}veranderen/", {**TOLD, "text": "Anders.", "at_most": "3", "seen": seen}, **HERE)
    assert "Dat is bewaard" in text_of(client.get(answer["Location"]))
    late = client.post(f"{own}veranderen/", {**TOLD, "text": "Te laat.", "at_most": "4", "seen": seen}, **HERE)
    assert (late.status_code, "Anders." in text_of(late), "Te laat." in late.content.decode()) == (409, True, True)
    answer = client.post(f"{own}stoppen/", **HERE)
    assert "Je stopte het." in text_of(client.get(answer["Location"]))
    assert "Dit kun je nu niet veranderen." in text_of(client.get(f"{own}veranderen/"))
    answer = client.post(f"{own}terugzetten/", **HERE)
    assert "Het doet weer mee" in text_of(client.get(answer["Location"]))
    assert CouplingRequest.objects.get().at_most == 3


def test_an_unknown_key_is_kindly_nothing(client):
    response = client.get("/koppelen/mijn/bestaat-niet/")
    assert response.status_code in (404, 410)


def test_a_mailed_draft_can_be_made_an_offer(client, now):
    act = actions.draft_from_mail("Wij testen elk gebouw.", "elif@voorbeeld.example", now)
    assert "Wat je niet in je mail schreef, vulden wij in." in text_of(client.get(f"/bevestigen/{act.key}/"))
    page = parser.fromstring(client.get(f"/bevestigen/{act.key}/aanpassen/").content)
    assert [each.get("value") for each in page.cssselect("input[name=aim][checked]")] == ["ask"]
    client.post(
        f"/bevestigen/{act.key}/aanpassen/", {**TOLD, **ELIF, "text": "Wij testen elk gebouw.", "aim": "offer"}, **HERE
    )
    client.post(f"/bevestigen/{act.key}/code/", {"code": newest_code()}, **HERE)
    assert CouplingRequest.objects.get().side == "offer"

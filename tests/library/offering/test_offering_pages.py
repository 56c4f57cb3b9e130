"""The pages on which a practice is offered, changed and read by the team; nothing typed is lost, nothing shows too early."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html as parser
from tests.library.offering.conftest import fresh
from tests.signed_in import HERE, newest_code, sign_in

from meedoen.library.desk import actions as desk
from meedoen.library.models import Article, PracticeOffer, Work
from meedoen.library.offering import actions
from meedoen.library.offering.rules import State
from meedoen.mail.models import OutgoingMail
from meedoen.pages.kept import store
from meedoen.people.models import PendingAct

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at", "register")]
OFFER = "/kennisbank/aanbieden/"
ELIF = {"name": "Elif", "email": "elif@voorbeeld.example"}


def text_of(response) -> str:
    return " ".join(parser.fromstring(response.content).find(".//main").text_content().split())


def key_in(response) -> str:
    return re.search(r"/bevestigen/([^/]+)/", response["Location"])[1]


@pytest.fixture
def sent(client, answers):
    """A function that sends the form as a browser does: an empty tick is not there."""

    def send(address=OFFER, *, who=ELIF, **fields):
        told = answers(**fields)
        if not told["shows_contact"]:
            del told["shows_contact"]
        return client.post(address, {**told, **who}, **HERE)

    return send


def confirm(client, key):
    client.post(f"/bevestigen/{key}/versturen/", **HERE)
    return client.post(f"/bevestigen/{key}/code/", {"code": newest_code()}, **HERE)


# Offering


def test_a_guest_offers_one_and_comes_to_its_own_page(client, sent):
    response = sent()
    act = text_of(client.get(response["Location"]))
    assert "Joost, 030 000 00 00 (dit ziet alleen het team)" in act
    assert "Hoe deden inwoners mee?" not in act  # left empty
    answer = confirm(client, key_in(response))
    own = text_of(client.get(answer["Location"]))
    assert "Je voorbeeld is bij ons. Dank je wel!" in own
    assert "Het team kijkt ernaar." in own
    assert "We begonnen op school." in own
    assert PracticeOffer.objects.get().offered_by.name == "Elif"
    told = text_of(client.get(f"/bevestigen/{key_in(response)}/"))
    assert "Je voorbeeld is bij ons" in told
    assert PracticeOffer.objects.get().secret not in told  # who knows only this address gets no further


def test_sent_twice_it_is_offered_once(client, sent):
    one, two = sent(), sent()
    assert one["Location"] == two["Location"]
    confirm(client, key_in(one))
    client.post(f"/bevestigen/{key_in(one)}/code/", {"code": "123456"}, **HERE)
    assert PracticeOffer.objects.count() == 1


def test_few_questions_have_to_be_answered(client, sent):
    response = client.post(OFFER, {}, **HERE)
    wrong = [each.text_content() for each in parser.fromstring(response.content).cssselect(".mee-field--wrong label")]
    assert [re.sub(r"\s+", " ", each).strip() for each in wrong] == [
        "Hoe noem je het?",
        "In welke gemeente was het?",
        "Wat deden jullie?",
        "Je naam",
        "Je e-mailadres",
    ]
    empty = dict.fromkeys(("happened", "with_whom", "cost", "contact"), "")
    assert sent(municipality="geen", themes=[], **empty).status_code == 302


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"themes": ["onzin"]}, "Dit thema kennen we niet. Kies uit de lijst."),
        ({"municipality": "onzin"}, "Kies een gemeente uit de lijst."),
        ({"happened": "ooit"}, "Deze datum begrijpen we niet."),
        ({"shows_contact": True, "contact": ""}, "Vul in wie anderen kunnen vragen."),
        ({"title": "Ja"}, "Maak de naam iets langer."),
        ({"text": "a" * 100_000}, "Maak hem korter."),
        ({"residents": "b" * 100_000}, "Je tekst is 100000 tekens lang."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(sent, fields, problem):
    response = sent(**fields)
    assert response.status_code == 200
    assert problem in text_of(response)
    page = response.content.decode()
    for kept in ("Met kinderen.", "elif@voorbeeld.example", str(fields.get("text", "We begonnen op school."))):
        assert kept in page
    assert not PendingAct.objects.exists()


def test_a_robot_is_told_so(sent):
    response = sent(who={**ELIF, "website": "https://x.example"})
    assert response.status_code == 422
    assert "Je tekst lijkt op reclame van een robot" in text_of(response)
    response = sent(pitfalls="<a href=https://x.example>koop</a> <a href=https://x.example>koop</a>")
    assert response.status_code == 422  # whichever question it stands in


def test_a_network_that_sends_too_much_keeps_what_was_typed(sent, monkeypatch):
    monkeypatch.setattr("meedoen.people.rules.MAX_ACTS_PER_NETWORK_HOUR", 1)
    sent()
    response = sent(text="Nog een.")
    assert (response.status_code, "Nog een." in response.content.decode()) == (429, True)


def test_the_municipality_that_somebody_came_from_is_chosen(client, utrecht):
    chosen = parser.fromstring(client.get(f"{OFFER}?gemeente=utrecht").content).cssselect("option[selected]")
    assert [each.text for each in chosen] == ["Utrecht"]
    assert not parser.fromstring(client.get(f"{OFFER}?gemeente=onzin").content).cssselect("option[selected][value!='']")


def test_who_is_signed_in_keeps_a_draft_and_needs_no_code(client, ans, sent):
    sign_in(client)
    client.post(f"{OFFER}bewaren/", {"title": "Half", "themes": ["werk", "thuis"], "municipality": "geen"}, **HERE)
    page = parser.fromstring(client.get(OFFER).content)
    assert page.get_element_by_id("id_title").value == "Half"
    assert [each.get("value") for each in page.cssselect("input[name=themes][checked]")] == ["thuis", "werk"]
    act = key_in(sent(who={}))
    response = client.post(f"/bevestigen/{act}/plaatsen/", **HERE)
    assert "Je voorbeeld is bij ons" in text_of(client.get(response["Location"]))
    assert "Een speeltuin voor ieder kind" in text_of(client.get(f"{OFFER}mijn/"))


def test_half_a_draft_is_not_offered(client, ans):
    sign_in(client)
    client.post(f"{OFFER}bewaren/", {"title": "Een half voorbeeld"}, **HERE)
    act = PendingAct.objects.latest("pk")
    assert client.get(f"/bevestigen/{act.key}/").status_code == 200
    response = client.post(f"/bevestigen/{act.key}/plaatsen/", **HERE)
    assert "Vertel wat jullie deden." in text_of(response)
    assert not PracticeOffer.objects.exists()


def test_a_session_that_ended_brings_all_back(client, ans, answers):
    told = {**answers(themes=["werk", "thuis"]), "tab": "een-tabblad"}
    response = client.post(OFFER, told, **HERE)
    sign_in(client)
    back = client.get(
        re.sub(r"^.*next=", "", response["Location"]).replace("%2F", "/").replace("%3F", "?").replace("%3D", "=")
    )
    page = parser.fromstring(back.content)
    assert [each.get("value") for each in page.cssselect("input[name=themes][checked]")] == ["thuis", "werk"]
    assert page.get_element_by_id("id_text").value.strip() == "We begonnen op school."


def test_my_own_are_mine_alone(client, offered, person):
    offered()
    person("Bram")
    sign_in(client, "bram@voorbeeld.example")
    assert "Je bood nog geen voorbeeld aan." in text_of(client.get(f"{OFFER}mijn/"))


# One's own page


def test_it_is_changed_taken_back_and_put_back_with_the_key(client, offered, sent):
    made = offered()
    own = made.get_absolute_url()
    change = parser.fromstring(client.get(f"{own}veranderen/").content)
    assert change.get_element_by_id("id_happened").value == "oktober 2026"
    response = sent(f"{own}veranderen/", who={"seen": made.mark}, text="We begonnen thuis.")
    assert "We begonnen thuis." in text_of(client.get(response["Location"]))
    response = client.post(f"{own}intrekken/", **HERE)
    assert "Je trok dit in." in text_of(client.get(response["Location"]))
    response = client.post(f"{own}terugzetten/", **HERE)
    assert "Het team kijkt ernaar." in text_of(client.get(response["Location"]))


def test_two_tabs_lose_nothing(client, offered, sent):
    made = offered()
    address, seen = f"{made.get_absolute_url()}veranderen/", made.mark
    sent(address, who={"seen": seen}, cost="Veel geld.")
    response = sent(address, who={"seen": seen}, cost="Geen geld.")
    page = parser.fromstring(response.content)
    assert (response.status_code, page.get_element_by_id("id_cost").value.strip()) == (409, "Geen geld.")
    assert "Veel geld." in text_of(response)
    sent(address, who={"seen": page.cssselect("input[name=seen]")[0].value}, cost="Geen geld.")
    assert fresh(made).answers["cost"] == "Geen geld."


def test_what_the_team_asked_stands_above_the_answer(client, offered, carla, now):
    made = offered()
    desk.send_back(made.work, "Waar was het <precies>?", by=carla, now=now)
    for path in ("", "veranderen/"):
        assert "Waar was het <precies>?" in text_of(client.get(made.get_absolute_url() + path))


def test_what_was_decided_stands_there(client, published, offered, now):
    stands = text_of(client.get(published().get_absolute_url()))
    assert "Het staat op de site. Bekijk het op de site" in stands
    assert "Verander je tekst" not in stands
    other = offered(title="Iets anders")
    actions.refuse(other.work, reason="Dit is reclame.", number=1, now=now)
    page = text_of(client.get(other.get_absolute_url()))
    assert "Het team plaatste dit niet." in page
    assert "Dit is reclame." in page
    assert "Dit kun je niet meer veranderen." in text_of(client.get(f"{other.get_absolute_url()}veranderen/"))


def test_what_is_erased_is_said_to_be(client):
    response = client.get(f"{OFFER}er-is-niets/")
    assert response.status_code == 404
    assert "Dit voorbeeld is er niet meer." in text_of(response)


def test_opening_does_nothing_and_another_site_can_do_nothing(client, offered):
    made = offered()
    assert client.get(f"{made.get_absolute_url()}intrekken/").status_code == 405
    elsewhere = {"HTTP_SEC_FETCH_SITE": "cross-site"}
    assert client.post(f"{made.get_absolute_url()}intrekken/", **elsewhere).status_code == 403
    assert fresh(made).state == State.WAITING


# The team


def test_the_team_finds_it_reads_it_and_publishes_it(client, offered, carla):
    made = offered()
    sign_in(client, "carla@voorbeeld.example")
    assert "Kijk naar 1 tekst die wacht bij beheer" in text_of(client.get("/team/"))
    assert "Aangeboden door Ans op" in text_of(client.get("/beheer/"))
    page = text_of(client.get(f"/beheer/{made.work_id}/"))
    assert "Ans (ans@voorbeeld.example)" in page
    assert "Joost, 030 000 00 00" in page
    assert "Schrijf wie je naar dit voorbeeld kunt vragen." in page
    form = parser.fromstring(client.get(f"/beheer/{made.work_id}/bewerken/").content).cssselect("form[data-draft]")[0]
    fields = dict(form.form_values())
    assert fields["municipalities"].strip() == "Utrecht"
    fields |= {"summary": "Kinderen bedachten het.", "contact": "Team spelen, 14 030", "checked_on": "2026-11-20"}
    client.post(f"/beheer/{made.work_id}/bewerken/", fields, **HERE)
    work = Work.objects.get()
    client.post(f"/beheer/{work.pk}/publiceren/", {"when": "nu", "number": work.number})
    client.logout()
    store.clear()
    page = text_of(client.get(Article.objects.get().get_absolute_url()))
    assert "Team spelen, 14 030" in page
    assert "Joost" not in page
    assert "Ans" not in page


def test_the_team_refuses_with_a_reason(client, offered, carla):
    made = offered()
    sign_in(client, "carla@voorbeeld.example")
    assert client.get(f"/beheer/{made.work_id}/weggooien/")["Location"] == f"/beheer/{made.work_id}/weigeren/"
    address = f"/beheer/{made.work_id}/weigeren/"
    form = parser.fromstring(client.get(address).content).get_element_by_id("inhoud")
    assert [" ".join(each.text_content().split()) for each in form.cssselect("label")] == ["Waarom?"]
    assert "Schrijf waarom." in text_of(client.post(address, {"number": 1}))
    response = client.post(address, {"number": 1, "reason": "Dit is reclame."})
    assert "Dit voorbeeld plaatsen we niet." in text_of(client.get(response["Location"]))
    assert OutgoingMail.objects.latest("pk").template == "mail/library/refused.md"


def test_contacts_of_municipalities_and_others_do_not_see_it(client, offered, carla, bram, ans):
    made = offered()
    for who in ("bram", "ans"):
        sign_in(client, f"{who}@voorbeeld.example")
        for path in ("", "bewerken/", "weigeren/"):
            assert client.get(f"/beheer/{made.work_id}/{path}").status_code in (403, 404)
        client.logout()


def test_more_of_them_ask_no_more_queries(client, offered, carla, ans):
    sign_in(client, "carla@voorbeeld.example")

    def asked(address):
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    offered()
    one = asked("/beheer/")
    for number in range(3):
        offered(title=f"Voorbeeld {number}")
    assert asked("/beheer/") == one
    client.logout()
    sign_in(client)
    three = asked(f"{OFFER}mijn/")
    PracticeOffer.objects.exclude(pk=PracticeOffer.objects.first().pk).delete()
    assert asked(f"{OFFER}mijn/") == three


# The ways there


def test_the_ways_to_it(client, published, utrecht):
    stands = published()
    for address in ("/kennisbank/", "/kennisbank/?thema=crisis", stands.work.article.get_absolute_url()):
        assert f'href="{OFFER}"' in client.get(address).content.decode(), address
    for municipality in (utrecht.get_absolute_url(), "/gemeenten/almere/"):
        assert f'href="{OFFER}?gemeente=' in client.get(municipality).content.decode()


def test_no_text_takes_the_address_of_our_own_pages(client, published, carla, now):
    made = published(title="Aanbieden")
    assert made.work.article.slug == "aanbieden-2"
    with pytest.raises(desk.CannotDo, match="Kies een ander adres"):
        desk.rename(made.work, "woorden", now=now)

"""The page of who is introduced: opening does nothing, yes asks the code, later and no are taken back; no account."""

from datetime import timedelta

import pytest
from django.urls import reverse
from lxml import html as parser
from tests.people.test_privacy import everything_stored
from tests.signed_in import HERE, sign_in

from meedoen.coupling import actions as coupling_actions
from meedoen.coupling.introducing import actions, needs, reading
from meedoen.coupling.introducing.models import Coupling, CouplingMove, Party
from meedoen.coupling.introducing.rules import State
from meedoen.coupling.models import CouplingRequest
from meedoen.mail import actions as mail
from meedoen.mail.models import OutgoingMail
from meedoen.municipalities.models import Municipality, Succession
from meedoen.people.vault.models import Consent, Look, Sealed

from .conftest import code_to, mails_to, press

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]
NEED = "Ik mail liever dan dat ik bel."


def text_of(response) -> str:
    return " ".join(parser.fromstring(response.content).find(".//main").text_content().split())


def page(client, party, query=""):
    return client.get(f"{party.get_absolute_url()}{query}")


def say_yes(client, party, name):
    """Type the code of the mail in the page, as a visitor without script does."""
    (form,) = parser.fromstring(page(client, party).content).cssselect("main form:has(input[name=code])")
    return client.post(form.get("action"), {"code": code_to(name)}, **HERE)


def test_two_guests_meet_from_their_mails(client, coupling, party, state):
    first = text_of(page(client, party("Ans")))
    assert "Kennismaken met Bram van de gemeente Utrecht" in first
    assert "Utrecht test al jaren elk gebouw." in first
    assert "Wij testen elk gebouw met inwoners." in first
    assert "bram@voorbeeld.example" not in first
    answer = say_yes(client, party("Ans"), "Ans")
    assert answer["Location"] == f"{party('Ans').get_absolute_url()}?klaar=ja"
    told = text_of(client.get(answer["Location"]))
    assert "We wachten nog op antwoord. Tot dan krijgt niemand je e-mailadres." in told
    assert client.cookies == {}
    say_yes(client, party("Bram"), "Bram")
    assert state() == State.INTRODUCED
    assert mails_to("ans")[-1] == "Maak kennis met Bram van de gemeente Utrecht"
    met = text_of(page(client, party("Ans")))
    assert "Hoe je elkaar bereikt, staat in je mail." in met
    assert "bram@voorbeeld.example" not in met  # a link is passed on; the mail was theirs


def test_opening_does_nothing_and_a_mail_gateway_cannot_say_yes(client, coupling, party):
    before = list(Party.objects.values_list())
    for what in ("", "later/", "nee/", "nodig/", "code/", "terug/"):
        client.get(f"{party().get_absolute_url()}{what}")
    assert list(Party.objects.values_list()) == before
    (form,) = parser.fromstring(page(client, party()).content).cssselect("main form:has(input[name=code])")
    assert "Typ de 6 cijfers" in text_of(client.post(form.get("action"), {"code": ""}, **HERE))
    assert "klopt niet" in text_of(client.post(form.get("action"), {"code": "000000"}, **HERE))
    assert party().answer == ""


def test_nothing_can_be_changed_in_a_yes(client, coupling, party, now):
    act = reverse("people:act", args=[reading.code_of(party(), now=now).key])
    shown = client.get(act)
    assert "Zeggen jullie allebei ja? Dan krijgt de ander je naam en je e-mailadres." in text_of(shown)
    links = {link.get("href") for link in parser.fromstring(shown.content).cssselect("main a")}
    changing = reverse("people:change", args=[act.split("/")[2]])
    assert changing not in links
    assert client.get(changing).url == act


def test_when_the_code_ran_out_a_new_one_is_asked(client, coupling, party, at, now):
    at(now + timedelta(hours=2))
    text = text_of(page(client, party()))
    assert "Ja, mail mij een code" in text
    answer = press(client, party(), "code/")
    assert "We mailden je een code" in text_of(client.get(answer["Location"]))
    newest = OutgoingMail.objects.filter(to="ans@voorbeeld.example").latest("pk")
    assert "Je vroeg om een nieuwe code." in newest.text
    assert say_yes(client, party(), "Ans")["Location"].endswith("?klaar=ja")


def test_after_a_week_a_new_code_still_works(client, coupling, party, at, now):
    at(now + timedelta(days=20))
    press(client, party(), "code/")
    assert say_yes(client, party(), "Ans")["Location"].endswith("?klaar=ja")


def test_nobody_lets_codes_rain(client, coupling, party, at, now):
    for minutes in range(0, 12, 2):
        at(now + timedelta(minutes=minutes))
        answer = press(client, party(), "code/")
    assert answer.status_code == 409
    assert "vandaag al veel codes" in text_of(answer)


def test_later_asks_until_when(client, coupling, party):
    address = "later/"
    missing = press(client, party(), address)
    assert "Kies wanneer we het weer vragen." in text_of(missing)
    answer = press(client, party(), address, later="maand")
    told = text_of(client.get(answer["Location"]))
    assert "Je zei: later. Op maandag 28 december 2026 vragen we het weer." in told
    back = press(client, party(), "terug/")
    assert "Je kunt opnieuw kiezen" in text_of(client.get(back["Location"]))
    assert party().answer == ""


def test_no_keeps_its_reason_for_the_team(client, coupling, party):
    long = press(client, party(), "nee/", reason="x" * 1001)
    assert "Maak hem korter" in text_of(long)
    assert "x" * 1001 in long.content.decode()
    answer = press(client, party(), "nee/", reason="Te druk.")
    assert "Waarom, lezen zij niet." in text_of(client.get(answer["Location"]))
    assert CouplingMove.objects.get().words == "Te druk."
    assert "Te druk." not in text_of(page(client, party("Bram")))


def test_a_yes_after_a_no(client, coupling, party, at, now):
    say_yes(client, party("Bram"), "Bram")
    press(client, party(), "nee/")
    press(client, party(), "terug/")
    assert "Ja, mail mij een code" in text_of(page(client, party()))  # the code of before has had its time
    at(now + timedelta(minutes=2))
    press(client, party(), "code/")
    say_yes(client, party(), "Ans")
    assert Coupling.objects.get().state == State.INTRODUCED


def test_what_can_not_be_any_more_is_said_kindly(client, coupling, party, ask, carla, now, at):
    press(client, party("Bram"), "nee/")
    later = now + timedelta(minutes=11)
    at(later)
    actions.look_after(now=later)
    answer = press(client, party("Bram"), "terug/")
    assert (answer.status_code, "weet al dat het nu niet doorgaat" in text_of(answer)) == (409, True)
    actions.reopen(coupling, by=carla, now=later)
    coupling_actions.withdraw(ask, now=later)
    for name in ("Ans", "Bram"):
        text = text_of(page(client, party(name)))
        assert "Iemand stopte intussen." in text
        assert "Hoe kiezen we stembureaus?" not in text  # what is stopped is theirs again
    refused = press(client, party("Bram"), "later/", later="maand")
    assert (refused.status_code, "gaat nu niet door" in text_of(refused)) == (409, True)


def test_an_address_that_is_no_more(client, db):
    assert client.get("/koppelen/kennismaken/onbekend/").status_code == 404


def test_a_municipality_that_merges_meanwhile_has_its_present_name(client, coupling, party, utrecht, yes, now):
    new = Municipality.objects.create(code="GM9998", name="Nieuwstad", slug="nieuwstad", province=utrecht.province)
    Municipality.objects.filter(pk=utrecht.pk).update(is_current=False, ended_on=now.date())
    Succession.objects.create(effective_on=now.date(), old=utrecht, new=new, kind="merged", status="done")
    assert "Kennismaken met Bram van de gemeente Nieuwstad" in text_of(page(client, party("Ans")))
    for name in ("Ans", "Bram"):
        yes(name)
    assert mails_to("ans")[-1] == "Maak kennis met Bram van de gemeente Nieuwstad"


def test_the_page_asks_as_much_for_two_as_for_three(
    client, coupling, party, introduce, asked, person, django_assert_num_queries
):
    trio = introduce(*(asked(who=person(name), text=f"{name}.") for name in ("Fatima", "Gijs", "Hanna")))
    client.get(party().get_absolute_url())
    for each in (party(), trio.parties.first()):
        with django_assert_num_queries(4):
            client.get(each.get_absolute_url())


def test_one_finds_the_way_from_the_page_of_what_was_asked(client, coupling, party, ask):
    links = parser.fromstring(client.get(ask.get_absolute_url()).content).cssselect("main a")
    assert party().get_absolute_url() in {link.get("href") for link in links}


def test_who_is_signed_in_finds_it_all(
    client, coupling, party, ask, ans, introduce, asked, person, django_assert_num_queries
):
    assert client.get("/koppelen/mijn/").status_code == 302
    sign_in(client, "ans@voorbeeld.example")
    assert "/koppelen/mijn/" in client.get("/mijn/").content.decode()
    for count in (1, 3):
        while ans_in() < count:
            number = ans_in()
            introduce(asked(text=f"Vraag {number}."), asked(who=person(f"Y{number}"), text=f"Y{number}"))
        with django_assert_num_queries(6):
            page = client.get("/koppelen/mijn/")
    text = text_of(page)
    assert ("Vraag: Hoe kiezen we stembureaus?" in text, "van de gemeente Utrecht" in text) == (True, True)
    links = {link.get("href") for link in parser.fromstring(page.content).cssselect("main a")}
    assert links >= {party().get_absolute_url(), ask.get_absolute_url()}


def ans_in():
    return Party.objects.filter(person__name="Ans").count()


# What somebody needs


def test_a_need_is_in_the_vault_and_only_in_the_mail_that_leaves(client, coupling, party, yes, now, mailoutbox):
    refused = press(client, party("Ans"), "nodig/", need=NEED)
    assert "Zonder je toestemming bewaren we niets." in text_of(refused)
    assert NEED in refused.content.decode()
    assert not Sealed.objects.exists()
    press(client, party("Ans"), "nodig/", need=NEED, agrees="on")
    assert Consent.objects.get().wording.words == needs.CONSENT
    noted = OutgoingMail.objects.filter(to="ans@voorbeeld.example").latest("pk")
    assert noted.subject == "Er is iets aangevuld: kennismaken met Bram van de gemeente Utrecht"
    assert "/mijn/" in noted.text
    assert NEED not in noted.text
    assert NEED not in client.get(party("Ans").get_absolute_url()).content.decode()
    assert client.get(f"{party('Ans').get_absolute_url()}nodig/").status_code == 302  # by the link it is not read
    for name in ("Ans", "Bram"):
        yes(name)
    stored = OutgoingMail.objects.filter(to="bram@voorbeeld.example").latest("pk")
    assert NEED not in f"{stored.text}{stored.html}{stored.references}"
    mail.deliver(stored.pk, now=stored.due_at)
    assert f"Ans heeft nodig: {NEED}" in mailoutbox[-1].body
    assert Look.objects.get().receiver == "Bram van de gemeente Utrecht"
    assert NEED not in everything_stored()
    to_ans = OutgoingMail.objects.filter(to="ans@voorbeeld.example").latest("pk")
    assert "heeft nodig" not in to_ans.text


def test_a_need_is_gone_when_it_does_not_go_on(client, coupling, party, now):
    press(client, party("Ans"), "nodig/", need=NEED, agrees="on")
    press(client, party("Ans"), "nee/")
    assert Sealed.objects.kept().exists()  # a no is taken back
    actions.look_after(now=now + timedelta(minutes=10))
    assert not Sealed.objects.kept().exists()


def test_a_need_that_was_erased_before_the_mail_left(client, coupling, party, yes, mailoutbox):
    press(client, party("Ans"), "nodig/", need=NEED, agrees="on")
    for name in ("Ans", "Bram"):
        yes(name)
    needs.let_go(party("Ans"), now=OutgoingMail.objects.latest("pk").created_at)
    stored = OutgoingMail.objects.filter(to="bram@voorbeeld.example").latest("pk")
    mail.deliver(stored.pk, now=stored.due_at)
    assert (NEED in mailoutbox[-1].body, "(dit is gewist)" in mailoutbox[-1].body) == (False, True)


def test_who_has_only_the_link_reads_no_name_and_no_address(client, coupling, party, now):
    shown = page(client, party())
    assert reading.code_of(party(), now=now).key not in shown.content.decode()
    for code in ("", "12", "000000"):
        again = client.post(f"{party().get_absolute_url()}ja/", {"code": code}, **HERE)
        assert again.status_code == 200
        assert "ans@voorbeeld.example" not in again.content.decode()
        assert "Dit klopt nog niet" in text_of(again)


def test_what_the_other_asks_now_is_not_read_once_it_is_over(client, coupling, party, ask, carla, now):
    mine = party("Bram")
    assert "Hoe kiezen we stembureaus?" in client.get(mine.get_absolute_url()).content.decode()
    actions.call_off(coupling, reason="Toch niet.", by=carla, now=now)
    CouplingRequest.objects.filter(pk=ask.pk).update(text="Iets heel anders, voor een ander.")
    page = client.get(mine.get_absolute_url()).content.decode()
    assert "Iets heel anders" not in page
    assert "stembureaus" not in page

"""What somebody is writing: saved half, gone on with, never written over by another page, and back after signing in."""

import re
from datetime import timedelta

import pytest
from lxml import html as parser
from tests.conversation.test_pages import article, text_of
from tests.signed_in import newest_code, sign_in, type_code

from meedoen.conversation.models import Contribution
from meedoen.kernel import clock
from meedoen.people import actions as people
from meedoen.people.models import Address, PendingAct, Person

__all__ = ["article"]
pytestmark = pytest.mark.django_db

HERE = {"headers": {"sec-fetch-site": "same-origin"}}
SCRIPT = {"headers": {"sec-fetch-site": "same-origin", "accept": "application/json"}}
PAGE, SAVE = "/nieuws/bericht/", "/concepten/bewaren/"


def fields(client, path=PAGE) -> dict[str, str]:
    """The fields of the form to write in, as they stand on the page."""
    form = next(form for form in parser.fromstring(client.get(path).content).forms if "text" in form.fields)
    return dict(form.form_values())


@pytest.fixture
def me(client, ans, article):
    """Ans, signed in."""
    sign_in(client)
    return ans


def save(client, given, **how):
    return client.post(SAVE, given, **(how or SCRIPT)).json() if not how else client.post(SAVE, given, **how)


def drafts():
    return sorted(PendingAct.objects.exclude(state="done").values_list("payload__text", flat=True))


def test_a_visitors_page_knows_nothing_of_drafts(client, article):
    assert not {"about", "draft", "seen", "tab"} & set(fields(client))
    assert b"draft" not in client.get(PAGE).content


def test_what_is_typed_is_saved_and_saved_again_as_the_same_draft(client, me):
    given = fields(client)
    told = save(client, {**given, "text": "Wij doen"})
    assert re.fullmatch(r"Bewaard om \d\d\.\d\d uur\.", told["said"])
    again = save(client, {**given, "draft": told["draft"], "seen": told["seen"], "text": "Wij doen mee"})
    assert (again["draft"], again["isNews"], drafts()) == (told["draft"], False, ["Wij doen mee"])


def test_an_answer_that_got_lost_makes_no_second_draft_of_the_same_words(client, me):
    given = {**fields(client), "text": "Wij doen mee"}
    assert save(client, given)["draft"] == save(client, given)["draft"]


def test_the_page_shows_the_draft_again(client, me):
    save(client, {**fields(client), "text": "Wij doen", "hides_name": "on"})
    found = fields(client)
    assert (found["text"].strip(), found["hides_name"]) == ("Wij doen", "on")
    assert "Dit schreef je eerder." in text_of(client.get(PAGE))


def test_the_draft_of_another_is_not_shown_or_written_over(client, me):
    told = save(client, {**fields(client), "text": "Van Ans"})
    fatima = Address.objects.create(email="fatima@voorbeeld.example", verified_at=clock.now())
    Person.objects.create(address=fatima, name="Fatima", joined_at=clock.now())
    client.post("/uitloggen/")
    sign_in(client, "fatima@voorbeeld.example")
    given = fields(client)
    assert given["text"].strip() == ""
    save(client, {**given, "draft": told["draft"], "seen": told["seen"], "text": "Van Fatima"})
    assert drafts() == ["Van Ans", "Van Fatima"]


def test_two_pages_that_write_the_same_draft_keep_both(client, me):
    save(client, {**fields(client), "text": "Wij doen"})
    one, other = fields(client), fields(client)
    assert one["draft"] == other["draft"]
    first = save(client, {**one, "text": "Wij doen mee"})
    second = save(client, {**other, "text": "Wij doen niet mee"})
    assert "We bewaren ze allebei." in second["said"]
    assert (first["isNews"], second["isNews"]) == (False, True)
    third = save(client, {**other, "draft": second["draft"], "seen": second["seen"], "text": "Wij doen ooit mee"})
    assert third["draft"] == second["draft"]
    assert drafts() == ["Wij doen mee", "Wij doen ooit mee"]
    checked = client.post(f"{PAGE}reageren/", {**one, "text": "Wij doen heel erg mee"}, **HERE).url
    assert checked == f"/bevestigen/{first['draft']}/"
    stale = client.post(
        f"{PAGE}reageren/", {**fields(client), "draft": first["draft"], "seen": "toen", "text": "Ik"}, **HERE
    )
    assert "Je tekst is ook ergens anders veranderd" in text_of(client.get(stale.url))
    assert drafts() == ["Ik", "Wij doen heel erg mee", "Wij doen ooit mee"]


def test_without_script_a_button_saves_and_leads_to_the_draft(client, me):
    page = client.post(SAVE, {**fields(client), "text": "Wij doen"}, **HERE).url
    assert "Je tekst is bewaard" in text_of(client.get(page))
    given = fields(client, page)
    again = client.post(
        page.replace("aanpassen/?bewaard=ja", "bewaren/"), {**given, "text": "Wij doen mee"}, **HERE
    ).url
    assert again == page
    assert drafts() == ["Wij doen mee"]


def test_nothing_typed_is_nothing_to_save(client, me):
    given = fields(client)
    assert save(client, {**given, "text": "  \n "}) == {}
    page = client.post(SAVE, {**given, "text": ""}, **HERE)
    assert "Schrijf eerst je bericht." in text_of(page)
    assert drafts() == []


def test_a_draft_is_placed_once_and_then_gone_from_the_page(client, me):
    told = save(client, {**fields(client), "text": "Wij doen mee"})
    act = client.post(f"{PAGE}reageren/", {**fields(client), "text": "Wij doen mee!"}, **HERE).url
    assert act == f"/bevestigen/{told['draft']}/"
    client.post(f"{act}plaatsen/", **HERE)
    assert list(Contribution.objects.values_list("text", flat=True)) == ["Wij doen mee!"]
    assert fields(client)["text"].strip() == ""
    assert "Concepten" not in text_of(client.get("/mijn/"))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("x" * 10_001, "Maak hem korter."),
        (" " * 3, "Schrijf eerst je bericht."),
        ("http://a.example " * 9, "reclame van een robot"),
    ],
)
def test_what_the_form_would_refuse_is_not_placed_by_way_of_a_draft(client, me, text, problem):
    told = save(client, {**fields(client), "text": "Begin"})
    act = f"/bevestigen/{told['draft']}/"
    client.post(f"{act}bewaren/", {"text": text, "tab": fields(client)["tab"], "seen": told["seen"]}, **SCRIPT)
    assert PendingAct.objects.get().payload["text"] == text
    assert problem in text_of(client.post(f"{act}plaatsen/", **HERE))
    assert not Contribution.objects.exists()


def test_drafts_stand_on_ones_own_page_and_can_be_thrown_away_and_put_back(client, me):
    told = save(client, {**fields(client), "text": "Wij doen mee"})
    mine = text_of(client.get("/mijn/"))
    for said in ("Concepten", "Wij doen mee", "Over: Een bericht", "gooien we het weg"):
        assert said in mine
    act = f"/bevestigen/{told['draft']}/"
    client.post(f"{act}weggooien/", **HERE)
    assert "Concepten" not in text_of(client.get("/mijn/"))
    assert fields(client)["text"].strip() == ""
    client.post(f"{act}terughalen/", **HERE)
    assert "Concepten" in text_of(client.get("/mijn/"))


def test_who_writes_on_in_a_draft_thrown_away_elsewhere_loses_nothing(client, me):
    given = fields(client)
    told = save(client, {**given, "text": "Wij doen"})
    client.post(f"/bevestigen/{told['draft']}/weggooien/", **HERE)
    again = save(client, {**given, "draft": told["draft"], "seen": told["seen"], "text": "Wij doen mee"})
    assert again["draft"] != told["draft"]


def test_seven_days_after_the_last_change_a_draft_is_gone(client, me):
    save(client, {**fields(client), "text": "Wij doen"})
    changed = PendingAct.objects.get().changed_at
    people.erase_old(now=changed + timedelta(days=7, seconds=-1))
    assert PendingAct.objects.exists()
    people.erase_old(now=changed + timedelta(days=7))
    assert not PendingAct.objects.exists()


def test_a_form_of_nothing_that_we_said_is_refused(client, me):
    given = fields(client)
    for about in ("", "onzin", given["about"][:-2]):
        assert client.post(SAVE, {**given, "about": about, "text": "x"}, **SCRIPT).status_code == 400
    assert client.post(SAVE, {**given, "text": "x"}, headers={"sec-fetch-site": "cross-site"}).status_code == 403


# The session ended meanwhile --------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [SAVE, f"{PAGE}reageren/"])
def test_a_session_that_ended_leads_through_signing_in_to_the_filled_form(client, me, address):
    given = fields(client)
    client.cookies.clear()
    asked = client.post(address, {**given, "text": "Wij **doen** mee", "hides_name": "on"}, **HERE).url
    page = client.get(asked)
    assert "Wat je typte, is bewaard." in text_of(page)
    then = parser.fromstring(page.content).xpath("//input[@name='next']/@value")[0]
    client.post("/inloggen/", {"email": "ans@voorbeeld.example", "next": then}, **HERE)
    back = type_code(client, newest_code()).url
    assert back == then
    found = fields(client, back)
    assert (found["text"].strip(), found["hides_name"]) == ("Wij **doen** mee", "on")
    act = client.post(f"{PAGE}reageren/", found, **HERE).url
    client.post(f"{act}plaatsen/", **HERE)
    assert Contribution.objects.get().text.strip() == "Wij **doen** mee"


def test_the_script_is_told_that_the_session_ended(client, me):
    given = fields(client)
    client.cookies.clear()
    answer = client.post(SAVE, {**given, "text": "Wij"}, **SCRIPT)
    assert (answer.status_code, answer.json()["isNews"]) == (401, True)
    assert "Je bent niet meer ingelogd." in answer.json()["said"]
    assert not PendingAct.objects.exists()


def test_what_was_kept_has_no_page_of_an_act_and_goes_after_a_while(client, me):
    given = fields(client)
    client.cookies.clear()
    client.post(SAVE, {**given, "text": "Wij"}, **HERE)
    kept = PendingAct.objects.get()
    assert client.get(f"/bevestigen/{kept.key}/", follow=True).status_code == 404
    people.erase_old(now=kept.expires_at)
    sign_in(client)
    assert client.get(f"/concepten/verder/?ingevuld={kept.key}").status_code == 404


def test_the_profile_comes_back_filled_too(client, me):
    client.cookies.clear()
    typed = {"name": "Ans B.", "role": "ervaringsdeskundige", "municipality": "", "about": "Ik doe mee."}
    asked = client.post("/mijn/profiel/", typed, **HERE).url
    then = parser.fromstring(client.get(asked).content).xpath("//input[@name='next']/@value")[0]
    client.post("/inloggen/", {"email": "ans@voorbeeld.example", "next": then}, **HERE)
    page = client.get(type_code(client, newest_code()).url)
    assert "Hier staat weer wat je typte" in text_of(page)
    form = next(form for form in parser.fromstring(page.content).forms if "about" in form.fields)
    assert {name: form.fields[name] for name in typed} == typed
    assert Person.objects.get(name="Ans").about == ""


def test_a_profile_from_elsewhere_is_refused(client, me):
    strict = client.__class__(enforce_csrf_checks=True)
    assert strict.post("/mijn/profiel/", {"name": "X"}, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    sign_in(strict)
    assert strict.post("/mijn/profiel/", {"name": "X"}, **HERE).status_code == 403

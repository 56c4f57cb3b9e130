"""What somebody is asking: saved half, gone on with, never written over by another page, and back after signing in."""

import pytest
from lxml import html as parser
from tests.forum.test_forum_pages import GUEST, QUESTION, text_of
from tests.signed_in import HERE, newest_code, sign_in, type_code

from meedoen.conversation.models import Contribution
from meedoen.forum.acts import MEMBER_ASK
from meedoen.forum.models import Topic
from meedoen.people.models import PendingAct

ASK, SAVE = "/forum/vraag/", "/forum/vraag/bewaren/"
SCRIPT = {**HERE, "HTTP_ACCEPT": "application/json"}
HALF = {"kind": "ervaring", "category": "", "title": "", "text": "Wij hebben nu"}


def fields(client, path=ASK) -> dict[str, str]:
    """The fields of the form to ask in, as they stand on the page."""
    form = next(form for form in parser.fromstring(client.get(path).content).forms if "text" in form.fields)
    return dict(form.form_values())


@pytest.fixture
def me(client, ans):
    """Ans, signed in."""
    sign_in(client)
    return ans


def save(client, given):
    return client.post(SAVE, given, **SCRIPT).json()


def drafts():
    found = PendingAct.objects.filter(kind=MEMBER_ASK).exclude(state="done")
    return sorted((act.payload["title"], act.payload["text"].strip()) for act in found)


def test_a_visitors_page_knows_nothing_of_drafts(client, db):
    assert not {"draft", "seen", "tab"} & set(fields(client))
    assert b"data-draft" not in client.get(ASK).content


def test_half_a_question_is_saved_and_stands_in_the_form_again(client, me):
    told = save(client, {**fields(client), **HALF})
    assert told["said"].startswith("Bewaard om ")
    again = save(client, {**fields(client), **HALF, "title": "Wat nu?"})
    assert (again["draft"], drafts()) == (told["draft"], [("Wat nu?", HALF["text"])])
    assert "Dit schreef je eerder." in text_of(client.get(ASK))
    found = fields(client)
    assert (found["kind"], found["category"], found["title"]) == ("ervaring", "", "Wat nu?")
    assert "Wat nu?" in text_of(client.get("/mijn/"))


def test_nothing_typed_is_nothing_to_save(client, me):
    assert save(client, {**fields(client), "kind": "oproep", "category": "werk"}) == {}
    assert "Schrijf in één zin waar het over gaat." in text_of(client.post(SAVE, {"text": " "}, **HERE))
    assert drafts() == []


def test_without_script_a_button_saves_and_leads_to_the_draft(client, me):
    page = client.post(SAVE, {**fields(client), **HALF}, **HERE).url
    assert "Je tekst is bewaard" in text_of(client.get(page))
    given = {**fields(client, page), "title": "Wat nu?"}
    client.post(page.replace("aanpassen/?bewaard=ja", "bewaren/"), given, **HERE)
    assert drafts() == [("Wat nu?", HALF["text"])]


def test_another_question_can_be_begun_beside_it(client, me):
    save(client, {**fields(client), **HALF})
    page = client.get(ASK)
    (new,) = parser.fromstring(page.content).xpath("//main//a[contains(., 'Begin een ander bericht')]/@href")
    empty = fields(client, new)
    assert (empty["text"].strip(), empty.get("title") or "", empty.get("draft") or "") == ("", "", "")
    save(client, {**empty, **QUESTION})
    assert len(drafts()) == 2


def test_two_pages_that_write_the_same_draft_keep_both(client, me):
    save(client, {**fields(client), **HALF})
    one, other = fields(client), fields(client)
    save(client, {**one, "title": "Een hek?"})
    told = save(client, {**other, "title": "Geen hek?"})
    assert "We bewaren ze allebei." in told["said"]
    assert [title for title, _text in drafts()] == ["Een hek?", "Geen hek?"]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"kind": ""}, "Kies wat je wilt plaatsen."),
        ({"kind": "onzin"}, "Kies wat je wilt plaatsen."),
        ({"kind": "mededeling"}, "Alleen het team plaatst mededelingen."),
        ({"category": ""}, "Kies waar het over gaat."),
        ({"category": "onzin"}, "Kies waar het over gaat."),
        ({"title": ""}, "Schrijf in één zin waar het over gaat."),
        ({"title": "x" * 121}, "Je zin is 121 tekens lang."),
        ({"text": " "}, "Schrijf eerst je bericht."),
        ({"text": "http://a.example " * 9}, "reclame van een robot"),
    ],
)
def test_what_the_form_would_refuse_is_not_placed_by_way_of_a_draft(client, me, changed, told):
    given = {**QUESTION, **changed}
    act = f"/bevestigen/{save(client, {**fields(client), **given})['draft']}/"
    assert client.get(act).status_code == client.get(f"{act}weggooien/").status_code == 200
    assert told in text_of(client.post(f"{act}plaatsen/", **HERE))
    assert not Topic.objects.exists()
    kept = PendingAct.objects.get().payload
    assert {name: kept[name] for name in given} == given
    right = {**fields(client, f"{act}aanpassen/"), **QUESTION}
    assert client.post(f"{act}aanpassen/", right, **HERE).url == act
    client.post(f"{act}plaatsen/", **HERE)
    assert Topic.objects.get().title == QUESTION["title"]


def test_a_field_that_was_not_sent_is_an_empty_one(client, me):
    told = client.post(SAVE, {"text": "Alleen dit."}, **SCRIPT).json()
    page = text_of(client.get(f"/bevestigen/{told['draft']}/"))
    assert "Je koos nog niet wat het is: je koos nog niet waar het over gaat" in page


def test_it_is_placed_once_and_then_gone_from_the_form(client, me):
    told = save(client, {**fields(client), **QUESTION})
    act = client.post(ASK, fields(client), **HERE).url
    assert act == f"/bevestigen/{told['draft']}/"
    for _press in range(2):
        client.post(f"{act}plaatsen/", **HERE)
    assert Contribution.objects.get().text.strip() == QUESTION["text"]
    assert fields(client)["text"].strip() == ""
    assert "Concepten" not in text_of(client.get("/mijn/"))


@pytest.mark.parametrize("address", [ASK, SAVE])
def test_a_session_that_ended_leads_through_signing_in_to_the_filled_form(client, me, address):
    told = save(client, {**fields(client), **HALF})
    given = {**fields(client), **QUESTION, "hides_name": "on"}
    client.cookies.clear()
    asked = client.post(address, given, **HERE).url
    page = client.get(asked)
    assert "Wat je typte, is bewaard." in text_of(page)
    then = parser.fromstring(page.content).xpath("//input[@name='next']/@value")[0]
    client.post("/inloggen/", {"email": "ans@voorbeeld.example", "next": then}, **HERE)
    back = type_code(client, newest_code()).url
    assert "Hier staat je tekst weer" in text_of(client.get(back))
    found = fields(client, back)
    assert {name: found[name].strip() for name in QUESTION} == QUESTION
    assert (found["hides_name"], found["draft"]) == ("on", told["draft"])
    act = client.post(ASK, found, **HERE).url
    client.post(f"{act}plaatsen/", **HERE)
    assert Topic.objects.get().title == QUESTION["title"]
    assert drafts() == []


def test_the_script_is_told_that_the_session_ended(client, me):
    given = {**fields(client), **HALF}
    client.cookies.clear()
    answer = client.post(SAVE, given, **SCRIPT)
    assert (answer.status_code, answer.json()["isNews"]) == (401, True)
    assert not PendingAct.objects.exists()


def test_nobody_elses_site_saves_a_draft(client, me):
    given = {**fields(client), **HALF}
    assert client.post(SAVE, given, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403


def test_a_guest_who_presses_twice_asks_once(client, db):
    one, other = (client.post(ASK, {**QUESTION, **GUEST}, **HERE).url for _press in range(2))
    assert one == other
    client.post(f"{one}versturen/", **HERE)
    code = newest_code()
    for _press in range(2):
        client.post(f"{one}code/", {"code": code}, **HERE)
    assert client.post(ASK, {**QUESTION, **GUEST}, **HERE).url == one
    assert Topic.objects.count() == 1

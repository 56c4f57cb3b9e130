"""A visitor reacts to an article: the whole way through the pages and the mail, and what others see of it."""

import datetime
import re

import pytest
from lxml import html as parser
from tests.conversation.conftest import approve, standing
from tests.outbox import code_in
from tests.signed_in import sign_in, sign_in_by_code

from meedoen.conversation import actions
from meedoen.conversation.models import Contribution, Thread
from meedoen.conversation.quiet import actions as quiet
from meedoen.conversation.rules import State
from meedoen.kernel import clock
from meedoen.library.models import Article
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import Address, PendingAct, Person

HERE = {"headers": {"sec-fetch-site": "same-origin"}}
SENT = {"text": "Mooi, dit ga ik **doen**.", "name": "Elif", "email": "elif@voorbeeld.example"}


@pytest.fixture
def article(db):
    day = datetime.date(2026, 11, 20)
    return Article.objects.create(
        slug="bericht",
        title="Een bericht",
        summary="Kort.",
        body="Tekst.",
        dated_on=day,
        written_on=day,
        published_at=datetime.datetime(2026, 11, 20, 12, 0, tzinfo=datetime.UTC),
    )


@pytest.fixture
def send(client, article):
    """A function that sends a reaction, as a browser on our page does."""

    def post(**changes):
        return client.post("/nieuws/bericht/reageren/", {**SENT, **changes}, **HERE)

    return post


def text_of(response) -> str:
    return " ".join(parser.fromstring(response.content).find(".//main").text_content().split())


def code_mailed() -> str:
    return code_in(OutgoingMail.objects.filter(template="mail/people/code.md").latest("pk"))


def react(client, send, **changes) -> Contribution:
    """The whole way; the contribution as it is then."""
    page = send(**changes).url
    client.post(f"{page}versturen/", **HERE)
    own = client.post(f"{page}code/", {"code": code_mailed()}, **HERE).url
    return Contribution.objects.get(key=own.split("/")[2])


def test_a_reaction_from_box_to_page(client, send):
    sent = send()
    assert sent.status_code == 302
    check = client.get(sent.url)
    assert "Mooi, dit ga ik <strong>doen</strong>." in check.content.decode()
    assert not OutgoingMail.objects.exists()
    client.post(f"{sent.url}versturen/", **HERE)
    assert "De mail ging naar elif@voorbeeld.example" in text_of(client.get(sent.url))
    done = client.post(f"{sent.url}code/", {"code": code_mailed()}, **HERE)
    assert "Je bericht is bij ons" in text_of(client.get(done.url))
    assert "Mooi, dit" not in client.get("/nieuws/bericht/").content.decode()

    approve(Contribution.objects.get(), now=clock.now())
    assert "Je bericht staat op de site" in text_of(client.get(done.url))
    page = text_of(client.get("/nieuws/bericht/"))
    assert "1 reactie 1. Elif" in page
    assert "Mooi, dit ga ik doen." in page
    assert client.cookies == {}


def test_the_second_reaction_stands_at_once(client, send):
    approve(react(client, send), now=clock.now())
    assert react(client, send, text="En nog iets.").state == State.SHOWN
    assert "2. Elif" in text_of(client.get("/nieuws/bericht/"))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": " \n "}, "Schrijf eerst je bericht."),
        ({"text": "x" * 10_001}, "Je tekst is 10001 tekens lang. Er passen er 10000 in."),
        ({"name": ""}, "Vul je naam in."),
        ({"name": "http://win.example"}, "Vul hier alleen je naam in"),
        ({"name": "..."}, "In je naam staat geen letter."),
        ({"email": "elif"}, "Dit is geen e-mailadres."),
        ({"email": "a@b.nl\r\nBcc: c@d.nl"}, "Dit is geen e-mailadres."),
    ],
)
def test_what_is_wrong_is_told_and_everything_typed_stays(client, send, changes, words):
    response = send(**changes)
    typed = {**SENT, **changes}
    assert words in text_of(response)
    [form] = parser.fromstring(response.content).cssselect("main form")
    shown = dict(form.fields)
    assert {name: " ".join((shown[name] or "").split()) for name in SENT} == {
        name: " ".join(typed[name].split()) for name in SENT
    }
    assert not PendingAct.objects.exists()


def test_a_post_from_another_site_is_refused(client, article):
    response = client.post("/nieuws/bericht/reageren/", SENT, headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 403
    assert not PendingAct.objects.exists()


def test_whoever_comes_without_a_reaction_is_led_to_the_box(client, article):
    assert client.get("/nieuws/bericht/reageren/").url == "/nieuws/bericht/#reageren"
    assert client.get("/nieuws/onzin/reageren/").status_code == 404


def test_a_wrong_code_leaves_the_text(client, send):
    page = send().url
    client.post(f"{page}versturen/", **HERE)
    wrong = f"{(int(code_mailed()) + 1) % 1_000_000:06}"
    answer = client.post(f"{page}code/", {"code": wrong}, **HERE)
    assert "Deze code klopt niet" in text_of(answer)
    assert "Mooi, dit ga ik doen." in text_of(answer)
    assert not Contribution.objects.exists()


def test_a_second_press_within_a_minute_says_that_no_new_mail_went(client, send):
    page = send().url
    assert "We stuurden je een mail met een code" in text_of(client.post(f"{page}versturen/", follow=True, **HERE))
    again = text_of(client.post(f"{page}versturen/", follow=True, **HERE))
    assert "We stuurden je net al een code" in again
    assert "Er ging nu geen nieuwe mail weg." in again
    assert "kun je een nieuwe code vragen. Je tekst is bewaard." in again
    assert "We stuurden je een mail met een code" not in again


def test_back_reload_and_a_second_tab_post_it_once(client, send):
    page = send().url
    assert send().url == page
    client.post(f"{page}versturen/", **HERE)
    code = code_mailed()
    for _time in range(3):
        client.post(f"{page}code/", {"code": code}, **HERE)
    assert send().url == page
    assert Contribution.objects.count() == 1


def test_who_knows_only_the_first_address_cannot_change_what_was_confirmed(client, send):
    page = send().url
    client.post(f"{page}versturen/", **HERE)
    own = client.post(f"{page}code/", {"code": code_mailed()}, **HERE).url
    key = own.split("/")[2]
    for address in (page, f"{page}aanpassen/", f"{page}weggooien/"):
        assert key not in client.get(address, follow=True).content.decode()
    assert client.post(f"{page}code/", {"code": "123456"}, **HERE).url == page


def test_a_robot_that_opens_and_submits_everything_in_the_mail_changes_nothing_for_good(client, send):
    page = send().url
    client.post(f"{page}versturen/", **HERE)
    for address in ("", "aanpassen/", "weggooien/"):
        client.get(page + address)
    for address in ("versturen/", "weggooien/", "code/"):
        client.post(page + address, {"code": ""}, **HERE)
    client.post(f"{page}terughalen/", **HERE)
    assert "Mooi, dit ga ik doen." in text_of(client.get(page))
    assert not Contribution.objects.exists()


def test_the_text_can_be_changed_before_it_is_sent(client, send):
    page = send().url
    form = client.get(f"{page}aanpassen/").content.decode()
    assert "Mooi, dit ga ik **doen**." in form
    client.post(f"{page}aanpassen/", {**SENT, "text": "Anders."}, **HERE)
    assert "Anders." in text_of(client.get(page))
    assert "Schrijf eerst je bericht" in text_of(client.post(f"{page}aanpassen/", {**SENT, "text": ""}, **HERE))
    client.post(f"{page}versturen/", **HERE)
    client.post(f"{page}code/", {"code": code_mailed()}, **HERE)
    assert Contribution.objects.get().text == "Anders."


def test_thrown_away_and_taken_back(client, send):
    page = send().url
    assert "Je tekst weggooien?" in text_of(client.get(f"{page}weggooien/"))
    client.post(f"{page}weggooien/", **HERE)
    assert "Het is weg" in text_of(client.get(page))
    client.post(f"{page}terughalen/", **HERE)
    assert "Mooi, dit ga ik doen." in text_of(client.get(page))


def test_a_reaction_is_changed_with_a_code_of_its_own(client, send):
    one = approve(react(client, send), now=clock.now())
    Contribution.objects.update(created_at=clock.now() - datetime.timedelta(hours=1))
    page = client.post(f"/bericht/{one.key}/veranderen/", {"text": "Beter gezegd."}, **HERE).url
    assert Contribution.objects.get().text == SENT["text"]
    client.post(f"{page}versturen/", **HERE)
    client.post(f"{page}code/", {"code": code_mailed()}, **HERE)
    article = client.get("/nieuws/bericht/")
    assert "Beter gezegd." in text_of(article)
    history = text_of(client.get(f"/reacties/{one.pk}/eerder/"))
    assert history.index("Mooi, dit ga ik doen.") < history.index("Beter gezegd.")


def test_a_reaction_is_taken_away_and_put_back_by_a_press(client, send):
    one = approve(react(client, send), now=clock.now())
    own = f"/bericht/{one.key}/"
    assert client.get(f"{own}weghalen/").status_code == 405
    client.post(f"{own}weghalen/", **HERE)
    page = text_of(client.get("/nieuws/bericht/"))
    assert "0 reacties 1. De schrijver haalde dit bericht weg." in page
    assert "Mooi, dit" not in page
    assert "Elif" not in page
    client.post(f"{own}terugzetten/", **HERE)
    assert "1. Elif" in text_of(client.get("/nieuws/bericht/"))


def test_what_is_out_of_sight_is_taken_away_by_a_press_too(client, send):
    one = approve(react(client, send), now=clock.now())
    actions.edit(one, text="Koop nu pillen.", now=clock.now(), looks_like_spam=True)
    own = f"/bericht/{one.key}/"
    page = text_of(client.get(own))
    assert "Dit bericht is tijdelijk niet te zien. Het team kijkt ernaar." in page
    assert "Verander mijn bericht" not in page
    client.post(f"{own}weghalen/", **HERE)
    assert "Je haalde dit bericht weg." in text_of(client.get(own))
    client.post(f"{own}terugzetten/", **HERE)
    assert Contribution.objects.get().state == "hidden"


def test_who_cannot_put_back_now_reads_why_in_the_place_of_the_button(client, send):
    one = approve(react(client, send), now=clock.now())
    own = f"/bericht/{one.key}/"
    client.post(f"{own}weghalen/", **HERE)
    quiet.begin(notice="Vakantie.", last_day=clock.local_date(clock.now()), by=None, now=clock.now())
    page = text_of(client.get(own))
    assert "Nu schrijft alleen ons team. Dit duurt tot en met" in page
    assert "Zet mijn bericht terug" not in page
    client.post(f"{own}terugzetten/", **HERE)
    assert Contribution.objects.get().state == "retracted"
    quiet.end(by=None, now=clock.now())
    assert "Zet mijn bericht terug" in text_of(client.get(own))


def test_a_hidden_name_stands_nowhere(client, send):
    one = approve(react(client, send, hides_name="on", name="Geheimenaam"), now=clock.now())
    Contribution.objects.update(created_at=clock.now() - datetime.timedelta(hours=1))
    actions.edit(one, text="Beter.", now=clock.now())
    for address in ("/nieuws/bericht/", f"/reacties/{one.pk}/eerder/", "/"):
        assert "Geheimenaam" not in client.get(address).content.decode()
    assert "Naam bekend bij het team" in text_of(client.get("/nieuws/bericht/"))


@pytest.mark.parametrize("state", [State.WAITING, State.HIDDEN, State.REMOVED, State.RETRACTED])
def test_what_is_not_shown_has_no_history_to_read(client, send, state):
    one = react(client, send)
    Contribution.objects.update(**standing(state), number=1, shown_at=clock.now())
    assert client.get(f"/reacties/{one.pk}/eerder/").status_code == 404


@pytest.mark.parametrize("count", [1, 3, 300])
def test_an_article_asks_as_much_whatever_is_said_below_it(client, article, count, django_assert_max_num_queries):
    now = clock.now()
    thread = Thread.objects.about("article", str(article.pk), title="Een bericht", url="/nieuws/bericht/", now=now)
    ans = react_as(now)
    Contribution.objects.bulk_create(
        Contribution(
            thread=thread, person=ans, text=f"Reactie nummer {number}.", number=number, state=State.SHOWN,
            created_at=now, shown_at=now,
        )
        for number in range(1, count + 1)
    )  # fmt: skip
    actions.recount(thread, now=now)
    with django_assert_max_num_queries(12):
        page = client.get("/nieuws/bericht/")
    shown = re.findall(r"Reactie nummer (\d+)\.", page.content.decode())
    assert [int(number) for number in shown] == list(range(1, min(count, 20) + 1))
    links = parser.fromstring(page.content).cssselect('nav[aria-label="Meer bladzijden"] a')
    assert [each.text_content().split()[-1] for each in links] == (
        ["1", "2", "3", "15", "bladzijde"] if count == 300 else []
    )
    if links:
        last = client.get(links[-2].get("href").partition("#")[0])
        assert re.findall(r"Reactie nummer (\d+)\.", last.content.decode())[-1] == "300"


@pytest.mark.parametrize("count", [1, 3, 300])
def test_who_is_signed_in_asks_as_much_whatever_is_said_below_it(
    client, article, ans, count, django_assert_max_num_queries
):
    now = clock.now()
    thread = Thread.objects.about("article", str(article.pk), title="Een bericht", url="/nieuws/bericht/", now=now)
    Contribution.objects.bulk_create(
        Contribution(
            thread=thread, person=ans, text=f"Reactie nummer {number}.", number=number, state=State.SHOWN,
            created_at=now, shown_at=now,
        )
        for number in range(1, count + 1)
    )  # fmt: skip
    actions.recount(thread, now=now)
    sign_in(client)
    with django_assert_max_num_queries(14):
        page = client.get("/nieuws/bericht/")
    assert "Reactie nummer 1." in page.content.decode()


def react_as(now) -> Person:
    return Person.objects.create(address=Address.objects.of("ans@voorbeeld.example"), name="Ans", joined_at=now)


def test_who_is_signed_in_needs_no_code(client, article, ans):
    sign_in(client)
    page = client.get("/nieuws/bericht/")
    assert [
        field.get("name") for field in parser.fromstring(page.content).cssselect("main form .mee-field [name]")
    ] == [
        "text",
        "hides_name",
        "mail_me",
    ]
    check = client.post("/nieuws/bericht/reageren/", {"text": "Van mij."}, **HERE).url
    own = client.post(f"{check}plaatsen/", **HERE)
    assert "Je bericht is bij ons" in text_of(client.get(own.url))
    assert Contribution.objects.get().person == ans


@pytest.mark.parametrize("is_trusted", [True, False])
def test_who_is_signed_in_is_mailed_nothing_about_what_stands_at_once(client, article, ans, is_trusted):
    Address.objects.filter(pk=ans.address_id).update(trusted_at=clock.now() if is_trusted else None)
    sign_in(client)
    check = client.post("/nieuws/bericht/reageren/", {"text": "Van mij."}, **HERE).url
    own = client.post(f"{check}plaatsen/", **HERE).url
    mails = OutgoingMail.objects.filter(template="mail/conversation/contributed.md")
    assert mails.count() == (0 if is_trusted else 1)
    assert own in client.get("/mijn/").content.decode()


def test_a_session_that_ended_meanwhile_loses_nothing(client, article, ans):
    sign_in(client)
    check = client.post("/nieuws/bericht/reageren/", {"text": "Van mij."}, **HERE).url
    client.cookies.clear()
    assert client.post(f"{check}plaatsen/", **HERE).url == check
    assert not Contribution.objects.exists()
    page = client.get(check)
    assert "Je bent niet meer ingelogd. Je tekst is bewaard." in text_of(page)
    sign_in_by_code(client, next=check)
    client.post(f"{check}plaatsen/", **HERE)
    assert Contribution.objects.get().text == "Van mij."


def test_nobody_can_place_what_another_wrote(client, article, ans):
    sign_in(client)
    check = client.post("/nieuws/bericht/reageren/", {"text": "Van mij."}, **HERE).url
    client.cookies.clear()
    fatima = Address.objects.create(email="fatima@voorbeeld.example", verified_at=clock.now())
    Person.objects.create(address=fatima, name="Fatima", joined_at=clock.now())
    sign_in(client, "fatima@voorbeeld.example")
    client.post(f"{check}plaatsen/", **HERE)
    assert not Contribution.objects.exists()


def test_a_robot_that_fills_in_what_people_cannot_see_is_not_kept_and_is_told_how_to_go_on(client, send):
    response = send(website="https://win.example")
    assert response.status_code == 422
    assert "Je tekst lijkt op reclame van een robot" in text_of(response)
    assert SENT["text"] in response.content.decode()
    assert not PendingAct.objects.exists()


def test_what_may_be_somebodys_data_is_warned_for_and_not_blocked(client, send):
    page = send(text="Bel me op 06 12345678.").url
    assert "In je tekst staat een telefoonnummer: 06 12345678." in text_of(client.get(page))

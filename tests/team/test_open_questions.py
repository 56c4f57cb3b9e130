"""Questions that wait three days: up to three municipalities that know the theme and the team hear of them, once."""

from datetime import timedelta

import pytest
from lxml import html as parser
from tests.conversation.conftest import DAY, HOUR, MINUTE, NOW
from tests.forum.conftest import answer as answer
from tests.forum.conftest import begin as begin
from tests.people.standing.conftest import carla as carla
from tests.people.standing.conftest import municipality, person
from tests.signed_in import HERE, sign_in

from meedoen.conversation import actions as conversation
from meedoen.conversation.quiet import actions as quiet
from meedoen.forum.asking import actions, rules
from meedoen.forum.asking.models import Asked, Knowledge
from meedoen.forum.asking.rules import Answer
from meedoen.forum.models import Topic
from meedoen.forum.views import lists
from meedoen.kernel import clock
from meedoen.library.models import Article
from meedoen.library.rules import Kind
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import Address
from meedoen.people.privacy import actions as privacy
from meedoen.people.standing import actions as standing
from meedoen.search import actions as search
from meedoen.team import actions as team
from meedoen.team import open_questions

pytestmark = pytest.mark.django_db
DUE = NOW + rules.ASK_AFTER


@pytest.fixture
def now():
    return NOW


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def knows(carla):
    """A function that makes the contact of a new municipality, who said that they know about some themes."""
    codes = iter(range(9001, 9099))

    def make(name, *categories):
        town = municipality(f"{name}stad", str(next(codes)))
        who = person(name)
        standing.make_contact(who, town, by=carla, now=NOW)
        actions.say(who, town, categories or ["democratie"], now=NOW)
        return who

    return make


def asked_by_mail():
    return list(OutgoingMail.objects.filter(template="mail/forum/asked.md").order_by("pk").values_list("to", flat=True))


def test_after_three_days_three_municipalities_and_the_team_get_one_mail(begin, knows):
    for name in ("Bram", "Fatima", "Gijs", "Hans"):
        knows(name)
    knows("Iris", "werk")
    begin(person("Ans"), text="Wie heeft hier *ervaring* mee?")
    counts = [open_questions.ask_around(now=at) for at in (DUE - MINUTE, DUE, DUE + MINUTE)]
    assert counts == [0, 1, 0]
    assert asked_by_mail() == [f"{name}@voorbeeld.example" for name in ("bram", "fatima", "gijs")]
    letter = OutgoingMail.objects.filter(template="mail/forum/asked.md").first()
    key = Asked.objects.order_by("pk")[0].key
    for part in ("Hoe maken we een stembureau", "Wie heeft hier", f"/forum/gevraagd/{key}/", "#reageren", "Bramstad"):
        assert part in letter.text
    (to_team,) = OutgoingMail.objects.filter(template="mail/team/open_question.md")
    assert to_team.to == "carla@voorbeeld.example"
    for part in ("Bramstad, Fatimastad en Gijsstad", "Wie heeft hier"):
        assert part in to_team.text


def test_the_team_hears_of_it_where_nobody_knows_the_theme(begin, carla):
    begin(person("Ans"))
    team.want(carla, True, now=NOW)
    assert open_questions.ask_around(now=DUE) == 1
    assert "Geen gemeente zei dat ze iets weet" in OutgoingMail.objects.get().text


def test_who_of_the_team_wants_no_mail_gets_none(begin, carla):
    begin(person("Ans"))
    team.want(carla, False, now=NOW)
    assert open_questions.ask_around(now=DUE) == 1
    assert not OutgoingMail.objects.exists()


def closed(topic):
    topic.thread.is_closed = True
    topic.thread.save()


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda topic, answer: answer(topic, person("Noor")),
        lambda topic, answer: conversation.retract(topic.opening, now=NOW + MINUTE),
        lambda topic, answer: closed(topic),
    ],
    ids=["answered", "taken back", "closed"],
)
def test_what_needs_no_answer_any_more_is_not_asked(begin, answer, knows, meanwhile):
    knows("Bram")
    topic = begin(person("Ans"))
    meanwhile(topic, answer)
    assert open_questions.ask_around(now=DUE) == 0
    assert asked_by_mail() == []


def test_who_is_asked(begin, knows, carla):
    """Not who asks, not somebody of the same municipality, not who stands for none any more; the least asked first."""
    bram, fatima, gijs = knows("Bram"), knows("Fatima"), knows("Gijs")
    asker = person("Ans")
    asker.municipality = Knowledge.objects.get(person=fatima).municipality
    asker.save()
    standing.withdraw_contact(gijs.contact_of.get(), by=carla, reason="Werkt er niet meer.", now=NOW)
    begin(asker)
    begin(bram, title="Een vraag van Bram zelf")
    open_questions.ask_around(now=DUE)
    assert asked_by_mail() == ["bram@voorbeeld.example", "fatima@voorbeeld.example"]


def test_who_shared_something_like_it_is_asked_first_and_reads_what(begin, knows):
    for name in ("Bram", "Fatima", "Gijs", "Hans"):
        knows(name)
    now = NOW - DAY
    common = {
        "kind": Kind.PRACTICE,
        "body": "Tekst.",
        "dated_on": now.date(),
        "written_on": now.date(),
        "published_at": now,
        "contact": "Carla",
        "checked_on": now.date(),
    }
    practice = Article.objects.create(
        slug="stembureau", title="Een stembureau dat iedereen kan vinden", summary="Zo deden wij het.", **common
    )
    practice.municipalities.add(Knowledge.objects.get(person__name="Hans").municipality)
    Article.objects.create(slug="speeltuin", title="Samen een speeltuin bedenken", summary="Met kinderen.", **common)
    search.catch_up(now=NOW)
    begin(person("Ans"))
    open_questions.ask_around(now=DUE)
    assert asked_by_mail() == ["hans@voorbeeld.example", "bram@voorbeeld.example", "fatima@voorbeeld.example"]
    told = dict(OutgoingMail.objects.filter(template="mail/forum/asked.md").values_list("to", "text"))
    line = "Jullie deelden iets wat hierop lijkt: Een stembureau dat iedereen kan vinden"
    assert [to for to, text in told.items() if line in text] == ["hans@voorbeeld.example"]


def test_nobody_is_asked_twice_in_a_week_and_the_load_is_shared(begin, knows):
    for name in ("Bram", "Fatima", "Gijs", "Hans"):
        knows(name)
    begin(person("Ans"))
    open_questions.ask_around(now=DUE)
    begin(person("Noor"), title="Nog een heel andere vraag")
    open_questions.ask_around(now=DUE + HOUR)
    assert asked_by_mail()[3:] == ["hans@voorbeeld.example"]
    begin(person("Omar"), title="En een derde vraag van iemand")
    open_questions.ask_around(now=DUE + 8 * DAY)
    assert len(asked_by_mail()) == 7


def test_not_now_and_stop_are_pressed_and_undone(client, begin, knows):
    knows("Bram")
    begin(person("Ans"))
    open_questions.ask_around(now=DUE)
    asked = Asked.objects.get()
    page = f"/forum/gevraagd/{asked.key}/"
    assert client.get(page).status_code == 200
    states = []
    for said in (None, "nu-niet", "", "stop", "", "onzin"):
        if said is not None:
            client.post(page, {"answer": said}, **HERE)
        known = Knowledge.objects.get()
        states.append((known.rests_until is not None, known.stopped_at is not None))
    assert states == [(False, False), (True, False), (False, False), (False, True), (False, False), (False, False)]
    assert client.post(page, {"answer": "stop"}).status_code == 403  # not from a page of ours
    assert client.get("/forum/gevraagd/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/").status_code == 404


def test_who_said_not_now_is_left_alone_for_a_month(begin, knows):
    knows("Bram")
    begin(person("Ans"))
    open_questions.ask_around(now=DUE)
    actions.answer(Asked.objects.get(), Answer.LATER, now=DUE)
    begin(person("Noor"), title="Nog een heel andere vraag")
    open_questions.ask_around(now=DUE + rules.REST - MINUTE)
    assert len(asked_by_mail()) == 1
    begin(person("Omar"), title="En een derde vraag van iemand")
    open_questions.ask_around(now=DUE + rules.REST)
    assert len(asked_by_mail()) == 2


def test_stop_is_about_all_and_no_later_press_ends_it(begin, knows):
    """A second tab, or an older mail, that says "not now" lets nobody be asked again."""
    knows("Bram", "democratie", "werk")
    begin(person("Ans"))
    open_questions.ask_around(now=DUE)
    asked = Asked.objects.get()

    def alive():
        return sorted(Knowledge.objects.alive().values_list("category", flat=True))

    told = []
    for said in (Answer.STOP, Answer.LATER, Answer.NONE):
        actions.answer(asked, said, now=DUE)
        told.append(alive())
    assert told == [[], [], ["democratie", "werk"]]


def test_what_was_stopped_before_stays_so_when_the_rest_is_taken_back(begin, knows):
    bram = knows("Bram", "democratie", "werk")
    town = Knowledge.objects.filter(person=bram)[0].municipality
    begin(person("Ans"))
    open_questions.ask_around(now=DUE)
    actions.say(bram, town, ["democratie"], now=DUE)
    for said in (Answer.STOP, Answer.NONE):
        actions.answer(Asked.objects.get(), said, now=DUE + MINUTE)
    assert list(Knowledge.objects.alive().values_list("category", flat=True)) == ["democratie"]


def test_a_rest_that_is_over_is_not_told_any_more(client, begin, knows, monkeypatch):
    knows("Bram")
    begin(person("Ans"))
    open_questions.ask_around(now=DUE)
    actions.answer(Asked.objects.get(), Answer.LATER, now=DUE)
    page = f"/forum/gevraagd/{Asked.objects.get().key}/"
    told = []
    for at in (DUE, DUE + rules.REST):
        monkeypatch.setattr(clock, "now", lambda at=at: at)
        told.append("Nu even niet" in client.get(page).content.decode())
    assert told == [True, False]


def test_nobody_is_asked_while_nobody_can_answer(begin, knows, carla):
    knows("Bram")
    begin(person("Ans"))
    quiet.begin(notice="Vakantie.", last_day=(DUE + DAY).date(), by=carla, now=NOW)
    assert open_questions.ask_around(now=DUE) == 0
    quiet.end(by=carla, now=DUE)
    assert open_questions.ask_around(now=DUE) == 1


def test_saying_what_my_municipality_knows(client, knows):
    bram = knows("Bram")
    Address.objects.filter(pk=bram.address_id).update(email="ans@voorbeeld.example")
    sign_in(client)
    page = "/forum/weten/"
    for themes in (["werk", "thuis"], ["thuis"], []):
        assert client.post(page, {"themes": themes}, **HERE).status_code == 302
        known = Knowledge.objects.filter(person=bram).alive().values_list("category", flat=True)
        assert set(known) == set(themes)
    assert client.post(page, {"themes": ["onzin"]}, **HERE).status_code == 400


def test_who_stands_for_no_municipality_is_told_how(client):
    person("Ans")
    sign_in(client)
    assert "Regel het voor je gemeente" in client.get("/forum/weten/").content.decode()
    client.post("/forum/weten/", {"themes": ["werk"]}, **HERE)
    assert not Knowledge.objects.exists()


def test_what_was_asked_leaves_with_the_person(begin, knows):
    bram = knows("Bram")
    begin(person("Ans"))
    open_questions.ask_around(now=DUE)
    told = {each["naam"]: each["rijen"] for each in privacy.everything_about(bram, now=DUE)["gegevens"]}
    (row,) = told["Waar je gemeente iets van weet"]
    assert (row["thema"], row["gemeente"], len(row["gevraagd"])) == ("democratie", "Bramstad", 1)
    privacy.erase(bram, with_texts=True, now=DUE)
    assert [Knowledge.objects.count(), Asked.objects.count(), Topic.objects.count()] == [0, 0, 1]


def test_the_open_questions_say_how_long_they_wait(client, begin, answer, monkeypatch):
    begin(person("Ans"))
    later = begin(person("Noor"), title="Nog een heel andere vraag", now=NOW + 2 * DAY)
    answer(later, person("Bram"), now=NOW + 2 * DAY)
    midnight = NOW + 2 * DAY + 10 * HOUR  # 00.00 in the Netherlands
    told = []
    for at in (NOW + 2 * DAY, midnight - timedelta(minutes=1), midnight):
        monkeypatch.setattr(clock, "now", lambda at=at: at)
        page = client.get("/forum/open/").content.decode()
        told.append([words for words in ("Wacht 2 dagen", "Wacht 3 dagen", "Vandaag", "Wacht 1 dag") if words in page])
    assert told == [["Wacht 2 dagen", "Vandaag"], ["Wacht 2 dagen", "Vandaag"], ["Wacht 3 dagen", "Wacht 1 dag"]]
    assert page.index("Hoe maken we") < page.index("Nog een heel andere vraag")


def test_the_open_questions_page_by_key(client, begin, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(lists, "PAGE_SIZE", 2)
    for number in range(5):
        begin(person(f"Ans{number}"), title=f"Vraag nummer {number} van iemand", now=NOW + number * MINUTE)
    seen, url = [], "/forum/open/"
    while url:
        with django_assert_max_num_queries(5):
            page = client.get(url)
        page = parser.fromstring(page.content.decode())
        seen += page.xpath("//ul[@data-way-back]//h2//text()")
        url = "".join(page.xpath("//a[contains(text(), 'korter')]/@href"))
    assert seen == [f"Vraag nummer {number} van iemand" for number in range(5)]

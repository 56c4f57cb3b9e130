"""Questions before a meeting: the fair order, the way of a guest, the list of who leads it."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as parser
from tests.people.conftest import code_mailed
from tests.signed_in import sign_in

from meedoen.mail.models import OutgoingMail
from meedoen.meetings.asking import actions, rules
from meedoen.meetings.asking.models import Question
from meedoen.meetings.asking.rules import State
from meedoen.meetings.models import Meeting
from meedoen.people.along.models import Bond
from meedoen.people.privacy import actions as privacy

HERE = {"headers": {"sec-fetch-site": "same-origin"}}
ELIF = {"name": "Elif", "email": "elif@voorbeeld.example"}


@dataclass(frozen=True)
class Put:
    person_id: int
    number: int
    is_anonymous: bool = False


@pytest.fixture
def coming(meeting, at):
    return meeting("Praat mee", takes_questions=True)


@pytest.fixture
def ask(coming, person, now):
    """A function with which somebody asks something."""
    known = {}

    def put(text="Komt er een tolk?", *, by="Ans", later=0, is_anonymous=False):
        known[by] = known.get(by) or person(by)
        moment = now + timedelta(minutes=later)
        return actions.ask(coming, person=known[by], text=text, is_anonymous=is_anonymous, now=moment)

    return put


def words_of(response):
    return " ".join(parser.fromstring(response.content).find(".//main").text_content().split())


def send(client, meeting, **fields):
    return client.post(
        f"/bijeenkomsten/{meeting.slug}/vragen/", {**ELIF, "text": "Komt er een tolk?", **fields}, **HERE
    )


def confirm(client, act_url):
    client.post(f"{act_url}versturen/", **HERE)
    return client.post(f"{act_url}code/", {"code": code_mailed()}, **HERE)


# Rules


def test_everybodys_first_question_comes_before_anybodys_second():
    put = [Put(1, 1), Put(1, 2), Put(1, 3), Put(2, 4), Put(3, 5), Put(2, 6)]
    assert [each.number for each in rules.in_turn(put)] == [1, 4, 5, 2, 6, 3]


def test_the_place_of_a_question_without_a_name_does_not_tell_whose_it_is():
    put = [Put(1, 1), Put(1, 2, is_anonymous=True), Put(2, 3)]
    other = [Put(1, 1), Put(9, 2, is_anonymous=True), Put(2, 3)]
    assert [each.number for each in rules.in_turn(put)] == [each.number for each in rules.in_turn(other)] == [1, 2, 3]


@given(st.lists(st.integers(1, 4), max_size=30))
def test_nobody_waits_for_more_than_one_question_of_each_other(people):
    put = [Put(person, number) for number, person in enumerate(people)]
    turns = rules.in_turn(put)
    assert sorted(each.number for each in turns) == [each.number for each in put]
    for person in set(people):
        mine = [each.number for each in turns if each.person_id == person]
        assert mine == sorted(mine)
        for nth, number in enumerate(mine):
            before = [each.person_id for each in turns[: turns.index(Put(person, number))]]
            assert all(before.count(other) <= nth + 1 for other in set(people))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, True),
        ({"takes_questions": False}, False),
        ({"cancelled_at": "now"}, False),
        ({"withdrawn_at": "now"}, False),
        ({"published_at": None}, False),
        ({"starts_at": "now"}, False),
    ],
)
def test_until_when_can_be_asked(coming, now, fields, expected):
    for name, value in fields.items():
        setattr(coming, name, now if value == "now" else value)
    assert rules.may_ask(coming, now) is expected


# Deeds


def test_the_same_words_twice_are_one_question_with_one_mail(ask):
    assert ask() == ask(later=1)
    assert OutgoingMail.objects.filter(template="mail/meetings/question.md").count() == 1


def test_who_asked_five_waits_for_a_place(ask):
    first = ask("Vraag 0")
    for number in range(1, rules.MAX_PER_PERSON):
        ask(f"Vraag {number}")
    with pytest.raises(actions.CannotAsk, match="al 5 vragen"):
        ask("Nog een")
    actions.take_back(first)
    assert ask("Nog een").state == State.OPEN
    assert ask("Van een ander", by="Elif").state == State.OPEN


def test_too_late_says_what_can_be_done(coming, ask, at, now):
    question = ask()
    actions.take_back(question)
    Meeting.objects.filter(pk=coming.pk).update(starts_at=now)
    with pytest.raises(actions.CannotAsk, match="is begonnen"):
        ask("Nog iets")
    with pytest.raises(actions.CannotAsk, match="is begonnen"):
        actions.ask_after_all(question, now=now)


def test_what_came_up_cannot_be_taken_back(ask):
    question = ask()
    assert actions.settle(question, State.ASKED, was=State.OPEN)
    assert not actions.take_back(question)
    question.refresh_from_db()
    assert question.state == State.ASKED


def test_what_was_taken_back_is_not_settled(ask):
    question = ask()
    actions.take_back(question)
    assert not actions.settle(question, State.ASKED, was=State.OPEN)
    question.refresh_from_db()
    assert question.state == State.WITHDRAWN


def test_questions_go_a_month_after_the_meeting_and_with_their_person(coming, ask, now):
    ask()
    ask(by="Elif")
    privacy.erase(Question.objects.filter(person__name="Ans").get().person, with_texts=False, now=now)
    assert [each.person.name for each in Question.objects.all()] == ["Elif"]
    Meeting.objects.filter(pk=coming.pk).update(
        starts_at=now - timedelta(days=31, hours=2), ends_at=now - timedelta(days=30, seconds=-1)
    )
    assert actions.erase_old(now=now) == 0
    assert actions.erase_old(now=now + timedelta(seconds=2)) == 1


# Pages


def test_a_guest_asks_by_a_code_and_can_take_it_back(client, coming):
    kept = send(client, coming)
    assert "Elif" in words_of(client.get(kept.url))
    assert not Question.objects.exists()
    own = confirm(client, kept.url).url
    page = words_of(client.get(own))
    assert "Je vraag staat op de lijst" in page
    path = own.partition("?")[0]
    assert client.get(f"{path}terugnemen/").status_code == 405
    assert "Hij staat niet meer op de lijst." in words_of(client.post(f"{path}terugnemen/", **HERE, follow=True))
    assert "Je vraag staat weer op de lijst" in words_of(client.post(f"{path}toch/", **HERE, follow=True))
    mail = OutgoingMail.objects.get(template="mail/meetings/question.md")
    assert re.search(r"/bijeenkomsten/vraag/[^/]+/", mail.text)[0] == path


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": ""}, "Schrijf je vraag op."),
        ({"text": "x" * 501}, "Er passen 500 tekens in."),
        ({"name": "", "is_anonymous": ""}, "Vul je naam in."),
        ({"email": "elif"}, "Dit is geen e-mailadres."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, coming, fields, words):
    page = send(client, coming, **{"is_anonymous": "on", **fields})
    assert words in words_of(page)
    box = parser.fromstring(page.content).get_element_by_id("id_text")
    assert box.text_content().strip() == fields.get("text", "Komt er een tolk?")


def test_when_it_is_too_late_the_words_are_shown_again(client, coming, now):
    Meeting.objects.filter(pk=coming.pk).update(starts_at=now)
    page = words_of(send(client, coming, text="Hoe kom ik binnen?"))
    assert "kan hier niet, of niet meer" in page
    assert "Hoe kom ik binnen?" in page
    assert client.get("/bijeenkomsten/bestaat-niet/vragen/").status_code == 404


def test_the_page_of_the_meeting_leads_there_while_questions_can_be_sent(client, coming, meeting):
    without = meeting("Stil", takes_questions=False)
    assert f"/bijeenkomsten/{coming.slug}/vragen/" in client.get(coming.get_absolute_url()).content.decode()
    assert "Vragen vooraf" not in client.get(without.get_absolute_url()).content.decode()


def test_who_leads_it_reads_them_in_turn_and_never_who_asked_without_a_name(client, coming, ask, carla):
    ask("Eerste van Ans", later=0)
    ask("Tweede van Ans", later=1)
    ask("Stil gevraagd", by="Gijs", later=2, is_anonymous=True)
    sign_in(client, "carla@voorbeeld.example")
    page = parser.fromstring(client.get(f"/team/bijeenkomsten/{coming.pk}/vragen/").content)
    told = [" ".join(each.text_content().split()) for each in page.cssselect("main section")]
    assert [words.partition(" Vraag")[0] if words.count("Vraag") > 1 else words for words in told] == [
        "Vraag 1 Eerste van Ans Van: Ans",
        "Vraag 2 Stil gevraagd Van: Anoniem",
        "Vraag 3 Tweede van Ans Van: Ans",
    ]
    assert "Gijs" not in page.text_content()


def test_a_note_can_be_taken_back(client, coming, ask, carla):
    question = ask()
    sign_in(client, "carla@voorbeeld.example")
    here = f"/team/bijeenkomsten/{coming.pk}/vragen/"
    for stand, said in (("asked", "Kwam aan bod"), ("left", "Komt niet aan bod"), ("open", "staat weer op de lijst")):
        assert said in words_of(
            client.post(f"{here}{question.pk}/", {"stand": stand, "was": question.state}, follow=True, **HERE)
        )
        question.refresh_from_db()
        assert question.state == stand
    client.post(f"{here}{question.pk}/", {"stand": "withdrawn", "was": "open"}, **HERE)
    question.refresh_from_db()
    assert question.state == "open"


def test_a_question_of_another_meeting_is_not_found(client, coming, meeting, ask, carla):
    question, other = ask(), meeting("Anders", takes_questions=True)
    sign_in(client, "carla@voorbeeld.example")
    assert (
        client.post(
            f"/team/bijeenkomsten/{other.pk}/vragen/{question.pk}/", {"stand": "asked", "was": "open"}, **HERE
        ).status_code
        == 404
    )


@pytest.mark.parametrize("many", [1, 30])
def test_the_list_asks_a_fixed_number_of_questions(client, coming, ask, carla, many, django_assert_max_num_queries):
    for number in range(many):
        ask(f"Vraag {number}", by=f"Mens{number}", later=number)
    sign_in(client, "carla@voorbeeld.example")
    client.get(f"/team/bijeenkomsten/{coming.pk}/vragen/")
    with django_assert_max_num_queries(14):
        client.get(f"/team/bijeenkomsten/{coming.pk}/vragen/")


# Whoever looks over the shoulder


def test_who_asks_the_same_without_a_name_has_none_from_then_on(ask):
    named = ask()
    assert ask(later=1, is_anonymous=True) == named
    named.refresh_from_db()
    assert named.is_anonymous
    ask(later=2)
    named.refresh_from_db()
    assert named.is_anonymous  # and never back: somebody counted on it


def test_taking_back_and_asking_again_has_an_end(ask):
    put = [ask(f"Vraag {number}") for number in range(rules.MAX_PER_PERSON)]
    while len(put) < rules.MAX_EVER_PER_PERSON:
        actions.take_back(put[-1])
        put.append(ask(f"Vraag {len(put)}"))
    actions.take_back(put[-1])
    with pytest.raises(actions.CannotAsk, match="al veel vragen"):
        ask("Nog een")


def test_what_is_put_back_counts_as_what_is_asked(ask, now):
    first = ask("Vraag 0")
    actions.take_back(first)
    for number in range(rules.MAX_PER_PERSON):
        ask(f"Vraag {number + 1}")
    with pytest.raises(actions.CannotAsk, match="al 5 vragen"):
        actions.ask_after_all(first, now=now)


def test_of_two_hosts_the_second_is_told(client, coming, ask, carla):
    question = ask()
    actions.settle(question, State.LEFT, was=State.OPEN)
    sign_in(client, "carla@voorbeeld.example")
    here = f"/team/bijeenkomsten/{coming.pk}/vragen/"
    page = client.post(f"{here}{question.pk}/", {"stand": "asked", "was": "open"}, follow=True, **HERE)
    assert "Iemand anders noteerde intussen iets" in words_of(page)
    question.refresh_from_db()
    assert question.state == State.LEFT


def test_what_came_up_is_not_said_to_be_off_the_list(client, ask):
    question = ask()
    actions.settle(question, State.ASKED, was=State.OPEN)
    page = words_of(client.post(f"{question.get_absolute_url()}terugnemen/", **HERE))
    assert "Je vraag is al behandeld." in page
    assert "is van de lijst" not in page


def test_a_robot_falls_into_the_trap(client, coming):
    assert "Dit lijkt op een robot" in words_of(send(client, coming, website="https://spam.example/"))


def test_who_acts_along_asks_nothing_under_another_name(client, coming, person, now):
    ans, kim = person("Ans"), person("Kim")
    bond = Bond.objects.create(
        helped=ans, helper=kim, ends_on=now.date() + timedelta(days=30), asked_at=now, confirmed_at=now
    )
    sign_in(client, "kim@voorbeeld.example")
    client.post(f"/mijn/hulp/{bond.pk}/meedoen/", **HERE)
    page = client.post(f"/bijeenkomsten/{coming.slug}/vragen/", {"text": "Komt er een tolk?"}, **HERE)
    assert "Je helpt nu iemand" in words_of(page)
    assert not Question.objects.exists()


def test_who_asks_without_a_name_need_not_have_one(client, coming):
    kept = send(client, coming, is_anonymous="on", name="")
    own = confirm(client, kept.url)
    assert Question.objects.get().person.name == ""
    assert "Je naam staat er niet bij." in words_of(client.get(own.url))
    assert "Vul je naam in." in words_of(send(client, coming, name="", text="Anders?"))

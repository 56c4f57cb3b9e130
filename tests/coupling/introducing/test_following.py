"""What became of it: asked after two weeks and three months, answered by a press, told in words, and ended."""

from datetime import timedelta

import pytest
from lxml import html as parser

from meedoen.coupling import tasks
from meedoen.coupling.introducing import actions, rules
from meedoen.coupling.introducing.models import Coupling, FollowUp
from meedoen.coupling.introducing.rules import State, Talked
from meedoen.people.vault.models import Sealed

from .conftest import mails_to, press

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]
DAY = timedelta(days=1)
HOW = "hoe-gaat-het/"
SUBJECT = "Hebben jij en Bram van de gemeente Utrecht elkaar gesproken?"


def text_of(response) -> str:
    return " ".join(parser.fromstring(response.content).find(".//main").text_content().split())


@pytest.fixture
def met(coupling, yes):
    for name in ("Ans", "Bram"):
        yes(name)
    return coupling


@pytest.fixture
def days_later(at, now):
    """A function that lets days go by, with the worker running."""

    def go(days):
        at(now + days * DAY)
        tasks.look_after()

    return go


def asked(name="Ans"):
    return FollowUp.objects.filter(party__person__name=name).last()


def test_each_is_asked_after_two_weeks_and_three_months_once(met, days_later):
    for days in (13, 14, 14, 20, 90):
        days_later(days)
    assert mails_to("ans").count(SUBJECT) == 1
    for days in (91, 92):
        days_later(days)
    assert mails_to("ans").count(SUBJECT) == 2
    assert FollowUp.objects.count() == 4


def test_who_was_away_for_three_months_is_asked_once(met, days_later):
    days_later(95)
    assert {each.milestone for each in FollowUp.objects.all()} == {"months"}


def test_nobody_is_asked_who_did_not_meet(coupling, days_later):
    days_later(100)
    assert not FollowUp.objects.exists()


def test_one_press_answers_and_another_takes_it_back(client, met, party, days_later, state):
    days_later(14)
    page = client.get(f"{party().get_absolute_url()}{HOW}")
    assert [each.get("value") for each in parser.fromstring(page.content).cssselect("main button[name=talked]")] == [
        "ja",
        "nog-niet",
        "nee",
    ]
    assert asked().talked == ""  # opening it does nothing
    answer = press(client, party(), HOW, talked="ja")
    assert "Je antwoord is bij ons. Dank je wel!" in text_of(client.get(answer["Location"]))
    assert (state(), asked().talked) == (State.TALKED, "ja")
    press(client, party(), f"{HOW}terug/")
    assert (state(), asked().talked) == (State.INTRODUCED, "")
    press(client, party(), HOW, talked="onzin")
    assert asked().talked == ""


def test_the_other_said_so_too(client, met, party, days_later, state):
    days_later(14)
    for name in ("Ans", "Bram"):
        press(client, party(name), HOW, talked="ja")
    press(client, party("Ans"), f"{HOW}terug/")
    assert state() == State.TALKED


def test_words_are_kept_and_can_be_told_anew(client, met, party, days_later):
    days_later(14)
    press(client, party(), HOW, talked="ja")
    long = press(client, party(), f"{HOW}vertellen/", words="x" * 2001)
    assert "Maak hem korter" in text_of(long)
    assert "x" * 2001 in long.content.decode()
    told = {"worth": "veel", "words": "We keken samen rond.", "residents": "Zes inwoners.", "may_share": "on"}
    answer = press(client, party(), f"{HOW}vertellen/", **told)
    page = client.get(answer["Location"])
    assert "Dat is bewaard." in text_of(page)
    assert "We keken samen rond." in page.content.decode()
    assert (asked().worth, asked().residents, asked().may_share) == ("veel", "Zes inwoners.", True)
    press(client, party(), f"{HOW}vertellen/")
    assert (asked().worth, asked().words, asked().may_share) == ("", "", False)


def test_a_yes_to_an_example_is_taken_back_after_the_second_question_too(client, met, party, days_later):
    days_later(14)
    press(client, party(), HOW, talked="ja")
    press(client, party(), f"{HOW}vertellen/", words="We keken samen rond.", may_share="on")
    days_later(91)
    page = client.get(f"{party().get_absolute_url()}{HOW}")
    (tick,) = parser.fromstring(page.content).cssselect("main input[name=may_share]")
    assert tick.get("checked") is not None
    press(client, party(), f"{HOW}vertellen/")
    told = FollowUp.objects.filter(party=party()).values_list("words", "may_share")
    assert list(told) == [("We keken samen rond.", False), ("", False)]
    page = client.get(f"{party().get_absolute_url()}{HOW}")
    assert not parser.fromstring(page.content).cssselect("main input[name=may_share]")  # nothing was answered yet


def test_before_it_is_asked_there_is_nothing_to_tell(client, met, party):
    assert client.get(f"{party().get_absolute_url()}{HOW}").status_code == 404


def test_silence_and_a_no_are_quiet_and_a_yes_of_one_is_not(client, met, party, days_later, now):
    days_later(14)
    assert not Coupling.objects.quiet(now + 27 * DAY)
    assert Coupling.objects.quiet(now + 28 * DAY).exists()
    press(client, party("Bram"), HOW, talked="nog-niet")
    assert not Coupling.objects.quiet(now + 28 * DAY)
    press(client, party("Bram"), HOW, talked="nee")
    assert Coupling.objects.quiet(now + 15 * DAY).exists()
    press(client, party("Ans"), HOW, talked="ja")
    assert not Coupling.objects.quiet(now + 28 * DAY)
    press(client, party("Ans"), f"{HOW}terug/")
    press(client, party("Bram"), HOW, talked="nog-niet")
    days_later(91)
    assert Coupling.objects.quiet(now + 105 * DAY).exists()  # silent the second time


def test_four_months_after_they_met_it_ends_by_itself(client, met, party, days_later, state, now):
    days_later(14)
    press(client, party(), HOW, talked="ja")
    days_later(rules.ENDS_AFTER.days - 1)
    assert state() == State.TALKED
    days_later(rules.ENDS_AFTER.days)
    assert state() == State.ENDED
    assert not Sealed.objects.kept().exists()
    press(client, party("Bram"), HOW, talked="nee")  # an answer that comes late is kept, and changes nothing
    assert (state(), asked("Bram").talked) == (State.ENDED, "nee")


def test_what_the_team_lets_go_on_does_not_end_at_the_next_look(met, days_later, state, coupling, carla, now):
    days_later(121)
    assert state() == "ended"
    actions.reopen(coupling, by=carla, now=now + timedelta(days=122))
    days_later(123)
    assert state() == "introduced"
    days_later(160)
    assert state() == "ended"


def test_twice_the_same_answer_is_one_step(met, party, days_later, now):
    days_later(14)
    for _twice in range(2):
        actions.answer(asked(), Talked.YES, now=now + 15 * DAY)
    assert met.moves.filter(became="talked").count() == 1

"""Answers about what one wrote oneself: away, back and away again, each from the mail that tells how it stands."""

import pytest
from tests.incoming_mail import ANS, HOUR, NOW, answers, arrive, thread_address

from meedoen.conversation.models import Contribution
from meedoen.conversation.moderation import actions as moderation
from meedoen.conversation.moderation.rules import Deed, Ground, mark_of
from meedoen.conversation.rules import State
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import Person

pytestmark = pytest.mark.django_db


def newest():
    return OutgoingMail.objects.filter(to=ANS).latest("pk")


def state():
    return Contribution.objects.get().state


@pytest.fixture
def told(thread, ans):
    """The mail that tells Ans that her message stands."""
    arrive(to=thread_address(thread, ans))
    return newest()


@pytest.fixture
def away(told):
    """The mail that tells her that it is away."""
    assert arrive("haal weg", to=told.reply_to, proof="") == "own: retracted"
    return newest()


@pytest.mark.parametrize("words", ["Ongedaan maken", "zet terug", "Zet hem terug, alsjeblieft.", "terug"])
def test_the_mail_that_tells_that_it_is_away_brings_it_back(away, words):
    assert "Antwoord op deze mail met de woorden: ongedaan maken." in away.text
    assert arrive(words, to=away.reply_to, proof="") == "own: put back"
    assert (state(), answers()[-1]) == (State.SHOWN, ("put_back.md", ANS))
    assert newest().subject == "Je bericht staat weer op de site: Een stembureau"
    assert arrive("haal weg", to=newest().reply_to, proof="") == "own: retracted"
    assert state() == State.RETRACTED


def test_a_word_that_is_sent_twice_does_the_same_twice(told):
    assert arrive("ongedaan maken", to=told.reply_to) == "own: retracted"
    away = newest()
    assert arrive("ongedaan maken", to=told.reply_to) == "own: retracted"
    assert state() == State.RETRACTED
    assert arrive("ongedaan maken", to=away.reply_to) == "own: put back"
    assert arrive("ongedaan maken", to=away.reply_to) == "own: put back"
    assert state() == State.SHOWN


def test_another_word_there_brings_nothing_back_and_is_answered(away):
    assert arrive("Dank je wel", to=away.reply_to) == "not taken"
    assert "Wil je je bericht terugzetten? Antwoord dan: ongedaan maken." in newest().text
    assert newest().reply_to == away.reply_to
    assert arrive("haal weg", to=away.reply_to) == "own: retracted"
    assert state() == State.RETRACTED


def test_who_may_not_write_now_brings_nothing_back(away, ans):
    Person.objects.filter(pk=ans.pk).update(paused_until=NOW + HOUR)
    assert arrive("ongedaan maken", to=away.reply_to) == "not taken"
    assert "Je kunt nu niet schrijven." in newest().text
    assert state() == State.RETRACTED


def test_what_the_team_took_away_is_not_brought_back_by_a_word(told, away, carla):
    arrive("ongedaan maken", to=away.reply_to)
    words = Contribution.objects.get()
    moderation.decide(
        words, Deed.REMOVE, by=carla, now=NOW, read=mark_of(words.judged), ground=Ground.UNKIND, reason="Dit scheldt."
    )
    assert arrive("zet terug", to=told.reply_to) == "not taken"
    assert "Daarom kun je het niet terugzetten." in newest().text
    assert arrive("haal weg", to=told.reply_to) == "not taken"
    assert state() == State.REMOVED


def test_what_waited_for_the_team_waits_again(told, away):
    Contribution.objects.update(was_state=State.WAITING, shown_at=None, number=None)
    assert arrive("ongedaan maken", to=away.reply_to) == "own: put back"
    assert (state(), newest().subject) == (State.WAITING, "Je bericht is weer bij ons: Een stembureau")


@pytest.mark.parametrize("word", ["ongedaan maken", "terug", "haal weg"])
def test_such_a_word_in_answer_to_something_else_is_posted_nowhere(thread, ans, word):
    assert arrive(word, to=thread_address(thread, ans)) == "not taken"
    assert "Antwoord dan op onze mail over dat bericht." in newest().text.replace("\n", " ")
    assert not Contribution.objects.exists()

"""An answer to the mail that tells that the team let a first message stand."""

import pytest
from tests.incoming_mail import ANS, DOMAIN, NOW, answers, arrive

from meedoen.activity import actions as activity
from meedoen.activity.models import Follow
from meedoen.activity.rules import Rhythm
from meedoen.conversation import actions as conversation
from meedoen.conversation.models import Contribution
from meedoen.conversation.moderation import actions as moderation
from meedoen.conversation.moderation.rules import Deed, mark_of
from meedoen.conversation.rules import State
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import Address

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(thread, ans, carla, write):
    """The mail to Ans that her first message stands."""
    Address.objects.filter(people=ans).update(trusted_at=None)
    ans.refresh_from_db()
    first = write(thread, ans, "Bij ons hielp een rustig uur.")
    assert first.state == State.WAITING
    moderation.decide(first, Deed.APPROVE, by=carla, now=NOW, read=mark_of(first.judged))
    return OutgoingMail.objects.get(template="mail/conversation/decided.md")


def texts():
    return list(Contribution.objects.order_by("pk").values_list("text", "state"))


def test_it_shows_the_words_and_says_what_an_answer_does(told):
    assert "> Bij ons hielp een rustig uur." in told.text
    assert told.reply_to.endswith(DOMAIN)
    for words in ("antwoord op deze mail", "ongedaan maken", "volgen", "stop"):
        assert words in told.text.replace(" \n", " ")


def test_more_words_stand_below_it(told):
    assert arrive("Het uur is van acht tot negen.", to=told.reply_to) == "thread: contributed"
    assert texts() == [("Bij ons hielp een rustig uur.", "shown"), ("Het uur is van acht tot negen.", "shown")]


def test_of_a_stranger_a_code_is_asked(told):
    assert arrive("Koop hier.", to=told.reply_to, proof="") == "thread: code asked"
    assert len(texts()) == 1


def test_it_is_taken_away_by_a_word(told):
    assert arrive("Ongedaan maken", to=told.reply_to) == "own: retracted"
    assert texts() == [("Bij ons hielp een rustig uur.", "retracted")]
    assert answers()[-1] == ("retracted.md", ANS)


def test_follow_and_stop_by_a_word(told, ans):
    assert arrive("volgen", to=told.reply_to).startswith("follow: ")
    assert Follow.objects.alive().filter(person=ans).exists()
    assert arrive("stop", to=told.reply_to) == "follow: nooit"
    assert not Follow.objects.alive().filter(person=ans).exists()


def test_who_stops_what_they_did_not_follow_reads_that_no_mail_comes(told, ans):
    Follow.objects.filter(person=ans).delete()
    assert arrive("stop", to=told.reply_to) == "follow: nooit"
    assert answers()[-1] == ("changed.md", ANS)


def test_who_hears_of_answers_already_is_told_how_that_stops(thread, ans, carla, write):
    activity.follow(ans, conversation.subject_of(thread), rhythm=Rhythm.EACH, now=NOW)
    Address.objects.filter(people=ans).update(trusted_at=None)
    ans.refresh_from_db()
    first = write(thread, ans, "Bij ons hielp een rustig uur.")
    moderation.decide(first, Deed.APPROVE, by=carla, now=NOW, read=mark_of(first.judged))
    told = " ".join(OutgoingMail.objects.get(template="mail/conversation/decided.md").text.split())
    assert "Wil je geen mail? Antwoord met het woord: stop." in told
    assert "volgen" not in told

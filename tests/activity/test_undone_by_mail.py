"""Undoing by mail what one said about how often one hears: one word, in answer to the mail that tells it."""

from datetime import timedelta

import pytest
from tests.incoming_mail import ANS, DOMAIN, MINUTE, NOW, SERVER, answers, arrive, known, thread_address

from meedoen.activity import actions, rules
from meedoen.activity.models import Follow
from meedoen.activity.rules import Rhythm
from meedoen.conversation import actions as conversation
from meedoen.conversation.mailed.noticed import replies_to as replies_to_several
from meedoen.conversation.models import Contribution, Thread
from meedoen.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _open(settings):
    settings.MAIL_IN_DOMAIN = DOMAIN
    settings.MAIL_IN_TRUSTED = [SERVER]


@pytest.fixture
def thread(db):
    return Thread.objects.about("article", "1", title="Een stembureau", url="/nieuws/een-stembureau/", now=NOW)


@pytest.fixture
def ans(thread):
    """She follows the conversation, and is mailed each time."""
    ans = known("Ans", ANS, NOW)
    actions.follow(ans, conversation.subject_of(thread), rhythm=Rhythm.EACH, now=NOW)
    return ans


def newest():
    return OutgoingMail.objects.latest("pk")


def rhythm():
    return Follow.objects.get(subject__kind="thread").rhythm


@pytest.mark.parametrize(("word", "became"), [("stop", Rhythm.NEVER), ("wekelijks", Rhythm.WEEKLY)])
def test_one_word_turns_it_back_and_twice_is_once(thread, ans, word, became):
    arrive(word, to=thread_address(thread, ans), proof="")
    assert rhythm() == became
    told = newest()
    assert "Antwoord op deze mail met de woorden: ongedaan maken." in told.text
    assert arrive("ongedaan maken", to=told.reply_to, proof="", now=NOW + MINUTE) == "follow: undone"
    assert (rhythm(), answers()[-1]) == (Rhythm.EACH, ("changed.md", ANS))
    assert "krijg je nu meteen mail" in newest().text
    assert "Antwoord op deze mail met het woord: stop." in newest().text
    assert arrive("ongedaan maken", to=told.reply_to, now=NOW + MINUTE) == "not taken"
    assert rhythm() == Rhythm.EACH
    assert not Contribution.objects.exists()


def test_long_after_the_word_means_something_else(thread, ans):
    arrive("stop", to=thread_address(thread, ans))
    late = NOW + rules.UNDO_BY_WORD + timedelta(days=1)
    assert arrive("ongedaan maken", to=thread_address(thread, ans), now=late) == "not taken"
    assert rhythm() == Rhythm.NEVER


def test_all_that_was_stopped_at_once_comes_back(ans):
    to = replies_to_several([ans.pk], NOW)[ans.pk]
    assert arrive("stop", to=to) == "follow: all stopped"
    assert newest().reply_to == to
    assert arrive("ongedaan maken", to=to, now=NOW + MINUTE) == "follow: all undone"
    assert (rhythm(), newest().subject) == (Rhythm.EACH, "Dat is veranderd")
    assert "Je krijgt weer mail zoals je het eerst had." in newest().text
    assert arrive("ongedaan maken", to=to, now=NOW + MINUTE) == "not taken"

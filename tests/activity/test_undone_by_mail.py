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
    assert newest().text.count("Je krijgt nu meteen mail over") == 1
    assert "We mailen je zodra er iets nieuws is." in newest().text
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
    assert (rhythm(), newest().subject) == (Rhythm.EACH, "Je krijgt weer mail zoals eerst")
    assert newest().text.count("Je krijgt weer mail zoals eerst") == 1
    assert arrive("ongedaan maken", to=to, now=NOW + MINUTE) == "not taken"


@pytest.mark.parametrize(("word", "became"), [("stop", Rhythm.NEVER), ("dagelijks", Rhythm.DAILY)])
def test_said_twice_for_all_it_can_still_be_undone(ans, word, became):
    to = replies_to_several([ans.pk], NOW)[ans.pk]
    for times in range(2):
        arrive(word, to=to, now=NOW + times * MINUTE)
        assert rhythm() == became
        assert "Antwoord dan binnen een dag op deze mail met de woorden: ongedaan maken." in newest().text
    assert arrive("ongedaan maken", to=to, now=NOW + 2 * MINUTE) == "follow: all undone"
    assert rhythm() == Rhythm.EACH


def test_where_nothing_goes_back_nothing_is_said_to(ans):
    to = replies_to_several([ans.pk], NOW)[ans.pk]
    arrive("stop", to=to)
    actions.change(Follow.objects.get(), rhythm=Rhythm.WEEKLY, now=NOW + MINUTE)
    assert arrive("ongedaan maken", to=to, now=NOW + 2 * MINUTE) == "not taken"
    assert rhythm() == Rhythm.WEEKLY


def test_a_word_for_all_that_changes_nothing_offers_no_way_back(ans):
    to = replies_to_several([ans.pk], NOW)[ans.pk]
    actions.change(Follow.objects.get(), rhythm=Rhythm.DAILY, now=NOW - timedelta(days=2))
    assert arrive("dagelijks", to=to) == "follow: all dag"
    assert "ongedaan" not in newest().text.lower()
    assert "Kies hoe vaak je mail krijgt" in newest().text
    assert arrive("ongedaan maken", to=to, now=NOW + MINUTE) == "not taken"


def test_who_wrote_there_since_does_not_stop_following_by_a_word_about_that(thread, ans):
    to = thread_address(thread, ans)
    arrive("stop", to=to)
    arrive("volgen", to=to, now=NOW + MINUTE)
    assert arrive("Bij ons hielp een rustig uur.", to=to, now=NOW + 2 * MINUTE) == "thread: contributed"
    told = newest().pk
    assert arrive("ongedaan maken", to=to, now=NOW + 3 * MINUTE) == "not taken"
    assert (rhythm(), Contribution.objects.get().state) == (Rhythm.EACH, "shown")
    assert answers(told) == [("not_taken.md", ANS)]
    assert "Antwoord dan op onze mail over dat bericht." in newest().text.replace("\n", " ")
    assert arrive("stop", to=to, now=NOW + 4 * MINUTE) == "follow: nooit"
    assert arrive("ongedaan maken", to=to, now=NOW + 5 * MINUTE) == "follow: undone"
    assert rhythm() == Rhythm.EACH


def test_who_read_it_on_their_own_page_is_told_that_they_do_again(thread, ans):
    actions.change(Follow.objects.get(), rhythm=Rhythm.SITE, now=NOW)
    to = thread_address(thread, ans)
    arrive("wekelijks", to=to)
    assert arrive("ongedaan maken", to=to, now=NOW + MINUTE) == "follow: undone"
    text = newest().text.replace("\n", " ")
    assert rhythm() == Rhythm.SITE
    assert "Wat er nieuw is, lees je op je eigen pagina." in text
    assert text.count("geen mail") == 1
    assert "Antwoord op deze mail met het woord: volgen." in text
    assert "meteen" not in text
    assert "stop" not in text


@pytest.mark.parametrize(("word", "link"), [("stop", "Maak het hier ongedaan"), ("wekelijks", "Kies hoe vaak")])
def test_the_link_is_called_what_its_page_offers(client, thread, ans, word, link):
    arrive(word, to=thread_address(thread, ans))
    assert link in newest().text
    page = client.get(f"/volgen/{Follow.objects.get().key}/").content.decode()
    assert ("Maak ongedaan" in page) == (word == "stop")

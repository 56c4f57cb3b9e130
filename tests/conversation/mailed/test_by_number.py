"""Answering one of the messages of a mail about several, or of a mail that somebody named you, by its number."""

import time

import pytest
from tests.incoming_mail import ANS, DAY, MINUTE, NOW, answers, arrive

from meedoen.activity import actions as activity
from meedoen.activity.models import Follow
from meedoen.activity.rules import Rhythm
from meedoen.conversation import actions as conversation
from meedoen.conversation import mentions, personal_data
from meedoen.conversation.mailed.noticed import numbered_in
from meedoen.conversation.models import Contribution, Thread
from meedoen.conversation.moderation.models import Report
from meedoen.conversation.rules import happening_mark, number_in_mark
from meedoen.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db
LATER = NOW + 13 * MINUTE
WORDS = "Bij ons rijdt hij ook in het weekend."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"12: {WORDS}", [(12, WORDS)]),
        (f"12:\n\n{WORDS}\nEn op feestdagen.", [(12, f"{WORDS}\nEn op feestdagen.")]),
        (f"Antwoordnummer: 12: {WORDS}", []),  # what our own line says is no beginning of theirs
        (f"antwoordnummer 12: {WORDS}", [(12, WORDS)]),
        (f"Nr. 12 : {WORDS}", [(12, WORDS)]),
        ("12: het ene\n14: het andere", [(12, "het ene"), (14, "het andere")]),
        ("12: om 10:30 uur rijdt hij", [(12, "om 10:30 uur rijdt hij")]),
        ("10:30 uur is te vroeg", []),
        ("12 mensen kwamen", []),
        ("2.500: dat is te weinig", []),
        (f"Beste allemaal,\n12: {WORDS}", [(12, WORDS)]),
        (f"Dit gaat over iets anders.\n12: {WORDS}", []),
        ("", []),
    ],
)
def test_a_number_counts_at_the_beginning_and_before_a_colon(text, found):
    assert numbered_in(text) == found


def test_a_mark_and_its_number_belong_together():
    assert (number_in_mark(happening_mark(12)), number_in_mark("article-12")) == ("12", "")


@pytest.fixture
def written(thread, other_thread, ans, bram, write):
    """What Bram wrote in two conversations that Ans follows."""
    for each in (thread, other_thread):
        activity.follow(ans, conversation.subject_of(each), rhythm=Rhythm.EACH, now=NOW - MINUTE)
    return write(thread, bram), write(other_thread, bram, "Wie rijdt met kleine busjes?")


@pytest.fixture
def digest(written):
    activity.tell(now=NOW + 12 * MINUTE)
    return newest()


def newest():
    return OutgoingMail.objects.latest("pk")


def by_ans():
    return list(Contribution.objects.filter(person__name="Ans").values_list("thread__title", "text"))


def test_each_message_has_its_number_and_the_mail_says_how(digest, written):
    one, other = written
    assert digest.template == "mail/activity/digest.md"
    for each in written:
        assert digest.text.count(f"Antwoordnummer: {each.pk}\n") == 1
    assert any(f"Bijvoorbeeld: {each.pk}: Zo doen wij het ook." in digest.text for each in (one, other))


def test_an_answer_stands_with_the_message_that_it_names(digest, written):
    assert arrive(f"{written[1].pk}: {WORDS}", to=digest.reply_to, now=LATER) == "thread: contributed"
    assert by_ans() == [("Een buurtbus", WORDS)]
    assert answers()[-1] == ("mailed.md", ANS)


def test_who_did_not_surely_send_it_is_asked_a_code(digest, written):
    assert arrive(f"{written[1].pk}: {WORDS}", to=digest.reply_to, proof="", now=LATER) == "thread: code asked"
    assert by_ans() == []


def test_a_word_behind_the_number_is_about_that_conversation_alone(digest, written, ans, other_thread):
    assert arrive(f"{written[1].pk}: stop", to=digest.reply_to, now=LATER) == f"follow: {Rhythm.NEVER}"
    stopped = Follow.objects.get(person=ans, rhythm=Rhythm.NEVER)
    assert stopped.subject == conversation.subject_of(other_thread)
    assert by_ans() == []


def test_a_number_that_was_not_mailed_is_told_and_nothing_is_posted(digest, thread, bram, write, elsewhere):
    unheard = write(elsewhere, bram, "Dit volgt Ans niet.")
    for number in (unheard.pk, 999_999):
        assert arrive(f"{number}: {WORDS}", to=digest.reply_to, now=LATER) == "not taken"
        assert f"Bericht {number} staat niet in onze mail" in newest().text
    assert by_ans() == []


@pytest.fixture
def elsewhere(db):
    """A conversation that Ans does not follow."""
    return Thread.objects.about("article", "3", title="Een lift", url="/nieuws/een-lift/", now=NOW)


def test_what_is_gone_meanwhile_takes_no_answer(digest, written):
    conversation.retract(written[1], now=LATER)
    assert arrive(f"{written[1].pk}: {WORDS}", to=digest.reply_to, now=LATER + MINUTE) == "not taken"
    assert by_ans() == []


def test_that_number_tells_what_is_reported_too(digest, written):
    arrive(f"melden {written[1].pk + 100}: reclame", to=digest.reply_to, now=LATER)
    assert Report.objects.count() == 0
    arrive(f"melden {written[1].pk}: reclame", to=digest.reply_to, now=LATER)
    assert Report.objects.get().contribution == written[1]


def test_answers_to_two_in_one_mail_are_sent_one_by_one(digest, written):
    one, other = written
    assert arrive(f"{one.pk}: Eens.\n{other.pk}: {WORDS}", to=digest.reply_to, now=LATER) == "not taken"
    assert "Stuur voor elk bericht een eigen mail." in newest().text
    assert by_ans() == []
    arrive(f"{one.pk}: Om 3 uur:\n3: dat is geen nummer van ons.", to=digest.reply_to, now=LATER)
    assert by_ans() == [("Een stembureau", "Om 3 uur:\n3: dat is geen nummer van ons.")]


def test_without_a_number_it_says_how(digest):
    assert arrive(WORDS, to=digest.reply_to, now=LATER) == "not taken"
    assert "Begin met het antwoordnummer uit onze mail" in newest().text


def test_who_is_named_answers_there_too(thread, ans, bram, write):
    write(thread, ans, "Wie weet dit?")
    named = write(thread, bram, "Ik weet het.")
    mentions.add(named, [str(thread.contributions.get(number=1).pk)])
    conversation.save(named, NOW)
    activity.tell(now=NOW + 12 * MINUTE)
    mail = newest()
    assert mail.template == "mail/conversation/mentioned.md"
    assert f"Antwoordnummer: {named.pk}" in mail.text
    assert arrive(f"{named.pk}: Dank je wel, Bram.", to=mail.reply_to, now=NOW + DAY) == "thread: contributed"
    assert by_ans() == [("Een stembureau", "Wie weet dit?"), ("Een stembureau", "Dank je wel, Bram.")]


@pytest.mark.parametrize("text", ["-!\n" * 40_000, "12" * 50_000, " \t" * 50_000, "nummer " * 20_000, "A'" * 50_000])
def test_a_long_mail_is_looked_through_once(text):
    started = time.process_time()
    numbered_in(text)
    personal_data.found(text)
    assert time.process_time() - started < 20  # of a core; once they took an hour

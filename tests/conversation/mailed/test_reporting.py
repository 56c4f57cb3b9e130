"""Reporting by an answer to a notice (MO1): what is kept, when it counts, which message, what is said back."""

import pytest
from tests.incoming_mail import ANS, DAY, MINUTE, NOW, answers, arrive, known, thread_address
from tests.outbox import code_in

from meedoen.activity import actions as activity
from meedoen.activity.models import Follow
from meedoen.activity.rules import Rhythm
from meedoen.conversation import actions as conversation
from meedoen.conversation.models import Contribution
from meedoen.conversation.moderation import actions as moderation
from meedoen.conversation.moderation.models import Objection, Report
from meedoen.conversation.moderation.rules import Concern, Deed, mark_of
from meedoen.conversation.rules import State
from meedoen.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db
QUOTED = "\n\nOp do 3 dec. 2026 om 14:00 schreef Iedereen doet mee! <noreply@voorbeeld.example>:\n> ## Bericht 1 van Bram\n> Wie dit leest is gek.\n"


def reports():
    return list(Report.objects.order_by("pk").values_list("contribution", "concern", "text", "person__name"))


def newest():
    return OutgoingMail.objects.latest("pk")


def test_who_surely_sent_it_reports_at_once_and_gets_the_receipt(thread, ans, bram, write):
    wrong = write(thread, bram)
    outcome = arrive("melden 1: er wordt gescholden", to=thread_address(thread, ans))
    assert outcome == "report: kept"
    assert reports() == [(wrong.pk, Concern.UNKIND, "er wordt gescholden", "Ans")]
    assert Report.objects.get().confirmed_at == NOW
    assert answers() == [("report_received.md", ANS)]
    assert Contribution.objects.count() == 1  # nothing of it was posted


def test_any_other_sender_is_kept_too_and_counts_with_the_code(thread, ans, bram, write):
    wrong = write(thread, bram)
    assert arrive("melden 1: er wordt gescholden", to=thread_address(thread, ans), proof="") == "report: code asked"
    assert reports() == [(wrong.pk, Concern.UNKIND, "er wordt gescholden", None)]
    assert (answers(), Report.objects.get().confirmed_at) == ([("code.md", ANS)], None)
    code = code_in(newest())
    assert "gescholden" not in newest().text
    assert arrive(code, to=newest().reply_to, proof="") == "act: done"
    assert Report.objects.get().confirmed_at == NOW
    assert answers()[-1] == ("report_received.md", ANS)


def test_the_message_is_the_only_one_that_the_answer_quotes(thread, ans, bram, write):
    wrong = write(thread, bram)
    write(thread, bram, "Tot ziens allemaal.")
    arrive("Ongepast" + QUOTED, to=thread_address(thread, ans))
    assert reports() == [(wrong.pk, Concern.UNKIND, "", "Ans")]


def test_which_message_is_asked_back_and_told_with_a_number(thread, ans, bram, write):
    write(thread, bram)
    wrong = write(thread, bram, "Jij ook.")
    write(thread, ans, "Rustig aan.")
    arrive("melden: er wordt gescholden", to=thread_address(thread, ans))
    assert reports() == [(None, Concern.UNKIND, "er wordt gescholden", "Ans")]
    asked = newest()
    assert "2: van Bram" in asked.text
    assert "3: van Ans" not in asked.text  # one's own
    assert arrive("Het is 2", to=asked.reply_to, proof="") == "report: pointed out"
    assert reports() == [(wrong.pk, Concern.UNKIND, "er wordt gescholden", "Ans")]
    assert (newest().template, newest().to) == ("mail/conversation/report_pointed.md", ANS)


@pytest.mark.parametrize("words", ["Ik weet het niet", "9", ""])
def test_what_points_out_nothing_is_asked_again(thread, ans, bram, write, words):
    write(thread, bram)
    write(thread, bram, "Jij ook.")
    arrive("melden: er wordt gescholden", to=thread_address(thread, ans))
    assert arrive(words, to=newest().reply_to) == "not taken"
    assert reports()[0][0] is None


def test_a_number_that_is_not_there_is_told(thread, ans, bram, write):
    write(thread, bram)
    assert arrive("melden 9: er wordt gescholden", to=thread_address(thread, ans)) == "not taken"
    assert (reports(), "Bericht 9 staat er niet" in newest().text) == ([], True)


def test_what_is_wrong_is_asked_where_nothing_says_it(thread, ans, bram, write):
    write(thread, bram)
    assert arrive("melden 1", to=thread_address(thread, ans)) == "report: why?"
    assert (reports(), answers()) == ([], [("report_why.md", ANS)])
    assert "melden 1" in newest().text


def test_a_letter_with_the_word_in_it_is_posted(thread, ans, bram, write):
    arrive("Meld dit bij de gemeente, die lost het op.", to=thread_address(thread, ans))
    assert (reports(), Contribution.objects.get().text) == ([], "Meld dit bij de gemeente, die lost het op.")


def three_report(thread, addresses):
    for number, email in enumerate(addresses):
        who = known(f"Lezer {number}", email, NOW)
        domain = email.partition("@")[2]
        proof = f"mx.voorbeeld.example; dmarc=pass header.from={domain}"
        arrive("melden 1: er wordt gescholden", to=thread_address(thread, who), author=email, proof=proof)


def test_three_who_report_from_three_networks_hide(thread, bram, write):
    write(thread, bram)
    three_report(thread, ["a@een.example", "b@twee.example", "c@drie.example"])
    assert Contribution.objects.get().state == State.HIDDEN


def test_three_addresses_of_one_domain_are_one_network(thread, bram, write):
    write(thread, bram)
    three_report(thread, ["a@een.example", "b@een.example", "c@een.example"])
    assert (Report.objects.confirmed().count(), Contribution.objects.get().state) == (3, State.SHOWN)


def test_who_left_reports_nothing(thread, ans, bram, write):
    write(thread, bram)
    to = thread_address(thread, ans)
    ans.address, ans.name, ans.erased_at = None, "", NOW
    ans.save()
    arrive("melden 1: er wordt gescholden", to=to)
    assert (reports(), answers()) == ([], [("unknown_token.md", ANS)])


@pytest.fixture
def digest(thread, other_thread, ans, bram, write):
    """A mail to Ans about two conversations."""
    for each in (thread, other_thread):
        activity.follow(ans, conversation.subject_of(each), rhythm=Rhythm.EACH, now=NOW - MINUTE)
        write(each, bram)
    write(other_thread, bram, "En nog iets.")
    activity.tell(now=NOW + 12 * MINUTE)
    return newest()


def test_a_mail_about_several_says_how_to_report(digest):
    assert digest.template == "mail/activity/digest.md"
    assert "melden, het antwoordnummer van het bericht en wat er mis is" in digest.text


def test_a_number_that_one_message_of_such_a_mail_has_tells_which(digest, other_thread):
    wrong = other_thread.contributions.get(number=2)
    Contribution.objects.filter(pk=wrong.pk).update(number=7)
    arrive("melden 7: er wordt gescholden", to=digest.reply_to)
    assert reports() == [(wrong.pk, Concern.UNKIND, "er wordt gescholden", "Ans")]


def test_a_number_that_several_have_is_asked_back(digest, other_thread):
    arrive("melden: er wordt gescholden", to=digest.reply_to)
    wrong = other_thread.contributions.get(number=1)
    asked = newest()
    assert f"{wrong.pk}: bericht 1 van Bram, bij ‘Een buurtbus’" in asked.text
    arrive(str(wrong.pk), to=asked.reply_to)
    assert reports() == [(wrong.pk, Concern.UNKIND, "er wordt gescholden", "Ans")]


def test_a_word_there_is_about_all_that_somebody_follows(digest, ans):
    assert arrive("wekelijks", to=digest.reply_to, proof="") == "follow: all week"
    assert newest().subject == "Je krijgt nu één mail per week over alles wat je volgt"
    assert newest().text.count("één mail per week") == 1
    assert "Je volgt niets meer" not in newest().text
    assert set(Follow.objects.filter(person=ans).values_list("rhythm", flat=True)) == {Rhythm.WEEKLY}


def test_another_answer_there_is_posted_nowhere(digest):
    count = Contribution.objects.count()
    assert arrive("Wat een goed idee!", to=digest.reply_to) == "not taken"
    assert (Contribution.objects.count(), "kan over meer berichten gaan" in newest().text) == (count, True)


@pytest.fixture
def removed(thread, ans, bram, carla, write):
    """What Bram wrote, reported by Ans and taken away by Carla."""
    wrong = write(thread, bram)
    arrive("melden 1: er wordt gescholden", to=thread_address(thread, ans))
    read = mark_of(Contribution.objects.get().judged)
    return moderation.decide(
        wrong, Deed.REMOVE, by=carla, read=read, ground="onvriendelijk", reason="Schelden.", now=NOW
    )


def test_whom_a_decision_is_about_objects_by_an_answer(removed, bram):
    told = OutgoingMail.objects.get(template="mail/conversation/statement.md")
    assert "antwoord op deze mail" in told.text
    assert (
        arrive("Ik schold niet, het was een grap.", to=told.reply_to, author="bram@mail.example") == "objection: made"
    )
    objection = Objection.objects.get()
    assert (objection.decision, objection.report, objection.text) == (
        removed,
        None,
        "Ik schold niet, het was een grap.",
    )
    assert answers()[-1] == ("objection_received.md", "bram@mail.example")


@pytest.mark.parametrize(
    "words", ["Dank je wel, duidelijk!", "Oké, prima.", "Hallo,\n\nIk ben het er mee eens.\nBedankt voor de uitleg"]
)
def test_who_only_thanks_does_not_object(removed, bram, words):
    told = OutgoingMail.objects.get(template="mail/conversation/statement.md")
    assert arrive(words, to=told.reply_to, author="bram@mail.example") == "not taken"
    assert not Objection.objects.exists()
    assert "Daarom maakten we er geen bezwaar van." in " ".join(newest().text.split())


def test_who_reported_objects_by_an_answer(thread, ans, bram, carla, write):
    wrong = write(thread, bram)
    arrive("melden 1: er wordt gescholden", to=thread_address(thread, ans))
    moderation.decide(wrong, Deed.KEEP, by=carla, read=mark_of(Contribution.objects.get().judged), now=NOW)
    told = OutgoingMail.objects.get(template="mail/conversation/report_decided.md")
    assert arrive("Lees het nog eens.", to=told.reply_to) == "objection: made"
    assert Objection.objects.get().report == Report.objects.get()
    assert answers()[-1] == ("objection_received.md", ANS)


def test_said_again_the_newer_words_count_and_are_mailed(removed):
    to = OutgoingMail.objects.get(template="mail/conversation/statement.md").reply_to
    arrive("Het was een grap.", to=to, author="bram@mail.example")
    assert arrive("Het was een grap, en hij weet dat.", to=to, author="bram@mail.example") == "objection: changed"
    assert Objection.objects.get().text == "Het was een grap, en hij weet dat."
    assert "en hij weet dat" in newest().text


def test_an_empty_objection_and_one_that_is_too_late_are_told_so(removed):
    to = OutgoingMail.objects.get(template="mail/conversation/statement.md").reply_to
    assert arrive(" ", to=to, author="bram@mail.example") == "empty"
    assert arrive("Toch niet.", to=to, author="bram@mail.example", now=NOW + 200 * DAY) == "not taken"
    assert Objection.objects.count() == 0

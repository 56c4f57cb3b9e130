"""Saying by mail which answer helped, that it did not after all, and how a mail says so."""

import pytest
from tests.incoming_mail import HOUR, MINUTE, NOW, answers, arrive, thread_address

from meedoen.activity import actions as activity
from meedoen.activity.rules import Rhythm
from meedoen.conversation import actions as conversation
from meedoen.conversation.mailed.helping import said
from meedoen.conversation.models import Contribution
from meedoen.conversation.threads import Help
from meedoen.forum import actions as forum
from meedoen.forum.rules import Kind
from meedoen.mail.models import OutgoingMail

QUOTED = "> Bericht 2 van Bram\n>\n> Wij rijden met kleine busjes."


@pytest.mark.parametrize(
    ("text", "quoted", "meant"),
    [
        ("Dit hielp", "", Help(True)),
        ("dit hielp, dank je wel!", QUOTED, Help(True, (2,))),
        ("Hallo,\n\nDit hielp.", QUOTED, Help(True, (2,))),
        ("dit hielp 3", QUOTED, Help(True, (3,), is_named=True)),
        ("Dit hielp: bericht 3.", "", Help(True, (3,), is_named=True)),
        ("Bericht 3 hielp!", "", Help(True, (3,), is_named=True)),
        ("Dit hielp me", "", Help(True)),
        ("Dit hielp mij erg!", QUOTED, Help(True, (2,))),
        ("Ja, dit hielp", "", Help(True)),
        ("Hallo Bram,\ndit hielp\nDank je wel Piet", QUOTED, Help(True, (2,))),
        ("Antwoord 2 hielp mij", "", Help(True, (2,), is_named=True)),
        ("dit hielp (2)", "", Help(True, (2,), is_named=True)),
        ("Dit hielp mij niet", "", Help(False)),
        ("Nee, bericht 3 hielp ons niet", "", Help(False, (3,), is_named=True)),
        ("dit hielp niet", "", Help(False)),
        ("dit hielp niet 3", "", Help(False, (3,), is_named=True)),
        ("Bericht 3 hielp niet", "", Help(False, (3,), is_named=True)),
        ("Dit hielp ons in 2024 ook.", QUOTED, None),
        ("Dit hielp.\n\nMaar hoe betaal je het?", QUOTED, None),
        ("Wat hielp bij jullie?", "", None),
        pytest.param(
            "Dit hielp" + " me" * 50_000, "", None, id="long"
        ),  # at once: it would take hours to look for all ways to read it
        ("Dit hielp mij met de aanvraag.", "", None),
        ("", QUOTED, None),
    ],
)
def test_how_a_mail_says_what_helped(text, quoted, meant):
    assert said(text, quoted) == meant


@pytest.fixture
def question(ans, bram, write):
    """A question of Ans with two answers of Bram: messages 2 and 3."""
    opening = forum.begin(
        category="vervoer",
        kind=Kind.QUESTION,
        title="Wie heeft ervaring met een buurtbus?",
        text="Wij zoeken voorbeelden.",
        person=ans,
        hides_name=False,
        score=0,
        looks_like_spam=False,
        now=NOW,
    )
    write(opening.thread, bram, "Wij rijden met kleine busjes.")
    write(opening.thread, bram, "En op zondag ook.")
    return opening.thread


def helped():
    return list(Contribution.objects.filter(helped_at__isnull=False).values_list("number", flat=True))


def test_what_the_mail_quotes_is_meant_and_not_what_came_later(question, ans):
    to = thread_address(question, ans)
    assert arrive(f"Dit hielp!\n\nIedereen doet mee! schreef op 3 dec. 2026:\n{QUOTED}\n", to=to) == "thread: helped"
    assert helped() == [2]
    confirmation = OutgoingMail.objects.get(template="mail/conversation/helped.md")
    assert "Bij bericht 2 van Bram staat nu dat het je hielp." in confirmation.text
    assert arrive("dit hielp niet 2", to=confirmation.reply_to) == "thread: helped not"
    assert helped() == []
    assert "staat niet meer dat het je hielp" in OutgoingMail.objects.latest("pk").text


def test_without_a_quote_it_is_the_newest(question, ans):
    assert arrive("dit hielp", to=thread_address(question, ans)) == "thread: helped"
    assert helped() == [3]
    assert arrive("dit hielp niet", to=thread_address(question, ans)) == "thread: helped not"
    assert helped() == []


def test_a_number_that_is_no_answer_is_told_and_stands_nowhere(question, ans):
    for number in (1, 9):
        assert arrive(f"dit hielp {number}", to=thread_address(question, ans)) == "not taken"
    assert helped() == []
    assert question.contributions.count() == 3
    assert answers()[-1] == ("not_taken.md", ans.address.email)


def test_somebody_else_says_nothing_by_it(question, bram):
    assert arrive("dit hielp", to=thread_address(question, bram), author="bram@mail.example") == "thread: contributed"
    assert helped() == []


def test_a_code_in_answer_to_another_mail_is_no_message(question, ans):
    assert arrive("123456", to=thread_address(question, ans)) == "not taken"
    assert question.contributions.count() == 3
    assert "alleen een code" in OutgoingMail.objects.latest("pk").text


def test_the_mail_names_a_number_that_stands_in_it(question, ans, bram, write):
    activity.follow(ans, conversation.subject_of(question), rhythm=Rhythm.EACH, now=NOW + MINUTE)
    write_later(question, bram, "Vraag het de vervoerder.")
    activity.tell(now=NOW + HOUR)
    notice = " ".join(OutgoingMail.objects.get(template="mail/activity/notice.md").text.split())
    assert "Bericht 4 van Bram" in notice
    assert ("Bijvoorbeeld: dit hielp 4." in notice, "Bijvoorbeeld: melden 4: dit is reclame." in notice) == (True, True)


def write_later(thread, person, text):
    return conversation.contribute(
        thread, person=person, text=text, hides_name=False, score=0, looks_like_spam=False, now=NOW + 2 * MINUTE
    )

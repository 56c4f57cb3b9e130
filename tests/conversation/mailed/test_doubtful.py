"""Words that may not be for everybody are asked about by the mail with the code, and stand only when it is typed."""

import pytest
from tests.incoming_mail import NOW, arrive, thread_address
from tests.outbox import code_in

from meedoen.activity import actions as activity
from meedoen.activity.models import Follow
from meedoen.activity.rules import Rhythm
from meedoen.conversation import actions as conversation
from meedoen.conversation.models import Contribution
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import PendingAct, Person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Stop met mailen naar mijn moeder", "alleen het woord: stop"),
        ("Ik wil Piet melden, hij scheldt", "Wil je een bericht melden?"),
        ("Vertrouwelijk: kunnen jullie mij bellen", "alleen voor ons team"),
        ("Wij doen dat ook. Bel mij thuis op 06-12345678.", "een telefoonnummer: 06-12345678"),
    ],
)
def test_what_may_be_for_us_alone_waits_for_a_code(thread, ans, text, asked):
    assert arrive(text, to=thread_address(thread, ans)) == "thread: code asked"
    sent = OutgoingMail.objects.get()
    told = " ".join(sent.text.replace("> ", "").split())
    assert (text in told, asked in told) == (True, True)
    assert not Contribution.objects.exists()
    assert arrive(code_in(sent), to=sent.reply_to) == "act: done"
    assert Contribution.objects.get().text == text


def test_who_meant_it_for_us_says_no(thread, ans):
    arrive("Stop met mailen naar mijn moeder", to=thread_address(thread, ans))
    assert arrive("nee", to=OutgoingMail.objects.get().reply_to) == "act: discarded"
    assert not Contribution.objects.exists()
    assert PendingAct.objects.get().discarded_at


def test_a_code_asked_in_anothers_name_repeats_none_of_their_words(thread, ans):
    text = "Stop met mailen naar 06-12345678 aub"
    assert arrive(text, to=thread_address(thread, ans), proof="") == "thread: code asked"
    told = " ".join(OutgoingMail.objects.get().text.split())
    assert ("06-12345678" in told, "alleen het woord: stop" in told) == (False, True)
    assert "In je tekst staat een telefoonnummer. Iedereen kan dat straks lezen." in told


@pytest.fixture
def follow(thread, ans):
    """Ans hears of each message in it."""
    return activity.follow(ans, conversation.subject_of(thread), rhythm=Rhythm.EACH, now=NOW)


@pytest.mark.parametrize(
    ("text", "word", "rhythm"),
    [
        ("Stop hiermee aub", "stop", Rhythm.NEVER),
        ("Wekelijks is voldoende", "wekelijks", Rhythm.WEEKLY),
        ("Ik wil alleen antwoorden aan mij krijgen", "alleen antwoorden aan mij", Rhythm.NEVER),
    ],
)
def test_a_word_about_mail_in_answer_to_what_was_asked_does_that(thread, ans, follow, text, word, rhythm):
    assert arrive(text, to=thread_address(thread, ans), proof="") == "thread: code asked"
    asked = OutgoingMail.objects.get()
    assert "Antwoord dan op deze mail, met alleen het woord:" in " ".join(asked.text.split())
    assert arrive(word, to=asked.reply_to, proof="").startswith("act: ")
    assert Follow.objects.get().rhythm == rhythm
    assert PendingAct.objects.get().discarded_at
    told = OutgoingMail.objects.latest("pk")
    assert told.template == "mail/activity/changed.md"
    assert "Je bericht aan ons komt niet op de site." in " ".join(told.text.split())
    assert arrive("ongedaan maken", to=told.reply_to, proof="") == "follow: undone"
    assert Follow.objects.get().rhythm == Rhythm.EACH


def test_stop_in_answer_to_the_code_of_a_message_keeps_that_away_alone(thread, ans, follow):
    arrive(to=thread_address(thread, ans), proof="")
    asked = OutgoingMail.objects.get()
    assert arrive("stop", to=asked.reply_to, proof="") == "act: stop"
    told = OutgoingMail.objects.latest("pk")
    said = " ".join(told.text.split())
    assert told.subject.startswith("Je zei stop")
    assert ("Je bericht komt niet op de site." in said, "Over dit gesprek krijg je nog wel mail." in said) == (
        True,
        True,
    )
    assert Follow.objects.get().rhythm == Rhythm.EACH
    assert arrive(code_in(asked), to=asked.reply_to, proof="") == "act: done"
    assert Contribution.objects.count() == 1


def test_another_address_stops_nothing_of_who_was_mailed(thread, ans, follow):
    author = "ander@mail.example"
    arrive("Stop hiermee aub", to=thread_address(thread, ans), author=f"Ander <{author}>", proof="")
    asked = OutgoingMail.objects.get()
    assert asked.to == author
    assert arrive("stop", to=asked.reply_to, author=author, proof="") == "act: stop"
    assert Follow.objects.get().rhythm == Rhythm.EACH


def test_of_two_at_one_address_who_was_mailed_is_heard(thread, ans, follow):
    piet = Person.objects.create(address=ans.address, name="Piet", joined_at=NOW)
    activity.follow(piet, conversation.subject_of(thread), rhythm=Rhythm.EACH, now=NOW)
    arrive("Stop hiermee aub", to=thread_address(thread, ans), proof="")
    arrive("stop", to=OutgoingMail.objects.get().reply_to, proof="")
    assert dict(Follow.objects.values_list("person__name", "rhythm")) == {"Ans": Rhythm.NEVER, "Piet": Rhythm.EACH}

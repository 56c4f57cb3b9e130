"""Words that may not be for everybody are asked about by the mail with the code, and stand only when it is typed."""

import pytest
from tests.incoming_mail import arrive, thread_address
from tests.outbox import code_in

from meedoen.conversation.models import Contribution
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import PendingAct

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

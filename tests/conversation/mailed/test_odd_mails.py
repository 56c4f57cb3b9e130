"""Mails that are no plain letter: each has one sane outcome, and none becomes nonsense on the site."""

import re
from email.message import EmailMessage

import pytest
from tests.incoming_mail import ANS, DOMAIN, MINUTE, NOW, PASSES, answers, arrive, take_in, thread_address
from tests.outbox import code_in

from meedoen.conversation.models import Contribution
from meedoen.forum.models import Topic
from meedoen.mail.incoming import actions
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import PendingAct

pytestmark = pytest.mark.django_db
_count = iter(range(1, 1_000_000))
HEAD = f"Authentication-Results: {PASSES}\nFrom: Ans <{ANS}>\nSubject: {{subject}}\nMessage-ID: <odd-{{count}}@mail.example>\nMIME-Version: 1.0\n"
CALENDAR = """Content-Type: multipart/alternative; boundary=x

--x
Content-Type: text/plain; charset=utf-8

{text}
--x
Content-Type: text/calendar; method=REPLY; charset=utf-8

BEGIN:VCALENDAR
METHOD:REPLY
END:VCALENDAR
--x--
"""
VOICE = """Content-Type: multipart/mixed; boundary=x

--x
Content-Type: audio/mp4; name=memo.m4a
Content-Disposition: attachment; filename=memo.m4a
Content-Transfer-Encoding: base64

AAAAIGZ0eXBNNEEgAAAAAE00QSBtcDQyaXNvbQAAAAA=
--x--
"""
PGP = """Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=x

--x
Content-Type: application/pgp-encrypted

Version: 1
--x
Content-Type: application/octet-stream

-----BEGIN PGP MESSAGE-----
hQEMA
-----END PGP MESSAGE-----
--x--
"""
SMIME = """Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename=smime.p7m

MIAGCSqGSIb3DQEHA6CAMIACAQAxggE=
"""


def came(body, *, to, subject="Re: Nieuw", now=NOW):
    """What came of a raw mail."""
    raw = (HEAD.format(subject=subject, count=next(_count)) + body).encode()
    row = take_in(raw, to, now=now)
    actions.handle(row.pk, now=now)
    row.refresh_from_db()
    return row.outcome or row.reason


def newest():
    return OutgoingMail.objects.latest("pk")


def texts():
    return list(Contribution.objects.values_list("text", flat=True))


@pytest.fixture
def places(thread, ans):
    """Where words become something on the site."""
    return {"thread": thread_address(thread, ans), "question": f"vraag@{DOMAIN}", "coupling": f"koppel@{DOMAIN}"}


@pytest.mark.parametrize("place", ["thread", "question", "coupling"])
@pytest.mark.parametrize(
    ("body", "words"),
    [
        (CALENDAR.format(text="Geaccepteerd: overleg op dinsdag om 10.00 uur"), "afspraak voor een agenda"),
        (CALENDAR.format(text=""), "afspraak voor een agenda"),
        (VOICE, "niet naar luisteren"),
        (PGP, "versleuteld"),
        (SMIME, "versleuteld"),
        ("Content-Type: text/plain\n\n\n", "geen woorden|alleen in het onderwerp"),
    ],
    ids=["appointment", "bare appointment", "voice", "pgp", "s/mime", "empty"],
)
def test_what_has_no_words_of_its_sender_is_told_so(places, place, body, words):
    assert came(body, to=places[place], subject="Een lange vraag over iets") == "empty"
    assert (answers(), texts(), PendingAct.objects.count()) == ([("empty.md", ANS)], [], 0)
    assert re.search(words, newest().text)


def test_a_question_in_the_subject_alone_is_told_where_words_go(ans):
    assert came("Content-Type: text/plain\n\n", to=f"vraag@{DOMAIN}", subject="Wie heeft een tillift?") == "empty"
    assert "alleen in het onderwerp" in newest().text


def test_html_alone_is_read(places):
    body = "Content-Type: text/html; charset=utf-8\n\n<p>Bij ons hielp een <b>rustig</b> uur.</p><img src='http://x/p.gif' width=1>"
    assert came(body, to=places["thread"]) == "thread: contributed"
    assert texts() == ["Bij ons hielp een rustig uur."]


def test_right_to_left_stays_as_it_is_and_turns_nothing_round(places):
    text = "\u202eשלום לכולם, זה עזר לנו."
    body = f"Content-Type: text/plain; charset=utf-8\n\n{text}\n"
    assert came(body, to=places["thread"]) == "thread: contributed"
    assert texts() == [text.lstrip("\u202e")]


def test_a_mail_that_breaks_off_is_shown_before_it_stands(places):
    body = "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nBij ons hielp een rustig uur, want\n--x\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0xLj"
    outcome = came(body, to=places["thread"])
    assert outcome in ("thread: contributed", "thread: code asked")
    assert "Bij ons hielp een rustig uur, want" in newest().text


def test_fifty_megabytes_are_read_and_what_is_too_large_is_told(thread, ans, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    message = EmailMessage()
    message["Authentication-Results"], message["From"], message["Subject"] = PASSES, ANS, "Re: Nieuw"
    message["Message-ID"] = "<groot@mail.example>"
    message.set_content("Hier is onze film.")
    message.add_attachment(b"\x00" * 37_500_000, maintype="video", subtype="mp4", filename="film.mp4")
    row = take_in(message.as_bytes(), thread_address(thread, ans))
    assert len(bytes(row.raw)) > 50_000_000
    actions.handle(row.pk, now=NOW)
    assert texts() == ["Hier is onze film."]
    assert "film.mp4: Je bestand is te groot" in newest().text


def test_what_is_passed_on_is_shown_to_who_surely_sent_it_and_stands_with_the_code(places):
    text = "Dit schreef mijn buurvrouw erover.\n\nBij haar hielp een rustig uur."
    assert arrive(text, to=places["thread"], subject="FW: Nieuw") == "thread: code asked"
    asked = newest()
    assert texts() == []
    assert "Bij haar hielp een rustig uur." in asked.text
    assert arrive(code_in(asked), to=asked.reply_to, now=NOW + MINUTE) == "act: done"
    assert texts() == [text]


def test_what_was_not_sure_is_mended_beside_the_code(places):
    arrive("Zie hieronder, met groet van Piet", to=places["thread"], subject="FW: Nieuw")
    asked = newest()
    assert "Typ dan onder de code: tekst:" in asked.text
    mended = "Mijn buurvrouw zegt:\n\n- een rustig uur hielp.\n- en een stoel."
    arrive(f"{code_in(asked)}\n\ntekst: {mended}", to=asked.reply_to, now=NOW + MINUTE)
    assert texts() == [mended]


def test_words_beside_the_code_that_mend_nothing_change_nothing(places):
    arrive("Zo is het goed gegaan bij ons.", to=places["thread"], subject="FW: Nieuw")
    asked = newest()
    arrive(f"{code_in(asked)}\nDank je wel, zo is het goed.", to=asked.reply_to, now=NOW + MINUTE)
    assert texts() == ["Zo is het goed gegaan bij ons."]


def test_nobody_has_us_mail_words_to_an_address_that_did_not_send_them(places):
    arrive("Dit schreef mijn buurvrouw erover.", to=places["thread"], subject="FW: Nieuw", proof="")
    assert "buurvrouw" not in newest().text


def test_a_question_is_shown_and_mended_the_same_way(ans):
    arrive("Wie heeft ervaring met vervoer op maat?", to=f"vraag@{DOMAIN}", subject="Een vraag over onze bus")
    asked = newest()
    assert "Wie heeft ervaring met vervoer op maat?" in asked.text
    arrive(f"{code_in(asked)}\ntekst: Wie rijdt met kleine busjes?", to=asked.reply_to, now=NOW + MINUTE)
    assert (texts(), Topic.objects.get().title) == (["Wie rijdt met kleine busjes?"], "Een vraag over onze bus")


def test_the_same_words_on_another_day_are_asked_again(places):
    for minute in (0, 2):
        arrive("Dank je wel voor de uitleg!", to=places["thread"], proof="", now=NOW + minute * MINUTE)
        asked = newest()
        arrive(code_in(asked), to=asked.reply_to, proof="", now=NOW + (minute + 1) * MINUTE)
    assert texts() == ["Dank je wel voor de uitleg!"] * 2

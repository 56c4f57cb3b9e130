"""Whole paths from a mailbox alone: read in Dovecot, answered through Postfix, by people who never open the site."""

import imaplib
import re
import smtplib
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.core import mail as postman
from tests.incoming_mail import DOMAIN, NOW
from tests.mail.incoming.test_doors import opened
from tests.mail.incoming.test_servers import (  # noqa: F401  the servers, as fixtures
    PASSWORD,
    SECONDS,
    dovecot,
    folder,
    postfix,
    wait_until,
)
from tests.meetings.attending.mailed.conftest import coming

from meedoen.mail import actions as mail
from meedoen.mail.incoming import actions
from meedoen.mail.incoming.doors import delivery
from meedoen.mail.incoming.models import Incoming
from meedoen.mail.models import OutgoingMail
from meedoen.meetings.attending import needs
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.attending.needs import Needs
from meedoen.meetings.rules import Need

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.once]
LIST = f"bijeenkomst@{DOMAIN}"


class Program:
    """A text mail program: it reads a mailbox over IMAP, quotes what it answers, and sends by SMTP."""

    def __init__(self, name, port, imap_port, log):
        self.address, self.port, self.log, self.count = f"{name}@mail.example", port, log, 0
        self.box = imaplib.IMAP4("127.0.0.1", imap_port, timeout=SECONDS)
        self.box.login(name, PASSWORD)

    def newest(self):
        self.box.select("INBOX")
        numbers = self.box.search(None, "ALL")[1][0].split()
        return message_from_bytes(self.box.fetch(numbers[-1], "(RFC822)")[1][0][1], policy=policy.default)

    def text(self):
        return self.newest().get_body(("plain",)).get_content()

    def write(self, text, *, to, subject, **headers):
        self.count += 1
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.address, to, subject
        message["Message-ID"] = f"<{self.count}.{self.address}>"
        for name, value in headers.items():
            message[name.replace("_", "-")] = value
        message.set_content(text)
        before = Incoming.objects.count()
        with smtplib.SMTP("127.0.0.1", self.port) as server:
            server.send_message(message)
        wait_until(lambda: Incoming.objects.count() > before, self.log)

    def answer(self, text="", *, fill=()):
        """Answer the newest mail, text above the quote; ``fill``: what is typed behind lines inside it."""
        asked = self.newest()
        quote = self.text()
        for label, value in dict(fill).items():
            assert f"- {label}:" in quote, quote
            quote = quote.replace(f"- {label}:", f"- {label}: {value}")
        quoted = "\n".join(f"> {line}".rstrip() for line in quote.splitlines())
        head = "Op do 3 dec. 2026 om 14:00 schreef Iedereen doet mee! <noreply@voorbeeld.example>:"
        body = f"{text}\n\n{head}\n{quoted}\n"
        self.write(body, to=asked["Reply-To"], subject=f"Re: {asked['Subject']}", In_Reply_To=str(asked["Message-ID"]))

    def code(self):
        return re.search(r"\b(\d{6})\b", self.newest()["Subject"])[1]


@pytest.fixture
def line(postfix, dovecot, settings):  # noqa: F811
    """A function that gives somebody's mail program; what we mail lies in their mailbox after ``handled``."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    port, lmtp, _command, log = postfix
    boxes = {}

    def program(name):
        boxes[f"{name}@mail.example"] = Program(name, port, settings.IMAP_PORT, log)
        return boxes[f"{name}@mail.example"]

    with opened(f"127.0.0.1:{lmtp}", delivery.lmtp):
        program.boxes = boxes
        yield program
        for each in boxes.values():
            each.box.logout()


def handled(line):
    """What came of the newest mail; what we mail back is brought to the mailboxes."""
    for each in Incoming.objects.filter(state="new"):
        actions.handle(each.pk, now=NOW)
    del postman.outbox[:]
    for row in OutgoingMail.objects.filter(state="waiting").order_by("pk"):
        mail.deliver(row.pk, now=NOW)
    for message in postman.outbox:
        if message.to[0] in line.boxes:
            line.boxes[message.to[0]].box.append("INBOX", None, None, message.message().as_bytes())
    return Incoming.objects.latest("pk").outcome


def test_sign_up_as_a_duo_and_say_what_one_needs(line, both):
    ans, bram = line("ans"), line("bram")
    ans.write("", to=LIST, subject="Welke bijeenkomsten zijn er?")
    assert handled(line) == "meetings: listed"
    number = re.search(r"Nummer (\d+): Praat mee", ans.text())[1]
    ans.answer(number)
    assert handled(line) == "meetings: told"
    ans.answer(
        fill={
            "Naam": "Ans",
            "Hoe kom je (zaal of online)": "zaal",
            "Met wie (naam en e-mailadres)": "Bram, bram@mail.example",
        }
    )
    assert handled(line) == "meetings: code asked"
    ans.answer(ans.code())
    assert handled(line) == "act: done"
    assert coming() == [("Ans", "zaal", 0, "placed")]
    bram.answer(f"{bram.code()}\nLeuk, ik kom mee!")
    assert handled(line) == "act: done"
    assert coming() == [("Ans", "zaal", 0, "placed"), ("Bram", "zaal", 0, "placed")]
    assert "Bram komt met je mee" in ans.newest()["Subject"]
    ans.answer("nodig")
    assert handled(line) == "needs: lines"
    ans.answer(fill={"Braille": "ja", "Anders": "een stoel bij de deur"})
    assert handled(line) == "needs: code asked"
    assert "- Je hebt nodig: Braille" in ans.text()
    assert "- Je schreef: een stoel bij de deur" in ans.text()
    ans.answer(ans.code())
    assert handled(line) == "act: done"
    found = Attendee.objects.select_related("meeting", "person").get(person__name="Ans")
    assert needs.needs_of(found) == Needs((Need.BRAILLE,), "een stoel bij de deur")
    assert {bytes(each.raw) for each in Incoming.objects.all()} == {b""}


def test_change_cancel_and_come_after_all(line, both):
    ans = line("ans")
    ans.write("Ik kom graag naar de zaal.", to=LIST, subject=f"Aanmelden {both.pk}")
    assert handled(line) == "meetings: code asked"
    ans.answer(ans.code())
    assert handled(line) == "act: done"
    ans.answer("online")
    assert handled(line) == "meeting: changed"
    assert coming() == [("Ans", "online", 0, "placed")]
    ans.answer("terug")
    assert handled(line) == "meeting: changed back"
    ans.answer("Afmelden alsjeblieft.\n\n-- \nAns\nGestuurd met mutt")
    assert handled(line) == "meeting: cancelled"
    assert coming() == []
    ans.answer("toch wel")
    assert handled(line) == "meeting: comes after all"
    assert coming() == [("Ans", "zaal", 0, "placed")]

"""Mailboxes in Dovecot whose owners write through Postfix, and a site that they never open."""

import imaplib
import re
import smtplib
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.core import mail as postman
from tests.incoming_mail import DOMAIN, NOW, SERVER
from tests.mail.incoming.test_doors import opened
from tests.mail.incoming.test_servers import PASSWORD, SECONDS, wait_until
from tests.mail.incoming.test_servers import dovecot as dovecot
from tests.mail.incoming.test_servers import folder as folder
from tests.mail.incoming.test_servers import postfix as postfix

from meedoen.kernel import clock
from meedoen.mail import actions as mail
from meedoen.mail.incoming import actions
from meedoen.mail.incoming.doors import delivery
from meedoen.mail.incoming.models import Incoming
from meedoen.mail.models import OutgoingMail


@pytest.fixture(autouse=True)
def _open(settings):
    settings.MAIL_IN_DOMAIN = DOMAIN
    settings.MAIL_IN_TRUSTED = [SERVER]


@pytest.fixture
def at(monkeypatch):
    """A function that sets the clock; it stands at ``NOW``."""

    def go(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    go(NOW)
    return go


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
def line(postfix, dovecot, settings, at):
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
        actions.handle(each.pk, now=clock.now())
    brought(line)
    return Incoming.objects.latest("pk").outcome


def brought(line):
    """Bring what we mail to the mailboxes."""
    del postman.outbox[:]
    for row in OutgoingMail.objects.filter(state="waiting").order_by("pk"):
        mail.deliver(row.pk, now=clock.now())
    for message in postman.outbox:
        if message.to[0] in line.boxes:
            line.boxes[message.to[0]].box.append("INBOX", None, None, message.message().as_bytes())

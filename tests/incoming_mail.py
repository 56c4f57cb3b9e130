"""Mails that come in, as a receiving server that we trust hands them over; what came of them, and what was answered."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

from meedoen.conversation import actions as conversation
from meedoen.mail.incoming import actions, addresses, sealing
from meedoen.mail.incoming.models import Incoming
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import Address, Person

NOW = datetime(2026, 12, 3, 13, 0, tzinfo=UTC)  # donderdag 3 december 2026, 14.00 uur
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
DOMAIN = "post.voorbeeld.example"
SERVER = "mx.voorbeeld.example"
ANS = "ans@mail.example"
PASSES = f"{SERVER}; dmarc=pass header.from=mail.example"

_count = iter(range(1, 1_000_000))


def known(name, email, now):
    """Somebody of whom the team approved something before."""
    address = Address.objects.of(email)
    address.verified_at = address.trusted_at = now
    address.save()
    return Person.objects.create(address=address, name=name, joined_at=now)


def mail(text="Bij ons hielp een rustig uur.", *, to, author=ANS, subject="Re: Nieuw", proof=PASSES, **headers):
    """A mail as the receiving server hands it over."""
    message = EmailMessage()
    if proof:
        message["Authentication-Results"] = proof
    message["From"] = author
    message["To"] = to
    message["Subject"] = subject
    message["Message-ID"] = f"<{next(_count)}@mail.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def take_in(raw, to, *, now=NOW):
    """Keep it; the row, or None where it was kept before."""
    before = Incoming.objects.count()
    actions.take_in(raw, sender=ANS, recipients=[to], door="lmtp", now=now)
    return Incoming.objects.latest("pk") if Incoming.objects.count() > before else None


def arrive(text="Bij ons hielp een rustig uur.", *, to, now=NOW, **more):
    """Keep a mail and handle it; what came of it, in a word."""
    row = take_in(mail(text, to=to, **more), to, now=now)
    actions.handle(row.pk, now=now)
    row.refresh_from_db()
    return row.outcome or row.reason


def said_by(row):
    """What a mail that came in says, unsealed; nothing where it was erased."""
    return sealing.opened(row)


def answers(since=0):
    """What was mailed: template, to whom."""
    return [
        (each.template.rpartition("/")[2], each.to) for each in OutgoingMail.objects.filter(pk__gt=since).order_by("pk")
    ]


def thread_address(thread, person, now=NOW):
    """Where ``person`` answers to a notice about ``thread``."""
    subject = conversation.subject_of(thread)
    return addresses.answer_to("conversation.thread", owner=person.pk, about=subject.key, now=now)

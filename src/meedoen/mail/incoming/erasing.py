"""Erasing mail that came in: of somebody, or what may not be kept. The empty row stays, so that the mail is known."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from meedoen.kernel.database import empty_journal, in_parts

from . import rules
from .models import Incoming, IncomingQuerySet


@transaction.atomic
def erase_from(email: str, *, now: datetime) -> None:
    """Erase what somebody mailed us who asks for it; what still waits is not handled.

    What is being handled goes as soon as that is done: it may be the very mail that asks for it.
    """
    email = email.strip().lower()
    erase_all(Incoming.objects.filter(Q(author=email) | Q(sender=email)), now)


@transaction.atomic
def erase_to(tokens: Sequence[str], *, now: datetime) -> None:
    """Erase what came to addresses of ours with these tokens; as above."""
    for part in in_parts(tokens):
        recipients = [
            f"{name}+{token}@{settings.MAIL_IN_DOMAIN}" for token in part for name in (rules.ANSWER, rules.STOP)
        ]
        erase_all(Incoming.objects.filter(recipient__in=recipients), now)


def erase_everywhere(mail: Incoming, now: datetime) -> None:
    """Have a mail go as soon as it is closed, at each address of ours that it came to; also from what the database keeps
    beside itself."""
    Incoming.objects.filter(pk=mail.pk).update(must_go=True)
    erase_all(twins_of(mail), now, ends=False)
    transaction.on_commit(empty_journal, robust=True)


def twins_of(mail: Incoming) -> IncomingQuerySet:
    """The same mail at our other addresses."""
    return Incoming.objects.filter(letter_mark=mail.letter_mark).exclude(letter_mark="").exclude(pk=mail.pk)


def erase_all(mails: IncomingQuerySet, now: datetime, *, ends: bool = True) -> None:
    """Erase these; what is not handled yet as soon as it is, or, where that ``ends`` too, without being handled.

    In this order: a mail that another worker is handling is waited for, and is closed by then.
    """
    mails = mails.filter(erased_at__isnull=True)
    mails.filter(state__in=[Incoming.State.NEW, Incoming.State.HANDLING]).update(must_go=True)
    if ends:
        mails.filter(state=Incoming.State.HANDLING).update(attempts=rules.MAX_ATTEMPTS)  # not again, where it fails
        mails.filter(state=Incoming.State.NEW).update(
            state=Incoming.State.ASIDE, closed_at=now, reason=rules.WRITER_ERASED
        )
    erase(mails.filter(state__in=[Incoming.State.HANDLED, Incoming.State.ASIDE]), now)


def erase(mails: IncomingQuerySet, now: datetime) -> int:
    """Erase what these say and who they are from and to; how many."""
    return mails.update(raw=b"", key_id="", sender="", author="", recipient="", erased_at=now)

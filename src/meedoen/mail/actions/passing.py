"""Taking mail as sent that most likely was: when a backup was put back, and what it says is due was done before that."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from meedoen.mail import references
from meedoen.mail.models import OutgoingMail

from .erasing import erase_passing

TAKEN = "taken as sent: a backup was put back in which it was still to go"


@dataclass
class Taken:
    """How many mails were taken as sent."""

    count: int = 0


_taken: ContextVar[Taken | None] = ContextVar("_taken", default=None)


@contextmanager
def taken_as_sent() -> Iterator[Taken]:
    """Let no mail leave that is put in the outbox meanwhile: it stands there as sent, with why, and its key is known."""
    taken = Taken()
    before = _taken.set(taken)
    try:
        yield taken
    finally:
        _taken.reset(before)


def as_sent(mail: OutgoingMail) -> OutgoingMail:
    """A new mail, which is taken as sent where none may leave."""
    if _taken.get() is not None:
        mail.state, mail.sent_at, mail.last_error = OutgoingMail.State.SENT, mail.created_at, TAKEN
    return mail


def is_to_leave(mails: list[OutgoingMail], *, now: datetime) -> bool:
    """Whether these, which are in the outbox since just now, may leave; if not, who knows their words is told so."""
    if (taken := _taken.get()) is None:
        return True
    taken.count += len(mails)
    for mail in mails:
        _close(mail, now)
    return False


def take_waiting(*, now: datetime) -> int:
    """Take as sent what waits and is due; how many that were."""
    count = 0
    waits = [OutgoingMail.State.WAITING, OutgoingMail.State.SENDING]
    for mail in OutgoingMail.objects.filter(state__in=waits, due_at__lte=now).order_by("pk").iterator():
        with transaction.atomic():
            OutgoingMail.objects.filter(pk=mail.pk).update(
                state=OutgoingMail.State.SENT, sent_at=now, claimed_until=None, server_away_at=None, last_error=TAKEN
            )
            _close(mail, now)
        count += 1
    return count


def _close(mail: OutgoingMail, now: datetime) -> None:
    references.done(mail.references, is_sent=True, now=now)
    erase_passing(mail, now)

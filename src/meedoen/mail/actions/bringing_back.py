"""Bringing back into line what got lost, and what was given up."""

from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import transaction

from meedoen.mail import references, rules
from meedoen.mail.models import OutgoingMail, OutgoingMailQuerySet

from .erasing import erase_passing
from .lining import put_in_line

SWEEP_LIMIT = 500  # mails brought back in one sweep; the next minute takes the next ones
ENDS_WORKERS = "the worker ended while it had this mail, several times in a row"

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Swept:
    """What a sweep brought back."""

    abandoned: int
    forgotten: int


def sweep(*, now: datetime) -> Swept:
    """Bring back into line what a killed worker left behind, and what lost its task.

    A mail that each worker ended with is put aside: it would end the next one too, and nobody's mail would leave.
    """
    return Swept(
        abandoned=_bring_back(OutgoingMail.objects.abandoned(now=now), now=now),
        forgotten=_bring_back(OutgoingMail.objects.forgotten(now=now), now=now),
    )


@transaction.atomic
def try_again(mail: OutgoingMail, *, now: datetime) -> bool:
    """Put a given-up mail in line once more, such as after a wrong setting. False when it is not given up."""
    is_ours = (
        OutgoingMail.objects.filter(pk=mail.pk, state=OutgoingMail.State.GIVEN_UP, erased_at__isnull=True).update(
            state=OutgoingMail.State.WAITING, given_up_at=None, attempts=0, left_count=0, created_at=now, due_at=now
        )
        == 1
    )
    if is_ours:
        mail.refresh_from_db()
        put_in_line(mail)
    return is_ours


def _bring_back(lost: OutgoingMailQuerySet, *, now: datetime) -> int:
    return sum(_bring_back_one(lost.filter(pk=mail_id), now=now) for mail_id in lost.ids(limit=SWEEP_LIMIT))


@transaction.atomic
def _bring_back_one(lost: OutgoingMailQuerySet, *, now: datetime) -> bool:
    mail = lost.first()
    if mail is None:
        return False  # another sweep or the worker itself was first
    left = mail.left_count + (mail.state == OutgoingMail.State.SENDING)
    if rules.ends_its_workers(left):
        _put_aside(lost, mail, left, now=now)
        return False
    if not lost.update(state=OutgoingMail.State.WAITING, claimed_until=None, due_at=now, left_count=left):
        return False  # the same
    mail.due_at = now
    put_in_line(mail)
    return True


def _put_aside(lost: OutgoingMailQuerySet, mail: OutgoingMail, left: int, *, now: datetime) -> None:
    is_ours = lost.update(
        state=OutgoingMail.State.GIVEN_UP, given_up_at=now, claimed_until=None, left_count=left, last_error=ENDS_WORKERS
    )
    if is_ours:
        log.error("mail.ends_workers", mail=mail.pk, template=mail.template, workers=left)
        references.done(mail.references, is_sent=False, now=now)
        erase_passing(mail, now)

"""Bringing back into line what a killed worker left, and what was put aside."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from meedoen.kernel.database import empty_journal_when_due
from meedoen.mail.incoming import erasing, rules
from meedoen.mail.incoming.models import Incoming, IncomingQuerySet

from .placing import is_private

SWEEP_LIMIT = 500  # mails brought back in one sweep; the next minute takes the next ones


@dataclass(frozen=True)
class Swept:
    """What a sweep brought back."""

    abandoned: int


def sweep(*, now: datetime) -> Swept:
    """Bring back into line what a killed worker left behind; let what was erased be gone."""
    empty_journal_when_due()
    lost = Incoming.objects.abandoned(now=now)
    ids = list(lost.order_by("due_at", "pk").values_list("pk", flat=True)[:SWEEP_LIMIT])
    return Swept(abandoned=sum(_bring_back(lost.filter(pk=mail_id), now=now) for mail_id in ids))


@transaction.atomic
def try_again(mail: Incoming, *, now: datetime) -> bool:
    """Handle what was put aside once more, such as after a mistake of ours. False when it is not put aside."""
    return bool(
        Incoming.objects.aside()
        .filter(pk=mail.pk)
        .update(state=Incoming.State.NEW, attempts=0, due_at=now, closed_at=None, reason="", outcome="")
    )


@transaction.atomic
def _bring_back(lost: IncomingQuerySet, *, now: datetime) -> bool:
    mail = lost.first()
    if mail is None:
        return False
    if mail.attempts >= rules.MAX_ATTEMPTS:  # a mail that ends whoever handles it
        is_ours = lost.update(state=Incoming.State.ASIDE, claimed_until=None, closed_at=now, reason="the worker ended")
        if is_ours and is_private(mail):
            erasing.erase_everywhere(mail, now)
        erasing.erase(Incoming.objects.aside().filter(pk=mail.pk, must_go=True), now)
        return bool(is_ours)
    # None where another sweep or the worker itself was first.
    return bool(lost.update(state=Incoming.State.NEW, claimed_until=None, due_at=now))

"""Erasing what is past its end date, and what was mailed to who asks for it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from meedoen.mail import rules
from meedoen.mail.models import OutgoingMail

# What an erased mail says.
NO_WORDS: dict[str, object] = {
    "to": "", "reply_to": "", "subject": "", "text": "", "html": "", "headers": {}, "references": {},
    "last_error": "", "calendar": "",
}  # fmt: skip


@dataclass(frozen=True)
class Erased:
    """What the end dates took."""

    words: int
    rows: int


@transaction.atomic
def erase_old(*, now: datetime) -> Erased:
    """Erase the words and addresses of mail past its end date, and in the end the rows."""
    rows, _per_model = OutgoingMail.objects.with_key_past_end(now=now).delete()
    words = OutgoingMail.objects.with_words_past_end(now=now).update(**NO_WORDS, erased_at=now)
    return Erased(words=words, rows=rows)


@transaction.atomic
def erase_to(email: str, *, now: datetime) -> None:
    """Erase what was mailed to somebody who asks for it; what still waits is not sent."""
    theirs = OutgoingMail.objects.filter(to__iexact=email)
    theirs.filter(state=OutgoingMail.State.WAITING).delete()
    theirs.exclude(state=OutgoingMail.State.SENDING).update(**NO_WORDS, erased_at=now)


def erase_passing(mail: OutgoingMail, now: datetime) -> None:
    """Erase a mail that is done with, where it may not be kept."""
    done = [OutgoingMail.State.SENT, OutgoingMail.State.GIVEN_UP]
    if mail.key.startswith(rules.PASSING):
        OutgoingMail.objects.filter(pk=mail.pk, state__in=done).update(**NO_WORDS, erased_at=now)

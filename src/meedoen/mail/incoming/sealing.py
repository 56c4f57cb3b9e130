"""What a mail says, as it lies here: sealed from the moment it comes in, since it may tell of a need (decisions 8).

The keys are the vault's, upstairs, which puts its seal in when the application starts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from meedoen.kernel.database import empty_journal

from .models import Incoming

AT_ONCE = 100  # mails of an earlier version that are sealed in one minute


class CannotOpen(Exception):
    """It does not open now: its key is away, or it was changed. The text is for the administrator and tells no words."""


@dataclass(frozen=True)
class Seal:
    """``close`` gives the key's id and what was sealed, bound to the mark of its row. ``open`` raises ``CannotOpen``.

    Both are called inside a transaction; until it ends, nobody throws the key away with which something was closed.
    """

    close: Callable[[bytes, str, datetime], tuple[str, bytes]]
    open: Callable[[bytes, str, str], bytes]


_seals: list[Seal] = []


def register(seal: Seal) -> None:
    """Say how mail is sealed; at start-up."""
    if _seals and _seals != [seal]:
        raise ValueError("two seal mail that comes in")
    _seals[:] = [seal]


def close(raw: bytes, *, mark: str, now: datetime) -> tuple[str, bytes]:
    """The id of the key, and ``raw`` as nobody reads it without that key. Raises where there is none: nothing is kept then."""
    return _seals[0].close(raw, mark, now)


def opened(mail: Incoming) -> bytes:
    """What a mail says; nothing where it was erased. Raises ``CannotOpen``."""
    raw = bytes(mail.raw)
    return _seals[0].open(raw, mail.key_id, mail.mark) if mail.key_id and raw else raw


def close_old(*, now: datetime) -> int:
    """Seal what an earlier version kept in clear; how many. What is being handled is left for the next minute."""
    waiting = Incoming.objects.in_clear().exclude(state=Incoming.State.HANDLING)
    ids = list(waiting.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    for mail_id in ids:
        with transaction.atomic():
            for mail in waiting.select_for_update().filter(pk=mail_id):
                mail.key_id, mail.raw = close(bytes(mail.raw), mark=mail.mark, now=now)
                mail.save(update_fields=["key_id", "raw"])
    if ids:
        empty_journal()
    return len(ids)

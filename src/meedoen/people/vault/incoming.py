"""Mail that came in lies sealed with the vault's key: closing and opening it, and sealing it anew."""

from datetime import datetime

from django.db import transaction

from meedoen.mail.incoming import sealing as mail
from meedoen.mail.incoming.models import Incoming

from . import sealing
from .actions import key_in_use


def register() -> None:
    """Seal what comes in; at start-up."""
    mail.register(mail.Seal(close, open_))


def close(raw: bytes, mark: str, now: datetime) -> tuple[str, bytes]:
    """Seal a mail with the newest key. Raises ``actions.Refused`` without one."""
    key = key_in_use(now)
    return key.id, sealing.seal_bytes(raw, key=key, bound_to=_bound_to(mark))


def open_(sealed: bytes, key_id: str, mark: str) -> bytes:
    """Open a mail. Raises ``CannotOpen``."""
    try:
        return sealing.unseal_bytes(sealed, key_id=key_id, bound_to=_bound_to(mark))
    except (sealing.NoKey, sealing.Broken) as problem:
        raise mail.CannotOpen(type(problem).__name__) from problem


def needs(key_id: str) -> bool:
    """Whether a mail is sealed with that key."""
    return Incoming.objects.filter(key_id=key_id).exists()


def reseal(newest: sealing.SealKey) -> int:
    """Seal all mail anew with another key, one at a time; how many. What does not open keeps the key that it has."""
    count = 0
    older = Incoming.objects.sealed_by_none_of([newest.id])
    for mail_id in list(older.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            for each in older.select_for_update().filter(pk=mail_id):
                try:
                    raw = mail.opened(each)
                except mail.CannotOpen:
                    continue
                resealed = sealing.seal_bytes(raw, key=newest, bound_to=_bound_to(each.mark))
                count += Incoming.objects.filter(pk=mail_id).update(key_id=newest.id, raw=resealed)
    return count


def _bound_to(mark: str) -> tuple[str, str]:
    return "incoming", mark

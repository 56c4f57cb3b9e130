"""Going on with another key: all is sealed anew with it, and what nothing needs is thrown away."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import transaction

from . import incoming, sealing
from .actions import CannotRead, unsealed
from .models import Key, Sealed, Waiting

BATCH = 100  # rows in one transaction when all are sealed anew: others write in between

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Rotated:
    """How far sealing anew has come."""

    resealed: int
    unreadable: int  # these keep the key that they have, which so may not be thrown away


def rotate(*, now: datetime) -> Iterator[Rotated]:
    """Make a new key, seal everything anew with it in batches, and throw away the keys that nothing needs.

    Yields after each batch. Cut short at any place, the next call goes on where it stopped, with the key that was
    new then. Raises ``sealing.NotOurs`` where a new key would have to be made and the environment holds them: there
    the new one is put in front by hand, and what is left of the work is done here.
    """
    newest = _new_key(now)
    resealed = unreadable = last = 0
    while True:
        rows = Sealed.objects.kept().exclude(key_id=newest.id).filter(pk__gt=last).order_by("pk")
        pks = list(rows.values_list("pk", flat=True)[:BATCH])
        if not pks:
            break
        last = pks[-1]
        with transaction.atomic():
            for sealed in Sealed.objects.select_for_update().kept().exclude(key_id=newest.id).filter(pk__in=pks):
                if _reseal(sealed, newest):
                    resealed += 1
                else:
                    unreadable += 1
        yield Rotated(resealed, unreadable)
    _reseal_waiting(newest)
    incoming.reseal(newest)
    _drop_unneeded(newest)
    yield Rotated(resealed, unreadable)


def _new_key(now: datetime) -> sealing.SealKey:
    """A new key; or the present one, when an earlier rotation was cut short or somebody put a new one in front."""
    newest, *older = sealing.keyring()
    if not older:
        newest = sealing.add_key(after=newest)
    Key.objects.get_or_create(pk=newest.id, defaults={"since": now})
    return newest


def _reseal(sealed: Sealed, key: sealing.SealKey) -> bool:
    try:
        content = unsealed(sealed)
    except CannotRead:
        return False
    resealed = sealing.seal(content, key=key, bound_to=sealed.bound_to)
    Sealed.objects.filter(pk=sealed.pk, erased_at__isnull=True).update(key_id=key.id, content=resealed)
    return True


@transaction.atomic
def _reseal_waiting(newest: sealing.SealKey) -> None:
    """The same for the little that waits; what does not open keeps its key until it ends."""
    for waiting in Waiting.objects.select_for_update().exclude(key_id=newest.id):
        with suppress(CannotRead):
            waiting.content = sealing.seal(unsealed(waiting), key=newest, bound_to=waiting.bound_to)
            waiting.key_id = newest.id
            waiting.save(update_fields=["content", "key"])


def _drop_unneeded(newest: sealing.SealKey) -> None:
    """Throw away the older keys that no row needs: first their rows, which the database keeps where one does."""
    gone = []
    for key in sealing.keyring()[1:]:
        with transaction.atomic():
            # Whoever seals with it at this moment holds its row; this waits, and then sees what they sealed.
            list(Key.objects.select_for_update().filter(pk=key.id))
            needed = any(rows.filter(key_id=key.id).exists() for rows in (Sealed.objects, Waiting.objects))
            if not needed and not incoming.needs(key.id):
                Key.objects.filter(pk=key.id).delete()
                gone.append(key.id)
    if gone:
        try:
            sealing.drop_keys(gone)
        except sealing.NotOurs:
            log.info("vault.keys_not_needed", keys=gone)

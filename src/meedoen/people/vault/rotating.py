"""Going on with another key: all is sealed anew with it, and the old one goes when no backup needs it any more."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import structlog
from django.conf import settings
from django.db import transaction

from . import incoming, rules, sealing
from .actions import CannotRead, keys_elsewhere, unsealed
from .models import Key, Sealed, Waiting

BATCH = 100  # rows in one transaction when all are sealed anew: others write in between

log = structlog.get_logger(__name__)


class KeyElsewhere(Exception):
    """Keys are in use that are not here, by their ids: of another server, or lost."""


@dataclass(frozen=True)
class Rotated:
    """How far sealing anew has come."""

    resealed: int
    unreadable: int  # these keep the key that they have, which so may not be thrown away
    is_new: bool = False  # whether a key was made; if not, what was begun before came to its end


def rotate(*, now: datetime) -> Iterator[Rotated]:
    """Make a new key, and seal everything anew with it in batches. An old key stays for ``rules.KEEP_OLD_KEYS``.

    Yields after each batch. Where something is still sealed with an older key, an earlier rotation was cut short or
    another server goes on with that one: then this only brings all to the present key. Raises ``KeyElsewhere`` while a
    key is in use that is not here, and ``sealing.NotOurs`` where a new key would have to be made and the environment
    holds them: there the new one is put in front by hand, and what is left of the work is done here.
    """
    _must_know_all()
    newest, *older = sealing.keyring()
    if older:
        done = Rotated(0, 0)
        for done in reseal(now=now):
            yield done
        if done.resealed:
            return
    sealing.add_key(after=newest)
    for done in reseal(now=now):
        yield Rotated(done.resealed, done.unreadable, is_new=True)


def reseal(*, now: datetime) -> Iterator[Rotated]:
    """Seal everything anew with the key that stands in front, in batches; and throw away what was old long enough.

    Cut short at any place, the next call goes on where it stopped. Raises ``KeyElsewhere``.
    """
    _must_know_all()
    newest = sealing.keyring()[0]
    Key.objects.get_or_create(pk=newest.id, defaults={"since": now})
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
    resealed += _reseal_waiting(newest) + incoming.reseal(newest)
    _drop_old(now)
    yield Rotated(resealed, unreadable)


def _must_know_all() -> None:
    if missing := keys_elsewhere():
        raise KeyElsewhere(", ".join(missing))


def _reseal(sealed: Sealed, key: sealing.SealKey) -> bool:
    try:
        content = unsealed(sealed)
    except CannotRead:
        return False
    resealed = sealing.seal(content, key=key, bound_to=sealed.bound_to)
    Sealed.objects.filter(pk=sealed.pk, erased_at__isnull=True).update(key_id=key.id, content=resealed)
    return True


@transaction.atomic
def _reseal_waiting(newest: sealing.SealKey) -> int:
    """The same for the little that waits; what does not open keeps its key until it ends."""
    resealed = 0
    for waiting in Waiting.objects.select_for_update().exclude(key_id=newest.id):
        with suppress(CannotRead):
            waiting.content = sealing.seal(unsealed(waiting), key=newest, bound_to=waiting.bound_to)
            waiting.key_id = newest.id
            waiting.save(update_fields=["content", "key"])
            resealed += 1
    return resealed


def _drop_old(now: datetime) -> None:
    """Throw away the keys that were followed by another long ago and that no row needs: first their rows here.

    Until then a backup may need one, and another server may seal with it. Keys of the environment are not ours.
    """
    gone, since = [], now
    for follower, key in pairwise(sealing.keyring()):
        # One that the database does not know, such as of an older backup, came before the one in front of it.
        followed, _new = Key.objects.get_or_create(pk=follower.id, defaults={"since": since})
        since = min(since, followed.since)
        if settings.VAULT_KEY or now < followed.since + rules.KEEP_OLD_KEYS:
            continue
        with transaction.atomic():
            # Whoever seals with it at this moment holds its row; this waits, and then sees what they sealed.
            list(Key.objects.select_for_update().filter(pk=key.id))
            needed = any(rows.filter(key_id=key.id).exists() for rows in (Sealed.objects, Waiting.objects))
            if not needed and not incoming.needs(key.id):
                Key.objects.filter(pk=key.id).delete()
                gone.append(key.id)
    if gone:
        sealing.drop_keys(gone)
        log.info("vault.keys_dropped", keys=gone)

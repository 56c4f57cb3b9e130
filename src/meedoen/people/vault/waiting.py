"""What somebody wrote and did not agree to yet, or what is on its way: sealed until then, for a short time."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.people.models import Person

from . import rules, sealing
from .actions import Refused, key_in_use, unsealed
from .models import Waiting


@transaction.atomic
def hold(person: Person, content: Mapping[str, Any], *, now: datetime, keep: timedelta = rules.KEEP_WAITING) -> Waiting:
    """Seal what somebody wrote until they agree that it is kept, or until it is on its way; ``keep`` at most.

    Nobody looks at it here: it leaves by ``held``, for themselves or whom they wrote it to. Raises ``Refused`` while
    the vault has no key.
    """
    key = key_in_use(now)
    waiting = Waiting(person=person, key_id=key.id, put_at=now, until=now + keep)
    waiting.content = sealing.seal(content, key=key, bound_to=waiting.bound_to)
    waiting.save()
    return waiting


def held(mark: str, *, now: datetime) -> dict[str, Any]:
    """What waits under a mark. Raises ``Refused`` when it is gone, and ``CannotRead`` when it does not open."""
    waiting = Waiting.objects.filter(mark=mark, until__gt=now).first()
    if waiting is None:
        raise Refused(_("Dit is gewist."))
    return unsealed(waiting)


def let_go(mark: str) -> None:
    """Erase what waits under a mark: it is kept now, or nobody wants it. Twice is once."""
    Waiting.objects.filter(mark=mark).delete()

"""The deeds: ask for a look, look, each night by itself, forget old ones."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localtime

from . import looking
from .models import Look, Trial
from .rules import traffic
from .rules.finding import Asker, Finding

NIGHTLY_HOUR = 4  # after the backup, before people wake
KEEP = timedelta(days=90)  # to see since when something is so


@transaction.atomic
def ask(*, now: datetime) -> bool:
    """Ask for a look. False where one is going on: a second press asks nothing more."""
    if Look.objects.busy().filter(asked_at__gt=now - traffic.LOST_AFTER).exists():
        return False
    _put_in_line(Look.objects.create(asked_at=now))
    return True


@transaction.atomic
def ask_each_night(*, now: datetime) -> bool:
    """Ask for the look of tonight, once; quick when that was done."""
    here = localtime(now)
    if not settings.EMAIL_HOST or here.hour < NIGHTLY_HOUR or Look.objects.filter(night=here.date()).exists():
        return False
    look, is_new = Look.objects.get_or_create(night=here.date(), defaults={"asked_at": now})
    if is_new:
        _put_in_line(look)
    return is_new


def carry_out(look_id: int, asker: Asker, *, now: datetime) -> list[Finding]:
    """Look, and note what was found. A look that was done or forgotten is left."""
    if not Look.objects.busy().filter(pk=look_id).exists():
        return []
    found = looking.look(asker, now=now)
    rows = [{"kind": each.kind.value, "about": each.about, "line": each.line} for each in found]
    with transaction.atomic():
        Look.objects.filter(pk=look_id, done_at=None).update(found=rows, done_at=now)
        # What was asked before and got lost is answered by this one.
        Look.objects.busy().filter(asked_at__lte=now).update(done_at=now, found=rows)
    return found


def erase_old(*, now: datetime) -> int:
    """Forget looks of long ago; how many."""
    Trial.objects.filter(asked_at__lt=now - KEEP).delete()
    return Look.objects.filter(asked_at__lt=now - KEEP).delete()[0]


def _put_in_line(look: Look) -> None:
    from .tasks import look_at_mail  # the task calls ``carry_out``; this is the one step back to it

    look_at_mail.enqueue(look.pk)

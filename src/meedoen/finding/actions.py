"""The deeds: count what was not found, and forget it after a year."""

import datetime

from django.db import transaction
from django.db.models import F

from meedoen.kernel.text import fold

from . import rules
from .models import Missed


@transaction.atomic
def miss(text: str, *, today: datetime.date) -> None:
    """Count a question that found nothing; nothing of who asked, and not what may be somebody's data."""
    said = " ".join(fold(text).split())
    if not rules.may_be_kept(said) or not rules.may_be_kept(text):
        return
    month = rules.month_of(today)
    if Missed.objects.filter(month=month, text=said).update(count=F("count") + 1):
        return
    if Missed.objects.filter(month=month).count() < rules.MOST_MISSED:
        Missed.objects.bulk_create([Missed(month=month, text=said)], ignore_conflicts=True)


def erase_old(*, today: datetime.date) -> None:
    """Forget what was missed more than a year ago; quick when there is nothing."""
    Missed.objects.filter(month__lt=today - rules.KEEP_MISSED).delete()

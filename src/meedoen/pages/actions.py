"""Deeds on pages: tell that an area's content changed."""

import datetime

from django.db.models import F

from .models import Area


def changed(area: str, *, now: datetime.datetime) -> None:
    """Say, inside the writing transaction, that pages which show ``area`` are no longer the same."""
    if not Area.objects.filter(name=area).update(number=F("number") + 1, changed_at=now):
        Area.objects.get_or_create(name=area, defaults={"changed_at": now})

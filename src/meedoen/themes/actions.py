"""The one deed: bring the themes in the database to what ships with the package."""

import datetime
from dataclasses import asdict

from django.db import transaction

from meedoen.pages.actions import changed

from .models import AREA, Theme
from .records import THEMES


@transaction.atomic
def load_themes(*, now: datetime.datetime) -> bool:
    """Make the themes what their file says; whether there was anything to change, so it may run at every start.

    A theme that the file no longer has stays, with all that points at it.
    """
    wanted = [{**asdict(theme), "position": position} for position, theme in enumerate(THEMES)]
    if list(Theme.objects.filter(id__in=[each["id"] for each in wanted]).values(*wanted[0])) == wanted:
        return False
    Theme.objects.bulk_create(
        [Theme(**each) for each in wanted],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["kind", "label", "short", "position"],
    )
    changed(AREA, now=now)
    return True

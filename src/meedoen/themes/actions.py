"""The deeds: bring the themes and the articles of the Convention in the database to what ships with the package."""

import datetime
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.db import transaction

from meedoen.pages.actions import changed

from .models import AREA, CONVENTION_AREA, ConventionArticle, Theme
from .records import CONVENTION, THEMES


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


@transaction.atomic
def load_convention(*, now: datetime.datetime) -> bool:
    """Make the articles of the Convention what their file says; whether there was anything to change.

    It may run at every start, after ``load_themes``: it asks once and writes only what differs.
    """
    fields = ("number", "title", "sentence", "relevance")
    wanted = {
        (tuple(getattr(record, name) for name in fields), theme)
        for record in CONVENTION
        for theme in record.themes or (None,)
    }
    if set(_convention_rows(fields)) == wanted:
        return False
    ConventionArticle.objects.bulk_create(
        [ConventionArticle(**dict(zip(fields, row, strict=True))) for row in sorted({row for row, _theme in wanted})],
        update_conflicts=True,
        unique_fields=["number"],
        update_fields=list(fields[1:]),
    )
    tie = ConventionArticle.themes.through
    tie.objects.all().delete()
    tie.objects.bulk_create(
        tie(conventionarticle_id=record.number, theme_id=theme) for record in CONVENTION for theme in record.themes
    )
    changed(CONVENTION_AREA, now=now)
    return True


def _convention_rows(fields: tuple[str, ...]) -> Iterator[tuple[tuple[Any, ...], str | None]]:
    for *row, theme in ConventionArticle.objects.order_by().values_list(*fields, "themes"):
        yield tuple(row), theme

"""Which pages show meetings."""

import datetime

from meedoen.municipalities import beside
from meedoen.pages.actions import changed

from .models import AREA


def tell_pages(*, now: datetime.datetime) -> None:
    """Say, last in a deed, that pages which show meetings are no longer the same."""
    changed(AREA, beside.AREA, now=now)

"""The meeting at which something is celebrated: this package knows no meetings, a floor above says which it is."""

from collections.abc import Callable
from datetime import datetime

from .models import Celebration

# The address of the meeting, for who can go there now; empty where there is none. One query at most. Whoever puts this
# in calls ``pages.changed(beside.AREA)`` when the answer changes.
Find = Callable[[Celebration, datetime], str]

_finds: list[Find] = []


def register(find: Find) -> None:
    """Put in who knows of meetings; at start-up. Twice is once."""
    if find not in _finds:
        _finds.append(find)


def meeting_of(celebration: Celebration, now: datetime) -> str:
    """The address of the meeting at which it is celebrated; empty when none can be read."""
    return next(filter(None, (find(celebration, now) for find in _finds)), "")

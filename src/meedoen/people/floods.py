"""Counting how often somebody asks or sends, for limits that only slow down who floods.

In the memory that servers share where there is one, else in the database (ADR-0076): so a limit is never none. Who
counts where the memory went away or came back empty begins anew there. Therefore not for what bounds guessing, nor for
what is decided by a count; ``codes`` has those. What the database takes back afterwards stays counted here.
"""

from datetime import datetime, timedelta

from meedoen.shared import memory

from .codes import name_of, window_of
from .models import Tally


def count(what: str, who: str, *, per: timedelta, now: datetime) -> int:
    """Count one more ``what`` by ``who`` in the present hour or day; the count with this one, where it is kept now."""
    name, window = name_of(what, who), window_of(per, now)
    try:
        return memory.count(f"flood:{name}:{int(window.timestamp())}", seconds=int(per.total_seconds()))
    except memory.Away:
        return Tally.objects.add(name, window=window, now=now)

"""Who hears that what stands beside somebody's name about a municipality changed; floors above put themselves in."""

from collections.abc import Callable
from datetime import datetime

# Called in the transaction of the change, with the person's primary key.
Changed = Callable[[int, datetime], None]

_hearers: list[Changed] = []


def register(hearer: Changed) -> None:
    """Put in who hears it; at start-up. Twice is once."""
    if hearer not in _hearers:
        _hearers.append(hearer)


def tell(person: int, now: datetime) -> None:
    """Let them hear it."""
    for hearer in _hearers:
        hearer(person, now)

"""Who hears that somebody takes back that an example may be made of what they told; floors above put themselves in."""

from collections.abc import Callable
from datetime import datetime

from .models import Party

# Called in the transaction of the change, while their coupling is held.
TakenBack = Callable[[Party, datetime], None]

_hearers: list[TakenBack] = []


def register(hearer: TakenBack) -> None:
    """Put in who hears it; at start-up. Twice is once."""
    if hearer not in _hearers:
        _hearers.append(hearer)


def tell(party: Party, now: datetime) -> None:
    """Let them hear it."""
    for hearer in _hearers:
        hearer(party, now)

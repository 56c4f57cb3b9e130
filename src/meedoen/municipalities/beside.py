"""What packages on floors above offer beside a municipality, on its own page; they put it in at start-up.

This package knows nothing of them: each says in a few words what can be done, and where.
"""

from collections.abc import Callable

from .models import Municipality

Offer = Callable[[Municipality], tuple[str, str]]  # (what can be done, its address)

_offers: list[Offer] = []


def register(offer: Offer) -> None:
    """Put in an offer; at start-up. Twice is once."""
    if offer not in _offers:
        _offers.append(offer)


def offers(municipality: Municipality) -> list[tuple[str, str]]:
    """What can be done with a municipality that exists now."""
    return [offer(municipality) for offer in _offers] if municipality.is_current else []

"""What packages on floors above offer beside a municipality, on its own page; they put it in at start-up.

This package knows nothing of them: each says in a few words what can be done, and where.
"""

from collections.abc import Callable

from django.http import HttpRequest

from .models import Municipality

# (What can be done, its address), for who asks: the same for all visitors, because their page is kept.
Offer = Callable[[HttpRequest, Municipality], tuple[str, str]]

_offers: list[Offer] = []


def register(offer: Offer) -> None:
    """Put in an offer; at start-up. Twice is once."""
    if offer not in _offers:
        _offers.append(offer)


def offers(request: HttpRequest, municipality: Municipality) -> list[tuple[str, str]]:
    """What can be done with a municipality that exists now."""
    return [offer(request, municipality) for offer in _offers] if municipality.is_current else []

"""What packages on floors above offer to do about a theme, beside what is said of it; they put it in at start-up.

This package knows nothing of them: each says in a few words what can be done, and where.
"""

from collections.abc import Callable

# (What can be done, its address) about the theme with this id; "" is about none in particular. The same for everybody.
Offer = Callable[[str], tuple[str, str]]

_offers: list[Offer] = []


def register(offer: Offer) -> None:
    """Put in an offer; at start-up. Twice is once."""
    if offer not in _offers:
        _offers.append(offer)


def offers(theme: str = "") -> list[tuple[str, str]]:
    """What can be done about a theme."""
    return [offer(theme) for offer in _offers]


# (Title, address) of what may answer a question with this title.
Reads = Callable[[str], list[tuple[str, str]]]

_reads: list[Reads] = []


def register_reads(reads: Reads) -> None:
    """Put in who knows texts that answer; at start-up. Twice is once."""
    if reads not in _reads:
        _reads.append(reads)


def reads(title: str) -> list[tuple[str, str]]:
    """What somebody may read first who is about to ask something."""
    return [found for each in _reads for found in each(title)]

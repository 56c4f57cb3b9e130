"""What packages on floors above put beside a municipality, on its own page; they put it in at start-up.

This package knows nothing of them. An offer says in a few words what can be done, and where; a section tells what is
known, under a heading of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from .models import Municipality

AREA = "beside municipalities"  # raised by every deed that changes what a section tells

# (What can be done, its address), for who asks: the same for all visitors, because their page is kept.
Offer = Callable[[HttpRequest, Municipality], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Section:
    """What a package knows of a municipality: a heading, sentences, and (words, address) to read on.

    ``about`` names a part that the page has of itself, such as ``agenda``: then the section stands there, in the place
    of the words that say that nothing is known.
    """

    heading: str
    paragraphs: tuple[str, ...]
    links: tuple[tuple[str, str], ...] = ()
    about: str = ""


# None where nothing is known. The number of its queries does not grow with what it finds.
Tell = Callable[[HttpRequest, Municipality], Section | None]

_offers: list[Offer] = []
_sections: list[Tell] = []


def register(offer: Offer) -> None:
    """Put in an offer; at start-up. Twice is once."""
    if offer not in _offers:
        _offers.append(offer)


def register_section(tell: Tell) -> None:
    """Put in a section; at start-up. Twice is once."""
    if tell not in _sections:
        _sections.append(tell)


def offers(request: HttpRequest, municipality: Municipality) -> list[tuple[str, str]]:
    """What can be done with a municipality that exists now."""
    return [offer(request, municipality) for offer in _offers] if municipality.is_current else []


def sections(request: HttpRequest, municipality: Municipality) -> list[Section]:
    """What is told of a municipality, in the order in which it was put in; also of one that went on in parts."""
    return [section for tell in _sections if (section := tell(request, municipality))]

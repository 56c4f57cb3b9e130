"""What packages on floors above offer and show beside a municipality, on its own page; they put it in at start-up.

This package knows nothing of them: each says in a few words what can be done, and where; or what there is, as a
heading with a list of links. Who shows a section calls ``pages.changed(beside.AREA)`` when what stands in one changed,
and asks a fixed number of queries for it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from .models import Municipality

AREA = "beside"  # what the page of a municipality shows of floors above; one for all sections

# (What can be done, its address), for who asks: the same for all visitors, because their page is kept.
Offer = Callable[[HttpRequest, Municipality], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Link:
    """The way to something; ``note`` stands beside it, such as its date."""

    text: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A small part of the page: a heading, sentences, a few links, and ways on (all of it, add one).

    ``about`` names a part that the page has of itself, such as ``agenda``: then the section stands there, in the place
    of the words that say that nothing is known.
    """

    id: str  # of the heading, in the address
    heading: str
    links: tuple[Link, ...] = ()
    paragraphs: tuple[str, ...] = ()
    ways: tuple[Link, ...] = ()
    about: str = ""


# None: there is nothing to say. The same for all visitors.
Show = Callable[[HttpRequest, Municipality], Section | None]

# The next moment at which time alone changes what a package shows; none when nothing is waiting.
Moment = Callable[[datetime], datetime | None]

_offers: list[Offer] = []
_moments: list[Moment] = []
_sections: dict[str, tuple[int, Show]] = {}


def register(offer: Offer) -> None:
    """Put in an offer; at start-up. Twice is once."""
    if offer not in _offers:
        _offers.append(offer)


def register_section(name: str, show: Show, *, place: int) -> None:
    """Put in a section; at start-up. They stand in the order of ``place``. Two of one name are a mistake of ours."""
    if _sections.get(name, (place, show)) != (place, show):
        raise ValueError(f"two sections beside a municipality are called {name}")
    _sections[name] = (place, show)


def offers(request: HttpRequest, municipality: Municipality) -> list[tuple[str, str]]:
    """What can be done with a municipality that exists now."""
    return [offer(request, municipality) for offer in _offers] if municipality.is_current else []


def register_moment(moment: Moment) -> None:
    """Put in when time alone changes what a package shows; at start-up. Twice is once."""
    if moment not in _moments:
        _moments.append(moment)


def next_change(now: datetime) -> datetime | None:
    """When time alone changes what stands beside municipalities."""
    return min(filter(None, (moment(now) for moment in _moments)), default=None)


def sections(request: HttpRequest, municipality: Municipality) -> list[Section]:
    """What there is of a municipality; also of one that went on in others, as far as a package knows of that."""
    in_order = sorted(_sections.items(), key=lambda named: (named[1][0], named[0]))
    shown = [show(request, municipality) for _name, (_place, show) in in_order]
    return [section for section in shown if section]

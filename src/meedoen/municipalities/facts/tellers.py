"""Who tells facts: floors above put in, at start-up, how all that they tell now is found, to fill in and to repair."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .rules import Told


@dataclass(frozen=True, slots=True)
class Source:
    """All that one source tells; nothing where it tells nothing. ``holds_from`` is when everybody may read it."""

    name: str
    told: tuple[Told, ...]
    holds_from: datetime.datetime


# All sources that tell something, in a fixed number of queries.
Everything = Callable[[], Iterable[Source]]

_tellers: dict[str, Everything] = {}


def register(prefix: str, everything: Everything) -> None:
    """Put in who tells the sources called ``prefix-…``; at start-up. Two of one name are a mistake of ours."""
    if _tellers.setdefault(prefix, everything) is not everything:
        raise ValueError(f"two tell facts as {prefix}")


def prefixes() -> set[str]:
    """How the sources of all tellers are called."""
    return set(_tellers)


def all_sources() -> dict[str, Source]:
    """The sources of all tellers, by their names."""
    return {source.name: source for everything in _tellers.values() for source in everything()}

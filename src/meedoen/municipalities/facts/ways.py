"""What who answers for a municipality can do with what one source tells; floors above put it in, at start-up."""

from collections.abc import Callable
from typing import Any

# (why, what can be done, its address) of a source, by its name, for who asks; None for anybody else.
Way = Callable[[Any, str], tuple[str, str, str] | None]

_ways: list[Way] = []


def register(way: Way) -> None:
    """Put it in; at start-up. Twice is once."""
    if way not in _ways:
        _ways.append(way)


def ways(request: Any, source: str) -> list[tuple[str, str, str]]:
    """All that can be done, in the order in which it was put in."""
    return [found for way in _ways if (found := way(request, source))]

"""How good a list of results is, as a figure. Pure.

Normalised discounted cumulative gain: K. Järvelin and J. Kekäläinen, "Cumulated gain-based evaluation of IR techniques",
ACM Transactions on Information Systems 20 (4), 2002; with the gain of C. Burges and others, "Learning to rank using
gradient descent", ICML 2005: 2 to the grade, minus 1, divided by the logarithm to the base 2 of the place plus 1.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import log2

from .loading import Grade, comparable

DEPTH = 10  # results that people look at
SHOWN_FIRST = 3  # those that a screen shows without scrolling


def things(addresses: Iterable[str], depth: int = DEPTH) -> list[str]:
    """The first ``depth`` different things in a list of addresses."""
    return list(dict.fromkeys(map(comparable, addresses)))[:depth]


def gain(grades: Iterable[int]) -> float:
    """The discounted gain of results with these grades, in this order."""
    return sum((2**grade - 1) / log2(place + 1) for place, grade in enumerate(grades, start=1))


def ndcg(found: Sequence[str], grades: Mapping[str, Grade], depth: int = DEPTH) -> float:
    """From 0 to 1: the gain of what was found, in parts of the gain of the best order there could be.

    ``grades`` holds at least one thing; what stands not in it counts nothing. A thing that comes twice counts once.
    """
    got = gain(grades.get(address, Grade.NOTHING) for address in things(found, depth))
    return got / gain(sorted(grades.values(), reverse=True)[:depth])


def succeeds(found: Sequence[str], grades: Mapping[str, Grade], wanted: Grade, depth: int = SHOWN_FIRST) -> bool:
    """Whether one of the first results has at least the grade that is ``wanted``."""
    return any(grades.get(address, Grade.NOTHING) >= wanted for address in things(found, depth))

"""Whether a round shares the load and forgets nobody (goal KO9)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from meedoen.coupling.matching.rules import Outcome, Problem

SMALL_BELOW = 30_000  # residents: 154 of the 342 have fewer


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    of: int


@dataclass(frozen=True, slots=True)
class Spread:
    """``gini`` of the couplings over all who offered: 0 where all bear as much, towards 1 where one bears all.

    ``small_asked`` are askers of small municipalities among all with a municipality; ``small_served`` the same among
    those in a pair or trio.
    """

    gini: float
    small_asked: Share
    small_served: Share


def spread(problem: Problem, outcome: Outcome, residents_of: Mapping[int, int]) -> Spread:
    """``residents_of`` municipalities; who is not in it counts as neither small nor large."""
    load = dict.fromkeys(problem.offers, 0)
    for pair in outcome.pairs:
        if pair.other in load:
            load[pair.other] += 1
    there = {trio.joins for trio in outcome.trios} | {each for pair in outcome.pairs for each in (pair.ask, pair.other)}
    asks = sorted(problem.asks)
    return Spread(
        gini(list(load.values())),
        _small(problem, asks, residents_of),
        _small(problem, [ask for ask in asks if ask in there], residents_of),
    )


def gini(loads: Sequence[int]) -> float:
    """How unevenly it is borne, from 0 to 1 (half the mean difference between any two, beside the mean)."""
    total, count = sum(loads), len(loads)
    if not total:
        return 0.0
    return sum((2 * rank - count - 1) * load for rank, load in enumerate(sorted(loads), 1)) / (count * total)


def _small(problem: Problem, asks: Sequence[int], residents_of: Mapping[int, int]) -> Share:
    known = [
        residents_of[own]
        for ask in asks
        if (own := problem.municipality_of.get(ask)) is not None and own in residents_of
    ]
    return Share(sum(residents < SMALL_BELOW for residents in known), len(known))

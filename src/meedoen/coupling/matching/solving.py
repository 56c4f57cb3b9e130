"""The best round for a problem: pairs that are proven best, then trios for who was left over, then why the rest waits."""

from dataclasses import replace

import numpy as np

from meedoen.coupling.matching.graph import Graph, Whole, graph_of, read
from meedoen.coupling.matching.keeping import as_json, fingerprint, of_json
from meedoen.coupling.matching.leftover import trios_and_later
from meedoen.coupling.matching.parting import PART_FROM, by_parts
from meedoen.coupling.matching.rules import Method, Outcome, Problem
from meedoen.coupling.matching.searching import settle, units
from meedoen.coupling.matching.smallest import smallest

__all__ = ["as_json", "fingerprint", "of_json", "solve"]

NODES_A_SECOND = (
    200  # of searching, as measured at 342 municipalities: patience is counted in work, so that no clock tells
)


def solve(problem: Problem, *, patience: float | None = None) -> Outcome:
    """The best pairs of a round and what becomes of everybody else.

    Most askers served; of those the most points; of those the smallest largest load; of those the smallest numbers.
    ``patience`` is in seconds of searching, counted in steps so that the same input has the same outcome on a slow day;
    None searches to the end. Raises ``Impossible`` where the pins cannot be, and ``ValueError`` for edges that mean
    nothing.
    """
    known = read(problem)
    graph = graph_of(problem, known)
    chosen, outcome = _pairs(graph, None if patience is None else max(1, int(patience * NODES_A_SECOND)))
    trios, later = trios_and_later(known, graph, chosen, offers_join=problem.offers_join)
    return replace(outcome, trios=trios, later=later)


def _pairs(graph: Graph, most_nodes: int | None) -> tuple[Whole, Outcome]:
    if not len(graph.ask):
        return np.zeros(0, np.int64), _outcome(graph, np.zeros(0, np.int64), Method.PRICES, 0, None, is_smallest=True)
    if len(graph.ask) > PART_FROM and most_nodes is not None:
        unit, _more = units(graph)
        best = by_parts(graph, unit * graph.gain + graph.score)
    else:
        settled = settle(graph, most_nodes=most_nodes)
        unit, best = settled.unit, settled.best
    if best.method == Method.BOUNDED:
        at_most = min(graph.askers, best.top // unit)
        return best.chosen, _outcome(graph, best.chosen, best.method, best.top - best.value, at_most, is_smallest=False)
    chosen, is_smallest = smallest(graph, settled)
    return chosen, _outcome(graph, chosen, best.method, 0, None, is_smallest=is_smallest and settled.is_lightest)


def _outcome(
    graph: Graph, chosen: Whole, method: Method, gap: int, served_at_most: int | None, *, is_smallest: bool
) -> Outcome:
    pairs = graph.pairs_of(chosen)
    asks = set(graph.ids[graph.is_ask].tolist())
    pinned = sum(1 + (pin.other in asks) for pin in graph.pins)
    served = int(graph.gain[chosen].sum()) + pinned
    at_most = served if served_at_most is None else served_at_most + pinned
    return Outcome(
        pairs, (), {}, served, sum(pair.score for pair in pairs), int(graph.load_of(chosen).max(initial=0)), method,
        gap, at_most, is_smallest,
    )  # fmt: skip

"""The greedy way, to show what the best way gains: again and again the pair that scores most and still fits."""

import numpy as np

from meedoen.coupling.matching.graph import graph_of, read
from meedoen.coupling.matching.rules import Pair, Problem


def greedy(problem: Problem) -> tuple[Pair, ...]:
    """Pairs in order; of those that score as much the smallest numbers first. Raises ``Impossible`` as solving does."""
    graph = graph_of(problem, read(problem))
    room = [*graph.room.tolist(), len(graph.ask)]
    chosen = []
    rows = graph.rows.tolist()
    for edge in np.argsort(-graph.score, kind="stable").tolist():
        if all(room[row] > 0 for row in rows[edge]):
            chosen.append(edge)
            for row in rows[edge]:
                room[row] -= 1
    return graph.pairs_of(np.array(sorted(chosen), np.int64))


def served(problem: Problem, pairs: tuple[Pair, ...]) -> int:
    """How many askers are in these pairs."""
    return sum(1 + (pair.other in problem.asks) for pair in pairs)

"""Prices on what is scarce: they find the best pairs, and show in whole numbers that nothing is better.

A linear program gives each row (a request, a municipality) a price. The prices of all rows times their room are a bound
that no choice of pairs can pass, as long as no edge is worth more than its rows cost; both are checked here in whole
numbers, so that what is proven does not hang on the solver's fractions. Only edges that can matter are in the program:
the best few of each request first, then those whose rows cost less than they are worth, until there are none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from meedoen.coupling.matching.cuts import ALMOST, Cut, made_again, odd_circles
from meedoen.coupling.matching.graph import Graph, Whole

SCALE = 1 << 10  # parts of a point in which prices are kept; those of a corner are halves
FIRST = 4  # edges of each request that are in the program from the start
MORE = 8  # edges of an ask that come in at once
NEAR = 3  # points: edges so near to being worth it come along, which saves rounds
INNER_FROM = 20_000  # edges in the first program: from here on going through the middle is quicker than along the edge
MOST_ROUNDS = 60  # of cuts; what they leave is searched
MOST_TO_CUT = 30_000  # edges in the program: with more, rounds of cuts take longer than all else
FEW_ROUNDS = 3  # of cuts with so many edges: the first take off most
PATIENT_ROUNDS = 10  # of cuts that take off less than a point together: it is time to search


@dataclass(frozen=True, slots=True)
class Found:
    """What prices tell. ``bound`` and ``slack`` are in parts (``SCALE``) of the weight of edges."""

    price: Whole  # of each row, and then of each cut
    slack: Whole  # of each edge: what its rows cost more than it is worth; never negative
    amount: NDArray[np.float64]  # of each edge, as the program has it
    cuts: tuple[Cut, ...]
    bound: int

    @property
    def is_whole(self) -> bool:
        """Whether the program itself chose whole pairs."""
        return bool((np.abs(self.amount - np.round(self.amount)) < ALMOST).all())


class Prices:
    """The program of one graph; it goes on from where it was when weights or room change."""

    def __init__(self, graph: Graph, weight: Whole, *, most_rounds: int | None = None) -> None:
        self.graph, self.weight = graph, weight
        self.columns = np.zeros(0, np.int64)
        self.is_in = np.zeros(len(weight), bool)
        self.program = quiet()
        rows = len(graph.room)
        nothing = np.zeros(0)
        self.program.addRows(
            rows, np.full(rows, -highspy.kHighsInf), graph.room.astype(float), 0, np.zeros(rows, np.int32),
            nothing.astype(np.int32), nothing,
        )  # fmt: skip
        self.room = graph.room
        self.cuts: list[Cut] = []
        self.most_rounds = MOST_ROUNDS if most_rounds is None else most_rounds

    def reweigh(self, weight: Whole) -> None:
        """From now on edges are worth this."""
        self.weight = weight
        worth = -weight[self.columns].astype(float)
        self.program.changeColsCost(len(worth), np.arange(len(worth), dtype=np.int32), worth)

    def resize(self, room: Whole) -> None:
        """From now on rows have this room."""
        self.room = room
        self.cuts = made_again(self.graph, room, self.cuts)
        for row, limit in enumerate(bounds(room, self.cuts).tolist()):
            self.program.changeRowBounds(row, -highspy.kHighsInf, limit)

    def find(self) -> Found:
        """The prices for these weights and this room."""
        if not len(self.columns):
            self._add(self._first())
        found = self._priced()
        bounds_before = [found.bound]
        for _round in range(min(self.most_rounds, MOST_ROUNDS if len(self.columns) <= MOST_TO_CUT else FEW_ROUNDS)):
            if found.is_whole or bounds_before[-PATIENT_ROUNDS:][0] - found.bound < SCALE * (
                len(bounds_before) > PATIENT_ROUNDS
            ):
                break
            cuts = odd_circles(self.graph, self.room, found.amount, found.slack, found.price, self.cuts)
            if not cuts:
                break
            for cut in cuts:
                self._limit(cut)
            found = self._priced()
            bounds_before.append(found.bound)
        return found

    def _priced(self) -> Found:
        """Solve, and bring in the edges that are worth more than their rows, until there are none."""
        while True:
            self.program.run()
            solution = self.program.getSolution()
            amount = np.zeros(len(self.weight))
            amount[self.columns] = solution.col_value
            price = np.maximum(0, np.rint(-np.array(solution.row_dual) * SCALE)).astype(np.int64)
            slack = self._slack(price)
            if not ((slack < 0) & ~self.is_in).any():
                return self._repaired(price, amount)
            self._add(self._best_of_each(np.flatnonzero((slack < NEAR * SCALE) & ~self.is_in), slack, MORE))

    def _limit(self, cut: Cut) -> None:
        """Add a cut, for the edges that are in the program and for those that come in later."""
        self.cuts.append(cut)
        units = np.zeros(len(self.weight), np.int64)
        units[cut.edges] = cut.units
        units = units[self.columns]
        places = np.flatnonzero(units)
        self.program.addRow(
            -highspy.kHighsInf, cut.room, len(places), places.astype(np.int32), units[places].astype(float)
        )

    def _first(self) -> Whole:
        """The best edges of each request."""
        score, edges = -self.graph.score, np.arange(len(self.weight))
        found = [rank_within(ends, score) < FIRST for ends in (self.graph.ask, self.graph.other)]
        return edges[found[0] | found[1]]

    def _best_of_each(self, edges: Whole, slack: Whole, count: int) -> Whole:
        return np.sort(edges[rank_within(self.graph.ask[edges], slack[edges]) < count])

    def _add(self, edges: Whole) -> None:
        if not len(self.columns):
            inner = len(edges) >= INNER_FROM
            self.program.setOptionValue("solver", "ipm" if inner else "simplex")
        else:
            self.program.setOptionValue("solver", "simplex")
        add_columns(self.program, *triples(self.graph, edges, self.cuts), -self.weight[edges])
        self.columns = np.concatenate([self.columns, edges])
        self.is_in[edges] = True

    def _slack(self, price: Whole) -> Whole:
        rows = len(self.room)
        priced = np.append(price[:rows], 0)
        cost = -SCALE * self.weight
        for column in range(self.graph.rows.shape[1]):
            cost += priced[self.graph.rows[:, column]]
        for cut, each in zip(self.cuts, price[rows:].tolist(), strict=True):
            cost[cut.edges] += cut.units * each
        return cost

    def _repaired(self, price: Whole, amount: NDArray[np.float64]) -> Found:
        """With what rounding took away put back on the ask, so that no edge is worth more than it costs."""
        slack = self._slack(price)
        if (slack < 0).any():
            lack = np.zeros(len(price), np.int64)  # requests are the first rows
            np.maximum.at(lack, self.graph.ask, -slack)
            price = price + lack
            slack = self._slack(price)
        return Found(price, slack, amount, tuple(self.cuts), int(price @ bounds(self.room, self.cuts)))


class _Silent(highspy.Highs):
    """Silent from its first moment: with callbacks on, the solver prints who made it, once a process."""

    def enableCallbacks(self) -> None:  # noqa: N802  the name is highspy's
        self.silent()
        super().enableCallbacks()


def quiet() -> highspy.Highs:
    """The solver without a word, on one thread, going the same way each time."""
    program = _Silent()
    for name, value in (("threads", 1), ("random_seed", 0), ("simplex_strategy", 4), ("presolve", "off")):
        program.setOptionValue(name, value)
    return program


def bounds(room: Whole, cuts: Sequence[Cut]) -> Whole:
    """The room of rows, and then of cuts."""
    return np.concatenate([room, np.array([cut.room for cut in cuts], np.int64)])


def triples(graph: Graph, edges: Whole, cuts: Sequence[Cut]) -> tuple[Whole, Whole, Whole]:
    """Which of these edges, in order, takes of which row (cuts behind rows) how many units."""
    is_row = graph.rows[edges] < len(graph.room)
    place = [np.nonzero(is_row)[0]]
    row = [graph.rows[edges][is_row]]
    units = [np.ones(len(row[0]), np.int64)]
    for number, cut in enumerate(cuts):
        all_units = np.zeros(len(graph.ask), np.int64)
        all_units[cut.edges] = cut.units
        own = all_units[edges]
        at = np.flatnonzero(own)
        place.append(at)
        row.append(np.full(len(at), len(graph.room) + number))
        units.append(own[at])
    order = np.argsort(np.concatenate(place), kind="stable")
    return np.concatenate(place)[order], np.concatenate(row)[order], np.concatenate(units)[order]


def add_columns(program: highspy.Highs, place: Whole, row: Whole, units: Whole, cost: NDArray[np.generic]) -> None:
    """Add edges with these costs, which take these units of rows."""
    count = len(cost)
    starts = np.searchsorted(place, np.arange(count)).astype(np.int32)
    nothing, no_end = np.zeros(count), np.full(count, highspy.kHighsInf)
    program.addCols(
        count, cost.astype(float), nothing, no_end, len(row), starts, row.astype(np.int32), units.astype(float)
    )


def rank_within(group: Whole, value: Whole) -> Whole:
    """The place of each within its group, the lowest value first; ties in the order they stand."""
    order = np.lexsort((value, group))
    sorted_group = group[order]
    starts = np.searchsorted(sorted_group, sorted_group)
    rank = np.empty(len(group), np.int64)
    rank[order] = np.arange(len(group)) - starts
    return rank

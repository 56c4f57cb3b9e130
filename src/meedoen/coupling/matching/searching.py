"""The best pairs: most askers, then most points, then the smallest largest load; what prices leave open is searched.

Where prices alone choose whole pairs, they have proven them. Else an integer program searches the edges that prices do
not rule out: one whose rows cost more than the bound lies above what was found is in nothing better.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from meedoen.coupling.matching.cuts import ALMOST, Cut, made_again
from meedoen.coupling.matching.graph import Graph, Truth, Whole
from meedoen.coupling.matching.prices import SCALE, Found, Prices, add_columns, bounds, quiet, triples
from meedoen.coupling.matching.rules import Method

OPEN_FIRST = 2  # points: the first search takes edges that are so near; mostly the best is among them
MOST_OPEN = 3_000  # edges: with more, a search takes minutes, and whole pairs are taken as prices choose them
EDGES_A_NODE = 25  # who has patience for so many steps has it for so many times as many edges
NODES_TO_FILL = 20  # steps in search of the best for what prices leave


@dataclass(frozen=True, slots=True)
class Best:
    """What was found and what proves it: ``chosen`` edges, worth ``value``; nothing is worth more than ``top``."""

    chosen: Whole
    value: int
    top: int
    method: Method


@dataclass(frozen=True, slots=True)
class Settled:
    """The best, the weights it is best by, the room it keeps to, the largest load, and the prices that tell so."""

    best: Best
    unit: int  # what an asker weighs, in points
    weight: Whole
    room: Whole
    load: int
    found: Found
    is_lightest: bool = True  # whether it is proven that no smaller load will do


def settle(graph: Graph, *, most_nodes: int | None) -> Settled:
    """The best of the graph in the first three respects. ``most_nodes`` bounds each search; None lets it end."""
    unit, more = units(graph)
    weight = unit * graph.gain + graph.score
    prices = Prices(graph, weight)
    found = prices.find()
    best = whole(graph, weight, graph.room, found, most_nodes=most_nodes)
    if int(graph.gain[best.chosen].sum()) < graph.askers:
        unit, weight = more, more * graph.gain + graph.score
        prices.reweigh(weight)
        found = prices.find()
        best = whole(graph, weight, graph.room, found, most_nodes=most_nodes)
    return lighten(graph, prices, Settled(best, unit, weight, graph.room, 0, found), most_nodes=most_nodes)


def units(graph: Graph) -> tuple[int, int]:
    """What an asker can weigh: twice an edge, which is right where all can be served; else more than all points."""
    best = np.zeros(len(graph.ids), np.int64)
    np.maximum.at(best, graph.ask, graph.score)
    return 2 * int(graph.score.max()) + 1, int(best.sum()) + 1


def whole(graph: Graph, weight: Whole, room: Whole, found: Found, *, most_nodes: int | None) -> Best:
    """Whole pairs from prices, by searching where these leave parts."""
    if found.is_whole:
        chosen = np.flatnonzero(found.amount > 0.5)
        value = int(weight[chosen].sum())
        if value == found.bound // SCALE and fits(graph, chosen, room):
            return Best(chosen, value, value, Method.PRICES)
    top = found.bound // SCALE
    is_open = found.slack <= OPEN_FIRST * SCALE
    if is_open.sum() > MOST_OPEN:
        return filled(graph, weight, room, found, top)
    best = search(graph, weight, room, is_open, top, found.cuts, most_nodes=most_nodes)
    apart = found.bound - best.value * SCALE
    is_in_reach = found.slack <= apart
    if best.method == Method.BOUNDED or apart < SCALE or not (is_in_reach & ~is_open).any():
        return best
    if most_nodes is not None and is_in_reach.sum() > most_nodes * EDGES_A_NODE:
        return Best(best.chosen, best.value, top, Method.BOUNDED)
    return search(graph, weight, room, is_in_reach | is_open, top, found.cuts, most_nodes=most_nodes)


def filled(graph: Graph, weight: Whole, room: Whole, found: Found, top: int) -> Best:
    """Not proven: the pairs that prices choose whole, and in the room that these leave what is best of the rest."""
    kept = np.flatnonzero(found.amount > 1 - ALMOST)
    left = room - (graph.load_of(kept) - graph.taken)
    has_room = np.append(left > 0, True)
    is_free = has_room[graph.rows].all(1)
    order = np.flatnonzero(is_free)
    order = order[np.lexsort((order, found.slack[order]))][:MOST_OPEN]
    is_open = np.zeros(len(weight), bool)
    is_open[order] = True
    rest = search(graph, weight, left, is_open, top, (), most_nodes=NODES_TO_FILL)
    chosen = np.sort(np.concatenate([kept, rest.chosen]))
    chosen = filled_up(graph, weight, chosen, room)
    value = int(weight[chosen].sum())
    return Best(chosen, value, top, Method.PRICES if value == top else Method.BOUNDED)


def filled_up(graph: Graph, weight: Whole, chosen: Whole, room: Whole) -> Whole:
    """With each pair that still fits, the best first."""
    left = np.append(room - (graph.load_of(chosen) - graph.taken), len(weight))
    free = np.flatnonzero((left > 0)[graph.rows].all(1))
    more = []
    for edge in free[np.argsort(-weight[free], kind="stable")].tolist():
        rows = graph.rows[edge]
        if (left[rows] > 0).all():
            more.append(edge)
            left[rows] -= 1
    return np.sort(np.concatenate([chosen, np.array(more, np.int64)]))


def search(
    graph: Graph, weight: Whole, room: Whole, is_open: Truth, top: int, cuts: Sequence[Cut], *, most_nodes: int | None
) -> Best:
    """The best whole pairs among the edges that are open, where nothing at all is worth more than ``top``."""
    edges = np.flatnonzero(is_open)
    program = integers(graph, edges, room, -weight[edges], cuts)
    if most_nodes is not None:
        program.setOptionValue("mip_max_nodes", most_nodes)
    program.run()
    chosen = edges[np.array(program.getSolution().col_value) > 0.5]
    if not fits(graph, chosen, room):
        raise ArithmeticError("the solver chose pairs that do not fit")
    value = int(weight[chosen].sum())
    is_done = program.getModelStatus() == highspy.HighsModelStatus.kOptimal
    if value == top:
        return Best(chosen, value, top, Method.PRICES)
    return Best(chosen, value, value if is_done else top, Method.BRANCHES if is_done else Method.BOUNDED)


def integers(
    graph: Graph,
    edges: Whole,
    room: Whole,
    cost: NDArray[np.generic],
    cuts: Sequence[Cut],
    *,
    full: Truth | None = None,
) -> highspy.Highs:
    """An integer program of these edges alone; rows and cuts that are ``full`` have to be."""
    program = quiet()
    for name, value in (("presolve", "on"), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.5)):
        program.setOptionValue(name, value)
    place, row, units = triples(graph, edges, cuts)
    rows, row = np.unique(row, return_inverse=True)
    limits = bounds(room, cuts)[rows].astype(float)
    must = np.zeros(len(room) + len(cuts), bool) if full is None else full
    nothing = np.zeros(0)
    program.addRows(
        len(rows), np.where(must[rows], bounds(room, cuts)[rows], -highspy.kHighsInf), limits, 0, np.zeros(len(rows), np.int32),
        nothing.astype(np.int32), nothing,
    )  # fmt: skip
    add_columns(program, place, row, units, cost)
    numbers = np.arange(len(edges), dtype=np.int32)
    program.changeColsBounds(len(edges), numbers, np.zeros(len(edges)), np.ones(len(edges)))
    program.changeColsIntegrality(len(edges), numbers, np.full(len(edges), 1, np.uint8))
    return program


def fits(graph: Graph, chosen: Whole, room: Whole) -> bool:
    """Whether all of these go together."""
    return bool((graph.load_of(chosen) - graph.taken <= room).all())


def lighten(graph: Graph, prices: Prices, settled: Settled, *, most_nodes: int | None) -> Settled:
    """As good, with the largest load as small as it can be; or the load that a bounded search had."""
    best, found = settled.best, settled.found
    load = int(graph.load_of(best.chosen).max(initial=0))
    while best.method != Method.BOUNDED and load > least_load(graph, settled.weight, best, found, load):
        prices.resize(graph.room_for(load - 1))
        lighter = prices.find()
        if lighter.bound // SCALE < best.value:
            break
        other = whole(graph, settled.weight, graph.room_for(load - 1), lighter, most_nodes=most_nodes)
        if other.method == Method.BOUNDED and other.value < best.value:
            return Settled(best, settled.unit, settled.weight, graph.room_for(load), load, found, is_lightest=False)
        if other.value < best.value:
            break
        method = Method.PRICES if best.method == Method.PRICES else other.method
        best, found = Best(other.chosen, other.value, best.value, method), lighter
        load = int(graph.load_of(best.chosen).max(initial=0))
    return Settled(best, settled.unit, settled.weight, graph.room_for(load), load, found)


def least_load(graph: Graph, weight: Whole, best: Best, found: Found, load: int) -> int:
    """What the largest load is at least: of pins, and of rows so dear that all that is as good fills them."""
    room = graph.room_for(load)
    apart = bound_for(graph, room, found) - best.value * SCALE
    filled = (graph.taken + room)[found.price[: len(room)] > apart]
    return max(int(graph.taken.max(initial=0)), int(filled.max(initial=0)), int(len(best.chosen) > 0))


def bound_for(graph: Graph, room: Whole, found: Found) -> int:
    """What these prices say at most, in parts, when rows have this room."""
    return int(found.price @ bounds(room, made_again(graph, room, found.cuts)))

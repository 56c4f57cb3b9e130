"""Rounds too large for one program: solved part by part, with one bound over the whole.

Municipalities that can be coupled stand near each other in a walk over the edges; the walk is cut in parts, and each
part has its own prices. Together these are prices of the whole once edges between parts are put right, so that they bound
it, in whole numbers. Then the walk is cut elsewhere, and what lies over the first borders is solved again beside what
stays.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from meedoen.coupling.matching.graph import NONE, Graph, Whole
from meedoen.coupling.matching.prices import SCALE, Prices
from meedoen.coupling.matching.rules import Method
from meedoen.coupling.matching.searching import Best, filled_up, whole

PART_FROM = 400_000  # edges: with more, one program takes a quarter of an hour and more
PART = 4_000  # municipalities: some seconds each
NODES = 10  # steps of searching in a part


def by_parts(graph: Graph, weight: Whole) -> Best:
    """Pairs that are not proven best, and what nothing is worth more than."""
    order = walk(graph)
    price = np.zeros(len(graph.room), np.int64)
    chosen = np.zeros(0, np.int64)
    for edges, rows, part in _parts(graph, order // PART, np.zeros(0, np.int64)):
        prices = Prices(part, weight[edges], most_rounds=0)
        found = prices.find()
        price[rows] = found.price
        best = whole(part, weight[edges], part.room, found, most_nodes=NODES)
        chosen = np.concatenate([chosen, edges[best.chosen]])
    shifted = (order + PART // 2) // PART
    kept = chosen
    for edges, _rows, part in _parts(graph, shifted, chosen):
        before = edges[np.isin(edges, chosen)]
        found = Prices(part, weight[edges], most_rounds=0).find()
        best = whole(part, weight[edges], part.room, found, most_nodes=NODES)
        if best.value > int(weight[before].sum()):
            kept = np.concatenate([np.setdiff1d(kept, before), edges[best.chosen]])
    chosen = filled_up(graph, weight, np.sort(kept), graph.room)
    value, top = int(weight[chosen].sum()), _bound(graph, weight, price) // SCALE
    return Best(chosen, value, top, Method.PRICES if value == top else Method.BOUNDED)


def walk(graph: Graph) -> Whole:
    """The place of each request in a walk over the edges, all of a municipality at once: near is what can be coupled."""
    count = len(graph.ids)
    owner = np.where(graph.municipality == NONE, np.arange(count) + len(graph.room), graph.municipality)
    _owners, owner = np.unique(owner, return_inverse=True)
    total = int(owner.max()) + 1
    one, other = owner[graph.ask], owner[graph.other]
    ends = np.concatenate([one, other])
    order = np.argsort(ends, kind="stable")
    near = np.concatenate([other, one])[order]
    starts = np.searchsorted(ends[order], np.arange(total + 1))
    place = np.full(total, -1)
    done = 0
    for root in range(total):
        if place[root] >= 0:
            continue
        front = np.array([root])
        while len(front):
            place[front] = done + np.arange(len(front))
            done += len(front)
            reached = np.concatenate([near[starts[each] : starts[each + 1]] for each in front.tolist()])
            front = np.unique(reached)
            front = front[place[front] < 0]
    return place[owner]


def _parts(graph: Graph, part_of: Whole, chosen: Whole) -> Iterator[tuple[Whole, Whole, Graph]]:
    """Each part's edges, its rows, and it as a graph; its rows have the room that pairs over its border leave."""
    one, other = part_of[graph.ask], part_of[graph.other]
    inside = one == other
    crossing = chosen[~inside[chosen]]
    left = graph.room - np.bincount(graph.rows[crossing].ravel(), minlength=len(graph.room) + 1)[:-1]
    edges_inside = np.flatnonzero(inside)
    order = edges_inside[np.argsort(one[edges_inside], kind="stable")]
    numbers, starts = np.unique(one[order], return_index=True)
    for number in range(len(numbers)):
        end = starts[number + 1] if number + 1 < len(numbers) else len(order)
        edges = np.sort(order[starts[number] : end])
        rows = np.unique(graph.rows[edges])
        rows = rows[rows < len(graph.room)]
        at = np.full(len(graph.room) + 1, len(rows))
        at[rows] = np.arange(len(rows))
        yield edges, rows, replace(
            graph, ask=at[graph.ask[edges]], other=at[graph.other[edges]], score=graph.score[edges],
            gain=graph.gain[edges], rows=at[graph.rows[edges]], room=left[rows], taken=np.zeros(len(rows), np.int64),
        )  # fmt: skip


def _bound(graph: Graph, weight: Whole, price: Whole) -> int:
    """What these prices bound, in parts of a point, once no edge is worth more than its rows cost."""
    slack = np.append(price, 0)[graph.rows].sum(1) - SCALE * weight
    lack = np.zeros(len(price), np.int64)
    np.maximum.at(lack, graph.ask, -slack)
    return int((price + lack) @ graph.room)

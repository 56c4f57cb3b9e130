"""Odd circles: three who could all pair with each other are one pair at most, where prices would see one and a half.

Rows that are full and that the parts run through are added up so that each edge in parts counts an even number of times,
while their room together is odd. Half of it, rounded down, is a limit that all whole pairs keep and the parts pass (a
zero-half cut; with one unit a request it is Edmonds' odd set). Whole numbers only, so that it holds for certain.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from meedoen.coupling.matching.graph import Graph, Whole

ALMOST = 1e-6  # how far from whole the solver's numbers may lie


@dataclass(frozen=True, slots=True)
class Cut:
    """``edges`` take ``units`` of ``room``; all others take none. It follows from ``rows``, each counted once."""

    rows: tuple[int, ...]
    edges: Whole
    units: Whole
    room: int


def cut_by(graph: Graph, room: Whole, rows: list[int]) -> Cut:
    """Half of these rows together, rounded down."""
    is_in = np.zeros(len(room) + 1, np.int64)
    is_in[rows] = 1
    units = is_in[graph.rows].sum(1) // 2
    edges = np.flatnonzero(units)
    return Cut(tuple(rows), edges, units[edges], int(room[rows].sum()) // 2)


def odd_circles(graph: Graph, room: Whole, amount: NDArray[np.float64], slack: Whole, price: Whole) -> list[Cut]:
    """Cuts for each group of parts that hang together, where there are: the circle itself, and all around it.

    All around it: as far as edges reach that cost no more than they are worth, over rows that have a price and so must
    be full. Where those have an odd room that all these edges count even, no whole pairs are worth the bound.
    """
    whole = np.round(amount)
    is_part = np.abs(amount - whole) > ALMOST
    in_parts = np.flatnonzero(is_part)
    ones = np.flatnonzero((whole > 0) & ~is_part)
    used = np.bincount(graph.rows.ravel(), np.repeat(amount, graph.rows.shape[1]), len(room) + 1)[:-1]
    left = room - np.bincount(graph.rows[ones].ravel(), minlength=len(room) + 1)[:-1]
    is_full = np.append(np.abs(used - room) < ALMOST, False)
    is_dear = np.append(price[: len(room)] > 0, False)
    found: list[Cut | None] = []
    tight = np.flatnonzero((slack <= 0) | (amount > ALMOST))
    for edges in together(graph.rows[tight], len(room)):
        group = tight[edges]
        if is_part[group].any():
            rows = [row for row in np.unique(graph.rows[group]).tolist() if is_dear[row]]
            chosen = odd_sum(graph.rows[group], rows, room)
            found.append(cut_by(graph, room, sorted(chosen)) if chosen else None)
    for edges in together(graph.rows[in_parts], len(room)):
        group = in_parts[edges]
        rows = [row for row in np.unique(graph.rows[group]).tolist() if is_full[row]]
        found.append(_even(graph, room, odd_sum(graph.rows[group], rows, left), ones, in_parts))
    unique = {cut.rows: cut for cut in found if cut is not None}
    return [unique[rows] for rows in sorted(unique)]


def _even(graph: Graph, room: Whole, rows: list[int], ones: Whole, in_parts: Whole) -> Cut | None:
    """The cut of these rows, once each whole pair counts an even number of times; None where that is none."""
    is_chosen = np.zeros(len(room) + 1, np.int64)
    is_chosen[rows] = 1
    odd = graph.ask[ones[is_chosen[graph.rows[ones]].sum(1) % 2 == 1]]
    is_chosen[odd] ^= 1  # the row of its ask, which has one unit and so nothing else
    chosen = np.flatnonzero(is_chosen)
    if not room[chosen].sum() % 2 or (is_chosen[graph.rows[in_parts]].sum(1) % 2).any():
        return None
    return cut_by(graph, room, chosen.tolist())


def together(rows: Whole, nothing: int) -> list[list[int]]:
    """The places of edges that share rows, directly or through others."""
    leader: dict[int, int] = {}

    def lead(row: int) -> int:
        while leader.setdefault(row, row) != row:
            leader[row] = leader[leader[row]]
            row = leader[row]
        return row

    for first, *others in rows.tolist():
        for row in others:
            if row != nothing:
                leader[lead(row)] = lead(first)
    groups = defaultdict(list)
    for place, (first, *_others) in enumerate(rows.tolist()):
        groups[lead(first)].append(place)
    return list(groups.values())


def odd_sum(edges: Whole, rows: list[int], left: Whole) -> list[int]:
    """Rows that together count each edge an even number of times and have odd room; empty where there are none.

    Elimination over whole numbers modulo two: each row is a line of bits, one for each edge, and a last for its room.
    """
    bit = dict.fromkeys(rows, 0)
    for place, of_edge in enumerate(edges.tolist()):
        for row in of_edge:
            if row in bit:
                bit[row] ^= 1 << place
    pivots: dict[int, tuple[int, int, int]] = {}
    for number, row in enumerate(rows):
        line, parity, made_of = bit[row], int(left[row]) & 1, 1 << number
        while line:
            top = line.bit_length()
            if top not in pivots:
                pivots[top] = (line, parity, made_of)
                break
            line, parity, made_of = line ^ pivots[top][0], parity ^ pivots[top][1], made_of ^ pivots[top][2]
        else:
            if parity:
                return [row for number, row in enumerate(rows) if made_of >> number & 1]
    return []

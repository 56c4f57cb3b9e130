"""Odd circles: three who could all pair with each other are one pair at most, where prices would see one and a half.

Rows that are full and that the parts run through are added up so that each edge in parts counts an even number of times,
while their room together is odd. Half of it, rounded down, is a limit that all whole pairs keep and the parts pass (a
zero-half cut; with one unit a request it is Edmonds' odd set). Whole numbers only, so that it holds for certain.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from meedoen.coupling.matching.graph import Graph, Truth, Whole

ALMOST = 1e-6  # how far from whole the solver's numbers may lie


@dataclass(frozen=True, slots=True)
class Cut:
    """``edges`` take ``units`` of ``room``; all others take none.

    It follows from ``rows``, each counted once; numbers behind those of the rows are of cuts made before.
    """

    rows: tuple[int, ...]
    edges: Whole
    units: Whole
    room: int


def cut_by(graph: Graph, room: Whole, rows: Sequence[int], before: Sequence[Cut]) -> Cut:
    """Half of these rows and cuts together, rounded down."""
    own = [row for row in rows if row < len(room)]
    made = [before[row - len(room)] for row in rows if row >= len(room)]
    units = _count(graph, room, own, made) // 2
    edges = np.flatnonzero(units)
    return Cut(tuple(rows), edges, units[edges], (int(room[own].sum()) + sum(cut.room for cut in made)) // 2)


def _count(graph: Graph, room: Whole, rows: Sequence[int], cuts: Sequence[Cut]) -> Whole:
    """How many units each edge takes of these together."""
    is_in = np.zeros(len(room) + 1, np.int64)
    is_in[list(rows)] = 1
    units = is_in[graph.rows[:, 0]]
    for column in range(1, graph.rows.shape[1]):
        units = units + is_in[graph.rows[:, column]]
    for cut in cuts:
        units[cut.edges] += cut.units
    return units


def made_again(graph: Graph, room: Whole, cuts: Sequence[Cut]) -> list[Cut]:
    """The same cuts where rows have another room."""
    made: list[Cut] = []
    for cut in cuts:
        made.append(cut_by(graph, room, cut.rows, made))
    return made


def odd_circles(
    graph: Graph, room: Whole, amount: NDArray[np.float64], slack: Whole, price: Whole, cuts: Sequence[Cut]
) -> list[Cut]:
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
            chosen = odd_sum(lines_of(graph, group, rows, room) + _lines_of_cuts(graph, group, len(room), cuts, price))
            found.append(cut_by(graph, room, sorted(chosen), cuts) if chosen else None)
    for edges in together(graph.rows[in_parts], len(room)):
        group = in_parts[edges]
        rows = [row for row in np.unique(graph.rows[group]).tolist() if is_full[row]]
        found.append(_even(graph, room, odd_sum(lines_of(graph, group, rows, left)), ones, in_parts))
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
    return cut_by(graph, room, chosen.tolist(), ())


def together(rows: Whole, nothing: int) -> list[list[int]]:
    """The places of edges that share rows, directly or through others; the first row of an edge is always one.

    Each row is called after the lowest that it shares an edge with, until nothing changes.
    """
    called = np.arange(nothing + 1)
    while True:
        lowest = called[rows].min(1)
        other = called.copy()
        for column in rows.T:
            np.minimum.at(other, column, lowest)
        other[nothing] = nothing
        other = other[other]
        if (other == called).all():
            break
        called = other
    _names, first, group = np.unique(called[rows[:, 0]], return_index=True, return_inverse=True)
    order = np.argsort(group, kind="stable")
    found = np.split(order, np.cumsum(np.bincount(group))[:-1]) if len(rows) else []
    return [found[number].tolist() for number in np.argsort(first).tolist()]


Line = tuple[int, int, int]  # the number of a row; a bit for each edge that it counts odd; whether its room is odd


def lines_of(graph: Graph, group: Whole, rows: Sequence[int], room: Whole) -> list[Line]:
    """Rows as lines over the edges of a group."""
    line_of = np.full(len(room) + 1, -1)
    line_of[list(rows)] = np.arange(len(rows))
    at = line_of[graph.rows[group]]
    place, column = np.nonzero(at >= 0)
    is_in = np.zeros((len(rows), len(group)), bool)
    is_in[at[place, column], place] = True  # no edge takes of one row twice
    return [(row, _bits(line), int(room[row]) & 1) for row, line in zip(rows, is_in, strict=True)]


def _lines_of_cuts(graph: Graph, group: Whole, row_count: int, cuts: Sequence[Cut], price: Whole) -> list[Line]:
    """Cuts that have a price as lines over the edges of a group."""
    place = np.full(len(graph.ask), -1)
    place[group] = np.arange(len(group))
    lines = []
    for number, cut in enumerate(cuts, row_count):
        if price[number] > 0:
            at = place[cut.edges[cut.units % 2 == 1]]
            is_in = np.zeros(len(group), bool)
            is_in[at[at >= 0]] = True
            lines.append((number, _bits(is_in), cut.room & 1))
    return lines


def _bits(is_in: Truth) -> int:
    """A bit for each place, the first the lowest."""
    return int.from_bytes(np.packbits(is_in, bitorder="little").tobytes(), "little")


def odd_sum(lines: Sequence[Line]) -> list[int]:
    """Rows that together count each edge an even number of times and have odd room; empty where there are none.

    Elimination over whole numbers modulo two.
    """
    pivots: dict[int, tuple[int, int, int]] = {}
    for number, (_row, line, parity) in enumerate(lines):
        made_of = 1 << number
        while line:
            top = line.bit_length()
            if top not in pivots:
                pivots[top] = (line, parity, made_of)
                break
            line, parity, made_of = line ^ pivots[top][0], parity ^ pivots[top][1], made_of ^ pivots[top][2]
        else:
            if parity:
                return [row for number, (row, _line, _parity) in enumerate(lines) if made_of >> number & 1]
    return []

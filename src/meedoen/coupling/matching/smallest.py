"""Of all that is as good, the pairs with the smallest numbers: so that an outcome hangs on its input and nothing else.

What is as good is known from prices: only edges that cost what they are worth, and what has a price is full. Among
those, pair after pair in order is taken whenever the best can still be had. A block of pairs is decided at once: each
weighs more than all after it. Groups of edges that share nothing are decided side by side.
"""

from itertools import pairwise

import highspy
import numpy as np

from meedoen.coupling.matching.cuts import ALMOST, together
from meedoen.coupling.matching.graph import Graph, Truth, Whole
from meedoen.coupling.matching.prices import SCALE, rank_within
from meedoen.coupling.matching.searching import Settled, bound_for, integers

BLOCK = 20  # pairs: with two to the twentieth at most, the solver's numbers stay exact
MOST_BLOCKS = 100  # a group that has more ties keeps what was found
MOST_NODES = 50  # of searching a block
MOST_TIES = 20_000  # edges: with more, each block would take seconds


def smallest(graph: Graph, settled: Settled) -> tuple[Whole, bool]:
    """The edges, and whether they are proven to be the smallest."""
    best, found = settled.best, settled.found
    apart = bound_for(graph, settled.room, found) - best.value * SCALE
    edges = np.flatnonzero(found.slack <= apart)
    if len(edges) > MOST_TIES:
        return best.chosen, False
    rows, room = graph.rows[edges], np.append(settled.room, len(edges))
    every = np.arange(len(edges), dtype=np.int32)
    program = integers(graph, edges, settled.room, np.zeros(len(edges)), found.cuts, full=found.price > apart)
    if apart:
        program.addRow(float(best.value), highspy.kHighsInf, len(edges), every, settled.weight[edges].astype(float))
    program.setOptionValue("mip_max_nodes", MOST_NODES)
    group = np.zeros(len(edges), np.int64) if apart else _groups(graph, edges, settled)
    is_open, is_in = np.ones(len(edges), bool), np.zeros(len(edges), bool)
    for _block in range(MOST_BLOCKS):
        used = np.bincount(rows[is_in].ravel(), minlength=len(room))
        used[-1] = 0
        is_open &= (used < room)[rows].all(1)
        at = np.flatnonzero(is_open)
        if not len(at):
            return edges[is_in], True
        rank = rank_within(group[at], at)
        block, rank = at[rank < BLOCK], rank[rank < BLOCK]
        cost = np.zeros(len(edges))
        cost[block] = -np.exp2(BLOCK - 1 - rank)
        program.changeColsCost(len(edges), every, cost)
        decided = _decided(program)
        if decided is None:
            break
        is_in[block], is_open[block] = decided[block], False
        bound = is_in[block].astype(float)
        program.changeColsBounds(len(block), block.astype(np.int32), bound, bound)
    return best.chosen, False


def _groups(graph: Graph, edges: Whole, settled: Settled) -> Whole:
    """Which edges hang together, through rows and cuts that can hold any of them back; numbered."""
    row_count = len(settled.room)
    use = np.bincount(graph.rows[edges].ravel(), minlength=row_count + 1)[:-1]
    holds = np.append((use > settled.room) | (settled.found.price[:row_count] > 0), False)
    rows = np.where(holds[graph.rows[edges]], graph.rows[edges], row_count)
    rows[:, 0] = graph.rows[edges][:, 0]
    place = {edge: number for number, edge in enumerate(edges.tolist())}
    links = [rows]
    for cut in settled.found.cuts:
        within = [place[edge] for edge in cut.edges.tolist() if edge in place]
        for one, other in pairwise(within):
            links.append(np.array([[rows[one, 0], rows[other, 0], row_count, row_count]]))
    group = np.zeros(len(edges), np.int64)
    for number, places in enumerate(together(np.concatenate(links), row_count)):
        group[[each for each in places if each < len(edges)]] = number
    return group


def _decided(program: highspy.Highs) -> Truth | None:
    """The best whole choice for these costs: from the program as it is, or by searching; None where that has no end."""
    for relaxed in (True, False):
        program.setOptionValue("solve_relaxation", relaxed)
        program.run()
        if program.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            continue
        amount = np.array(program.getSolution().col_value)
        if (np.abs(amount - np.round(amount)) < ALMOST).all():
            return amount > 0.5
    return None

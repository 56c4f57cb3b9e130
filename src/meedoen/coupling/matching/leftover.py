"""The second step, outside the proof: who was left over joins a pair, or hears why not.

The best fitting first: most points with either of the pair, then the smallest numbers. A trio is one conversation, so
those it is joined to bear no more than they did; who joins counts for its own municipality. Three is the most.
After the askers, an offer that is in no pair joins two askers who would learn together, where it fits both.
"""

import numpy as np

from meedoen.coupling.matching.graph import NONE, Graph, Read, Truth, Whole
from meedoen.coupling.matching.rules import Trio, Why


def trios_and_later(
    known: Read, graph: Graph, chosen: Whole, *, offers_join: bool
) -> tuple[tuple[Trio, ...], dict[int, Why]]:
    """The trios, and every other asker who is in no pair with the reason."""
    count = len(known.ids)
    place = {each: number for number, each in enumerate(known.ids.tolist())}
    pairs = [(place[pair.ask], place[pair.other]) for pair in graph.pairs_of(chosen)]
    is_in = np.zeros(count, bool)
    pair_of: dict[int, list[tuple[int, int]]] = {}
    for pair in pairs:
        is_in[list(pair)] = True
        for request in pair:
            pair_of.setdefault(request, []).append(pair)
    load = graph.load_of(chosen)
    limit = graph.room + graph.taken
    left = known.is_ask & ~is_in
    trios: list[Trio] = []
    taken: set[tuple[int, int]] = set()
    free = ~known.is_ask & ~is_in & (limit[:count] > 0)
    for waiting in (left, free) if offers_join else (left,):
        for score, joins, pair in _joining(known, waiting, pair_of):
            row = count + int(known.municipality[joins])
            alone = known.municipality[joins] == NONE
            if not waiting[joins] or pair in taken or not (alone or load[row] < limit[row]):
                continue
            waiting[joins] = False
            taken.add(pair)
            if not alone:
                load[row] += 1
            one, other, third = (int(known.ids[each]) for each in (*pair, joins))
            trios.append(Trio(one, other, third, -score))
    return tuple(sorted(trios)), _reasons(known, left, load, limit)


def _joining(
    known: Read, waiting: Truth, pair_of: dict[int, list[tuple[int, int]]]
) -> list[tuple[int, int, tuple[int, int]]]:
    """Who of ``waiting`` could join which pair, best first: (less its points, who joins, the pair)."""
    columns = known.columns
    points: dict[tuple[int, tuple[int, int]], list[int]] = {}
    for at in np.flatnonzero(columns.is_open & (waiting[columns.ask] | waiting[columns.other])).tolist():
        one, other = int(columns.ask[at]), int(columns.other[at])
        for joins, fits in ((one, other), (other, one)):
            if waiting[joins]:
                for pair in pair_of.get(fits, ()):
                    points.setdefault((joins, pair), []).append(int(columns.score[at]))
    own, bans = known.municipality, known.bans
    return sorted(
        (-sum(scores), joins, pair)
        for (joins, pair), scores in points.items()
        if (known.is_ask[joins] or len(scores) == len(pair))  # an offer has something for both
        and not any(
            (joins, each) in bans or (each, joins) in bans or (own[joins] != NONE and own[joins] == own[each])
            for each in pair
        )
    )


def _reasons(known: Read, left: Truth, load: Whole, limit: Whole) -> dict[int, Why]:
    """The first reason that holds for each."""
    columns, count = known.columns, len(known.ids)

    def edges_of(which: Truth) -> Whole:
        is_other = which & known.is_ask[columns.other]
        return np.bincount(columns.ask[which], minlength=count) + np.bincount(columns.other[is_other], minlength=count)

    strong = ~columns.is_weak
    scored = edges_of(strong)
    elsewhere = edges_of(strong & ~columns.is_own)
    allowed = edges_of(columns.is_open)
    reasons = {}
    for ask in np.flatnonzero(left).tolist():
        row = count + int(known.municipality[ask])
        if not scored[ask]:
            why = Why.NO_EDGE
        elif not elsewhere[ask]:
            why = Why.OWN_MUNICIPALITY
        elif not allowed[ask]:
            why = Why.BANNED
        elif known.municipality[ask] != NONE and load[row] >= limit[row]:
            why = Why.MUNICIPALITY_AT_LIMIT
        else:
            why = Why.CANDIDATES_FULL
        reasons[int(known.ids[ask])] = why
    return reasons

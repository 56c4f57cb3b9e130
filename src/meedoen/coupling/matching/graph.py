"""A problem as columns of whole numbers, in one order whatever order it came in: what solving reckons with.

Each edge takes one unit of up to four rows: its two requests and their two municipalities. Pins are already out of it:
what they take is taken from the rows.
"""

from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from meedoen.coupling.matching.rules import LEAST, MOST_POINTS, Pair, Problem, fixed

Whole = NDArray[np.int64]
Truth = NDArray[np.bool_]
NONE = -1


@dataclass(frozen=True, slots=True)
class Graph:
    """``ids`` are the requests in order; all other columns speak of places in it, or of rows."""

    ids: Whole
    is_ask: Truth
    municipality: Whole  # of each request: its place among the municipalities, or NONE
    ask: Whole  # of each edge; edges stand in the order of their pairs
    other: Whole
    score: Whole
    gain: Whole  # askers that the edge serves: one or two
    rows: Whole  # four of each edge; ``len(room)`` is the row of nothing
    room: Whole  # of each row
    taken: Whole  # of each row: by pins
    pins: tuple[Pair, ...]

    @property
    def askers(self) -> int:
        """How many asks have an edge: no more can be served."""
        return len(np.unique(np.concatenate([self.ask, self.other[self.gain == 2]])))

    def room_for(self, load: int) -> Whole:
        """What is left of each row when nobody has more than ``load`` couplings, pins included."""
        return np.maximum(0, np.minimum(self.room, load - self.taken))

    def pairs_of(self, chosen: Whole) -> tuple[Pair, ...]:
        """The pairs of these edges, and the pins."""
        columns = (self.ids[self.ask[chosen]], self.ids[self.other[chosen]], self.score[chosen])
        return tuple(
            sorted([*self.pins, *(Pair(*row) for row in zip(*(each.tolist() for each in columns), strict=True))])
        )

    def load_of(self, chosen: Whole) -> Whole:
        """How many couplings each row has, pins included."""
        load = np.bincount(self.rows[chosen].ravel(), minlength=len(self.room) + 1)[:-1]
        return load + self.taken


@dataclass(frozen=True, slots=True)
class Columns:
    """Edges as they came, in order, each pair once with its best score; ``why`` tells what cannot be taken."""

    ask: Whole
    other: Whole
    score: Whole
    is_weak: Truth
    is_own: Truth
    is_banned: Truth

    @property
    def is_open(self) -> Truth:
        """Which of them can be pairs."""
        return ~(self.is_weak | self.is_own | self.is_banned)


@dataclass(frozen=True, slots=True)
class Read:
    """A problem that was read: its requests, its municipalities, and its edges."""

    ids: Whole
    is_ask: Truth
    municipality: Whole
    municipalities: tuple[int, ...]
    columns: Columns
    bans: frozenset[tuple[int, int]]  # as places, in either order


def read(problem: Problem) -> Read:
    """Raises ``ValueError`` for an edge that no round can mean: of nobody, from an offer, without a whole score."""
    ids = np.array(sorted(problem.asks | problem.offers), np.int64)
    of = problem.municipality_of
    municipalities = tuple(sorted({own for each in ids.tolist() if (own := of.get(each)) is not None}))
    place = {each: number for number, each in enumerate(municipalities)}
    owners = [of.get(each) for each in ids.tolist()]
    municipality = np.array([NONE if each is None else place[each] for each in owners], np.int64)
    asks = np.array(sorted(problem.asks), np.int64)
    is_ask = np.isin(ids, asks)
    edges = problem.edges
    count = len(edges)
    one, two, score = (np.fromiter(map(attrgetter(name), edges), np.int64, count) for name in ("ask", "other", "score"))
    if count:
        at = [np.minimum(np.searchsorted(ids, each), max(0, len(ids) - 1)) for each in (one, two)]
        if not len(ids) or (ids[at[0]] != one).any() or (ids[at[1]] != two).any() or not is_ask[at[0]].all():
            raise ValueError("an edge goes from an ask to an offer or another ask of the problem")
        if score.min() < 0 or score.max() > MOST_POINTS:
            raise ValueError(f"a score is a whole number from 0 to {MOST_POINTS}")
        one, two = at
        both = is_ask[two]
        one, two = np.where(both, np.minimum(one, two), one), np.where(both, np.maximum(one, two), two)
        order = np.lexsort((-score, two, one))
        one, two, score = one[order], two[order], score[order]
        key = one * len(ids) + two
        first = np.concatenate([[True], key[1:] != key[:-1]])
        one, two, score, key = one[first], two[first], score[first], key[first]
    else:
        key = one
    at_id = {each: number for number, each in enumerate(ids.tolist())}
    bans = frozenset((at_id[a], at_id[b]) for a, b in problem.bans if a in at_id and b in at_id)
    banned = np.array([a * len(ids) + b for pair in bans for a, b in (pair, pair[::-1])], np.int64)
    is_own = (one == two) | ((municipality[one] == municipality[two]) & (municipality[one] != NONE))
    columns = Columns(one, two, score, score < LEAST, is_own, np.isin(key, banned))
    return Read(ids, is_ask, municipality, municipalities, columns, bans)


def graph_of(problem: Problem, known: Read) -> Graph:
    """Raises ``Impossible`` where the pins cannot be."""
    ids, columns, count = known.ids, known.columns, len(known.ids)
    room = np.array([problem.room_of(each) for each in ids.tolist()], np.int64)
    in_municipality = np.array([problem.room_in(each) for each in known.municipalities], np.int64)
    taken = np.zeros(count, np.int64)
    taken_in = np.zeros(len(in_municipality), np.int64)
    pins = fixed(problem)
    pinned = np.searchsorted(ids, np.array(pins, np.int64).reshape(len(pins), 2))
    np.add.at(taken, pinned.ravel(), 1)
    owners = known.municipality[pinned.ravel()]
    np.add.at(taken_in, owners[owners != NONE], 1)
    everything = np.concatenate([room - taken, in_municipality - taken_in])
    row_of = np.where(known.municipality == NONE, len(everything), count + known.municipality)
    keep = columns.is_open & (taken[columns.ask] == 0) & ~(known.is_ask[columns.other] & (taken[columns.other] > 0))
    ask, other, score = columns.ask[keep], columns.other[keep], columns.score[keep]
    return Graph(
        ids, known.is_ask, known.municipality, ask, other, score, np.where(known.is_ask[other], 2, 1),
        np.stack([ask, other, row_of[ask], row_of[other]], 1), everything, np.concatenate([taken, taken_in]),
        tuple(Pair(*pin, score) for pin, score in zip(pins, _scores(columns, pinned, count), strict=True)),
    )  # fmt: skip


def _scores(columns: Columns, pinned: Whole, count: int) -> list[Any]:
    """What the pinned pairs score: nothing where there is no edge."""
    key = columns.ask * count + columns.other
    wanted = pinned[:, 0] * count + pinned[:, 1]
    at = np.minimum(np.searchsorted(key, wanted), max(0, len(key) - 1))
    if not len(key):
        return [0] * len(wanted)
    return np.where((key[at] == wanted) & ~columns.is_weak[at], columns.score[at], 0).tolist()

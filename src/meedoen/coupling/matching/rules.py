"""What a round is given and what comes out of it; what may be a pair at all. Pure: plain values only.

Solving is in ``solving``, keeping what went in and came out in ``keeping``, figures over it in ``figures``.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

LEAST = 1  # point: an edge with less does not exist
MOST_FOR_A_MUNICIPALITY = 3  # couplings in one round: each asks hours of the same few people
MOST_POINTS = 100_000  # of one edge: whole numbers stay exact in what the solver reckons with


@dataclass(frozen=True, slots=True)
class Edge:
    """``ask`` may be coupled to ``other``: an offer, or another ask of which the number is higher."""

    ask: int
    other: int
    score: int


@dataclass(frozen=True, slots=True)
class Problem:
    """All that a round goes by. Order means nothing anywhere.

    Asks and offers share their numbers. ``municipality_of`` has None (or nothing) for a resident. An offer takes
    ``capacity_of_request`` couplings (1 unless said), an ask takes part in one pair, and a municipality gets at most
    ``capacity_of_municipality`` over all its asks and offers. ``pins`` are in, whatever they score; ``bans`` are out.
    ``offers_join``: an offer in no pair may join two askers; rounds from before that rule go by False.
    """

    asks: frozenset[int]
    offers: frozenset[int]
    municipality_of: Mapping[int, int | None] = field(default_factory=dict)
    capacity_of_request: Mapping[int, int] = field(default_factory=dict)
    capacity_of_municipality: Mapping[int, int] = field(default_factory=dict)
    edges: Collection[Edge] = ()
    pins: Collection[tuple[int, int]] = ()
    bans: Collection[tuple[int, int]] = ()
    offers_join: bool = True

    def __post_init__(self) -> None:
        for name in ("asks", "offers"):
            object.__setattr__(self, name, frozenset(getattr(self, name)))
        if self.asks & self.offers:
            raise ValueError("a number is of an ask or of an offer")

    def room_of(self, request: int) -> int:
        """How many pairs an ask or offer can be in."""
        return 1 if request in self.asks else max(0, self.capacity_of_request.get(request, 1))

    def room_in(self, municipality: int) -> int:
        """How many couplings a municipality can have."""
        return max(0, self.capacity_of_municipality.get(municipality, MOST_FOR_A_MUNICIPALITY))


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Who is coupled to whom; of two asks the lower number is ``ask``."""

    ask: int
    other: int
    score: int


@dataclass(frozen=True, slots=True, order=True)
class Trio:
    """``joins``, an asker who was left over or an offer in no pair, comes along; ``score`` is that of joining."""

    ask: int
    other: int
    joins: int
    score: int


class Why(StrEnum):
    """Why an asker has to wait; the first that holds, in this order."""

    NO_EDGE = "no_edge"  # nobody scores enough
    OWN_MUNICIPALITY = "own_municipality"  # who scores is of the same municipality
    BANNED = "banned"  # who else scores was forbidden
    MUNICIPALITY_AT_LIMIT = "municipality_at_limit"  # its own municipality has all it can bear
    CANDIDATES_FULL = "candidates_full"  # all who score have all they can bear, or learn with somebody else


class Method(StrEnum):
    """How the pairs were found, and thereby what is proven."""

    PRICES = "prices"  # prices in whole numbers show that nothing is better
    BRANCHES = "branches"  # the integer program searched all that prices left open
    BOUNDED = "bounded"  # not proven best: ``gap`` tells how much better the best can be


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a round found. Every asker is in one of ``pairs``, ``trios`` and ``later``, and in one only.

    ``served``, ``total`` and ``largest_load`` are of the pairs alone. With ``BOUNDED``, nobody can serve more than
    ``served_at_most``, nor have more than ``gap`` points extra for as many served; else these are ``served`` and 0.
    ``is_smallest`` tells whether the load is proven smallest and, of all that are as good, the numbers are too.
    """

    pairs: tuple[Pair, ...]
    trios: tuple[Trio, ...]
    later: Mapping[int, Why]
    served: int
    total: int
    largest_load: int
    method: Method
    gap: int
    served_at_most: int
    is_smallest: bool


class Reason(StrEnum):
    """What is wrong with a pin."""

    MISSING = "missing"  # one of the two is no ask or offer of this round
    ITSELF = "itself"
    NOBODY_ASKS = "nobody_asks"  # two offers
    OWN_MUNICIPALITY = "own_municipality"
    BANNED = "banned"
    ASKED_TWICE = "asked_twice"  # an ask is in several pins
    OFFER_FULL = "offer_full"
    MUNICIPALITY_FULL = "municipality_full"


class Impossible(Exception):
    """No round can have all these pins: ``pins`` are those concerned, smallest numbers first."""

    def __init__(self, reason: Reason, pins: Collection[tuple[int, int]]) -> None:
        self.reason, self.pins = reason, tuple(sorted(pins))
        super().__init__(reason, self.pins)


def in_order(problem: Problem, one: int, other: int) -> tuple[int, int]:
    """The two as a pair: the ask first, of two asks the lower number."""
    if one in problem.asks and other in problem.asks:
        return min(one, other), max(one, other)
    return (one, other) if one in problem.asks else (other, one)


def are_neighbours(problem: Problem, one: int, other: int) -> bool:
    """Whether both are of one municipality; of a resident nobody is."""
    own = problem.municipality_of.get(one)
    return own is not None and own == problem.municipality_of.get(other)


def fixed(problem: Problem) -> list[tuple[int, int]]:
    """The pins as pairs in order, each once. Raises ``Impossible``."""
    pins = sorted({in_order(problem, *pin) for pin in problem.pins})
    known = {*problem.asks, *problem.offers}
    bans = {in_order(problem, *ban) for ban in problem.bans}
    wrong = {
        Reason.MISSING: [pin for pin in pins if not known.issuperset(pin)],
        Reason.ITSELF: [pin for pin in pins if pin[0] == pin[1]],
        Reason.NOBODY_ASKS: [pin for pin in pins if pin[0] not in problem.asks],
        Reason.OWN_MUNICIPALITY: [pin for pin in pins if are_neighbours(problem, *pin)],
        Reason.BANNED: [pin for pin in pins if pin in bans],
    }
    for reason, found in wrong.items():
        if found:
            raise Impossible(reason, found)
    of_request: dict[int, list[tuple[int, int]]] = defaultdict(list)
    of_municipality: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for pin in pins:
        for request in pin:
            of_request[request].append(pin)
            municipality = problem.municipality_of.get(request)
            if municipality is not None:
                of_municipality[municipality].append(pin)
    for request, found in sorted(of_request.items()):
        if len(found) > problem.room_of(request):
            raise Impossible(Reason.ASKED_TWICE if request in problem.asks else Reason.OFFER_FULL, found)
    for municipality, found in sorted(of_municipality.items()):
        if len(found) > problem.room_in(municipality):
            raise Impossible(Reason.MUNICIPALITY_FULL, found)
    return pins

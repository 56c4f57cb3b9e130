"""A round as it is kept: what went in and what came out as JSON of one spelling, and a fingerprint of each.

The same problem has the same text whatever order it came in, so that a year later it can be solved again and compared.
"""

import json
from hashlib import sha256
from typing import Any

from meedoen.coupling.matching.rules import Edge, Method, Outcome, Pair, Problem, Trio, Why, in_order

# Another shape, or another rule for the same numbers, gets the next version, and reading knows them all: what was kept
# is solved again by the rules it was made with.
PROBLEM_VERSION = 2
BEFORE_OFFERS_JOINED = 1  # of a problem
OUTCOME_VERSION = 1


class NotOurs(ValueError):
    """This text is no problem or outcome that we wrote."""


def as_json(thing: Problem | Outcome) -> str:
    """The text to keep: keys and rows in order, no spaces."""
    told = _problem(thing) if isinstance(thing, Problem) else _outcome(thing)
    return json.dumps(told, separators=(",", ":"), sort_keys=True)


def fingerprint(thing: Problem | Outcome) -> str:
    """SHA-256 of the text to keep, in hexadecimals."""
    return sha256(as_json(thing).encode()).hexdigest()


def of_json(text: str) -> Problem | Outcome:
    """What was kept. Raises ``NotOurs``."""
    try:
        told = json.loads(text)
        is_problem = told["kind"] == "problem"
        if told["version"] not in ((BEFORE_OFFERS_JOINED, PROBLEM_VERSION) if is_problem else (OUTCOME_VERSION,)):
            raise NotOurs(f"version {told['version']!r} is not known here")
        return _problem_of(told) if is_problem else _outcome_of(told)
    except (KeyError, TypeError, ValueError) as problem:
        raise problem if isinstance(problem, NotOurs) else NotOurs(str(problem)) from problem


def _problem(problem: Problem) -> dict[str, Any]:
    requests = sorted(problem.asks | problem.offers)
    pairs = {
        name: sorted({in_order(problem, *pair) for pair in given})
        for name, given in (("pins", problem.pins), ("bans", problem.bans))
    }
    best: dict[tuple[int, int], int] = {}
    for edge in problem.edges:
        key = in_order(problem, edge.ask, edge.other)
        best[key] = max(edge.score, best.get(key, 0))
    municipalities = {own for each in requests if (own := problem.municipality_of.get(each)) is not None}
    return {
        "kind": "problem",
        "version": PROBLEM_VERSION if problem.offers_join else BEFORE_OFFERS_JOINED,
        "asks": sorted(problem.asks),
        "offers": sorted(problem.offers),
        "municipality_of": [[each, problem.municipality_of.get(each)] for each in requests],
        "capacity_of_request": [[each, problem.room_of(each)] for each in sorted(problem.offers)],
        "capacity_of_municipality": [[each, problem.room_in(each)] for each in sorted(municipalities)],
        "edges": [[*pair, score] for pair, score in sorted(best.items())],
        **pairs,
    }


def _problem_of(told: dict[str, Any]) -> Problem:
    return Problem(
        frozenset(told["asks"]), frozenset(told["offers"]), _mapping(told["municipality_of"]),
        _mapping(told["capacity_of_request"]), _mapping(told["capacity_of_municipality"]),
        tuple(Edge(*row) for row in told["edges"]), _pairs(told["pins"]), _pairs(told["bans"]),
        offers_join=told["version"] > BEFORE_OFFERS_JOINED,
    )  # fmt: skip


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "kind": "outcome",
        "version": OUTCOME_VERSION,
        "pairs": [[pair.ask, pair.other, pair.score] for pair in outcome.pairs],
        "trios": [[trio.ask, trio.other, trio.joins, trio.score] for trio in outcome.trios],
        "later": [[ask, why.value] for ask, why in sorted(outcome.later.items())],
        "served": outcome.served,
        "total": outcome.total,
        "largest_load": outcome.largest_load,
        "method": outcome.method.value,
        "gap": outcome.gap,
        "served_at_most": outcome.served_at_most,
        "is_smallest": outcome.is_smallest,
    }


def _outcome_of(told: dict[str, Any]) -> Outcome:
    return Outcome(
        tuple(Pair(*row) for row in told["pairs"]), tuple(Trio(*row) for row in told["trios"]),
        {ask: Why(why) for ask, why in told["later"]}, told["served"], told["total"], told["largest_load"],
        Method(told["method"]), told["gap"], told["served_at_most"], told["is_smallest"],
    )  # fmt: skip


def _mapping(rows: list[list[int]]) -> dict[int, int]:
    return {key: value for key, value in rows}  # noqa: C416


def _pairs(rows: list[list[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((one, other) for one, other in rows)

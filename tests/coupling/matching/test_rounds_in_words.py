"""Pins that cannot be, why somebody waits, trios, what is kept, the greedy way, and the figures of a round."""

import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.coupling.matching import cases
from tests.coupling.matching.test_best_rounds import FEW

from meedoen.coupling.matching.figures import Share, gini, spread
from meedoen.coupling.matching.greedy import greedy, served
from meedoen.coupling.matching.keeping import NotOurs
from meedoen.coupling.matching.rules import Edge, Impossible, Method, Outcome, Pair, Problem, Reason, Trio, Why
from meedoen.coupling.matching.solving import as_json, fingerprint, of_json, solve

OWN = {1: 100, 2: 200, 3: 300, 11: 100, 12: 400, 13: 400}  # asks 1 to 3, offers 11 to 13


def problem(edges=(), *, asks=(1, 2, 3), offers=(11, 12, 13), room=None, limits=None, pins=(), bans=(), own=None):
    return Problem(
        frozenset(asks), frozenset(offers), OWN if own is None else own, room or {}, limits or {},
        tuple(Edge(*edge) for edge in edges), pins, bans,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("pins", "kwargs", "reason", "concerned"),
    [
        ([(1, 99)], {}, Reason.MISSING, ((1, 99),)),
        ([(98, 99)], {}, Reason.MISSING, ((99, 98),)),
        ([(1, 1)], {}, Reason.ITSELF, ((1, 1),)),
        ([(11, 12)], {}, Reason.NOBODY_ASKS, ((12, 11),)),
        ([(11, 1)], {}, Reason.OWN_MUNICIPALITY, ((1, 11),)),
        ([(1, 12), (2, 12)], {"bans": [(12, 1)], "room": {12: 2}}, Reason.BANNED, ((1, 12),)),
        ([(1, 12), (2, 1), (3, 13)], {}, Reason.ASKED_TWICE, ((1, 2), (1, 12))),
        ([(2, 12), (1, 12)], {}, Reason.OFFER_FULL, ((1, 12), (2, 12))),
        ([(2, 12), (1, 13)], {"limits": {400: 1}}, Reason.MUNICIPALITY_FULL, ((1, 13), (2, 12))),
        ([(2, 12)], {"limits": {200: 0}}, Reason.MUNICIPALITY_FULL, ((2, 12),)),
    ],
)
def test_pins_that_cannot_be_are_named(pins, kwargs, reason, concerned):
    with pytest.raises(Impossible) as caught:
        solve(problem(pins=pins, **kwargs))
    assert (caught.value.reason, caught.value.pins) == (reason, concerned)
    with pytest.raises(Impossible):
        greedy(problem(pins=pins, **kwargs))


def test_a_pin_is_in_without_an_edge_and_whatever_it_costs():
    found = solve(problem([(1, 12, 50), (2, 12, 0)], pins=[(12, 2), (2, 12)]))
    assert found.pairs == (Pair(2, 12, 0),)
    assert found.later == {3: Why.NO_EDGE}
    assert found.trios == (Trio(2, 12, 1, 50),)
    assert (found.served, found.total) == (1, 0)


@pytest.mark.parametrize(
    ("edges", "kwargs", "why"),
    [
        ([], {}, Why.NO_EDGE),
        ([(1, 12, 0)], {}, Why.NO_EDGE),
        ([(1, 11, 5)], {}, Why.OWN_MUNICIPALITY),
        ([(1, 11, 5), (1, 12, 5)], {"bans": [(1, 12)]}, Why.BANNED),
        ([(1, 12, 5)], {"limits": {100: 0}}, Why.MUNICIPALITY_AT_LIMIT),
        ([(1, 12, 5), (1, 13, 5)], {"limits": {400: 0}}, Why.CANDIDATES_FULL),
        ([(1, 12, 5)], {"room": {12: 0}}, Why.CANDIDATES_FULL),
    ],
)
def test_who_waits_hears_why(edges, kwargs, why):
    assert solve(problem(edges, **kwargs)).later[1] == why


def test_most_askers_come_before_most_points():
    found = solve(problem([(1, 12, 90), (1, 13, 1), (2, 12, 1)]))
    assert found.pairs == (Pair(1, 13, 1), Pair(2, 12, 1))
    assert greedy(problem([(1, 12, 90), (1, 13, 1), (2, 12, 1)])) == (Pair(1, 12, 90),)


def test_of_as_good_the_load_is_shared_and_then_the_numbers_are_small():
    edges = [(ask, offer, 7) for ask in (1, 2) for offer in (12, 13)]
    own = {1: 100, 2: 200, 12: 400, 13: 500}
    found = solve(problem(edges, asks=(1, 2), offers=(12, 13), room={12: 2, 13: 2}, own=own))
    assert found.pairs == (Pair(1, 12, 7), Pair(2, 13, 7))
    assert found.largest_load == 1


def test_three_who_would_learn_together_are_a_pair_and_one_who_joins():
    edges = [(1, 2, 5), (1, 3, 4), (2, 3, 4)]
    found = solve(problem(edges))
    assert found.pairs == (Pair(1, 2, 5),)
    assert found.trios == (Trio(1, 2, 3, 8),)
    assert found.later == {}
    assert (found.served, found.method) == (2, Method.PRICES)
    assert solve(problem(edges, bans=[(3, 1)])).trios == ()
    assert solve(problem(edges, limits={300: 0})).later == {3: Why.MUNICIPALITY_AT_LIMIT}


def test_a_pair_takes_one_more_and_no_second():
    edges = [(1, 12, 9), (2, 12, 5), (3, 12, 5)]
    found = solve(problem(edges))
    assert found.trios == (Trio(1, 12, 2, 5),)
    assert found.later == {3: Why.CANDIDATES_FULL}


def test_an_offer_in_no_pair_joins_two_askers_whom_it_fits():
    edges = [(1, 2, 5), (1, 12, 9), (2, 12, 1)]
    found = solve(problem(edges, asks=(1, 2)))
    assert (found.pairs, found.trios) == ((Pair(1, 2, 5),), (Trio(1, 2, 12, 10),))
    assert (found.served, found.total) == (2, 5)
    assert solve(problem(edges[:2], asks=(1, 2))).trios == ()  # it has nothing for the second
    assert solve(problem(edges, asks=(1, 2), bans=[(12, 2)])).trios == ()
    assert solve(problem(edges, asks=(1, 2), room={12: 0})).trios == ()
    assert solve(problem(edges, asks=(1, 2), limits={400: 0})).trios == ()


@pytest.mark.parametrize("edge", [(1, 99, 5), (99, 1, 5), (11, 1, 5), (1, 12, -1), (1, 12, 100_001)])
def test_an_edge_that_means_nothing_is_refused(edge):
    with pytest.raises(ValueError, match=r"an edge goes|a score is"):
        solve(problem([edge]))


def test_a_number_is_of_an_ask_or_of_an_offer():
    with pytest.raises(ValueError, match="of an ask or of an offer"):
        problem(asks=(1,), offers=(1,))


def test_a_round_of_nobody():
    nothing = Problem(frozenset(), frozenset())
    assert solve(nothing) == Outcome((), (), {}, 0, 0, 0, Method.PRICES, 0, 0, True)
    assert greedy(nothing) == ()
    assert of_json(as_json(nothing)) == nothing


# Kept -------------------------------------------------------------------------------------------------------


@FEW
@given(cases.problems())
def test_what_is_kept_comes_back_and_has_the_same_outcome(problem):
    again = of_json(as_json(problem))
    assert isinstance(again, Problem)
    assert as_json(again) == as_json(problem)
    assume(cases.is_possible(problem))
    outcome = solve(problem)
    assert of_json(as_json(outcome)) == outcome
    assert solve(again) == outcome


def test_a_fingerprint_is_of_what_matters():
    one = problem([(1, 12, 5)])
    assert fingerprint(one) != fingerprint(problem([(1, 12, 6)]))
    assert fingerprint(one) == fingerprint(problem([(1, 12, 5), (1, 12, 3)], limits={999: 4}))
    assert json.loads(as_json(one))["version"] == 2
    assert len(fingerprint(solve(one))) == 64


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": 3, "kind": "problem"}', '{"version": 1, "kind": "outcome"}']
)
def test_what_we_did_not_write_is_refused(text):
    with pytest.raises(NotOurs):
        of_json(text)


def test_what_was_kept_before_offers_joined_is_solved_by_the_rules_of_then():
    text = (
        '{"asks":[1,2],"bans":[],"capacity_of_municipality":[],"capacity_of_request":[[12,1]],'
        '"edges":[[1,2,5],[1,12,9],[2,12,1]],"kind":"problem","municipality_of":[[1,null],[2,null],[12,null]],'
        '"offers":[12],"pins":[],"version":1}'
    )
    found = of_json(text)
    assert isinstance(found, Problem)
    assert (as_json(found), solve(found).trios) == (text, ())
    now = of_json(text.replace('"version":1', '"version":2'))
    assert isinstance(now, Problem)
    assert solve(now).trios == (Trio(1, 2, 12, 10),)


# Figures ----------------------------------------------------------------------------------------------------


@FEW
@given(cases.problems(most_asks=8, most_offers=6, most_edges=40))
def test_the_greedy_way_keeps_to_the_limits_and_is_never_better(problem):
    assume(cases.is_possible(problem))
    pairs = greedy(problem)
    assert cases.fits(problem, [(pair.ask, pair.other) for pair in pairs])
    best = solve(problem)
    assert (served(problem, pairs), sum(pair.score for pair in pairs)) <= (best.served, best.total)


@pytest.mark.parametrize(
    ("loads", "expected"),
    [([], 0), ([0, 0], 0), ([2, 2, 2], 0), ([0, 4], 0.5), ([0, 0, 0, 3], 0.75), ([1, 3], 0.25)],
)
def test_gini(loads, expected):
    assert gini(loads) == pytest.approx(expected)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=8))
def test_gini_is_half_the_mean_difference(loads):
    apart = sum(abs(one - other) for one in loads for other in loads)
    mean = sum(loads) / len(loads)
    assert gini(loads) == pytest.approx(apart / (2 * len(loads) ** 2 * mean) if mean else 0)


def test_small_municipalities_are_counted_among_asked_and_served():
    round_ = problem([(1, 12, 5), (2, 13, 5)], own={**OWN, 3: None})
    found = spread(round_, solve(round_), {100: 9_000, 200: 90_000, 400: 50_000})
    assert (found.small_asked, found.small_served) == (Share(1, 2), Share(1, 2))
    assert found.gini == pytest.approx(1 / 3)

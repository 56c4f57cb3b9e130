"""The best round, beside all rounds there are, beside an integer program of its own, and by what must always hold."""

import os
import random
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.coupling.matching import cases

from meedoen.coupling.matching import parting, prices, searching, solving
from meedoen.coupling.matching.rules import Edge, Method, Problem
from meedoen.coupling.matching.solving import fingerprint, solve

IS_WIDE = os.environ.get("MEEDOEN_EXAMPLES") == "wide"
SEEDS = random.SystemRandom().randrange(2**32) if IS_WIDE else 7
SMALL, MIDDLE = (20_000, 100) if IS_WIDE else (2_000, 8)
FEW = settings() if IS_WIDE else settings(max_examples=30)


def judged(outcome):
    pairs = tuple((pair.ask, pair.other) for pair in outcome.pairs)
    return (-outcome.served, -outcome.total, outcome.largest_load, pairs)


def is_proven(outcome):
    return (outcome.gap, outcome.served_at_most, outcome.is_smallest) == (0, outcome.served, True)


def test_nothing_that_can_be_tried_is_better():
    for seed in range(SEEDS, SEEDS + SMALL):
        problem = cases.at_random(random.Random(seed), asks=5, offers=4, edges=11, most_score=4)
        outcome = solve(problem)
        assert judged(outcome) == cases.by_trying_all(problem), seed
        assert is_proven(outcome), seed


@FEW
@given(cases.problems())
def test_nothing_that_can_be_thought_of_is_better(problem):
    assume(cases.is_possible(problem))
    outcome = solve(problem)
    assert judged(outcome) == cases.by_trying_all(problem)
    assert is_proven(outcome)


@pytest.mark.parametrize("number", range(MIDDLE))
def test_an_integer_program_of_its_own_finds_nothing_better(number):
    size = 20 + 8 * (number % 8)
    problem = cases.at_random(random.Random(SEEDS + number), asks=size, offers=size, edges=size * 8, most_score=60)
    outcome = solve(problem)
    assert (outcome.served, outcome.total) == cases.by_integer_program(problem)
    assert (outcome.gap, outcome.served_at_most) == (0, outcome.served)


def test_without_asks_that_learn_together_prices_alone_prove_it():
    """Asks on one side, offers of others on the other: a flow, which has whole prices and no odd circles."""
    rng = random.Random(SEEDS)
    asks, offers = range(1, 41), range(41, 71)
    edges = tuple(Edge(rng.choice(asks), rng.choice(offers), rng.randint(1, 60)) for _edge in range(400))
    own = {each: 100 + each % 15 if each in asks else 200 + each % 10 for each in (*asks, *offers)}
    problem = Problem(frozenset(asks), frozenset(offers), own, dict.fromkeys(offers, 2), {}, edges)
    outcome = solve(problem)
    assert (outcome.method, outcome.gap) == (Method.PRICES, 0)
    assert (outcome.served, outcome.total) == cases.by_integer_program(problem)


@FEW
@given(cases.problems(most_asks=8, most_offers=6, most_edges=40), st.randoms(use_true_random=False))
def test_order_means_nothing(problem, rng):
    assume(cases.is_possible(problem))

    def mixed(given):
        rows = list(given)
        rng.shuffle(rows)
        return rows

    def around(pairs):
        return [pair if rng.random() < 0.5 else pair[::-1] for pair in mixed(pairs)]

    other = replace(
        problem,
        municipality_of=dict(mixed(problem.municipality_of.items())),
        capacity_of_request=dict(mixed(problem.capacity_of_request.items())),
        edges=mixed([*problem.edges, *problem.edges]),
        pins=around(problem.pins),
        bans=around(problem.bans),
    )
    assert solve(problem) == solve(other)
    assert fingerprint(problem) == fingerprint(other)
    assert fingerprint(solve(problem)) == fingerprint(solve(other))


@FEW
@given(cases.problems(most_asks=12, most_offers=8, most_edges=60))
def test_what_must_always_hold(problem):
    assume(cases.is_possible(problem))
    outcome = solve(problem)
    pairs = [(pair.ask, pair.other) for pair in outcome.pairs]
    bans = {cases.in_order(problem, *ban) for ban in problem.bans}
    pins = set(cases.fixed(problem))
    assert pins <= set(pairs)
    assert set(pairs) <= pins | set(cases.can_be_pairs(problem))
    assert cases.fits(problem, pairs)
    assert all(ask != other and not cases.are_neighbours(problem, ask, other) for ask, other in pairs)
    in_pairs = {each for pair in pairs for each in pair} & problem.asks
    joined = [trio.joins for trio in outcome.trios]
    assert sorted([*in_pairs, *(problem.asks & set(joined)), *outcome.later]) == sorted(problem.asks)
    assert len(set(joined)) == len(joined)
    assert not {each for pair in pairs for each in pair} & set(joined)
    assert len({(trio.ask, trio.other) for trio in outcome.trios} & set(pairs)) == len(outcome.trios)
    _requests, load = cases.loads(problem, pairs)
    for trio in outcome.trios:
        assert trio.joins in problem.asks or {trio.ask, trio.other} <= problem.asks
        for each in (trio.ask, trio.other):
            assert cases.in_order(problem, trio.joins, each) not in bans
            assert not cases.are_neighbours(problem, trio.joins, each)
        own = problem.municipality_of.get(trio.joins)
        if own is not None:
            load[own] = load.get(own, 0) + 1
    assert all(count <= problem.room_in(own) for own, count in load.items())


def test_what_is_too_much_to_prove_tells_how_much_better_it_can_be(monkeypatch):
    """With no edge left to search, whole prices and the best of the rest are taken; the bound holds all the same."""
    monkeypatch.setattr(searching, "MOST_OPEN", 5)
    monkeypatch.setattr(prices, "MOST_ROUNDS", 0)
    bounded = 0
    for seed in range(15):
        problem = cases.at_random(random.Random(seed), asks=30, offers=20, edges=260, most_score=60)
        outcome = solve(problem, patience=1)
        served, total = cases.by_integer_program(problem)
        assert outcome.served <= served <= outcome.served_at_most
        if outcome.served == served:
            assert outcome.total <= total <= outcome.total + outcome.gap
        assert outcome == solve(problem, patience=1)
        bounded += outcome.method == Method.BOUNDED
        assert cases.fits(problem, [(pair.ask, pair.other) for pair in outcome.pairs])
    assert bounded


def test_patience_is_counted_in_steps_and_not_by_a_clock():
    assert "time" not in vars(solving)
    problem = cases.at_random(random.Random(1), asks=40, offers=30, edges=400, most_score=60)
    assert solve(problem, patience=0.1) == solve(problem, patience=0.1)


def test_a_round_in_parts_keeps_the_limits_and_its_bound_holds(monkeypatch):
    """A round that is too large for one program, made small: two parts of a walk, and pairs over their border."""
    monkeypatch.setattr(solving, "PART_FROM", 0)
    monkeypatch.setattr(parting, "PART", 8)
    for seed in range(10):
        problem = cases.at_random(random.Random(seed), asks=30, offers=20, edges=200, most_score=60)
        outcome = solve(problem, patience=1)
        served, total = cases.by_integer_program(problem)
        assert outcome.served <= served <= outcome.served_at_most
        if outcome.served == served:
            assert outcome.total <= total <= outcome.total + outcome.gap
        pairs = [(pair.ask, pair.other) for pair in outcome.pairs]
        assert cases.fits(problem, pairs)
        assert set(cases.fixed(problem)) <= set(pairs)
        in_pairs = {each for pair in pairs for each in pair} & problem.asks
        joined = {trio.joins for trio in outcome.trios}
        everybody = [*in_pairs, *(problem.asks & joined), *outcome.later]
        assert sorted(everybody) == sorted(problem.asks)
        assert outcome == solve(problem, patience=1)


def test_the_solver_says_nothing():
    """What a command prints is for who reads it; the solver would print who made it, once a process."""
    words = (
        "from meedoen.coupling.matching.rules import Edge, Problem; from meedoen.coupling.matching.solving import solve;"
        "solve(Problem(frozenset({1, 3}), frozenset({2}), edges=(Edge(1, 2, 5), Edge(3, 2, 4), Edge(1, 3, 2))))"
    )
    told = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True, timeout=60)
    assert (told.stdout, told.stderr) == ("", "")

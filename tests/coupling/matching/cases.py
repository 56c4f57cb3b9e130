"""Small rounds of every kind, the way to try all of them out, and an integer program that knows nothing of ours."""

from itertools import combinations

import highspy
from hypothesis import strategies as st

from meedoen.coupling.matching.rules import LEAST, Edge, Impossible, Problem, are_neighbours, fixed, in_order


@st.composite
def problems(draw, *, most_asks=5, most_offers=4, most_edges=12, most_score=4, with_pins=True):
    """Rounds with numbers in no order, residents, tight limits, ties, and edges that can be no pair."""
    count = draw(st.integers(1, most_asks + most_offers))
    numbers = draw(st.permutations(range(1, count + 1)))
    split = draw(st.integers(1, min(count, most_asks)))
    asks, offers = numbers[:split], numbers[split : split + most_offers]
    everybody = [*asks, *offers]
    pair = st.tuples(st.sampled_from(asks), st.sampled_from(everybody))
    edges = draw(st.lists(st.tuples(pair, st.integers(0, most_score)), max_size=most_edges))
    few = st.integers(0, 3)
    return Problem(
        frozenset(asks), frozenset(offers),
        draw(st.fixed_dictionaries({each: st.none() | st.integers(100, 104) for each in everybody})),
        draw(st.dictionaries(st.sampled_from(everybody), few, max_size=4)),
        draw(st.dictionaries(st.integers(100, 104), few, max_size=4)),
        tuple(Edge(*pair, score) for pair, score in edges),
        draw(st.lists(pair, max_size=2)) if with_pins and draw(st.booleans()) else (),
        draw(st.lists(pair, max_size=2)),
    )  # fmt: skip


def at_random(rng, *, asks, offers, edges, most_score):
    """A round by chance that can be, with up to so many of each."""
    while True:
        numbers = rng.sample(range(1, 3 * (asks + offers)), rng.randint(asks // 2, asks) + rng.randint(0, offers))
        split = rng.randint(1, min(len(numbers), asks))
        own = {each: rng.choice([None, *range(100, 101 + len(numbers) // 2)]) for each in numbers}

        def pair(numbers=numbers, split=split):
            return rng.choice(numbers[:split]), rng.choice(numbers)

        problem = Problem(
            frozenset(numbers[:split]), frozenset(numbers[split:]), own,
            {each: rng.randint(0, 3) for each in numbers if rng.random() < 0.5},
            {each: rng.randint(0, 4) for each in own.values() if each is not None and rng.random() < 0.5},
            tuple(Edge(*pair(), rng.randint(0, most_score)) for _edge in range(rng.randint(edges // 2, edges))),
            [pair() for _pin in range(rng.choice([0, 0, 1, 2]))],
            [pair() for _ban in range(rng.randint(0, 3))],
        )  # fmt: skip
        if is_possible(problem):
            return problem


def can_be_pairs(problem):
    """The edges that may be taken, as {pair: score}."""
    bans = {in_order(problem, *ban) for ban in problem.bans}
    found = {}
    for edge in problem.edges:
        pair = in_order(problem, edge.ask, edge.other)
        if edge.score >= LEAST and pair[0] != pair[1] and pair not in bans and not are_neighbours(problem, *pair):
            found[pair] = max(edge.score, found.get(pair, 0))
    return found


def loads(problem, pairs):
    """How many couplings each request and each municipality has: ({request: n}, {municipality: n})."""
    of_request, of_municipality = {}, {}
    for pair in pairs:
        for each in pair:
            of_request[each] = of_request.get(each, 0) + 1
            own = problem.municipality_of.get(each)
            if own is not None:
                of_municipality[own] = of_municipality.get(own, 0) + 1
    return of_request, of_municipality


def fits(problem, pairs):
    of_request, of_municipality = loads(problem, pairs)
    return all(count <= problem.room_of(each) for each, count in of_request.items()) and all(
        count <= problem.room_in(each) for each, count in of_municipality.items()
    )


def worth(problem, pairs, scores):
    """What the round is judged by, so that the smallest is the best."""
    of_request, of_municipality = loads(problem, pairs)
    served = sum(1 + (other in problem.asks) for _ask, other in pairs)
    total = sum(scores.get(pair, 0) for pair in pairs)
    load = max([*of_request.values(), *of_municipality.values()], default=0)
    return (-served, -total, load, tuple(sorted(pairs)))


def by_trying_all(problem):
    """The best of all sets of pairs there are."""
    scores = can_be_pairs(problem)
    pins = fixed(problem)
    free = [pair for pair in scores if pair not in pins]
    most = len(problem.asks) - len(pins)
    return min(
        worth(problem, [*pins, *chosen], scores)
        for count in range(min(most, len(free)) + 1)
        for chosen in combinations(free, count)
        if fits(problem, [*pins, *chosen])
    )


def by_integer_program(problem):
    """(served, total) of the best, by two integer programs written down straight from the limits."""
    scores = can_be_pairs(problem)
    pins = fixed(problem)
    pairs = sorted({*scores, *pins})
    gains = [1 + (other in problem.asks) for _ask, other in pairs]
    points = [scores.get(pair, 0) for pair in pairs]
    program = highspy.Highs()
    program.silent()
    chosen = [program.addBinary() for _pair in pairs]
    for pair, variable in zip(pairs, chosen, strict=True):
        if pair in pins:
            program.addConstr(variable >= 1)
    of_request, of_municipality = {}, {}
    for (ask, other), variable in zip(pairs, chosen, strict=True):
        for each in (ask, other):
            of_request.setdefault(each, []).append(variable)
            own = problem.municipality_of.get(each)
            if own is not None:
                of_municipality.setdefault(own, []).append(variable)
    for each, variables in of_request.items():
        program.addConstr(sum(variables) <= problem.room_of(each))
    for each, variables in of_municipality.items():
        program.addConstr(sum(variables) <= problem.room_in(each))
    program.setOptionValue("mip_rel_gap", 0.0)
    asked = sum(gain * variable for gain, variable in zip(gains, chosen, strict=True))
    program.maximize(asked)
    served = round(program.getObjectiveValue())
    program.addConstr(asked >= served)
    program.maximize(sum(point * variable for point, variable in zip(points, chosen, strict=True)))
    return served, round(program.getObjectiveValue())


def is_possible(problem):
    try:
        fixed(problem)
    except Impossible:
        return False
    return True

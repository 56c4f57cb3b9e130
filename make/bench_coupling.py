"""Measure a round of coupling, as JSON lines; ``make bench`` calls it: time, what is proven, and what greedy would miss.

Asks and offers are made up: places have the sizes and positions of the register (laid side by side for more than 342),
each asks, six in ten offer, larger ones more than once, and there are fewer offers than asks, so that all is scarce.
"""

import csv
import datetime
import json
import math
import multiprocessing
import os
import random
import resource
import statistics
import tempfile
import time
from typing import Any

import numpy as np
from bench import tell

from meedoen.municipalities.register import MUNICIPALITIES

# places x candidates; 100000x20 takes minutes and is asked for by name
SIZES = os.environ.get("BENCH_ROUNDS", "342x100,1000x50,2000x50,5000x50").split(",")
SEEDS = {342: 7, 1000: 3}  # rounds of that size; else one
PATIENCE = 2.0  # seconds of searching, counted in steps
GOALS = {342: 0.1, 5_000: 10.0, 100_000: 900.0}  # seconds
GOAL_MB = 4_000
NEAR = 400  # who stands so near in the order of places can be a candidate
FOR_A_MUNICIPALITY = 3
THEMES = 14
WEIGHED_ASKS, WEIGHED_OFFERS = 342, 100
SAID = 3  # of each ask, the best that get their sentences
WEIGH_GOAL = 1.0  # seconds


def measure() -> None:
    """Each size in a process of its own, so that its memory is its own; the growth over all."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        tell(kind="coupling, proposals with reasons", **pool.apply(weigh_once))
    found = []
    for size in SIZES:
        places, candidates = (int(part) for part in size.split("x"))
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            rounds = pool.starmap(solve_once, [(places, candidates, seed) for seed in range(SEEDS.get(places, 1))])
        seconds = statistics.median(row["cpu_seconds"] for row in rounds)
        goal = GOALS.get(places)
        tell(
            kind="coupling", places=places, candidates=candidates, rounds=len(rounds), edges=rounds[0]["edges"],
            cpu_seconds=seconds, most_cpu_seconds=max(row["cpu_seconds"] for row in rounds), goal=goal,
            is_met=None if goal is None else seconds <= goal, mb=max(row["mb"] for row in rounds), goal_mb=GOAL_MB,
            methods=sorted(row["method"] for row in rounds), is_smallest=sum(row["is_smallest"] for row in rounds),
            gap_points=max(row["gap"] for row in rounds),
            served=[row["served"] for row in rounds], served_at_most=[row["served_at_most"] for row in rounds],
            points=[row["total"] for row in rounds],
            greedy_served=[row["greedy_served"] for row in rounds], greedy_points=[row["greedy_total"] for row in rounds],
        )  # fmt: skip
        found.append((places, seconds))
    if len(found) > 2:
        power = statistics.linear_regression(*zip(*[(math.log(x), math.log(y)) for x, y in found], strict=True)).slope
        tell(kind="coupling, growth", of="CPU seconds with the number of places", power=round(power, 2))


def weigh_once() -> dict[str, Any]:
    """Weigh 342 asks against 100 offers in words of the examples, with the sentences of the best three of each."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "meedoen.config.settings"
    os.environ["MEEDOEN_DATA"] = tempfile.mkdtemp()
    import django

    django.setup()
    from meedoen.coupling.examples import EXAMPLES
    from meedoen.coupling.rounds.reading import Network
    from meedoen.coupling.rounds.weighing import Weighed
    from meedoen.coupling.rules import For, Length, Side, Way
    from meedoen.coupling.scoring.rules import AS_USUAL, Place, Told
    from meedoen.coupling.scoring.words import Name
    from meedoen.language.analysis import analyse
    from meedoen.municipalities.likeness.rules import Facts

    draw, today = random.Random(1), datetime.date(2026, 11, 28)
    examples = json.loads(EXAMPLES.read_text(encoding="utf-8"))["requests"]
    said = [line for each in examples for line in each["text"].removeprefix("Voorbeeld: ").split(". ")]
    themes = sorted({theme for each in examples for theme in each["themes"]})
    residents, at = placed(WEIGHED_ASKS + WEIGHED_OFFERS, np.random.default_rng(1))
    told = {
        key: Told(
            key, Side.ASK if key < WEIGHED_ASKS else Side.OFFER, key, draw.choice(list(For)),
            frozenset(draw.sample(themes, draw.randint(1, 2))), frozenset(draw.sample(list(Way), 2)),
            draw.choice(list(Length)), today,
            Place(key, Facts(population=int(residents[key]), density=500), at[key, 0] / 68, at[key, 1] / 111),
            experience={draw.choice(themes): 2} if key % 3 == 0 else {},
        )
        for key in range(WEIGHED_ASKS + WEIGHED_OFFERS)
    }  # fmt: skip
    names = {key: Name(f"Gemeente {key}", f"Gemeente {key}", "/gemeenten/", 2021) for key in told}
    started = time.process_time()
    texts = {key: analyse(" ".join(draw.sample(said, 4))) for key in told}
    read = time.process_time() - started
    weighed = Weighed(Network(told, names, texts, {}, frozenset(), frozenset(), frozenset()), AS_USUAL, today=today)
    asks, offers = list(told.values())[:WEIGHED_ASKS], list(told.values())[WEIGHED_ASKS:]
    started = time.process_time()
    fits = 0
    for ask in asks:
        scores = sorted(((weighed.score(ask, offer), offer.key) for offer in offers), reverse=True)
        fits += sum(1 for score, _key in scores if score)
        for _score, key in scores[:SAID]:
            weighed.sentences(ask, told[key])
    spent = time.process_time() - started
    return {
        "pairs": len(asks) * len(offers),
        "that_fit": fits,
        "cpu_seconds": round(spent, 3),
        "goal": WEIGH_GOAL,
        "is_met": spent <= WEIGH_GOAL,
        "cpu_seconds_to_read_the_texts": round(read, 3),
    }


def solve_once(places: int, candidates: int, seed: int) -> dict[str, Any]:
    """Solve one round, and once more the greedy way."""
    from meedoen.coupling.matching.greedy import greedy, served
    from meedoen.coupling.matching.solving import solve

    problem = made_up(places, candidates, seed)
    started, spent = time.perf_counter(), time.process_time()
    outcome = solve(problem, patience=PATIENCE)
    spent, seconds = time.process_time() - spent, time.perf_counter() - started
    pairs = greedy(problem)
    return {
        "edges": len(problem.edges),
        "seconds": round(seconds, 3),
        "cpu_seconds": round(spent, 3),
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "method": outcome.method.value,
        "is_smallest": outcome.is_smallest,
        "gap": outcome.gap,
        "served": outcome.served,
        "served_at_most": outcome.served_at_most,
        "total": outcome.total,
        "greedy_served": served(problem, pairs),
        "greedy_total": sum(pair.score for pair in pairs),
    }


def made_up(places: int, candidates: int, seed: int) -> Any:
    """A round of so many places, each with so many candidates: the best scored of all, or of many nearby."""
    from meedoen.coupling.matching.rules import Edge, Problem

    rng = np.random.default_rng(seed)
    residents, at = placed(places, rng)
    offering = np.flatnonzero(rng.random(places) < 0.6)
    place = np.concatenate([np.arange(places), offering])
    count = len(place)
    is_ask = np.arange(count) < places
    weights = 1 / np.arange(1, THEMES + 1)
    themes = rng.choice(THEMES, size=(count, 2), p=weights / weights.sum())
    fresh, words = rng.integers(0, 11, count), rng.integers(0, 1 << 30, count)
    order = np.lexsort((at[place, 1], np.floor(at[place, 0] / 40)))
    rank = np.empty(count, int)
    rank[order] = np.arange(count)
    edges: dict[tuple[int, int], int] = {}
    for begin in range(0, places, 2_000):
        asks = np.arange(begin, min(places, begin + 2_000))
        if count <= 2 * NEAR:
            others = np.broadcast_to(np.arange(count), (len(asks), count))
        else:
            others = order[(rank[asks][:, None] + rng.integers(-NEAR, NEAR + 1, (len(asks), NEAR))) % count]
        shared = (themes[asks][:, None, :, None] == themes[others][:, :, None, :]).any(3).sum(2)
        apart = np.hypot(*(at[place[asks]][:, None] - at[place[others]]).transpose(2, 0, 1))
        sizes = np.abs(np.log2(residents[place[asks]][:, None] / residents[place[others]]))
        score = shared * 25 + np.maximum(0, 20 - 10 * sizes) + np.maximum(0, 15 - apart / 10) + fresh[others]
        score = score + (words[asks][:, None] ^ words[others]) % 16
        score = np.where(is_ask[others], score * 0.6, score).astype(int)
        score = np.where(place[asks][:, None] == place[others], 0, score)
        best = np.argsort(-score, axis=1, kind="stable")[:, :candidates]
        for ask, row, points in zip(
            asks.tolist(),
            np.take_along_axis(others, best, 1).tolist(),
            np.take_along_axis(score, best, 1).tolist(),
            strict=True,
        ):
            for other, each in zip(row, points, strict=True):
                pair = (min(ask, other), max(ask, other))
                edges[pair] = max(each, edges.get(pair, 0))
    takes = 1 + (residents[place] > 50_000) + (residents[place] > 150_000)
    return Problem(
        frozenset(range(places)), frozenset(range(places, count)), dict(enumerate(place.tolist())),
        dict(enumerate(takes.tolist())), dict.fromkeys(range(places), FOR_A_MUNICIPALITY),
        tuple(Edge(ask, other, points) for (ask, other), points in edges.items()),
    )  # fmt: skip


def placed(count: int, rng: np.random.Generator) -> tuple[Any, Any]:
    """Residents and positions in kilometres: the register's own, and for more, drawn from it and laid side by side."""
    with MUNICIPALITIES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    residents = np.array([int(row["population_2021"]) for row in rows])
    at = np.array([(float(row["lon"]) * 68, float(row["lat"]) * 111) for row in rows])
    if count <= len(rows):
        return residents[:count], at[:count]
    drawn = rng.integers(0, len(rows), count)
    tile = rng.integers(0, math.ceil(math.sqrt(count / len(rows))), (count, 2))
    sizes = np.maximum(500, residents[drawn] * rng.uniform(0.7, 1.3, count)).astype(int)
    return sizes, at[drawn] + tile * [220, 320] + rng.normal(0, 5, (count, 2))

"""Which page is looked at in which way: pairs by a fixed seed, or all of it (decisions 13)."""

import random
from collections.abc import Sequence
from itertools import combinations, product

SEED = 2026
TRIES = 30  # rows drawn for each row taken; more makes fewer rows and takes longer


def pairwise(factors: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Rows with one value of each factor, so that every two values of two factors stand together in some row.

    Greedy with a fixed seed: the same rows for the same factors.
    """
    draw = random.Random(SEED)
    places = list(combinations(range(len(factors)), 2))
    missing = {(a, x, b, y) for a, b in places for x in factors[a] for y in factors[b]}
    rows = []
    while missing:
        a, x, b, y = min(missing)
        rows.append(max(_drawn(factors, {a: x, b: y}, draw), key=lambda row: len(missing & _pairs(row, places))))
        missing -= _pairs(rows[-1], places)
    return sorted(rows, key=lambda row: [list(values).index(value) for values, value in zip(factors, row, strict=True)])


def everything(factors: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Every combination."""
    return list(product(*factors))


def _drawn(factors: Sequence[Sequence[str]], fixed: dict[int, str], draw: random.Random) -> list[tuple[str, ...]]:
    return [
        tuple(fixed.get(place) or draw.choice(list(values)) for place, values in enumerate(factors))
        for _ in range(TRIES)
    ]


def _pairs(row: tuple[str, ...], places: list[tuple[int, int]]) -> set[tuple[int, str, int, str]]:
    return {(a, row[a], b, row[b]) for a, b in places}

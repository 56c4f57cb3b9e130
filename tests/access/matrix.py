"""Which page is looked at in which way: pairs by a fixed seed, or all of it (decisions 13, ADR 55)."""

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product

SEED = 2026
TRIES = 30  # rows drawn for each row taken; more makes fewer rows and takes longer

Row = tuple[str, ...]


def pairwise(factors: Sequence[Sequence[str]], there: Iterable[Row] = ()) -> list[Row]:
    """Rows with one value of each factor, so that every two values of two factors stand together in some row.

    What stands together in rows that are ``there`` already is not asked again. Greedy with a fixed seed: the same
    rows for the same factors.
    """
    draw = random.Random(SEED)
    places = list(combinations(range(len(factors)), 2))
    missing = {(a, x, b, y) for a, b in places for x in factors[a] for y in factors[b]}
    missing -= {pair for row in there for pair in _pairs(row, places)}
    rows = []
    while missing:
        a, x, b, y = min(missing)
        drawn = [_drawn(factors, (a, x, b, y), missing, draw) for _ in range(TRIES)]
        rows.append(max(drawn, key=lambda row: len(missing & _pairs(row, places))))
        missing -= _pairs(rows[-1], places)
    return sorted(rows, key=lambda row: [list(values).index(value) for values, value in zip(factors, row, strict=True)])


def spread(pages: Mapping[str, str], ways: Sequence[Sequence[str]], plain: Sequence[Row]) -> list[Row]:
    """For pages, each of a kind: every page in the ``plain`` ways, and every kind in all further ways, as pairs.

    Pages of one kind take its further rows in turn; who comes off without is given one, so that each page has one.
    """
    draw = random.Random(SEED)
    of_kind: dict[str, list[str]] = {}
    for page, kind in pages.items():
        of_kind.setdefault(kind, []).append(page)
    rows = [(page, *row) for page in pages for row in plain]
    turns: Counter[str] = Counter()
    for kind, *row in pairwise([list(of_kind), *ways], [(kind, *row) for kind in of_kind for row in plain]):
        rows.append((of_kind[kind][turns[kind] % len(of_kind[kind])], *row))
        turns[kind] += 1
    for kind, same in of_kind.items():
        rows += [(page, *(draw.choice(list(values)[1:]) for values in ways)) for page in same[turns[kind] :]]
    order = {page: place for place, page in enumerate(pages)}
    return sorted(rows, key=lambda row: order[row[0]])  # the plain ones stay the first of their page


def everything(factors: Sequence[Sequence[str]]) -> list[Row]:
    """Every combination."""
    return list(product(*factors))


def _drawn(factors: Sequence[Sequence[str]], pair: tuple[int, str, int, str], missing: set, draw: random.Random) -> Row:
    """A row with ``pair`` in it, of further values that its first one has yet to stand beside, if there are."""
    a, x, b, y = pair
    fixed = {a: x, b: y}
    row = []
    for place, values in enumerate(factors):
        wanted = [value for value in values if (a, x, place, value) in missing]
        row.append(fixed.get(place) or draw.choice(wanted or list(values)))
    return tuple(row)


def _pairs(row: Row, places: list[tuple[int, int]]) -> set[tuple[int, str, int, str]]:
    return {(a, row[a], b, row[b]) for a, b in places}

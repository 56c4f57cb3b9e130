"""What a search makes of the judged queries, per kind and in all, and a table of several searches side by side."""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from .loading import Kind, Query
from .measures import ndcg, succeeds

Search = Callable[[str, int], Sequence[str]]
ASKED_FOR = 30  # addresses: enough for ten things when several parts of one are found
ALL = "all"
DRAWS = 2_000  # of the bootstrap: enough for the second digit
TAIL = 0.025  # on each side: 95 of 100 draws lie within


@dataclass(frozen=True, slots=True)
class Difference:
    """How much more nDCG@10 one search has than another over the same queries, and within which bounds to trust it."""

    mean: float
    low: float
    high: float
    better: int  # queries
    worse: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Of some queries: how many, and the mean of each measure; shares are from 0 to 1."""

    count: int
    ndcg: float
    zero_results: float  # the share for which nothing at all was found
    success_at_3: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found for a query."""

    query: Query
    found: Sequence[str]


def answers(search: Search, queries: Iterable[Query]) -> list[Answer]:
    """Each query with what is found for it."""
    return [Answer(query, search(query.text, ASKED_FOR)) for query in queries]


def figures(given: Sequence[Answer]) -> Figures:
    """The measures over answers to queries that have an answer, at least one."""
    return Figures(
        len(given),
        fmean(ndcg(each.found, each.query.grades) for each in given),
        fmean(not each.found for each in given),
        fmean(succeeds(each.found, each.query.grades, each.query.wanted) for each in given),
    )


def by_kind(given: Sequence[Answer]) -> dict[str, Figures]:
    """The figures of each kind, and of all that have an answer."""
    having = [each for each in given if each.query.grades]
    kinds = {kind.value: [each for each in having if each.query.kind == kind] for kind in Kind}
    return {name: figures(some) for name, some in {**kinds, ALL: having}.items() if some}


def difference(one: Sequence[Answer], other: Sequence[Answer]) -> Difference:
    """What the first has more than the second, both over the same queries.

    The bounds hold 95 of 100 means over queries drawn anew, with replacement: T. Sakai, "Evaluating evaluation metrics
    based on the bootstrap", SIGIR 2006. The draws are the same each time.
    """
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a.query.grades]
    more = [ndcg(a.found, a.query.grades) - ndcg(b.found, b.query.grades) for a, b in pairs]
    drawn = random.Random(DRAWS)
    means = sorted(fmean(drawn.choices(more, k=len(more))) for _draw in range(DRAWS))
    cut = round(DRAWS * TAIL)
    same = 1e-9
    return Difference(
        fmean(more), means[cut], means[-cut - 1], sum(each > same for each in more), sum(each < -same for each in more)
    )


def silence(given: Sequence[Answer]) -> float | None:
    """Of the queries to which nothing is the right answer, the share that got nothing; none: there are none."""
    right = [not each.found for each in given if not each.query.grades]
    return fmean(right) if right else None


def failed(given: Sequence[Answer]) -> list[Answer]:
    """Those of which the first three results do not help."""
    return [
        each for each in given if each.query.grades and not succeeds(each.found, each.query.grades, each.query.wanted)
    ]


def table(given: Mapping[str, Sequence[Answer]]) -> str:
    """The searches side by side, as a table in Markdown: nDCG@10, share without results, success within three."""
    told = {name: by_kind(each) for name, each in given.items()}
    kinds = list(next(iter(told.values())))
    rows = [
        ["kind", "queries", *given],
        ["---", "---:", *("---:" for _name in given)],
        *([kind, str(next(iter(told.values()))[kind].count), *(_cell(told[name][kind]) for name in given)] for kind in kinds),
    ]  # fmt: skip
    if any(silence(each) is not None for each in given.values()):
        count = sum(not each.query.grades for each in next(iter(given.values())))
        rows.append(["nothing, rightly", str(count), *(f"{silence(each) or 0:.2f}" for each in given.values())])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(of: Figures) -> str:
    return f"{of.ndcg:.3f} · {of.zero_results:.2f} · {of.success_at_3:.2f}"

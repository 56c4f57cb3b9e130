"""Measure the library at growing sizes, as JSON lines; ``make bench`` calls it.

Half of the texts are news, the others stand in the knowledge base; each has two themes. As with the forum each size has a
database of its own, every round asks all of them in turn, and lists are asked cold.
"""

import time
from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench import cpu_of, tell
from bench_forum import Figures, count_queries, median, ratio_of, set_aside, use

SIZES = (100, 1_000, 10_000)  # texts
ROUNDS = 5
BATCH = 1_000
GOALS = {"list": 1.3, "deepest": 1.3, "queries": 12}  # of the smallest size; of the first page; asked cold
LISTS = ("news, first page", "news, deepest page", "shelf, first page", "shelf, deepest page", "shelf, a theme")


def measure(sizes: tuple[int, ...] = SIZES) -> None:
    """Seed, and measure at each size."""
    from django.test import Client

    databases: dict[int, Path] = {}
    for size in sizes:
        started = time.perf_counter()
        seed(size)
        tell(kind="library, seeded", texts=size, seconds=round(time.perf_counter() - started, 1))
        databases[size] = set_aside(size, is_last=size == sizes[-1])
    visitor = Client(SERVER_NAME="localhost")
    costs: Figures = defaultdict(list)
    queries: dict[tuple[str, int], int] = {}
    for turn in range(ROUNDS):
        for size, database in databases.items():
            use(database)
            for name, path in addresses().items():
                costs[name, size].append(cpu_of(visitor, path, is_cold=True))
                if turn == 0:
                    queries[name, size] = count_queries(visitor, path)
    for size in databases:
        for name in (*LISTS, "guide", "practice example"):
            told = _told(costs, name, size, smallest=min(databases))
            asked = queries[name, size]
            told |= {"queries": asked, "are_queries_met": asked <= GOALS["queries"]}
            tell(kind="library", texts=size, page=name, who="visitor, cold", **told)


def _told(costs: Figures, name: str, size: int, *, smallest: int) -> dict[str, Any]:
    told: dict[str, Any] = {
        "cpu_ms": median(costs[name, size]),
        "to_smallest": ratio_of(costs, (name, size), (name, smallest)),
    }
    if name in LISTS:
        told |= {"goal": GOALS["list"], "is_met": told["to_smallest"] <= GOALS["list"]}
    if name.endswith("deepest page"):
        first = name.replace("deepest", "first")
        told["to_first_page"] = ratio_of(costs, (name, size), (first, size))
        told["is_deepest_met"] = told["to_first_page"] <= GOALS["deepest"]
    return told


def seed(size: int) -> None:
    """Write texts until there are ``size``."""
    from meedoen.kernel import clock
    from meedoen.library.actions import AREA
    from meedoen.library.models import Article, Practice
    from meedoen.library.rules import KEPT_ALIKE, Kind
    from meedoen.pages.actions import changed
    from meedoen.themes.models import Theme

    now = clock.now()
    kinds = [Kind.NEWS, Kind.GUIDE, Kind.NEWS, Kind.PRACTICE, Kind.NEWS, Kind.TOOL]
    themes = list(Theme.objects.values_list("pk", flat=True))
    linked = Article.themes.through
    begun = Article.objects.count()
    while begun < size:
        rows = [
            _article(number, kinds[number % len(kinds)], now - timedelta(hours=number))
            for number in range(begun, min(begun + BATCH, size))
        ]
        made = Article.objects.bulk_create(rows)
        linked.objects.bulk_create(
            linked(article_id=each.pk, theme_id=themes[(each.pk + step) % len(themes)])
            for each in made
            for step in (0, 5)
        )
        Practice.objects.bulk_create(Practice(article=each) for each in made if each.kind == Kind.PRACTICE)
        begun += len(rows)
    # What the worker finds alike is kept with each text.
    Article.objects.update(alike=list(Article.objects.shelved().values_list("pk", flat=True)[:KEPT_ALIKE]))
    changed(AREA, now=now)


def _article(number: int, kind: str, at: Any) -> Any:
    from meedoen.library.models import Article

    return Article(
        kind=kind, slug=f"bench-{number}", title=f"Zo deden wij het, deel {number}",
        summary="Wat we deden, met wie, en wat het opleverde.", body="Dit is wat we deden.\n\n## En toen\n\nZo ging het. " * 20,
        dated_on=at.date(), written_on=at.date(), published_at=at, contact="Team", checked_on=at.date(),
    )  # fmt: skip


def addresses() -> dict[str, str]:
    """The pages to measure at this size."""
    from django.urls import reverse

    from meedoen.library.models import Article

    news, shelf = reverse("library:news"), reverse("library:shelf")
    last_news = Article.objects.news().oldest_first()[5]
    last_shelved = Article.objects.shelved().oldest_first()[5]
    of_kind = {kind: Article.objects.shelved(kind).newest_first()[0] for kind in ("handreiking", "praktijkvoorbeeld")}
    return {
        "news, first page": news,
        "news, deepest page": f"{news}?voor={last_news.key}",
        "shelf, first page": shelf,
        "shelf, deepest page": f"{shelf}?voor={last_shelved.key}",
        "shelf, a theme": f"{shelf}?thema=wonen",
        "guide": of_kind["handreiking"].get_absolute_url(),
        "practice example": of_kind["praktijkvoorbeeld"].get_absolute_url(),
    }

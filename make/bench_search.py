"""Measure search at growing sizes, on SQLite and on PostgreSQL, as JSON lines; ``make bench`` calls it.

    BENCH_PARTS=search make bench                     1,000 to 100,000 documents on both
    BENCH_DOCUMENTS=1000,1000000 BENCH_DATABASES=sqlite BENCH_PARTS=search make bench  beyond BENCH_READ, 100,000, copies

Documents are made (``made_texts``) and read by the deeds that read everything. Each kind of question is asked a hundred times
in this process, as the page asks it, with nothing kept and other words each time; only the last row is about pages that are
kept. ``cpu_…`` is what a question costs this process and the database's: others may use the machine, and then the clock tells
of them too. ``ratio`` is such a p50 beside that of reading twenty documents by their numbers, in the same run.
"""

import contextlib
import gc
import math
import os
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench import MEEDOEN, tell
from grown_index import Grown
from made_texts import TODAY
from spending import Spending, spent

SIZES = tuple(int(each) for each in os.environ.get("BENCH_DOCUMENTS", "1000,10000,100000").split(","))
DATABASES = tuple(os.environ.get("BENCH_DATABASES", "sqlite,postgresql").split(","))
ASKED = int(os.environ.get("BENCH_ASKED", "100"))  # times each kind of question
GOALS = {100_000: 50, 1_000_000: 150}  # ms, p95
REPEATED = 50
ADDRESS = "/zoeken/?q=toegankelijke+speeltuin"


def measure() -> None:
    """Each database by itself, in a process and with data of its own."""
    for name in DATABASES:
        with contextlib.ExitStack() as stack:
            environment = {**os.environ, "MEEDOEN_DATA": str(Path(os.environ["MEEDOEN_DATA"]) / name)}
            if name == "postgresql":
                import services

                environment["DATABASE_URL"] = with_database(stack.enter_context(services.postgresql()))
            subprocess.run([*MEEDOEN, "prepare"], check=True, env=environment)
            subprocess.run([sys.executable, __file__], check=True, env=environment)


def with_database(url: str) -> str:
    """The server, with the database that the site wants to find there."""
    import psycopg

    with psycopg.connect(url.rpartition("/")[0] + "/postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE meedoen")
    return url


def measure_one(sizes: Sequence[int] = SIZES) -> None:
    """Grow the index of the database in use, and ask at each size."""
    from django.db import connection

    grown = Grown()
    _as_the_server()
    figures: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for size in sizes:
        here = {"database": connection.vendor, "documents": size}
        tell(kind="search, indexed", **here, **grown.grow(size), **sizes_of_the_index())
        floor = _asked(grown.twenty)
        tell(kind="search", **here, question="twenty by number", **floor)
        for name, ask in grown.questions():
            told = _asked(ask)
            figures[name].append((size, told["cpu_p50_ms"]))
            ratio = round(told["cpu_p50_ms"] / floor["cpu_p50_ms"], 1)
            tell(kind="search", **here, question=name, **told, ratio=ratio, **_goal(size, told))
        tell(kind="search, a new contribution", **here, **grown.one_more())
        tell(kind="search, terms counted", **here, **spent(grown.count))
        tell(kind="search, repeated by visitors", **here, **repeated())
    for name, points in figures.items():
        if len(points) > 1:
            tell(kind="search, growth", database=connection.vendor, question=name, **growth(points))


def _as_the_server() -> None:
    """Load what a process loads once, and keep the collector from looking through it again and again (``config.wsgi``)."""
    from importlib import import_module

    from django.conf import settings

    from meedoen.search.finding import find

    import_module(settings.ROOT_URLCONF)
    find("rolstoel toegangkelijk", today=TODAY)
    gc.collect()
    gc.freeze()


def _goal(size: int, told: dict[str, Any]) -> dict[str, Any]:
    """Whether the goal is met by the clock, and in computing, which is what the clock tells where nobody else is busy."""
    goal = GOALS.get(size)
    return (
        {"goal_ms": goal, "is_met": told["p95_ms"] <= goal, "is_met_in_computing": told["cpu_p95_ms"] <= goal}
        if goal
        else {}
    )


def growth(points: Sequence[tuple[int, float]]) -> dict[str, Any]:
    """The power of the number of documents with which time grows: over all sizes, and between the last two."""
    logs = [(math.log(size), math.log(max(ms, 0.01))) for size, ms in points]
    (before, first), (last, second) = logs[-2:]
    return {
        "exponent": round(statistics.linear_regression(*zip(*logs, strict=True)).slope, 2),
        "last": round((second - first) / (last - before), 2),
        "cpu_p50_ms": [ms for _size, ms in points],
    }


def _asked(ask: Callable[[], object]) -> dict[str, Any]:
    clock, computing = [], []
    for _turn in range(ASKED):
        with Spending() as spending:
            ask()
        clock.append(spending.seconds * 1000)
        computing.append(spending.cpu_seconds * 1000)
    return {
        "p50_ms": round(statistics.median(clock), 2),
        "p95_ms": round(_p95(clock), 1),
        "cpu_p50_ms": round(statistics.median(computing), 2),
        "cpu_p95_ms": round(_p95(computing), 1),
        "cpu_most_ms": round(max(computing), 1),
    }


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def sizes_of_the_index() -> dict[str, float]:
    """The megabytes of the database, and of what search adds to it: its tables with their indexes."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
            whole = cursor.fetchone()[0]
            cursor.execute(
                "SELECT sum(pg_total_relation_size(c.oid)), sum(pg_indexes_size(c.oid)) FROM pg_class c"
                " WHERE c.relname LIKE 'search_%' AND c.relkind = 'r'"
            )
            ours, indexes = map(float, cursor.fetchone())
            return {
                "database_mb": round(whole / 1e6),
                "search_mb": round(ours / 1e6),
                "indexes_mb": round(indexes / 1e6),
            }
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        whole = cursor.fetchone()[0]
        cursor.execute("SELECT sum(length(block)) FROM search_terms_data")
        return {"database_mb": round(whole / 1e6), "terms_mb": round(cursor.fetchone()[0] / 1e6)}


def repeated() -> dict[str, float]:
    """A search that the visitor, or another one, did before: its page is kept. Beside the same with nothing kept."""
    from django.test import Client

    from meedoen.pages.kept import store

    client = Client(SERVER_NAME="localhost")
    figures: dict[str, list[float]] = {"first_ms": [], "repeated_ms": []}
    for turn in range(REPEATED):
        if turn % 10 == 0:
            store.clear()
            figures["first_ms"].append(_page(client))
        figures["repeated_ms"].append(_page(client))
    return {f"cpu_{name}": round(statistics.median(times), 2) for name, times in figures.items()}


def _page(client: Any) -> float:
    with Spending() as spending:
        assert client.get(ADDRESS).status_code == 200
    return spending.cpu_seconds * 1000


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meedoen.config.settings")
    django.setup()
    measure_one()


if __name__ == "__main__":
    main()

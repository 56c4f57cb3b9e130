"""Measure search at growing sizes, on SQLite and on PostgreSQL, as JSON lines; ``make bench`` calls it.

    BENCH_PARTS=search make bench                     1,000 to 100,000 documents on both
    BENCH_DOCUMENTS=1000,1000000 BENCH_DATABASES=sqlite BENCH_PARTS=search make bench

Documents are made (``made_texts``) and read by the deeds that read everything. Each kind of question is asked a hundred times
in this process, as the page asks it, with nothing kept and other words each time; only the last row is about pages that are
kept. ``cpu_…`` is what a question costs this process and the database's: others may use the machine, and then the clock tells
of them too. ``ratio`` is such a p50 beside that of reading twenty documents by their numbers, in the same run.
"""

import contextlib
import datetime
import math
import os
import random
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bench import MEEDOEN, tell
from made_texts import Made, misspelt

SIZES = tuple(int(each) for each in os.environ.get("BENCH_DOCUMENTS", "1000,10000,100000").split(","))
DATABASES = tuple(os.environ.get("BENCH_DATABASES", "sqlite,postgresql").split(","))
ASKED = int(os.environ.get("BENCH_ASKED", "100"))  # times each kind of question
GOALS = {100_000: 50, 1_000_000: 150}  # ms, p95
REPEATED = 50
NEW = 5
TODAY = datetime.date(2026, 11, 1)
ADDRESS = "/zoeken/?q=toegankelijke+speeltuin"


def measure() -> None:
    """Each database by itself, in a process and with data of its own."""
    for name in DATABASES:
        with contextlib.ExitStack() as stack:
            environment = {**os.environ, "MEEDOEN_DATA": str(Path(os.environ["MEEDOEN_DATA"]) / name)}
            if name == "postgresql":
                import services

                environment["DATABASE_URL"] = _with_database(stack.enter_context(services.postgresql()))
            subprocess.run([*MEEDOEN, "prepare"], check=True, env=environment)
            subprocess.run([sys.executable, __file__], check=True, env=environment)


def _with_database(url: str) -> str:
    """The server, with the database that the site wants to find there."""
    import psycopg

    with psycopg.connect(url.rpartition("/")[0] + "/postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE meedoen")
    return url


def measure_one(sizes: Sequence[int] = SIZES) -> None:
    """Grow the index of the database in use, and ask at each size."""
    from django.db import connection

    grown = Grown()
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
        tell(kind="search, terms counted", **here, **_spent(grown.count))
        tell(kind="search, repeated by visitors", **here, **repeated())
    for name, points in figures.items():
        if len(points) > 1:
            tell(kind="search, growth", database=connection.vendor, question=name, **growth(points))


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
        with _Spending() as spending:
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


def _spent(deed: Callable[[], object]) -> dict[str, float]:
    with _Spending() as spending:
        deed()
    return {"seconds": round(spending.seconds, 2), "cpu_seconds": round(spending.cpu_seconds, 2)}


class _Spending:
    """Seconds by the clock, and of computing: of this process, and of the PostgreSQL process that serves it.

    Linux tells of a process what it computed, to the nanosecond. PostgreSQL's helpers of a parallel query are not in it.
    """

    def __enter__(self) -> "_Spending":
        from django.db import connection

        self._others = None
        if connection.vendor == "postgresql":
            connection.ensure_connection()
            self._others = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
        self._cpu, self._started = self._computed(), time.perf_counter()
        return self

    def __exit__(self, *_problem: object) -> None:
        self.seconds = time.perf_counter() - self._started
        self.cpu_seconds = self._computed() - self._cpu

    def _computed(self) -> float:
        others = int(self._others.read_text().split()[0]) / 1e9 if self._others else 0.0
        return time.process_time() + others


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
    with _Spending() as spending:
        assert client.get(ADDRESS).status_code == 200
    return spending.cpu_seconds * 1000


class Grown:
    """The made documents as sources of the index, and the questions about them."""

    def __init__(self) -> None:
        from meedoen.municipalities.models import Municipality
        from meedoen.search import sources
        from meedoen.search.models import Entry
        from meedoen.themes.records import THEMES

        written = [
            ". ".join(filter(None, (entry.title, entry.summary, entry.headings, entry.body)))
            for entry in Entry.objects.order_by("kind", "key")
        ]
        self.made = Made.of(
            written,
            [theme.id for theme in THEMES],
            list(Municipality.objects.order_by("slug").values_list("slug", flat=True)),
        )
        self.start = self.size = Entry.objects.of_kind("bench").count()  # a run that was stopped may be gone on with
        self.said: str = ""  # of the last document
        self.kinds = tuple(source.kind for source in sources.sources())
        sources.register(
            sources.Source(
                "bench", "Proef", "Proeven", documents=self.documents, public=lambda keys: keys, keys=self.keys, areas=()
            )
        )  # fmt: skip

    def keys(self) -> Iterator[str]:
        """Those that are not in the index yet."""
        return map(str, range(self.start, self.size))

    def documents(self, keys: Sequence[str]) -> Iterator[Any]:
        from dataclasses import replace

        for key in keys:
            made = self.made.document(int(key))
            yield replace(made, body=f"{made.body} {self.said}") if int(key) == self.size - 1 and self.said else made

    def grow(self, size: int) -> dict[str, Any]:
        """Make and read what lacks to have so many documents."""
        from meedoen.search.actions import reindex
        from meedoen.search.models import Entry

        before = Entry.objects.count()
        self.said, self.start, self.size = "", self.size, self.size + size - before
        told = _spent(reindex)
        now = Entry.objects.count()
        return {"count": now, **told, "a_second": round((now - before) / told["seconds"])}

    def count(self) -> None:
        from meedoen.search.counting import count

        count(now=datetime.datetime.now(datetime.UTC))

    def one_more(self) -> dict[str, float]:
        """From the note that something was said, until a search finds it; the worker looks for notes each second beside that."""
        from meedoen.search.actions import renew
        from meedoen.search.finding import find
        from meedoen.search.models import Change

        clock, computing = [], []
        for turn in range(NEW):
            self.start, self.size, self.said = self.size, self.size + 1, f"zqx{turn}{self.size}"
            with _Spending() as spending:
                Change.objects.create(kind="bench", key=str(self.size - 1))
                renew(now=datetime.datetime.now(datetime.UTC))
                found = find(self.said, today=TODAY)
            clock.append(spending.seconds * 1000)
            computing.append(spending.cpu_seconds * 1000)
            assert [each.key for each in found.results] == [str(self.size - 1)]
        return {"p50_ms": round(statistics.median(clock), 1), "cpu_p50_ms": round(statistics.median(computing), 1)}

    def twenty(self) -> object:
        """Read twenty documents by number, wherever they stand: a floor below any page of results."""
        from meedoen.search.models import Entry

        last = Entry.objects.order_by("-id").values_list("id", flat=True)[0]
        return Entry.objects.in_bulk(random.sample(range(1, last + 1), 20))

    def questions(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """Each kind of question, with other words each time it is asked."""
        from meedoen.finding.views.search import WHERE
        from meedoen.search.finding import Filters, find
        from meedoen.search.nearby import begun
        from meedoen.search.similar import similar

        dice = random.Random(self.size)
        words = Words(self.made, self.size, dice)
        kinds = ("bench",)

        def asking(said: Callable[[], str], filters: Callable[[], Any] = Filters) -> Callable[[], object]:
            return lambda: find(said(), today=TODAY, filters=filters(), places=WHERE)

        yield "a rare word", asking(words.rare)
        yield "a common word", asking(words.common)
        yield "two words", asking(lambda: f"{words.common()} {words.rare()}")
        yield "two common words", asking(lambda: f"{words.common()} {words.common()}")
        yield "a compound", asking(words.compound)
        yield (
            "a sentence",
            asking(lambda: f"hoe kan een {words.common()} {words.common()} met {words.usual()} {words.usual()}"),
        )
        yield "words in quotes", asking(lambda: f'"{words.phrase()}"')
        yield "without a word", asking(lambda: f"{words.common()} -{words.common()}")
        yield "misspelt", asking(lambda: misspelt(words.usual(), dice))
        yield "nothing", asking(lambda: "xq" + "".join(dice.choices("bcdfghjk", k=8)))
        yield "one theme", asking(words.common, lambda: Filters(theme=dice.choice(self.made.themes)))
        yield "one place", asking(words.common, lambda: Filters(municipality=dice.choice(self.made.municipalities)))
        yield "one year", asking(words.common, lambda: Filters(year=dice.choice((2021, 2024, 2026))))
        yield "one part of the site", asking(words.common, lambda: WHERE["kennisbank"])
        yield "while typing", lambda: begun(words.usual()[: dice.choice((3, 4, 5))], most=6, least=2)
        yield "similar", lambda: similar(*words.topic(), kinds=kinds, most=5, today=TODAY)


class Words:
    """Words to ask for, by how many documents of the index have them."""

    def __init__(self, made: Made, size: int, dice: random.Random) -> None:
        from meedoen.language.analysis.compounds import parts_of
        from meedoen.search.models import Word

        self.made, self.size, self.dice = made, size, dice
        rows = list(Word.objects.order_by("-count", "word").values_list("word", "count"))
        self._common = [word for word, _count in rows[:150]]
        self._usual = [word for word, _count in rows[300:4_000] if len(word) > 6]
        self._rare = [word for word, count in rows if 2 <= count <= 20][:5_000]
        self._compound = [word for word, _count in rows[:20_000] if len(parts_of(word)) > 1]

    def common(self) -> str:
        """One of the 150 that stand in most documents."""
        return self.dice.choice(self._common)

    def usual(self) -> str:
        """One of some thousands after those."""
        return self.dice.choice(self._usual)

    def rare(self) -> str:
        """One that two to twenty documents have."""
        return self.dice.choice(self._rare)

    def compound(self) -> str:
        return self.dice.choice(self._compound)

    def phrase(self) -> str:
        """Two or three words that follow each other in a document; the first and the last say something."""
        while True:
            words = self.made.document(self.dice.randrange(self.size)).body.split()
            at = self.dice.randrange(2, max(3, len(words) - 3))
            said = words[at : at + self.dice.choice((2, 3))]
            if (
                len(said) > 1
                and all(map(str.isalpha, said))
                and not {said[0].lower(), said[-1].lower()} & self.made.small
            ):
                return " ".join(said)

    def topic(self) -> tuple[str, str]:
        """The title and the beginning of a topic that is not there."""
        made = self.made.document((self.size + self.dice.randrange(1_000_000)) // 12 * 12)
        return made.title, made.body


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meedoen.config.settings")
    django.setup()
    measure_one()


if __name__ == "__main__":
    main()

"""Measure search at growing sizes, as JSON lines; ``make bench`` calls it.

    BENCH_DOCUMENTS=1000,10000 make bench     fewer documents; else it grows to 100,000

Documents are made of common Dutch words as often as they occur, and of words of the field, so that some are in nearly all
and most in few. Each kind of question is asked a hundred times in this process, as the page asks it, with nothing kept.
"""

import datetime
import os
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from typing import Any

from bench import tell

SIZES = tuple(int(each) for each in os.environ.get("BENCH_DOCUMENTS", "1000,10000,100000").split(","))
ASKED = 100  # times each kind of question
GOALS = {100_000: 50, 1_000_000: 150}  # ms, p95
WORDS = 120  # of a document, as long as a contribution
TODAY = datetime.date(2026, 11, 1)


def measure(sizes: Sequence[int] = SIZES) -> None:
    """Grow the index, and ask at each size."""
    from django.db import connection

    from meedoen.search import sources
    from meedoen.search.actions import catch_up, reindex
    from meedoen.search.models import Change, Entry

    made = Made()
    sources.register(made.source)
    for size in sizes:
        made.size = size
        started = time.perf_counter()
        reindex()
        seconds = time.perf_counter() - started
        told: dict[str, Any] = {"documents": Entry.objects.count(), "seconds": round(seconds, 1)}
        if connection.vendor == "sqlite":
            told["database_mb"] = round(_size(connection) / 1e6)
        tell(kind="search, indexed", **told)
        for name, ask in made.questions():
            tell(kind="search", documents=size, question=name, **_asked(ask, size))
        made.size += 1
        started = time.perf_counter()
        Change.objects.create(kind="bench", key=str(size))
        catch_up(now=datetime.datetime.now(datetime.UTC))
        tell(kind="search, one more", documents=size, ms=round((time.perf_counter() - started) * 1000, 1))


def _asked(ask: Any, size: int) -> dict[str, Any]:
    times = []
    for _turn in range(ASKED):
        started = time.perf_counter()
        ask()
        times.append((time.perf_counter() - started) * 1000)
    p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    told: dict[str, Any] = {"p50_ms": round(p50, 1), "p95_ms": round(p95, 1)}
    if size in GOALS:
        told |= {"goal_ms": GOALS[size], "is_met": p95 <= GOALS[size]}
    return told


def _size(connection: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return int(cursor.fetchone()[0])


class Made:
    """Documents that are made when they are asked for; the same each time."""

    def __init__(self) -> None:
        from meedoen.language.analysis.analysed import stop_words
        from meedoen.language.rarity import common_words
        from meedoen.search.sources import Source

        words = [(word, 10**common) for word, common in common_words().items() if word.isalpha() and len(word) > 2]
        self.words = [word for word, _weight in words]
        self.weights = [weight for _word, weight in words]
        self.telling = [word for word in self.words if word not in stop_words()]
        self.size = 0
        self.source = Source(
            "bench", "Proef", "Proeven", documents=self.documents, public=lambda keys: keys, keys=self.keys, areas=()
        )

    def keys(self) -> Iterator[str]:
        return map(str, range(self.size))

    def documents(self, keys: Sequence[str]) -> Iterator[Any]:
        from meedoen.search.documents import Document

        for key in keys:
            dice = random.Random(int(key))
            said = dice.choices(self.words, self.weights, k=WORDS)
            yield Document(
                key,
                f"/{key}/",
                " ".join(dice.choices(self.words, self.weights, k=6)),
                body=" ".join(said),
                themes=(("werk", "thuis", "vervoer")[int(key) % 3],),
                date=TODAY - datetime.timedelta(days=int(key) % 2_000),
            )

    def questions(self) -> Iterator[tuple[str, Any]]:
        """Each kind of question, with other words each time it is asked."""
        from meedoen.search.finding import Filters, find
        from meedoen.search.nearby import begun

        dice = random.Random(1)
        common, rare = self.telling[50:1_000], self.telling[5_000:20_000]

        def asking(words: Any, **more: Any) -> Any:
            return lambda: find(words(), today=TODAY, **more)

        def some(among: Sequence[str], count: int) -> Any:
            return lambda: " ".join(dice.sample(list(among), count))

        yield "a rare word", asking(some(rare, 1))
        yield "a common word", asking(some(common, 1))
        yield "two words", asking(lambda: f"{dice.choice(common)} {dice.choice(rare)}")
        yield "a sentence", asking(lambda: " ".join([*dice.sample(common, 5), *dice.sample(rare, 2)]))
        yield "words in quotes", asking(lambda: f'"{dice.choice(common)} {dice.choice(common)}"')
        yield "without a word", asking(lambda: f"{dice.choice(common)} -{dice.choice(common)}")
        yield "misspelt", asking(lambda: dice.choice(rare)[:-1] + "q")
        yield "one theme", asking(some(common, 1), filters=Filters(theme="werk"))
        yield "nothing", asking(lambda: "xq" + "".join(dice.choices("bcdfghjk", k=8)))
        yield "while typing", lambda: begun(dice.choice(common)[:3], most=6)

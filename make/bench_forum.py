"""Measure the forum at growing sizes, each figure beside its goal; as JSON lines.

``make bench`` calls it. Each size has a database of its own, and every round measures each of them after the other:
what else the machine does meanwhile falls on all of them. Figures are the processor's ms and medians of the rounds,
ratios the medians of the ratios within a round. Lists and topics are asked cold, as nobody asked before.
"""

import re
import shutil
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import seeding
from bench import CONNECTIONS, HEADERS, cpu_of, load, minimal_client, server, tell

SIZES = (1_000, 10_000, 100_000)  # topics
ROUNDS = 7
SERVED_ROUNDS = 5  # of the reference and the page, through the real server
REPLIES = 20  # posted in one round
BARE = 3  # the newest topics: one is answered, one gets the same rows bare
GOALS = {
    "warm": 0.7,  # of the reference's requests/s, at least
    "list": 1.3,  # of the smallest size, at most
    "deepest": 1.3,  # of the first page
    "signed in": 1.5,  # of a minimal view
    "reply": 3,  # of the same rows bare
    "queries, visitor": 8,
    "queries, signed in": 12,
    "bytes": 20_000,  # HTML and CSS over the line
}
LISTS = ("list, first page", "list, deepest page", "open questions", "forum home", "category")

Figures = dict[tuple[str, int], list[float]]


def measure(sizes: tuple[int, ...] = SIZES) -> None:
    """Seed, and measure at each size."""
    from django.test import Client

    from meedoen.kernel import clock
    from meedoen.people.models import Address, Person

    now = clock.now()
    writers = seeding.people(now)
    reader = Address.objects.of("forum-reader@voorbeeld.example")
    Person.objects.create(address=reader, name="Ans", joined_at=now)
    member = Client(SERVER_NAME="localhost")
    member.force_login(reader)  # before the first copy: signed in at each size
    databases: dict[int, Path] = {}
    for size in sizes:
        started = last = time.perf_counter()
        for count in seeding.seed(size, writers, now):
            if time.perf_counter() - last > 10:
                last = time.perf_counter()
                tell(kind="forum, seeding", topics=count)
        if not databases:
            weigh(seeding.fullest(writers, now))
        tell(kind="forum, seeded", topics=size, seconds=round(time.perf_counter() - started, 1))
        if size in (sizes[0], sizes[-1]):
            serve(size)
        databases[size] = set_aside(size, is_last=size == sizes[-1])
    render(databases, member, reader)
    post(databases, writers[0])


def verdict(figure: float, goal: str) -> dict[str, Any]:
    """The goal beside a figure, and whether it is met."""
    is_met = figure >= GOALS[goal] if goal == "warm" else figure <= GOALS[goal]
    return {"goal": GOALS[goal], "is_met": is_met}


# Over the line ----------------------------------------------------------------------------------------------


def weigh(topic: Any) -> None:
    """The bytes that are needed to read the fullest topic page: HTML and stylesheet, compressed."""
    import brotli
    from django.contrib.staticfiles import finders
    from django.test import Client

    html = Client(SERVER_NAME="localhost").get(topic.get_absolute_url(), headers={"accept-encoding": "br"})
    if html["Content-Encoding"] != "br":
        raise SystemExit("the fullest topic came uncompressed")
    names = re.findall(r'stylesheet" href="[^"]*/(ui/\w+)[^"]*\.css"', brotli.decompress(html.content).decode())
    css = sum(len(brotli.compress(Path(str(finders.find(f"{name}.css"))).read_bytes())) for name in names)
    total = len(html.content) + css
    tell(
        kind="forum", page="fullest topic", bytes=total, html_bytes=len(html.content), css_bytes=css,
        answer_characters=seeding.LONG_ANSWER, **verdict(total, "bytes"),
    )  # fmt: skip


def serve(size: int) -> None:
    """A visitor's topic as the real server keeps it, beside the reference route; in turns."""
    path = newest(1)[0].get_absolute_url()
    rounds = []
    with server() as group:
        for _ in range(SERVED_ROUNDS):
            rounds.append((load("/ijkpunt/", group), load(path, group)))
    ratio = statistics.median(page["requests_per_s"] / reference["requests_per_s"] for reference, page in rounds)
    cpu = statistics.median(reference["cpu_ms"] / page["cpu_ms"] for reference, page in rounds)
    tell(
        kind="forum", topics=size, page="topic", who="visitor, warm", ratio=round(ratio, 3), **verdict(ratio, "warm"),
        cpu_ratio=round(cpu, 3), cpu_ms=round(statistics.median(page["cpu_ms"] for _, page in rounds), 3),
        requests_per_s=round(statistics.median(page["requests_per_s"] for _, page in rounds)),
        ratios=[round(page["requests_per_s"] / reference["requests_per_s"], 2) for reference, page in rounds],
        p50_ms=statistics.median(page["p50_ms"] for _, page in rounds), client=rounds[0][1]["client"],
        connections=CONNECTIONS, encoding=HEADERS["Accept-Encoding"],
    )  # fmt: skip


# In this process --------------------------------------------------------------------------------------------


def render(databases: dict[int, Path], member: Any, reader: Any) -> None:
    """Lists and topics for a visitor, cold; a topic for who is signed in beside a minimal view of it."""
    from django.test import Client

    visitor = Client(SERVER_NAME="localhost")
    costs: Figures = defaultdict(list)
    queries: dict[tuple[str, int], int] = {}
    for turn in range(ROUNDS):
        for size, database in databases.items():
            use(database)
            pages = addresses()
            for name, path in pages.items():
                costs[name, size].append(cpu_of(visitor, path, is_cold=True))
            with minimal_client(reader) as theirs:
                costs["minimal", size].append(cpu_of(theirs, pages["topic"]))
            costs["signed in", size].append(cpu_of(member, pages["topic"]))
            if turn == 0:
                queries |= {(name, size): count_queries(visitor, path) for name, path in pages.items()}
                queries["signed in", size] = count_queries(member, pages["topic"])
    smallest = min(databases)
    for size in databases:
        for name in (*LISTS, "topic"):
            growth = ratio_of(costs, (name, size), (name, smallest))
            told: dict[str, Any] = {"cpu_ms": median(costs[name, size]), "to_smallest": growth}
            if name in LISTS:
                told |= verdict(growth, "list")
            if name == "list, deepest page":
                deepest = ratio_of(costs, (name, size), ("list, first page", size))
                told |= {"to_first_page": deepest, "is_deepest_met": verdict(deepest, "deepest")["is_met"]}
            count = queries[name, size]
            told |= {"queries": count, "are_queries_met": verdict(count, "queries, visitor")["is_met"]}
            tell(kind="forum", topics=size, page=name, who="visitor, cold", **told)
        ratio, count = ratio_of(costs, ("signed in", size), ("minimal", size)), queries["signed in", size]
        tell(
            kind="forum", topics=size, page="topic", who="signed in", cpu_ms=median(costs["signed in", size]),
            minimal_cpu_ms=median(costs["minimal", size]), ratio=ratio, **verdict(ratio, "signed in"),
            queries=count, are_queries_met=verdict(count, "queries, signed in")["is_met"],
            ratios=[round(ours / theirs, 2) for ours, theirs in zip(costs["signed in", size], costs["minimal", size], strict=True)],
        )  # fmt: skip


def post(databases: dict[int, Path], writer: Any) -> None:
    """The p50 in ms of posting a reply, and of writing the same rows and nothing else; in turns."""
    times: Figures = defaultdict(list)
    cpu: Figures = defaultdict(list)
    for _ in range(ROUNDS):
        for size, database in databases.items():
            use(database)
            answered, other = newest(BARE)[:2]
            deeds = {"reply": replying(answered, writer), "bare": writing(other, writer)}
            for _ in range(REPLIES):
                for name, deed in deeds.items():
                    started, spent = time.perf_counter(), time.process_time()
                    deed()
                    times[name, size].append((time.perf_counter() - started) * 1000)
                    cpu[name, size].append((time.process_time() - spent) * 1000)
    for size in databases:
        ours, bare = statistics.median(times["reply", size]), statistics.median(times["bare", size])
        tell(
            kind="forum", topics=size, deed="reply", p50_ms=round(ours, 2), bare_p50_ms=round(bare, 2),
            ratio=round(ours / bare, 3), **verdict(ours / bare, "reply"),
            cpu_ms=median(cpu["reply", size]), bare_cpu_ms=median(cpu["bare", size]),
            to_smallest=round(ours / statistics.median(times["reply", min(databases)]), 3),
        )  # fmt: skip


def replying(topic: Any, writer: Any) -> Callable[[], None]:
    """Posting a reply as the site does it."""
    from meedoen.conversation import actions
    from meedoen.conversation.models import Thread
    from meedoen.kernel import clock

    thread = Thread.objects.get(pk=topic.thread_id)

    def deed() -> None:
        actions.contribute(
            thread, person=writer, text=seeding.TEXT, hides_name=False, score=0, looks_like_spam=False, now=clock.now()
        )

    deed()  # the first makes what is followed of the topic, once for all that come
    return deed


def writing(topic: Any, writer: Any) -> Callable[[], None]:
    """The rows that such a reply writes, with all of them known beforehand: no look, no lock, no rule."""
    from django.db import transaction

    from meedoen.activity.models import Happening
    from meedoen.conversation.actions import subject_of
    from meedoen.conversation.models import Contribution, Thread
    from meedoen.forum.models import Shelf, Topic
    from meedoen.kernel import clock
    from meedoen.pages.models import Area

    thread = Thread.objects.get(pk=topic.thread_id)
    subject, link = subject_of(thread), Happening.subjects.through

    def deed() -> None:
        now = clock.now()
        thread.last_number += 1
        thread.shown_count += 1
        with transaction.atomic():
            new = Contribution.objects.create(
                thread=thread, person=writer, text=seeding.TEXT, number=thread.last_number, state="shown",
                created_at=now, shown_at=now,
            )  # fmt: skip
            Thread.objects.filter(pk=thread.pk).update(last_number=thread.last_number, shown_count=thread.shown_count)
            Topic.objects.filter(pk=topic.pk).update(reply_count=thread.shown_count - 1, last_at=now)
            Shelf.objects.filter(category=topic.category).update(last_at=now)
            happening = Happening.objects.create(
                actor=writer, mark=f"contribution-{new.pk}", sentence="Bericht van Naam 0", words=seeding.TEXT,
                url=thread.url, at=now,
            )  # fmt: skip
            link.objects.create(happening=happening, subject=subject)
            Area.objects.filter(name="conversation").update(number=new.pk, changed_at=now)

    return deed


# Databases --------------------------------------------------------------------------------------------------


def set_aside(size: int, *, is_last: bool) -> Path:
    """A copy of the database as it is now; the last one is measured where it stands."""
    from django.db import connection

    here = Path(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    if is_last:
        return here
    return Path(shutil.copy(here, here.with_name(f"forum-{size}.sqlite3")))


def use(database: Path) -> None:
    """Ask this database from now on."""
    from django.db import connection

    from meedoen.pages.kept import store

    if connection.settings_dict["NAME"] != str(database):
        connection.close()
        connection.settings_dict["NAME"] = str(database)
    store.clear()


def newest(count: int) -> list[Any]:
    """The topics that were begun last, but for the fullest one where that is among them."""
    from meedoen.forum.models import Topic

    found = Topic.objects.readable().filter(summary="").order_by("-pk").select_related("thread")
    return list(found[:count])


def addresses() -> dict[str, str]:
    """The pages to measure at this size."""
    from django.urls import reverse

    from meedoen.forum.models import Topic

    topic = newest(1)[0]
    oldest = list(Topic.objects.readable().oldest_first()[: seeding.CONTRIBUTIONS])[-1]
    home = reverse("forum:home")
    return {
        "list, first page": f"{home}?toon=nieuwste",
        "list, deepest page": f"{home}?voor={oldest.key}",
        "open questions": f"{home}?toon=open",
        "forum home": home,
        "category": reverse("forum:category", args=[topic.category]),
        "topic": topic.get_absolute_url(),
    }


def count_queries(client: Any, path: str) -> int:
    """How many queries a page asks, cold."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from meedoen.pages.kept import store

    store.clear()
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


def median(figures: list[float]) -> float:
    """The middle one, as it is told."""
    return round(statistics.median(figures), 2)


def ratio_of(costs: Figures, ours: tuple[str, int], theirs: tuple[str, int]) -> float:
    """The median of the ratios of each round: what the machine did meanwhile fell on both."""
    return round(statistics.median(a / b for a, b in zip(costs[ours], costs[theirs], strict=True)), 3)

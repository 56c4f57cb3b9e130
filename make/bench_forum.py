"""Measure the forum at growing sizes, in one process without a server: the processor's ms beside a reference each.

``make bench`` calls it. The database grows from size to size; lists and topics are asked cold, as nobody asked before.
"""

import statistics
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from bench import ROUNDS, cpu_of, minimal_client, tell

SIZES = (1_000, 10_000, 100_000)  # topics
CONTRIBUTIONS = 20  # in each topic
BATCH = 250  # topics written at once
PEOPLE = 50
REPLIES = 30  # posted for one figure
TEXT = "Wij deden dit **samen** met inwoners.\n\n- Eerst keken we.\n- Toen praatten we.\n\nZo ging het goed. " * 2
TITLE = "Hoe zorgen jullie voor een goede ingang bij gebouw {number}?"


def measure(sizes: tuple[int, ...] = SIZES) -> None:
    """Seed, and measure at each size; everything is relative to the first size, or to a minimal page or deed."""
    from django.test import Client
    from django.urls import reverse

    from meedoen.forum.models import Topic
    from meedoen.kernel import clock
    from meedoen.people.models import Address, Person

    now = clock.now()
    writers = [_person(number, now) for number in range(PEOPLE)]
    reader = Address.objects.of("forum-reader@voorbeeld.example")
    Person.objects.create(address=reader, name="Ans", joined_at=now)
    member = Client(SERVER_NAME="localhost")
    member.force_login(reader)
    visitor = Client(SERVER_NAME="localhost")
    first: dict[str, float] = {}
    for size in sizes:
        started = time.perf_counter()
        seed(size, writers, now)
        tell(kind="forum, seeded", topics=size, seconds=round(time.perf_counter() - started, 1))
        topic = Topic.objects.readable().order_by("pk").last()
        oldest = list(Topic.objects.readable().order_by("last_at", "pk")[:CONTRIBUTIONS])[-1]
        home = reverse("forum:home")
        pages = {
            "list, first page": f"{home}?toon=nieuwste",
            "list, deepest page": f"{home}?voor={oldest.key}",
            "open questions": f"{home}?toon=open",
            "forum home": home,
            "category": reverse("forum:category", args=[topic.category]),
            "topic": topic.get_absolute_url(),
        }
        costs: dict[str, float] = {}
        for name, path in pages.items():
            costs[name] = cpu = _median(lambda path=path: cpu_of(visitor, path, is_cold=True))
            first.setdefault(name, cpu)
            deepest = (
                {"to_first_page": round(cpu / costs["list, first page"], 3)} if name == "list, deepest page" else {}
            )
            tell(
                kind="forum", topics=size, page=name, who="visitor, cold", cpu_ms=round(cpu, 2),
                to_smallest=round(cpu / first[name], 3), queries=_queries(visitor, path), **deepest,
            )  # fmt: skip
        address = topic.get_absolute_url()
        with minimal_client(reader) as theirs:
            minimal = _median(lambda address=address: cpu_of(theirs, address))
        ours = _median(lambda address=address: cpu_of(member, address))
        tell(
            kind="forum", topics=size, page="topic", who="signed in", cpu_ms=round(ours, 2),
            minimal_cpu_ms=round(minimal, 2), ratio=round(ours / minimal, 3),
            queries=_queries(member, address),
        )  # fmt: skip
        reply, bare = posting(topic, writers[0])
        tell(
            kind="forum", topics=size, deed="reply", p50_ms=round(reply, 2), bare_p50_ms=round(bare, 2),
            ratio=round(reply / bare, 3),
        )  # fmt: skip


def seed(size: int, writers: list[Any], now: datetime) -> None:
    """Write topics in bulk until there are ``size``, with what their rows keep."""
    from django.db import transaction

    from meedoen.conversation.models import Contribution, Thread
    from meedoen.forum.actions import shelve, slug_of
    from meedoen.forum.categories import CATEGORIES
    from meedoen.forum.models import THREAD, Topic
    from meedoen.forum.rules import Kind

    categories = list(CATEGORIES)
    begun = Topic.objects.count()
    while begun < size:
        numbers = range(begun, min(begun + BATCH, size))
        with transaction.atomic():
            threads = Thread.objects.bulk_create(
                Thread(
                    kind=THREAD, key=f"bench-{number}", title=TITLE.format(number=number), url="/", created_at=now,
                    last_number=CONTRIBUTIONS, shown_count=CONTRIBUTIONS,
                )
                for number in numbers
            )  # fmt: skip
            topics = []
            for number, thread in zip(numbers, threads, strict=True):
                at = now - timedelta(days=400) + timedelta(seconds=number)
                title = TITLE.format(number=number)
                topics.append(
                    Topic(
                        thread=thread, category=categories[number % len(categories)], kind=Kind.QUESTION, title=title,
                        slug=slug_of(title, Kind.QUESTION), author=writers[number % PEOPLE], begun_at=at, last_at=at,
                        is_shown=True, reply_count=CONTRIBUTIONS - 1, is_answered=number % 3 == 0,
                    )
                )  # fmt: skip
            for topic, thread in zip(Topic.objects.bulk_create(topics), threads, strict=True):
                thread.key, thread.url = str(topic.pk), topic.get_absolute_url()
            Thread.objects.bulk_update(threads, ["key", "url"])
            Contribution.objects.bulk_create(
                Contribution(
                    thread=thread, person=writers[(number + place) % PEOPLE], text=TEXT, number=place, state="shown",
                    created_at=now, shown_at=now,
                )
                for number, thread in zip(numbers, threads, strict=True)
                for place in range(1, CONTRIBUTIONS + 1)
            )  # fmt: skip
        begun = numbers[-1] + 1
        if begun % 10_000 == 0:
            tell(kind="forum, seeding", topics=begun)
    for category in categories:
        shelve(category)


def posting(topic: Any, writer: Any) -> tuple[float, float]:
    """The p50 in ms of posting a reply, and of writing the same rows and nothing else; in turns."""
    from django.db import connection, transaction

    from meedoen.activity.models import Happening
    from meedoen.conversation import actions
    from meedoen.conversation.models import Contribution, Thread
    from meedoen.forum.models import Shelf, Topic
    from meedoen.kernel import clock
    from meedoen.kernel.identifiers import unguessable
    from meedoen.pages.models import Area

    thread = Thread.objects.get(pk=topic.thread_id)

    def reply() -> None:
        actions.contribute(
            thread, person=writer, text=TEXT, hides_name=False, score=0, looks_like_spam=False, now=clock.now()
        )

    def bare() -> None:
        now = clock.now()
        with transaction.atomic():
            Contribution.objects.create(
                thread=thread, person=writer, text=TEXT, state="waiting", created_at=now, waits_since=now
            )
            Thread.objects.filter(pk=thread.pk).update(shown_count=CONTRIBUTIONS)
            Topic.objects.filter(pk=topic.pk).update(last_at=now)
            Shelf.objects.filter(category=topic.category).update(last_at=now)
            Happening.objects.create(mark=unguessable(), sentence="x", words=TEXT, url="/", at=now)
            Area.objects.filter(name="conversation").update(changed_at=now)

    times: dict[str, list[float]] = {"reply": [], "bare": []}
    for _ in range(REPLIES):
        for name, deed in (("reply", reply), ("bare", bare)):
            started = time.perf_counter()
            deed()
            times[name].append((time.perf_counter() - started) * 1000)
    connection.close()
    return statistics.median(times["reply"]), statistics.median(times["bare"])


def _person(number: int, now: datetime) -> Any:
    from meedoen.people.models import Address, Person

    address = Address.objects.of(f"forum-{number}@voorbeeld.example")
    address.verified_at = address.trusted_at = now
    address.save()
    return Person.objects.create(address=address, name=f"Naam {number}", joined_at=now)


def _median(figure: Callable[[], float]) -> float:
    return statistics.median(figure() for _ in range(ROUNDS))


def _queries(client: Any, path: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from meedoen.pages.kept import store

    store.clear()
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)

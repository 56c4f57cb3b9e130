"""Measure what servers win and pay that share a Valkey; as JSON lines. ``make bench`` calls it (``BENCH_PARTS=shared``).

Four processes that share nothing and four that share one run side by side on one database. In each round both are asked
the same, so that what else the machine does falls on both.
"""

import itertools
import os
import random
import re
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack

import psycopg
import services
from bench import MEEDOEN, cpu_seconds, tell
from bench_replica import FORUM_EVERY, REST_EVERY, Site, _addresses, _spent, site

PROCESSES = 4
VISITS, ROUNDS = 4_000, 3
TIMES, THING_ROUNDS = 200, 9  # of one thing, in this process


def measure() -> None:
    """All of it, on servers of its own."""
    with services.postgresql() as url, services.valkey() as valkey:
        environment = {**os.environ, "DATABASE_URL": url}
        with psycopg.connect(f"{url.rpartition('/')[0]}/postgres", autocommit=True) as server:
            server.execute(f"CREATE DATABASE {url.rpartition('/')[2]}")
        subprocess.run([*MEEDOEN, "prepare"], env=environment, check=True)
        _a_day(environment, url, valkey)
        _one_thing(url, valkey)


def _a_day(environment: dict[str, str], url: str, valkey: services.Valkey) -> None:
    """Visits and changes as on a national day, each visit at one of the processes."""
    chosen = random.Random(5)
    kinds = {"apart": "", "together": valkey.url}
    with ExitStack() as stack:
        sites = {
            kind: [
                stack.enter_context(site(environment, MEEDOEN_URL="http://localhost:8000", MEEDOEN_VALKEY_URL=shared))
                for _ in range(PROCESSES)
            ]
            for kind, shared in kinds.items()
        }
        addresses = _addresses(sites["apart"][0])
        weights = [1 / rank for rank in range(1, len(addresses) + 1)]
        for number in range(ROUNDS):
            visits = chosen.choices(addresses, weights, k=VISITS)
            for kind, ours in sites.items():
                sources, spent = _sources(ours), _spent_by(ours, url, valkey)
                changes = _visit(ours, visits, url)
                used = [round(b - a, 2) for a, b in zip(spent, _spent_by(ours, url, valkey), strict=True)]
                tell(
                    kind="shared, a day", round=number, site=kind, visits=VISITS, changes=changes,
                    **dict(zip(("site_cpu_s", "database_cpu_s", "valkey_cpu_s"), used, strict=True)),
                    sources={name: count - sources.get(name, 0) for name, count in _sources(ours).items()},
                )  # fmt: skip


def _visit(ours: list[Site], visits: list[str], url: str) -> int:
    """Read all of it in turn; the areas change as often as on such a day, in which one process has a quarter."""
    changes = 0
    turns = itertools.cycle(ours)
    with psycopg.connect(url, autocommit=True) as deeds:
        for number, path in enumerate(visits, 1):
            next(turns).get(path)
            for every, which in ((FORUM_EVERY, "="), (REST_EVERY, "<>")):
                if number % (every * PROCESSES) == 0:
                    deeds.execute(f"UPDATE pages_area SET number = number + 1 WHERE name {which} 'conversation'")
                    changes += 1
    return changes


def _sources(ours: list[Site]) -> dict[str, int]:
    """Where the pages of all these came from, by their own figures."""
    found: dict[str, int] = {}
    for each in ours:
        told = each.get("/metrics").decode()
        for name, count in re.findall(r'^meedoen_visitor_pages_total\{source="(\w+)"\} (\S+)', told, re.MULTILINE):
            found[name] = found.get(name, 0) + int(float(count))
    return found


def _spent_by(ours: list[Site], url: str, valkey: services.Valkey) -> tuple[float, float, float]:
    assert valkey.process
    return sum(cpu_seconds(each.group) for each in ours), _spent(url), cpu_seconds(valkey.process.pid)


def _one_thing(url: str, valkey: services.Valkey) -> None:
    """One thing many times, with and without: what it costs this process, in ms of its processor."""
    os.environ.update(DATABASE_URL=url, MEEDOEN_VALKEY_URL=valkey.url, DJANGO_SETTINGS_MODULE="meedoen.config.settings")
    import django

    django.setup()
    from datetime import timedelta

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.middleware import get_user
    from django.test import RequestFactory

    from meedoen.kernel import clock
    from meedoen.pages import sharing
    from meedoen.pages.kept import KeptPage
    from meedoen.people import codes, floods
    from meedoen.people.entrance import sessions
    from meedoen.people.models import Address

    now, hour = clock.now(), timedelta(hours=1)
    page = KeptPage.of(b"".join(b"<p>Regel %d van een pagina.</p>\n" % line for line in range(700)), "text/html")
    place = sharing.place_of("een pagina", ("news", "people"))
    assert place
    place.keep(page, now)
    address = Address.objects.create(email="bench@voorbeeld.example")
    session = sessions.SessionStore()
    session.update(
        {
            SESSION_KEY: str(address.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: address.get_session_auth_hash(),
        }
    )
    session.save()
    address.refresh_from_db()

    def asked() -> object:
        request = RequestFactory().get("/")
        request.session = sessions.SessionStore(session.session_key)
        return request

    def by_database() -> None:
        assert get_user(asked()) == address

    def by_copy() -> None:
        request = asked()
        assert sessions.recognise(request)
        assert get_user(request) == address

    sessions.keep_copy(asked(), address)
    deeds = {
        "a limit, database": lambda: codes.count("bench", "iemand", per=hour, now=now),
        "a limit, shared": lambda: floods.count("bench", "iemand", per=hour, now=now),
        "who is signed in, database": by_database,
        "who is signed in, copy": by_copy,
        f"a page of {len(page.body)} bytes, found": lambda: sharing.place_of("een pagina", ("news", "people")).page(
            now
        ),
        "the same, put there": lambda: place.keep(page, now),
    }
    rounds = [{name: _milliseconds(deed) for name, deed in deeds.items()} for _ in range(THING_ROUNDS)]
    for name in deeds:
        tell(kind="shared, one thing", what=name, cpu_ms=round(statistics.median(each[name] for each in rounds), 3))


def _milliseconds(deed: Callable[[], object]) -> float:
    """Of the processor, for one of ``TIMES``."""
    before = time.process_time()
    for _ in range(TIMES):
        deed()
    return (time.process_time() - before) * 1000 / TIMES


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="meedoen-bench-") as folder:
        os.environ.update(MEEDOEN_DATA=folder, MEEDOEN_LOG_LEVEL="ERROR")
        measure()

"""Measure what reading visitors' pages from a replica takes from the primary, and what comparing costs; as JSON lines.

``make bench`` calls it (``BENCH_PARTS=replica``). Two site servers run side by side on one primary, one of them with a
replica; each round asks the same of both, so that what else the machine does falls on both. Processor time is that of
the processes of each database server, with those that send and take the journal.
"""

import contextlib
import http.client
import os
import random
import re
import signal
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import psycopg
import services
from bench import HEADERS, MEEDOEN, cpu_seconds, tell
from ports import free_port

ROUNDS, REQUESTS = 7, 30  # of one page that is rendered each time
VISITS = 2_000  # in each round of a day with kept pages
DAY_ROUNDS = 3
# A national day: 100,000 visits an hour over four processes, a change of the forum every 7 seconds, of the rest every two
# minutes; counted in visits of one process.
FORUM_EVERY, REST_EVERY = 49, 840
LAG = "recovery_min_apply_delay=100ms"  # of the replica that may never show something old
FRESH_SECONDS = 20
PAGES = {
    "home": "/",
    "news list": "/nieuws/",
    "knowledge base": "/kennisbank/",
    "forum home": "/forum/",
    "municipality": "/gemeenten/west-betuwe/",
    "search": "/zoeken/?q=toegankelijk",
}


def measure() -> None:
    """All of it, on servers of its own."""
    with services.postgresql("fsync=on", "synchronous_commit=on", "full_page_writes=on") as primary:
        environment = {**os.environ, "DATABASE_URL": primary}
        name = primary.rpartition("/")[2]
        with psycopg.connect(f"{primary.rpartition('/')[0]}/postgres", autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name}")
        subprocess.run([*MEEDOEN, "prepare"], env=environment, check=True)
        subprocess.run([*MEEDOEN, "manage", "reindex"], env=environment, check=True, stdout=subprocess.DEVNULL)
        with services.replica(primary) as (replica, _process):
            both = Databases(primary, replica)
            one_page_each_time(environment, both)
            a_day(environment, both)
        with services.replica(primary, LAG) as (late, _process):
            never_old(environment, Databases(primary, late))


@dataclass
class Databases:
    """The two database servers."""

    primary: str
    replica: str

    def spent(self) -> tuple[float, float]:
        """Seconds of the processor that each used so far."""
        return _spent(self.primary), _spent(self.replica)

    def asked(self) -> int:
        """Statements of the primary so far: each is a transaction of its own, but for deeds."""
        with psycopg.connect(self.primary, autocommit=True) as server:
            server.execute("SELECT pg_stat_clear_snapshot()")
            (count,) = server.execute(
                "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()"
            ).fetchone()
        return count


def _spent(url: str) -> float:
    with psycopg.connect(url, autocommit=True) as server:
        (data,) = server.execute("SHOW data_directory").fetchone()
    head = int(Path(data, "postmaster.pid").read_text().split()[0])
    ticks = 0
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[1]) == head:
                ticks += int(fields[11]) + int(fields[12])
            elif int(folder.name) == head:
                ticks += sum(map(int, fields[11:15]))  # with its processes that ended
    return ticks / os.sysconf("SC_CLK_TCK")


@dataclass
class Site:
    """A server of the site that runs."""

    port: int
    group: int

    def get(self, path: str) -> bytes:
        browser = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        browser.request("GET", path, headers={"Host": "localhost", "Accept": HEADERS["Accept"]})
        answer = browser.getresponse()
        body = answer.read()
        browser.close()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}")
        return body

    def ends(self) -> dict[str, int]:
        """How reading the replica ended, by the server's own figures."""
        told = re.findall(
            r'^meedoen_replica_reads_total\{end="(\w+)"\} (\S+)', self.get("/metrics").decode(), re.MULTILINE
        )
        return {name: int(float(count)) for name, count in told}


@contextlib.contextmanager
def site(environment: dict[str, str], **settings: str) -> Iterator[Site]:
    port = free_port()
    own = {**environment, "PORT": str(port), "MEEDOEN_THREADS": "2", **settings}
    process = subprocess.Popen([*MEEDOEN, "serve"], env=own, start_new_session=True)
    made = Site(port, process.pid)
    try:
        for _ in range(1200):
            with contextlib.suppress(OSError, SystemExit):
                made.get("/readyz")
                break
            time.sleep(0.05)
        yield made
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def two_sites(stack: ExitStack, environment: dict[str, str], both: Databases, **settings: str) -> dict[str, Site]:
    """One that reads from the primary alone, and one that has the replica."""
    return {
        "alone": stack.enter_context(site(environment, **settings)),
        "with a replica": stack.enter_context(site(environment, MEEDOEN_REPLICA_URL=both.replica, **settings)),
    }


def one_page_each_time(environment: dict[str, str], both: Databases) -> None:
    """Each kind of page, rendered at each request: what it costs the site, the primary and the replica, in ms."""
    with ExitStack() as stack:
        sites = two_sites(stack, environment, both, MEEDOEN_KEPT_PAGES_BYTES="0")
        for name, path in PAGES.items():
            found: dict[str, list[tuple[float, ...]]] = {kind: [] for kind in sites}
            for _ in range(3):
                for each in sites.values():
                    each.get(path)
            for _ in range(ROUNDS):
                for kind, each in sites.items():
                    before = (cpu_seconds(each.group), *both.spent())
                    started = time.perf_counter()
                    for _ in range(REQUESTS):
                        each.get(path)
                    took = time.perf_counter() - started
                    after = (cpu_seconds(each.group), *both.spent())
                    found[kind].append((*(b - a for a, b in zip(before, after, strict=True)), took))
            for kind, rounds in found.items():
                # Sums: the kernel counts in hundredths of a second, of which a round has few.
                site_ms, primary_ms, replica_ms, clock_ms = (
                    sum(column) * 1000 / REQUESTS / ROUNDS for column in zip(*rounds, strict=True)
                )
                tell(
                    kind="replica, one page", page=name, site=kind, site_cpu_ms=round(site_ms, 2),
                    primary_cpu_ms=round(primary_ms, 2), replica_cpu_ms=round(replica_ms, 2),
                    clock_ms=round(clock_ms, 1),
                )  # fmt: skip
            ratios = [b[0] / a[0] for a, b in zip(found["alone"], found["with a replica"], strict=True)]
            tell(kind="replica, site cpu beside alone", page=name, ratio=round(statistics.median(ratios), 3))
        tell(kind="replica, ends", **sites["with a replica"].ends())


def a_day(environment: dict[str, str], both: Databases) -> None:
    """Visits as on a national day, with pages kept and areas that change: what each site asks of the primary."""
    chosen = random.Random(5)
    with ExitStack() as stack:
        sites = two_sites(stack, environment, both)
        addresses = _addresses(sites["alone"])
        weights = [1 / rank for rank in range(1, len(addresses) + 1)]
        for number in range(DAY_ROUNDS):
            visits = chosen.choices(addresses, weights, k=VISITS)
            for kind, each in sites.items():
                time.sleep(1.5)
                ends, before, asked = each.ends(), both.spent(), both.asked()
                lags = _visit(each, visits, both)
                time.sleep(1.5)
                primary, replica = (b - a for a, b in zip(before, both.spent(), strict=True))
                tell(
                    kind="replica, a day", round=number, site=kind, visits=VISITS, changes=lags,
                    primary_cpu_s=round(primary, 2), replica_cpu_s=round(replica, 2),
                    primary_statements=both.asked() - asked,
                    ends={name: count - ends[name] for name, count in each.ends().items() if count != ends[name]},
                )  # fmt: skip


def _visit(each: Site, visits: list[str], both: Databases) -> int:
    """Read all of it; the areas change as often as on such a day. Gives how often they did."""
    changes = 0
    with psycopg.connect(both.primary, autocommit=True) as deeds:
        for number, path in enumerate(visits, 1):
            each.get(path)
            if number % FORUM_EVERY == 0:
                deeds.execute("UPDATE pages_area SET number = number + 1 WHERE name = 'conversation'")
                changes += 1
            if number % REST_EVERY == 0:
                deeds.execute("UPDATE pages_area SET number = number + 1 WHERE name <> 'conversation'")
                changes += 1
    return changes


def _addresses(each: Site) -> list[str]:
    """Some hundreds of pages, those that are asked most first: what can be reached from the start page in two steps."""
    found = dict.fromkeys(PAGES.values())
    for path in list(found):
        found.update(dict.fromkeys(_links(each.get(path))))
    for path in list(found)[:40]:
        if len(found) < 400:
            with contextlib.suppress(SystemExit):
                found.update(dict.fromkeys(_links(each.get(path))))
    served = []
    for path in list(found)[:400]:
        with contextlib.suppress(SystemExit):
            each.get(path)
            served.append(path)
    tell(kind="replica, addresses", count=len(served))
    return served


def _links(body: bytes) -> list[str]:
    found = re.findall(
        r'href="(/(?:nieuws|kennisbank|gemeenten|forum|bijeenkomsten|successen|themas|vn-verdrag)/[^"#]*)"',
        body.decode(),
    )
    return [
        path.replace("&amp;", "&")
        for path in found
        if not re.search(r"vraag|oproep|deel|reageren|aanmelden|\.\w+$", path)
    ]


def never_old(environment: dict[str, str], both: Databases) -> None:
    """One changes a page again and again, others read it; the replica is late on purpose. How many saw an old page."""
    stop, written = threading.Event(), [0]
    pages, old = [0, 0, 0], [0, 0, 0]
    with ExitStack() as stack:
        each = stack.enter_context(site(environment, MEEDOEN_REPLICA_URL=both.replica))
        with psycopg.connect(both.primary) as server:
            (slug,) = server.execute("SELECT slug FROM library_article ORDER BY id LIMIT 1").fetchone()

        def write() -> None:
            with psycopg.connect(both.primary) as deeds:
                while not stop.is_set():
                    number = written[0] + 1
                    deeds.execute("UPDATE library_article SET title = %s WHERE slug = %s", [f"Versie {number}.", slug])
                    deeds.execute("UPDATE pages_area SET number = number + 1 WHERE name = 'news'")
                    deeds.commit()
                    written[0] = number  # acknowledged
                    stop.wait(random.uniform(0, 0.5))

        def read(who: int) -> None:
            while not stop.is_set():
                acknowledged = written[0]
                shown = int(re.search(rb"<h1[^>]*>\s*Versie (\d+)\.", each.get(f"/nieuws/{slug}/"))[1])
                pages[who] += 1
                old[who] += shown < acknowledged

        writer = threading.Thread(target=write)
        writer.start()
        time.sleep(1)
        before = each.ends()
        readers = [threading.Thread(target=read, args=(who,)) for who in range(3)]
        for thread in readers:
            thread.start()
        time.sleep(FRESH_SECONDS)
        stop.set()
        for thread in [writer, *readers]:
            thread.join(60)
        ends = {name: count - before[name] for name, count in each.ends().items() if count != before[name]}
        tell(kind="replica, never old", lag=LAG, changes=written[0], pages=sum(pages), old=sum(old), ends=ends)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="meedoen-bench-") as folder:
        os.environ.update(MEEDOEN_DATA=folder, MEEDOEN_LOG_LEVEL="ERROR")
        measure()

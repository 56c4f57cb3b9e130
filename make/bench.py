"""Measure the site as it is served and print JSON lines: every figure beside a reference route of the same run.

    make bench            all of it (three minutes, and some ten for the forum at 100,000 topics)
    BENCH_SECONDS=1 make bench  shorter rounds, coarser figures
    BENCH_TOPICS=1000,10000 make bench  a smaller forum; else it grows to 100,000 topics
    BENCH_PARTS=forum make bench  only the forum; or only the "library", the "meetings", the "mail", the "words", the "coupling", the "search", the "replica", the "shared", the "letters", or the other "pages"
    BENCH_SIGN_UPS=100,1000 make bench  fewer who come to a meeting; else it grows to 10,000
    BENCH_MAILS=10000 make bench  more replies that come in by mail; else 2,000
    BENCH_PARTS=mail BENCH_DATABASES=postgresql BENCH_MAIL_WORKERS=2 make bench  the same on PostgreSQL, with two workers
    BENCH_DOCUMENTS=1000,10000 BENCH_DATABASES=sqlite make bench  search over fewer documents, or on one database
    BENCH_READERS=10000 make bench  fewer who get letters; else it grows to 100,000
    BENCH_LETTERS=digest make bench  only that, and not the "newsletter"
    BENCH_ROUNDS=342x100,10000x20 make bench  other rounds of coupling: places x candidates

The reference is a constant body of 20 kB through the same server and middleware. ``ratio`` is a page's requests per
second divided by the reference's, measured right before it. Warm pages come from what the server kept; for cold
ones it keeps nothing, so each request renders, compresses and asks the database.
"""

import contextlib
import http.client
import json
import os
import platform
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from ports import free_port

SECONDS = int(os.environ.get("BENCH_SECONDS", "4"))  # whole ones: wrk knows no parts
CONNECTIONS = 8
REACTIONS = 50
ROUNDS, REQUESTS = 5, 10  # of figures that are taken in this process; the median of the rounds counts
REACTION = "Wij deden dit **samen** met inwoners.\n\n- Eerst keken we.\n- Toen praatten we.\n\nZo ging het goed. " * 3
HEADERS = {"Accept-Encoding": "br, gzip", "Accept": "text/html"}
REFERENCE = "/ijkpunt/"
MEEDOEN = [sys.executable, "-m", "meedoen.config.cli"]


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="meedoen-bench-") as folder, contextlib.ExitStack() as stack:
        os.environ.update(MEEDOEN_DATA=folder, MEEDOEN_BENCH="yes", MEEDOEN_LOG_LEVEL="ERROR", PORT=str(free_port()))
        os.environ.pop("DATABASE_URL", None)
        tell(kind="machine", **machine())
        parts = os.environ.get("BENCH_PARTS", "pages,library,meetings,mail,forum,words,coupling,search,letters").split(
            ","
        )
        if "search" in parts:
            import bench_search

            bench_search.measure()
        if "replica" in parts:
            import bench_replica

            bench_replica.measure()
        if "shared" in parts:
            import bench_shared

            bench_shared.measure()
        if not set(parts) - {"search", "replica", "shared"}:
            return
        if parts == ["mail"] and os.environ.get("BENCH_DATABASES") == "postgresql":
            import bench_search
            import services

            os.environ["DATABASE_URL"] = bench_search.with_database(stack.enter_context(services.postgresql()))
        started = time.perf_counter()
        subprocess.run([*MEEDOEN, "prepare"], check=True)
        tell(kind="prepare", seconds=round(time.perf_counter() - started, 2))
        pages = addresses()
        if "words" in parts:
            import bench_words

            bench_words.measure()
        if "pages" in parts:
            measure_pages(pages)
        if "library" in parts:
            import bench_library

            bench_library.measure()
        if "meetings" in parts:
            import bench_meetings

            bench_meetings.measure()
        if "mail" in parts:
            import bench_mail

            bench_mail.measure()
        if "coupling" in parts:
            import bench_coupling

            bench_coupling.measure()
        if "forum" in parts:
            import bench_forum

            sizes = [int(size) for size in os.environ.get("BENCH_TOPICS", "").split(",") if size]
            bench_forum.measure(*([tuple(sizes)] if sizes else []))
        if "letters" in parts:
            import bench_letters

            bench_letters.measure()


def measure_pages(pages: dict[str, str]) -> None:
    """All but the forum."""
    queries = count_queries(pages)
    signed_in(pages["article, 50 reactions"])
    plainer_words()
    language_level()
    for mode, kept_bytes in (("warm", None), ("cold", "0")):
        if kept_bytes is not None:
            os.environ["MEEDOEN_KEPT_PAGES_BYTES"] = kept_bytes
        with server() as group:
            for name, path in pages.items():
                measure(name, path, mode, group, queries[name])
    os.environ.pop("MEEDOEN_KEPT_PAGES_BYTES", None)
    with server() as group:
        tell(kind="memory", mb=round(memory_mb(group), 1))
        first_text(pages)


def addresses() -> dict[str, str]:
    """The pages to measure: the reference, and one of each kind, found in the content itself."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meedoen.config.settings")
    django.setup()
    from django.urls import reverse

    from meedoen.library.models import Article
    from meedoen.municipalities import views as municipality_views  # noqa: F401  the map's address comes from the page

    article = Article.objects.order_by("pk").first()
    pages = {
        "home": reverse("home:start"),
        "news list": reverse("library:news"),
        "article": reverse("library:article", args=[article.slug]),
        "article, 50 reactions": talked_about(),
        "municipality list": reverse("municipalities:list"),
        "municipality": reverse("municipalities:municipality", args=["west-betuwe"]),
        "municipalities like one": reverse("municipalities:alike", args=["noordenveld"]),
        "manifest": reverse("municipalities:manifest"),
    }
    from django.test import Client

    body = Client(SERVER_NAME="localhost").get(pages["municipality list"]).content.decode()
    found = re.search(r'src="(/gemeenten/kaart/[^"]+)"', body)
    if found:
        pages["map"] = found[1]
    return pages


def talked_about() -> str:
    """The address of an article below which fifty people reacted."""
    from meedoen.conversation.models import Contribution, Thread
    from meedoen.kernel import clock
    from meedoen.library.models import Article
    from meedoen.people.models import Address, Person

    now = clock.now()
    article = Article.objects.order_by("-pk").first()
    url = article.get_absolute_url()
    thread = Thread.objects.about("article", str(article.pk), title=article.title, url=url, now=now)
    for number in range(1, REACTIONS + 1):
        address = Address.objects.of(f"bench-{number}@voorbeeld.example")
        person = Person.objects.create(address=address, name=f"Naam {number}", joined_at=now)
        Contribution.objects.create(
            thread=thread, person=person, text=REACTION, number=number, state="shown", created_at=now, shown_at=now
        )
    return url


def count_queries(pages: dict[str, str]) -> dict[str, dict[str, int]]:
    """How many queries each page asks, cold and warm."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from meedoen.pages.kept import store

    client = Client(SERVER_NAME="localhost")
    counts = {}
    for name, path in pages.items():
        client.get(path)
        store.clear()
        with CaptureQueriesContext(connection) as cold:
            client.get(path)
        with CaptureQueriesContext(connection) as warm:
            client.get(path)
        counts[name] = {"cold": len(cold), "warm": len(warm)}
    connection.close()
    return counts


def signed_in(path: str) -> None:
    """The CPU of an article page with twenty reactions for somebody signed in, beside a minimal view of the same data.

    The minimal view reads session, person, article and reactions, and fills one flat template, behind Django's
    session and authentication alone. Both run in this process, in turns; the figure is the median of the rounds.
    """
    from django.test import Client

    from meedoen.kernel import clock
    from meedoen.people.models import Address, Person

    now = clock.now()
    address = Address.objects.of("signed-in@voorbeeld.example")
    Person.objects.create(address=address, name="Ans", joined_at=now)
    ours = Client(SERVER_NAME="localhost")
    ours.force_login(address)
    figures: dict[str, list[float]] = {"ours": [], "minimal": []}
    for _round in range(ROUNDS):
        figures["ours"].append(cpu_of(ours, path))
        with minimal_client(address) as theirs:
            figures["minimal"].append(cpu_of(theirs, path))
    medians = {name: statistics.median(values) for name, values in figures.items()}
    tell(
        kind="signed in",
        page="article, 50 reactions",
        cpu_ms=round(medians["ours"], 2),
        minimal_cpu_ms=round(medians["minimal"], 2),
        ratio=round(medians["ours"] / medians["minimal"], 3),
    )


def plainer_words() -> None:
    """The ms in which somebody's 1,000 words are read for hints, marks of layout and all; first time and after."""
    from meedoen.conversation.acts import hints

    corpus = Path(__file__).parents[1] / "tests" / "language" / "data" / "hints.txt"
    officers = [part for part in corpus.read_text(encoding="utf-8").split("\n=== ") if part.startswith("officer")]
    texts = [part.partition("\n")[2].partition("\n=> ")[0] for part in officers]
    words = re.findall(r"\S+\s*", "\n\n".join(texts))
    thousand = "".join((words * 2)[:1000])
    took = []
    for _ in range(ROUNDS * REQUESTS):
        before = time.process_time()
        hints({"text": thousand})
        took.append((time.process_time() - before) * 1000)
    tell(kind="hints", words=1000, first_ms=round(took[0], 2), median_ms=round(statistics.median(took), 2))


def language_level() -> None:
    """The ms for what an editor sees beside 1,000 words: level, hard and rare words, tangled sentences; the checks too."""
    from meedoen.language.checking import Draft, check
    from meedoen.language.meter import measure

    corpus = Path(__file__).parents[1] / "tests" / "language" / "data" / "levels"
    words = re.findall(r"\S+\s*", "\n\n".join((corpus / f"{level}.txt").read_text() for level in ("b1", "c1")))
    thousand = "".join(words[:500] + words[-500:])
    for kind, read in (("meter", measure), ("checks", lambda text: check(Draft("Titel", "Zin.", text)))):
        took = []
        for _ in range(ROUNDS * REQUESTS):
            before = time.process_time()
            read(thousand)
            took.append((time.process_time() - before) * 1000)
        tell(kind=kind, words=1000, first_ms=round(took[0], 2), median_ms=round(statistics.median(took), 2))


@contextlib.contextmanager
def minimal_client(address: object) -> Iterator[object]:
    """Somebody signed in who asks the minimal views, behind Django's session and authentication alone."""
    from django.test import Client, override_settings

    middleware = [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ]
    with override_settings(ROOT_URLCONF="minimal", MIDDLEWARE=middleware):
        client = Client(SERVER_NAME="localhost")
        client.force_login(address)
        yield client


def cpu_of(client: object, path: str, *, is_cold: bool = False) -> float:
    """The processor's ms for one request, over a handful after the first; ``is_cold``: with nothing kept each time."""
    from meedoen.pages.kept import store

    client.get(path)  # type: ignore[attr-defined]
    before = time.process_time()
    for _ in range(REQUESTS):
        if is_cold:
            store.clear()
        if client.get(path).status_code != 200:  # type: ignore[attr-defined]
            raise SystemExit(f"{path}: no page")
    return (time.process_time() - before) * 1000 / REQUESTS


def measure(name: str, path: str, mode: str, group: int, queries: dict[str, int]) -> None:
    body, status = fetch(path)
    if status != 200:
        raise SystemExit(f"{path} answers {status}")
    reference = load(REFERENCE, group)
    figures = load(path, group)
    tell(
        kind="page",
        page=name,
        mode=mode,
        path=path,
        ratio=round(figures["requests_per_s"] / reference["requests_per_s"], 3),
        **figures,
        reference_requests_per_s=reference["requests_per_s"],
        reference_cpu_ms=reference["cpu_ms"],
        queries=queries[mode],
        bytes=len(body),
    )


def load(path: str, group: int) -> dict[str, float]:
    """Requests per second, p50 and p99 in ms, and the server's CPU ms a request, under a bounded load."""
    fetch(path)
    before = cpu_seconds(group)
    figures = with_wrk(path) if shutil.which("wrk") else with_python(path)
    figures["cpu_ms"] = round((cpu_seconds(group) - before) * 1000 / figures.pop("requests"), 3)
    return figures


def with_wrk(path: str) -> dict[str, float]:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency"]
    for name, value in HEADERS.items():
        command += ["-H", f"{name}: {value}"]
    text = subprocess.run(
        [*command, f"http://127.0.0.1:{os.environ['PORT']}{path}"], check=True, capture_output=True, text=True
    ).stdout
    if "Non-2xx" in text:
        raise SystemExit(f"{path}: {text}")
    return {
        "client": "wrk",
        "requests": int(re.search(r"(\d+) requests in", text)[1]),
        "requests_per_s": float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]),
        "p50_ms": milliseconds(re.search(r"^\s+50%\s+(\S+)\s*$", text, re.MULTILINE)[1]),
        "p99_ms": milliseconds(re.search(r"^\s+99%\s+(\S+)\s*$", text, re.MULTILINE)[1]),
    }


def with_python(path: str) -> dict[str, float]:
    times: list[float] = []
    end = time.perf_counter() + SECONDS

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", int(os.environ["PORT"]))
        while time.perf_counter() < end:
            started = time.perf_counter()
            connection.request("GET", path, headers=HEADERS)
            response = connection.getresponse()
            response.read()
            if response.status != 200:
                raise SystemExit(f"{path} answers {response.status}")
            times.append((time.perf_counter() - started) * 1000)

    threads = [threading.Thread(target=client) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    hundredths = statistics.quantiles(times, n=100)
    return {
        "client": "python",
        "requests": len(times),
        "requests_per_s": round(len(times) / SECONDS, 1),
        "p50_ms": round(hundredths[49], 2),
        "p99_ms": round(hundredths[98], 2),
    }


def first_text(pages: dict[str, str]) -> None:
    """When the first text stands on a slow-4G line with a slow processor, and what came over the line."""
    chromium = next(
        (
            path
            for path in map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"))
            if path
        ),
        None,
    )
    if not chromium:
        tell(kind="first text", skipped="no Chromium here; make test installs it")
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name in ("home", "article", "municipality list"):
            page = browser.new_context(viewport={"width": 360, "height": 800}).new_page()
            cdp = page.context.new_cdp_session(page)
            cdp.send("Network.enable")
            received: dict[str, int] = {}
            cdp.on(
                "Network.loadingFinished",
                lambda event, to=received: to.update({event["requestId"]: event["encodedDataLength"]}),
            )
            cdp.send(
                "Network.emulateNetworkConditions",
                {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8},
            )
            cdp.send("Emulation.setCPUThrottlingRate", {"rate": 4})
            page.goto(f"http://localhost:{os.environ['PORT']}{pages[name]}", wait_until="load")
            page.wait_for_timeout(500)
            paint = page.evaluate(
                "() => performance.getEntriesByName('first-contentful-paint').map(entry => entry.startTime)[0]"
            )
            tell(
                kind="first text",
                page=name,
                profile="slow 4G (1.6 Mbit/s, 150 ms), processor 4 times slower",
                ms=round(paint or -1),
                requests=len(received),
                bytes=sum(received.values()),
            )
            page.context.close()
        browser.close()


@contextlib.contextmanager
def server() -> Iterator[int]:
    """The real server in a process group of its own; gives the group's number."""
    process = subprocess.Popen([*MEEDOEN, "serve"], start_new_session=True)
    try:
        for _ in range(400):
            with contextlib.suppress(OSError):
                if fetch("/healthz")[1] == 200:
                    break
            time.sleep(0.05)
        else:
            raise SystemExit("the server does not answer")
        yield process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(10)


def fetch(path: str) -> tuple[bytes, int]:
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ["PORT"]), timeout=10)
    connection.request("GET", path, headers=HEADERS)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return body, response.status


def members(group: int) -> list[Path]:
    """The processes of a group, as their folders under /proc."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if int((folder / "stat").read_text().rpartition(")")[2].split()[2]) == group:
                found.append(folder)
    return found


def cpu_seconds(group: int) -> float:
    ticks = 0
    for folder in members(group):
        with contextlib.suppress(OSError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def memory_mb(group: int) -> float:
    """Resident memory of a group, shared pages counted once for each process."""
    kilobytes = 0
    for folder in members(group):
        with contextlib.suppress(OSError):
            kilobytes += int(re.search(r"VmRSS:\s+(\d+)", (folder / "status").read_text())[1])
    return kilobytes / 1024


def milliseconds(text: str) -> float:
    value, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", text).groups()
    return round(float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit], 2)


def machine() -> dict[str, object]:
    name = platform.processor() or platform.machine()
    with contextlib.suppress(OSError):
        found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
        name = found[1] if found else name
    return {
        "processor": name,
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": platform.system(),
    }


def tell(**figures: object) -> None:
    print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main()

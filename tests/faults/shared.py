"""The Valkey that servers share dies, hangs, fills up and wants another password, while people read and write."""

import contextlib
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from redis import Redis
from tests.faults.databases import database, services
from tests.faults.guest import Readers, react, saw
from tests.faults.site import Site
from tests.faults.telling import Report

AWAY_SECONDS = 15
WRITERS = 4  # who send something in each of these times, and in the time after it
FULL_BYTES = "1"


@contextlib.contextmanager
def killed(valkey: "services.Valkey") -> Iterator[None]:
    """It dies, and comes back with nothing in it."""
    valkey.kill()
    yield
    valkey.start()


@contextlib.contextmanager
def full(valkey: "services.Valkey") -> Iterator[None]:
    """It takes nothing more, and has what it had."""
    line = Redis.from_url(valkey.url)
    before = line.config_get("maxmemory")["maxmemory"]
    line.config_set("maxmemory-policy", "noeviction")
    line.config_set("maxmemory", FULL_BYTES)
    yield
    line.config_set("maxmemory", before)
    line.config_set("maxmemory-policy", "allkeys-lru")


@contextlib.contextmanager
def locked(valkey: "services.Valkey") -> Iterator[None]:
    """Somebody gives it another password, and cuts who is in."""
    line = Redis.from_url(valkey.url)
    line.config_set("requirepass", "een ander")
    line.client_kill_filter(_type="normal", skipme=True)
    yield
    line.config_set("requirepass", "")


@contextlib.contextmanager
def flickers(valkey: "services.Valkey") -> Iterator[None]:
    """It dies and comes back each second."""
    ended = threading.Event()

    def flicker() -> None:
        while not ended.wait(1):
            valkey.kill()
            if ended.wait(1):
                break
            valkey.start()

    flickering = threading.Thread(target=flicker)
    flickering.start()
    yield
    ended.set()
    flickering.join()
    if not valkey.process:
        valkey.start()


WAYS = {
    "there": lambda _valkey: contextlib.nullcontext(),
    "killed": killed,
    "hangs": lambda valkey: valkey.hanging(),
    "full": full,
    "another password": locked,
    "flickers": flickers,
}


def shared(folder: Path, url: str) -> Report:
    """Each of these, one after the other, with time to come back in between."""
    report = Report(f"what servers share is away, on {'PostgreSQL' if url else 'SQLite'}")
    with services.valkey() as valkey, Site(folder, url=url, MEEDOEN_VALKEY_URL=valkey.url, MEEDOEN_WORKERS="2") as site:
        report.ready(site)
        site.start("serve")
        said: list[str] = []
        for way, holding in WAYS.items():
            shown = []
            with ThreadPoolExecutor(WRITERS) as people:
                for when in ("during", "after"):
                    with Readers(site) as readers, holding(valkey) if when == "during" else contextlib.nullcontext():
                        marks = [f"{way} {when} {number}" for number in range(WRITERS)]
                        answers = [each.result() for each in [people.submit(react, site, mark) for mark in marks]]
                        time.sleep(AWAY_SECONDS)
                    said += [words for _answer, words in answers]
                    shown += [saw(*each) for each in answers]
                    report.add(**{f"{way}, readers {when}": readers.figures()})
                    report.expect(set(readers.seen.statuses) == {200}, f"{way}, {when}: {readers.seen.figures()}")
            report.add(**{f"{way}, writers": sorted(each["seconds"] for each in shown)})
            for each in shown:
                report.expect(each["status"] == 302, f"{way}: somebody saw {each}")
        lines = Path(folder, "site.log").read_text(errors="replace")
        report.add(told={word: lines.count(word) for word in ("valkey.away", "valkey.back", "valkey.refused")})
        report.expect("Traceback" not in lines, "something went wrong, and stands in the log")
        _once(report, said)
    return report


def _once(report: Report, said: list[str]) -> None:
    """What somebody was told is kept, is there once."""
    from django.db import connections

    from meedoen.people.models import PendingAct

    connections.close_all()
    texts = [act.payload.get("text", "") for act in PendingAct.objects.all()]
    report.add(kept=len(said))
    for words in said:
        report.expect(texts.count(words) == 1, f"{words.splitlines()[0]} is there {texts.count(words)} times")


if __name__ == "__main__":
    with database(sys.argv[2]) as url:
        sys.exit(shared(Path(sys.argv[1]), url).tell())

"""The database is held by somebody else for a minute, or takes no more lines: what people see, and what is left."""

import contextlib
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from make.ports import free_port
from tests.faults.browser import Answer
from tests.faults.databases import database
from tests.faults.guest import Readers, mails, react, saw
from tests.faults.mailserver import MailServer
from tests.faults.site import Site
from tests.faults.telling import Report, settled

HELD_SECONDS = 60
WRITERS = 8  # who send something while it is held, each some seconds after the one before
TABLE = "people_pendingact"


@contextlib.contextmanager
def sqlite_held(site: Site) -> Iterator[None]:
    """Another process has SQLite's lock for writing, as a tool for looking into databases may."""
    line = sqlite3.connect(site.folder / "meedoen.sqlite3", isolation_level=None)
    line.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        line.execute("ROLLBACK")
        line.close()


@contextlib.contextmanager
def postgresql_held(site: Site) -> Iterator[None]:
    """Somebody locks the table that each writer needs."""
    import psycopg

    with psycopg.connect(site.url) as line:
        line.execute(f"LOCK TABLE {TABLE} IN ACCESS EXCLUSIVE MODE")
        yield
        line.rollback()


@contextlib.contextmanager
def postgresql_full(site: Site) -> Iterator[None]:
    """Somebody else has all lines that the server gives; those of the site are cut, and taken too."""
    import psycopg

    released = threading.Event()

    def take_all() -> None:
        with contextlib.ExitStack() as taken:
            cutting = taken.enter_context(psycopg.connect(site.url, autocommit=True, application_name="taken"))
            while not released.is_set():
                cutting.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE backend_type = 'client backend' AND application_name != 'taken'"
                )
                with contextlib.suppress(psycopg.OperationalError):
                    while not released.is_set():
                        taken.enter_context(psycopg.connect(site.url, application_name="taken"))

    taking = threading.Thread(target=take_all)
    taking.start()
    time.sleep(2)
    try:
        yield
    finally:
        released.set()
        taking.join()


WAYS = {"locked": (sqlite_held, postgresql_held), "no lines left": (None, postgresql_full)}


def held(folder: Path, url: str, way: str) -> Report:
    """Hold it for a minute."""
    report = Report(f"{way} for {HELD_SECONDS} s, on {'PostgreSQL' if url else 'SQLite'}")
    mail = MailServer(free_port())
    holding = WAYS[way][1 if url else 0]
    assert holding
    with Site(folder, url=url, smtp=mail.port) as site:
        report.ready(site)
        mail.open()
        site.start()
        answers: list[tuple[Answer, str]] = []
        with Readers(site) as readers, ThreadPoolExecutor(WRITERS) as people:
            with holding(site):
                began = time.monotonic()
                came: list[str] = []
                carrier = threading.Thread(target=lambda: came.append(mails(site, "terwijl hij vast zat")))
                carrier.start()
                sent = []
                for number in range(WRITERS):
                    sent.append(people.submit(react, site, f"terwijl hij vast zat {number}", timeout=120))
                    time.sleep(HELD_SECONDS / WRITERS / 2)
                time.sleep(max(0, HELD_SECONDS - (time.monotonic() - began)))
            answers = [each.result() for each in sent]
            carrier.join(60)
        shown = [saw(*each) for each in answers]
        report.add(writers=shown, mail_in=came, readers=readers.figures())
        for each in shown:
            is_kind = each["status"] == 302 or (each["status"] == 503 and each["words_on_page"])
            report.expect(is_kind, f"somebody saw {each}")
        report.expect(set(readers.seen.statuses) <= ({200} if way == "locked" else {200, 503}), "reading did not go on")
        began = time.monotonic()
        report.expect(settled(lambda: react(site, "daarna")[0].status == 302, seconds=30), "is not well again")
        report.add(well_again_s=round(time.monotonic() - began, 1))
        _once(report, answers)
        mail.close()
    return report


def _once(report: Report, answers: list[tuple[Answer, str]]) -> None:
    """Who was told that it is kept, has it once; who was told that it is not, has it not."""
    from django.db import connections

    from meedoen.people.models import PendingAct

    connections.close_all()
    texts = [act.payload.get("text", "") for act in PendingAct.objects.all()]
    for answer, words in answers:
        wanted = 1 if answer.status == 302 else 0
        report.expect(texts.count(words) == wanted, f"told {answer.status}, there {texts.count(words)} times")


if __name__ == "__main__":
    with database(sys.argv[2]) as url:
        sys.exit(held(Path(sys.argv[1]), url, sys.argv[3]).tell())

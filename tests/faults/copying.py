"""The database's files are copied at a random moment, while people write: the copy opens whole, or is refused."""

import random
import shutil
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from make.ports import free_port
from tests.faults.mailserver import MailServer
from tests.faults.site import Site
from tests.faults.telling import Report
from tests.faults.writers import Told, Writers

MEMBERS = 6
PIECE = 256 * 1024  # bytes
SLOW = 0.02  # seconds for each piece: 12 MB a second, a line to another machine
# What one transaction writes in several places, and is in all of them where the database is of one moment.
HALVES = """
    SELECT 'thread ' || t.id FROM conversation_thread t JOIN conversation_contribution c ON c.thread_id = t.id
    GROUP BY t.id HAVING t.last_number != MAX(c.number) OR t.shown_count != SUM(c.state = 'shown')
    UNION ALL
    SELECT 'contribution ' || c.id FROM conversation_contribution c WHERE c.state = 'shown' AND NOT EXISTS
        (SELECT 1 FROM activity_happening h WHERE h.mark = 'contribution-' || c.id)
        AND NOT (c.number = 1 AND EXISTS (SELECT 1 FROM forum_topic f WHERE f.thread_id = c.thread_id))
"""


def quick(source: Path, target: Path) -> None:
    """As ``cp`` does."""
    shutil.copyfile(source, target)


def slow(source: Path, target: Path) -> None:
    """As a copy to another machine does."""
    with source.open("rb") as read, target.open("wb") as write:
        while piece := read.read(PIECE):
            write.write(piece)
            time.sleep(SLOW)


def copies(folder: Path, count: int) -> Report:
    """Copy so many times in each way; what became of the copies."""
    report = Report(f"{count} copies in each way of files in use, on SQLite")
    mail = MailServer(free_port())
    with Site(folder, smtp=mail.port) as site:
        sessions = report.ready(site, MEMBERS)
        mail.open()
        site.start()
        writers = Writers(site, mail, sessions, pause=0)
        people = writers.start()
        time.sleep(2)
        ways: dict[str, tuple[Callable[[Path, Path], None], tuple[str, ...]]] = {
            "cp: database, then journal": (quick, ("", "-wal")),
            "cp: journal, then database": (quick, ("-wal", "")),
            "slowly: database, then journal": (slow, ("", "-wal")),
            "slowly: journal, then database": (slow, ("-wal", "")),
            "slowly: database without its journal": (slow, ("",)),
        }
        for name, (how, parts) in ways.items():
            found: Counter[str] = Counter()
            for _ in range(count):
                found[_one(site, writers.told, how, parts)] += 1
            report.add(**{name: dict(found)})
            report.expect(not found["wrong, and nobody says so"], f"{name}: opens and is wrong")
        writers.stop.set()
        for each in people:
            each.join(30)
        report.add(told=writers.told.figures(), bytes=(folder / "meedoen.sqlite3").stat().st_size)
        mail.close()
    return report


def _one(site: Site, told: Told, how: Callable[[Path, Path], None], parts: tuple[str, ...]) -> str:
    time.sleep(random.random())
    folder = site.folder / "copy"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    before = set(told.placed)
    for part in parts:
        source = site.folder / f"meedoen.sqlite3{part}"
        if source.exists():
            how(source, folder / source.name)
    return verdict(folder / "meedoen.sqlite3", before)


def verdict(copy: Path, before: set[str]) -> str:
    """What a copy is: refused by our own look at a database, whole, whole but older, or silently wrong."""
    from meedoen.keeping import snapshot

    try:
        snapshot.check(copy)
        with closing(sqlite3.connect(copy)) as database:
            halves = database.execute(HALVES).fetchall()
            there = {row[0] for row in database.execute("SELECT text FROM conversation_contribution")}
    except (snapshot.CannotCopy, sqlite3.DatabaseError):
        return "refused"
    if halves:
        return "wrong, and nobody says so"
    return "opens, whole" if before <= there else "opens, of an earlier moment"


if __name__ == "__main__":
    sys.exit(copies(Path(sys.argv[1]), int(sys.argv[2])).tell())

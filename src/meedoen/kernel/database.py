"""What is so of every database: what tells that it is away, and how many rows it is asked for in one statement."""

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from django.db import InterfaceError, InternalError, OperationalError, connection
from django.db.models import IntegerField, QuerySet, Subquery

Key = TypeVar("Key", int, str)
# What tells that the database is away or held by somebody else, rather than that something of ours is wrong.
AWAY = (OperationalError, InterfaceError)
READ_ONLY = "25006"  # PostgreSQL's word for a write to a server that only follows another
ROWS_AT_ONCE = 300  # in one statement; SQLite takes no more than some thousands of values

JOURNAL_WAIT = 200  # milliseconds that emptying the journal waits for who reads; else the next time does it
JOURNAL_PAUSE = 5  # seconds between two times: emptying waits for the disk, and one does it for hundreds in a row
_journal = {"emptied_at": float("-inf"), "is_due": False}


def is_away(error: BaseException | None) -> bool:
    """Whether it tells that the database is away, held by somebody else, or no longer the one that takes writes.

    A connection to a server that stopped taking writes is closed, so that the next request looks for the one that does.
    """
    if isinstance(error, InternalError) and getattr(error.__cause__, "sqlstate", "") == READ_ONLY:
        if not connection.in_atomic_block:
            connection.close()
        return True
    return isinstance(error, AWAY)


def empty_journal() -> None:
    """Let what was erased go from SQLite's journal too, which else keeps what pages held before; after the commit.

    Right after another time it waits for ``empty_journal_when_due``. PostgreSQL's own journal is for its administrator.
    """
    if connection.vendor != "sqlite":
        return
    _journal["is_due"] = True
    if time.monotonic() - _journal["emptied_at"] >= JOURNAL_PAUSE:
        empty_journal_when_due()


def empty_journal_when_due() -> None:
    """Do now what had to wait, unless others hold the journal; nothing where nothing had to."""
    if not _journal["is_due"] or connection.in_atomic_block:
        return
    with suppress(OperationalError), connection.cursor() as cursor:
        (patience,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {JOURNAL_WAIT}")
        try:
            ((is_held, _pages, _moved),) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience:d}")
        _journal.update(emptied_at=time.monotonic(), is_due=bool(is_held))


def in_parts(ids: Sequence[Key]) -> Iterator[Sequence[Key]]:
    """The ids, or other keys, of rows to find or change, some hundreds at a time.

    For thousands of rows that came in the same transaction: of these PostgreSQL has not yet counted how many there
    are, and asked by a subquery or a join it may compare each with each other one.
    """
    for start in range(0, len(ids), ROWS_AT_ONCE):
        yield ids[start : start + ROWS_AT_ONCE]


class RowCount(Subquery):
    """How many rows a queryset has, as a part of another query: by it one query counts many things."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()

    def __init__(self, counted: "QuerySet[Any]") -> None:
        super().__init__(counted.order_by().values("pk"))

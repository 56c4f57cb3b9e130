"""Whether somebody else has the database open: what is put in its place, or moved away, would be lost on them.

Servers and workers keep it open for as long as they run, so it tells whether the site was stopped.
"""

import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

PATIENCE_SECONDS = 3.0  # in which one that was stopped just now lets go
LOOK_SECONDS = 0.2

WORDS = "the site runs, or something else has its database open: stop server, worker and mail-in first, on each machine"

WORDS_FOR_ANYWAY = f"{WORDS}; or say --anyway when it is not the site, but a pool that it used"

# Monitoring and whoever looks around have roles of their own, and write nothing of ours.
SESSIONS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user"
    " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)


def are_there(using: str = DEFAULT_DB_ALIAS) -> bool:
    """Whether others have the database open. Ours is closed for it, so it is asked outside of a transaction."""
    end = time.monotonic() + PATIENCE_SECONDS
    while found := _is_open_elsewhere(using):
        if time.monotonic() >= end:
            break
        time.sleep(LOOK_SECONDS)
    return found


def keep_open() -> None:
    """Have the database open for as long as this thread lives, of a server whose others come and go with visitors.

    A database that is away is not waited for.
    """
    with suppress(DatabaseError), connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations")


def _is_open_elsewhere(using: str) -> bool:
    connection = connections[using]
    connection.close()
    if connection.vendor == "sqlite":
        return _is_locked(Path(connection.settings_dict["NAME"]).resolve())
    with connection.cursor() as cursor:
        cursor.execute(SESSIONS)
        return bool(cursor.fetchone()[0])


def _is_locked(path: Path) -> bool:
    """Whether SQLite refuses to let us have the file for ourselves; one that is damaged or gone is nobody's."""
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=rw", uri=True, timeout=0, isolation_level=None)) as alone:
            alone.execute("PRAGMA locking_mode=EXCLUSIVE")  # with a journal beside it, this asks that nobody else reads
            alone.execute("BEGIN EXCLUSIVE")
            alone.execute("ROLLBACK")
    except sqlite3.DatabaseError as problem:
        return problem.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    return False

"""Places in which something of people lies in clear for a while: ours alone, and gone also when we were killed.

Who makes a folder holds a lock in it for as long as it, or a process that it started with ``held``, lives. What is
found without its holder was left behind by a process that was killed, and is cleared at the next start of anything of
ours. The database in which a backup is tried on PostgreSQL is held in the same way, by a lock of the server.
"""

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.db import DatabaseError, connection

KINDS = ("copy", "trying", "restore")
HELD, MAKING = ".held", ".scratch-lock"
TRYING = 0x4D656564  # the number of the lock on the server; each database has its own

log = structlog.get_logger(__name__)


class NoPlace(Exception):
    """There is no place beside the site; the text says why and what to do."""


@dataclass(frozen=True)
class Scratch:
    """A folder, and the number of the open file that says that it is in use: for the processes that go on in it."""

    path: Path
    held: int


@contextmanager
def made(kind: str, parent: Path) -> Iterator[Scratch]:
    """A new folder in ``parent``, which nobody else can read; gone at the end."""
    with _alone(parent):
        path = Path(tempfile.mkdtemp(prefix=f".{kind}-", dir=parent))  # with mode 700
        lock = (path / HELD).open("w")
        fcntl.flock(lock, fcntl.LOCK_EX)
    with lock:
        try:
            yield Scratch(path, lock.fileno())
        finally:
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def database(folder: Path) -> Iterator[str]:
    """The address of a new database beside that of the site, in ``folder`` where it is a file; gone at the end.

    Raises ``NoPlace``.
    """
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / 'meedoen.sqlite3'}"
        return
    if not _hold_trying():
        raise NoPlace("another is being tried at this moment")
    try:
        try:
            _drop_trying()
            _execute(f"CREATE DATABASE {connection.ops.quote_name(_trying())} TEMPLATE template0")
        except DatabaseError as problem:
            raise NoPlace(
                f"our role may not make a database beside the site ({str(problem).strip()});"
                " say ALTER ROLE … CREATEDB in psql"
            ) from problem
        try:
            yield urlsplit(settings.DATABASE_URL)._replace(path=f"/{_trying()}").geturl()
        finally:
            _drop_trying()
    finally:
        _execute("SELECT pg_advisory_unlock(%s)", TRYING)


def clear() -> list[str]:
    """Delete what killed processes left in each of our places; the names of what that was."""
    gone = []
    for parent in places():
        with _alone(parent):
            for path in _found(parent):
                if not _is_held(path):
                    shutil.rmtree(path)
                    gone.append(path.name)
    if connection.vendor == "postgresql" and _is_trying() and _hold_trying():
        try:
            _drop_trying()
            gone.append(_trying())
        finally:
            _execute("SELECT pg_advisory_unlock(%s)", TRYING)
    for name in gone:
        log.warning("keeping.cleared", name=name)
    return gone


def places() -> list[Path]:
    """Where such folders are made: where backups come, in the data folder, and beside the database."""
    found = [settings.BACKUPS, settings.DATA]
    if connection.vendor == "sqlite":
        found.append(Path(connection.settings_dict["NAME"]).resolve().parent)
    return [path for path in dict.fromkeys(found) if path.is_dir()]


def _found(parent: Path) -> list[Path]:
    return sorted(path for kind in KINDS for path in parent.glob(f".{kind}-*") if path.is_dir())


def _is_held(path: Path) -> bool:
    try:
        with (path / HELD).open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False  # killed before it was held, or while it was cleared
    except BlockingIOError:
        return True
    return False


@contextmanager
def _alone(parent: Path) -> Iterator[None]:
    """While one is made or looked at nobody else makes or clears any there."""
    with (parent / MAKING).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _trying() -> str:
    return f"{connection.settings_dict['NAME']}_trying"


def _is_trying() -> bool:
    return bool(_execute("SELECT 1 FROM pg_database WHERE datname = %s", _trying()))


def _hold_trying() -> bool:
    return _execute("SELECT pg_try_advisory_lock(%s)", TRYING) == [(True,)]


def _drop_trying() -> None:
    _execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(_trying())} WITH (FORCE)")


def _execute(statement: str, *values: str | int) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return list(cursor.fetchall()) if cursor.description else []

"""Who writes next on SQLite, of which one can write at a time: those behind whom somebody waits go before the worker.

Whoever finds the lock held looks again after at most a tenth of a second. A worker that writes in a row has taken it
anew by then, each time, and a page waits for seconds. So who waits to write says so meanwhile, by a shared lock on a
file beside the database, and the worker begins no transaction while somebody holds that (ADR-0074). PostgreSQL needs
none of it.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.db import connection

LOOK_SECONDS = 0.005  # between two looks whether somebody still waits
# That the worker holds back in all before it takes its turn too: many times the nap of who waits, which is 0.1 s.
PATIENCE_SECONDS = 1.0
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


@contextmanager
def announced() -> Iterator[None]:
    """Meanwhile, who waits to write here goes before the worker."""
    with connection.execute_wrapper(_announce):
        yield


@contextmanager
def giving_way() -> Iterator[None]:
    """Meanwhile, what is written here is written after others who wait for it; for the worker."""
    with connection.execute_wrapper(_give_way):
        yield


def begins_to_write(sql: str) -> bool:
    """Whether a statement takes SQLite's one lock: a transaction, or a change outside of one."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return False
    return sql.startswith(("BEGIN", *WRITES))


@contextmanager
def waiting() -> Iterator[None]:
    """Somebody waits to write, as long as this lasts."""
    with _file() as file:
        if file is not None:
            fcntl.flock(file, fcntl.LOCK_SH)
        yield


def somebody_waits() -> bool:
    """Whether anybody in any process waits to write now."""
    with _file() as file:
        if file is None:
            return False
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def _announce(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    if not begins_to_write(sql):
        return execute(sql, params, many, context)
    with waiting():
        return execute(sql, params, many, context)


def _give_way(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    if begins_to_write(sql):
        until = time.monotonic() + PATIENCE_SECONDS
        while somebody_waits() and time.monotonic() < until:
            time.sleep(LOOK_SECONDS)
    return execute(sql, params, many, context)


@contextmanager
def _file() -> Iterator[int | None]:
    """The file beside the database, opened by itself so that each has a lock of their own; none where there can be none."""
    name = str(connection.settings_dict["NAME"])
    file = None
    if not name.startswith((":memory:", "file:")):
        with suppress(OSError):  # a disk that takes nothing: what is written next says so
            file = os.open(f"{name}.turns", os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o640)
    try:
        yield file
    finally:
        if file is not None:
            os.close(file)  # which lets go of the lock

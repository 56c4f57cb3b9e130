"""A copy of the database at one moment while it is in use, and putting such a copy in its place; on both databases.

SQLite copies itself through its backup interface; PostgreSQL through pg_dump in a snapshot that we hold meanwhile.
"""

import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO

from django.db import DatabaseError, connection, connections

from . import others, room, rules, scratch

Ask = Callable[[str], list[tuple[Any, ...]]]

# A comment on a table that each version has, so that a mark is there with the rows at once and counts as none of them.
MARK = "COMMENT ON TABLE public.django_migrations IS"
MARKED = "SELECT obj_description(to_regclass('public.django_migrations'), 'pg_class')"


class CannotCopy(Exception):
    """The database cannot be copied or put back; the text says why, in one line."""


@dataclass(frozen=True)
class Copy:
    """The copy as an open file, and a way to ask what is in it."""

    file: BinaryIO
    ask: Ask


@contextmanager
def taken(folder: Path) -> Iterator[Copy]:
    """A copy of the database, which can be asked questions until the block ends.

    It lies on the disk of ``folder`` and, once it is whole, under no name: killed, nothing of it is left.
    """
    with _sqlite_taken(folder) if connection.vendor == "sqlite" else _postgresql_taken(folder) as copy:
        yield copy


def check(path: Path, *, quickly: bool = False) -> None:
    """Look through a copy before anything is put in its place. Raises ``CannotCopy``.

    ``quickly``: whether each page and row is whole, and not whether each index tells the same; a tenth of the time.
    """
    if connection.vendor == "sqlite":
        try:
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as copy:
                said = copy.execute(f"PRAGMA {'quick_check' if quickly else 'integrity_check'}").fetchall()
                loose = copy.execute("PRAGMA foreign_key_check").fetchall()
        except sqlite3.DatabaseError as problem:
            raise CannotCopy(f"its database is damaged ({problem})") from problem
        if said != [("ok",)] or loose:
            raise CannotCopy(f"its database is damaged ({said[0][0] if said != [('ok',)] else 'rows point nowhere'})")
    else:
        _run("pg_restore", "--list", str(path))


def tables() -> list[str]:
    """The tables of the database that is in use now; none when it is empty or not there yet."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return []
    return connection.introspection.table_names()


def put(path: Path, *, over: bool, mark: str, anyway: bool = False) -> None:
    """Put a copy in the place of the database; all of it or nothing. Raises ``CannotCopy``, ``NoRoom``.

    Nobody else may use the database meanwhile, which is found out unless ``anyway``. ``over``: what stands there goes.
    ``mark`` stands in it on a server, where other machines see it too, until ``unmark``.
    """
    if not anyway and others.are_there():
        raise CannotCopy(others.WORDS)
    connections.close_all()
    if connection.vendor == "sqlite":
        _sqlite_put(path)
        return
    room.must_have(path.parent, rules.script_of(path.stat().st_size))
    script = path.with_suffix(".sql")
    _run("pg_restore", "--no-owner", "--no-privileges", "--file", str(script), str(path))
    clear = ["--command", "DROP SCHEMA public CASCADE", "--command", "CREATE SCHEMA public"] if over else []
    _run("psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set", "ON_ERROR_STOP=1", *clear,
         "--output", os.devnull, "--file", str(script), "--command", f"{MARK} '{mark}'")  # fmt: skip
    script.unlink()


def mark() -> str:
    """What ``put`` wrote in the database of a server; empty when there is nothing, or no answer."""
    if connection.vendor == "sqlite":
        return ""  # one machine has it, and the data folder tells
    try:
        return ask_database(MARKED)[0][0] or ""
    except DatabaseError:
        return ""


def unmark() -> None:
    """Take it away."""
    if mark():
        with connection.cursor() as cursor:
            cursor.execute(f"{MARK} NULL")


def counts(ask: Ask) -> dict[str, int]:
    """How many rows each table has."""
    quote = connection.ops.quote_name
    return {table: ask(f"SELECT count(*) FROM {quote(table)}")[0][0] for table in _tables(ask)}  # noqa: S608


def ask_database(question: str) -> list[tuple[Any, ...]]:
    """What the database that is in use now answers."""
    with connection.cursor() as cursor:
        cursor.execute(question)
        return list(cursor.fetchall())


def _tables(ask: Ask) -> list[str]:
    if connection.vendor == "sqlite":
        question = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    else:
        question = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    return sorted(row[0] for row in ask(question) if not row[0].startswith("sqlite_"))


@contextmanager
def _sqlite_taken(folder: Path) -> Iterator[Copy]:
    path = folder / "copy"
    path.touch(mode=0o600)
    name = Path(connection.settings_dict["NAME"]).resolve()
    with closing(sqlite3.connect(path)) as copy:
        with closing(sqlite3.connect(f"file:{name}?mode=rw", uri=True)) as original:
            original.backup(copy)  # in one step: others go on writing, and the copy is of one moment
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
        with path.open("rb") as file:
            path.unlink()
            yield Copy(file, lambda question: copy.execute(question).fetchall())


def _sqlite_put(path: Path) -> None:
    name = Path(connection.settings_dict["NAME"]).resolve()
    name.parent.mkdir(parents=True, exist_ok=True)
    with scratch.made("restore", name.parent) as beside:  # on the same disk, so that it comes in one step
        shutil.move(path, beside.path / name.name)
        for old in ("-wal", "-shm", "-journal"):
            name.with_name(name.name + old).unlink(missing_ok=True)
        (beside.path / name.name).replace(name)


@contextmanager
def _postgresql_taken(folder: Path) -> Iterator[Copy]:
    held = connection.copy()
    try:
        with held.cursor() as cursor, tempfile.TemporaryFile(dir=folder) as file:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}",
                 output=file)  # fmt: skip

            def ask(question: str) -> list[tuple[Any, ...]]:
                cursor.execute(question)
                return list(cursor.fetchall())

            yield Copy(file, ask)
    finally:
        held.close()


def _run(program: str, *arguments: str, output: IO[bytes] | int = subprocess.DEVNULL) -> None:
    """Run a program of PostgreSQL's on our database; the password goes through the environment, for nobody to see."""
    said = subprocess.run(
        [_program(program), *arguments],
        env=_environment(), stdout=output, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    if said.returncode:
        lines = said.stderr.strip().splitlines() or ["no reason given"]
        faults = [line for line in lines if "error:" in line.lower()]  # before it may stand what it only notices
        raise CannotCopy(f"{program} failed: {[*faults, *lines][0]}")


def _program(name: str) -> str:
    """Where the program is: on the path, or where Debian keeps it."""
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = shutil.which(name) or next((str(path) for path in reversed(places)), None)
    if found is None:
        raise CannotCopy(f"{name} is missing: install PostgreSQL's programs (Debian: apt install postgresql-client)")
    return found


def _environment() -> dict[str, str]:
    ours = connection.settings_dict
    named = {
        "PGDATABASE": ours["NAME"],
        "PGUSER": ours["USER"],
        "PGPASSWORD": ours["PASSWORD"],
        "PGHOST": ours["HOST"],
        "PGPORT": str(ours["PORT"] or ""),
    }
    options = {
        f"PG{name.upper()}": str(value)
        for name, value in ours.get("OPTIONS", {}).items()
        if re.fullmatch(r"ssl[a-z]+", name)
    }
    return {**os.environ, "PGTZ": "UTC", **{name: value for name, value in {**named, **options}.items() if value}}

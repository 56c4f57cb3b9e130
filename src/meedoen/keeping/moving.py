"""Moving a site from one kind of database to another, such as from SQLite to PostgreSQL: every row, or nothing.

What is searched in is made anew at the other side; all else is copied, field by field, and compared when it is there.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import dj_database_url
from django.apps import apps
from django.core.management.color import no_style
from django.db import DatabaseError, connections, transaction
from django.db.models import Field, Model

from . import others

BATCH = 500  # rows written at once
MADE_ANEW = frozenset({"search"})  # the index follows from all else
NEW = "new"  # what the other database is called meanwhile

# What triggers run, with its arguments; not what an extension brought.
OUR_FUNCTIONS = (
    "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
    " AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')"
)

Tell = Callable[[str], None]


class CannotMove(Exception):
    """Nothing was moved, and what is here is as it was; the text says why, in one line."""


@dataclass(frozen=True)
class Moved:
    """What stands at the other side now."""

    tables: int
    rows: int


def move(url: str, *, source: str = "default", anyway: bool = False, tell: Tell) -> Moved:
    """Copy all rows to the empty database ``url``, as one that this version made. Raises ``CannotMove``.

    Nobody has this database open, but for a pool when ``anyway``: who wrote in it after this would lose it. It stays as
    it is.
    """
    with _beside(url, like=source) as new:
        _refuse_what_is_not_empty(new)
        if not anyway and others.are_there(source):
            raise CannotMove(others.WORDS_FOR_ANYWAY)
        tell("Making the tables …")
        with _empty_again_when_it_fails(new):
            _run_there(url, "migrate", "--verbosity=0", "--no-input")
            with transaction.atomic(using=source), transaction.atomic(using=new):
                _hold(source)
                _empty(new)
                rows = sum(_copy(model, source, new, tell) for model in models())
                _set_sequences(new)
                _compare(source, new, tell)
            tell("Reading all that can be found …")
            _run_there(url, "reindex", "--anew")
    return Moved(len(models()), rows)


def models() -> list[type[Model]]:
    """The tables that are copied, each as the model that describes it."""
    found = apps.get_models(include_auto_created=True)
    return [
        each for each in found if each._meta.managed and not each._meta.proxy and each._meta.app_label not in MADE_ANEW
    ]


def mark_of(model: type[Model], using: str) -> str:
    """A mark of all rows of a table, whatever the order in which the database gives them."""
    names, total = [field.attname for field in _fields(model)], 0
    for row in model._base_manager.using(using).values_list(*names).iterator(chunk_size=BATCH):
        said = "\x1f".join(_told(value) for value in row)
        total += int.from_bytes(hashlib.sha256(said.encode("utf-8", "surrogatepass")).digest())
    return f"{total % (1 << 256):x}"


@contextmanager
def _beside(url: str, *, like: str) -> Iterator[str]:
    """The other database, under a name of its own as long as the block lasts."""
    try:
        told = dj_database_url.parse(url)
    except (ValueError, dj_database_url.ParseError, dj_database_url.UnknownSchemeError) as problem:
        raise CannotMove(f"this is no address of a database: {problem}") from problem
    here = connections.settings[like]
    if (told["ENGINE"], told["NAME"], told.get("HOST")) == (here["ENGINE"], here["NAME"], here.get("HOST")):
        raise CannotMove("this is the database that is in use now")
    connections.settings[NEW] = {**here, "OPTIONS": {}, **told}
    try:
        connections[NEW].ensure_connection()
        yield NEW
    except DatabaseError as problem:
        raise CannotMove(f"the other database does not serve: {_in_a_line(problem)}") from problem
    finally:
        connections[NEW].close()
        del connections[NEW]
        del connections.settings[NEW]


def _refuse_what_is_not_empty(new: str) -> None:
    if there := connections[new].introspection.table_names():
        raise CannotMove(f"the other database is not empty: it has {there[0]} and {len(there) - 1} other tables")
    connections[new].close()  # what makes the tables may want the database for itself


@contextmanager
def _empty_again_when_it_fails(new: str) -> Iterator[None]:
    """Take away what we made in the other database when the block fails, so that it can be tried again."""
    try:
        try:
            yield
        except DatabaseError as problem:
            raise CannotMove(_in_a_line(problem)) from problem
    except CannotMove:
        _clear(new)
        raise


def _clear(new: str) -> None:
    connection = connections[new]
    if connection.vendor == "sqlite":
        connection.close()
        for end in ("", "-wal", "-shm"):
            Path(f"{connection.settings_dict['NAME']}{end}").unlink(missing_ok=True)
        return
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(name)} CASCADE")
        cursor.execute(OUR_FUNCTIONS)
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION IF EXISTS {name} CASCADE")


def _run_there(url: str, *words: str) -> None:
    """Run a command of ours on the other database, in a process of its own. Raises ``CannotMove``."""
    done = subprocess.run(
        [sys.executable, "-m", "meedoen.config.cli", "manage", *words],
        env={**os.environ, "DATABASE_URL": url}, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip()]
        raise CannotMove(f"'{words[0]}' failed there: {said[-1] if said else 'it said nothing'}")


def _hold(source: str) -> None:
    """See to it that nobody writes here until all is copied. SQLite's transactions do so from their beginning."""
    connection = connections[source]
    if connection.vendor == "postgresql":
        names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models())
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {names} IN SHARE MODE")


def _empty(new: str) -> None:
    """Take out what making the tables put in them."""
    connection = connections[new]
    tables = [model._meta.db_table for model in models()]
    with connection.cursor() as cursor:
        for statement in connection.ops.sql_flush(no_style(), tables, allow_cascade=True):
            cursor.execute(statement)


def _copy(model: type[Model], source: str, new: str, tell: Tell) -> int:
    """Copy a table; how many rows."""
    count, told = 0, 0
    rows = model._base_manager.using(source).iterator(chunk_size=BATCH)
    while part := list(islice(rows, BATCH)):
        try:
            with _moments_as_they_are(model):
                model._base_manager.using(new).bulk_create(part)
        except (DatabaseError, ValueError) as problem:
            raise CannotMove(
                f"{model._meta.db_table}, one of {part[0].pk} to {part[-1].pk}: {_in_a_line(problem)}"
            ) from problem
        count += len(part)
        if count >= told + 100_000:
            told = count
            tell(f"{model._meta.db_table}: {count} rows …")
    return count


@contextmanager
def _moments_as_they_are(model: type[Model]) -> Iterator[None]:
    """Keep Django from filling in the present moment, as it does in the queue's ``enqueued_at``."""
    kinds = ("auto_now", "auto_now_add")
    filled = [(field, kind) for field in _fields(model) for kind in kinds if getattr(field, kind, False)]
    for field, kind in filled:
        setattr(field, kind, False)
    try:
        yield
    finally:
        for field, kind in filled:
            setattr(field, kind, True)


def _set_sequences(new: str) -> None:
    """See to it that what comes next has a number that nobody has."""
    connection = connections[new]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models()):
            cursor.execute(statement)


def _compare(source: str, new: str, tell: Tell) -> None:
    """Compare each row with what it was copied from. Raises ``CannotMove``."""
    tell("Comparing every row …")
    connections[new].check_constraints()
    other = [model._meta.db_table for model in models() if mark_of(model, source) != mark_of(model, new)]
    if other:
        raise CannotMove(f"the other database says something else in {', '.join(other)}")


def _fields(model: type[Model]) -> list["Field[Any, Any]"]:
    return [field for field in model._meta.concrete_fields if not field.generated]


def _told(value: object) -> str:
    """A value as both databases say it."""
    if isinstance(value, memoryview | bytes):
        return bytes(value).hex()
    if isinstance(value, dict | list):
        return json.dumps(value, sort_keys=True, default=str)
    return repr(value)


def _in_a_line(problem: Exception) -> str:
    return " ".join(str(problem).split()) or type(problem).__name__

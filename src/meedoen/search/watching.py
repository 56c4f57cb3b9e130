"""Triggers of the database that note what changed, in the same transaction as the change.

No deed can forget to say that something changed, and an update of many rows says it too. A note is written behind the
others and never waits for another (docs/adr/0051-search.md).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models import CharField

from .models import Change
from .sources import Source, Through, Watch, sources, watches_of

DEEDS = ("INSERT", "UPDATE", "DELETE")
PREFIX = "search_watch_"


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger: its name, the table it stands on, when it fires, and the notes it writes."""

    name: str
    table: str
    fires: str
    notes: str

    @property
    def for_sqlite(self) -> str:
        return f'CREATE TRIGGER "{self.name}" AFTER {self.fires} ON "{self.table}" BEGIN {self.notes} END'

    @property
    def for_postgresql(self) -> str:
        """The body of its function; with what else the trigger is, so that another one is seen to be another."""
        return f"BEGIN /* after {self.fires} on {self.table} */ {self.notes} RETURN NULL; END"


def watch_all(*, using: str = "default", **_more: Any) -> None:
    """Make the triggers that are not there as they should be; after each migration, for one may have dropped them."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if Change._meta.db_table not in tables:
        return
    wanted = {each.name: each for each in _triggers() if each.table in tables}
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        there = _in_sqlite(cursor) if is_sqlite else _in_postgresql(cursor)
        for name, (table, made) in there.items():
            kept = wanted.get(name)
            if kept and made == (kept.for_sqlite if is_sqlite else kept.for_postgresql):
                del wanted[name]
            else:
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"' + ("" if is_sqlite else f' ON "{table}"'))
        for each in wanted.values():
            if is_sqlite:
                cursor.execute(each.for_sqlite)
                continue
            cursor.execute(
                f'CREATE OR REPLACE FUNCTION "{each.name}"() RETURNS trigger LANGUAGE plpgsql AS $${each.for_postgresql}$$'
            )
            cursor.execute(
                f'CREATE TRIGGER "{each.name}" AFTER {each.fires} ON "{each.table}"'
                f' FOR EACH ROW EXECUTE FUNCTION "{each.name}"()'
            )


def _triggers() -> Iterator[Trigger]:
    """The triggers of all sources; their names and tables come from our own code alone."""
    for source in sources():
        for number, watch in enumerate(watches_of(source)):
            table = watch.model()._meta.db_table
            of = ", ".join(f'"{column}"' for column in watch.columns)
            for deed in DEEDS:
                fires = f"UPDATE OF {of}" if deed == "UPDATE" and of else deed
                rows = {"INSERT": ("NEW",), "DELETE": ("OLD",), "UPDATE": ("OLD", "NEW")}[deed]
                notes = " ".join(_note(source, watch, row) for row in rows)
                yield Trigger(f"{PREFIX}{source.kind}_{number}_{deed.lower()}", table, fires, notes)


def _note(source: Source, watch: Watch, row: str) -> str:
    """After an update both what the row was of and what it is of now are noted; reading anew takes each once."""
    key = f'{row}."{watch.key}"'
    conditions = [f"({watch.where.format(row=row)})"] if watch.where else []
    tables = []
    for number, step in enumerate(watch.through.steps() if watch.through else (), start=1):
        name = f"other{number}"
        tables.append(f'"{step.model()._meta.db_table}" {name}')
        conditions.append(f'{name}."{step.by}" = {_as_in(step, key)}')
        conditions += [f"({step.where.format(row=name)})"] if step.where else []
        key = f'{name}."{step.key}"'
    conditions.append(f"{key} IS NOT NULL")
    into = f"INSERT INTO \"{Change._meta.db_table}\" (kind, key) SELECT '{source.kind}', "
    rows = f" FROM {', '.join(tables)}" if tables else ""
    return f"{into}CAST({key} AS varchar(100)){rows} WHERE {' AND '.join(conditions)};"


def _as_in(step: Through, key: str) -> str:
    """``key`` as it stands in the column that rows are known by: a number as text, where that is text, so that both
    databases can use its index.
    """
    field = next(field for field in step.model()._meta.concrete_fields if field.column == step.by)
    return f"CAST({key} AS varchar({field.max_length}))" if isinstance(field, CharField) else key


def _in_sqlite(cursor: Any) -> dict[str, tuple[str, str]]:
    cursor.execute(
        "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", [f"{PREFIX}%"]
    )
    return {name: (table, sql) for name, table, sql in cursor.fetchall()}


def _in_postgresql(cursor: Any) -> dict[str, tuple[str, str]]:
    cursor.execute(
        "SELECT t.tgname, c.relname, p.prosrc FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND t.tgname LIKE %s",
        [f"{PREFIX}%"],
    )
    return {name: (table, source) for name, table, source in cursor.fetchall()}

"""The starting content for tests, at the price of copying rows: loading it anew for each would be most of the time."""

from collections.abc import Callable

from django.db import connection

NOT_CONTENT = {"django_migrations", "django_content_type", "sqlite_sequence"}

Rows = dict[str, set]
_kept: dict[str, Rows] = {}


def load_once(name: str, load: Callable[[], object]) -> None:
    """Run ``load``, or put in the rows that it wrote the first time it ran under ``name`` in this process.

    What it is loaded upon must be the same each time, and be loaded in this way too: rows refer to each other by ids.
    """
    if name in _kept:
        for table, rows in _kept[name].items():
            put_rows(table, rows)
        return
    with connection.cursor() as cursor:
        tables = sorted(set(connection.introspection.table_names(cursor)) - NOT_CONTENT)
    before = {table: rows_of(table) for table in tables}
    load()
    _kept[name] = {table: rows_of(table) - before[table] for table in tables}


def rows_of(table: str) -> set:
    """All rows of a table, as its database gives them."""
    connection.ensure_connection()
    return _database().rows(table)


def put_rows(table: str, rows: set) -> None:
    """Rows that ``rows_of`` gave, in their place again."""
    connection.ensure_connection()
    if rows:
        _database().put(table, rows)


def _database() -> "type[Sqlite | Postgresql]":
    return Sqlite if connection.vendor == "sqlite" else Postgresql


class Sqlite:
    """Rows as SQLite stores them: tuples."""

    @staticmethod
    def rows(table: str) -> set[tuple]:
        # Asked of SQLite itself: Django takes each table's own statement apart, which takes most of the time.
        columns = [name for (_, name, *_) in connection.connection.execute(f'PRAGMA table_info("{table}")')]
        # A plus sign keeps the value and hides its declared type, after which Python would make it a date.
        wanted = ", ".join(f'+"{name}"' for name in columns)
        return set(connection.connection.execute(f'SELECT {wanted} FROM "{table}"'))

    @staticmethod
    def put(table: str, rows: set[tuple]) -> None:
        places = ", ".join("?" * len(next(iter(rows))))
        connection.connection.executemany(f'INSERT OR REPLACE INTO "{table}" VALUES ({places})', rows)


class Postgresql:
    """Rows as PostgreSQL copies them: lines. Sequences never go back, so ids of later rows are free."""

    @staticmethod
    def rows(table: str) -> set[bytes]:
        with connection.connection.cursor().copy(f'COPY "{table}" TO STDOUT') as copy:
            return set(b"".join(bytes(part) for part in copy).splitlines(keepends=True))

    @staticmethod
    def put(table: str, rows: set[bytes]) -> None:
        with connection.cursor() as cursor:
            columns = [each.name for each in connection.introspection.get_table_description(cursor, table)]
            (key,) = connection.introspection.get_primary_key_columns(cursor, table)
            place = columns.index(key)
            ids = [row.rstrip(b"\n").split(b"\t")[place].decode() for row in rows]
            cursor.execute(f'DELETE FROM "{table}" WHERE "{key}"::text = ANY(%s)', [ids])  # what was there is changed
        with connection.connection.cursor().copy(f'COPY "{table}" FROM STDIN') as copy:
            copy.write(b"".join(rows))

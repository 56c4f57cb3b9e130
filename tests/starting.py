"""The starting content for tests, at the price of copying rows: loading it anew for each would be most of the time."""

from collections.abc import Callable

from django.db import connection

NOT_CONTENT = {"django_migrations", "django_content_type", "sqlite_sequence"}

Rows = dict[str, set[tuple]]
_kept: dict[str, Rows] = {}


def load_once(name: str, load: Callable[[], object]) -> None:
    """Run ``load``, or put in the rows that it wrote the first time it ran under ``name`` in this process.

    What it is loaded upon must be the same each time. On PostgreSQL it is simply loaded.
    """
    if connection.vendor != "sqlite":
        load()
        return
    if name not in _kept:
        before = _rows()
        load()
        _kept[name] = {table: rows - before[table] for table, rows in _rows().items()}
        return
    connection.ensure_connection()
    for table, rows in _kept[name].items():
        if rows:
            places = ", ".join("?" * len(next(iter(rows))))
            connection.connection.executemany(f'INSERT OR REPLACE INTO "{table}" VALUES ({places})', rows)


def _rows() -> Rows:
    """Every row as the database stores it, by table."""
    with connection.cursor() as cursor:
        tables = sorted(set(connection.introspection.table_names(cursor)) - NOT_CONTENT)
        columns = {
            table: [column.name for column in connection.introspection.get_table_description(cursor, table)]
            for table in tables
        }
    found = {}
    for table, names in columns.items():
        # A plus sign keeps the value and hides its declared type, after which Python would make it a date.
        wanted = ", ".join(f'+"{name}"' for name in names)
        found[table] = set(connection.connection.execute(f'SELECT {wanted} FROM "{table}"'))
    return found

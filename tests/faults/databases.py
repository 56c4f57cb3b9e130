"""Where a site keeps its rows while something goes wrong: SQLite in its folder, or a PostgreSQL server of its own."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "make"))

import services

NAMES = ("SQLite", "PostgreSQL")


@contextlib.contextmanager
def database(name: str) -> Iterator[str]:
    """The ``DATABASE_URL``; empty where the site's own default will do."""
    if name == "SQLite":
        yield ""
        return
    with services.postgresql() as url:
        import psycopg

        with psycopg.connect(url.rpartition("/")[0] + "/postgres", autocommit=True) as line:
            line.execute("CREATE DATABASE meedoen TEMPLATE template0 ENCODING 'UTF8'")
        yield url

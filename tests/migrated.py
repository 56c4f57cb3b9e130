"""A database as the migrations make it, made once for a state of them and copied after that.

All migrations from nothing take twenty seconds, for each process of a test run and each site. The copy is of the very
same migrations, or it is made anew; what it means to begin from nothing is for ``tests/config/test_running.py``.
"""

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.core.management.commands import flush
from django.db import connection, models, transaction
from psycopg import sql

from tests.starting import put_rows, rows_of

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".cache" / "migrated"
# What Django itself writes after migrations, a query or more for each model: most of the work of emptying a database.
NAMES = ("django_content_type", "auth_permission")
PERMISSIONS = "django.contrib.auth.management.create_permissions"
IMPORTED = re.compile(r"^(?:from|import) meedoen\.([\w.]+)", re.MULTILINE)


@cache
def state() -> str:
    """A mark of what the migrations go by: themselves, what they import, the settings, all dependencies, this Python."""
    sources = ROOT / "src" / "meedoen"
    migrations = sorted(sources.rglob("migrations/*.py"))
    names = {name for each in migrations for name in IMPORTED.findall(each.read_text(encoding="utf-8"))}
    paths = [sources / name.replace(".", "/") for name in sorted(names)]
    imported = [each for path in paths for each in (sorted(path.rglob("*.py")) or [path.with_suffix(".py")])]
    imported += sorted(
        [*sources.rglob("searching.py"), *sources.glob("search/*.py")]
    )  # these say which triggers there are
    locked = sorted((ROOT / "requirements").iterdir())
    digest = hashlib.sha256(sys.version.encode())
    for path in [*migrations, *imported, sources / "config" / "settings.py", *locked]:
        digest.update(f"\n{path.relative_to(ROOT)}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:32]


def put_sqlite(place: Path) -> None:
    """A migrated database of SQLite, at ``place``."""
    made = FOLDER / f"{state()}.sqlite3"
    with _alone():
        if not made.exists():
            for older in FOLDER.glob("*.sqlite3*"):
                older.unlink()
            with tempfile.TemporaryDirectory(prefix="meedoen-migrated-") as folder:
                _migrate(MEEDOEN_DATA=folder)
                with contextlib.closing(sqlite3.connect(Path(folder, "meedoen.sqlite3"))) as database:
                    database.execute("VACUUM INTO ?", [f"{made}.new"])
            Path(f"{made}.new").replace(made)
        shutil.copyfile(made, place)


def postgresql_template() -> str:
    """The name of a migrated database on the server that the tests use."""
    name = f"migrated_{state()}"
    place = os.environ["DATABASE_URL"].rpartition("/")[0]
    with _alone(), psycopg.connect(f"{place}/postgres", autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            try:
                _fill_postgresql(f"{place}/{name}", version=server.info.server_version // 10_000)
            except BaseException:
                server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
                raise
    return name


def _fill_postgresql(url: str, *, version: int) -> None:
    """Migrate the empty database ``url``, or read what ``pg_dump`` wrote of one: each run has a new server.

    What was read differs from what was migrated in where PostgreSQL writes casts in checks.
    """
    made = FOLDER / f"{state()}-{version}.sql"
    if made.exists() and shutil.which("psql"):
        read = ["psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--file", made, "--dbname", url]
        subprocess.run(read, check=True, stdout=subprocess.DEVNULL, timeout=300)
        return
    with tempfile.TemporaryDirectory(prefix="meedoen-migrated-") as folder:
        _migrate(MEEDOEN_DATA=folder, DATABASE_URL=url)
    if shutil.which("pg_dump"):
        for older in FOLDER.glob("*.sql"):
            older.unlink()
        written = subprocess.run(["pg_dump", "--file", f"{made}.new", "--dbname", url], check=False, timeout=300)
        if written.returncode == 0:  # else it is of another version than the server
            Path(f"{made}.new").replace(made)


def put(url: str) -> None:
    """A migrated database in the place of the empty one at ``url``."""
    if url.startswith("sqlite:///"):
        put_sqlite(Path(url.removeprefix("sqlite:///")))
        return
    place, _, name = url.rpartition("/")
    template = postgresql_template()
    with psycopg.connect(f"{place}/postgres", autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Each process of a test run begins with a copy."""
    asked = connection.settings_dict["TEST"]
    if connection.vendor == "sqlite":
        put_sqlite(Path(asked["NAME"]))
    else:
        asked["TEMPLATE"] = postgresql_template()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The copy of SQLite is there before the tests are; its folder goes when they end."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """After a test that empties the database, the names of models and permissions are put back instead of made anew."""
    with django_db_blocker.unblock():
        names = {table: rows_of(table) for table in NAMES}
    emit = flush.emit_post_migrate_signal

    def put_back_and_emit(*words: Any, **more: Any) -> None:
        with transaction.atomic():
            for table, rows in names.items():
                put_rows(table, rows)
        after = models.signals.post_migrate
        after.disconnect(create_contenttypes)
        after.disconnect(dispatch_uid=PERMISSIONS)
        try:
            emit(*words, **more)  # what else there is to do
        finally:
            after.connect(create_contenttypes)
            after.connect(create_permissions, dispatch_uid=PERMISSIONS)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush, "emit_post_migrate_signal", put_back_and_emit)
        yield


@pytest.fixture
def empty_database(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[None]:
    """A database without tables in the place of the other, for who goes through some migrations; gone afterwards."""
    usual = connection.settings_dict["NAME"]
    own = str(tmp_path / "empty.sqlite3") if connection.vendor == "sqlite" else f"{usual}_empty"
    with django_db_blocker.unblock():
        _on_server("CREATE", own)
        connection.close()
        connection.settings_dict["NAME"] = own
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = usual
            _on_server("DROP", own)


def _on_server(deed: str, name: str) -> None:
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"{deed} DATABASE {connection.ops.quote_name(name)}")


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """One process at a time; who comes second finds what the first one made."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrate(**settings: str) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MEEDOEN_")}
    kept.pop("DATABASE_URL", None)
    own = {"DJANGO_SETTINGS_MODULE": "meedoen.config.settings", **settings}
    command = [sys.executable, "-m", "django", "migrate", "--verbosity=0", "--no-input"]
    subprocess.run(command, env={**kept, **own}, cwd=ROOT, check=True, timeout=900)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On another database than SQLite only what asks a database is run again; pytest-django refuses who does not say so."""
    if connection.vendor == "sqlite":
        return
    wanted = [item for item in items if isinstance(item, pytest.Function) and _asks_a_database(item)]
    config.hook.pytest_deselected(items=list(set(items).difference(wanted)))
    items[:] = wanted


def _asks_a_database(item: pytest.Function) -> bool:
    may_by_name = "request" in item.function.__code__.co_varnames  # it picks a fixture when it runs
    return (
        may_by_name
        or item.get_closest_marker("django_db") is not None
        or not {"db", "transactional_db", "empty_database"}.isdisjoint(item.fixturenames)
    )

"""A database whose files are damaged, or were copied while somebody wrote in them, does not open: one line says what to do."""

import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from tests.config.test_running import environment
from tests.migrated import put_sqlite

pytestmark = [pytest.mark.slow, pytest.mark.once]
PREPARE = [sys.executable, "-m", "meedoen.config.cli", "prepare", "--empty"]
PAGE = 4096  # bytes


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "meedoen.sqlite3"
    put_sqlite(path)
    return path


def lost_pages(path):
    """What a torn copy has: pages of another moment, here of none."""
    size = path.stat().st_size // PAGE
    with path.open("r+b") as file:
        for page in range(size // 3, size // 2):
            file.seek(page * PAGE)
            file.write(bytes(PAGE))


def loose_row(path):
    """A row whose other half is not there."""
    with closing(sqlite3.connect(path)) as database, database:
        columns = {row[1]: row for row in database.execute("PRAGMA table_info(people_person)")}
        given = {"address_id": 12345, **{name: "" for name, row in columns.items() if row[3] and not row[5]}}
        database.execute(
            f"INSERT INTO people_person ({', '.join(given)}) VALUES ({', '.join('?' * len(given))})",
            list(given.values()),
        )


def prepared(folder):
    return subprocess.run(
        PREPARE, env=environment(MEEDOEN_DATA=folder), capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.parametrize("damage", [lost_pages, loose_row])
def test_a_damaged_database_does_not_open_and_one_line_says_what_to_do(database, tmp_path, damage):
    damage(database)
    done = prepared(tmp_path)
    (line,) = done.stderr.strip().splitlines()
    assert done.returncode == 1
    assert line.startswith(f"meedoen: the site in {database} does not open: its database is damaged (")
    assert line.endswith("Put a backup in their place: 'meedoen restore FILE --over'")


def test_a_whole_one_opens(database, tmp_path):
    done = prepared(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")

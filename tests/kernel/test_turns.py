"""Who writes next on SQLite: whoever waits goes before a worker that writes in a row."""

import threading
import time

import pytest
from django.db import connection, transaction

from meedoen.kernel import turns
from meedoen.people.models import Tally

pytestmark = pytest.mark.django_db(transaction=True)

HELD = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT count(*) FROM n"


@pytest.fixture
def sqlite(tmp_path):
    """Both threads of the test on one file, as the processes of a site are."""
    if connection.vendor != "sqlite":
        pytest.skip("on PostgreSQL many write at a time")


def worker(done, stop):
    """Writes one transaction right after the other, each of which lasts some milliseconds."""
    try:
        with turns.giving_way():
            while not stop.is_set():
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(HELD)
                done.append(1)
    finally:
        connection.close()


@pytest.mark.slow
def test_who_waits_goes_before_a_worker_that_writes_in_a_row(sqlite, monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE_SECONDS", 60.0)  # a busy machine may let either of them stand for a second
    done, stop = [], threading.Event()
    thread = threading.Thread(target=worker, args=(done, stop))
    asked, passed = [], []

    def from_here(execute, sql, params, many, context):
        asked.append(len(done))  # it is said by now that somebody waits
        return execute(sql, params, many, context)

    thread.start()
    try:
        while len(done) < 3:
            time.sleep(0.001)
        for _ in range(5):
            with turns.announced(), connection.execute_wrapper(from_here), transaction.atomic():
                passed.append(len(done) - asked[-1])
    finally:
        stop.set()
        thread.join(60)
    assert len(passed) == 5
    assert max(passed) <= 1  # the one that was busy, or had looked just before


def test_nobody_waits_and_somebody_does(sqlite):
    assert not turns.somebody_waits()
    with turns.waiting():
        assert turns.somebody_waits()
        with turns.waiting():
            pass
        assert turns.somebody_waits()  # the end of one is not the end of all
    assert not turns.somebody_waits()


def test_a_worker_does_not_hold_back_for_ever(sqlite, monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE_SECONDS", 0.05)
    with turns.waiting(), turns.giving_way(), transaction.atomic():
        assert not Tally.objects.exists()


@pytest.mark.parametrize(
    ("sql", "begins"),
    [("BEGIN IMMEDIATE", True), ("UPDATE a SET b = 1", True), ("SELECT 1", False), ("SAVEPOINT s", False)],
)
def test_what_takes_the_lock(sqlite, sql, begins):
    assert turns.begins_to_write(sql) is begins
    with transaction.atomic():
        assert not turns.begins_to_write(sql)


def test_a_folder_that_takes_no_file_keeps_nobody_from_writing(sqlite, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "NAME", "/proc/nothing/here.sqlite3")
    assert not turns.somebody_waits()
    with turns.waiting():
        assert not turns.somebody_waits()


def test_on_postgresql_nobody_waits_for_a_turn():
    if connection.vendor == "sqlite":
        pytest.skip("on SQLite one can write at a time")
    assert not turns.begins_to_write("BEGIN IMMEDIATE")

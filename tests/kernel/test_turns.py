"""Who writes next on SQLite: whoever waits goes before a worker that writes in a row."""

import threading

import pytest
from django.db import connection, transaction

from meedoen.kernel import turns
from meedoen.people.models import Tally

pytestmark = pytest.mark.django_db(transaction=True)

IN_A_ROW = 400  # transactions of the worker in all: some seconds
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
            for _ in range(IN_A_ROW):
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(HELD)
                done.append(1)
                if stop.is_set():
                    break
    finally:
        connection.close()


@pytest.mark.slow
def test_who_waits_goes_before_a_worker_that_writes_in_a_row(sqlite):
    done, stop = [], threading.Event()
    thread = threading.Thread(target=worker, args=(done, stop))
    thread.start()
    passed = []
    while len(done) < 3:
        pass
    for _ in range(5):
        before = len(done)
        with turns.announced(), transaction.atomic():
            passed.append(len(done) - before)
    stop.set()
    thread.join(30)
    assert max(passed) <= 2  # the one that was busy, and one that had looked just before
    assert len(done) < IN_A_ROW


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

"""Who waits to write keeps nobody from reading: there is a thread left, and a lock is not waited for without end."""

import sqlite3
import threading
import time
from contextlib import closing

import pytest
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from meedoen.config import waiting
from meedoen.people.models import Tally

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def room(settings, monkeypatch):
    """The waiting room of a server with two threads, around what writes."""
    settings.THREADS = 2
    monkeypatch.setattr(waiting, "ROOM_SECONDS", 0.2)

    def writes(_request):
        with transaction.atomic():
            Tally.objects.exists()
        return HttpResponse("ok")

    return waiting.WaitingRoom(writes)


@pytest.fixture
def held():
    """Somebody else has the lock for writing until the test ends."""
    if connection.vendor != "sqlite":
        pytest.skip("on PostgreSQL many write at a time")
    connection.ensure_connection()
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None, uri=True)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other
        if other.in_transaction:
            other.execute("ROLLBACK")


def begins(room, ended):
    """Somebody who sends something, in a thread of their own; what became of it is put in ``ended``."""

    def ask():
        try:
            ended.append(room(RequestFactory().post("/")).content)
        except OperationalError as problem:
            ended.append(str(problem))
        finally:
            connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    return thread


def test_one_waits_for_the_lock_and_the_next_is_told_at_once(room, held):
    ended = []
    first = begins(room, ended)
    for _ in range(200):
        if not room.places._value:
            break
        time.sleep(0.01)
    began = time.monotonic()
    begins(room, ended).join(10)
    assert ended == ["database is locked, and others wait for it already"]
    assert time.monotonic() - began < 15  # and not as long as one waits for the lock
    held.execute("ROLLBACK")
    first.join(10)
    assert ended[1:] == [b"ok"]


def test_who_finds_nobody_waiting_writes(room):
    assert room(RequestFactory().post("/")).content == b"ok"
    assert room(RequestFactory().post("/")).content == b"ok"


def test_a_page_does_not_wait_without_end_for_a_lock_of_postgresql():
    database = {"ENGINE": "django.db.backends.postgresql", "OPTIONS": {"options": "-c search_path=meedoen"}}
    waiting.give_up_in_time(database)
    assert database == {
        "ENGINE": "meedoen.kernel.primary",
        "OPTIONS": {"options": "-c search_path=meedoen -c lock_timeout=5s"},
    }
    other = {"ENGINE": "django.db.backends.sqlite3"}
    waiting.give_up_in_time(other)
    assert other == {"ENGINE": "django.db.backends.sqlite3"}

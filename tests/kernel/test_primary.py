"""PostgreSQL that holds a commit until a second node has it: a page does not wait for that, and tells nobody that it is kept."""

import threading
import time
from contextlib import closing

import dj_database_url
import psycopg
import pytest
import services
from django.db import OperationalError, connections, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from meedoen.config import waiting
from meedoen.kernel.database import is_away
from meedoen.kernel.primary import base, confirming

pytestmark = [pytest.mark.once, pytest.mark.slow]


@pytest.fixture(scope="module")
def server():
    """A server that wants a second node to confirm each commit, when asked to."""
    with services.postgresql("synchronous_commit=on") as made:
        url = f"{made.removesuffix('/meedoen')}/postgres"
        with closing(psycopg.connect(url, autocommit=True)) as asked:
            asked.execute("CREATE TABLE words (word text PRIMARY KEY)")
        yield url


@pytest.fixture
def alone(server):
    """It, without a second node."""
    wants_a_second(server, "nobody")
    yield server
    wants_a_second(server, "")


def wants_a_second(url, name):
    with closing(psycopg.connect(url, autocommit=True)) as asked:
        asked.execute("SET synchronous_commit = local")
        asked.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{name}'")
        asked.execute("SELECT pg_reload_conf()")
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with closing(psycopg.connect(url, autocommit=True)) as asked:
            if asked.execute("SHOW synchronous_standby_names").fetchone()[0] == name:
                return
    raise AssertionError("the server does not take its settings")


@pytest.fixture
def page(server, monkeypatch, django_db_blocker):
    """A connection as the server's pages have it, which waits for a shorter time."""
    monkeypatch.setattr(base, "CONFIRM_SECONDS", 0.3)
    monkeypatch.setattr(base, "ANSWER_SECONDS", 0.6)
    settings = dj_database_url.parse(server)
    waiting.give_up_in_time(settings)
    connections.settings["page"] = connections.configure_settings({"default": {}, "page": settings})["page"]
    with django_db_blocker.unblock():
        yield connections["page"]
        connections["page"].close()
    del connections["page"], connections.settings["page"]
    confirming.answered()


def write(word):
    with transaction.atomic(using="page"), connections["page"].cursor() as cursor:
        cursor.execute("INSERT INTO words VALUES (%s)", [word])


def words(url):
    with closing(psycopg.connect(url)) as asked:
        return {word for (word,) in asked.execute("SELECT word FROM words")}


def test_what_no_second_node_confirms_is_an_error_in_time(alone, page):
    with pytest.raises(OperationalError) as problem:
        write("in a transaction")
    assert is_away(problem.value)
    assert confirming.is_away
    with pytest.raises(OperationalError):
        page.cursor().execute("INSERT INTO words VALUES ('outside of one')")
    with page.cursor() as cursor:  # the connection is of use still, and holds nothing from others
        cursor.execute("SELECT count(*) FROM words WHERE word IN ('in a transaction', 'outside of one')")
        assert cursor.fetchone() == (2,)  # written here; nobody was told so


def test_what_is_confirmed_is_kept(server, page):
    confirming.gave_up()
    write("confirmed")
    assert "confirmed" in words(server)
    assert not confirming.is_away


def test_what_wrote_nothing_proves_nothing(alone, page):
    confirming.gave_up()
    with transaction.atomic(using="page"), page.cursor() as cursor:
        cursor.execute("SELECT 1")
    with transaction.atomic(using="page"):
        pass
    assert confirming.is_away


def test_what_somebody_else_lets_go_of_is_an_error_too(alone, page, server, monkeypatch):
    monkeypatch.setattr(base, "CONFIRM_SECONDS", 60)
    monkeypatch.setattr(base, "ANSWER_SECONDS", 60)
    page.close()  # the next one has these

    def let_go():
        with closing(psycopg.connect(server, autocommit=True)) as other:
            for _ in range(500):
                time.sleep(0.02)
                if other.execute(
                    "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
                ).fetchone():
                    return

    def once(word):
        page.cursor().execute("INSERT INTO words VALUES (%s)", [word])

    for deed, word in ((write, "let go of"), (once, "let go of outside of a transaction")):
        helper = threading.Thread(target=let_go)
        helper.start()
        with pytest.raises(OperationalError, match="no second node"):
            deed(word)
        helper.join(10)
        assert confirming.is_away


def test_a_question_without_an_answer_is_ended(page):
    with pytest.raises(OperationalError), page.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(60)")
    with page.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)' AND state = 'active'")
        assert cursor.fetchone() == (0,)
    assert not confirming.is_away  # somebody who asks too much is no node that went


def test_nobody_writes_until_one_who_tries_is_confirmed(alone, page, monkeypatch):
    monkeypatch.setattr(waiting, "connection", page)
    written = []

    def writes(request):
        room.process_view(request)
        if word := request.POST.get("word"):
            written.append(word)
            write(word)
        return HttpResponse("ok")

    room = waiting.WaitingRoom(writes)

    def send(word):
        return room(RequestFactory().post("/", {"word": word}))

    with pytest.raises(OperationalError):
        send("the first")
    with pytest.raises(OperationalError, match="no second node"):
        send("the second")
    assert written == ["the first"]
    assert room(RequestFactory().get("/")).content == b"ok"
    assert confirming.rests
    wants_a_second(alone, "")
    confirming._rests_until = 0.0  # it has rested
    assert send("").content == b"ok"  # who writes nothing leaves the try to the next
    assert [send("the third").content, send("the fourth").content] == [b"ok", b"ok"]

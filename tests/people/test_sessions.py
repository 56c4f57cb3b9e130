"""Copies of sessions in a real Valkey: worth something only while the database says so, whatever the Valkey was told."""

import json
from importlib import import_module

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings as site
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.signed_in import HERE, sign_in
from tests.signed_in import ans as ans
from tests.valkey import ending, holding, names, trusted
from tests.valkey import mortal as mortal
from tests.valkey import valkey as valkey
from tests.valkey import valkey_server as valkey_server

from meedoen.kernel import clock
from meedoen.people.entrance import flow, sessions
from meedoen.people.models import Address
from meedoen.people.privacy.actions import erase
from meedoen.shared import memory

pytestmark = pytest.mark.django_db


def is_in(client):
    """Whether the site still knows who this is."""
    return client.get("/mijn/apparaten/").status_code == 200


def asked(client, path="/"):
    """The statements that a page asks the database."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in queries]


def reads_session(client):
    return any('FROM "django_session"' in sql for sql in asked(client))


def thief_of(browser):
    """Who has the cookie of somebody else's browser."""
    thief = Client()
    thief.cookies[site.SESSION_COOKIE_NAME] = browser.session.session_key
    return thief


@pytest.fixture
def browser(ans):
    """One in which Ans is in."""
    client = Client()
    sign_in(client)
    assert is_in(client)
    return client


def test_without_a_memory_the_session_is_read_from_the_database(settings, browser):
    settings.VALKEY_URL = ""
    assert [reads_session(browser), reads_session(browser)] == [True, True]


def test_a_copy_saves_the_question_for_the_session_and_says_the_same(valkey, browser):
    memory.patience.gave_up()
    without = asked(browser)
    trusted()
    asked(browser)  # makes the copy
    with ending(answered=1):
        with_copy = asked(browser)
    assert len(with_copy) == len(without) - 1
    assert not any('FROM "django_session"' in sql for sql in with_copy)
    assert Address.objects.get().sessions_mark
    assert "Ans" in browser.get("/").content.decode()


def test_a_visitor_and_who_only_begins_has_none(valkey, ans):
    client = Client()
    client.get("/")
    client.post("/inloggen/", {"email": "ans@voorbeeld.example"}, **HERE)
    client.get("/")
    assert not [name for name in names(valkey) if ":session:" in name]


def test_nothing_there_lets_anybody_in(valkey, browser):
    asked(browser)
    [name] = [name for name in names(valkey) if ":session:" in name]
    key = browser.session.session_key
    lying = holding(valkey).get(name)
    assert key not in name
    assert key.encode() not in lying
    assert b"ans@" not in lying
    assert 0 < holding(valkey).ttl(name) <= sessions.COPY_SECONDS
    other = Client()
    other.cookies[site.SESSION_COOKIE_NAME] = name.rpartition(":")[2][:32]
    assert not is_in(other)


def test_a_copy_of_somebody_else_does_not_fit_under_another_name(valkey, browser):
    asked(browser)
    [name] = [name for name in names(valkey) if ":session:" in name]
    stranger = Client()
    stranger.cookies[site.SESSION_COOKIE_NAME] = "a" * 32
    holding(valkey).set(memory._name(sessions._key("a" * 32)), holding(valkey).get(name))
    assert not is_in(stranger)


@pytest.mark.parametrize("ends", ["signs out", "ends that device", "ends all others"])
def test_who_signed_out_while_it_was_out_of_reach_does_not_come_back_with_it(valkey, browser, ends, settings):
    other = Client()
    sign_in(other)
    for client in (browser, other):
        assert is_in(client)
        assert not reads_session(client)  # each has its copy
    memory.patience.gave_up()  # this server cannot reach it; it keeps what it has
    if ends == "signs out":
        left = thief_of(browser)
        browser.post("/uitloggen/", **HERE)
    else:
        left = browser
        if ends == "ends all others":
            other.post("/mijn/apparaten/", {"others": "ja"}, **HERE)
    if ends == "ends that device":
        number = UserSession.objects.get(session_key=browser.session.session_key).pk
        other.post("/mijn/apparaten/", {"session": number}, **HERE)
    trusted()
    assert [name for name in names(valkey) if ":session:" in name]  # it still has what it had
    assert not is_in(left)
    assert is_in(other)


def test_who_signs_out_after_their_session_went_from_the_database_ends_the_copy_too(valkey, browser):
    assert not reads_session(browser)
    left = thief_of(browser)
    Session.objects.all().delete()  # past all deeds of ours
    assert "Ans" in left.get("/").content.decode()
    browser.post("/uitloggen/", **HERE)
    assert "Ans" not in left.get("/").content.decode()


def test_a_reader_who_was_slow_keeps_nothing_that_ended_meanwhile(valkey, browser, monkeypatch):
    """They read the session and the address, then somebody signs it out, and only then they put the copy."""
    slow, key = thief_of(browser), browser.session.session_key
    holding(valkey).flushall()
    keep = sessions.keep_copy

    def late(request, address):
        with monkeypatch.context() as patched:
            patched.setattr(sessions, "keep_copy", lambda *_: None)
            browser.post("/uitloggen/", **HERE)
        keep(request, address)

    monkeypatch.setattr(sessions, "keep_copy", late)
    assert "Ans" in slow.get("/").content.decode()  # it was so when they asked
    monkeypatch.undo()
    assert not Session.objects.filter(session_key=key).exists()
    assert not is_in(slow)


def test_a_reader_between_session_and_end_puts_a_copy_that_does_not_count(valkey, browser, monkeypatch):
    """The session is still there when they read it for the copy; it ends before the copy is put."""
    slow = thief_of(browser)
    holding(valkey).flushall()
    put = memory.put

    def late(*args, **kwargs):
        monkeypatch.setattr(memory, "put", put)
        flow.end_session(UserSession.objects.get(session_key=browser.session.session_key))
        put(*args, **kwargs)

    monkeypatch.setattr(memory, "put", late)
    assert slow.get("/").status_code == 200
    assert not Session.objects.exists()
    assert [name for name in names(valkey) if ":session:" in name]
    assert not is_in(slow)


def test_what_changed_in_a_session_is_seen_at_once(valkey, browser):
    assert not reads_session(browser)
    session = browser.session
    session["next"] = "/nieuws/"
    session.save()
    assert reads_session(browser)
    assert not reads_session(browser)
    [name] = [name for name in names(valkey) if ":session:" in name]
    copy = json.loads(memory.get(name.split(":", 2)[2]))
    assert browser.session.decode(copy["session"])["next"] == "/nieuws/"


def test_another_seal_or_secret_ends_a_copy_too(valkey, browser):
    assert not reads_session(browser)
    flow.seal_anew(Address.objects.get())
    assert not is_in(browser)


def test_who_left_is_not_known_any_more(valkey, browser, ans):
    assert not reads_session(browser)
    erase(ans, with_texts=False, now=clock.now())
    assert not is_in(browser)


def test_only_a_session_writes_the_mark(ans):
    """Whoever wrote a whole address would put a mark of before back, and with it the copies of then."""
    client = Client()
    with CaptureQueriesContext(connection) as queries:
        sign_in(client)
        client.get("/mijn/")
        client.post("/uitloggen/", **HERE)
    written = [
        q["sql"] for q in queries if q["sql"].startswith('UPDATE "people_address"') and "sessions_mark" in q["sql"]
    ]
    assert written
    assert all(sql.startswith('UPDATE "people_address" SET "sessions_mark"') and '"seal"' not in sql for sql in written)


def test_people_stay_in_while_it_dies_and_comes_back(mortal, browser, monkeypatch):
    assert is_in(browser)
    mortal.kill()
    assert is_in(browser)
    assert reads_session(browser)
    mortal.start()
    monkeypatch.setattr(memory.patience, "_rests_until", 0.0)
    assert is_in(browser)
    assert not reads_session(browser)


def test_one_that_hangs_or_is_full_keeps_nobody_out(valkey, browser, settings):
    with valkey.hanging():
        assert is_in(browser)
    services = import_module("services")
    with services.valkey("--maxmemory", "1", "--maxmemory-policy", "noeviction") as full:
        settings.VALKEY_URL = full.url
        trusted()
        assert is_in(browser)
    trusted()


def test_of_two_pages_that_are_asked_at_once_neither_signs_out_when_the_site_has_a_new_secret(browser, settings):
    other = thief_of(browser)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 9, [settings.SECRET_KEY]
    for each in (browser, other, browser):
        page = each.get("/mijn/apparaten/")
        assert (page.status_code, b"Dit apparaat gebruik je nu" in page.content) == (200, True)
        assert site.SESSION_COOKIE_NAME not in {name for name, found in page.cookies.items() if not found.value}
    settings.SECRET_KEY_FALLBACKS = []
    assert is_in(browser)
    settings.SECRET_KEY = "a third" * 9
    assert not is_in(browser)

"""The memory that servers share, by a real server: what it keeps, what is not believed, and what it costs when it vanishes."""

import socket
import threading
import time
from importlib import import_module

import pytest
from structlog.testing import capture_logs

from meedoen.shared import memory
from tests.valkey import ending, holding, known_as_memory, names, trusted
from tests.valkey import mortal as mortal
from tests.valkey import valkey as valkey
from tests.valkey import valkey_server as valkey_server

services = import_module("services")


def seconds_of(deed):
    started = time.monotonic()
    deed()
    return time.monotonic() - started


def rested(monkeypatch):
    """The rest is over."""
    monkeypatch.setattr(memory.patience, "_rests_until", 0.0)


def test_without_one_nothing_of_it_is_loaded_or_asked(settings):
    settings.VALKEY_URL = ""
    with ending():
        assert memory.get("iets") is None
        memory.put("iets", b"waarde", seconds=60)
        with pytest.raises(memory.Away):
            memory.count("iets", seconds=60)


def test_what_is_put_is_there_for_who_shares_it_and_goes_by_itself(valkey):
    memory.put("iets", b"waarde\x00\xff", seconds=60)
    assert (memory.get("iets"), memory.get("anders")) == (b"waarde\x00\xff", None)
    assert [memory.count("keer", seconds=60) for _ in range(3)] == [1, 2, 3]
    lying = holding(valkey)
    assert all(0 < lying.ttl(name) <= 60 for name in names(valkey))
    memory.put("kort", b"even", seconds=1)
    time.sleep(1.2)
    assert memory.get("kort") is None


def test_who_reads_there_reads_nothing_of_ours(valkey):
    memory.put("iets", b"ans@voorbeeld.example", seconds=60)
    [name] = names(valkey)
    once = holding(valkey).get(name)
    assert b"ans@" not in once
    memory.put("iets", b"ans@voorbeeld.example", seconds=60)
    assert holding(valkey).get(name) != once  # nor that it is the same


@pytest.mark.parametrize("asked", ["?timeout=3", "?ssl_cert_reqs=none"])
def test_an_address_that_says_what_nobody_knows_is_as_one_that_is_away(valkey, settings, asked):
    settings.VALKEY_URL = f"{settings.VALKEY_URL}{asked}"
    with ending(away=1):
        assert memory.get("iets") is None


def test_what_others_put_there_is_not_believed(valkey, settings):
    memory.put("een", b"van een", seconds=60)
    memory.put("twee", b"van twee", seconds=60)
    lying = holding(valkey)
    called = {name.rpartition(":")[2]: name for name in names(valkey)}
    lying.set(called["een"], lying.get(called["twee"]))  # ours, and under another name
    assert memory.get("een") is None
    for nonsense in (b"", b"x", b"van twee", b"\x80\x04K\x01."):
        lying.set(called["twee"], nonsense)
        assert memory.get("twee") is None
    memory.put("twee", b"van twee", seconds=60)
    settings.SECRET_KEY = "that of another site, which uses the same server"
    assert memory.get("twee") is None


def test_what_is_of_another_kind_is_counted_elsewhere(valkey):
    memory.count("keer", seconds=60)
    holding(valkey).set(names(valkey)[0], b"drie")
    with ending(refused=1), pytest.raises(memory.Away):
        memory.count("keer", seconds=60)
    holding(valkey).set(names(valkey)[0], -1_000_000)  # which would be no limit at all
    with ending(answered=1, foreign=1), pytest.raises(memory.Away):
        memory.count("keer", seconds=60)
    holding(valkey).flushall()
    holding(valkey).lpush(memory._name("keer"), b"drie")
    with ending(refused=1):
        assert memory.get("keer") is None


def test_one_that_hangs_costs_a_tenth_of_a_second_and_then_nothing_until_it_answers(valkey, monkeypatch):
    memory.put("iets", b"waarde", seconds=60)
    with valkey.hanging(), capture_logs() as told:
        with ending(away=1):
            assert seconds_of(lambda: memory.get("iets")) < 0.5
        with ending(resting=100):
            assert seconds_of(lambda: [memory.get("iets") for _ in range(100)]) < 0.1
        rested(monkeypatch)
        found = []
        threads = [threading.Thread(target=lambda: found.append(memory.get("iets"))) for _ in range(8)]
        with ending(away=1, resting=7):  # one asks for all
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert found == [None] * 8
    rested(monkeypatch)
    with capture_logs() as told_after:
        assert memory.get("iets") == b"waarde"
    assert [each["event"] for each in told + told_after] == ["valkey.away", "valkey.back"]  # once for an outage


def test_one_that_is_killed_is_gone_and_then_back_and_empty(mortal, monkeypatch):
    memory.put("iets", b"waarde", seconds=60)
    mortal.kill()
    with ending(away=1, resting=1):
        assert [memory.get("iets"), memory.get("iets")] == [None, None]
    mortal.start()
    rested(monkeypatch)
    with ending(answered=3):
        assert memory.get("iets") is None
        memory.put("iets", b"weer", seconds=60)
        assert memory.get("iets") == b"weer"


def test_one_that_was_restarted_between_two_questions_is_asked_anew_at_once(mortal):
    memory.put("iets", b"waarde", seconds=60)
    mortal.kill()
    mortal.start()
    with ending(answered=1):
        assert memory.get("iets") is None


def test_one_that_is_full_says_no_and_what_is_in_it_is_still_read(settings):
    with (
        services.valkey("--maxmemory", "3mb", "--maxmemory-policy", "noeviction") as server,
        known_as_memory(server, settings),
        capture_logs() as told,
    ):
        memory.put("iets", b"waarde", seconds=60)
        for number in range(300):
            memory.put(f"vol {number}", bytes(20_000), seconds=60)
        with pytest.raises(memory.Away):
            memory.count("keer", seconds=60)
        with ending(answered=1):
            assert memory.get("iets") == b"waarde"
        assert [each["event"] for each in told] == ["valkey.refused"]  # once, of hundreds


def test_one_that_forgets_the_oldest_takes_all(valkey):
    many = holding(valkey).pipeline(transaction=False)
    for number in range(6000):
        many.set(f"vol {number}", bytes(20_000), ex=60)
    many.execute()
    with ending(answered=2):
        memory.put("nog een", bytes(20_000), seconds=60)
        assert memory.get("nog een") == bytes(20_000)
    assert holding(valkey).info("memory")["used_memory"] < 70_000_000


def test_a_wrong_password_or_none_is_as_one_that_is_away(settings):
    with services.valkey("--requirepass", "geheim") as server:
        for url in (server.url, server.url.replace("redis://", "redis://:mis@")):
            settings.VALKEY_URL = url
            trusted()
            with ending(away=1, resting=1):
                assert [memory.get("iets"), memory.get("iets")] == [None, None]
        settings.VALKEY_URL = server.url.replace("redis://", "redis://:geheim@")
        trusted()
        memory.put("iets", b"waarde", seconds=60)
        assert memory.get("iets") == b"waarde"
        trusted()


def test_one_that_is_something_else_is_as_one_that_is_away(settings):
    """A web server, one that says nothing at all, one that closes at once, a name that nobody has."""
    answers = [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"$-5\r\nx", b"$9999999999\r\n", b":\r\n", None, b""]
    for said in answers:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            listener.listen(5)
            settings.VALKEY_URL = f"redis://127.0.0.1:{listener.getsockname()[1]}/0"
            trusted()
            done = threading.Event()
            speaker = threading.Thread(target=_say, args=(listener, said, done))
            speaker.start()
            with ending(away=1, resting=1):
                assert [memory.get("iets"), memory.get("iets")] == [None, None], said
            done.set()
            speaker.join()
    trusted()


def _say(listener, said, done):
    taken, _ = listener.accept()
    with taken:
        if said is not None:
            taken.sendall(said)
        if said != b"":
            done.wait(5)

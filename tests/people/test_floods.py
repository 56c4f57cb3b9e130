"""Limits on who floods, counted by all servers together in a real Valkey, and in the database when that is gone."""

from datetime import timedelta
from importlib import import_module

import pytest
from tests.valkey import another_server, ending, holding, names
from tests.valkey import mortal as mortal
from tests.valkey import valkey as valkey
from tests.valkey import valkey_server as valkey_server

from meedoen.kernel import clock
from meedoen.people import codes, floods
from meedoen.people.entrance import limits
from meedoen.people.models import Tally
from meedoen.shared import memory

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


def ask(network="127.0.0.1"):
    return floods.count("asks", network, per=HOUR, now=clock.now())


def test_without_a_memory_the_database_counts(settings):
    settings.VALKEY_URL = ""
    assert [ask(), ask(), ask("10.0.0.1")] == [1, 2, 1]
    assert Tally.objects.count() == 2


def test_all_servers_count_together_and_the_database_is_left_alone(valkey, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert [ask(), ask(), ask("10.0.0.1")] == [1, 2, 1]
        assert floods.count("asks", "127.0.0.1", per=HOUR, now=clock.now() + HOUR) == 1  # a new hour begins anew
    assert all(0 < holding(valkey).ttl(name) <= 3600 for name in names(valkey))


@pytest.mark.django_db(transaction=True)
def test_another_server_counts_on(valkey):
    assert [ask(), ask()] == [1, 2]
    deed = (
        "from datetime import timedelta; from meedoen.kernel import clock; from meedoen.people import floods;"
        "tell(floods.count('asks', '127.0.0.1', per=timedelta(hours=1), now=clock.now()))"
    )
    assert another_server(valkey, deed) == 3
    assert ask() == 4
    assert not Tally.objects.exists()


def test_nobody_reads_there_who_it_is(valkey):
    floods.count("sign-ups", "iemand@voorbeeld.example", per=HOUR, now=clock.now())
    ask("203.0.113.7")
    lying = " ".join(names(valkey))
    assert "sign-ups" in lying
    assert not any(part in lying for part in ("iemand", "voorbeeld", "203.0.113"))


def test_a_limit_is_never_none_and_a_switch_gives_it_once_more_at_most(mortal, monkeypatch):
    """Who asks until they are refused, while the server vanishes and comes back empty: three times the limit in all."""
    now = clock.now()

    def until_refused():
        for taken in range(1000):
            try:
                limits.count_key("127.0.0.1", now=now)
            except limits.Refused:
                return taken
        raise AssertionError("there is no limit")

    assert until_refused() == limits.MAX_ASKS_PER_NETWORK_HOUR
    mortal.kill()
    assert until_refused() == limits.MAX_ASKS_PER_NETWORK_HOUR  # the database counts, from nothing
    mortal.start()
    monkeypatch.setattr(memory.patience, "_rests_until", 0.0)
    assert until_refused() == limits.MAX_ASKS_PER_NETWORK_HOUR  # what it counted before is lost
    mortal.kill()
    assert until_refused() == 0  # the database still knows


def test_one_that_hangs_and_comes_back_knows_what_it_counted(valkey, monkeypatch):
    assert [ask(), ask()] == [1, 2]
    with valkey.hanging():
        assert [ask(), ask()] == [1, 2]
    monkeypatch.setattr(memory.patience, "_rests_until", 0.0)
    assert ask() == 4  # it had heard one in its sleep; so at most twice the limit, however often it hangs
    memory.patience.gave_up()
    assert ask() == 3


def test_one_that_is_full_leaves_it_to_the_database(settings):
    services = import_module("services")
    with services.valkey("--maxmemory", "1", "--maxmemory-policy", "noeviction") as server:
        settings.VALKEY_URL = server.url
        with ending(refused=2):
            assert [ask(), ask()] == [1, 2]
    assert Tally.objects.get().count == 2


def test_tries_of_a_code_are_counted_in_the_database_alone(valkey):
    now = clock.now()
    with ending():
        limits.count_try("een code", "127.0.0.1", now=now)
        limits.count_wrong("127.0.0.1", now=now)
        codes.count("codes", "iemand@voorbeeld.example", per=HOUR, now=now)
    assert (Tally.objects.count(), names(valkey)) == (3, [])

"""What is told of a replica: to Prometheus, and to who asks what is wrong."""

import pytest
from django.db import connection
from prometheus_client.parser import text_string_to_metric_families
from tests.follower import follower as follower
from tests.follower import here, known_as_replica, only_postgresql
from tests.follower import server as server

from meedoen.kernel import clock
from meedoen.kernel.replica import base
from meedoen.pages import replica, standing
from meedoen.pages.actions import changed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def told(client):
    """A function that gives the figures about the replica."""

    def read():
        body = client.get("/metrics").content.decode()
        return {
            (sample.name.removeprefix("meedoen_replica"), *sample.labels.values()): sample.value
            for family in text_string_to_metric_families(body)
            for sample in family.samples
            if sample.name in ("meedoen_replica", "meedoen_replica_behind_seconds", "meedoen_replica_behind_bytes")
        }

    return read


def test_a_site_without_one_has_nothing_to_tell(told, settings):
    assert told() == {("", "expected"): 0, ("", "follows"): 0}
    assert list(standing.problems()) == []
    settings.REPLICA_URL = "postgres://meedoen@replica.example/meedoen"
    assert list(standing.problems()) == [
        "MEEDOEN_REPLICA_URL is set, but only PostgreSQL has replicas. Leave it empty, or move to PostgreSQL."
    ]


@only_postgresql
def test_one_that_follows_is_well_and_one_that_is_behind_says_how_far(follower, told, settings, monkeypatch):
    settings.REPLICA_URL = follower.url
    assert list(standing.problems()) == []
    # Other tests write to the same server, so for a moment it may be behind.
    before = next(found for found in (told() for _ in range(500)) if not found["_behind_bytes",])
    assert (before["", "expected"], before["", "follows"], before["_behind_seconds",]) == (1, 1, 0)
    monkeypatch.setattr(standing, "MAX_BEHIND_SECONDS", 0)
    with follower.paused():
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = on")  # so that the journal has it now
        changed("news", now=clock.now())
        behind = told()
        assert behind["_behind_bytes",] > 0
        assert 0 < behind["_behind_seconds",] < 600
        (said,) = standing.problems()
        assert said.startswith("The replica is ")
        assert "seconds behind, so pages that changed are read from the primary." in said


@only_postgresql
def test_an_address_that_leads_to_the_primary_is_named(told, settings):
    settings.REPLICA_URL = here(settings.DATABASE_URL)
    with known_as_replica(settings.REPLICA_URL):
        assert list(standing.problems()) == [
            "MEEDOEN_REPLICA_URL leads to a server that does not follow ours. Set it to a replica of DATABASE_URL."
        ]
        assert (told()["", "expected"], told()["", "follows"]) == (1, 0)


@only_postgresql
def test_one_that_is_away_is_named_and_not_asked_again_at_once(follower, told, settings, monkeypatch):
    monkeypatch.setattr(base, "ANSWER_SECONDS", 0.3)
    settings.REPLICA_URL = follower.url
    told()
    with follower.hanging():
        for _ in range(2):
            assert told() == {("", "expected"): 1, ("", "follows"): 0}
        assert replica.patience.is_away
        (said,) = standing.problems()
        assert said.startswith("The replica does not answer (")
    replica.patience.answered()
    monkeypatch.setattr(base, "ANSWER_SECONDS", 60)
    assert told()["", "follows"] == 1

"""A real replica of the server that the tests use, for who wants to hold it up, stop it or kill it."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

import psycopg
import pytest
import services
from django.conf import settings
from django.db import connection, connections

from meedoen.kernel.replica import base
from meedoen.pages import replica
from meedoen.pages.models import Area

only_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has replicas")


class Follower:
    """A replica, for who wants to hold it up."""

    def __init__(self, url, server):
        self.url, self.server = url, server

    def ask(self, sql):
        with closing(psycopg.connect(self.url, autocommit=True)) as asked:
            return asked.execute(sql).fetchone()[0]

    @contextmanager
    def paused(self):
        """It follows no more, and shows what it has."""
        self.ask("SELECT 1 FROM (SELECT pg_wal_replay_pause()) done")
        try:
            yield
        finally:
            self.ask("SELECT 1 FROM (SELECT pg_wal_replay_resume()) done")

    @contextmanager
    def hanging(self):
        """It answers nothing, as a machine that is out of breath."""
        pids = [self.server.pid, *self.backends()]
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)

    def backends(self):
        """The processes that serve somebody."""
        with closing(psycopg.connect(self.url, autocommit=True)) as asked:
            rows = asked.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()").fetchall()
            return [pid for (pid,) in rows if pid != asked.info.backend_pid]

    def catch_up(self):
        """Wait until it shows what the primary has."""
        for _ in range(500):
            if self.numbers() == dict(Area.objects.values_list("name", "number")):
                return
            time.sleep(0.02)
        raise AssertionError("the replica does not follow")

    def numbers(self):
        with closing(psycopg.connect(self.url, autocommit=True)) as asked:
            return dict(asked.execute("SELECT name, number FROM pages_area").fetchall())


@contextmanager
def known_as_replica(url):
    """The site has a replica there, with settings such as its own, but more patience: the machine of tests is busy."""
    usual, base.ANSWER_SECONDS = base.ANSWER_SECONDS, 60.0
    connections.settings[replica.ALIAS] = connections.configure_settings(
        {**connections.settings, replica.ALIAS: settings_of(url)}
    )[replica.ALIAS]
    replica.patience.answered()
    base.DatabaseWrapper.ensure_connection = _connect  # Django's tests would meet those alone that were there before
    try:
        yield
    finally:
        base.ANSWER_SECONDS = usual
        del base.DatabaseWrapper.ensure_connection
        connections[replica.ALIAS].close()
        del connections[replica.ALIAS]
        del connections.settings[replica.ALIAS]


def _connect(wrapper):
    if wrapper.connection is None:
        with wrapper.wrap_database_errors:
            wrapper.connect()


def settings_of(url):
    """What ``config/settings.py`` makes of an address; in a process of its own, since it reads the environment."""
    told = {**os.environ, "MEEDOEN_REPLICA_URL": url, "DJANGO_SETTINGS_MODULE": "meedoen.config.settings"}
    asked = "import json; from meedoen.config.settings import DATABASES; print(json.dumps(DATABASES['replica']))"
    done = subprocess.run([sys.executable, "-c", asked], env=told, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    found["OPTIONS"]["connect_timeout"] = 10
    return found


def here(url):
    """The address of the database of this test on a server."""
    return urlsplit(url)._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


@contextmanager
def following():
    """A server that follows the one of these tests; that of deploy/ha has followers of its own, and lets in no other."""
    with closing(psycopg.connect(here(settings.DATABASE_URL))) as asked:
        may_follow = "SELECT rolsuper OR rolreplication FROM pg_roles WHERE rolname = current_user"
        if not asked.execute(may_follow).fetchone()[0]:
            pytest.skip("who asks here may not follow; on a server of the tests' own it may")
    with services.replica(settings.DATABASE_URL) as (url, process):
        yield Follower(here(url), process)


@pytest.fixture(scope="session")
def server(django_db_setup):
    """One for all tests of this process that do not kill it."""
    with following() as made:
        yield made


@pytest.fixture
def follower(transactional_db, server):
    """It, as the replica of the site."""
    server.catch_up()
    with known_as_replica(server.url):
        yield server

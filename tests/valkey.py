"""A real Valkey or Redis as the memory of the site, for who wants to hold it up, kill it or look what lies in it."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager

import pytest
import services
from django.conf import settings
from django.db import connection
from redis import Redis

from meedoen.shared import memory
from tests.counted import ending_of


@pytest.fixture(scope="session")
def valkey_server():
    """One for all tests of this process that do not kill it."""
    with services.valkey() as server:
        yield server


@pytest.fixture
def valkey(valkey_server, settings):
    """It, empty, as the memory of the site."""
    holding(valkey_server).flushall()
    with known_as_memory(valkey_server, settings):
        yield valkey_server


@pytest.fixture
def mortal(settings):
    """One of the test's own, to be killed."""
    with services.valkey() as server, known_as_memory(server, settings):
        yield server


@contextmanager
def known_as_memory(server, settings):
    settings.VALKEY_URL = server.url
    trusted()
    yield
    trusted()


def trusted():
    """What this process knows of any memory is forgotten, as if its rest were over."""
    memory.patience.answered()
    memory._refusal_told_at = -float(memory.TELL_AGAIN_SECONDS)


def holding(server):
    """As another program speaks to it."""
    return Redis.from_url(server.url)


def names(server):
    """Under which names something lies in it."""
    return sorted(name.decode() for name in holding(server).scan_iter())


def another_server(server, deed):
    """What another process of the site, on the same database, tells in ``deed``, which calls ``tell`` once."""
    line = "sqlite://" if connection.vendor == "sqlite" else settings.DATABASE_URL.rpartition("/")[0]
    told = {
        **os.environ,
        "DATABASE_URL": f"{line}/{connection.settings_dict['NAME']}",
        "MEEDOEN_VALKEY_URL": server.url,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    begin = "import json, django\ndjango.setup()\ntell = lambda said: print(json.dumps(said))\n"
    done = subprocess.run([sys.executable, "-c", begin + deed], env=told, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


ending = ending_of(memory.ASKS, "end")

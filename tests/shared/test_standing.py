"""What is told of the memory that servers share: by meedoen check, /readyz and the figures."""

import os
import subprocess
import sys
from importlib import import_module

import pytest
from prometheus_client.parser import text_string_to_metric_families

from meedoen.config import checks
from meedoen.shared import memory, standing
from tests.valkey import mortal as mortal
from tests.valkey import names, trusted
from tests.valkey import valkey as valkey
from tests.valkey import valkey_server as valkey_server

services = import_module("services")
GOES_ON = "so the site goes on without it, slower, and limits are counted in the database"


def told(server, settings):
    settings.VALKEY_URL = server.url
    return list(checks.remembered_together())


def test_none_and_one_that_is_well_have_no_problems(valkey, settings):
    assert list(checks.remembered_together()) == []
    assert names(valkey) == []
    settings.VALKEY_URL = ""
    assert [*checks.remembered_together(), *checks.memory_travels_locked()] == []


def test_one_that_is_gone_hangs_or_wants_a_password_is_told(settings, mortal):
    with mortal.hanging():
        assert told(mortal, settings) == [
            f"Valkey does not answer (Timeout reading from socket), {GOES_ON}. Is it running, and is MEEDOEN_VALKEY_URL right?"
        ]
    mortal.kill()
    [said] = told(mortal, settings)
    assert said.startswith("Valkey does not answer (Error 111 connecting to 127.0.0.1:")
    with services.valkey("--requirepass", "geheim") as server:
        wrong = f"Valkey does not know the password in MEEDOEN_VALKEY_URL or wants one, {GOES_ON}. Set it right."
        assert told(server, settings) == [wrong]
        server.url = server.url.replace("redis://", "redis://:mis@")
        assert told(server, settings) == [wrong]
        server.url = server.url.replace(":mis@", ":geheim@")
        assert told(server, settings) == []


def test_one_that_is_set_up_unfit_is_told(settings):
    with services.valkey("--maxmemory", "0", "--maxmemory-policy", "noeviction", "--save", "60 1") as server:
        assert told(server, settings) == [
            "Valkey has no bound to its memory and takes all of the machine's. Set maxmemory there, such as 256mb.",
            "Valkey takes nothing more once it is full. Set maxmemory-policy there to allkeys-lru.",
            "Valkey writes what it holds to a disk, also what is erased here. It need not:"
            ' set save "" and appendonly no there.',
        ]
    with services.valkey("--maxmemory", "1", "--maxmemory-policy", "noeviction") as full:
        assert [said[:46] for said in told(full, settings)] == [
            "Valkey takes nothing more once it is full. Set",
            "Valkey refuses what is asked of it (command no",
        ]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("redis://valkey.example/0", ["starts with redis://", "has no password"]),
        ("redis://:geheim@valkey.example/0", ["starts with redis://"]),
        ("rediss://valkey.example/0", ["has no password"]),
        ("rediss://:geheim@valkey.example/0", []),
        ("redis://127.0.0.1/0", []),
        ("redis://localhost:6380/1", []),
        ("unix:///run/valkey/valkey.sock", []),
    ],
)
def test_one_on_another_machine_is_reached_by_us_alone(settings, url, words):
    settings.VALKEY_URL = url
    found = list(checks.memory_travels_locked())
    assert len(found) == len(words)
    assert all(word in said for word, said in zip(words, found, strict=True))


def test_its_package_is_needed_and_told(settings, monkeypatch):
    settings.VALKEY_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(standing, "find_spec", lambda name: None)
    [said] = checks.remembered_together()
    assert said.endswith("Install requirements/valkey.txt.")
    monkeypatch.setitem(sys.modules, "meedoen.shared.valkey", None)  # importing it fails
    trusted()
    assert memory.get("iets") is None
    assert memory.patience.is_away
    trusted()


def test_an_address_of_something_else_is_told_and_the_site_goes_on(settings):
    for url in ("memcached://127.0.0.1", "redis://127.0.0.1:poort/0"):
        settings.VALKEY_URL = url
        trusted()
        [said] = checks.remembered_together()
        assert said.startswith("Valkey does not answer (")
        assert memory.get("iets") is None
    trusted()


def test_without_one_its_package_is_not_loaded():
    asked = {**os.environ, "MEEDOEN_VALKEY_URL": "", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(
        [sys.executable, "-c", "import sys, meedoen.config.wsgi; print('redis' in sys.modules)"],
        env=asked, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "False"


@pytest.mark.django_db
def test_the_site_is_ready_without_it_and_says_so(client, mortal, settings):
    def stands():
        figures = text_string_to_metric_families(client.get("/metrics").content.decode())
        [family] = [each for each in figures if each.name == "meedoen_shared"]
        return {sample.labels["state"]: sample.value for sample in family.samples}

    assert client.get("/readyz").json() == {"ready": True, "problems": [], "valkey": "there"}
    assert stands() == {"expected": 1, "answers": 1}
    mortal.kill()
    assert stands() == {"expected": 1, "answers": 0}
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["valkey"]) == (200, "away")
    settings.VALKEY_URL = ""
    assert stands() == {"expected": 0, "answers": 0}
    assert "valkey" not in client.get("/readyz").json()

"""What machines ask of a running site."""

import io
import json
import logging
import re
import sqlite3
from pathlib import Path

import pytest
import structlog
from django.db import OperationalError

from meedoen.config import operations
from meedoen.config.logs import without_address

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.django_db


def test_a_site_that_lives_says_so_without_asking_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


def test_a_site_is_ready_when_its_database_is_of_this_version(client):
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"ready": True, "problems": []})


def test_a_site_whose_database_waits_for_migrations_is_not_ready(client, monkeypatch):
    monkeypatch.setattr(operations, "_is_migrated", lambda: False)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["problems"] == ["the database waits for migrations: run 'meedoen migrate'"]


def test_a_site_without_its_database_is_not_ready(client, monkeypatch):
    def away():
        raise OSError

    monkeypatch.setattr(operations.connection, "cursor", away)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["problems"] == ["the database does not answer: OSError"]


def test_figures_are_for_the_own_machine(client):
    client.get("/healthz")
    body = client.get("/metrics").content.decode()
    assert 'meedoen_requests_total{method="GET",status="2xx",view="healthz"}' in body
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 404
    assert client.get("/metrics", headers={"x-forwarded-for": "203.0.113.9"}).status_code == 404


@pytest.mark.parametrize("header", ["x-real-ip", "forwarded", "via"])
def test_the_figures_are_not_for_whom_a_proxy_speaks(client, header):
    assert client.get("/metrics", headers={header: "203.0.113.9"}).status_code == 404


@pytest.mark.parametrize(
    ("path", "sender", "status"),
    [
        ("/healthz", "127.0.0.1", 200),
        ("/readyz", "::1", 200),
        ("/metrics", "127.0.0.1", 200),
        ("/healthz", "203.0.113.9", 400),
        ("/metrics", "203.0.113.9", 400),
        ("/", "127.0.0.1", 400),
    ],
)
def test_the_own_machine_asks_by_its_own_address(client, settings, path, sender, status):
    settings.ALLOWED_HOSTS = ["voorbeeld.example"]
    assert client.get(path, headers={"host": "127.0.0.1:8000"}, REMOTE_ADDR=sender).status_code == status


@pytest.mark.parametrize(
    "sender", ["127.0.0.1", "192.0.2.7"]
)  # Prometheus here, or on a machine that the settings name
def test_prometheus_reads_the_figures_as_our_own_files_set_it_up(client, settings, sender):
    """With the hosts of our template, at the address of our example, over plain http."""
    hosts = re.search(r"^MEEDOEN_HOSTS=(.+)$", (ROOT / "deploy" / "meedoen.env").read_text("utf-8"), re.MULTILINE)[1]
    target = re.search(r'targets: \["(.+?)"\]', (ROOT / "docs" / "alerts.md").read_text("utf-8"))[1]
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = hosts.split(","), True
    settings.METRICS_FROM = ["127.0.0.1", "192.0.2.7"]
    assert target.partition(":")[0] not in settings.ALLOWED_HOSTS  # else this tells nothing
    found = client.get("/metrics", headers={"host": target}, REMOTE_ADDR=sender)
    assert (found.status_code, b"\nmeedoen_requests_total{" in found.content) == (200, True)


def test_a_request_is_logged_by_view_and_number_and_never_by_address(client, settings):
    settings.LOG_REQUESTS = True
    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as lines:
        client.get("/gemeenten/?naam=ans@voorbeeld.example", headers={"x-request-id": "abcd-1234"})
    (line,) = [line for line in lines if line["event"] == "request"]
    assert line | {"ms": 0} == {
        "event": "request",
        "log_level": "info",
        "view": "municipalities:list",
        "method": "GET",
        "status": 200,
        "ms": 0,
        "request_id": "abcd-1234",
    }
    assert "ans" not in json.dumps(line)


def test_a_strange_request_number_is_replaced(client):
    given = client.get("/healthz", headers={"x-request-id": "x y\tz"})["X-Request-ID"]
    assert len(given) == 32


def test_a_fault_is_logged_without_the_address_it_happened_at():
    line = {"logger": "django.request", "event": "Internal Server Error: /mijn/ans@voorbeeld.example/"}
    assert without_address(None, "error", line) == {"logger": "django.request", "event": "Internal Server Error"}
    refused = {"logger": "django.security.DisallowedHost", "event": "Invalid HTTP_HOST header: 'x.example'"}
    assert without_address(None, "error", refused | {"exc_info": ValueError("x.example")}) == {
        "logger": "django.security.DisallowedHost",
        "event": "Invalid HTTP_HOST header",
    }
    away = OperationalError("server closed the connection\nThis probably means")
    assert without_address(None, "error", line | {"exc_info": (OperationalError, away, None)}) == {
        "logger": "django.request", "event": "the database does not answer, or is held", "reason": "OperationalError",
    }  # fmt: skip
    away.__cause__ = sqlite3.OperationalError("database is locked")
    away.__cause__.sqlite_errorname = "SQLITE_BUSY"
    said = without_address(None, "error", line | {"exc_info": (OperationalError, away, None)})
    assert said["reason"] == "OperationalError SQLITE_BUSY"
    other = {"logger": "meedoen.worker", "event": "waiting: 3"}
    assert without_address(None, "info", dict(other)) == other


def test_a_host_that_somebody_made_up_stands_in_no_line_of_the_log(client, settings):
    settings.ALLOWED_HOSTS = ["voorbeeld.example"]
    formatter = dict(settings.LOGGING["formatters"]["line"])
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(formatter.pop("()")(**formatter))
    logger = logging.getLogger("django.security.DisallowedHost")
    logger.addHandler(handler)
    try:
        assert client.get("/", headers={"host": "verzonnen.example"}).status_code == 400
    finally:
        logger.removeHandler(handler)
    assert "Invalid HTTP_HOST header" in written.getvalue()
    assert "verzonnen" not in written.getvalue()

"""Traces: what a collector is really sent, of requests full of what is nobody's business; and nothing where none is set."""

import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import connection
from django.test import Client
from django.urls import get_resolver
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from meedoen.config import traces

ADDRESS, KEY, WORDS = "ans@voorbeeld.example", "k3yk3yk3yk3yk3yk3yk3yk3yk3", "rolstoel"
SENDER, BROWSER, TRACE = "203.0.113.77", "Snoopbrowser", "0af7651916cd43dd8448eb211c80319c"


@pytest.fixture
def collector():
    """An OTLP receiver on loopback: its address, and what it was sent, as it came."""
    taken = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self):
            taken.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", taken
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def traced(collector, settings):
    """A client of a site that sends traces, and how to get what was sent: the bytes, and the spans in them."""
    endpoint, taken = collector
    settings.OTLP_ENDPOINT = endpoint
    settings.MIDDLEWARE = [*settings.MIDDLEWARE[:1], "meedoen.config.traces.Traces", *settings.MIDDLEWARE[1:]]

    def sent():
        traces.provider(endpoint).force_flush()
        requests = [ExportTraceServiceRequest.FromString(body) for path, body in taken if path == "/v1/traces"]
        spans = [s for r in requests for one in r.resource_spans for scope in one.scope_spans for s in scope.spans]
        return b"".join(body for _path, body in taken), spans

    yield Client(raise_request_exception=False), sent
    traces.provider(endpoint).shutdown()
    traces.provider.cache_clear()


def attributes(span):
    return {each.key: each.value.string_value or each.value.int_value for each in span.attributes}


@pytest.mark.django_db
def test_a_request_is_told_by_its_view_and_the_tables_that_it_asked(traced):
    client, sent = traced
    assert client.get(f"/gemeenten/?naam={WORDS}").status_code == 200
    client.get("/healthz")
    client.get("/metrics")
    _bytes, spans = sent()
    (request,) = [span for span in spans if not span.parent_span_id]
    assert request.name == "GET gemeenten/"
    assert attributes(request) == {
        "http.request.method": "GET",
        "http.response.status_code": 200,
        "http.route": "gemeenten/",
        "meedoen.view": "municipalities:list",
    }
    asked = [span for span in spans if span.parent_span_id]
    assert {span.parent_span_id for span in asked} == {request.span_id}
    assert "SELECT municipalities_municipality" in {span.name for span in asked}
    assert attributes(asked[0]).keys() <= {"db.system.name", "db.operation.name", "db.collection.name"}


@pytest.mark.django_db
def test_nothing_that_somebody_sent_or_is_reaches_the_collector(traced, monkeypatch):
    client, sent = traced
    headers = {
        "user-agent": BROWSER,
        "referer": f"http://testserver/{ADDRESS}",
        "x-request-id": KEY,
        "x-forwarded-for": SENDER,
        "cookie": f"sessie={KEY}",
        "traceparent": f"00-{TRACE}-b7ad6b7169203331-01",
        "tracestate": f"who={WORDS}",
        "baggage": f"who={WORDS}",
    }

    def failing(*_args, **_kwargs):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT '{ADDRESS}' FROM {WORDS}")  # an error that says both

    patterns = {each.name: each for each in get_resolver().url_patterns if hasattr(each, "name")}
    monkeypatch.setattr(patterns["readyz"], "callback", failing)
    monkeypatch.setattr(traces, "UNTRACED", set())
    seen = [
        client.get(f"/zoeken/?q={WORDS}+{ADDRESS}", headers=headers, REMOTE_ADDR=SENDER).status_code,
        client.get(f"/{ADDRESS}/", headers=headers, REMOTE_ADDR=SENDER).status_code,
        client.get(f"/gemeenten/{WORDS}/", headers=headers, REMOTE_ADDR=SENDER).status_code,
        client.post("/inloggen/", {"email": ADDRESS}, headers=headers, REMOTE_ADDR=SENDER).status_code,
        client.generic(WORDS.upper(), "/").status_code,
        client.get("/readyz", headers=headers, REMOTE_ADDR=SENDER).status_code,
    ]
    assert (seen[0], seen[1], seen[2], seen[5]) == (200, 404, 404, 500)
    raw, spans = sent()
    requests = [span for span in spans if not span.parent_span_id]
    assert len(requests) == len(seen)
    assert {"GET zoeken/", "POST inloggen/", "GET readyz"} <= {span.name for span in requests}
    found = raw.lower()
    for secret in (ADDRESS, "voorbeeld.example", KEY, WORDS, SENDER, BROWSER, "testserver"):
        assert secret.lower().encode() not in found, secret
    assert bytes.fromhex(TRACE) not in raw
    assert all(not span.events and not span.status.message for span in spans)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ('SELECT "people_person"."name" FROM "people_person" WHERE email = \'x\'', ("SELECT", "people_person")),
        ("insert into mail_outgoingmail VALUES (1)", ("INSERT", "mail_outgoingmail")),
        ("UPDATE \"forum_topic\" SET title = 'FROM ans'", ("UPDATE", "forum_topic")),
        ("SELECT * FROM ans", ("SELECT", "")),
        ("ans@voorbeeld.example", ("other", "")),
        ("", ("other", "")),
    ],
)
def test_a_statement_is_told_by_words_that_we_know(sql, said):
    assert (traces.verb_of(sql), traces.table_of(sql)) == said


@pytest.mark.slow
@pytest.mark.parametrize(("endpoint", "loaded"), [("", False), ("http://127.0.0.1:9", True)])
def test_nothing_of_it_is_loaded_where_it_is_not_set(tmp_path, endpoint, loaded):
    script = (
        "import sys, meedoen.config.wsgi\nprint(any(name.partition('.')[0] == 'opentelemetry' for name in sys.modules))"
    )
    environment = {**os.environ, "MEEDOEN_DATA": str(tmp_path), "MEEDOEN_OTLP_ENDPOINT": endpoint}
    environment["DJANGO_SETTINGS_MODULE"] = "meedoen.config.settings"
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(loaded)]

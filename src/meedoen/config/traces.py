"""Traces by OpenTelemetry, only where ``MEEDOEN_OTLP_ENDPOINT`` is set: which question of which page takes long.

This is imported then and no sooner. The ready instruments for Django and its databases note addresses, senders, SQL
and what errors say, all of which may be about somebody; so a span here holds only words of ours (ADR-0067).
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import structlog
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.http import HttpRequest, HttpResponseBase

try:
    from opentelemetry.context import Context
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor
    from opentelemetry.trace import SpanKind, StatusCode
except ImportError as problem:
    raise ImproperlyConfigured(
        "MEEDOEN_OTLP_ENDPOINT is set, but what sends traces is not installed: install requirements/traces.txt"
    ) from problem

from meedoen.config.middleware import FIGURES, METHODS, PROBES, GetResponse

UNTRACED = PROBES | {FIGURES}  # asked by machines, every few seconds
SEND_SECONDS = 5  # in which a collector has to take what is sent; a page never waits for it
VERBS = {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "SAVEPOINT", "RELEASE", "ROLLBACK"}
_VERB = re.compile(r"\s*([A-Za-z]+)")
_TABLE = re.compile(r'\b(?:FROM|INTO|UPDATE)\s+"?([A-Za-z_][A-Za-z0-9_]*)"?', re.IGNORECASE)


class Traces:
    """Make a span of each request, with a span in it for each question to the database.

    A trace begins here, whatever the sender says of one: what stands in a header is theirs. Its number comes into
    each line of the log.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.tracer = provider(settings.OTLP_ENDPOINT).get_tracer("meedoen")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info in UNTRACED:
            return self.get_response(request)
        method = request.method if request.method in METHODS else "other"
        with self.tracer.start_as_current_span(
            str(method),
            context=Context(),
            kind=SpanKind.SERVER,
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            if not span.is_recording():
                return self.get_response(request)
            structlog.contextvars.bind_contextvars(trace_id=f"{span.get_span_context().trace_id:032x}")
            with connection.execute_wrapper(self._ask):
                response = self.get_response(request)
            match = getattr(request, "resolver_match", None)
            span.set_attribute("http.request.method", str(method))
            span.set_attribute("http.response.status_code", response.status_code)
            if match:
                span.update_name(f"{method} {match.route}")
                span.set_attribute("http.route", match.route)
                span.set_attribute("meedoen.view", match.view_name or "unnamed")
            if response.status_code >= 500:
                span.set_status(StatusCode.ERROR)
            return response

    def _ask(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        verb, table = verb_of(sql), table_of(sql)
        with self.tracer.start_as_current_span(
            f"{verb} {table}".strip(), kind=SpanKind.CLIENT, record_exception=False, set_status_on_exception=False
        ) as span:
            span.set_attribute("db.system.name", connection.vendor)
            span.set_attribute("db.operation.name", verb)
            if table:
                span.set_attribute("db.collection.name", table)
            return execute(sql, params, many, context)


@cache
def provider(endpoint: str) -> TracerProvider:
    """What gathers spans and sends them to ``endpoint`` from a thread of its own."""
    made = TracerProvider(resource=Resource.create({"service.name": "meedoen", "service.version": settings.VERSION}))
    made.add_span_processor(
        BatchSpanProcessor(OTLPSpanExporter(endpoint=f"{endpoint}/v1/traces", timeout=SEND_SECONDS))
    )
    return made


def verb_of(sql: str) -> str:
    """What a statement does, of the verbs that we know."""
    found = _VERB.match(sql)
    verb = found[1].upper() if found else ""
    return verb if verb in VERBS else "other"


def table_of(sql: str) -> str:
    """The first table of ours that a statement names; empty for another word, which may be anything."""
    return next((name for name in _TABLE.findall(sql) if name in _tables()), "")


@cache
def _tables() -> frozenset[str]:
    return frozenset(model._meta.db_table for model in apps.get_models(include_auto_created=True))

"""What surrounds every request: its number and its line in the log, kind refusals, headers, lasting addresses."""

import re
import time
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import Resolver404, is_valid_path, resolve
from django.utils.http import escape_leading_slashes
from prometheus_client import Counter, Histogram

from meedoen.config import errors
from meedoen.files.refusing import Away

GetResponse = Callable[[HttpRequest], HttpResponseBase]
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")

REQUESTS = Counter(
    "meedoen_requests_total", "Requests by view, method and class of status", ["view", "method", "status"]
)
SECONDS = Histogram(
    "meedoen_request_seconds",
    "Time to answer by view",
    ["view"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
QUERIES = Histogram(
    "meedoen_request_queries",
    "Questions to the database for an answer, by view",
    ["view"],
    buckets=(0, 1, 2, 5, 10, 20, 50, 100),
)
PROBES = {"/healthz", "/readyz"}
FIGURES = "/metrics"
LOOPBACK = {"127.0.0.1", "::1"}
METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}

log = structlog.get_logger("meedoen.request")


class RequestLog:
    """Give each request a number, count it, and write one line about it.

    The line holds the view's name and never the address, the query or the sender: these may say who somebody is.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        queries = _Tally()
        with connection.execute_wrapper(queries):
            response = self.get_response(request)
        seconds = time.perf_counter() - started
        match = getattr(request, "resolver_match", None)
        view = (match.view_name or "unnamed") if match else "none"
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(view, method, f"{response.status_code // 100}xx").inc()
        SECONDS.labels(view).observe(seconds)
        QUERIES.labels(view).observe(queries.count)
        response["X-Request-ID"] = request_id
        if settings.LOG_REQUESTS:
            log.info("request", view=view, method=method, status=response.status_code, ms=round(seconds * 1000, 1))
        return response


class _Tally:
    """Counts what is asked of the database while it stands around it."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.count += 1
        return execute(sql, params, many, context)


def _is_for_machines(request: HttpRequest) -> bool:
    """Whether a machine that may, asks how we are: it knows us by an address, whatever name the site has."""
    sender = request.META.get("REMOTE_ADDR")
    if request.path_info == FIGURES:
        return sender in settings.METRICS_FROM
    return request.path_info in PROBES and sender in LOOPBACK


class SafeRequest:
    """Refuse a foreign host before anything else reads it; a wrong method or a file out of reach gets a page that helps."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _is_for_machines(request):
            request.get_host()  # raises DisallowedHost, which becomes the page for a bad request
        response = self.get_response(request)
        if response.status_code == 405:
            return errors.method_not_allowed(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """A file that cannot be read now is no fault of the site around it."""
        return errors.file_away(request) if isinstance(exception, Away) else None


class CrossOriginHeaders:
    """Say that nothing of ours is for other sites to load, except what a page means to share."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        response.setdefault("X-Permitted-Cross-Domain-Policies", "none")
        return response


class Addresses:
    """Lead an address that lacks its last slash, or has capitals, to the page that was meant (OD3)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 404 and request.method in ("GET", "HEAD"):
            path = request.path_info
            meant = path if path.endswith("/") else f"{path}/"
            if not any(name.endswith("key") for name in _arguments(meant)):  # a capital in a key is another key
                meant = meant.lower()
            if meant != path and is_valid_path(meant):
                query = request.META.get("QUERY_STRING", "")
                # An address may hold any byte; what cannot stand in a header is not one of ours.
                if meant.isascii() and meant.isprintable() and query.isascii() and query.isprintable():
                    led = HttpResponsePermanentRedirect(escape_leading_slashes(meant) + (f"?{query}" if query else ""))
                    led["Cache-Control"] = "public, no-cache"  # kept for ever, it could lead in a circle one day
                    return led
        return response


def _arguments(path: str) -> dict[str, object]:
    """What stands in an address of ours; nothing for what is none."""
    try:
        return resolve(path).kwargs
    except Resolver404:
        return {}

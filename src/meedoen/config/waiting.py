"""Who waits to write keeps nobody from reading: how long a page waits for others who write, and how many may at once.

Each page that waits holds a thread of the server, of which there are few (ADR-0072).
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Any, cast

from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponseBase

from meedoen.kernel import turns
from meedoen.kernel.primary import confirming

ROOM_SECONDS = 1.0  # that somebody waits for a place to wait in; a transaction lasts milliseconds
LOCK_SECONDS = (
    5  # that PostgreSQL waits for what somebody else has locked, for a page; the worker waits as long as it takes
)


class WaitingRoom:
    """On SQLite, of which one can write at a time, leave one thread to who reads while the others wait for their turn.

    On PostgreSQL nobody writes for a while when a second node did not confirm what was written, but for one who tries
    whether it does again. Who may not wait is told so: what they typed stands on the page (``errors.unavailable``).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.places = BoundedSemaphore(max(1, settings.THREADS - 1))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if connection.vendor != "sqlite":
            response = self.get_response(request)
            if began := getattr(request, "tries_since", None):
                confirming.came_to_nothing(began)  # what was to try may have written nothing
            return response
        with connection.execute_wrapper(self._in_turn):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Here, for what says so is a page as any other, with its headers and its reader's preferences."""
        if connection.vendor == "sqlite" or request.method != "POST" or not confirming.is_away:
            return
        if not confirming.may_ask():
            raise OperationalError("no second node confirmed what was written, a moment ago")
        cast(Any, request).tries_since = time.monotonic()

    def _in_turn(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not turns.begins_to_write(sql):
            return execute(sql, params, many, context)
        with self._place(), turns.waiting():
            return execute(sql, params, many, context)

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self.places.acquire(timeout=ROOM_SECONDS):
            raise OperationalError("database is locked, and others wait for it already")
        try:
            yield
        finally:
            self.places.release()


def give_up_in_time(database: Any) -> None:
    """Let a page wait some seconds for PostgreSQL and no longer; for the server, before it has a line."""
    if database["ENGINE"] == "django.db.backends.postgresql":
        database["ENGINE"] = "meedoen.kernel.primary"
        options = database.setdefault("OPTIONS", {})
        options["options"] = f"{options.get('options', '')} -c lock_timeout={LOCK_SECONDS}s".strip()

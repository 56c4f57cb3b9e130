"""Reading visitors' pages from a replica of the database, where it shows their areas as they are now (ADR-0071).

Nobody reads there but who renders a page for a visitor (``visitor``), inside ``read``. All that such a page asks, by
querysets or in SQL, goes to one server, in one transaction that cannot write. Whatever goes wrong there is done again
on the primary: the replica takes load away, and no page depends on it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

import structlog
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import Http404, HttpResponse
from prometheus_client import Counter

from meedoen.kernel.database import AWAY
from meedoen.kernel.patience import Patience

from .models import versions

T = TypeVar("T")
Version = tuple[tuple[str, int], ...]

ALIAS = "replica"
REST_SECONDS = 15  # in which nobody asks one that is away: each who does waits some seconds, and has few threads

READS = Counter("meedoen_replica_reads_total", "Visitors' pages to render, by how reading the replica ended", ["end"])
_read, _behind, _away, _missing, _refused = (
    READS.labels(end) for end in ("read", "behind", "away", "missing", "refused")
)
_primary: ContextVar[BaseDatabaseWrapper | None] = ContextVar("primary", default=None)  # while a page is read elsewhere

log = structlog.get_logger(__name__)


patience = Patience(REST_SECONDS)


def is_there() -> bool:
    """Whether this site has a replica."""
    return ALIAS in connections.settings


def read(
    areas: tuple[str, ...], version: Version, page: Callable[[], tuple[HttpResponse, T]]
) -> tuple[HttpResponse, T] | None:
    """What ``page`` makes of the replica, when that has ``version`` of its ``areas``; else None: ask the primary.

    ``version`` was read from the primary. A deed raises it in the transaction that changes what is shown, and a replica
    shows a transaction whole or not at all: so who sees the same numbers there sees what was written up to then. A page
    without areas has nothing to compare by. What is not there, or leads elsewhere, is looked for on the primary too,
    since what makes a thing known need not change an area.
    """
    if not is_there() or not version:
        return None
    if not patience.may_ask():
        _away.inc()
        return None
    try:
        with _in_place_of_primary():
            is_as_new = versions(areas) == version
            patience.answered()
            if not is_as_new:
                _behind.inc()
                return None
            made = page()
    except AWAY as problem:
        _away.inc()
        give_up(problem)
    except Http404:
        _missing.inc()
    except Exception as problem:  # a mistake of ours shows itself again on the primary
        _refused.inc()
        log.warning("replica.refused", error=type(problem).__name__)
    else:
        if made[0].status_code == 200:
            _read.inc()
            return made
        _missing.inc()
    return None


def give_up(problem: Exception) -> None:
    """Leave the replica alone for a while, after it did not answer."""
    patience.gave_up()
    connections[ALIAS].close()
    log.warning("replica.away", error=type(problem).__name__)


@contextmanager
def primary() -> Iterator[None]:
    """For a page that also writes something down: inside, the database is the one that can be written."""
    there, here = connections[DEFAULT_DB_ALIAS], _primary.get()
    if here is None:
        yield
        return
    connections[DEFAULT_DB_ALIAS] = here
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = there


@contextmanager
def _in_place_of_primary() -> Iterator[None]:
    """Let all that this thread asks the database go to the replica, counted and traced as ever.

    A transaction begins there with the first question and ends here. Not by ``atomic``, which connects anew to tidy up
    when the server is gone.
    """
    here, there = connections[DEFAULT_DB_ALIAS], connections[ALIAS]
    there.execute_wrappers, before = here.execute_wrappers, there.execute_wrappers
    connections[DEFAULT_DB_ALIAS] = there
    said = _primary.set(here)
    try:
        yield
    finally:
        _primary.reset(said)
        connections[DEFAULT_DB_ALIAS] = here
        there.execute_wrappers = before
        let_go(there)


def let_go(there: BaseDatabaseWrapper) -> None:
    """End the transaction: what is seen next is newer, and the replica need not keep what was seen."""
    try:
        there.rollback()
    except Error:
        there.close()

"""How the site stands at this moment, as figures for ``/metrics``: what waits, how long, what fails, how much room.

They are counted when asked, in as many questions to the database as ``QUERIES`` says and within ``SECONDS``; a
question that takes longer is cut off, and what could not be read is left out and said so. No figure has a label that
people choose: states, places and processes are words of ours.
"""

import datetime
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Count, Min, Q
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily

from meedoen.keeping import making, rehearsing
from meedoen.keeping.rules import moment_of
from meedoen.kernel import clock
from meedoen.kernel.database import AWAY
from meedoen.mail.health.models import MAILBOX, Pulse
from meedoen.mail.incoming.models import Incoming
from meedoen.mail.models import OutgoingMail
from meedoen.pages import replica
from meedoen.pages.standing import standing, written
from meedoen.search.models import Change
from meedoen.shared import memory
from meedoen.shared.standing import is_well

SECONDS = 2.0  # for all questions together; Prometheus itself waits ten
QUERIES = 11  # asked of the database, however much is in it; one more where there is a replica
LAST_DAY = datetime.timedelta(days=1)  # what went wrong longer ago is old news
CHECK_EVERY = 1000  # steps of SQLite between two looks at the clock

Read = Callable[[datetime.datetime], Iterator[Metric]]


class State:
    """Prometheus' collector of all these figures."""

    def describe(self) -> list[Metric]:
        """Nothing, so that registering asks the database nothing."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The figures of now."""
        now = clock.now()
        until = time.monotonic() + SECONDS
        unread: dict[str, float] = dict.fromkeys([*APART, *OF_DATABASE], 0)
        for name, read in [*APART.items(), *OF_DATABASE.items()]:
            try:
                with _limited(until) if name in OF_DATABASE else nullcontext():
                    found = list(read(now))
            except (DatabaseError, OSError, ValueError):
                unread[name] = 1
            else:
                yield from found
        yield _family("state_unread", "1 for a kind of figures that could not be read in time", "kind", unread)


def _tasks(now: datetime.datetime) -> Iterator[Metric]:
    # What runs at once has no moment to run after, which the library writes as one in a far year.
    ready = DBTaskResult.objects.ready().order_by()
    due = ready.aggregate(
        count=Count("pk"),
        at_once=Min("enqueued_at", filter=Q(run_after__gt=now)),
        planned=Min("run_after", filter=Q(run_after__lte=now)),
    )
    ended = DBTaskResult.objects.order_by().aggregate(
        running=Count("pk", filter=Q(status=TaskResultStatus.RUNNING)),
        failed=Count("pk", filter=Q(status=TaskResultStatus.FAILED, finished_at__gte=now - LAST_DAY)),
    )
    states = {"due": due["count"], "running": ended["running"], "failed_last_day": ended["failed"]}
    oldest = min(filter(None, [due["at_once"], due["planned"]]), default=None)
    yield _family("tasks", "Background tasks by state", "state", states)
    yield _number("task_oldest_due_seconds", "How long the oldest task that is due has waited", _since(oldest, now))


def _outbox(now: datetime.datetime) -> Iterator[Metric]:
    waiting = OutgoingMail.objects.filter(state=OutgoingMail.State.WAITING, due_at__lte=now)
    due = waiting.aggregate(count=Count("pk"), oldest=Min("due_at"))
    states = {
        "due": due["count"],
        "sending": OutgoingMail.objects.filter(state=OutgoingMail.State.SENDING).count(),
        "given_up_last_day": OutgoingMail.objects.filter(given_up_at__gte=now - LAST_DAY).count(),
    }
    yield _family("outbox_mails", "Mails on their way out by state", "state", states)
    yield _number(
        "outbox_oldest_due_seconds", "How long the oldest mail that is due has waited", _since(due["oldest"], now)
    )


def _incoming(now: datetime.datetime) -> Iterator[Metric]:
    # By state, as the indexes are: the mails themselves are large.
    new = Incoming.objects.filter(state=Incoming.State.NEW).aggregate(
        waiting=Count("pk", filter=Q(attempts=0)),
        failing=Count("pk", filter=Q(attempts__gt=0)),
        oldest=Min("received_at"),
    )
    oldest = new.pop("oldest")
    handling = Incoming.objects.filter(state=Incoming.State.HANDLING).count()
    aside = Incoming.objects.filter(state=Incoming.State.ASIDE, erased_at__isnull=True).count()
    states = {**new, "handling": handling, "aside": aside}
    yield _family("incoming_mails", "Mails that came in and are not handled, by state", "state", states)
    yield _number("incoming_oldest_seconds", "How long the oldest new mail has waited", _since(oldest, now))


def _search(now: datetime.datetime) -> Iterator[Metric]:
    found = Change.objects.aggregate(
        waiting=Count("pk", filter=Q(attempts=0)), failing=Count("pk", filter=Q(attempts__gt=0))
    )
    yield _family("search_changes", "Changes that the index of search does not know yet, by state", "state", found)


def _pulses(now: datetime.datetime) -> Iterator[Metric]:
    has_doors = bool(settings.MAIL_IN_LMTP or settings.MAIL_IN_SMTP_PORT or settings.IMAP_HOST)
    expected = {"worker": 1, "mail-in": int(has_doors), MAILBOX: int(bool(settings.IMAP_HOST))}
    at = dict(Pulse.objects.filter(name__in=expected).values_list("name", "at"))
    ages = {name: _since(at[name], now) for name, is_expected in expected.items() if is_expected and name in at}
    yield _family("pulse_expected", "1 for a process of ours that should work, by the settings", "process", expected)
    yield _family("pulse_age_seconds", "How long ago a process of ours last said that it works", "process", ages)


def _database(now: datetime.datetime) -> Iterator[Metric]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        (size,) = cursor.fetchone()
    yield _number("database_bytes", "The size of the database", size)


def _replica(now: datetime.datetime) -> Iterator[Metric]:
    # One that rests is not asked: who asks what does not answer waits, and this has to be told in time.
    found = None
    if replica.is_there() and replica.patience.may_ask():
        there = written()
        try:
            found = standing(there)
        except AWAY as problem:
            replica.give_up(problem)
        else:
            replica.patience.answered()
    states = {"expected": int(replica.is_there()), "follows": int(found is not None and found.is_ours)}
    yield _family("replica", "1 when there should be a replica to read from, and when it follows", "state", states)
    seconds, size = (found.behind_seconds, found.behind_bytes) if found else (None, None)
    yield _number("replica_behind_seconds", "How old the newest change is that a replica behind shows", seconds)
    yield _number("replica_behind_bytes", "How much of the journal it has yet to show", size)


def _shared(now: datetime.datetime) -> Iterator[Metric]:
    is_there = memory.is_there()
    states = {"expected": int(is_there), "answers": int(is_there and is_well())}
    yield _family("shared", "1 when servers should share a Valkey, and when it answers", "state", states)


def _backups(now: datetime.datetime) -> Iterator[Metric]:
    newest, report = making.newest(), rehearsing.last()
    made_at = moment_of(newest.name) if newest else None
    tried_at = datetime.datetime.fromisoformat(report.at) if report else None
    yield _number("backup_expected", "1 when a backup is to be made each night", int(settings.BACKUP_AT is not None))
    yield _number(
        "backup_age_seconds", "How old the newest backup is; left out where there is none", _age(made_at, now)
    )
    yield _number("backup_tried_age_seconds", "How long ago a backup was last put back to try it", _age(tried_at, now))
    yield _number(
        "backup_problems", "What was wrong with the backup that was tried", len(report.problems) if report else None
    )


def _disks(now: datetime.datetime) -> Iterator[Metric]:
    there = {name: path for name, path in {"data": settings.DATA, "backups": settings.BACKUPS}.items() if path.is_dir()}
    usage = {name: shutil.disk_usage(Path(path)) for name, path in there.items()}
    yield _family(
        "disk_free_bytes", "Room left on the disk", "place", {name: each.free for name, each in usage.items()}
    )
    yield _family("disk_size_bytes", "Size of the disk", "place", {name: each.total for name, each in usage.items()})


APART: dict[str, Read] = {"disks": _disks, "backups": _backups, "shared": _shared}
OF_DATABASE: dict[str, Read] = {
    "database": _database,
    "pulses": _pulses,
    "outbox": _outbox,
    "search": _search,
    "incoming": _incoming,
    "tasks": _tasks,
    "replica": _replica,
}


def _since(moment: datetime.datetime | None, now: datetime.datetime) -> float:
    """Seconds from ``moment`` to now; none when there is nothing, or where the clock was put back."""
    return max(0.0, (now - moment).total_seconds()) if moment else 0.0


def _age(moment: datetime.datetime | None, now: datetime.datetime) -> float | None:
    return _since(moment, now) if moment else None


def _number(name: str, text: str, value: float | None) -> Metric:
    """One figure; without a value it is named and left out."""
    family = GaugeMetricFamily(f"meedoen_{name}", text)
    if value is not None:
        family.add_metric([], value)
    return family


def _family(name: str, text: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(f"meedoen_{name}", text, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family


@contextmanager
def _limited(until: float) -> Iterator[None]:
    """Cut off what asks the database for longer than until then."""
    left = until - time.monotonic()
    if left <= 0:
        raise DatabaseError("no time is left")
    connection.ensure_connection()
    if connection.vendor == "sqlite":  # no transaction, which would wait for who writes
        native: sqlite3.Connection = connection.connection
        native.set_progress_handler(lambda: time.monotonic() > until, CHECK_EVERY)
        try:
            yield
        finally:
            native.set_progress_handler(None, 0)
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(max(1, int(left * 1000)))])
            yield

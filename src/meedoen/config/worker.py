"""The background worker: runs queued tasks one by one, and once a minute what has to be looked after."""

import datetime
import os
import socket
import time
from collections.abc import Callable

import structlog
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import close_old_connections
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from meedoen.activity import tasks as activity_tasks
from meedoen.barriers import tasks as barrier_tasks
from meedoen.celebrations import tasks as celebration_tasks
from meedoen.conversation import tasks as conversation_tasks
from meedoen.coupling import tasks as coupling_tasks
from meedoen.finding import tasks as finding_tasks
from meedoen.forum import tasks as forum_tasks
from meedoen.keeping import tasks as keeping_tasks
from meedoen.kernel import clock, turns
from meedoen.kernel.database import is_away
from meedoen.library import tasks as library_tasks
from meedoen.mail import tasks as mail_tasks
from meedoen.mail.health import tasks as health_tasks
from meedoen.mail.health.models import Pulse
from meedoen.mail.incoming import tasks as incoming_tasks
from meedoen.meetings import tasks as meeting_tasks
from meedoen.newsletter import tasks as newsletter_tasks
from meedoen.people import tasks as people_tasks
from meedoen.people.along import tasks as along_tasks
from meedoen.people.entrance import flow
from meedoen.people.standing import tasks as standing_tasks
from meedoen.people.vault import tasks as vault_tasks
from meedoen.search import tasks as search_tasks
from meedoen.team import tasks as team_tasks

IDLE_SECONDS = 1.0  # between two looks at an empty queue
EVERY_SECONDS = 60.0  # between two rounds of looking after
TASKS_IN_A_ROW = 20  # before the clock is looked at again: a long queue stops no rounds

# Twenty mails to a server that is slow at each step take an hour and a half.
LONGEST_TASK = datetime.timedelta(hours=3)

PULSE = "worker"
FINISHED_TASK_DAYS = 7  # how long the row of a finished task is kept, to see what ran


def prune_finished_tasks() -> None:
    """Forget tasks that ended long ago."""
    limit = clock.now() - datetime.timedelta(days=FINISHED_TASK_DAYS)
    DBTaskResult.objects.finished().filter(finished_at__lt=limit).delete()


def end_left_tasks() -> None:
    """Note as failed what a killed worker was doing: nobody takes it up again, and who watches counts what failed.

    What has to go on in spite of that is in a table of its own, from which a round brings it back (mail, files).
    """
    now = clock.now()
    left = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=now - LONGEST_TASK)
    for path in left.values_list("task_path", flat=True):
        log.error("a task was left by its worker", task=path)
    left.update(status=TaskResultStatus.FAILED, finished_at=now, traceback="Its worker ended while it ran.\n")


def forget_old_sign_ins() -> None:
    """Erase sessions past their end, and addresses that somebody typed and nobody proved."""
    now = clock.now()
    Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    flow.erase_unproven(now=now)


def say_alive() -> None:
    """Note that the worker works, for who watches (docs/alerts.md)."""
    Pulse.objects.beat(PULSE, problem="", now=clock.now())


# What is looked after each minute; each is quick when there is nothing to do.
ROUNDS: list[Callable[[], object]] = [
    mail_tasks.sweep_mail,
    search_tasks.note_arrived,
    incoming_tasks.sweep_incoming,
    health_tasks.look_each_night,
    people_tasks.erase_old,
    vault_tasks.empty_vault,
    standing_tasks.forget_old_standing,
    along_tasks.look_after_helping,
    activity_tasks.tell,
    conversation_tasks.erase_old,
    conversation_tasks.end_quiet,
    conversation_tasks.read_documents,
    forum_tasks.erase_empty,
    celebration_tasks.ask_what_became,
    celebration_tasks.erase_old,
    meeting_tasks.pass_on_places,
    meeting_tasks.tell_who_comes,
    meeting_tasks.remind_who_comes,
    meeting_tasks.send_circulars,
    meeting_tasks.ask_how_it_was,
    meeting_tasks.thank_who_came,
    meeting_tasks.erase_old,
    barrier_tasks.erase_old,
    coupling_tasks.look_after,
    coupling_tasks.erase_old,
    coupling_tasks.mail_contacts,
    library_tasks.publish_due,
    library_tasks.erase_old,
    library_tasks.ask_links,
    library_tasks.read_documents,
    library_tasks.relate,
    finding_tasks.tell,
    finding_tasks.erase_old,
    keeping_tasks.clear_left_behind,
    keeping_tasks.clear_strays,
    keeping_tasks.back_up,
    keeping_tasks.write_down_erasures,
    team_tasks.brief,
    team_tasks.ask_around,
    team_tasks.make_newsletter,
    newsletter_tasks.spread,
    newsletter_tasks.erase_old,
    forget_old_sign_ins,
    end_left_tasks,
    prune_finished_tasks,
    say_alive,
]

# Those that mail people what became due. When a backup was put back, that was most likely done before already; not what
# somebody has to answer in time (a place that came free, a coupling): those people rather hear it twice than never.
TELLING: list[Callable[[], object]] = [
    activity_tasks.tell,
    celebration_tasks.ask_what_became,
    meeting_tasks.tell_who_comes,
    meeting_tasks.remind_who_comes,
    meeting_tasks.send_circulars,
    meeting_tasks.ask_how_it_was,
    meeting_tasks.thank_who_came,
    coupling_tasks.mail_contacts,
    finding_tasks.tell,
    team_tasks.brief,
    team_tasks.ask_around,
    team_tasks.make_newsletter,
    newsletter_tasks.spread,
]

log = structlog.get_logger("meedoen.worker")


def _safely(look_after: Callable[[], object]) -> object:
    """Do one round, and give what it gives; what goes wrong in it is told, and keeps nothing else from its turn."""
    try:
        return look_after()
    except Exception as error:
        if is_away(error):
            raise  # the database is away: nothing else would work either
        log.exception("a round failed", round=look_after.__name__)
        return None


class Spell(Worker):
    """Works on the queue until it is empty or ``max_tasks`` are done, each time it is run."""

    def run(self) -> None:
        self._run_tasks = 0
        super().run()

    def to_its_end(self, look_after: Callable[[], object]) -> object:
        """Do one round as a task: told to stop meanwhile, the worker ends after it."""
        self.running_task = True
        try:
            return _safely(look_after)
        finally:
            self.running_task = False

    @property
    def is_full(self) -> bool:
        """Whether the last run stopped with work left, as far as it knows."""
        return self.max_tasks is not None and self._run_tasks >= self.max_tasks


def run() -> None:
    """Work until told to stop; who waits for a page to be written goes first."""
    with turns.giving_way():
        _work()


def _work() -> None:
    """Work until told to stop; a database that is locked or away is waited for."""
    worker = Spell(
        queue_names=["*"],
        interval=IDLE_SECONDS,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=TASKS_IN_A_ROW,
        worker_id=f"{socket.gethostname()}-{os.getpid()}"[:64],
        excluded_queue_names=[],
    )
    worker.configure_signals()
    parent = os.getppid()
    next_round = next_look = 0.0
    while worker.running and os.getppid() == parent:  # an orphan stops
        try:
            if time.monotonic() >= next_round:
                next_round = time.monotonic() + EVERY_SECONDS
                for look_after in ROUNDS:
                    _safely(look_after)
            if time.monotonic() >= next_look:  # not after each few tasks of a long queue
                next_look = time.monotonic() + IDLE_SECONDS
                _safely(search_tasks.catch_up)
                _safely(incoming_tasks.look_in_folder)
            is_more = worker.to_its_end(incoming_tasks.handle_mail)
            if worker.running:
                worker.run()
            if is_more or worker.is_full:
                continue
        except Exception as error:
            if not is_away(error):
                raise
            log.warning("the database does not answer; waiting", reason=type(error).__name__)
            close_old_connections()
        time.sleep(IDLE_SECONDS)

"""The worker: rounds fail alone, and a long queue stops none of them."""

import pytest
import structlog
from django.db import InterfaceError, OperationalError
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from meedoen.config import worker
from meedoen.kernel import clock
from meedoen.mail.incoming import tasks as incoming_tasks

pytestmark = pytest.mark.django_db(transaction=True)
done = []


@task()
def count():
    done.append("task")


class Enough(BaseException):
    """Ends the worker in a test, as a signal would."""


def spell(max_tasks):
    return worker.Spell(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False,
        max_tasks=max_tasks, worker_id="test", excluded_queue_names=[],
    )  # fmt: skip


def test_a_round_that_fails_is_told_and_keeps_none_from_its_turn():
    def failing():
        raise ValueError("mislukt")

    with structlog.testing.capture_logs() as lines:
        worker._safely(failing)
    assert [(line["event"], line["round"], line["log_level"]) for line in lines] == [
        ("a round failed", "failing", "error")
    ]


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_database_that_is_away_stops_the_rounds(error):
    def failing():
        raise error

    with pytest.raises(error):
        worker._safely(failing)


def test_each_spell_ends_after_its_number_of_tasks():
    for _ in range(5):
        count.enqueue()
    done.clear()
    working, seen = spell(2), []
    for _ in range(3):
        working.run()
        seen.append((len(done), working.is_full))
    assert seen == [(2, True), (4, True), (5, False)]


def test_what_a_killed_worker_was_doing_is_noted_as_failed_once():
    for _ in range(3):
        count.enqueue()
    long_ago, now = clock.now() - worker.LONGEST_TASK, clock.now()
    left, busy, waiting = DBTaskResult.objects.order_by("enqueued_at")
    DBTaskResult.objects.filter(pk=left.pk).update(status=TaskResultStatus.RUNNING, started_at=long_ago)
    DBTaskResult.objects.filter(pk=busy.pk).update(status=TaskResultStatus.RUNNING, started_at=now)
    for told in (1, 0):
        with structlog.testing.capture_logs() as lines:
            worker.end_left_tasks()
        assert [line["event"] for line in lines] == ["a task was left by its worker"] * told
    found = {each.pk: each.status for each in DBTaskResult.objects.all()}
    assert found == {left.pk: "FAILED", busy.pk: "RUNNING", waiting.pk: "READY"}
    left.refresh_from_db()
    assert (left.finished_at >= now, left.traceback) == (True, "Its worker ended while it ran.\n")


def test_the_rounds_go_on_while_the_queue_is_full(monkeypatch):
    done.clear()

    def look_after():
        done.append("round")
        if done.count("round") == 3:
            raise Enough
        for _ in range(3):
            count.enqueue()

    monkeypatch.setattr(worker, "ROUNDS", [look_after])
    monkeypatch.setattr(worker, "EVERY_SECONDS", 0.0)
    monkeypatch.setattr(worker, "TASKS_IN_A_ROW", 2)
    monkeypatch.setattr(worker.Spell, "configure_signals", lambda self: None)
    monkeypatch.setattr(worker.time, "sleep", lambda seconds: None)
    with pytest.raises(Enough):
        worker.run()
    assert done == ["round", "task", "task", "round", "task", "task", "round"]


def test_mail_that_came_in_and_tasks_take_turns(monkeypatch):
    done.clear()
    for _ in range(2):
        count.enqueue()

    def handle_mail():
        done.append("mail")
        return done.count("mail") < 3

    def asleep(seconds):
        raise Enough

    monkeypatch.setattr(worker, "ROUNDS", [])
    monkeypatch.setattr(worker, "TASKS_IN_A_ROW", 1)
    monkeypatch.setattr(incoming_tasks, "handle_mail", handle_mail)
    monkeypatch.setattr(worker.Spell, "configure_signals", lambda self: None)
    monkeypatch.setattr(worker.time, "sleep", asleep)
    with pytest.raises(Enough):
        worker.run()
    assert done == ["mail", "task", "mail", "task", "mail"]  # and no sleep while there is more of either


def test_told_to_stop_it_ends_what_it_is_at(monkeypatch):
    done.clear()
    count.enqueue()
    working = spell(2)

    def handle_mail():
        working.shutdown(15, None)
        done.append("mail")

    assert working.to_its_end(handle_mail) is None
    working.run()
    assert (done, working.running_task, working.running) == (["mail"], False, False)

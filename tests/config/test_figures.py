"""The figures at ``/metrics``: how the site stands, in a fixed number of questions, in time, and about nobody."""

import datetime
import os
import re
import subprocess
import sys
import time

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from prometheus_client import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families

from meedoen.config import figures, worker
from meedoen.keeping import making, rehearsing, rules
from meedoen.kernel import clock
from meedoen.mail.health.models import MAILBOX, Pulse
from meedoen.mail.incoming.models import Incoming
from meedoen.mail.models import OutgoingMail
from meedoen.search.models import Change

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


@task()
def nothing():
    """Waits in the queue."""


def state():
    """The samples of ``figures.State`` by name and label."""
    registry = CollectorRegistry()
    registry.register(figures.State())
    return {
        (sample.name.removeprefix("meedoen_"), *sample.labels.values()): sample.value
        for family in registry.collect()
        for sample in family.samples
    }


def mail(number, **fields):
    now = clock.now()
    return OutgoingMail.objects.create(
        **{
            "key": f"k{number}",
            "message_id": f"<{number}@voorbeeld.example>",
            "template": "mail/x.md",
            "to": "ans@voorbeeld.example",
            "created_at": now,
            "due_at": now,
        }
        | fields
    )


def came_in(number, **fields):
    now = clock.now()
    return Incoming.objects.create(
        **{"mark": f"m{number}", "door": "lmtp", "raw": b"x", "received_at": now, "due_at": now} | fields
    )


def test_the_outbox_is_told_by_what_is_due_and_for_how_long():
    now = clock.now()
    mail(1, due_at=now - HOUR)
    mail(2, due_at=now - HOUR / 2)
    mail(3, due_at=now + HOUR)  # waits for the time in which it can be undone
    mail(4, state="sending", claimed_until=now + HOUR)
    mail(5, state="given_up", given_up_at=now - HOUR)
    mail(6, state="given_up", given_up_at=now - 30 * HOUR)
    mail(7, state="sent", sent_at=now)
    found = state()
    assert {key[1]: value for key, value in found.items() if key[0] == "outbox_mails"} == {
        "due": 2,
        "sending": 1,
        "given_up_last_day": 1,
    }
    assert found["outbox_oldest_due_seconds",] == pytest.approx(3600, abs=30)


def test_mail_that_came_in_is_told_by_what_nobody_answered():
    now = clock.now()
    came_in(1, received_at=now - HOUR)
    came_in(2, attempts=2)
    came_in(3, state="handling", claimed_until=now + HOUR)
    came_in(4, state="aside", closed_at=now)
    came_in(5, state="aside", closed_at=now, erased_at=now)
    came_in(6, state="handled", closed_at=now)
    found = state()
    assert {key[1]: value for key, value in found.items() if key[0] == "incoming_mails"} == {
        "waiting": 1,
        "failing": 1,
        "handling": 1,
        "aside": 1,
    }
    assert found["incoming_oldest_seconds",] == pytest.approx(3600, abs=30)


def test_tasks_are_told_by_when_they_were_to_run():
    now = clock.now()
    for each in range(5):
        nothing.enqueue() if each < 2 else nothing.using(run_after=now + HOUR).enqueue()
    first, _second, third, fourth, fifth = DBTaskResult.objects.order_by("enqueued_at")
    DBTaskResult.objects.filter(pk=first.pk).update(enqueued_at=now - HOUR)
    DBTaskResult.objects.filter(pk=third.pk).update(run_after=now - 2 * HOUR)  # planned, and late
    DBTaskResult.objects.filter(pk=fourth.pk).update(status=TaskResultStatus.FAILED, finished_at=now - HOUR)
    DBTaskResult.objects.filter(pk=fifth.pk).update(status=TaskResultStatus.FAILED, finished_at=now - 30 * HOUR)
    found = state()
    assert {key[1]: value for key, value in found.items() if key[0] == "tasks"} == {
        "due": 3,
        "running": 0,
        "failed_last_day": 1,
    }
    assert found["task_oldest_due_seconds",] == pytest.approx(7200, abs=30)


def test_what_search_does_not_know_yet_is_counted():
    Change.objects.all().delete()
    Change.objects.create(kind="guide", key="1")
    Change.objects.create(kind="guide", key="2", attempts=1, due_at=clock.now())
    found = state()
    assert (found["search_changes", "waiting"], found["search_changes", "failing"]) == (1, 1)


def test_who_works_by_itself_is_heard():
    worker.say_alive()
    Pulse.objects.beat("mail-in", problem="", now=clock.now() - HOUR)
    Pulse.objects.beat(MAILBOX, problem="", now=clock.now() - HOUR)
    with override_settings(MAIL_IN_LMTP="127.0.0.1:2424", IMAP_HOST=""):
        found = state()
    assert {key[1]: value for key, value in found.items() if key[0] == "pulse_expected"} == {
        "worker": 1,
        "mail-in": 1,
        MAILBOX: 0,
    }
    ages = {key[1]: value for key, value in found.items() if key[0] == "pulse_age_seconds"}
    assert ages == {"worker": pytest.approx(0, abs=30), "mail-in": pytest.approx(3600, abs=30)}


def test_the_newest_backup_and_its_last_try_are_told(settings, tmp_path):
    settings.BACKUPS, settings.BACKUP_AT = tmp_path, datetime.time(3)
    nothing_yet = state()
    assert nothing_yet["backup_expected",] == 1
    assert ("backup_age_seconds",) not in nothing_yet
    now = clock.now()
    (tmp_path / rules.name_of(now - HOUR)).write_bytes(b"x")
    rehearsing.write_down(making.newest().name, ["Er klopt iets niet."], seconds=1, now=now)
    found = state()
    assert found["backup_age_seconds",] == pytest.approx(3600, abs=30)
    assert found["backup_tried_age_seconds",] == pytest.approx(0, abs=30)
    assert found["backup_problems",] == 1


def test_room_is_told(settings):
    settings.DATA.mkdir(exist_ok=True)
    found = state()
    assert 0 < found["disk_free_bytes", "data"] <= found["disk_size_bytes", "data"]
    assert found["database_bytes",] > 100_000


def test_the_questions_are_as_many_however_much_is_there():
    with CaptureQueriesContext(connection) as few:
        state()
    for number in range(30):
        mail(number)
        came_in(number)
        nothing.enqueue()
    with CaptureQueriesContext(connection) as many:
        state()
    asked = [
        len([each for each in context if "SAVEPOINT" not in each["sql"] and "statement_timeout" not in each["sql"]])
        for context in (few, many)
    ]
    assert asked == [figures.QUERIES, figures.QUERIES]


def endless(_now):
    """A question to which the database has no end of an answer."""
    with connection.cursor() as cursor:
        cursor.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n")
    yield figures._number("endless", "Never there", 1)


def test_a_slow_question_is_cut_off_and_the_others_are_answered(client, monkeypatch):
    monkeypatch.setattr(figures, "SECONDS", 0.5)
    monkeypatch.setattr(
        figures, "OF_DATABASE", {"database": figures._database, "endless": endless, "after": figures._search}
    )
    client.get("/healthz")
    started = time.monotonic()
    body = client.get("/metrics").content.decode()
    assert time.monotonic() - started < 30  # and not without end
    assert re.findall(r'meedoen_state_unread\{kind="(\w+)"\} 1.0', body) == ["endless", "after"]
    assert "meedoen_database_bytes " in body
    assert "meedoen_disk_free_bytes{" in body
    assert "meedoen_requests_total{" in body
    assert state()["state_unread", "database"] == 0  # the next one is read as ever


SECRET = ["ans@voorbeeld.example", "k3yk3yk3yk3yk3yk3yk3yk3yk3", "rolstoel", "203.0.113.77", "Snoopbrowser"]


def test_no_figure_holds_what_somebody_sent_or_is(client):
    address, key, words, sender, browser = SECRET
    mail(1, to=address, subject=words, state="given_up", given_up_at=clock.now(), last_error=f"no {address}")
    came_in(1, sender=address, author=address, state="aside", closed_at=clock.now(), reason=words)
    nothing.enqueue()
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED, finished_at=clock.now(), traceback=address)
    for path in (f"/zoeken/?q={words}+{address}", f"/act/{key}/", f"/{address}/", f"/gemeenten/{words}/"):
        for method in ("get", "post", "put"):
            getattr(client, method)(path, REMOTE_ADDR=sender, headers={"user-agent": browser, "referer": f"/{address}"})
    client.generic("ANS@VOORBEELD.EXAMPLE", "/")
    body = client.get("/metrics").content.decode()
    assert [word for word in SECRET if word.lower() in body.lower()] == []
    labels = {
        name: {sample.labels[name] for sample in family_samples}
        for name in ("method", "status", "kind", "state", "place", "process", "source")
        for family_samples in [[s for f in text_string_to_metric_families(body) for s in f.samples if name in s.labels]]
    }
    assert labels["method"] <= {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE", "other"}
    assert labels["status"] <= {"2xx", "3xx", "4xx", "5xx"}
    assert labels["process"] <= {"worker", "mail-in", MAILBOX}
    assert labels["kind"] == {*figures.APART, *figures.OF_DATABASE}


ANSWERS = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "meedoen.config.settings"
import django
django.setup()
from django.test import Client
client = Client(headers={"host": "localhost"})
for _ in range(int(sys.argv[1])):
    client.get("/healthz")
print(client.get("/metrics").content.decode())
"""


@pytest.mark.slow
def test_several_processes_add_up(tmp_path):
    folder = tmp_path / "figures"
    folder.mkdir()
    environment = {**os.environ, "MEEDOEN_DATA": str(tmp_path / "data"), "PROMETHEUS_MULTIPROC_DIR": str(folder)}

    def process(times):
        done = subprocess.run(
            [sys.executable, "-c", ANSWERS, str(times)], env=environment, capture_output=True, text=True, check=True
        )
        return re.findall(r'^meedoen_requests_total\{.*view="healthz"\} (.+)$', done.stdout, re.MULTILINE)

    assert [process(3), process(4)] == [["3.0"], ["7.0"]]

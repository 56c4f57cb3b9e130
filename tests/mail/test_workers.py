"""Four worker processes on one queue, two of them killed in the middle: no mail is lost, and none goes twice."""

import datetime
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager
from email import message_from_bytes
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import F
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from meedoen.kernel import clock
from meedoen.mail import actions, rules
from meedoen.mail.actions.lining import TASK_SIZE
from meedoen.mail.models import OutgoingMail

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="several servers share PostgreSQL"),
]

MAILS = 2_000 if os.environ.get("MEEDOEN_EXAMPLES") == "wide" else 400
TOGETHER = TASK_SIZE
WORKERS, KILLED = 4, 2
WAIT_SECONDS = 240


@contextmanager
def workers(count, server, tmp_path):
    """So many, as they run on servers of their own; gone at the end."""
    name = connection.settings_dict["NAME"]
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "meedoen.config.settings", "MEEDOEN_DATA": str(tmp_path),
        "DATABASE_URL": urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}").geturl(),
        "MEEDOEN_SMTP_HOST": "127.0.0.1", "MEEDOEN_SMTP_PORT": str(server.port), "MEEDOEN_SMTP_SECURITY": "none",
        "MEEDOEN_BACKUP_AT": "", "MEEDOEN_VAULT_KEY_FILE": str(tmp_path / "vault-key"),
    }  # fmt: skip
    command = [sys.executable, "-m", "meedoen.config.cli", "worker"]
    with (tmp_path / "workers.log").open("w") as log:
        found = [subprocess.Popen(command, env=environment, stdout=log, stderr=log) for _ in range(count)]
    try:
        yield found
    finally:
        for each in found:
            each.kill()
            each.wait()


def wait_until(is_so, what):
    until = time.monotonic() + WAIT_SECONDS
    while not is_so():
        assert time.monotonic() < until, what
        time.sleep(0.05)


def _ended(running):
    return any(each.poll() is not None for each in running)


def taken(server):
    """How often the mail server took each mail, by the name that it has for ever."""
    return Counter(message_from_bytes(each.content)["Message-ID"] for each in server.received)


def still(**state):
    return OutgoingMail.objects.filter(**state).count()


def some_minutes_go_by():
    """So many that a lease is over and a task counts as lost."""
    ago = max(rules.LEASE, rules.TASK_LOST_AFTER) + datetime.timedelta(minutes=1)
    OutgoingMail.objects.filter(sent_at=None).update(due_at=F("due_at") - ago, claimed_until=F("claimed_until") - ago)


def test_four_share_the_queue_and_two_are_killed(mail_server, tmp_path):
    now = clock.now()
    letters = [
        actions.Letter("mail/test_mail.md", to=f"gast{n}@voorbeeld.example", context={"sent_at": now}, key=f"many-{n}")
        for n in range(MAILS)
    ]
    assert actions.send_all(letters, now=now) == MAILS
    mail_server.hold = threading.Event()  # until each has one in hand: on a busy machine one may start much later
    with workers(WORKERS, mail_server, tmp_path) as running:
        wait_until(lambda: len(mail_server.received) >= WORKERS or _ended(running), "the workers do not begin")
        mail_server.hold.set()
        wait_until(lambda: len(mail_server.received) > MAILS // 3 or _ended(running), "the workers do not begin")
        assert not _ended(running), (tmp_path / "workers.log").read_text(encoding="utf-8")[-2_000:]
        for each in running[:KILLED]:
            each.send_signal(signal.SIGKILL)
            each.wait()
        at_kill = set(OutgoingMail.objects.filter(state="sending").values_list("message_id", flat=True))
        wait_until(lambda: not DBTaskResult.objects.ready().exists(), "the others do not go on")
        wait_until(lambda: still(state="sending") <= KILLED, "the others do not end")
        left = MAILS - still(state="sent")
        assert left <= KILLED * TOGETHER  # what the killed ones had in hand
        some_minutes_go_by()
        actions.sweep(now=clock.now())  # as each worker does once a minute
        wait_until(lambda: still(state="sent") == MAILS, "what was left is not brought back")
    counted = taken(mail_server)
    assert set(counted) == set(OutgoingMail.objects.values_list("message_id", flat=True))
    # Between "taken" by the mail server and our note of it a killed worker leaves a mail that goes once more, under the
    # same name, by which mail programs show it once. Nobody can do without that moment; it is one mail for each.
    twice = {name for name, count in counted.items() if count > 1}
    assert len(twice) <= KILLED
    assert twice <= at_kill
    assert max(counted.values()) <= 2
    at_work = {name for names in DBTaskResult.objects.values_list("worker_ids", flat=True) for name in names}
    assert len(at_work) == WORKERS
    done = DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL)
    assert {len(each.worker_ids) for each in done} == {1}

"""A worker killed between putting a notice in the outbox and writing that down, and two at once: all are mailed once."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection

from meedoen.activity import actions
from meedoen.activity.models import Follow, Subject, Told
from meedoen.activity.rules import Rhythm
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import Address, Person

NOW = datetime(2026, 12, 3, 13, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
WORKER = """
import os, signal, sys
from datetime import datetime
import django
django.setup()
from meedoen.activity import actions
from meedoen.activity.actions import telling
note, count = telling._note, [0]
def killed(told):
    count[0] += 1
    if count[0] == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    note(told)
telling._note, telling.TOLD_TOGETHER = killed, int(sys.argv[2])
actions.tell(now=datetime.fromisoformat(sys.argv[1]))
"""


@pytest.fixture
def emails(transactional_db):
    """Those to tell that something happened."""
    subject = Subject.objects.of("thread", "1", title="Een bericht", url="/nieuws/een-bericht/")
    found = [f"{name}@voorbeeld.example" for name in ("ans", "bram", "elif")]
    for email in found:
        person = Person.objects.create(address=Address.objects.of(email), name=email[:4], joined_at=NOW)
        actions.follow(person, subject, rhythm=Rhythm.EACH, now=NOW)
    actions.record(subject, mark="proef-1", sentence="Nieuw", words="", url="/", actor=None, now=NOW + HOUR)
    return found


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_time_mail_each_once(emails):
    barrier = Barrier(2)

    def work(_number):
        barrier.wait()
        try:
            return actions.tell(now=NOW + 2 * HOUR)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(work, range(2))) == 3
    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == emails
    assert Told.objects.count() == 3


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("together", [1, 2])
def test_each_is_mailed_once_though_the_worker_is_killed_between_mails_and_marks(emails, together):
    name = connection.settings_dict["NAME"]
    url = f"sqlite:///{name}"
    if connection.vendor != "sqlite":
        url = urlunsplit(urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}"))
    done = subprocess.run(
        [sys.executable, "-c", WORKER, (NOW + 2 * HOUR).isoformat(), str(together)],
        env={**os.environ, "DATABASE_URL": url},
        check=False,
        timeout=60,
    )
    assert done.returncode == -signal.SIGKILL
    assert (OutgoingMail.objects.count(), Told.objects.count()) == (together, together)
    assert actions.tell(now=NOW + 2 * HOUR) == 3 - together
    assert actions.tell(now=NOW + 2 * HOUR) == 0
    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == emails
    assert set(Follow.objects.values_list("told_until", flat=True)) == {NOW + 2 * HOUR - timedelta(minutes=10)}

"""Delivery to a real mail server on loopback, which says no, goes away, comes back, or holds a worker up."""

import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings as django_settings
from django.db import OperationalError, connection
from django_tasks_db.models import DBTaskResult

from meedoen.mail import actions, envelope, rules
from meedoen.mail.actions import Outcome, delivering
from meedoen.mail.models import OutgoingMail, OutgoingMailQuerySet

pytestmark = pytest.mark.django_db

ANS = "ans@voorbeeld.example"
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def send(now, *, key="proef-1", to=ANS):
    return actions.send("mail/test_mail.md", to=to, context={"sent_at": now}, key=key, now=now)


def state(mail):
    mail.refresh_from_db()
    return (mail.state, mail.attempts, mail.due_at, mail.last_error)


def message_ids(mail_server):
    return [
        line.split(": ", 1)[1]
        for envelope in mail_server.received
        for line in envelope.content.decode().splitlines()
        if line.startswith("Message-ID: ")
    ]


def test_a_mail_arrives(mail_server, now):
    mail = send(now)
    assert actions.deliver(mail.pk, now=now) is Outcome.SENT
    [envelope] = mail_server.received
    assert (envelope.mail_from, envelope.rcpt_tos) == ("noreply@voorbeeld.example", [ANS])
    assert message_ids(mail_server) == [mail.message_id]


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_was_sent_is_written_down_when_the_database_is_back(mail_server, now, monkeypatch):
    """Else it would be sent once more when the claim runs out."""
    mail, write_down, tries = send(now), delivering._sent, []

    def away_at_first(*given, **named):
        tries.append(given)
        if len(tries) < 3:
            raise OperationalError("server closed the connection")
        return write_down(*given, **named)

    monkeypatch.setattr(delivering, "AGAIN_SECONDS", 0)
    monkeypatch.setattr(delivering, "_sent", away_at_first)
    assert actions.deliver(mail.pk, now=now) is Outcome.SENT
    assert (len(tries), len(mail_server.received), state(mail)[0]) == (3, 1, OutgoingMail.State.SENT)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_written", [True, False])
def test_a_claim_of_which_the_database_did_not_tell_is_asked_for(mail_server, now, monkeypatch, is_written):
    """Else the mail, perhaps with a code, would lie until the claim runs out."""
    mail, claim, tries = send(now), OutgoingMailQuerySet.claim, []

    def without_an_answer(*given, **named):
        tries.append(given)
        if len(tries) > 1:
            return claim(*given, **named)
        if is_written:
            assert claim(*given, **named)
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(delivering, "AGAIN_SECONDS", 0)
    monkeypatch.setattr(OutgoingMailQuerySet, "claim", without_an_answer)
    assert actions.deliver(mail.pk, now=now) is Outcome.SENT
    assert (len(tries), len(mail_server.received), state(mail)[:2]) == (2, 1, (OutgoingMail.State.SENT, 1))


@pytest.mark.django_db(transaction=True)
def test_a_claim_that_somebody_else_has_by_then_is_theirs(mail_server, now, monkeypatch):
    mail, claim, tries = send(now), OutgoingMailQuerySet.claim, []

    def without_an_answer(*given, **named):
        tries.append(given)
        if len(tries) > 1:
            return claim(*given, **named)
        assert claim(given[0], mail.pk, now=now + MINUTE / 60)
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(delivering, "AGAIN_SECONDS", 0)
    monkeypatch.setattr(OutgoingMailQuerySet, "claim", without_an_answer)
    assert actions.deliver(mail.pk, now=now) is Outcome.NOT_OURS
    assert not mail_server.received


def test_not_now_is_tried_again_with_growing_waits(mail_server, now):
    mail_server.answers = ["450 4.2.1 Mailbox busy"] * 6
    mail = send(now)
    waits = []
    for _ in range(6):
        assert actions.deliver(mail.pk, now=now) is Outcome.WAITS
        assert actions.deliver(mail.pk, now=now) is Outcome.NOT_OURS
        mail.refresh_from_db()
        waits.append((mail.due_at - now) / MINUTE)
        now = mail.due_at
    assert waits == [1, 5, 15, 60, 60, 60]
    assert mail.last_error == "450 4.2.1 Mailbox busy"
    assert actions.deliver(mail.pk, now=now) is Outcome.SENT
    assert state(mail) == ("sent", 7, now, "")
    assert message_ids(mail_server) == [mail.message_id]


def test_each_wait_has_its_task(mail_server, now):
    mail_server.answers = ["450 Later"]
    mail = send(now)
    actions.deliver(mail.pk, now=now)
    planned = list(DBTaskResult.objects.order_by("run_after").values_list("args_kwargs__args", "run_after"))
    assert planned == [([mail.pk], now), ([mail.pk], now + MINUTE)]


def test_not_now_for_five_days_is_no(mail_server, now):
    mail_server.answers = ["450 Later", "450 Later"]
    mail = send(now)
    actions.deliver(mail.pk, now=now)
    assert actions.deliver(mail.pk, now=now + rules.PATIENCE) is Outcome.GIVEN_UP
    mail.refresh_from_db()
    assert (mail.state, mail.given_up_at, mail.last_error) == ("given_up", now + rules.PATIENCE, "450 Later")


@pytest.mark.parametrize("where", ["answers", "data_answers"])
def test_no_is_no_with_its_reason(mail_server, now, where):
    setattr(mail_server, where, ["550 5.1.1 Not here"])
    mail = send(now)
    assert actions.deliver(mail.pk, now=now) is Outcome.GIVEN_UP
    assert state(mail) == ("given_up", 1, now, "550 5.1.1 Not here")
    assert actions.deliver(mail.pk, now=now + HOUR) is Outcome.NOT_OURS
    assert mail_server.received == []


def test_no_to_one_is_not_no_to_another(mail_server, now):
    mail_server.answers = ["550 Not here"]
    to_ans, to_elif = send(now), send(now, key="proef-2", to="elif@voorbeeld.example")
    assert [actions.deliver(mail.pk, now=now) for mail in (to_ans, to_elif)] == [Outcome.GIVEN_UP, Outcome.SENT]


def test_a_given_up_mail_can_be_tried_again_by_hand(mail_server, now):
    mail_server.answers = ["554 5.7.1 Relay access denied"]
    mail = send(now)
    actions.deliver(mail.pk, now=now)
    assert actions.try_again(mail, now=now + HOUR)
    assert not actions.try_again(mail, now=now + HOUR)
    assert actions.deliver(mail.pk, now=now + HOUR) is Outcome.SENT
    assert message_ids(mail_server) == [mail.message_id]


@pytest.mark.slow
def test_a_server_that_is_away_for_a_week_loses_nothing(mail_server, now):
    mail_server.stop()
    mail = send(now)
    end = now + timedelta(days=7)
    while now < end:
        assert actions.deliver(mail.pk, now=now) is Outcome.WAITS
        mail.refresh_from_db()
        now = mail.due_at
    assert mail.last_error.startswith("ConnectionRefusedError")
    mail_server.start()
    assert actions.deliver(mail.pk, now=now) is Outcome.SENT
    assert message_ids(mail_server) == [mail.message_id]


def test_while_the_server_is_away_one_knocks_and_the_others_wait(mail_server, now, monkeypatch):
    mail_server.stop()
    first, second = send(now), send(now, key="proef-2")
    knocks = []
    real = delivering.get_connection
    monkeypatch.setattr(delivering, "get_connection", lambda: knocks.append(1) or real())
    assert actions.deliver(first.pk, now=now) is Outcome.WAITS
    assert actions.deliver(second.pk, now=now + rules.SERVER_PAUSE / 2) is Outcome.WAITS
    assert len(knocks) == 1
    third = send(now, key="proef-3")
    assert actions.deliver(third.pk, now=now + rules.SERVER_PAUSE) is Outcome.WAITS
    assert len(knocks) == 2


def test_when_the_server_is_back_all_that_waited_goes_at_once(mail_server, now):
    mail_server.stop()
    waiting = [send(now, key=f"proef-{number}") for number in range(3)]
    for _ in range(4):  # each is an hour away by now
        for mail in waiting:
            mail.refresh_from_db()
            actions.deliver(mail.pk, now=mail.due_at)
    mail_server.start()
    later = now + 2 * HOUR - MINUTE
    fresh = send(later, key="proef-nieuw")
    DBTaskResult.objects.all().delete()
    assert actions.deliver(fresh.pk, now=later) is Outcome.SENT
    planned = sorted(DBTaskResult.objects.values_list("args_kwargs__args", "run_after"))
    assert planned == [([mail.pk], later) for mail in waiting]
    assert [actions.deliver(mail.pk, now=later) for mail in waiting] == [Outcome.SENT] * 3
    assert sorted(message_ids(mail_server)) == sorted(mail.message_id for mail in [fresh, *waiting])


def test_a_line_that_breaks_after_the_content_is_tried_again_as_the_same_mail(mail_server, now):
    mail_server.data_answers = ["421 4.3.2 Shutting down"]
    mail = send(now)
    assert actions.deliver(mail.pk, now=now) is Outcome.WAITS
    assert actions.deliver(mail.pk, now=now + MINUTE) is Outcome.SENT
    assert message_ids(mail_server) == [mail.message_id]


def test_a_mail_that_we_make_badly_is_given_up_in_the_end(now, monkeypatch):
    mail = send(now)

    def broken(_mail, *, facts):
        raise ValueError("cannot be made")

    monkeypatch.setattr(envelope, "message_of", broken)
    assert actions.deliver(mail.pk, now=now) is Outcome.WAITS
    assert actions.deliver(mail.pk, now=now + rules.PATIENCE) is Outcome.GIVEN_UP
    mail.refresh_from_db()
    assert mail.last_error == "ValueError: cannot be made"


@pytest.mark.django_db(transaction=True)
def test_twenty_workers_send_one_mail_once(mail_server, now):
    mail = send(now)

    def work(_number):
        try:
            return actions.deliver(mail.pk, now=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        outcomes = sorted(pool.map(work, range(20)))
    assert outcomes == [Outcome.NOT_OURS] * 19 + [Outcome.SENT]
    assert message_ids(mail_server) == [mail.message_id]


@pytest.mark.django_db(transaction=True)
def test_twenty_askers_with_one_key_make_one_mail(now):
    def ask(_number):
        try:
            return send(now).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        assert len(set(pool.map(ask, range(20)))) == 1
    assert (OutgoingMail.objects.count(), DBTaskResult.objects.count()) == (1, 1)


WORKER = """
import sys, django
django.setup()
from datetime import datetime
from meedoen.mail.actions import delivering
delivering.{stub}
delivering.deliver(int(sys.argv[1]), now=datetime.fromisoformat(sys.argv[2]))
"""


def killed_worker(mail, now, stub, until):
    """A worker in a process of its own, killed without warning once ``until`` says so."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{database['NAME']}"
    else:
        url = urlunsplit(urlsplit(django_settings.DATABASE_URL)._replace(path=f"/{database['NAME']}"))
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
        "MEEDOEN_SMTP_HOST": "127.0.0.1",
        "MEEDOEN_SMTP_PORT": str(django_settings.EMAIL_PORT),
        "MEEDOEN_SMTP_SECURITY": "none",
    }
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER.format(stub=stub), str(mail.pk), now.isoformat()],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert until(worker)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.communicate()
    assert worker.returncode == -signal.SIGKILL


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_before_sending_leaves_a_mail_that_is_sent_later(mail_server, now):
    mail = send(now)
    stub = "get_connection = lambda: (print('claimed', flush=True), __import__('time').sleep(60))"
    killed_worker(mail, now, stub, until=lambda worker: worker.stdout.readline() == "claimed\n")
    mail.refresh_from_db()
    assert (mail.state, mail.claimed_until) == ("sending", now + rules.LEASE)
    assert mail_server.received == []
    later = now + rules.LEASE
    assert actions.sweep(now=later) == actions.Swept(abandoned=1, forgotten=0)
    assert actions.deliver(mail.pk, now=later) is Outcome.SENT
    assert message_ids(mail_server) == [mail.message_id]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_after_the_server_took_it_makes_one_copy_that_can_be_recognised(mail_server, now):
    mail_server.hold = Event()
    mail = send(now)
    killed_worker(mail, now, "log", until=lambda _worker: mail_server.arrived.wait(30))
    mail_server.hold.set()
    later = now + rules.LEASE
    assert actions.sweep(now=later) == actions.Swept(abandoned=1, forgotten=0)
    assert actions.deliver(mail.pk, now=later) is Outcome.SENT
    assert message_ids(mail_server) == [mail.message_id, mail.message_id]


@pytest.fixture
def lines(monkeypatch):
    """The lines to the mail server that were opened."""
    opened, real = [], delivering.get_connection
    monkeypatch.setattr(delivering, "get_connection", lambda: opened.append(real()) or opened[-1])
    return opened


@pytest.fixture
def three(now, monkeypatch):
    monkeypatch.setattr(delivering.clock, "now", lambda: now)
    return [send(now, key=f"proef-{number}").pk for number in range(3)]


def test_several_mails_go_by_one_line(mail_server, three, lines):
    assert actions.deliver_all(three) == [Outcome.SENT] * 3
    assert (len(lines), lines[0].connection, len(set(message_ids(mail_server)))) == (1, None, 3)


def test_one_that_is_refused_keeps_the_others_not_back(mail_server, three, lines):
    mail_server.answers = ["250 OK", "550 5.1.1 No such person", "250 OK"]
    assert actions.deliver_all(three) == [Outcome.SENT, Outcome.GIVEN_UP, Outcome.SENT]
    assert (len(lines), len(mail_server.received)) == (2, 2)


def test_a_server_that_hangs_up_between_two_mails_is_called_again(mail_server, three, lines, now):
    with delivering.Line() as line:
        assert actions.deliver(three[0], now=now, line=line) is Outcome.SENT
        lines[0].connection.sock.shutdown(socket.SHUT_RDWR)
        assert actions.deliver(three[1], now=now, line=line) is Outcome.SENT
        lines[1].connection.quit()  # the server goes in peace
        assert actions.deliver(three[2], now=now, line=line) is Outcome.SENT
    assert (len(lines), len(mail_server.received)) == (3, 3)


def test_a_server_that_is_away_is_asked_once_for_all(mail_server, three, lines):
    mail_server.stop()
    assert actions.deliver_all(three) == [Outcome.WAITS] * 3
    assert len(lines) == 1

"""Several mails in one go: each as if alone, whatever fails, is killed, or is erased beside it."""

import os
import signal
import subprocess
import sys
import threading
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection
from django_tasks_db.models import DBTaskResult
from tests.incoming_mail import DOMAIN, MINUTE, answers, mail, take_in, thread_address

from meedoen.conversation.models import Contribution
from meedoen.mail.incoming import actions, erasing, routes, rules, sealing
from meedoen.mail.incoming.actions import several
from meedoen.mail.incoming.models import Incoming
from meedoen.mail.incoming.routes import Answer, Came
from meedoen.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db(transaction=True)
WORKER = """
import os, signal, sys
from datetime import datetime
import django
django.setup()
from django.conf import settings
settings.MAIL_IN_DOMAIN = sys.argv[2]
from meedoen.mail.incoming import actions, routes
from meedoen.mail.incoming.routes import Answer, Came
def deed(letter, now):
    if "dodelijk" in letter.reply.text:
        os.kill(os.getpid(), signal.SIGKILL)
    return Came("done", Answer("mail/incoming/unknown_name.md"))
routes.register_name("doen", deed)
actions.handle_due(now=datetime.fromisoformat(sys.argv[1]))
"""


@pytest.fixture
def deeds(monkeypatch):
    """The words of mails to ``doen@``, as they were handled; ``fails`` goes wrong with those that say so."""
    done = []

    def deed(letter, now):
        words = letter.reply.text
        done.append(words)
        OutgoingMail.objects.create(
            key=f"half {words} {len(done)}",
            message_id=f"<{len(done)}@x>",
            to="b@mail.example",
            created_at=now,
            due_at=now,
        )
        if words == "fout":
            raise RuntimeError("a fault of ours")
        if words == "dubbel":
            OutgoingMail.objects.create(key="x", message_id=f"<{len(done)}@x>", to="b@x.nl", created_at=now, due_at=now)
        if words == "nergens":  # only shows when the transaction ends
            Contribution.objects.create(thread_id=123456, person_id=123456, text="x", created_at=now)
        return Came("done", Answer("mail/incoming/unknown_name.md", {}, to=f"{words}@mail.example"))

    monkeypatch.setitem(routes._names, "doen", deed)
    return done


def bring(*words, now, **more):
    return [take_in(mail(each, to=f"doen@{DOMAIN}", **more), f"doen@{DOMAIN}", now=now) for each in words]


def states():
    return list(Incoming.objects.order_by("pk").values_list("state", "attempts"))


def all_due(now):
    while actions.handle_due(now=now):
        continue


def test_those_that_wait_longest_go_first(deeds, now, monkeypatch):
    monkeypatch.setattr(several, "AT_ONCE", 2)
    bring("later", now=now + MINUTE)
    bring("een", "twee", "drie", now=now)
    assert [actions.handle_due(now=now) for _ in range(3)] == [2, 1, 0]
    assert deeds == ["een", "twee", "drie"]
    assert actions.handle_due(now=now + MINUTE) == 1
    assert [to for _template, to in answers() if to != "b@mail.example"] == [
        "een@mail.example", "twee@mail.example", "drie@mail.example", "later@mail.example",
    ]  # fmt: skip


@pytest.mark.parametrize("bad", ["fout", "dubbel", "nergens"])
def test_one_that_fails_takes_none_with_it(deeds, now, bad):
    bring("een", bad, "twee", now=now)
    assert actions.handle_due(now=now) == 3
    assert states() == [("handled", 1), ("new", 1), ("handled", 1)]
    waits = Incoming.objects.get(state="new")
    assert waits.due_at == now + MINUTE
    assert waits.reason == {"fout": "RuntimeError"}.get(bad, "IntegrityError")
    # Half of what it did is nothing; what the others did is there once.
    assert sorted(answers()) == [
        ("", "b@mail.example"), ("", "b@mail.example"),
        ("unknown_name.md", "een@mail.example"), ("unknown_name.md", "twee@mail.example"),
    ]  # fmt: skip
    bring("drie", now=now)
    later = now + MINUTE
    assert [actions.handle_due(now=later) for _ in range(2)] == [1, 1]  # what failed before goes alone
    assert states() == [("handled", 1), ("new", 2), ("handled", 1), ("handled", 1)]


def test_a_mail_that_cannot_be_read_takes_none_with_it(deeds, now, monkeypatch):
    read = several.read

    def fragile(row):
        return 1 / 0 if b"onleesbaar" in sealing.opened(row) else read(row)

    monkeypatch.setattr(several, "read", fragile)
    monkeypatch.setattr("meedoen.mail.incoming.actions.handling.read", fragile)
    bring("een", "onleesbaar", "twee", now=now)
    actions.handle_due(now=now)
    assert states() == [("handled", 1), ("new", 1), ("handled", 1)]


@pytest.mark.slow
def test_of_a_worker_that_is_killed_each_mail_is_handled_once(now):
    bring("een", "twee", "dodelijk", "drie", now=now)
    for _ in range(2):
        ended = subprocess.run([sys.executable, "-c", WORKER, now.isoformat(), DOMAIN], env=environment())
        assert ended.returncode == -signal.SIGKILL
        now += rules.LEASE
        assert actions.sweep(now=now).abandoned > 0
        # What is left of the first time goes one by one, so that those before it are done, and it waits alone.
        while Incoming.objects.filter(state="new", attempts=1).exclude(pk=deadly().pk).exists():
            if Incoming.objects.filter(state="new").order_by("due_at", "pk").first() == deadly():
                Incoming.objects.filter(pk=deadly().pk).update(due_at=now + MINUTE)
            subprocess.run([sys.executable, "-c", WORKER, now.isoformat(), DOMAIN], env=environment(), check=True)
        now += MINUTE
    assert [state for state, _attempts in states()] == ["handled", "handled", "new", "handled"]
    assert [attempts for _state, attempts in states()][2] == 2
    assert max(attempts for _state, attempts in states()) == 2  # nobody lost a try to it but the first
    assert len(answers()) == 3


def deadly():
    return next(each for each in Incoming.objects.all() if b"dodelijk" in sealing.opened(each))


def environment():
    """That of a process of its own, at the database of this test."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        url = f"sqlite:///{name}"
    else:
        url = urlunsplit(urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}"))
    return {**os.environ, "DATABASE_URL": url, "MEEDOEN_VAULT_KEY_FILE": str(settings.VAULT_KEY_FILE)}


def test_of_many_workers_each_takes_others(deeds, now):
    bring(*[f"w{number}" for number in range(30)], now=now)

    def work():
        try:
            all_due(now)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert states() == [("handled", 1)] * 30
    assert len(answers()) == 60


def test_of_who_is_erased_beside_it_nothing_is_done(deeds, now, monkeypatch):
    monkeypatch.setitem(
        routes._names, "wissen", lambda letter, now: erasing.erase_from("bea@mail.example", now=now) or Came("erased")
    )
    take_in(mail(to=f"wissen@{DOMAIN}"), f"wissen@{DOMAIN}", now=now)
    bring("haar woorden", now=now + MINUTE, author="bea@mail.example", proof="")
    Incoming.objects.update(author="bea@mail.example")
    all_due(now + MINUTE)
    assert deeds == []
    assert [bytes(each.raw) for each in Incoming.objects.all()] == [b"", b""]
    assert Incoming.objects.filter(state="aside", reason="its writer was erased").count() == 1


def test_a_transaction_ends_before_others_wait_long(deeds, now, monkeypatch):
    monkeypatch.setattr(rules, "WRITING", 0 * MINUTE)
    bring("een", "fout", "twee", now=now)
    assert actions.handle_due(now=now) == 3
    assert states() == [("handled", 1), ("new", 1), ("handled", 1)]


def test_what_is_mailed_back_leaves_together(deeds, now):
    bring("een", "fout", "twee", now=now)
    actions.handle_due(now=now)
    sent = OutgoingMail.objects.filter(template="mail/incoming/unknown_name.md").order_by("pk")
    tasks = [
        args["args"][0] for args in DBTaskResult.objects.order_by("enqueued_at").values_list("args_kwargs", flat=True)
    ]
    together = connection.vendor == "sqlite"
    assert tasks == ([[each.pk for each in sent]] if together else [each.pk for each in sent])
    assert set(DBTaskResult.objects.values_list("priority", flat=True)) == {50}


def test_replies_of_many_stand_in_their_order(thread, ans, now):
    to = thread_address(thread, ans)
    for number in range(5):
        take_in(mail(f"Woord {number}.", to=to), to, now=now)
    all_due(now)
    said = Contribution.objects.order_by("number").values_list("number", "text", "state")
    assert list(said) == [(number + 1, f"Woord {number}.", "shown") for number in range(5)]
    thread.refresh_from_db()
    assert (thread.last_number, thread.shown_count, len(answers())) == (5, 5, 5)
    assert set(Incoming.objects.values_list("outcome", flat=True)) == {"thread: contributed"}


@pytest.mark.parametrize(
    ("due", "taken"),
    [
        ([], []),
        ([(1, 0, 10), (2, 0, 10), (3, 0, 10)], [1, 2, 3]),
        ([(1, 0, 10), (2, 0, 90), (3, 0, 1)], [1, 2]),
        ([(1, 0, 10), (2, 0, 91), (3, 0, 1)], [1]),
        ([(1, 0, 1000), (2, 0, 1)], [1]),
        ([(1, 1, 10), (2, 0, 10)], [1]),
        ([(1, 0, 10), (2, 1, 10), (3, 0, 10)], [1]),
    ],
)
def test_what_is_taken_in_one_go(due, taken):
    assert rules.taken_together(due, bytes_at_once=100) == taken

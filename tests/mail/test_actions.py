from datetime import timedelta

import pytest
import structlog
from django.core import mail as django_mail
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from meedoen.mail import actions, rules
from meedoen.mail.actions import Erased, Outcome, Swept, delivering
from meedoen.mail.flowing import flowed
from meedoen.mail.models import OutgoingMail
from meedoen.mail.rules import Refused

pytestmark = pytest.mark.django_db

ANS = "ans@voorbeeld.example"
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def send(now, *, key="proef-1", to=ANS, **more):
    return actions.send("mail/test_mail.md", to=to, context={"sent_at": now}, key=key, now=now, **more)


def tasks():
    return [
        (task.args_kwargs["args"], task.run_after, task.priority, task.queue_name, task.status)
        for task in DBTaskResult.objects.order_by("enqueued_at")
    ]


def test_sending_puts_the_mail_and_its_delivery_in_line(now):
    mail = send(now)
    assert (mail.state, mail.to, mail.subject, mail.attempts, mail.due_at) == (
        "waiting",
        ANS,
        "Proefmail van Iedereen doet mee!",
        0,
        now,
    )
    assert tasks() == [([mail.pk], now, 0, "mail", "READY")]
    assert django_mail.outbox == []


def test_what_a_transaction_takes_back_is_not_sent(now):
    with transaction.atomic():
        send(now)
        transaction.set_rollback(True)
    assert (OutgoingMail.objects.count(), tasks()) == (0, [])


def test_the_same_key_is_sent_once(now):
    first = send(now)
    second = send(now + DAY, to="elif@voorbeeld.example")
    assert second == first
    assert second.to == ANS
    assert len(tasks()) == 1


def test_an_urgent_mail_goes_first(now):
    assert send(now, is_urgent=True).is_urgent
    assert tasks()[0][2] == actions.URGENT


@pytest.mark.parametrize(
    "more",
    [
        {"to": "ans@voorbeeld.example\r\nBcc: elif@voorbeeld.example"},
        {"reply_to": "x"},
        {"headers": {"List-Id": "<a>\nBcc: elif@voorbeeld.example"}},
        {"headers": {"Bcc": "elif@voorbeeld.example"}},
    ],
)
def test_a_bad_address_or_header_is_refused_and_leaves_nothing(now, more):
    with pytest.raises(Refused):
        send(now, **more)
    assert (OutgoingMail.objects.count(), tasks()) == (0, [])


def test_a_delivered_mail_is_complete(now):
    headers = {
        **rules.list_headers("artikel-12", domain="x.example", unsubscribe_url="https://x.example/stop/"),
        **rules.thread_headers(["<1@x.example>"]),
    }
    mail = send(now, reply_to="reactie@voorbeeld.example", headers=headers)
    assert actions.deliver(mail.pk, now=now + MINUTE) is Outcome.SENT
    mail.refresh_from_db()
    assert (mail.state, mail.sent_at, mail.attempts, mail.claimed_until) == ("sent", now + MINUTE, 1, None)
    [sent] = django_mail.outbox
    message = sent.message()
    shown = {name: str(value) for name, value in message.items() if not name.startswith(("Content-", "MIME-"))}
    assert shown == {
        "Subject": "Proefmail van Iedereen doet mee!",
        "From": "Iedereen doet mee! <noreply@voorbeeld.example>",
        "To": ANS,
        "Reply-To": "reactie@voorbeeld.example",
        "Message-ID": mail.message_id,
        "Date": "Thu, 03 Dec 2026 13:00:00 +0000",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "List-Id": "<artikel-12.x.example>",
        "List-Unsubscribe": "<https://x.example/stop/>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "In-Reply-To": "<1@x.example>",
        "References": "<1@x.example>",
    }
    assert mail.message_id.endswith("@voorbeeld.example>")
    assert message.get_content_type() == "multipart/alternative"
    parts = [(part.get_content_type(), part.get_payload(decode=True).decode()) for part in message.get_payload()]
    assert parts == [("text/plain", flowed(mail.text)), ("text/html", mail.html)]


def test_a_sent_mail_is_not_sent_again(now):
    mail = send(now)
    assert [actions.deliver(mail.pk, now=now) for _ in range(3)] == [
        Outcome.SENT,
        Outcome.NOT_OURS,
        Outcome.NOT_OURS,
    ]
    assert len(django_mail.outbox) == 1


def test_a_mail_that_is_not_due_or_unknown_is_left_alone(now):
    mail = send(now)
    assert actions.deliver(mail.pk, now=now - MINUTE) is Outcome.NOT_OURS
    assert actions.deliver(mail.pk + 1, now=now) is Outcome.NOT_OURS
    assert django_mail.outbox == []


def test_a_sweep_brings_back_what_a_killed_worker_held(now):
    mail = send(now)
    DBTaskResult.objects.all().delete()
    assert OutgoingMail.objects.claim(mail.pk, now=now)
    assert actions.sweep(now=now + rules.LEASE - MINUTE) == Swept(abandoned=0, forgotten=0)
    later = now + rules.LEASE
    assert actions.sweep(now=later) == Swept(abandoned=1, forgotten=0)
    assert actions.sweep(now=later) == Swept(abandoned=0, forgotten=0)
    assert tasks() == [([mail.pk], later, 0, "mail", "READY")]
    assert actions.deliver(mail.pk, now=later) is Outcome.SENT


class Away:
    """A mail server that does not answer."""

    def open(self):
        raise OSError("no route to host")

    def close(self):
        pass


def left_by_workers(mail, now, times):
    """So many workers took the mail and ended with it, each a lease after the other; the moment after the last."""
    for _ in range(times):
        assert OutgoingMail.objects.claim(mail.pk, now=now)
        now += rules.LEASE
        actions.sweep(now=now)
    mail.refresh_from_db()
    return now


def test_a_mail_that_ends_each_worker_is_put_aside_and_told(now):
    mail = send(now)
    with structlog.testing.capture_logs() as lines:
        now = left_by_workers(mail, now, rules.MAX_LEFT)
    assert (mail.state, mail.given_up_at, mail.left_count) == ("given_up", now, rules.MAX_LEFT)
    assert mail.last_error == "the worker ended while it had this mail, several times in a row"
    assert [line["event"] for line in lines if line["log_level"] == "error"] == ["mail.ends_workers"]
    assert actions.sweep(now=now + rules.LEASE) == Swept(abandoned=0, forgotten=0)
    assert actions.try_again(mail, now=now)
    left_by_workers(mail, now, rules.MAX_LEFT - 1)
    assert (mail.state, mail.left_count) == ("waiting", rules.MAX_LEFT - 1)


def test_workers_that_ended_with_other_tries_in_between_put_nothing_aside(now, monkeypatch):
    mail = send(now)
    monkeypatch.setattr(delivering, "get_connection", Away)
    for _ in range(3):
        now = left_by_workers(mail, now, rules.MAX_LEFT - 1)
        assert actions.deliver(mail.pk, now=now) is Outcome.WAITS
        now += rules.LATER_WAIT
    mail.refresh_from_db()
    assert (mail.state, mail.left_count) == ("waiting", 0)


def test_a_mail_that_may_not_be_kept_is_erased_when_it_is_put_aside(now):
    mail = send(now, key=f"{rules.PASSING}1")
    now = left_by_workers(mail, now, rules.MAX_LEFT)
    assert (mail.state, mail.to, mail.text, mail.erased_at) == ("given_up", "", "", now)


def test_a_sweep_brings_back_what_lost_its_task(now):
    mail = send(now)
    DBTaskResult.objects.all().delete()
    later = now + rules.TASK_LOST_AFTER
    assert actions.sweep(now=later - MINUTE) == Swept(abandoned=0, forgotten=0)
    assert actions.sweep(now=later) == Swept(abandoned=0, forgotten=1)
    assert actions.sweep(now=later) == Swept(abandoned=0, forgotten=0)
    assert tasks() == [([mail.pk], later, 0, "mail", "READY")]


def test_a_worker_that_comes_back_too_late_with_bad_news_changes_nothing(now):
    mail = send(now)
    OutgoingMail.objects.claim(mail.pk, now=now)
    late = OutgoingMail.objects.get(pk=mail.pk)
    actions.sweep(now=now + rules.LEASE)
    OutgoingMail.objects.claim(mail.pk, now=now + rules.LEASE)
    delivering._failed(late, rules.Failure.PERMANENT, "550 No", now=now + rules.LEASE, away_at=None)
    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == ("sending", "")


def test_a_worker_that_comes_back_too_late_with_good_news_is_believed(now):
    mail = send(now)
    OutgoingMail.objects.claim(mail.pk, now=now)
    late = OutgoingMail.objects.get(pk=mail.pk)
    actions.sweep(now=now + rules.LEASE)
    delivering._sent(late, now=now + rules.LEASE)
    assert actions.deliver(mail.pk, now=now + rules.LEASE) is Outcome.NOT_OURS
    assert OutgoingMail.objects.counts() == {"waiting": 0, "sending": 0, "sent": 1, "given_up": 0}


def test_words_and_addresses_are_erased_after_their_time(now):
    mail = send(now, reply_to="reactie@voorbeeld.example")
    waiting = send(now, key="proef-2")
    actions.deliver(mail.pk, now=now)
    end = now + rules.KEEP_WORDS
    assert actions.erase_old(now=end - MINUTE) == Erased(words=0, rows=0)
    assert actions.erase_old(now=end) == Erased(words=1, rows=0)
    assert actions.erase_old(now=end) == Erased(words=0, rows=0)
    mail.refresh_from_db()
    personal = (mail.to, mail.reply_to, mail.subject, mail.text, mail.html, mail.headers, mail.last_error)
    assert personal == ("", "", "", "", "", {}, "")
    waiting.refresh_from_db()
    assert waiting.to == ANS


def test_an_erased_mail_still_keeps_its_key(now):
    mail = send(now)
    actions.deliver(mail.pk, now=now)
    actions.erase_old(now=now + rules.KEEP_WORDS)
    assert send(now + rules.KEEP_WORDS) == mail
    assert actions.deliver(mail.pk, now=now + rules.KEEP_WORDS) is Outcome.NOT_OURS


def test_in_the_end_the_row_goes_too(now):
    mail = send(now)
    actions.deliver(mail.pk, now=now)
    assert actions.erase_old(now=now + rules.KEEP_KEY) == Erased(words=0, rows=1)
    assert OutgoingMail.objects.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "lost"},
        {"state": "sending"},
        {"state": "sent"},
        {"state": "given_up"},
        {"to": ""},
    ],
)
def test_the_database_refuses_a_row_that_cannot_be(now, wrong):
    mail = send(now)
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingMail.objects.filter(pk=mail.pk).update(**wrong)


def test_looking_for_lost_mail_asks_the_same_whatever_waits(now, django_assert_num_queries):
    with django_assert_num_queries(2):
        actions.sweep(now=now)
    for number in range(3):
        send(now, key=f"proef-{number}")
    with django_assert_num_queries(2):
        actions.sweep(now=now)

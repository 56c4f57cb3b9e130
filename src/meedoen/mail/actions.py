"""The deeds: put a mail in the outbox, deliver it, bring back what got lost, erase what is old."""

import smtplib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

import structlog
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from meedoen.mail import envelope, references, rendering, rules
from meedoen.mail.models import OutgoingMail, OutgoingMailQuerySet

URGENT = 50  # task priority of a mail that somebody waits for; others have 0, django-tasks allows -100 to 100
SWEEP_LIMIT = 500  # mails brought back in one sweep; the next minute takes the next ones
TASK_SIZE = 20  # mails of many in one task: between two tasks, one that somebody waits for goes first
WAKE_LIMIT = 100  # mails woken by one that got through; each of those wakes the next ones

# What an erased mail says.
_NO_WORDS: dict[str, object] = {
    "to": "", "reply_to": "", "subject": "", "text": "", "html": "", "headers": {}, "references": {},
    "last_error": "", "calendar": "",
}  # fmt: skip

log = structlog.get_logger(__name__)


class Outcome(StrEnum):
    """How a try ended."""

    SENT = "sent"
    WAITS = "waits"
    GIVEN_UP = "given up"
    NOT_OURS = "not ours"  # sent already, not due yet, or in the hands of another worker


@dataclass(frozen=True)
class Letter:
    """A mail of many, as ``send`` takes one."""

    template: str
    to: str
    context: Mapping[str, object]
    key: str
    reply_to: str = ""


@dataclass(frozen=True)
class Copy:
    """A mail of very many, of which the words stand once elsewhere: ``words`` says with whom, and by what they are found.

    ``name`` is what logs call it. ``is_plain``: without a part in HTML.
    """

    name: str
    to: str
    subject: str
    words: references.Reference
    key: str
    reply_to: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    is_plain: bool = False


@dataclass(frozen=True)
class Swept:
    """What a sweep brought back."""

    abandoned: int
    forgotten: int


@dataclass(frozen=True)
class Erased:
    """What the end dates took."""

    words: int
    rows: int


@transaction.atomic
def send(
    template: str,
    *,
    to: str,
    context: Mapping[str, object],
    key: str,
    now: datetime,
    reply_to: str = "",
    headers: Mapping[str, str] | None = None,
    is_urgent: bool = False,
    calendar: str = "",
) -> OutgoingMail:
    """Decide to send a mail. It leaves after the surrounding transaction commits, or not at all.

    ``template`` is a name such as ``mail/test_mail.md``; ``key`` says what this mail is ("reply-12-to-5"): asked
    again with the same key, nothing happens and the first mail is returned; one that begins with ``rules.PASSING`` is
    erased once it left. ``headers`` come from
    ``rules.list_headers`` and ``rules.thread_headers``. ``calendar`` is iCalendar with its METHOD. A ``references.Reference`` in the context is looked up when
    the mail leaves, and is stored nowhere. Raises ``rules.Refused`` for an address, header or
    context that is not fit for a mail.
    """
    rendered = rendering.render(template, context)
    mail, is_new = OutgoingMail.objects.get_or_create(
        key=key,
        defaults={
            "message_id": envelope.new_message_id(),
            "template": template,
            "to": rules.checked_address(to),
            "reply_to": rules.checked_address(reply_to) if reply_to else "",
            "subject": rendered.subject,
            "text": rendered.text,
            "html": rendered.html,
            "references": rendered.references,
            "headers": rules.checked_headers(headers or {}),
            "calendar": calendar,
            "is_urgent": is_urgent,
            "created_at": now,
            "due_at": now,
        },
    )
    if is_new:
        _put_in_line(mail)
    return mail


def send_all(letters: Sequence[Letter], *, now: datetime) -> int:
    """Decide to send many mails, in a number of queries that their contents do not change; how many are new.

    As ``send``, each key once: what is in the outbox already stays as it is. They are written out before the
    transaction begins, so that what else wants to write does not wait for that.
    """
    known = _known([each.key for each in letters])
    return _put([_row_of(each, now=now) for each in letters if each.key not in known])


def send_copies(copies: Sequence[Copy], *, now: datetime) -> int:
    """As ``send_all``, of mails whose words stand elsewhere: a row holds only what is of its reader."""
    known = _known([each.key for each in copies])
    return _put([_row_of_copy(each, now=now) for each in copies if each.key not in known])


def deliver(mail_id: int, *, now: datetime) -> Outcome:
    """Try to send one mail. Many may try at the same time; one does.

    Between the moment the mail server takes the mail and the moment we write that down, a crash leaves the mail
    claimed; it is then sent once more, with the same Message-ID, by which mail programs show it once.
    """
    if not OutgoingMail.objects.claim(mail_id, now=now):
        return Outcome.NOT_OURS
    mail = OutgoingMail.objects.get(pk=mail_id)
    if away_at := OutgoingMail.objects.server_found_away_at(now=now):
        return _failed(mail, rules.Failure.SERVER_AWAY, mail.last_error, now=now, away_at=away_at)
    connection: BaseEmailBackend = get_connection()
    is_connected = False
    try:
        connection.open()
        is_connected = True
        connection.send_messages([envelope.message_of(mail, facts=_facts(mail, now))])
    except Exception as error:
        failure = rules.failure_of(error, connected=is_connected)
        log.warning("mail.failed", mail=mail.pk, template=mail.template, failure=failure, error=type(error).__name__)
        away_at = now if failure is rules.Failure.SERVER_AWAY else None
        outcome = _failed(
            mail, failure, rules.reason_of(error, may_quote=not mail.references), now=now, away_at=away_at
        )
        if outcome is Outcome.GIVEN_UP:
            _tell_of_address(mail, error, now=now)
        return outcome
    finally:
        with suppress(Exception):  # the mail is taken or not by now; a clumsy goodbye changes nothing
            connection.close()
    return _sent(mail, now=now)


def sweep(*, now: datetime) -> Swept:
    """Bring back into line what a killed worker left behind, and what lost its task."""
    return Swept(
        abandoned=_bring_back(OutgoingMail.objects.abandoned(now=now), now=now),
        forgotten=_bring_back(OutgoingMail.objects.forgotten(now=now), now=now),
    )


@transaction.atomic
def try_again(mail: OutgoingMail, *, now: datetime) -> bool:
    """Put a given-up mail in line once more, such as after a wrong setting. False when it is not given up."""
    is_ours = (
        OutgoingMail.objects.filter(pk=mail.pk, state=OutgoingMail.State.GIVEN_UP, erased_at__isnull=True).update(
            state=OutgoingMail.State.WAITING, given_up_at=None, attempts=0, created_at=now, due_at=now
        )
        == 1
    )
    if is_ours:
        mail.refresh_from_db()
        _put_in_line(mail)
    return is_ours


@transaction.atomic
def erase_old(*, now: datetime) -> Erased:
    """Erase the words and addresses of mail past its end date, and in the end the rows."""
    rows, _per_model = OutgoingMail.objects.with_key_past_end(now=now).delete()
    words = OutgoingMail.objects.with_words_past_end(now=now).update(**_NO_WORDS, erased_at=now)
    return Erased(words=words, rows=rows)


@transaction.atomic
def erase_to(email: str, *, now: datetime) -> None:
    """Erase what was mailed to somebody who asks for it; what still waits is not sent."""
    theirs = OutgoingMail.objects.filter(to__iexact=email)
    theirs.filter(state=OutgoingMail.State.WAITING).delete()
    theirs.exclude(state=OutgoingMail.State.SENDING).update(**_NO_WORDS, erased_at=now)


def _row_of(letter: Letter, *, now: datetime) -> OutgoingMail:
    rendered = rendering.render(letter.template, letter.context)
    return OutgoingMail(
        key=letter.key,
        message_id=envelope.new_message_id(),
        template=letter.template,
        to=rules.checked_address(letter.to),
        reply_to=rules.checked_address(letter.reply_to) if letter.reply_to else "",
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        references=rendered.references,
        created_at=now,
        due_at=now,
    )


def _row_of_copy(copy: Copy, *, now: datetime) -> OutgoingMail:
    mark = references.new_mark()
    return OutgoingMail(
        key=copy.key,
        message_id=envelope.new_message_id(),
        template=copy.name,
        to=rules.checked_address(copy.to),
        reply_to=rules.checked_address(copy.reply_to) if copy.reply_to else "",
        subject=rules.subject_line(copy.subject),
        text=mark,
        html="" if copy.is_plain else mark,
        references={mark: {**copy.words.about, "kind": copy.words.kind}},
        headers=rules.checked_headers(copy.headers),
        created_at=now,
        due_at=now,
    )


def _known(keys: list[str]) -> set[str]:
    """Which of these are in the outbox already."""
    return set(OutgoingMail.objects.filter(key__in=keys).values_list("key", flat=True))


def _put(rows: list[OutgoingMail]) -> int:
    """Put new mails in the outbox and in line; how many they are."""
    with transaction.atomic():
        OutgoingMail.objects.bulk_create(rows, ignore_conflicts=True)
        ours = OutgoingMail.objects.filter(message_id__in=[row.message_id for row in rows])
        ids = list(ours.order_by("pk").values_list("pk", flat=True))
        _put_all_in_line(ids)
    return len(ids)


def _facts(mail: OutgoingMail, now: datetime) -> dict[str, str | references.Words]:
    """What may stand in no row, as it is now; in memory for as long as the mail server takes it over."""
    return references.looked_up(mail.references, occasion=f"mail-{mail.pk}", now=now)


def _tell_of_address(mail: OutgoingMail, error: Exception, *, now: datetime) -> None:
    """Where the server refused whom it was for, with a code that says so, it is as if the mail came back."""
    from meedoen.mail.incoming import reports  # mail that comes in stands on this; here is the one step back to it

    if isinstance(error, smtplib.SMTPRecipientsRefused):
        for _code, said in error.recipients.values():
            reports.refused(mail.to, said.decode("utf-8", "replace") if isinstance(said, bytes) else said, now=now)


@transaction.atomic
def _sent(mail: OutgoingMail, *, now: datetime) -> Outcome:
    # Whoever holds the claim by now: it was sent, and that is what the row must say.
    OutgoingMail.objects.filter(pk=mail.pk, sent_at__isnull=True).update(
        state=OutgoingMail.State.SENT,
        sent_at=now,
        given_up_at=None,
        claimed_until=None,
        server_away_at=None,
        last_error="",
    )
    _erase_passing(mail, now)
    for waiting in OutgoingMail.objects.waiting_for_server().order_by("-is_urgent", "created_at")[:WAKE_LIMIT]:
        is_ours = (
            OutgoingMail.objects.waiting_for_server().filter(pk=waiting.pk).update(due_at=now, server_away_at=None)
        )
        if is_ours:
            waiting.due_at = now
            _put_in_line(waiting)
    return Outcome.SENT


def _erase_passing(mail: OutgoingMail, now: datetime) -> None:
    """Erase a mail that is done with, where it may not be kept."""
    done = [OutgoingMail.State.SENT, OutgoingMail.State.GIVEN_UP]
    if mail.key.startswith(rules.PASSING):
        OutgoingMail.objects.filter(pk=mail.pk, state__in=done).update(**_NO_WORDS, erased_at=now)


@transaction.atomic
def _failed(
    mail: OutgoingMail, failure: rules.Failure, reason: str, *, now: datetime, away_at: datetime | None
) -> Outcome:
    ours = OutgoingMail.objects.filter(
        pk=mail.pk, state=OutgoingMail.State.SENDING, claimed_until=mail.claimed_until, attempts=mail.attempts
    )
    is_lost_cause = failure is rules.Failure.PERMANENT or (
        failure is rules.Failure.TEMPORARY and rules.has_waited_enough(mail.created_at, now=now)
    )
    if is_lost_cause:
        ours.update(
            state=OutgoingMail.State.GIVEN_UP,
            given_up_at=now,
            claimed_until=None,
            server_away_at=None,
            last_error=reason,
        )
        _erase_passing(mail, now)
        return Outcome.GIVEN_UP
    mail.due_at = now + rules.wait_after(mail.attempts)
    is_ours = ours.update(
        state=OutgoingMail.State.WAITING,
        due_at=mail.due_at,
        claimed_until=None,
        server_away_at=away_at,
        last_error=reason,
    )
    if is_ours:
        _put_in_line(mail)
    return Outcome.WAITS


def _bring_back(lost: OutgoingMailQuerySet, *, now: datetime) -> int:
    return sum(_bring_back_one(lost.filter(pk=mail_id), now=now) for mail_id in lost.ids(limit=SWEEP_LIMIT))


@transaction.atomic
def _bring_back_one(lost: OutgoingMailQuerySet, *, now: datetime) -> bool:
    mail = lost.first()
    if mail is None or not lost.update(state=OutgoingMail.State.WAITING, claimed_until=None, due_at=now):
        return False  # another sweep or the worker itself was first
    mail.due_at = now
    _put_in_line(mail)
    return True


def _put_in_line(mail: OutgoingMail) -> None:
    """Enqueue the delivery in the same transaction as the row, to run when the mail is due."""
    from meedoen.mail.tasks import deliver_mail  # the task calls ``deliver``; this is the one step back to it

    deliver_mail.using(run_after=mail.due_at, priority=URGENT if mail.is_urgent else 0).enqueue(mail.pk)


def _put_all_in_line(mail_ids: list[int]) -> None:
    """Enqueue the delivery of many that are due now, some in each task; what a killed worker leaves, the sweep finds."""
    from meedoen.mail.tasks import deliver_mails  # as above

    for begin in range(0, len(mail_ids), TASK_SIZE):
        deliver_mails.enqueue(mail_ids[begin : begin + TASK_SIZE])

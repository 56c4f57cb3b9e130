"""Delivering: one try to hand a mail to the mail server, and what comes of it."""

import smtplib
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self, TypeVar

import structlog
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.db import connection as db
from django.db import transaction

from meedoen.kernel import clock, prepared
from meedoen.kernel.database import is_away
from meedoen.mail import envelope, references, rules
from meedoen.mail.models import OutgoingMail, OutgoingMailQuerySet

from .erasing import erase_passing
from .lining import put_in_line

AGAIN_SECONDS = 1.0  # between two tries to reach a database that is away
WAKE_LIMIT = 100  # mails woken by one that got through; each of those wakes the next ones

Done = TypeVar("Done")
log = structlog.get_logger(__name__)


class Outcome(StrEnum):
    """How a try ended."""

    SENT = "sent"
    WAITS = "waits"
    GIVEN_UP = "given up"
    NOT_OURS = "not ours"  # sent already, not due yet, or in the hands of another worker


class Line:
    """The line to the mail server, for some mails one after the other: opened for the first that needs it, closed at the end."""

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *ended: object) -> None:
        self.close()

    def open(self) -> BaseEmailBackend:
        """The line, open: anew where the server hung up after an earlier mail. Fails where the server is away."""
        if self._connection and not _still_answers(self._connection):
            self.close()
        if self._connection is None:
            self._connection = get_connection()
            self._connection.open()
        return self._connection

    def close(self) -> None:
        """Hang up; the mails are taken or not by now, and a clumsy goodbye changes nothing."""
        connection, self._connection = self._connection, None
        if connection:
            with suppress(Exception):
                connection.close()


def deliver_all(mail_ids: Sequence[int]) -> list[Outcome]:
    """Try to send some mails by one line, one after the other."""
    with Line() as line:
        return [deliver(mail_id, now=clock.now(), line=line) for mail_id in mail_ids]


def deliver(mail_id: int, *, now: datetime, line: Line | None = None) -> Outcome:
    """Try to send one mail. Many may try at the same time; one does. ``line`` is shared with mails before and after it.

    Between the moment the mail server takes the mail and the moment we write that down, a crash of ours leaves the mail
    claimed; it is then sent once more, with the same Message-ID, by which mail programs show it once. When it is the
    database that goes, we wait for it.
    """
    if not _claimed(mail_id, now=now):
        return Outcome.NOT_OURS
    mail = prepared.one(_mail, pk=mail_id)
    if mail is None:
        return Outcome.NOT_OURS
    if away_at := OutgoingMail.objects.server_found_away_at(now=now):
        return _failed(mail, rules.Failure.SERVER_AWAY, mail.last_error, now=now, away_at=away_at)
    is_shared, line = line is not None, line or Line()
    is_connected = False
    try:
        connection = line.open()
        is_connected = True
        connection.send_messages([envelope.message_of(mail, facts=_facts(mail, now))])
    except Exception as error:
        line.close()
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
        if not is_shared:
            line.close()
    return _written_down(mail, now=now)


def _claimed(mail_id: int, *, now: datetime) -> bool:
    """Take it for one lease. A database that goes without an answer may have written that we have it: then ask it."""

    def claim(is_again: bool) -> bool:
        mails = OutgoingMail.objects
        return mails.claim(mail_id, now=now) or (is_again and mails.has_claim(mail_id, now=now))

    return _when_it_is_back(claim, mail=mail_id, at_most=rules.CLAIM_UNSURE)


def _written_down(mail: OutgoingMail, *, now: datetime) -> Outcome:
    """Note that it was sent. While the database is away we are the only one who knows: wait for it, as long as the claim lasts."""
    return _when_it_is_back(lambda _is_again: _sent(mail, now=now), mail=mail.pk, at_most=rules.LEASE)


def _when_it_is_back(deed: Callable[[bool], Done], *, mail: int, at_most: timedelta) -> Done:
    """What ``deed`` gives. It is tried again while the database is away, and told whether this is such a second time."""
    until = time.monotonic() + at_most.total_seconds()
    is_again = False
    while True:
        try:
            return deed(is_again)
        except Exception as error:
            if not is_away(error) or db.in_atomic_block or time.monotonic() > until:
                raise
            log.warning("mail.waits_for_database", mail=mail, reason=type(error).__name__)
        is_again = True
        db.close()
        time.sleep(AGAIN_SECONDS)


def _facts(mail: OutgoingMail, now: datetime) -> dict[str, str | references.Words]:
    """What may stand in no row, as it is now; in memory for as long as the mail server takes it over."""
    return references.looked_up(mail.references, occasion=f"mail-{mail.pk}", now=now)


def _tell_of_address(mail: OutgoingMail, error: Exception, *, now: datetime) -> None:
    """Where the server refused whom it was for, with a code that says so, it is as if the mail came back."""
    from meedoen.mail.incoming import reports  # mail that comes in stands on this; here is the one step back to it

    if isinstance(error, smtplib.SMTPRecipientsRefused):
        for _code, said in error.recipients.values():
            reports.refused(mail.to, said.decode("utf-8", "replace") if isinstance(said, bytes) else said, now=now)


def _still_answers(connection: BaseEmailBackend) -> bool:
    """Whether a mail server that took a mail on this line will hear of another; a folder does."""
    if not isinstance(connection, EmailBackend):
        return True
    try:
        return connection.connection is not None and connection.connection.noop()[0] == 250
    except (smtplib.SMTPException, OSError):
        return False


def _mail(*, pk: int) -> OutgoingMailQuerySet:
    return OutgoingMail.objects.filter(pk=pk)


def _to_wake() -> OutgoingMailQuerySet:
    return OutgoingMail.objects.waiting_for_server().order_by("-is_urgent", "created_at")[:WAKE_LIMIT]


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
    references.done(mail.references, is_sent=True, now=now)
    erase_passing(mail, now)
    for waiting in prepared.ask(_to_wake):
        is_ours = (
            OutgoingMail.objects.waiting_for_server().filter(pk=waiting.pk).update(due_at=now, server_away_at=None)
        )
        if is_ours:
            waiting.due_at = now
            put_in_line(waiting)
    return Outcome.SENT


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
        is_ours = ours.update(
            state=OutgoingMail.State.GIVEN_UP,
            given_up_at=now,
            claimed_until=None,
            server_away_at=None,
            left_count=0,
            last_error=reason,
        )
        if is_ours:
            references.done(mail.references, is_sent=False, now=now)
        erase_passing(mail, now)
        return Outcome.GIVEN_UP
    mail.due_at = now + rules.wait_after(mail.attempts)
    is_ours = ours.update(
        state=OutgoingMail.State.WAITING,
        due_at=mail.due_at,
        claimed_until=None,
        server_away_at=away_at,
        left_count=0,
        last_error=reason,
    )
    if is_ours:
        put_in_line(mail)
    return Outcome.WAITS

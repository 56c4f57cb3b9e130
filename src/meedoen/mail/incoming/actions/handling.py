"""Handling a mail: read, put where it belongs, answered and closed, once; and what becomes of one that fails."""

import traceback
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

import structlog
from django.conf import settings
from django.db import transaction

from meedoen.kernel import prepared
from meedoen.mail import replies
from meedoen.mail.incoming import answering, erasing, proof, rules, sealing
from meedoen.mail.incoming.models import Incoming, IncomingQuerySet
from meedoen.mail.incoming.routes import Answer, Came, Letter

from . import placing

log = structlog.get_logger(__name__)

_NOT_KEPT = Answer("mail/incoming/not_kept.md", kind="not kept")


class Outcome(StrEnum):
    """How a try ended."""

    HANDLED = "handled"
    ASIDE = "aside"
    WAITS = "waits"
    NOT_OURS = "not ours"  # handled already, not due yet, or in the hands of another worker


def handle(mail_id: int, *, now: datetime) -> Outcome:
    """Do what a mail asks, once. Many may try at the same time; one does.

    All that it leads to, and the note that it was handled, is one transaction: what a crash interrupts never was.
    """
    if not Incoming.objects.claim(mail_id, now=now):
        return Outcome.NOT_OURS
    return handle_claimed(Incoming.objects.get(pk=mail_id), now=now)


def handle_claimed(mail: Incoming, *, now: datetime, letter: Letter | None = None) -> Outcome:
    """The same for a mail that is claimed; ``letter`` is what it says, where that was read already."""
    try:
        letter = letter or read(mail)
        with transaction.atomic():
            came = carry_out(mail, letter, now)
    except Exception as error:
        return failed(mail, letter, error, now=now)
    return ended(mail, came)


def carry_out(mail: Incoming, letter: Letter, now: datetime) -> Came | None:
    """Do what a claimed mail asks, answer and close it, inside a transaction. None where it is not ours any more."""
    claimed = mail.claimed_until and prepared.ask(_claimed, pk=mail.pk, until=mail.claimed_until)
    if not claimed:
        return None
    if claimed[0].must_go and claimed[0].attempts != mail.attempts:  # its writer was erased while it waited its turn
        return _let_go(mail, now)
    place = placing.place_of(mail)
    came = placing.came_of(letter, place, now)
    if place.is_private:
        came = replace(came, erases=True, answer=came.answer or (_NOT_KEPT if came.aside else None))
    if came.answer:
        answering.send(mail, letter, came.answer, now=now, leaves_nothing=came.erases)
    _close(mail, letter, came, now)
    return came


def ended(mail: Incoming, came: Came | None) -> Outcome:
    """How a try ended that did not fail; once it is committed."""
    if came is None:
        return Outcome.NOT_OURS
    log.info("mail.incoming", mail=mail.pk, what=came.what)
    return Outcome.ASIDE if came.aside else Outcome.HANDLED


def failed(mail: Incoming, letter: Letter | None, error: Exception, *, now: datetime) -> Outcome:
    """Try again later; in the end a person has to look, and who mailed is told so.

    What nobody may look at is erased in the place of that, and its sender is asked to send it again. That it does not
    open is not the mail's fault, and is no try, as long as the key may come back.
    """
    waits = isinstance(error, sealing.CannotOpen) and mail.received_at > now - rules.KEEP_RAW
    # Not what it says: a database names in it what could not be stored, and that are somebody's words.
    log.error("mail.incoming.failed", mail=mail.pk, error=type(error).__name__, at=_place_of(error))
    reason = type(error).__name__[:200]
    ours = Incoming.objects.filter(
        pk=mail.pk, state=Incoming.State.HANDLING, claimed_until=mail.claimed_until, attempts=mail.attempts
    )
    with transaction.atomic():
        if mail.attempts >= rules.MAX_ATTEMPTS and not waits:
            is_ours = ours.update(
                state=Incoming.State.ASIDE,
                claimed_until=None,
                closed_at=now,
                is_proven=bool(letter and letter.is_proven),
                reason=reason,
            )
            is_private = placing.is_private(mail)
            if is_ours and letter and not letter.is_forged:
                answer = _NOT_KEPT if is_private else Answer("mail/incoming/stuck.md", kind="stuck")
                answering.send(mail, letter, answer, now=now)
            if is_ours and is_private:
                erasing.erase_everywhere(mail, now)
            erasing.erase(Incoming.objects.filter(pk=mail.pk, must_go=True), now)
            return Outcome.ASIDE
        due_at = now + (rules.SEALED_WAIT if waits else rules.wait_after(mail.attempts))
        tries = max(0, mail.attempts - waits)
        ours.update(state=Incoming.State.NEW, due_at=due_at, claimed_until=None, reason=reason, attempts=tries)
        return Outcome.WAITS


def read(mail: Incoming) -> Letter:
    """What a mail says; fails only where it does not open. Raises ``sealing.CannotOpen``."""
    raw = sealing.opened(mail)
    head = proof.head_of(raw)
    author, name = proof.author_of(head)
    trusted = settings.MAIL_IN_TRUSTED
    return Letter(
        reply=replies.read(raw),
        author=author,
        name=rules.name_of(name, author),
        is_proven=proof.is_proven(head, author, trusted=trusted),
        is_forged=proof.is_forged(head, author, trusted=trusted),
        recipient=mail.recipient,
        message_id=rules.message_id(str(head.get("Message-ID", ""))),
        origin=proof.network_of(head) or mail.sender,
        mark=mail.mark,
    )


def _claimed(*, pk: int, until: datetime) -> IncomingQuerySet:
    """The row under that claim, for nobody else until the transaction ends."""
    rows = Incoming.objects.filter(pk=pk, state=Incoming.State.HANDLING, claimed_until=until)
    return rows.only("attempts", "must_go").select_for_update()


def _let_go(mail: Incoming, now: datetime) -> Came:
    ours = Incoming.objects.filter(pk=mail.pk)
    ours.update(state=Incoming.State.ASIDE, claimed_until=None, closed_at=now, reason=rules.WRITER_ERASED)
    erasing.erase(ours, now)
    return Came(rules.WRITER_ERASED, aside=rules.WRITER_ERASED)


def _close(mail: Incoming, letter: Letter, came: Came, now: datetime) -> None:
    ours = Incoming.objects.filter(pk=mail.pk)
    ours.update(
        state=Incoming.State.ASIDE if came.aside else Incoming.State.HANDLED,
        claimed_until=None,
        closed_at=now,
        is_proven=letter.is_proven,
        outcome=came.what[:60],
        reason=came.aside[:200],
    )
    if came.erases:
        erasing.erase_everywhere(mail, now)
    elif mail.letter_mark and prepared.ask(_twins_that_go, letter_mark=mail.letter_mark, pk=mail.pk):
        ours.update(must_go=True)
    erasing.erase(ours.filter(must_go=True), now)


def _twins_that_go(*, letter_mark: str, pk: int) -> IncomingQuerySet:
    return Incoming.objects.filter(letter_mark=letter_mark, must_go=True).exclude(pk=pk).only("pk")


def _place_of(error: Exception) -> str:
    """Where it went wrong: file and line of the last step."""
    steps = traceback.extract_tb(error.__traceback__)
    return f"{steps[-1].filename}:{steps[-1].lineno}" if steps else ""

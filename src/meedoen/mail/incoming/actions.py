"""The deeds: take a mail in, handle it once, answer, bring back what got lost, erase what is old."""

import traceback
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction

from meedoen.kernel.clock import local_date
from meedoen.kernel.database import empty_journal_when_due
from meedoen.mail import envelope, replies

from . import addresses, answering, erasing, proof, reports, routes, rules
from .models import Count, Incoming, IncomingQuerySet, ReplyAddress
from .routes import Answer, Came, Letter

SETTLED = "settled"  # the outcome of what a person of the team saw to
SWEEP_LIMIT = 500  # mails brought back in one sweep; the next minute takes the next ones

log = structlog.get_logger(__name__)

_NOT_KEPT = Answer("mail/incoming/not_kept.md", kind="not kept")


class Outcome(StrEnum):
    """How a try ended."""

    HANDLED = "handled"
    ASIDE = "aside"
    WAITS = "waits"
    NOT_OURS = "not ours"  # handled already, not due yet, or in the hands of another worker


@dataclass(frozen=True)
class Swept:
    """What a sweep brought back."""

    abandoned: int
    forgotten: int


@transaction.atomic
def take_in(raw: bytes, *, sender: str, recipients: Sequence[str], door: str, now: datetime) -> int:
    """Keep a mail before anything is done with it, once for each address of ours; how many were new.

    What came before, with the same Message-ID and the same content, is kept already. Whoever hands a mail in may
    say that it was taken once the transaction around this is committed, and not before.
    """
    head = proof.head_of(raw)
    author, _name = proof.author_of(head)
    told = f"{rules.message_id(str(head.get('Message-ID', '')))}\n{rules.digest(raw)}"
    count = 0
    for recipient in dict.fromkeys(map(rules.kept_address, recipients)):
        mark, *older = answering.keyed_by_all(f"{told}\n{recipient}")
        if older and Incoming.objects.filter(mark__in=older).exists():
            continue  # it was brought before the secret changed
        try:
            with transaction.atomic():
                mail = Incoming.objects.create(
                    mark=mark,
                    letter_mark=answering.keyed(told),
                    door=door,
                    raw=raw,
                    sender=rules.kept_address(sender),
                    author=rules.kept_address(author),
                    recipient=recipient,
                    received_at=now,
                    due_at=now,
                )
        except IntegrityError:
            continue  # it was brought twice
        _put_in_line(mail)
        count += 1
    return count


def handle(mail_id: int, *, now: datetime) -> Outcome:
    """Do what a mail asks, once. Many may try at the same time; one does.

    All that it leads to, and the note that it was handled, is one transaction: what a crash interrupts never was.
    """
    if not Incoming.objects.claim(mail_id, now=now):
        return Outcome.NOT_OURS
    mail = Incoming.objects.get(pk=mail_id)
    letter = None
    try:
        letter = read(mail)
        with transaction.atomic():
            ours = Incoming.objects.select_for_update().filter(
                pk=mail.pk, state=Incoming.State.HANDLING, claimed_until=mail.claimed_until
            )
            if not ours.exists():
                return Outcome.NOT_OURS
            came = _came_of(mail, letter, now)
            if _is_private(mail):
                came = replace(came, erases=True, answer=came.answer or (_NOT_KEPT if came.aside else None))
            if came.answer:
                answering.send(mail, letter, came.answer, now=now, leaves_nothing=came.erases)
            _close(mail, letter, came, now)
    except Exception as error:
        # Not what it says: a database names in it what could not be stored, and that are somebody's words.
        log.error("mail.incoming.failed", mail=mail.pk, error=type(error).__name__, at=_place_of(error))
        return _failed(mail, letter, type(error).__name__, now=now)
    log.info("mail.incoming", mail=mail.pk, what=came.what)
    return Outcome.ASIDE if came.aside else Outcome.HANDLED


def read(mail: Incoming) -> Letter:
    """What a mail says; never fails."""
    raw = bytes(mail.raw)
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
    )


def sweep(*, now: datetime) -> Swept:
    """Bring back into line what a killed worker left behind, and what lost its task; let what was erased be gone."""
    empty_journal_when_due()
    return Swept(
        abandoned=_bring_back(Incoming.objects.abandoned(now=now), now=now),
        forgotten=_bring_back(Incoming.objects.forgotten(now=now), now=now),
    )


@transaction.atomic
def try_again(mail: Incoming, *, now: datetime) -> bool:
    """Handle what was put aside once more, such as after a mistake of ours. False when it is not put aside."""
    is_ours = (
        Incoming.objects.aside()
        .filter(pk=mail.pk)
        .update(state=Incoming.State.NEW, attempts=0, due_at=now, closed_at=None, reason="", outcome="")
    )
    if is_ours:
        mail.refresh_from_db()
        _put_in_line(mail)
    return bool(is_ours)


@transaction.atomic
def settle(mail: Incoming, *, now: datetime) -> bool:
    """Erase what was put aside, since somebody saw to it. False when it is not put aside any more."""
    is_ours = Incoming.objects.aside().filter(pk=mail.pk).update(state=Incoming.State.HANDLED, outcome=SETTLED)
    if is_ours:
        erasing.erase(Incoming.objects.filter(pk=mail.pk), now)
    return bool(is_ours)


@transaction.atomic
def erase_old(*, now: datetime) -> int:
    """Erase the words and addresses of mail past its end date, and in the end the rows; how many lost their words."""
    Count.objects.filter(day__lt=local_date(now - rules.KEEP_COUNTS)).delete()
    Incoming.objects.filter(erased_at__lte=now - rules.KEEP_MARK).delete()
    ReplyAddress.objects.filter(revoked_at__lte=now - rules.KEEP_REVOKED).delete()
    return erasing.erase(Incoming.objects.past_end(now=now), now)


def _came_of(mail: Incoming, letter: Letter, now: datetime) -> Came:
    """Where a mail belongs, and what is done with it there."""
    if letter.reply.delivery_report:
        # It holds the mail that came back, with all that is sealed here until it leaves.
        return replace(reports.take(letter.reply.delivery_report, now=now), erases=True)
    name, token, _domain = rules.parts_of(mail.recipient)
    if name != rules.STOP and (ended := _not_from_a_person(letter)):  # programs press "unsubscribe" for people
        return ended
    if letter.author and answering.count("mails", letter.counts_for, now=now) > rules.MAX_A_DAY:
        return Came("too many", aside="more mails in a day than anybody writes")
    if letter.is_proven:
        reports.revive(letter.author, now=now)  # who writes, reads
    try:
        return _routed(letter, name, token, now)
    except routes.NotTaken as problem:
        return Came("not taken", Answer("mail/incoming/not_taken.md", {"why": str(problem)}, kind="not taken"))


def _routed(letter: Letter, name: str, token: str, now: datetime) -> Came:
    if name in (rules.ANSWER, rules.STOP):
        address = addresses.found(token)
        handle_it = routes.of_purpose(address.purpose) if address else None
        if address is None and addresses.was_revoked(token):
            answer = Answer("mail/incoming/revoked_token.md", kind="revoked token")
            return Came("revoked token", answer, erases=True)  # whatever it was about is not ours to keep
        if address is None or handle_it is None:
            answer = Answer("mail/incoming/unknown_token.md", kind="unknown token")
            return Came("unknown token", answer, erases=True)  # whatever it was about is not ours to keep
        ReplyAddress.objects.filter(pk=address.pk).update(used_at=now)
        return handle_it(letter, address, now)
    handle_named = routes.of_name(name)
    if handle_named is None:
        return Came("unknown name", answering.unknown_name())
    return handle_named(letter, now)


def _not_from_a_person(letter: Letter) -> Came | None:
    """What becomes of a mail that a machine sent, or we ourselves, or nobody who can be answered; None for any other."""
    if letter.is_forged:  # its author never sent it, so there is nobody to answer
        return Came(rules.FORGED)
    if letter.reply.automatic:
        return Came("automatic", erases=True)  # such as a notice of absence, with our own mail below it
    if not letter.author or not answering.may_be_mailed(letter.author):
        return Came("no sender", aside="no address in From, or several")
    name, _token, domain = rules.parts_of(letter.author)
    is_a_door = name in (rules.ANSWER, rules.STOP) or routes.of_name(name) is not None
    if letter.author == envelope.sender_address().lower() or (is_a_door and domain == settings.MAIL_IN_DOMAIN):
        return Came("our own")
    return None


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
    elif erasing.twins_of(mail).filter(must_go=True).exists():
        ours.update(must_go=True)
    erasing.erase(ours.filter(must_go=True), now)


def _is_private(mail: Incoming) -> bool:
    """Whether what it says may not lie at the desk: it may tell of a need, or is about what is known of somebody."""
    name, token, _domain = rules.parts_of(mail.recipient)
    if name not in (rules.ANSWER, rules.STOP):
        return routes.is_private(name)
    purpose = ReplyAddress.objects.filter(token=token).values_list("purpose", flat=True).first()
    return purpose is None or routes.is_private(purpose)  # whatever it was about is not ours to keep


def _place_of(error: Exception) -> str:
    """Where it went wrong: file and line of the last step."""
    steps = traceback.extract_tb(error.__traceback__)
    return f"{steps[-1].filename}:{steps[-1].lineno}" if steps else ""


def _failed(mail: Incoming, letter: Letter | None, reason: str, *, now: datetime) -> Outcome:
    """Try again later; in the end a person has to look, and who mailed is told so.

    What nobody may look at is erased in the place of that, and its sender is asked to send it again.
    """
    ours = Incoming.objects.filter(
        pk=mail.pk, state=Incoming.State.HANDLING, claimed_until=mail.claimed_until, attempts=mail.attempts
    )
    with transaction.atomic():
        if mail.attempts >= rules.MAX_ATTEMPTS:
            is_ours = ours.update(
                state=Incoming.State.ASIDE,
                claimed_until=None,
                closed_at=now,
                is_proven=bool(letter and letter.is_proven),
                reason=reason[:200],
            )
            is_private = _is_private(mail)
            if is_ours and letter and not letter.is_forged:
                answer = _NOT_KEPT if is_private else Answer("mail/incoming/stuck.md", kind="stuck")
                answering.send(mail, letter, answer, now=now)
            if is_ours and is_private:
                erasing.erase_everywhere(mail, now)
            erasing.erase(Incoming.objects.filter(pk=mail.pk, must_go=True), now)
            return Outcome.ASIDE
        mail.due_at = now + rules.wait_after(mail.attempts)
        if ours.update(state=Incoming.State.NEW, due_at=mail.due_at, claimed_until=None, reason=reason[:200]):
            _put_in_line(mail)
        return Outcome.WAITS


def _bring_back(lost: IncomingQuerySet, *, now: datetime) -> int:
    ids = list(lost.order_by("due_at", "pk").values_list("pk", flat=True)[:SWEEP_LIMIT])
    return sum(_bring_back_one(lost.filter(pk=mail_id), now=now) for mail_id in ids)


@transaction.atomic
def _bring_back_one(lost: IncomingQuerySet, *, now: datetime) -> bool:
    mail = lost.first()
    if mail is None:
        return False
    if mail.attempts >= rules.MAX_ATTEMPTS:  # a mail that ends whoever handles it
        is_ours = lost.update(state=Incoming.State.ASIDE, claimed_until=None, closed_at=now, reason="the worker ended")
        if is_ours and _is_private(mail):
            erasing.erase_everywhere(mail, now)
        erasing.erase(Incoming.objects.aside().filter(pk=mail.pk, must_go=True), now)
        return bool(is_ours)
    if not lost.update(state=Incoming.State.NEW, claimed_until=None, due_at=now):
        return False  # another sweep or the worker itself was first
    mail.due_at = now
    _put_in_line(mail)
    return True


def _put_in_line(mail: Incoming) -> None:
    """Enqueue the handling in the same transaction as the row, to run when the mail is due."""
    from .tasks import handle_mail  # the task calls ``handle``; this is the one step back to it

    handle_mail.using(run_after=mail.due_at).enqueue(mail.pk)

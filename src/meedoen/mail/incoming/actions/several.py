"""Several mails in one go: the work around each is done once for all, and what each asks stays its own."""

import time
from datetime import datetime

from django.db import connection, transaction

from meedoen.mail.actions import in_line_together
from meedoen.mail.incoming import rules
from meedoen.mail.incoming.models import Incoming
from meedoen.mail.incoming.routes import Came, Letter

from .handling import carry_out, ended, failed, handle_claimed, read

AT_ONCE = 20  # mails that are claimed in one go: some 0.2 s of work, after which other tasks have their turn
BYTES_AT_ONCE = 2_000_000  # of those mails together: all are in memory; a larger one goes alone

# A mail, what it says, and what came of it or went wrong.
Tried = tuple[Incoming, Letter, Came | Exception | None]


def handle_due(*, now: datetime) -> int:
    """Handle some of the mails that are due, those that wait longest first; how many.

    Each is handled once and as if alone: one that fails takes none with it. Who ended a worker, or failed before, goes
    alone from the start.
    """
    mails = Incoming.objects.claim_due(now=now, at_once=AT_ONCE, bytes_at_once=BYTES_AT_ONCE)
    if len(mails) > 1 and _has_one_writer():
        _handle_together(mails, now)
    else:
        for mail in mails:
            handle_claimed(mail, now=now)
    return len(mails)


def _has_one_writer() -> bool:
    """Whether one transaction writes at a time. Else deeds of several mails in one would lock rows in any order: they
    and people who write at the same time could wait for each other for ever."""
    return connection.vendor == "sqlite"


def _handle_together(mails: list[Incoming], now: datetime) -> None:
    """Handle these with a transaction for several, each at most one mail longer than ``rules.WRITING``.

    They are read before: nobody waits for that to write. One with files waits for where those are kept, and goes alone.
    """
    waiting = []
    for mail in mails:
        try:
            letter = read(mail)
        except Exception as error:
            failed(mail, None, error, now=now)
            continue
        if letter.reply.attachments:
            handle_claimed(mail, now=now, letter=letter)
        else:
            waiting.append((mail, letter))
    while waiting:
        del waiting[: _handle_some(waiting, now)]


def _handle_some(waiting: list[tuple[Incoming, Letter]], now: datetime) -> int:
    """Handle the first of these in one transaction; how many."""
    tried: list[Tried] = []
    try:
        with transaction.atomic(), in_line_together():
            until = time.process_time() + rules.WRITING.total_seconds()
            for mail, letter in waiting:
                tried.append((mail, letter, _carried_out(mail, letter, now)))
                if time.process_time() >= until:
                    break
    except Exception:  # nothing of it stands, also not of those that went well
        tried = tried or [(*waiting[0], None)]
        for mail, letter, _came in tried:
            handle_claimed(mail, now=now, letter=letter)
        return len(tried)
    for mail, letter, came in tried:
        if isinstance(came, Exception):
            failed(mail, letter, came, now=now)
        else:
            ended(mail, came)
    return len(tried)


def _carried_out(mail: Incoming, letter: Letter, now: datetime) -> Came | Exception | None:
    """What came of a mail; of one that fails nothing stands, and of those before it all does."""
    try:
        with transaction.atomic():
            return carry_out(mail, letter, now)
    except Exception as error:
        return error

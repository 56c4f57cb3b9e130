"""Mails in line to be delivered: one task for one that somebody waits for, one for some of many."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from meedoen.mail.models import OutgoingMail

URGENT = 50  # task priority of a mail that somebody waits for; others have 0, django-tasks allows -100 to 100
TASK_SIZE = 20  # mails of many in one task: between two tasks, one that somebody waits for goes first

# The mails that share a task when the deed ends in which they were put in line; None outside one.
_together: ContextVar[list[OutgoingMail] | None] = ContextVar("_together", default=None)


@contextmanager
def in_line_together() -> Iterator[None]:
    """Let mails that somebody waits for, put in line meanwhile and due at once, share tasks; inside a transaction.

    What was rolled back meanwhile is not there, and nothing is done for it.
    """
    mails: list[OutgoingMail] = []
    before = _together.set(mails)
    try:
        yield
    finally:
        _together.reset(before)
    _put_in_line(list(dict.fromkeys(mail.pk for mail in mails)), priority=URGENT)


def put_in_line(mail: OutgoingMail) -> None:
    """Enqueue the delivery in the same transaction as the row, to run when the mail is due."""
    from meedoen.mail.tasks import deliver_mail  # the task calls ``deliver``; this is the one step back to it

    together = _together.get()
    if together is not None and mail.is_urgent and mail.due_at == mail.created_at:
        together.append(mail)
        return
    deliver_mail.using(run_after=mail.due_at, priority=URGENT if mail.is_urgent else 0).enqueue(mail.pk)


def put_all_in_line(mail_ids: list[int]) -> None:
    """Enqueue the delivery of many that are due now, some in each task; what a killed worker leaves, the sweep finds."""
    _put_in_line(mail_ids, priority=0)


def _put_in_line(mail_ids: list[int], *, priority: int) -> None:
    from meedoen.mail.tasks import deliver_mails  # as above

    for begin in range(0, len(mail_ids), TASK_SIZE):
        deliver_mails.using(priority=priority).enqueue(mail_ids[begin : begin + TASK_SIZE])

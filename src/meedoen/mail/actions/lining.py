"""Mails in line to be delivered: one task for one that somebody waits for, one for some of many."""

from meedoen.mail.models import OutgoingMail

URGENT = 50  # task priority of a mail that somebody waits for; others have 0, django-tasks allows -100 to 100
TASK_SIZE = 20  # mails of many in one task: between two tasks, one that somebody waits for goes first


def put_in_line(mail: OutgoingMail) -> None:
    """Enqueue the delivery in the same transaction as the row, to run when the mail is due."""
    from meedoen.mail.tasks import deliver_mail  # the task calls ``deliver``; this is the one step back to it

    deliver_mail.using(run_after=mail.due_at, priority=URGENT if mail.is_urgent else 0).enqueue(mail.pk)


def put_all_in_line(mail_ids: list[int]) -> None:
    """Enqueue the delivery of many that are due now, some in each task; what a killed worker leaves, the sweep finds."""
    from meedoen.mail.tasks import deliver_mails  # as above

    for begin in range(0, len(mail_ids), TASK_SIZE):
        deliver_mails.enqueue(mail_ids[begin : begin + TASK_SIZE])

"""What is said to a mail with which nothing can be done, and why."""

from django.forms import BaseForm

from meedoen.mail.incoming.routes import Answer, Came, Letter
from meedoen.mail.replies import Missing

GONE = Came("thread: gone", Answer("mail/incoming/unknown_token.md", kind="unknown token"))


def unfit(letter: Letter, *, reads_subject: bool = False) -> Came | None:
    """What is said to a mail whose words are not somebody's to place: none, locked, spoken or an appointment; else None.

    ``reads_subject``: the subject is somebody's own, and not ours.
    """
    is_only_subject = reads_subject and bool(letter.reply.subject)
    return empty(letter, is_only_subject=is_only_subject) if missing_in(letter) else None


def missing_in(letter: Letter) -> bool:
    """Whether there is nothing of the sender's own in it to place. What goes with an appointment is of a program."""
    return letter.reply.calendar or not letter.reply.own.strip()


def empty(letter: Letter, *, is_only_subject: bool = False) -> Came:
    """What is said to a mail in which we see no words."""
    missing = Missing.CALENDAR if letter.reply.calendar else letter.reply.missing
    context = {
        "is_encrypted": missing == Missing.ENCRYPTED,
        "is_voice": missing == Missing.VOICE,
        "is_calendar": missing == Missing.CALENDAR,
        "is_only_subject": is_only_subject,
        "file_count": len(letter.reply.attachments),
    }
    return Came("empty", Answer("mail/incoming/empty.md", context, kind=f"empty {missing or ''}"))


def problems_of(form: BaseForm) -> str:
    """What is wrong in it, as one text."""
    return " ".join(str(each) for errors in form.errors.values() for each in errors)

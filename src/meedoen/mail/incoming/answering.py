"""What is mailed back: never to a machine, never twice in a day for the same reason, never a stranger's words."""

from datetime import datetime

from django.conf import settings
from django.utils.crypto import salted_hmac

from meedoen.kernel.clock import local_date
from meedoen.mail import actions as mail
from meedoen.mail import rules as mail_rules

from . import addresses, reports, rules
from .models import Count, Incoming
from .routes import Answer, Letter

ROBOTS = ("mailer-daemon@", "postmaster@", "noreply@", "no-reply@", "bounce@", "bounces@", "abuse@")


def send(incoming: Incoming, letter: Letter, answer: Answer, *, now: datetime, leaves_nothing: bool = False) -> bool:
    """Mail an answer, where one may go. False where none does. ``leaves_nothing``: it is erased once it left.

    What a stranger has us answer in somebody's name is counted apart, so that it costs them no answer of their own.
    """
    to = answer.to or letter.author
    if letter.reply.automatic and not answer.to:
        return False
    if not to or not may_be_mailed(to) or reports.is_dead(to):
        return False
    asker = "" if letter.is_of(to) else "?"
    if answer.kind and count(f"answer{asker} {answer.kind}", to, now=now) > answer.at_most:
        return False
    earlier = [letter.message_id] if letter.message_id else []
    mail.send(
        answer.template,
        to=to,
        context={**_ways(), "is_answer": _is_answer(letter), **answer.context},
        key=f"{mail_rules.PASSING if leaves_nothing else ''}incoming-{incoming.pk}-{answer.template.rpartition('/')[2]}",
        now=now,
        reply_to=answer.reply_to,
        headers={**mail_rules.thread_headers(earlier), "Auto-Submitted": "auto-replied"},
        is_urgent=True,
    )
    return True


def unknown_name() -> Answer:
    """What is said to who mailed an address that does nothing."""
    return Answer("mail/incoming/unknown_name.md", kind="unknown name")


def may_be_mailed(email: str) -> bool:
    """Whether somebody may read what is sent there."""
    if email.lower().startswith(ROBOTS):
        return False
    try:
        mail_rules.checked_address(email)
    except mail_rules.Refused:
        return False
    return len(email) <= 254


def count(what: str, email: str, *, now: datetime) -> int:
    """Count one more of something for an address today; the count with this one."""
    return Count.objects.add(f"{what}:{keyed(email.lower())[:32]}"[-90:], local_date(now))


def keyed(text: str) -> str:
    """What is stored in the place of something: nobody can tell from it what it was."""
    return keyed_by_all(text)[0]


def keyed_by_all(text: str) -> list[str]:
    """The same by each secret that still counts, the present one first."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [salted_hmac("meedoen.mail.incoming", text, secret=each, algorithm="sha256").hexdigest() for each in secrets]


def _is_answer(letter: Letter) -> bool:
    """Whether it answers a mail of ours, and was not begun by who sent it."""
    return rules.parts_of(letter.recipient)[0] in (rules.ANSWER, rules.STOP)


def _ways() -> dict[str, object]:
    """The addresses that an answer can name; and the site's own."""
    return {
        "ask_email": addresses.named("vraag"),
        "couple_email": addresses.named("koppel"),
        "meet_email": addresses.named("bijeenkomst"),
        "letter_email": addresses.named("nieuwsbrief"),
        "data_email": addresses.named("gegevens"),
        "help_by_mail": addresses.named("hulp") or settings.HELP_EMAIL,
        "max_mails": rules.MAX_A_DAY,
    }

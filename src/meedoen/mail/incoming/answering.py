"""What is mailed back: never to a machine, never twice in a day to the same words, never a stranger's words."""

from datetime import datetime

from django.conf import settings
from django.utils.crypto import salted_hmac

from meedoen.kernel.clock import local_date
from meedoen.mail import actions as mail
from meedoen.mail import rules as mail_rules

from . import addresses, reports, rules
from .models import Count, Incoming
from .routes import Answer, Letter, of_name

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
    if answer.kind and not _may_be_told(letter, answer, to, now):
        return False
    earlier = [letter.message_id] if letter.message_id else []
    mail.send(
        answer.template,
        to=to,
        context={**_ways(), "written_to": _written_to(letter), **answer.context},
        key=f"{mail_rules.PASSING if leaves_nothing else ''}incoming-{incoming.pk}-{answer.template.rpartition('/')[2]}",
        now=now,
        reply_to=answer.reply_to,
        headers={**mail_rules.thread_headers(earlier), "Auto-Submitted": "auto-replied"},
        is_urgent=True,
    )
    return True


def _may_be_told(letter: Letter, answer: Answer, to: str, now: datetime) -> bool:
    """Whether an address gets one more answer of this kind today.

    Who says the same as before gets none, as two programs that answer each other do; who tries in other words is answered
    until it is plain that this helps nobody. An answer that may be told more often counts for itself.
    """
    kind = f"answer{'' if letter.is_of(to) else '?'} {answer.kind}"
    if answer.at_most > 1:
        return count(kind, to, now=now) <= answer.at_most
    said = keyed("\n".join((kind, letter.recipient, rules.said_in(letter.reply.subject, letter.reply.own))))
    if count(f"answer to {said[:32]}", to, now=now) > 1:
        return False
    return count(kind, to, now=now) <= rules.MAX_TRIES


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


def _written_to(letter: Letter) -> str:
    """The address of ours that a mail was begun to; empty where it answers a mail of ours, or that address does nothing."""
    return letter.recipient if of_name(rules.parts_of(letter.recipient)[0]) else ""


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

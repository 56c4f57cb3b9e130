"""``hulp@…``: a mail that a person of the team reads and answers."""

from datetime import datetime

from django.conf import settings

from meedoen.mail import actions as mail
from meedoen.mail.rendering import Written

from . import answering, routes
from .routes import Answer, Came, Letter

NAME = "hulp"
MAX_WORDS = 10_000  # characters that are passed on; a longer mail is rare, and its beginning tells what it is about
MAX_A_DAY = 5  # mails of one address that are passed on in a day


def register() -> None:
    """Make the address known; at start-up."""
    routes.register_name(NAME, pass_on)
    routes.register_name(routes.POSTMASTER, pass_on)


def pass_on(letter: Letter, now: datetime) -> Came:
    """Send what somebody wrote to whoever helps, once; and say that it came."""
    if answering.count("help", letter.counts_for, now=now) > MAX_A_DAY:
        return Came("help: too many", aside="more asked for help in a day than is passed on")
    words = letter.reply.text or letter.reply.left_out
    mail.send(
        "mail/incoming/help.md",
        to=settings.HELP_EMAIL,
        context={
            "sender": letter.author,
            "subject": letter.reply.subject,
            "words": Written(words[:MAX_WORDS]),
            "is_proven": letter.is_proven,
            "file_count": len(letter.reply.attachments),
        },
        key=f"help-{answering.keyed(letter.author + letter.message_id + words)[:40]}",
        now=now,
        reply_to=letter.author,
    )
    return Came("help", Answer("mail/incoming/help_received.md", kind="help"))

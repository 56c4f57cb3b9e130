"""``koppel@…``: a mail in free text becomes a draft of an ask, which its sender reads, changes and confirms by a code."""

from datetime import datetime

from meedoen.conversation.mailed import empty, unfit
from meedoen.mail.incoming import routes
from meedoen.mail.incoming.routes import Came, Letter, NotTaken
from meedoen.people import actions as people

from . import actions

NAME = "koppel"


def register() -> None:
    """Make the address known; at start-up."""
    routes.register_name(NAME, draft)


def draft(letter: Letter, now: datetime) -> Came:
    """Make a draft of what somebody mailed; the mail with the code shows it. Raises ``NotTaken``."""
    if unfit_for_it := unfit(letter, reads_subject=True):
        return unfit_for_it
    try:
        act = actions.draft_from_mail(
            letter.reply.text,
            letter.author,
            now,
            subject=letter.reply.subject,
            network=f"mail:{letter.counts_for}",
            is_theirs=letter.is_of(letter.author),
        )
    except people.Refused as refused:
        raise NotTaken(str(refused)) from refused
    return Came("coupling: drafted", erases=True) if act else empty(letter)  # the draft holds what is needed of it

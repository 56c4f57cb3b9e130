"""The mail that says how it stands with somebody who comes, and what they can answer: whenever nothing else tells it."""

from datetime import datetime

from meedoen.kernel.dutch import datetime_words
from meedoen.mail.incoming.routes import Answer, Letter
from meedoen.mail.rendering import Own
from meedoen.meetings import words
from meedoen.meetings.attending import answering
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.models import Meeting

MAX_UNPROVEN = 5  # a day, of who wrote with the owner's name on it: them, at a mail server without proof, or anybody


def stands(
    attendee: Attendee,
    meeting: Meeting,
    *,
    now: datetime,
    why: str = "",
    is_unclear: bool = False,
    by: Letter | None = None,
) -> Answer:
    """``why`` is what was or could not be done. ``by``: whoever has the address of an answer has us mail its owner, so
    what a stranger sends there is told once a day."""
    is_theirs = by is None or by.is_of(attendee.address)
    may_be_theirs = by is not None and by.author == attendee.address
    context = {
        "title": meeting.title,
        "when": words.when(meeting),
        "where": words.where(meeting),
        "way": attendee.way,
        "companions": attendee.companions,
        "state": "off" if meeting.cancelled_at else "cancelled" if attendee.cancelled_at else attendee.party.state,
        "until": datetime_words(attendee.party.offered_until) if attendee.party.offered_until else "",
        "held_until": datetime_words(attendee.held_until) if attendee.cancelled_at and attendee.held_until else "",
        "why": why,
        "is_unclear": is_unclear,
        "answers": answering.choices(attendee, meeting),
        "contact": words.contact(meeting),
        "path": Own(attendee.own_url),
    }
    return Answer(
        "mail/meetings/stands.md",
        context,
        kind="" if is_theirs else f"stands {attendee.pk}",
        at_most=MAX_UNPROVEN if may_be_theirs else 1,
        to=attendee.address,
        reply_to=answering.answer_to(attendee, meeting, now=now),
    )

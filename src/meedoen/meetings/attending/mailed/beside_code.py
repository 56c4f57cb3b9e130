"""What stands below a code and is no part of what the code is for: a need, a question. It is done as an answer is.

None of it is kept in a row: it may tell of a need. Whoever typed the code has the mailbox, so it is theirs.
"""

import re
from collections.abc import Collection
from datetime import datetime

from meedoen.kernel.text import fold
from meedoen.mail import actions as mail
from meedoen.mail.incoming.routes import Answer, Letter
from meedoen.mail.replies import Reply
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.attending.rules import Way
from meedoen.people.beside_code import words_in
from meedoen.people.models import PendingAct

from . import cancelling, passing_on
from .naming import is_name, without_signature
from .passing_on import Proof
from .reading import Deed, Said, read_words
from .speaking import touches_needs

# Thanks, and what one wishes: whole lines, as ``fold`` leaves them, since a need or a question may stand behind thanks.
_WISHES = re.compile(
    r"(?:(?:heel|erg|hartelijk|hartelijke|alvast|nogmaals|veel) )*(?:bedankt|dankjewel|dankuwel|dank)(?: (?:je|u|jullie))?(?: wel)?(?: alvast)?"
    r"(?: voor (?:de|je|jullie|uw) (?:code|mail|hulp|moeite|uitnodiging))?"
    r"|(?:nog )?(?:een )?(?:fijne|goede|prettige|mooie) (?:dag|ochtend|middag|avond|week)(?: (?:nog|verder|gewenst))?"
    r"|(?:nog )?(?:een )?(?:fijn|goed|prettig|mooi) weekend(?: (?:nog|verder|gewenst))?"
    r"|tot (?:dan|ziens|gauw|snel|straks|morgen|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)"
    r"|(?:ik heb )?er (?:veel )?zin in"
)


def left_over(text: str, name: str, *, ways: Collection[Way] = ()) -> str:
    """What somebody called ``name`` says beside courtesies, and beside how they come where the code asks that: ``ways``."""
    lines = (line.strip() for line in _unsigned(text).splitlines() if not line.startswith(">"))
    return "\n".join(line for line in lines if not (_is_formal(line, name) or _is_heard(read_words(line), ways)))


def may_not_come(text: str) -> bool:
    """Whether a line below a code by which somebody comes says that they do not, or may say so."""
    return any(cancelling.may_cancel(line) or cancelling.cancels(line) for line in text.splitlines())


def letter_of(act: PendingAct, text: str) -> Letter:
    """The words as a mail by who typed the code."""
    return Letter(
        reply=Reply(text=text, subject="", sure=True),
        author=act.email,
        name=act.name,
        is_proven=True,
        recipient="",
        message_id=f"act-{act.pk}",
    )


def pass_on(act: PendingAct, attendee: Attendee, text: str, now: datetime, *, also: str = "") -> None:
    """Mail it to who organises, and tell that, and ``also`` what more was done."""
    letter = letter_of(act, text)
    came = passing_on.pass_on(attendee, attendee.meeting, text, letter, now, also=also, proof=Proof.CODE)
    if came.answer:
        tell(act, came.answer, now)


def tell(act: PendingAct, answer: Answer, now: datetime, *, what: str = "beside") -> None:
    """Mail what became of it, beside the mail that what the code is for was done."""
    mail.send(
        answer.template,
        to=answer.to or act.email,
        context=answer.context,
        key=f"act-{act.pk}-{what}",
        now=now,
        reply_to=answer.reply_to,
    )


def _unsigned(text: str) -> str:
    """A text without the name below it; a whole name is that too where nothing else stands below the code."""
    is_lone_name = " " in text.strip() and is_name(text.strip())
    return "" if is_lone_name else without_signature(text)


def _is_formal(line: str, name: str) -> bool:
    """Whether a line greets, thanks, wishes, brings the code or is the name below it, and asks nothing."""
    behind = line.partition(" ")[2]  # of a greeting: *hoi, tolk*
    if any(char in "?0123456789" for char in line) or any(map(touches_needs, (line, behind))):
        return False
    return not words_in(line, name) or _WISHES.fullmatch(fold(line)) is not None


def _is_heard(said: Said, ways: Collection[Way]) -> bool:
    """Whether a line asks nothing more: *ja graag*, and *zaal* where it was asked."""
    if said.rest or said.wants_partner or said.deed not in (None, Deed.YES):
        return False
    return not said.changes or (bool(ways) and (said.way is None or said.way in ways))

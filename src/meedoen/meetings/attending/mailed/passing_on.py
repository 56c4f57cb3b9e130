"""What no rule understands goes to who organises, as it was written; sealed on its way, since it may tell of a need."""

from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.utils.translation import gettext as _

from meedoen.mail import actions as mail
from meedoen.mail.incoming import answering as counting
from meedoen.mail.incoming.routes import Came, Letter
from meedoen.meetings import words
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.attending.rules import State
from meedoen.meetings.models import Meeting
from meedoen.people.vault import actions as vault
from meedoen.people.vault import waiting as vault_waiting
from meedoen.people.vault.letters import mention_waiting
from meedoen.people.vault.rules import KEEP_ON_ITS_WAY

from .standing import stands


class Proof(StrEnum):
    """How we know whose words they are."""

    SERVER = "server"  # the mail server says that they come from that address
    CODE = "code"  # a code stood beside them that we mailed there
    NONE = ""


MAX_A_DAY = 5  # mails of one who comes: more is a talk, for which the organiser's own address is better
MAX_LENGTH = 5_000  # characters
MAX_LINES = 100


def pass_on(
    attendee: Attendee,
    meeting: Meeting,
    text: str,
    letter: Letter,
    now: datetime,
    *,
    also: str = "",
    proof: Proof | None = None,
) -> Came:
    """Mail ``text`` to who organises, once, with its writer to answer to; and tell that, and ``also`` what more there is.

    ``proof``: how we know whose words they are, where that is not as the mail itself tells.
    """
    to = meeting.contact_email or settings.HELP_EMAIL
    lines = [line for line in text.splitlines() if line.strip()]
    why = _("Je mail is te lang om door te sturen. Mail hem zelf naar %(to)s.") % {"to": to}
    too_long = Came("meeting: too long", stands(attendee, meeting, now=now, why=why, by=letter))
    if len(text) > MAX_LENGTH or len(lines) > MAX_LINES:
        return too_long
    what = "meeting mail" if letter.is_of(attendee.address) else "meeting mail?"  # a stranger uses up nothing of theirs
    if counting.count(what, attendee.address, now=now) > MAX_A_DAY:
        why = _("Vandaag stuurden we al veel mails van je door. Mail nu zelf naar %(to)s.") % {"to": to}
        return Came("meeting: too many", stands(attendee, meeting, now=now, why=why, by=letter))
    assert attendee.person is not None  # noqa: S101  who answers was found by it
    try:
        content = {"lines": lines, "subject": letter.reply.subject[:200]}
        waiting = vault_waiting.hold(attendee.person, content, now=now, keep=KEEP_ON_ITS_WAY)
    except ValueError:  # signs that take more room than letters
        return too_long
    except vault.Refused as refused:
        return Came("meeting: not passed on", stands(attendee, meeting, now=now, why=str(refused), by=letter))
    mail.send(
        "mail/meetings/passed_on.md",
        to=to,
        context={
            "name": attendee.called,
            "title": meeting.title,
            "when": words.when(meeting),
            "sender": letter.author,
            "proof": (_proof_of(letter, attendee) if proof is None else proof).value,
            "is_off": attendee.cancelled_at is not None,
            "has_place": attendee.party.state == State.PLACED,
            "subject": mention_waiting(waiting.mark, part="subject") if letter.reply.subject else "",
            "lines": [mention_waiting(waiting.mark, part=f"lines.{number}") for number in range(len(lines))],
            "file_count": len(letter.reply.attachments),
        },
        key=f"passed-{attendee.pk}-{counting.keyed(letter.message_id + text)[:32]}",
        now=now,
        reply_to=letter.author,
    )
    why = _("We stuurden je mail door aan wie de bijeenkomst houdt. Die mailt je terug.")
    if letter.reply.attachments:
        why = _("We stuurden je mail door aan wie de bijeenkomst houdt, zonder de bestanden. Die mailt je terug.")
    why = f"{why} {also}".strip()
    return Came("meeting: passed on", stands(attendee, meeting, now=now, why=why, by=letter))


def _proof_of(letter: Letter, attendee: Attendee) -> Proof:
    return Proof.SERVER if letter.is_of(attendee.address) else Proof.NONE

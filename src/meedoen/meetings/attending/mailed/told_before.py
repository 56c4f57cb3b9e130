"""What somebody says they need in the mail with which they sign up, before we know who they are.

It goes along in the act, sealed with the vault's key, and goes with it. Once their code is typed they are asked about it
as about any need told by mail: by a code of its own, beside the words to agree to.
"""

from base64 import b64decode, b64encode
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from meedoen.kernel.identifiers import unguessable
from meedoen.mail.incoming.routes import Letter
from meedoen.meetings.attending.forms import MAX_NEEDS_LENGTH
from meedoen.meetings.attending.models import Attendee
from meedoen.people.models import PendingAct
from meedoen.people.vault import actions as vault
from meedoen.people.vault import sealing

from . import beside_code, needing
from .standing import stands

PART = "told_before"  # of what is kept of an act
MAX_LENGTH = 2 * MAX_NEEDS_LENGTH  # characters: what is longer is told to be too long, once they come


def sealed(text: str, letter: Letter, *, now: datetime) -> dict[str, Any]:
    """What an act keeps of it. Raises ``vault.Refused`` while the vault has no key."""
    key, mark = vault.key_in_use(now), unguessable()
    content = {"text": text[:MAX_LENGTH], "is_proven": letter.is_proven}
    found = sealing.seal(content, key=key, bound_to=(PART, mark))
    return {PART: {"key": key.id, "mark": mark, "sealed": b64encode(found).decode()}}


def is_there(act: PendingAct) -> bool:
    """Whether something was told."""
    return bool(act.payload.get(PART))


def hear(act: PendingAct, attendee: Attendee, now: datetime) -> None:
    """Ask who comes now whether what they told may be kept; or say why that cannot be."""
    kept = act.payload.get(PART)
    if not kept or attendee.person is None:
        return
    try:
        found = sealing.unseal(b64decode(kept["sealed"]), key_id=kept["key"], bound_to=(PART, kept["mark"]))
    except (sealing.NoKey, sealing.Broken):
        why = _("Wat je eerder schreef over wat je nodig hebt, kunnen we niet meer lezen. Antwoord met: nodig.")
        beside_code.tell(act, stands(attendee, attendee.meeting, now=now, why=why), now, what="before")
        return
    came = needing.told(attendee, attendee.meeting, letter_of(act, found), now)
    if came.answer:
        beside_code.tell(act, came.answer, now, what="before")


def letter_of(act: PendingAct, found: dict[str, Any]) -> Letter:
    """The words as a mail; theirs for sure only where that mail was: the code alone does not tell who wrote them."""
    return replace(
        beside_code.letter_of(act, found["text"]), is_proven=found["is_proven"], message_id=f"act-{act.pk}-before"
    )

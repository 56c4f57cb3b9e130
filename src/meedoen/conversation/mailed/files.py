"""Pictures and documents that come with a mail: the rules of the site for each, and what is said of those left out."""

import re
from collections.abc import Mapping
from datetime import datetime

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from meedoen.conversation.attachments import actions as attachments
from meedoen.conversation.attachments.rules import MAX_TITLE_LENGTH
from meedoen.conversation.beside_code import BY_MAIL, LEFT_OUT, SHOWN_TO
from meedoen.conversation.models import Contribution
from meedoen.kernel.text import fold
from meedoen.mail.incoming.routes import Letter
from meedoen.mail.replies import Attachment
from meedoen.people.models import PendingAct

# What programs put beside a mail, and would pass for a text.
_OF_PROGRAMS = frozenset(
    {"text/calendar", "application/ics", "text/vcard", "text/x-vcard", "text/directory", "message/rfc822", "text/html",
     "application/ms-tnef"}
)  # fmt: skip


def bring(beside: PendingAct | Contribution, letter: Letter, now: datetime) -> list[str]:
    """Take in what came along; a sentence about each file that was left out, with why and what to do."""
    left_out = []
    for each in letter.reply.attachments:
        if why := _not_ours(each) or _taken(beside, each, letter, now):
            left_out.append(f"{each.name or _('bestand zonder naam')}: {why}")
    return left_out


def bring_to_act(act: PendingAct, letter: Letter, now: datetime) -> None:
    """The same beside what waits for its code. What was left out is told with the code typed: file names are its sender's words."""
    if left_out := bring(act, letter, now):
        act.payload = {**act.payload, LEFT_OUT: left_out}
        act.save(update_fields=["payload"])


def of_mail(letter: Letter) -> dict[str, object]:
    """What an act remembers of the mail that it came from: which, and to whom its words may be shown."""
    shown = {SHOWN_TO: letter.author} if letter.is_proven else {}
    return {BY_MAIL: True, "mail": letter.message_id, **shown}  # the same words another day are another act


def told(contribution: Contribution, left_out: list[str]) -> Mapping[str, object]:
    """What a mail says of the files of a contribution: how many pictures wait for words, and what was left out."""
    return {"picture_count": len(attachments.to_describe(contribution)), "left_out": left_out}


def _not_ours(file: Attachment) -> str:
    if file.content_type.startswith("audio/"):
        return _(
            "Naar geluid kunnen we niet luisteren. Schrijf op wat je erin zegt. Of bel ons, dan schrijven wij het op."
        )
    if file.content_type in _OF_PROGRAMS:
        return _("Dit soort bestand plaatsen we niet. Maak er een pdf van, of zet het in je tekst.")
    return ""


def _taken(beside: PendingAct | Contribution, file: Attachment, letter: Letter, now: datetime) -> str:
    """Take it in; why it was not."""
    try:
        attachments.bring(
            beside, ContentFile(file.content), title=_title(file.name), network=f"mail:{letter.counts_for}", now=now
        )
    except attachments.CannotAdd as refused:
        return str(refused)
    return ""


def _title(name: str) -> str:
    """A title for a document: as its sender called it, without its ending."""
    words = re.sub(r"\.\w{1,5}$", "", name).replace("_", " ")
    said = " ".join("".join(char for char in words if char.isprintable()).split())[:MAX_TITLE_LENGTH].strip()
    return said if fold(said) else _("document")

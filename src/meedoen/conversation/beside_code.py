"""Of who writes by mail and gets a code: what that mail shows of their words, and what they write beside the code."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from meedoen.mail.rendering import Written
from meedoen.people.models import PendingAct

from . import doubting
from .reading import words_of

BY_MAIL = "by_mail"  # in what came by mail: its pictures may stand later, once it is said what is on them
SHOWN_TO = "shown_to"  # the address that surely sent it, and may be mailed its words
LEFT_OUT = "left_out"  # sentences about files that were not taken
# A key of ours in an address of the site, or in one for mail.
_KEYED = re.compile(r"https?://\S+/[A-Za-z0-9_-]{22}(?:/|\b)|\b(?:antwoord|stop)\+[a-z2-7]{26}@")
_MENDED = re.compile(r"^\W*tekst\s*:\s*", re.IGNORECASE)


def shown(act: PendingAct) -> Mapping[str, object]:
    """The words, for who surely sent them, with how they are mended; nothing for anybody else's address.

    Nobody has us mail their words to another. Whether they are meant for everybody is asked of all who mailed them.
    """
    to = act.payload.get(SHOWN_TO)
    is_theirs = bool(to) and to == act.email
    said = "\n\n".join(filter(None, (act.payload.get("title", ""), act.payload["text"])))
    facts = {"before": doubting.asked(said, tells_words=is_theirs)} if act.payload.get(BY_MAIL) else {}
    if not is_theirs:
        return facts
    ask = _("Klopt je tekst niet? Typ dan onder de code: tekst: en daarachter je hele tekst, zoals het moet worden.")
    return {**facts, "words": Written(words_of(act.payload["text"])), "ask": ask}


def filled(act: PendingAct, text: str) -> dict[str, object]:
    """The words as their writer mends them beside the code, after ``tekst:``."""
    found = _MENDED.match(text)
    mended = without_keys(text[found.end() :]) if found and act.payload.get(BY_MAIL) else ""
    return {"text": mended} if mended else {}


def without_keys(text: str) -> str:
    """The text without the lines of a mail of ours that hold keys: links and addresses for its reader alone."""
    return "\n".join(line for line in text.splitlines() if not _KEYED.search(line)).strip()

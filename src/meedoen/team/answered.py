"""A decision as somebody of the team mails it beside the code: what to do, on what rule, and why (MO7). Pure.

The code alone takes the decision that the mail offers. Words that are no decision take none: they are asked again.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from meedoen.conversation.moderation.rules import RESTRICTING, Deed, Ground
from meedoen.kernel.dutch import join
from meedoen.kernel.text import fold
from meedoen.people.models import PendingAct

UNREAD = "unread"  # what was mailed beside the code and is no decision
# As ``fold`` leaves them; the first words of what stands beside the code.
_DEEDS = {
    Deed.APPROVE: ("zet op de site", "plaats", "plaatsen", "goed", "akkoord"),
    Deed.KEEP: ("laat staan", "laat het staan", "laat het zo", "laat zo", "staan laten"),
    Deed.ASK: ("laat veranderen", "vraag om te veranderen"),
    Deed.HIDE: ("verberg", "verbergen", "verberg voorlopig"),
    Deed.REMOVE: ("haal weg", "weghalen", "verwijder", "verwijderen"),
}
_SAYING = {saying: deed for deed, sayings in _DEEDS.items() for saying in sayings}
_GROUNDS = {
    Ground.UNKIND: "onvriendelijk",
    Ground.DISCRIMINATION: "discriminatie",
    Ground.PERSONAL_DATA: "gegevens",
    Ground.ADVERTISING: "reclame",
    Ground.SOMEBODY_ELSES: "van een ander",
    Ground.UNLAWFUL: "wet",
    Ground.UNCLEAR: "onduidelijk",
}
_PARTS = re.compile(r"[,:;\n]+")
_PARTING = re.compile(r"^(?:met vriendelijke groet|groet|groeten|gr|mvg)\b")


def filled(act: PendingAct, text: str) -> dict[str, Any]:
    """What the words beside the code decide: ``verberg, onvriendelijk: hij scheldt iemand uit``."""
    first, rest = _next(text)
    if not fold(first) or _PARTING.match(fold(first)):
        return {UNREAD: ""}
    deed = _SAYING.get(fold(first))
    if deed is None:
        return {UNREAD: text}
    if deed == Deed.KEEP and act.payload["deed"] == Deed.APPROVE:
        deed = Deed.APPROVE  # of what waits, letting it stand is letting it come
    if deed not in RESTRICTING:
        return {UNREAD: "", "deed": deed.value, "ground": "", "reason": ""}
    said, reason = _next(rest)
    ground = next((each for each, words in _GROUNDS.items() if fold(said) == words), None)
    if ground is None or not reason:
        return {UNREAD: text}
    return {UNREAD: "", "deed": deed.value, "ground": ground.value, "reason": reason}


def problem(payload: Mapping[str, Any]) -> str:
    """Why what was mailed beside the code is no decision, with how to say it; empty where it is one."""
    if not payload.get(UNREAD):
        return ""
    grounds = join(list(_GROUNDS.values()), "of")
    return _(
        "We lazen geen heel besluit naast je code. Er is niets veranderd. Typ achter de code: laat staan. Of: verberg, haal weg of laat veranderen, dan een komma, de regel, een dubbele punt en je reden. Als regel kan: %(grounds)s. Bijvoorbeeld: verberg, onvriendelijk: er wordt iemand uitgescholden."
    ) % {"grounds": grounds}


def _next(text: str) -> tuple[str, str]:
    """What stands before the first mark or line end, and what after it."""
    text = text.strip()
    found = _PARTS.search(text)
    return (text[: found.start()].strip(), text[found.end() :].strip()) if found else (text, "")

"""What a calendar answers to the appointment in a mail of ours: *Geaccepteerd: Praat mee*. Pure.

Nobody wrote it, so no person reads it; and it changes nothing, since a press in a calendar is easily a slip.
"""

import re
from enum import StrEnum

from meedoen.kernel.text import fold
from meedoen.mail.replies import Reply

from .speaking import touches_needs


class Pressed(StrEnum):
    """Which button somebody pressed in their calendar."""

    YES = "yes"
    NO = "no"
    MAYBE = "maybe"


_BUTTONS = {
    Pressed.YES: ("geaccepteerd", "aanvaard", "aangenomen", "accepted"),
    Pressed.NO: ("geweigerd", "afgewezen", "afgeslagen", "declined"),
    Pressed.MAYBE: ("voorlopig", "voorlopig geaccepteerd", "onder voorbehoud", "misschien", "tentative"),
}
_BY_BUTTON = {said: button for button, sayings in _BUTTONS.items() for said in sayings}
_BY_MACHINE = re.compile(
    r"https?://|@|\b(?:geaccepteerd|aanvaard|geweigerd|afgewezen|accepted|declined|tentatively|uitnodiging|invitation|agenda|calendar)\b"
    r"|^\W*(?:wanneer|waar|wie|deelnemers|onderwerp|tijd|when|where|who|subject|time)\b",
    re.IGNORECASE,
)
_SPEAKS = re.compile(r"\?|\b(?:ik|mijn|mij|me|we|wij|ons|graag|jullie)\b", re.IGNORECASE)


def pressed(reply: Reply) -> Pressed | None:
    """What was pressed, where a calendar sent the mail and nobody wrote anything in it."""
    button, colon, _title = reply.subject.partition(":")
    found = _BY_BUTTON.get(fold(button)) if reply.calendar and colon else None
    return None if found is None or any(map(_is_of_person, reply.own.splitlines())) else found


def _is_of_person(line: str) -> bool:
    return not _BY_MACHINE.search(line) and bool(_SPEAKS.search(line) or touches_needs(line))

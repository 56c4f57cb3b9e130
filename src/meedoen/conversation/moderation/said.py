"""What somebody who reports by mail says: that they report, which message, and what is wrong. Pure."""

import re
from dataclasses import dataclass

from meedoen.kernel.text import fold
from meedoen.mail.replies.commands import SAID_AS, Word

from .rules import Concern

# Alone on the first line, with a number or before a colon; anywhere else it is a word in a letter.
_SAYINGS = "|".join(sorted((re.escape(each) for each in SAID_AS[Word.REPORT]), key=len, reverse=True))
_REPORT = re.compile(
    rf"^\W*(?:(?:dag|hallo|hoi|beste)\W+)?(?P<said>{_SAYINGS})"
    r"(?P<number>(?:\s+(?:van|bericht|reactie|nummer|nr\.?))*\s*#?(?P<digits>\d{1,9})(?!\d))?"
    r"(?:\s*[.!]*\s*$|\s*(?P<colon>[:,–-])\s*(?P<first>.*)$|\s+(?P<rest>\S.*)$)",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"^\W*(?:(?:melden|het|is|bericht|reactie|nummer|nr\.?|#)\s*)*(?P<digits>\d{1,9})\W*$", re.IGNORECASE
)
_QUOTED = re.compile(r"\bBericht\s+(?:>\s*)*(\d{1,9})\b")  # how our mails name what somebody wrote
# Beginnings of words, as ``fold`` leaves them, that tell what is wrong; danger first, as on the form.
_TELLING = {
    Concern.DANGER: ("gevaar", "bedreig", "dreigt", "zelfmoord", "zelfdoding", "vermoord", "doodmaken"),
    Concern.DISCRIMINATION: ("discrimin", "racis", "haatz"),
    Concern.PERSONAL_DATA: ("privacy", "telefoonnummer", "persoonsgegeven", "persoonlijke gegevens", "woonadres", "huisadres"),
    Concern.ADVERTISING: ("reclame", "spam", "advertentie"),
    Concern.SOMEBODY_ELSES: ("auteursrecht", "gestolen", "van mij en", "zonder toestemming"),
    Concern.UNLAWFUL: ("strafbaar", "illegaal", "onwettig", "verboden", "van de wet", "de wet"),
    Concern.UNKIND: ("ongepast", "scheld", "gescholden", "uitgescholden", "belachelijk", "beledig", "pest", "gepest", "onvriendelijk", "grof"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """A report, as a mail says it. ``number``: of the message, where it names one. ``text``: what is wrong, in words."""

    number: int | None
    concern: Concern | None  # None: it says nothing of what is wrong
    text: str


def report_in(text: str) -> Said | None:
    """The report that a mail makes, where its first line says that it is one; None for any other letter.

    ``melden 3: hij scheldt`` is one, and so is ``Melden`` with the reason below it. ``Meld dit bij de gemeente`` is not.
    """
    lines = text.strip().splitlines()
    found = _REPORT.match(lines[0]) if lines else None
    if (
        found is None
        or (found["rest"] and not found["number"])
        or (found["colon"] not in (None, ":") and not found["number"])
    ):
        return None
    words = "\n".join([found["first"] or found["rest"] or "", *lines[1:]]).strip()
    concern = concern_in(f"{found['said']} {words}") or (Concern.OTHER if words else None)
    return Said(int(found["digits"]) if found["digits"] else None, concern, words)


def concern_in(text: str) -> Concern | None:
    """What is wrong, by a word that tells it; None where none does."""
    said = f" {fold(text)} "
    return next((each for each, telling in _TELLING.items() if any(f" {word}" in said for word in telling)), None)


def number_in(text: str) -> int | None:
    """The number that somebody answers, who was asked which message they mean; None where they say more than that."""
    lines = text.strip().splitlines()
    found = _NUMBER.match(lines[0]) if lines else None
    return int(found["digits"]) if found else None


def numbers_quoted(text: str) -> list[int]:
    """The numbers of messages in a mail of ours that stands quoted below an answer, each once."""
    return list(dict.fromkeys(int(each) for each in _QUOTED.findall(text)))

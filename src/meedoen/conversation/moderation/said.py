"""What somebody who reports by mail says: that they report, which message, and what is wrong. Pure."""

import re
from dataclasses import dataclass

from meedoen.kernel.text import fold
from meedoen.mail.replies.commands import SAID_AS, Word

from .rules import Concern

# How a mail begins before it says anything; a name or what somebody is may stand beside it.
_GREETING = r"(?:dag|hallo|hoi|hey|hi|ha|beste|geachte|l\.?s\.?|goede\s?(?:morgen|middag|avond|dag))"
_GREETING_LINE = re.compile(rf"^\W*{_GREETING}(?:[\s,]+[^\W\d]+){{0,4}}\W*$", re.IGNORECASE)
_GREETED = rf"(?:{_GREETING}(?:\s+[^\W\d]+){{0,3}}?\s*[,!.:]\s*|(?:dag|hallo|hoi|beste)\s+)"
# Alone on the first line, with a number or before a colon; anywhere else it is a word in a letter.
_SAYINGS = "|".join(sorted((re.escape(each) for each in SAID_AS[Word.REPORT]), key=len, reverse=True))
_MESSAGE = r"(?:bericht|reactie|antwoord|nummer|nr\.?)"
_MEANT = rf"(?:(?:van|over|voor|het|de|dit|dat|{_MESSAGE})\s+)*"
_END = r"\s*[.!]*\s*$|\s*(?P<colon>[:;,–.-])\s*(?P<first>\S.*)?$"
_REPORT = re.compile(
    rf"^\W*{_GREETED}?(?:ik\s+wil\s+(?:graag\s+)?|graag\s+)?(?P<said>{_SAYINGS})"
    rf"(?P<number>\s+{_MEANT}#?(?P<digits>\d{{1,9}})(?!\d)"
    rf"|\s*[,:]\s*(?:{_MESSAGE}\s+)*#?(?P<apart>\d{{1,9}})(?=\s*(?:[,:;.!–-]|$)))?(?:{_END}|\s+(?P<rest>\S.*)$)",
    re.IGNORECASE,
)
# The number before what is wished: "graag bericht 3 verwijderen, dit is racisme".
_WISHED = re.compile(
    rf"^\W*{_GREETED}?(?:(?:ik|we|wij|wil|willen|graag|hierbij|wil\s+je|kun\s+je|kunt\s+u|kunnen\s+jullie|zou|mag|alsjeblieft|alstublieft|aub)[\s,]+)*"
    rf"(?:(?:het|de|van|over)\s+)?{_MESSAGE}\s+(?:nummer\s+)?#?(?P<digits>\d{{1,9}})(?!\d)\s+(?:(?:graag|willen|alsjeblieft|alstublieft|aub)\s+)*"
    rf"(?P<said>melden|aangeven|rapporteren|verwijderen|weghalen)(?!\w)"
    rf"(?:{_END}|\s+(?P<rest>(?:want|omdat|dit|dat|hij|zij|ze|er)\s.*)$)",
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
    A greeting above it is none of its lines.
    """
    lines = text.strip().splitlines()
    while lines and (not lines[0].strip() or (_GREETING_LINE.match(lines[0]) and not _REPORT.match(lines[0]))):
        del lines[0]
    first = " ".join(lines[0].split()) if lines else ""  # a run of spaces would be read from each of them anew
    found = _REPORT.match(first) or _WISHED.match(first)
    if found is None:
        return None
    said = found.groupdict()
    digits = said["digits"] or said.get("apart")
    if (said["rest"] and not digits) or (said["colon"] not in (None, ":") and not digits):
        return None
    words = "\n".join([said["first"] or said["rest"] or "", *lines[1:]]).strip()
    concern = concern_in(f"{said['said']} {words}") or (Concern.OTHER if words else None)
    return Said(int(digits) if digits else None, concern, words)


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

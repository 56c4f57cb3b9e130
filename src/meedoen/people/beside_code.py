"""What somebody writes around the code in a mail: whether they mean it, and what of it nobody reads. Pure."""

import re
from dataclasses import dataclass

from meedoen.kernel.text import fold
from meedoen.mail.replies.commands import is_courtesy
from meedoen.mail.replies.courtesies import COURTEOUS, without_formalities

LINES_LOOKED_AT = 3  # of what somebody wrote: a code further down was quoted and not typed
MAX_SHOWN = 300  # characters of unread words that are mailed back
_CODE = re.compile(r"(?<!\d)\d(?:[ .-]?\d){5}(?!\d)")
# How a mail of ours puts a code: a line that says it so was quoted. None says *hier is je code*.
_QUOTED = re.compile(r"(?<!\bhier is )(?<!\bhierbij )\bje code\b", re.IGNORECASE)
# Beside a code these may take it back: a code discloses, publishes or erases, so it is asked first (decisions 1).
TAKES_BACK = r"nergens|intrek|ingetrokken|terugtrek|trek\b|annule|ongedaan|twijfel|bedacht"  # beginnings of words
_DOUBT = re.compile(rf"\b(?:(?:niet|nee|neen|nooit|geen|maar|weg|wacht|stop|stoppen)\b|{TAKES_BACK})")
_NO_DOUBT = re.compile(
    r"\b(?:doe|zet|ga|kom|stuur|plaats|deel|geef|wis|regel|bewaar|verander)(?: (?:het|dit|dat|hem|haar|me|mij|ons|ze))? maar\b"
)
# What sounds so and takes nothing back, whatever the code is for; of a text as ``fold`` leaves it.
_TAKES_NOTHING_BACK = re.compile(
    r"\b(?:geen (?:probleem|bezwaar|punt|dank|haast)"
    r"|(?:sorry )?dat (?:het|ik) (?:(?:zo|wat|nu|een beetje) )?laat (?:is|was|ben)"
    r"|maar hier(?:bij)? (?:(?:is|komt) )?(?:hij|ie|(?:de|mijn) code)"
    r"|ik had (?:het|hem|dit|(?:de|je|jullie|deze) (?:mail|code)) (?:nog |eerst |eerder )?niet (?:eerder )?gezien"
    r"|(?:het|dat) (?:lukte|ging|werkte) (?:me |mij )?(?:eerst|eerder|net|gisteren) niet(?: maar nu wel)?"
    r"|laat (?:(?:het|me|mij|ons|maar|even) )*weten(?: of het (?:gelukt|goed|goed gegaan) is)?"
    r"|nee hoor alles (?:is )?(?:goed|prima|klopt|in orde)"
    r"|(?:er (?:staat|staan|zit|zitten)|ik (?:zie|vind)) geen fout(?:en|je|jes)?(?: in)?"
    r"|(?:niets|niks) (?:meer )?(?:aan )?te (?:veranderen|wijzigen|verbeteren)"
    r"|(?:nog )?(?:een )?(?:fijne?|prettige?|goede?|mooie?) (?:dag|avond|middag|week|weekend))\b"
)
_NO = re.compile(
    r"(?:(?:nee|neen|hoor|sorry) )*(?:(?:ik|we|wij) wil(?:len)? (?:dit|dat|het) (?:toch |echt |helemaal )*niet"
    r"|(?:dit|dat|het) (?:moet|mag|hoeft) (?:toch |echt |helemaal )*niet|doe (?:dit|dat|het) (?:toch |maar |echt )*niet)"
    r"(?: meer)?(?: op (?:de|jullie) (?:site|website)| op het forum| online)?(?: hoor)?"
)
# *Bedankt, bel me even* is more than thanks, and *hallo, morgen ziek* more than a greeting.
_ADDS = re.compile(r"\b(?:bel|mail|me|mij|ons|mijn)\b|^(?:dag|hallo|hoi|hey|hi|beste|geachte|goede\w*)\b")

# Words that only bring the code: *Ja, hierbij mijn code:*.
_BRINGING = COURTEOUS | {
    "ja", "jazeker", "ok", "oke", "okay", "akkoord", "prima", "goed", "zo", "alles", "klopt", "bevestig", "bevestigd", "bevestiging",
    "hier", "hierbij", "is", "de", "het", "dit", "deze", "mijn", "code", "codes", "cijfers", "nummer", "ik", "met", "bij",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Typed:
    """A code as somebody typed it at the top of their answer; ``code`` is empty for none.

    ``beside`` is what else they wrote on its line and below it, ``above`` what stands above it.
    """

    code: str = ""
    beside: str = ""
    above: str = ""


def typed_in(text: str) -> Typed:
    """The code in what somebody wrote, and what stands around it."""
    lines = text.strip().splitlines()
    said = [number for number, line in enumerate(lines) if line.strip()][:LINES_LOOKED_AT]
    for number in said:
        line = lines[number].strip()
        if _QUOTED.search(line):
            break
        if found := _CODE.search(line):
            around = [part.strip(" ,.:;-") for part in (line[: found.start()], line[found.end() :])]
            beside = "\n".join([*filter(None, around), *lines[number + 1 :]]).strip()
            return Typed(found[0], beside, "\n".join(lines[:number]).strip())
    return Typed()


def code_alone(subject: str) -> str:
    """The code in a subject that says no more: a subject of ours, which an answer takes along, has one and says it is one."""
    found = _CODE.search(subject)
    is_alone = found and not _QUOTED.search(subject) and not words_in(subject.replace(found[0], " "))
    return found[0] if found and is_alone else ""


def says_no(text: str) -> bool:
    """Whether words beside courtesies say no to what waits for its code, in a sentence: *Nee nee, dat moet niet op de site!!*"""
    return _NO.fullmatch(fold(text)) is not None


def words_in(text: str, *names: str) -> str:
    """What in it says more than a code and courtesies; ``names`` are of who wrote it."""
    said = without_formalities(text, *names).splitlines()
    return "\n".join(line for line in said if _says_more(line)).strip()


def _says_more(line: str) -> bool:
    said = fold(line)
    if is_courtesy(said) and not (doubts(line) or _ADDS.search(said)):
        return False
    words = [word for word in _undoubted(line).split() if not word.isdecimal()]
    return not set(words) <= _BRINGING


def doubts(text: str) -> bool:
    """Whether words beside a code may take it back: *Ik doe het niet. 123456*."""
    return bool(_DOUBT.search(_undoubted(text)))


def taking_back(text: str) -> str:
    """The words of a text as ``fold`` leaves them, but for what sounds like taking back and is not: *geen haast*."""
    return " ".join(_TAKES_NOTHING_BACK.sub(" ", fold(text)).split())


def _undoubted(text: str) -> str:
    return _NO_DOUBT.sub(" ", taking_back(text))


def shown(text: str) -> str:
    """Unread words as they are mailed back: in one line, and cut off where they are many."""
    said = " ".join(text.split())
    return said if len(said) <= MAX_SHOWN else f"{said[:MAX_SHOWN].rstrip()}…"

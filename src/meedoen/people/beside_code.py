"""What somebody writes around the code in a mail: whether they mean it, and what of it nobody reads. Pure."""

import re
from dataclasses import dataclass

from meedoen.kernel.text import fold
from meedoen.mail.replies.courtesies import without_formalities

LINES_LOOKED_AT = 3  # of what somebody wrote: a code further down was quoted and not typed
MAX_SHOWN = 300  # characters of unread words that are mailed back
_CODE = re.compile(r"(?<!\d)\d(?:[ .-]?\d){5}(?!\d)")
# How a mail of ours puts a code: a line that says it so was quoted.
_QUOTED = re.compile(r"\bje code\b", re.IGNORECASE)
# Beside a code these may take it back: a code discloses, publishes or erases, so it is asked first (decisions 1).
_DOUBT = re.compile(r"\b(?:niet|nee|neen|nooit|geen|maar|weg|wacht|stop|stoppen)\b")
_NO_DOUBT = re.compile(
    r"\b(?:doe|zet|ga|kom|stuur|plaats|deel|geef|wis|regel|bewaar|verander)(?: (?:het|dit|dat|hem|haar|me|mij|ons|ze))? maar\b"
    r"|\bgeen (?:probleem|bezwaar|punt|dank)\b"
)

# Words that only bring the code: *Ja, hierbij mijn code:*.
_BRINGING = frozenset(
    {"ja", "graag", "jazeker", "ok", "oke", "okay", "akkoord", "prima", "goed", "bevestig", "bevestigd", "bevestiging",
     "hier", "hierbij", "is", "de", "het", "dit", "deze", "mijn", "code", "codes", "cijfers", "nummer", "ik", "met", "bij",
     "alsjeblieft", "alstublieft", "svp", "aub", "bedankt", "dank", "je", "wel", "hoi", "hallo", "dag", "groet", "groetjes", "mvg"}
)  # fmt: skip


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


def words_in(text: str, *names: str) -> str:
    """What in it says more than a code and courtesies; ``names`` are of who wrote it."""
    said = without_formalities(text, *names).splitlines()
    return "\n".join(line for line in said if _says_more(line)).strip()


def _says_more(line: str) -> bool:
    words = [word for word in _NO_DOUBT.sub(" ", fold(line)).split() if not word.isdecimal()]
    return not set(words) <= _BRINGING


def doubts(text: str) -> bool:
    """Whether words beside a code may take it back: *Ik doe het niet. 123456*."""
    return bool(_DOUBT.search(_NO_DOUBT.sub(" ", fold(text))))


def shown(text: str) -> str:
    """Unread words as they are mailed back: in one line, and cut off where they are many."""
    said = " ".join(text.split())
    return said if len(said) <= MAX_SHOWN else f"{said[:MAX_SHOWN].rstrip()}…"

"""Lines of a mail that only greet, close, or are the name of who wrote it: they say nothing to be read or passed on."""

import re

from meedoen.kernel.text import fold

from .names import words_of_name

# Single words that greet, thank, ask kindly or close: a sentence of these alone asks for nothing.
COURTEOUS = frozenset(
    {"dag", "hoi", "hallo", "hey", "hi", "beste", "goedemorgen", "goedemiddag", "goedenavond", "alsjeblieft",
     "alstublieft", "aub", "svp", "graag", "dank", "bedankt", "dankjewel", "alvast", "je", "u", "wel", "hoor", "groet",
     "groeten", "groetjes", "mvg"}
)  # fmt: skip

_GREETING = re.compile(
    r"(?:beste|hallo|hoi|dag|geachte|goedemorgen|goedemiddag|goedenavond|goede (?:morgen|middag|avond))(?: \w+){0,4}"
)
_CLOSING = re.compile(
    r"(?:met )?(?:(?:vriendelijke|hartelijke|lieve|warme) )?(?:groet|groeten|groetjes)(?: van)?(?: \w+)?"
    r"|(?:alvast )?(?:bedankt|dank(?: (?:je|u|jullie)(?: wel)?)?)"
)

# Of words with a capital each, these are no name: *Bel Mij*, *Ja Later*.
_SPOKEN = frozenset(
    {"ik", "mij", "me", "mijn", "je", "jij", "jullie", "we", "wij", "ons", "dit", "dat", "ja", "later", "maar", "terug", "zaal", "online"}
)  # fmt: skip
_TURNS = frozenset({"stop", "niet", "nee", "wacht", "weg", "geen"})  # no greeting has one: *Hoi stop* does not greet


def without_formalities(text: str, *names: str) -> str:
    """A mail without what it answers, and without lines that only greet, close, or are one of the ``names`` of who wrote it."""
    known = {part for name in names for part in (fold(name), *fold(name).split()[:1])}
    lines = [line.strip() for line in text.splitlines() if not line.startswith(">")]
    return "\n".join(line for line in lines if not (fold(line) in known or _is_formal(line))).strip()


def without_name(text: str) -> str:
    """A mail without a last line that can only be the name of who wrote it: *Truus Jansen*, where its head tells none."""
    above, _newline, last = text.rstrip().rpartition("\n")
    return above.rstrip() if _may_be_whole_name(last) else text


def is_greeting(line: str) -> bool:
    """Whether a line greets and does no more."""
    return line.rstrip().endswith((",", "!")) and _GREETING.fullmatch(fold(line)) is not None


def _may_be_whole_name(line: str) -> bool:
    """Whether a line has the form of a first and a last name, and no word of an answer."""
    words = words_of_name(line)
    is_whole = len(words) in (2, 3) and all(word.istitle() for word in words)
    return is_whole and not (_TURNS | COURTEOUS | _SPOKEN) & set(fold(line).split())


def _is_formal(line: str) -> bool:
    """Whether a line only greets or closes; *Dag, ik ben ziek!* does not."""
    said = fold(line)
    if _TURNS & set(said.split()):
        return False
    greets = _GREETING.fullmatch(said) is not None and (line.endswith(",") or len(said.split()) <= 2)
    return greets or _CLOSING.fullmatch(said) is not None

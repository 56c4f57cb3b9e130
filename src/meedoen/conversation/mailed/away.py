"""What somebody asks about their own message: that all of it goes, or a part of it. Pure."""

import re

from meedoen.conversation.doubting import Meant, meant_in
from meedoen.kernel.text import fold
from meedoen.mail.replies.commands import is_courtesy

MAX_WORDS = 25  # who only wants that it goes says no more; of more it would take long to see
_GOES = re.compile(
    r"\b(?:ongedaan|verwijder|verwijderen|verwijderd|weghalen|weggehaald|weg|wis|wissen|gewist|schrappen|intrekken|eraf)\b|\bhaal\b.*\baf\b"
)
_NOT_ON_SITE = re.compile(r"\bniet (?:meer )?op (?:de|jullie) site\b")
# Who uses no other words wants all of it gone.
_ALL_OF_IT = frozenset(
    {"ongedaan", "verwijder", "verwijderen", "verwijderd", "weghalen", "weggehaald", "weg", "haal", "halen", "wis",
     "wissen", "gewist", "schrappen", "intrekken", "eraf", "er", "af", "van", "de", "site", "mijn", "mn", "dit", "dat",
     "deze", "het", "die", "hele", "heel", "helemaal", "bericht", "reactie", "antwoord", "tekst", "vraag", "stukje", "graag", "wil",
     "willen", "ik", "we", "wij", "je", "jullie", "u", "kun", "kunt", "kunnen", "kan", "wilt", "zou", "zouden", "mag",
     "moet", "laat", "laten", "maak", "maken", "worden", "hebben", "toch", "liever", "maar", "even", "nu", "weer", "alsjeblieft",
     "alstublieft", "aub", "svp", "a", "b", "s", "v", "p", "sorry", "dank", "bedankt", "wel", "hoor", "nee", "ja"}
)  # fmt: skip
_NAME = re.compile(r"\b(?:anoniem|\w*naam)\b")


def asks_all_away(text: str, name: str = "") -> bool:
    """Whether somebody called ``name`` asks that their message goes, and says nothing else: *graag verwijderen*."""
    lines = [fold(line) for line in text.splitlines() if not line.startswith(">")]
    said = " ".join(line for line in lines if line and line != fold(name) and not is_courtesy(line))
    if len(said.split()) > MAX_WORDS:
        return False
    meant = _NOT_ON_SITE.sub(" weg ", said)
    return bool(_GOES.search(meant)) and set(meant.split()) <= _ALL_OF_IT


def asks_name_away(text: str) -> bool:
    """Whether they ask that their name goes, in a few words."""
    said = fold(text)
    return bool(_NAME.search(said)) and (Meant.AWAY in meant_in(text) or "anoniem" in said or "zonder" in said)


def asks_part_away(text: str) -> bool:
    """Whether they ask that something of theirs goes, in a few words."""
    return Meant.AWAY in meant_in(text)

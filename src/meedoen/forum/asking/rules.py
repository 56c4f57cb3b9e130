"""When others are asked, whom, and how often. Pure: no database, no clock, no request."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

ASK_AFTER = timedelta(days=3)  # without an answer (FR7)
MUNICIPALITIES_ASKED = 3  # at most, for one question
NOT_SOONER_THAN = timedelta(days=7)  # between two questions to the same person: they have an hour a week
REST = timedelta(days=30)  # after "not now"
LOAD_LOOKED_AT = timedelta(days=90)  # of how often somebody was asked, to share it out


MAX_NO_WORDS = 12  # a longer text says more than that somebody does not know
# Sentences, as ``fold`` leaves them, that say no more than that somebody does not know, is not the one to ask, or cannot
# now. A text is a no where nothing else stands in it: *geen ervaring nodig, iedereen mag meedoen* is an answer.
_WHO = r"(?:ik|wij|we)"
_OF_IT = r"(?: (?:het|dit|dat|er|hier|daar|hierover|daarover|hiermee|daarmee|antwoord|echt|zelf|ook|helaas|nog|nu|even|eigenlijk))*"
_UNTIL = r"(?: (?:nu|deze (?:week|maand)|(?:tot|t m)(?: (?:en met|na|half|begin|eind|de|volgende))*(?: \w+){1,3}))?"
_WE_HAVE = rf"(?:{_WHO} (?:heb|hebben){_OF_IT} |(?:hier|daar)\w* (?:heb|hebben) {_WHO}{_OF_IT} )?"
_NOTHING = r"(?:niet|niets|niks)(?: (?:van|over|af|zeker|precies))*(?: hoe (?:dit|dat|het) (?:zit|werkt|moet))?"
_SENTENCES = (
    rf"{_WE_HAVE}geen (?:flauw |enkel )?idee(?: van)?",
    rf"{_WHO} (?:weet|weten|wist|wisten){_OF_IT} {_NOTHING}",
    rf"{_WHO} (?:zou|zouden){_OF_IT} niet weten",
    rf"(?:(?:dit|dat|het|hier|daar|er|hierover|daarover) )?(?:weet|weten) {_WHO}{_OF_IT} {_NOTHING}",
    rf"{_WE_HAVE}geen (?:tijd|ervaring|verstand)(?: (?:mee|van|voor|ermee|ervan|hiermee|daarmee|hiervan|daarvan|hiervoor|daarvoor|nu|deze week))*",
    rf"{_WHO} (?:heb|hebben) geen ervaring met(?: (?!nodig)\w+){{1,2}}",
    rf"{_WHO} (?:werk|werken)(?: (?:hier|daar|er|nu|al|inmiddels|(?:bij|voor) (?:de|deze) gemeente))* niet(?: meer)?(?: (?:hier|daar|(?:bij|voor) (?:de|deze) gemeente))?",
    r"(?:(?:je|jij|u|jullie) (?:hebt|heeft|hebben) |dit is |ik ben )?(?:de |het )?verkeerde? (?:persoon|adres|mailadres|mens)",
    rf"(?:{_WHO} (?:ben|zijn)|dit is){_OF_IT} niet (?:de|het) (?:juiste|goede) (?:persoon|mens|adres|afdeling)(?: (?:hiervoor|daarvoor|voor (?:deze|die) vraag))?",
    rf"(?:(?:daar|hier) (?:ga|gaan) {_WHO}|{_WHO} (?:ga|gaan) (?:daar|hier)) niet over",
    rf"(?:(?:{_WHO} )?(?:ben|zijn){_OF_IT} )?(?:op|met) (?:vakantie|verlof){_UNTIL}|{_WHO} (?:ben|zijn){_OF_IT} ziek",
    rf"{_WHO} (?:heb|hebben) het(?: (?:nu|te|erg|heel|even|zo))* druk(?: nu)?",
    r"(?:(?:het|nu) )?komt(?: (?:het|me|mij|ons|nu|even|helaas))* niet uit",
    rf"{_WHO} (?:kan|kunnen)(?: (?:nu|even|helaas|dit|er|hier))* niet|(?:nu|nog|even) (?:even )?niet(?: meer)?",
    # Said as what comes later, behind a comma: *later deze week weten we meer* is an answer.
    rf"later(?: {_WHO} (?:reageer|reageren|antwoord|antwoorden|kom|komen|zal|zullen|ga|gaan|moet|moeten)\b.*)?",
)
_COURTESIES = (
    r"(?:hallo|hoi|dag|beste|goedemorgen|goedemiddag|goedenavond)(?: (?:allemaal|allen|team|mensen))?",
    r"nee|neen|sorry|helaas|jammer|hoor|excuses|nou|tja|eerlijk gezegd|want|en|dus|dank je(?: wel)?|dank u(?: wel)?|bedankt|dankjewel",
    r"succes(?: ermee)?|(?:met )?(?:vriendelijke )?(?:groet|groeten|groetjes|mvg)(?: \w+){0,4}$",
)
_NO = re.compile(
    rf"(?:(?:{'|'.join(_COURTESIES)}) )*(?:{'|'.join(_SENTENCES)})(?: (?:{'|'.join((*_COURTESIES, *_SENTENCES))}))*"
)
_GOES_ON = re.compile(r"\b(?:maar|wel|misschien|probeer|kijk|(?<!deze )(?<!die )vraag|bel|mail|toen|kwam)\b")


class Answer(StrEnum):
    """What somebody who was asked said."""

    NONE = ""
    LATER = "nu-niet"
    STOP = "stop"


class Known(Protocol):
    """What a rule needs to know of who may be asked."""

    municipality_id: int
    asked_count: int


K = TypeVar("K", bound=Known)


def says_no(said: str) -> bool:
    """Whether a short text, as ``fold`` leaves it, says no more than that somebody has no answer, or none now."""
    return len(said.split()) <= MAX_NO_WORDS and _NO.fullmatch(said) is not None and not _GOES_ON.search(said)


def chosen(known: Iterable[K], *, but: int | None, alike: Sequence[int] = ()) -> list[K]:
    """Whom to ask: one of each municipality, not of the one that asks itself.

    Municipalities in ``alike`` shared something that resembles the question, the most alike first, and go before
    others; of those the least asked first.
    """
    found: dict[int, K] = {}
    rank = {municipality: place for place, municipality in enumerate(alike)}
    for each in sorted(known, key=lambda one: (rank.get(one.municipality_id, len(rank)), one.asked_count)):
        if each.municipality_id != but:
            found.setdefault(each.municipality_id, each)
    return list(found.values())[:MUNICIPALITIES_ASKED]


def days_waited(asked_on: date, today: date) -> int:
    """The days that a question waits; 0 on the day itself, also when a clock was set back."""
    return max(0, (today - asked_on).days)

"""How somebody wants to meet, and how long, where they say so plainly. Pure."""

import re
from collections.abc import Iterable

from meedoen.coupling.rules import Length, Way
from meedoen.kernel.text import fold

from .clauses import AT_MOST_SAID, SELF, TURNS, Clause

WAYS, LENGTH = "ways", "length"

# A way, in a sentence as ``fold`` leaves it.
_WAY_SAID: dict[Way, re.Pattern[str]] = {
    Way.ONLINE: re.compile(
        r"\b(?:beeldbellen|videobellen|beeld bellen|video bellen|videogesprek|(?:via|met|per) (?:teams|zoom|beeldscherm|de computer)|online|digitaal)\b"
    ),
    Way.CALL: re.compile(r"\b(?:op ?bellen|te bellen|bellen|belt|bel|telefoon|telefonisch|telefoontje|telefoneren)\b"),
    Way.VISIT: re.compile(
        r"\b(?:langs(?: te)?(?:komen|gaan)?(?: (?:te )?(?:komen|gaan|kom|komt))?"
        r"|(?:op |een |werk)?bezoek(?:je)?(?: (?:te )?(?:komen|gaan|brengen))?|bezoeken|(?:bij (?:jullie|ons|elkaar|iemand) )?(?:komen|kom) kijken)\b"
    ),
}
# The same words in what is no way to meet: *online formulieren*, *ik loop langs de winkels*.
_NO_WAY: dict[Way, re.Pattern[str]] = {
    Way.ONLINE: re.compile(
        r"\b(?:online|digitaal) (?:formulier|loket|dienst|aanvra|winkel|cursus|platform|enquete)\w*"
    ),
    Way.VISIT: re.compile(
        r"\blangs (?!(?:te|komen|gaan|kom|komt|en|of|bij|om|op|een keer|voor|in|kunnen|kan|mogen|mag|willen|wil|wel|graag)\b)\w+|\b(?:site|website|websites) (?:te )?bezoeken"
    ),
}
# Where one *niet* turns several: *niet bellen of langskomen*.
_NONE_OF = re.compile(r"\b(?:niet|geen|nooit|zonder)\b(?!.*\b(?:graag|liefst|prima|wel|goed)\b).*\b(?:of|noch)\b")
_CALL_ME = re.compile(r"\b(?:bel|belt|bellen)\b.*\b(?:me|mij)\b|\b(?:me|mij)\b.*\b(?:bel|belt|bellen)\b")

_LONGER_SAID = re.compile(
    r"\b(?:(?:langer|vaker|meer) dan (?:1|een|eens) ?(?:keer|maal)?|(?:meerdere|een paar|meer) keer|meermalen|"
    r"(?:voor )?(?:een )?(?:langere|lange) tijd|langdurig|vaker|langer|regelmatig)\b"
)
_ONCE_SAID = re.compile(r"\b(?:1 (?:keer|maal|keertje)|eenmalig|een enkele keer)\b")
_PER = re.compile(r"\b(?:1|een) (?:keer|maal) (?:per|in de|in het|elke?|iedere?)\b")

# What may stand around a way or a length that is plainly wished for, and says nothing else.
_AROUND = frozenset(
    {"ik", "we", "wij", "jullie", "je", "jij", "u", "me", "mij", "ons", "elkaar", "ze", "wil", "willen", "wilt",
     "zou", "zouden", "graag", "liefst", "liever", "het", "dat", "dit", "is", "kan", "kunnen", "kun", "mag", "mogen",
     "prima", "goed", "fijn", "best", "beste", "ook", "wel", "en", "of", "met", "samen", "een", "keer", "keertje",
     "eens", "1", "afspreken", "praten", "spreken", "overleggen", "overleg", "kennismaken", "contact", "gesprek",
     "gesprekken", "afspraak", "hebben", "heb", "doen", "komen", "gaan", "komt", "kom", "gaat", "bij", "naar", "dan",
     "daarom", "dus", "alleen", "eventueel", "misschien", "gerust", "maar", "even", "erover", "hierover", "daarover",
     "iemand", "hallo", "hoi", "dag", "te", "zijn", "de", "buurt", "in", "uitwisselen", "vertellen",
     "verder", "bijpraten", "meer", "mogelijk", "lukt", "werkt", "voor", "hele", "zelf", "maken", "elkaars", "wat",
     "leuk", "hoor", "zien", "via", "per", "toch", "nog", "nu", "vooral", "eerst", "daarna", "zoals", "want", "ja",
     "genoeg", "voldoende", "gemeente", "gemeenten", "andere", "allebei", "beide"}
)  # fmt: skip
_WISHES = re.compile(
    r"\b(?:graag|liefst|liever|wil|willen|zou|zouden|kan|kun|kunnen|mag|mogen|prima|fijn|best|wel|alleen|dus|kom|komen)\b|^maar\b"
)
# *met iemand*, *van een gemeente*, *over toegankelijke stembureaus*: with whom, and of what.
_WITH_WHOM = re.compile(
    r"\b(?:met|van|uit|bij|naar) (?:de |het |een |andere |onze )*(?:gemeente )?\w+|\b(?:over|hoe|die|waar|zodat|om) .*$"
)


def says_how(word: str) -> bool:
    """Whether a word is of how people meet, and so is no subject that they share: *bellen*."""
    return any(pattern.fullmatch(fold(word)) for pattern in _WAY_SAID.values())


def ways(clauses: list[Clause], used: set[int], unsure: set[str]) -> tuple[set[Way], set[Way]]:
    wanted: set[Way] = set()
    unwanted: set[Way] = set()
    for number, clause in enumerate(clauses):
        said = clause.said
        ways = _ways_in(said)
        if not ways:
            continue
        if clause.is_turned and (clause.is_half_turned or (len(ways) > 1 and not _NONE_OF.search(said))):
            unsure.add(WAYS)
        elif clause.is_turned:
            unwanted |= ways
            used.add(number)
        elif ways == {Way.CALL} and _CALL_ME.search(said):
            continue  # *bel me even*: for who reads it now
        elif _is_plain(said, ways) and (not clause.is_in_turned or _WISHES.search(said)):
            wanted |= ways
            used.add(number)
        elif clause.is_in_turned or SELF.search(said):
            unsure.add(WAYS)
    if wanted & unwanted:
        unsure.add(WAYS)
    return wanted, unwanted


def _ways_in(said: str) -> set[Way]:
    found, rest = set(), said
    for way, pattern in _WAY_SAID.items():  # *beeldbellen* before *bellen*
        without = _NO_WAY[way].sub(" ", rest) if way in _NO_WAY else rest
        if pattern.search(without):
            found.add(way)
        rest = pattern.sub(" ", without)
    return found


def _is_plain(said: str, ways: Iterable[Way]) -> bool:
    """Whether a clause says no more than how and how long they want to meet."""
    rest = said
    for way in ways:
        rest = _WAY_SAID[way].sub(" ", rest)
    for length in (AT_MOST_SAID, _LONGER_SAID, _ONCE_SAID):
        rest = length.sub(" ", rest)
    rest = _WITH_WHOM.sub(" ", rest)
    rest = re.sub(r"\bgemeente \w+ (?=wil|wilt|komt|kan)", " ", rest)
    return set(rest.split()) <= _AROUND


def length(clauses: list[Clause], used: set[int], unsure: set[str]) -> Length | None:
    found: set[Length] = set()
    refused: set[int] = set()
    for number, clause in enumerate(clauses):
        said = _PER.sub(" ", clause.said)
        rest = AT_MOST_SAID.sub(" ", said)
        longer = bool(_LONGER_SAID.search(rest))
        once = rest != said or bool(_ONCE_SAID.search(_LONGER_SAID.sub(" ", rest)))
        if not (once or longer):
            continue
        turned = bool(TURNS.search(rest))
        plain = TURNS.sub(" ", rest)
        if said != clause.said or not _is_plain(plain, _ways_in(plain)):
            continue
        if turned and not _ways_in(said):
            unsure.add(LENGTH)
            refused.add(number)
        elif once and longer:
            unsure.add(LENGTH)
        elif not turned:
            found.add(Length.ONCE if once else Length.LONGER)
            used.add(number)
    if len(found) > 1:
        unsure.add(LENGTH)
    elif found:
        unsure.discard(LENGTH)  # *niet één keer, maar vaker*
        used |= refused
    return found.pop() if len(found) == 1 and LENGTH not in unsure else None

"""Whether somebody asks or offers, and who they are, where they say so plainly. Pure."""

import re

from meedoen.coupling.rules import For, Side
from meedoen.kernel.text import fold

from .clauses import SELF, Clause

AIM, KIND, MUNICIPALITY = "aim", "kind", "municipality"
MAX_NAME_WORDS = 6  # of a municipality: *Bergen op Zoom*, *Noardeast-Fryslân*

# Whose words offer or ask; a *jullie* or *iemand* there turns the one into the other.
_US = r"(?:ik|we|wij|gemeente \w+(?: \w+){0,3}?|onze gemeente)"
_FILL = r"(?:(?:graag|ook|wel|best|iets|veel|hier|erover|hierover|daarover|meer|anderen|andere|een|gemeente|gemeenten|collega s|jullie|je|ons|onze|hen|het|wat|er|dit|dat|over|mijn|ervaring|ervaringen|kennis|verhaal|daar|daarbij|hierbij|mee|elkaar|op|weg|inwoners|mensen|graag) )*"
_SHARES = r"(?:vertellen|delen|helpen|uitleggen|meedenken|aanbieden|laten zien|voordoen|adviseren|bijdragen)"
_OFFERS = re.compile(
    rf"\b{_US} (?:bieden?|biedt|bied|deelt|delen|deel|vertelt|vertellen|vertel|helpt|helpen|help)\b"
    rf"|\b{_US} (?:wil|willen|kan|kunnen|zou|zouden) {_FILL}{_SHARES}\b"
    rf"|\b(?:wil|kan|willen|kunnen) (?:ik|we|wij) {_FILL}{_SHARES}\b"
    rf"|\ben (?:wil|willen|kan|kunnen) {_FILL}{_SHARES}\b"
    r"|^aanbod\b|\b(?:ons|mijn|een|dit|als) aanbod\b|\b(?:aan te bieden|te bieden)\b"
)
_ASKS = re.compile(
    rf"\b{_US} (?:zoeken|zoekt|zoek|vragen|vraagt|vraag)\b|\b(?:op )?zoek naar\b"
    rf"|\b{_US} (?:wil|willen|zou|zouden) {_FILL}(?:leren|weten|horen|afkijken)\b"
    r"|\bwie (?:kan|wil|kunnen) (?:ons|me|mij) (?:\w+ ){0,4}(?:helpen|vertellen|uitleggen)\b|\bwie (?:helpt|weet)\b"
    r"|(?<!\bik )(?<!\bwe )(?<!\bwij )\b(?:kan|kunnen|kunt|kun|wil|willen) (?:iemand|jullie|je|u|een (?:andere )?gemeente) (?:\w+ ){0,4}(?:helpen|vertellen|uitleggen|meedenken|delen|laten zien)\b"
    r"|\b(?:zoek|zoeken) (?:hulp|iemand|contact|een)\b|\bhulp (?:nodig|gebruiken|zoeken)\b|\bhoe (?:doen|pakken|maken|kiezen|regelen|organiseren) jullie\b|^(?:vraag|hulpvraag)\b"
)

_ROLE = r"(?:\w*ambtenaar|\w*medewerker|\w*adviseur|\w*wethouder|\w*leider|\w*coordinator|\w*raadslid|\w*griffier|burgemeester|\w*manager|werkzaam)"
_NO_NAME = r"(?!(?:zoek|zoekt|zoeken|wil|willen|kan|kunnen|heeft|hebben|biedt|bieden|deelt|delen|vraagt|vragen|doet|doen|is|zijn|werkt|werken|vertellen|helpen|graag|ook|die|dat|met|in|waar|om|en)\b)"
_NAME = rf"(?P<name>{_NO_NAME}\w+(?: \w+){{0,5}})"
_VERB = r"(?:wil|willen|zoekt|biedt|deelt|vertelt|helpt|vraagt|komt|kan|zou)"
_OF_MUNICIPALITY = tuple(
    re.compile(each)
    for each in (
        rf"^(?:hallo |hoi |dag )?(?:de |onze |wij )?gemeente (?P<name>(?!{_VERB}\b)\w+(?: (?!{_VERB}\b)\w+){{0,4}}) {_VERB}\b",
        rf"\b(?:ik|wij|we) (?:werken|werk) (?:\w+ ){{0,4}}?(?:bij|voor) (?:de )?gemeente {_NAME}",
        rf"\b(?:wij|we) (?:zijn|van|als) (?:de )?gemeente {_NAME}",
        rf"\b(?:ik ben|wij zijn|we zijn|als) (?:\w+ ){{0,3}}?{_ROLE} (?:\w+ ){{0,4}}?(?:bij|van|voor|in) (?:de )?gemeente {_NAME}",
        rf"^(?:als )?{_ROLE} (?:\w+ ){{0,2}}?(?:bij|van|voor|in) (?:de )?gemeente {_NAME}",
        rf"\bnamens (?:de )?gemeente {_NAME}",
        rf"\bduo (?:van|uit|in) (?:de )?(?:gemeente )?{_NAME}",
        rf"\been (?:inwoner|ambtenaar) (?:van|uit) (?:de )?gemeente {_NAME}",
    )
)
_NAMED_FIRST = re.compile(r"^(?:hallo |hoi |dag )?(?:de )?gemeente\b")
_TOGETHER = re.compile(r"\b(?:wij|we|ons|onze)\b")
_AS_MUNICIPALITY = re.compile(
    r"\b(?:wij|we) als gemeente\b|\b(?:wij|we) zijn een (?:\w+ )?gemeente\b|\bals gemeente (?:willen|zoeken|kunnen) (?:wij|we)\b"
)
_OF_RESIDENT = re.compile(
    rf"\b(?:ik|en) woon (?:\w+ ){{0,3}}?in (?:de )?(?:gemeente )?{_NAME}|\bik ben (?:een |zelf )*inwoner (?:van|uit) (?:de )?(?:gemeente )?{_NAME.replace('name', 'other')}"
)
_AS_RESIDENT = re.compile(
    r"\bik ben (?:een |zelf |gewoon )*(?:inwoner|bewoner|burger)\b|\b(?:ik|en) woon\b|\bals (?:inwoner|bewoner)\b"
)
_AS_DUO = re.compile(
    r"\b(?:wij|we) zijn een duo\b|\bals duo\b|\b(?:wij|we) zijn een (?:ambtenaar|inwoner)\b.*\ben een (?:inwoner|ambtenaar)\b"
)


def aim(clauses: list[Clause], unsure: set[str]) -> Side | None:
    found: set[Side] = set()
    for clause in clauses:
        if clause.is_turned:
            continue
        asks = bool(_ASKS.search(clause.said))
        if asks or _OFFERS.search(clause.said):
            found.add(Side.ASK if asks else Side.OFFER)
    if len(found) > 1:
        unsure.add(AIM)
    return found.pop() if len(found) == 1 else None


def who(text: str, clauses: list[Clause], unsure: set[str]) -> tuple[For | None, tuple[str, ...]]:
    kinds: set[For] = set()
    places: list[str] = []
    speaks_alone = bool(SELF.search(fold(text))) and not _TOGETHER.search(fold(text))
    for clause in clauses:
        said = clause.said
        if clause.is_turned:
            continue
        resident = _OF_RESIDENT.search(said)
        municipality = next((found for each in _OF_MUNICIPALITY if (found := each.search(said))), None)
        if municipality and _NAMED_FIRST.search(said) and speaks_alone:
            unsure.add(KIND)  # *Gemeente Zeist zoekt testers, mag ik meedoen?*
        elif resident or _AS_RESIDENT.search(said):
            kinds.add(For.RESIDENT)
            places += [found for found in (resident and (resident["name"] or resident["other"]),) if found]
        elif municipality:
            kinds.add(For.MUNICIPALITY)
            places.append(municipality["name"])
        elif _AS_MUNICIPALITY.search(said):
            kinds.add(For.MUNICIPALITY)
    if _AS_DUO.search(fold(text)):
        kinds = {For.DUO}
    if len(kinds) > 1:
        unsure.add(KIND)
    elif kinds:
        unsure.discard(KIND)
    if KIND in unsure:
        return None, ()
    first = {each.split()[0] for each in places}
    if len(first) > 1:
        unsure.add(MUNICIPALITY)
        places = []
    return (kinds.pop() if kinds else None), _called(places)


def _called(places: list[str]) -> tuple[str, ...]:
    """What a municipality may be called: the words behind *gemeente*, the most first."""
    found = [each.split()[:count] for each in places for count in range(MAX_NAME_WORDS, 0, -1)]
    return tuple(dict.fromkeys(" ".join(each) for each in sorted(found, key=len, reverse=True)))

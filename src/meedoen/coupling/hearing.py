"""What a mail in free words says of an ask or offer, where that is plain. Pure: no database, no clock.

*We komen graag langs* chooses a way, and *ik wil niet bellen* takes one away; a *niet* of which it is not clear what it
turns leaves a thing ``unsure``, so that it is asked. What is not said is nothing here.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from meedoen.kernel.text import fold
from meedoen.mail.replies.commands import is_courtesy
from meedoen.people.beside_code import taking_back

from .rules import For, Length, Side, Way

AIM, KIND, MUNICIPALITY, WAYS, LENGTH = "aim", "kind", "municipality", "ways", "length"
MAX_NAME_WORDS = 6  # of a municipality: *Bergen op Zoom*, *Noardeast-Fryslân*

# A line that goes on below is one sentence; one that begins anew is another.
_PARAGRAPH = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*•\d]|[^\W\d_a-zà-ÿ]))")
_SENTENCE = re.compile(r"(?<=[.?!;])\s+")
# One of several wishes in a sentence; behind these a *niet* before them has no say.
_CLAUSE = re.compile(
    r"[,:()]|\s[-–—]\s"
    r"|\s(?=(?:maar|want|omdat|(?:dus|doch|wel|alleen)(?!\s+niet))\b)"
    r"|\sen\s(?=(?:niet|geen|liever|graag|het liefst|nooit)\b)",
    re.IGNORECASE,
)
_ONE = re.compile(r"\b(?:é[eé]n|e[é]n)\b", re.IGNORECASE)  # *één keer*; *een keer* says no more than *eens*
_NOT_TURNING = re.compile(
    r"\bniet\s+alleen\b|\bniet\s+(?:zo\s+|heel\s+)?(?:erg|vervelend)\b|\bgeen\s+(?:probleem|bezwaar|punt)\b",
    re.IGNORECASE,
)
_INSTEAD = re.compile(r"\bin\s+plaats\s+van\b|(?<=\s)dan(?=\s)", re.IGNORECASE)  # of what comes behind it
_RATHER = re.compile(r"\b(?:liever|beter|eerder)\b", re.IGNORECASE)
_TURNS = re.compile(
    r"\b(?:niet|geen|nooit|zonder|behalve|nee|neen|evenmin|lastig|moeilijk|moeilijker|slecht|onmogelijk|vervelend|eng)\b"
)
_HALF_TURNS = re.compile(
    r"\bniet (?:voor|na|op|tussen|altijd|elke|iedere|vandaag|morgen|meteen|direct|nu|zo vaak|te (?:vaak|lang|vroeg|laat))\b"
    r"|\b(?:weet|weten) (?:\w+ ){0,3}niet\b|\bniet zeker\b"
)
_AFTER_THIS = re.compile(r"^(?:want|omdat)\b")  # a reason for what was said

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
_SELF = re.compile(r"\b(?:ik|me|mij|mijn)\b")
_CALL_ME = re.compile(r"\b(?:bel|belt|bellen)\b.*\b(?:me|mij)\b|\b(?:me|mij)\b.*\b(?:bel|belt|bellen)\b")

_LONGER_SAID = re.compile(
    r"\b(?:(?:langer|vaker|meer) dan (?:1|een|eens) ?(?:keer|maal)?|(?:meerdere|een paar|meer) keer|meermalen|"
    r"(?:voor )?(?:een )?(?:langere|lange) tijd|langdurig|vaker|langer|regelmatig)\b"
)
_AT_MOST_SAID = re.compile(
    r"\b(?:(?:niet|nooit) (?:langer|vaker|meer) dan (?:1|een) (?:keer|maal)|(?:hooguit|maximaal|slechts|maar|alleen|hoogstens) (?:1|een) (?:keer|maal))\b"
)
_ONCE_SAID = re.compile(r"\b(?:1 (?:keer|maal|keertje)|eenmalig|een enkele keer)\b")
_PER = re.compile(r"\b(?:1|een) (?:keer|maal) (?:per|in de|in het|elke?|iedere?)\b")

# What may stand around a way or a length that is plainly wished for, and says nothing else.
_AROUND = frozenset(
    [
        "ik",
        "we",
        "wij",
        "jullie",
        "je",
        "jij",
        "u",
        "me",
        "mij",
        "ons",
        "elkaar",
        "ze",
        "wil",
        "willen",
        "wilt",
        "zou",
        "zouden",
        "graag",
        "liefst",
        "liever",
        "het",
        "dat",
        "dit",
        "is",
        "kan",
        "kunnen",
        "kun",
        "mag",
        "mogen",
        "prima",
        "goed",
        "fijn",
        "best",
        "beste",
        "ook",
        "wel",
        "en",
        "of",
        "met",
        "samen",
        "een",
        "keer",
        "keertje",
        "eens",
        "1",
        "afspreken",
        "praten",
        "spreken",
        "overleggen",
        "overleg",
        "kennismaken",
        "contact",
        "gesprek",
        "gesprekken",
        "afspraak",
        "hebben",
        "heb",
        "doen",
        "komen",
        "gaan",
        "komt",
        "kom",
        "gaat",
        "bij",
        "naar",
        "dan",
        "daarom",
        "dus",
        "alleen",
        "eventueel",
        "misschien",
        "gerust",
        "maar",
        "even",
        "erover",
        "hierover",
        "daarover",
        "iemand",
        "hallo",
        "hoi",
        "dag",
        "beste",
        "te",
        "zijn",
        "de",
        "buurt",
        "in",
        "uitwisselen",
        "vertellen",
        "verder",
        "bijpraten",
        "meer",
        "mogelijk",
        "lukt",
        "werkt",
        "voor",
        "hele",
        "zelf",
        "maken",
        "elkaars",
        "wat",
        "leuk",
        "hoor",
        "zien",
        "via",
        "per",
        "toch",
        "nog",
        "nu",
        "vooral",
        "eerst",
        "daarna",
        "zoals",
        "want",
        "ja",
        "genoeg",
        "voldoende",
        "gemeente",
        "gemeenten",
        "andere",
        "allebei",
        "beide",
    ]
)
_WISHES = re.compile(
    r"\b(?:graag|liefst|liever|wil|willen|zou|zouden|kan|kun|kunnen|mag|mogen|prima|fijn|best|wel|alleen|dus|kom|komen)\b|^maar\b"
)
# *met iemand*, *van een gemeente*, *over toegankelijke stembureaus*: with whom, and of what.
_WITH_WHOM = re.compile(
    r"\b(?:met|van|uit|bij|naar) (?:de |het |een |andere |onze )*(?:gemeente )?\w+|\b(?:over|hoe|die|waar|zodat|om) .*$"
)

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
# Who would want another ask than what stands above the code, in words that were not understood.
_WANTS_OTHER = re.compile(
    r"\b(?:niet|geen|nooit|nee|neen|liever|wacht|stop|anders|toch|verander\w*|wijzig\w*|aanpass\w*|moet|fout|weg|eerst|pas)\b|^(?:maar|alleen)\b"
)
_AGREES = re.compile(
    r"\b(?:dat |het |dit |alles )?(?:klopt|is goed|is prima|is akkoord)(?: (?:zo|wel|allemaal|hoor|verder))*\b"
)


@dataclass(frozen=True)
class Heard:
    """What is plainly said; None and nothing for what is not.

    ``places`` is what the municipality may be called, the longest first. ``unsure`` names what is spoken of and not
    clear; ``left`` are the words that say nothing of how and how long.
    """

    aim: Side | None = None
    kind: For | None = None
    places: tuple[str, ...] = ()
    wanted: frozenset[Way] = frozenset()
    unwanted: frozenset[Way] = frozenset()
    length: Length | None = None
    unsure: frozenset[str] = frozenset()
    left: tuple[str, ...] = ()

    def ways_of(self, now: Collection[str]) -> list[str] | None:
        """The ways that are left of those that stand ``now``; None where nothing is said of them."""
        if not (self.wanted or self.unwanted):
            return None
        begun = self.wanted or {Way(each) for each in now}
        return [way.value for way in Way if way in begun and way not in self.unwanted]

    @property
    def wants_other(self) -> bool:
        """Whether words that were not understood may want it otherwise."""
        return bool(self.unsure) or any(_wants_other(fold(each)) for each in self.left)


@dataclass(frozen=True)
class _Clause:
    said: str  # as ``fold`` leaves it
    raw: str
    sentence: int
    is_turned: bool
    is_half_turned: bool
    is_in_turned: bool  # another part of its sentence is turned


def heard(text: str) -> Heard:
    """What somebody wrote of who they are, what they want, and how."""
    clauses = list(_clauses(text))
    used: set[int] = set()
    unsure: set[str] = set()
    wanted, unwanted = _ways(clauses, used, unsure)
    length = _length(clauses, used, unsure)
    aim = _aim(clauses, unsure)
    kind, places = _who(text, clauses, unsure)
    used |= {number - 1 for number in used if number and _is_reason_of(clauses[number - 1], clauses[number])}
    left = tuple(each.raw for number, each in enumerate(clauses) if number not in used and not _says_nothing(each.said))
    return Heard(aim, kind, places, frozenset(wanted), frozenset(unwanted), length, frozenset(unsure), left)


def says_how(word: str) -> bool:
    """Whether a word is of how people meet, and so is no subject that they share: *bellen*."""
    return any(pattern.fullmatch(fold(word)) for pattern in _WAY_SAID.values())


def _clauses(text: str) -> Iterator[_Clause]:
    whole = _ONE.sub("1", unicodedata.normalize("NFC", text))
    number = 0
    for paragraph in _PARAGRAPH.split(whole):
        for sentence in _SENTENCE.split(paragraph):
            number += 1
            raws = [each for each in map(str.strip, _CLAUSE.split(_plainer(sentence))) if fold(each)]
            said = [fold(each) for each in raws]
            turned = [bool(_TURNS.search(_AT_MOST_SAID.sub(" ", each))) for each in said]
            asks = sentence.rstrip().endswith("?")
            for raw, each, is_turned in zip(raws, said, turned, strict=True):
                half = bool(_HALF_TURNS.search(each)) or (is_turned and asks)
                yield _Clause(" ".join(each.split()), raw, number, is_turned, half, any(turned) and not is_turned)


def _plainer(sentence: str) -> str:
    """A sentence in which a *niet* is one: *niet alleen bellen* turns nothing, and *liever online dan bellen* does."""
    said = _NOT_TURNING.sub(" ", sentence).replace(" ook wel ", " ook ")
    return _INSTEAD.sub(", niet", said, count=1) if _RATHER.search(said) or "plaats" in said else said


def _ways(clauses: list[_Clause], used: set[int], unsure: set[str]) -> tuple[set[Way], set[Way]]:
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
        elif clause.is_in_turned or _SELF.search(said):
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
    for length in (_AT_MOST_SAID, _LONGER_SAID, _ONCE_SAID):
        rest = length.sub(" ", rest)
    rest = _WITH_WHOM.sub(" ", rest)
    rest = re.sub(r"\bgemeente \w+ (?=wil|wilt|komt|kan)", " ", rest)
    return set(rest.split()) <= _AROUND


def _length(clauses: list[_Clause], used: set[int], unsure: set[str]) -> Length | None:
    found: set[Length] = set()
    refused: set[int] = set()
    for number, clause in enumerate(clauses):
        said = _PER.sub(" ", clause.said)
        rest = _AT_MOST_SAID.sub(" ", said)
        longer = bool(_LONGER_SAID.search(rest))
        once = rest != said or bool(_ONCE_SAID.search(_LONGER_SAID.sub(" ", rest)))
        if not (once or longer):
            continue
        turned = bool(_TURNS.search(rest))
        plain = _TURNS.sub(" ", rest)
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


def _aim(clauses: list[_Clause], unsure: set[str]) -> Side | None:
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


def _who(text: str, clauses: list[_Clause], unsure: set[str]) -> tuple[For | None, tuple[str, ...]]:
    kinds: set[For] = set()
    places: list[str] = []
    speaks_alone = bool(_SELF.search(fold(text))) and not _TOGETHER.search(fold(text))
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


def _is_reason_of(clause: _Clause, then: _Clause) -> bool:
    """*Ik kan slecht reizen*, before *dus graag online*."""
    return clause.sentence == then.sentence and then.said.startswith(("dus ", "daarom "))


def _says_nothing(said: str) -> bool:
    rest = _AGREES.sub(" ", said)
    return is_courtesy(said) or set(rest.split()) <= {
        "ja",
        "graag",
        "maar",
        "en",
        "hier",
        "hierbij",
        "is",
        "mijn",
        "de",
        "code",
    }


def _wants_other(said: str) -> bool:
    return not _AFTER_THIS.match(said) and bool(_WANTS_OTHER.search(taking_back(said)))

"""Whether words speak of what somebody needs to take part, or of their health. Pure."""

import re
from collections.abc import Mapping

from meedoen.kernel.text import fold
from meedoen.meetings.rules import Need

MAX_WORDS = 1_000  # characters in their own words, as in the form on the site

# Parts of words by which people name it; two together where the first alone says too little.
NAMED: Mapping[Need, tuple[str, ...]] = {
    Need.CAPTIONS: ("schrijftolk", "ondertitel"),
    Need.SIGN_LANGUAGE: ("gebarentolk", "doventolk", "gebarentaal", "ngt"),
    Need.HEARING_LOOP: ("ringleiding",),
    Need.STEP_FREE: ("rolstoel", "drempel", "rollator", "scootmobiel"),
    Need.QUIET_PLACE: ("rustige plek", "rustige ruimte", "rustige kamer", "prikkelarm"),
    Need.LARGE_PRINT: ("grote letters", "groot lettertype", "grootletter"),
    Need.BRAILLE: ("braille",),
    Need.SLIDES_BEFORE: ("stukken vooraf", "dia s vooraf", "vooraf de stukken", "presentatie vooraf"),
    Need.PLAIN_LANGUAGE: ("begrijpelijke taal", "makkelijke taal", "eenvoudige taal"),
    Need.PERSONAL_HELP: ("hulp van een persoon", "iemand die me helpt", "iemand die mij helpt"),
    Need.DIET: ("allergi", "glutenvrij", "vegetari", "vegan", "halal", "dieet", "lactose"),
    Need.BY_PHONE: ("telefonisch", "met de telefoon"),
}
_MEANS_NEED = re.compile(
    r"\b(?:allergi\w*|kan niet (?:zien|horen|lopen|traplopen)|(?:hoor|zie) (?:heel |erg )?(?:niet|slecht)\b|blind\w*|slechtziend\w*|doof\w*|slechthorend\w*"
    r"|geleidehond\w*|hulphond\w*|assistentiehond\w*|taststok|krukken|gehoorappara\w*|hoortoestel\w*)\b"
)
# Said of oneself it tells of one's health; others have these too, and people meet to talk about them.
_HEALTH = (
    r"(?:autis\w*|adhd|epilep\w*|reuma\w*|parkinson|dementie|afasie|dyslexie|dyslectisch|spasti\w*|diabetes|suikerziekte|verlamd"
    r"|dwarslaesie|beperking|handicap|gehandicapt|prikkel\w*|overprikkeld|zuurstof|medicijn\w*|hersenletsel|chronisch)"
)
_OF_HEALTH = re.compile(rf"\b{_HEALTH}\b")
_OWN_HEALTH = re.compile(rf"\b(?:mijn|ik (?:heb|ben|gebruik|slik))(?: (?!over\b)\w+){{0,3}} {_HEALTH}\b")
_OF_ONESELF = re.compile(r"\b(?:ik|mijn|mij|me|wij|we|ons|onze)\b")
_I_NEED = re.compile(r"\b(?:ik|wij|we) (?:heb|hebben) (?:\w+ ){1,6}nodig\b")  # *heb ik dat nodig?* asks
# What everybody needs to come, and who organises can mail back.
_PRACTICAL = re.compile(
    r"\b(?:link|\w*adres|code|wachtwoord|route|routebeschrijving|programma|agenda|informatie|info|factuur|bewijs|telefoonnummer)\b"
)
_HELPS = re.compile(r"\b(?:\w*tolk(?:en)?|assistentie|begeleiding)\b")
_HELP = re.compile(r"\b(?:een )?(?:tolk|tolken|hulp|assistentie|begeleiding|begeleider)\b")
_OWN_HELP = re.compile(r"\b(?:mijn|onze) (?:eigen )?(?:tolk|hulp|assistent|begeleid)\w*")
_BRINGS = re.compile(r"\b(?:neem|breng|meenemen|meebrengen)\b")
_ASKS = re.compile(r"\b(?:wil|graag|regel|regelen|geregeld|zoek|vraag|wens|aub|svp|alsjeblieft|alstublieft)\b")


def speaks_of_needs(text: str) -> bool:
    """Whether words without a label are about what somebody needs, rather than a question to who organises."""
    folded = fold(text[:MAX_WORDS])
    if "?" in text:
        return _tells_in_question(folded)
    return _names_need(folded) or _asks_for_it(folded)


def touches_needs(text: str) -> bool:
    """Whether a word of it may tell of a need or of somebody's health, whatever it asks: *Is er een gebarentolk?*"""
    folded = fold(text)
    return speaks_of_needs(text) or _names_need(folded) or bool(_OF_HEALTH.search(folded) or _HELPS.search(folded))


def _names_need(folded: str) -> bool:
    named = any(part in folded for parts in NAMED.values() for part in parts)
    return named or bool(_MEANS_NEED.search(folded) or _OWN_HEALTH.search(folded))


def _tells_in_question(folded: str) -> bool:
    """Whether somebody who asks tells of themselves too: *Ik ben blind. Is er water voor mijn geleidehond?*"""
    is_named = _names_need(folded) and bool(_OF_ONESELF.search(folded))
    return is_named or bool(_I_NEED.search(folded) and not _PRACTICAL.search(folded))


def _asks_for_it(folded: str) -> bool:
    """Whether it asks for something that only some need, or for somebody who helps: *een tolk graag*."""
    if re.search(r"\bnodig\b", folded) and not _PRACTICAL.search(folded):
        return True
    found = _HELP.search(_OWN_HELP.sub(" ", folded))
    return bool(found and not _BRINGS.search(folded) and (_ASKS.search(folded) or found[0] == folded))

"""Whether a line says plainly that somebody does not come, or may say so. Pure.

A place that is let go goes to another after an hour: so only a sentence of which each word is known cancels, in a line
that says nothing of a condition, of another way to take part, or of a need. Of any other the writer is asked.
"""

import re

from meedoen.kernel.dutch import MONTHS
from meedoen.kernel.text import fold
from meedoen.mail.replies.courtesies import COURTEOUS

_SENTENCES = re.compile(
    r"[.,;:!()–—]+|\s-\s|\b(?:want|omdat|doordat|aangezien|maar|dus|wegens|vanwege)\b", re.IGNORECASE
)
_DAYS = "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
_WHEN = re.compile(
    rf"\b(?:(?:op|van) )?(?:aanstaande |komende )?(?:(?:{_DAYS})(?: \d{{1,2}} (?:{'|'.join(MONTHS)}))?|\d{{1,2}} (?:{'|'.join(MONTHS)})|die dag)\b"
    r"|\b(?:deze|dit) keer\b|\b(?:vandaag|morgen|vanavond|vanmiddag|morgenochtend|morgenmiddag|morgenavond)\b"
)
_WHY = re.compile(r"\bdoor (?:ziekte|griep|corona|drukte|(?:persoonlijke |onvoorziene )?omstandigheden)\b")
_COMES = frozenset({"kom", "komen", "ga", "langskomen", "mee", "meedoen", "aanwezig", "zijn"})
_LEAVES = frozenset({"afmelden", "afzeggen", "annuleren"})
_WE = frozenset({"wij", "we"})
_OF_CANCELLING = (
    _COMES
    | _LEAVES
    | _WE
    | {
        "ik", "me", "mij", "naar", "mezelf", "helaas", "toch", "dus", "dan", "er", "bij", "wil", "moet", "moeten", "kan", "kunnen",
        "zal", "ga", "ben", "doe", "meld", "zeg", "af", "niet", "meer", "ook", "hierbij", "voor", "de", "het", "deze",
        "bijeenkomst", "aanmelding", "mijn", "verhinderd", "ziek", "geworden", "en", "nee",
    }
)  # fmt: skip
_POLITE = COURTEOUS | {
    "sorry", "jammer", "allen", "allemaal", "ziekte", "excuses", "tot", "volgende", "keer", "een", "andere",
}  # fmt: skip
# Why somebody does not come, where it is said in no other words: of somebody's health, so for nobody to read.
_ILLNESS = frozenset(
    {"ziek", "zieke", "ziekenhuis", "opgenomen", "opname", "operatie", "geopereerd", "dokter", "huisarts", "griep", "koorts",
     "corona", "verkouden", "behandeling", "ziekenhuisopname"}
)  # fmt: skip
_AROUND_ILLNESS = frozenset(
    {"lig", "ligt", "word", "wordt", "heb", "heeft", "is", "zit", "in", "bed", "mijn", "man", "vrouw", "moeder", "vader", "kind",
     "dochter", "zoon", "partner", "morgen", "vandaag", "met", "op", "te", "erg", "nog", "nu", "plotseling", "ineens", "heen"}
)  # fmt: skip
_TAKES_BACK = frozenset(
    {"ik", "we", "wij", "kan", "kunnen", "kom", "komen", "wil", "toch", "wel", "weer", "er", "bij", "zijn", "naar", "de", "het",
     "deze", "die", "bijeenkomst", "nu", "gelukkig", "oeps", "oh", "o", "oei", "vergissing", "vergist", "me", "mij", "foutje",
     "terug", "zet", "ga", "aanwezig", "mee", "doe", "dus", "was", "had"}
)  # fmt: skip
_CONDITIONS = frozenset(
    {"als", "indien", "mits", "tenzij", "zonder", "zolang", "wanneer", "zodra", "misschien", "wellicht", "mogelijk",
     "waarschijnlijk", "denk", "twijfel", "weet", "of", "anders", "liever", "eerder", "later", "hoef", "hoeft"}
)  # fmt: skip
_OTHER_WAYS = frozenset(
    {"online", "digitaal", "zaal", "thuis", "internet", "zoom", "teams", "binnen", "link", "telefonisch"}
)
KNOWN = (
    _OF_CANCELLING
    | _POLITE
    | _ILLNESS
    | _AROUND_ILLNESS
    | _TAKES_BACK
    | _CONDITIONS
    | _OTHER_WAYS
    | {*_DAYS.split("|"), *MONTHS}
)
MAX_BACK = 3  # words beside polite ones: *zet me terug*
# A need that is told beside it may be why: it can be arranged.
_NEEDS = re.compile(r"tolk|\blift\b|rolstoel|ringleiding|toegankelijk|drempel|ondertitel|nodig")


def cancels(line: str) -> bool:
    """Whether it plainly says that its writer does not come."""
    folded = fold(line)
    words = {*folded.split()}
    if "?" in line or words & (_CONDITIONS | _OTHER_WAYS) or _NEEDS.search(folded):
        return False
    said = [
        sentence for each in _SENTENCES.split(line) if (sentence := _sentence(each)) and not set(sentence) <= _POLITE
    ]
    return any(_is_plain(sentence, is_first=number == 0) for number, sentence in enumerate(said))


def may_cancel(line: str) -> bool:
    """Whether its words could mean that: *Ik kom niet als er geen lift is*."""
    words = {*fold(line).split()}
    is_not = "niet" in words and (
        words & _COMES or {"ben", "er", "bij"} <= words or (words & {"lukt", "lukken"} and "om" not in words)
    )
    is_off = "af" in words and words & {"meld", "melden"}
    return bool(is_not or is_off or words & (_LEAVES | {"afmeld", "afzeg", "annuleer"}))


def takes_back(line: str) -> bool:
    """Whether it plainly says that its writer comes after all: *Oeps, ik kan toch wel komen!*"""
    words = fold(line).split()
    said = set(words) - _POLITE
    if "?" in line or not said <= _TAKES_BACK:
        return False
    return ("toch" in said and bool(said & (_COMES | {"kan"}))) or ("terug" in said and len(said) <= MAX_BACK)


def says_no_more(line: str) -> bool:
    """Whether nothing stands in it that somebody has to read beside that; who is ill need not say so to more people."""
    return "?" not in line and all(_adds_nothing(set(_sentence(each))) for each in _SENTENCES.split(line))


def _adds_nothing(words: set[str]) -> bool:
    known = _OF_CANCELLING | _POLITE
    return words <= known or bool(words & _ILLNESS and words <= known | _ILLNESS | _AROUND_ILLNESS)


def is_conditional(line: str) -> bool:
    """Whether it says on what it depends that its writer comes."""
    words = {*fold(line).split()}
    return bool(words & _CONDITIONS and words & (_COMES | _LEAVES | _OTHER_WAYS | {"af"}))


def has_condition(text: str) -> bool:
    """Whether it depends on something, or is not sure."""
    return bool({*fold(text).split()} & (_CONDITIONS - {"liever"}))


def _sentence(text: str) -> list[str]:
    return _WHY.sub(" ", _WHEN.sub(" ", fold(text))).split()


def _is_plain(sentence: list[str], *, is_first: bool) -> bool:
    """Whether a sentence without commas is *ik kom niet* or *graag afmelden*, in words that we know."""
    words = set(sentence)
    if not words <= _OF_CANCELLING | _POLITE or not ("ik" in words or is_first) or sentence[0] == "dan":
        return False
    if words & _WE and not _is_all_of_us(words):
        return False
    if "niet" not in words:
        return sentence[0] not in ("kan", "moet", "zal") and bool(
            words & _LEAVES or {"meld", "af"} <= words or {"zeg", "af"} <= words or {"ik", "verhinderd"} <= words
        )
    if sentence.count("niet") > 1 or words & _LEAVES or "af" in words:
        return False
    if "bij" in words and "zijn" not in words:  # "ik kan er niet bij" is said of what is out of reach
        return False
    return bool(words & _COMES or {"ben", "er"} <= words or words & {"kan", "kunnen"})


def _is_all_of_us(words: set[str]) -> bool:
    """Whether it is *wij kunnen niet komen*: *wij komen niet* and *wij kunnen niet allemaal* may be of some of who come."""
    return {"kunnen", "niet"} <= words and not words & {"allen", "allemaal"}

"""The parts of what somebody wrote, each with one wish, and whether a *niet* turns it. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from meedoen.kernel.text import fold

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
TURNS = re.compile(
    r"\b(?:niet|geen|nooit|zonder|behalve|nee|neen|evenmin|lastig|moeilijk|moeilijker|slecht|onmogelijk|vervelend|eng)\b"
)
_HALF_TURNS = re.compile(
    r"\bniet (?:voor|na|op|tussen|altijd|elke|iedere|vandaag|morgen|meteen|direct|nu|zo vaak|te (?:vaak|lang|vroeg|laat))\b"
    r"|\b(?:weet|weten) (?:\w+ ){0,3}niet\b|\bniet zeker\b"
)
SELF = re.compile(r"\b(?:ik|me|mij|mijn)\b")
# In what ``fold`` leaves; no *niet* in it turns a way.
AT_MOST_SAID = re.compile(
    r"\b(?:(?:niet|nooit) (?:langer|vaker|meer) dan (?:1|een) (?:keer|maal)|(?:hooguit|maximaal|slechts|maar|alleen|hoogstens) (?:1|een) (?:keer|maal))\b"
)


@dataclass(frozen=True)
class Clause:
    said: str  # as ``fold`` leaves it
    raw: str
    sentence: int
    is_turned: bool
    is_half_turned: bool
    is_in_turned: bool  # another part of its sentence is turned


def clauses_in(text: str) -> Iterator[Clause]:
    whole = _ONE.sub("1", unicodedata.normalize("NFC", text))
    number = 0
    for paragraph in _PARAGRAPH.split(whole):
        for sentence in _SENTENCE.split(paragraph):
            number += 1
            raws = [each for each in map(str.strip, _CLAUSE.split(_plainer(sentence))) if fold(each)]
            said = [fold(each) for each in raws]
            turned = [bool(TURNS.search(AT_MOST_SAID.sub(" ", each))) for each in said]
            asks = sentence.rstrip().endswith("?")
            for raw, each, is_turned in zip(raws, said, turned, strict=True):
                half = bool(_HALF_TURNS.search(each)) or (is_turned and asks)
                yield Clause(" ".join(each.split()), raw, number, is_turned, half, any(turned) and not is_turned)


def _plainer(sentence: str) -> str:
    """A sentence in which a *niet* is one: *niet alleen bellen* turns nothing, and *liever online dan bellen* does."""
    said = _NOT_TURNING.sub(" ", sentence).replace(" ook wel ", " ook ")
    return _INSTEAD.sub(", niet", said, count=1) if _RATHER.search(said) or "plaats" in said else said

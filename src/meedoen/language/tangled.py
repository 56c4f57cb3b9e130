"""Tangled constructions (tangconstructies): what belongs together stands far apart, and much stands in between.

Found by the forms of words alone, so: some are missed. What is found is nearly always one.
"""

import re
from collections.abc import Sequence

from meedoen.language.plain import looks_like_participle

MIN_BETWEEN = 9  # words between the verb and its other half; fewer are held in mind well enough

# Straight after an article, these begin what should have come after the noun: "de door de raad genomen besluiten".
# After "het" and "een" only some do: "het in" may be "it in", "een van" is "one of".
_SURE = frozenset({"door", "bij", "tijdens", "krachtens", "namens", "thans", "reeds", "nader"})
_OPENERS = _SURE | {"op", "in", "met", "van", "voor", "aan", "uit", "tot", "binnen"}
_OPENERS_AFTER = {"de": _OPENERS, "deze": _OPENERS, "het": _SURE, "een": _SURE, "dit": _SURE}
_LONGEST_INSIDE = 12  # words from the article to the noun; what is longer was something else
_HALVES = frozenset({"is", "zijn", "was", "waren", "heeft", "hebben", "had", "hadden", "wordt", "worden", "werd",
                     "werden", "kan", "kunnen", "moet", "moeten", "zal", "zullen", "zou", "zouden", "dient",
                     "dienen"})  # fmt: skip
_MODAL = frozenset({"kan", "kunnen", "moet", "moeten", "zal", "zullen", "zou", "zouden", "dient", "dienen"})
_LAST_VERBS = frozenset({"worden", "zijn", "hebben", "kunnen", "blijven", "laten"})
# A new clause begins here, with verbs of its own.
_CLAUSE = re.compile(r"[,;:()–—]|\b(?:maar|want|dat|die|omdat|als|wat|waar\w*|zodat|terwijl|toen|dan)\b", re.IGNORECASE)
_RELATIVE = re.compile(r"(?:die|dat|welke|waar\w*)\b")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def tangled(sentence: str) -> str:
    """The words of ``sentence`` that are tangled, as they stand there; empty when none are found."""
    found_aside = _aside(sentence)
    if found_aside:
        return found_aside
    for clause in _CLAUSE.split(sentence):
        parts = _WORD.findall(clause)
        lower = [part.casefold() for part in parts]
        found = _stuffed(lower) or _parted(lower)
        if found:
            start, end = found
            return " ".join(parts[start:end])
    return ""


def _aside(sentence: str) -> str:
    """Who does it, a story between commas, and only then what they do: "De raad, die na lang beraad ..., heeft"."""
    pieces = [piece.split() for piece in sentence.split(",")]
    for before, inside, after in zip(pieces, pieces[1:], pieces[2:], strict=False):
        is_story = len(inside) > MIN_BETWEEN and _RELATIVE.match(inside[0])
        if before and is_story and after and after[0] in _HALVES:
            return f"{' '.join(before[-2:])}, {' '.join(inside)}, {after[0]}"
    return ""


def _stuffed(lower: Sequence[str]) -> tuple[int, int] | None:
    """An article whose noun comes only after a whole story: "de door het college te nemen besluiten"."""
    for start in range(len(lower) - 3):
        if lower[start + 1] not in _OPENERS_AFTER.get(lower[start], ()):
            continue
        for at in range(start + 2, min(start + _LONGEST_INSIDE, len(lower) - 1)):
            word = lower[at]
            if lower[at - 1] == "te" and word.endswith("n") and (at - 1 > start + 2 or lower[start + 1] == "nader"):
                return start, at + 2
            if looks_like_participle(word.removesuffix("e")) or word.endswith(("ende", "nde")):
                return start, at + 2
    return None


def _parted(lower: Sequence[str]) -> tuple[int, int] | None:
    """A verb whose other half comes only at the end: "heeft ... gegeven", "moet ... worden"."""
    start = -1  # the last verb that waits for its other half
    for at, word in enumerate(lower):
        is_last = at == len(lower) - 1 and word in _LAST_VERBS and start >= 0 and lower[start] in _MODAL
        if is_last or looks_like_participle(word):
            if start >= 0 and at - start - 1 >= MIN_BETWEEN:
                return start, at + 1
            start = -1
        elif word in _HALVES:
            start = at
    return None

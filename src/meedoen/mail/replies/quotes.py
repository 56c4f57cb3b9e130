"""Which lines were written now and which were answered: quotes, attributions, headers of what came before."""

from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from . import wording
from .lines import MIN_WRAP_WIDTH, Line, Mark

MAX_ATTRIBUTION_LINES = 5  # "Op … schreef …" over a wide name and address, wrapped at 72
FIELDS_NEAR = 8  # lines in which the fields of a header stand
MIN_FIELDS = 3  # Van, Verzonden, Onderwerp: fewer are somebody's own list


class Kind(Enum):
    """Whose a line is."""

    OWN = auto()
    QUOTED = auto()  # marked as such, line by line
    AROUND = auto()  # a program's: attribution, separator, banner
    BELOW = auto()  # under a header: answered, without a mark of its own


@dataclass
class Sorted:
    """The lines of a body, each with whose it is."""

    lines: list[Line]
    kinds: list[Kind]
    sure: bool = True
    forwarded: bool = False
    has_attribution: bool = False
    has_own: bool = False  # so far


def sort(lines: list[Line]) -> Sorted:
    """Whose each line is."""
    found = Sorted(lines, [Kind.QUOTED if line.depth else Kind.OWN for line in lines])
    at = _banner(found)
    while at < len(lines):
        at = _next(found, at)
    return found


def _next(found: Sorted, at: int) -> int:
    """Judge the line at ``at``; tells at which to go on."""
    lines, line = found.lines, found.lines[at]
    if line.mark is Mark.HIDDEN:
        found.kinds[at] = Kind.AROUND
        return at + 1
    if line.mark is Mark.HEADER:
        return _all_below(found, at)
    if wording.GROUPWISE.match(line.raw[: wording.MAX_LINE_LOOKED_AT]):
        found.has_attribution = True
        return _all_below(found, at)
    if line.depth or line.is_blank:
        return at + 1
    text = _looked_at(line)
    if line.mark is Mark.ATTRIBUTION:
        found.kinds[at] = Kind.AROUND
        found.has_attribution = True
        return at + 1
    if wording.SEPARATOR.search(text):
        found.has_attribution = True
        return _around(found, at, at + 1)
    if wording.FORWARDED.search(text):
        found.forwarded = True
        return _all_below(found, at)
    if _is_header(lines, at) or (
        wording.RULE.match(text) and (near := _after_blanks(lines, at + 1)) < len(lines) and _is_header(lines, near)
    ):
        found.sure = found.sure and _names_somebody(lines[at : at + 2 * FIELDS_NEAR])
        return _all_below(found, at)
    if length := _attribution(lines, at):
        if not _marked_below(lines, at + length) and not any("@" in each.text for each in lines[at : at + length]):
            found.sure = False  # no address, and nothing marks what follows: it may be how somebody tells a story
            if not found.has_own:
                return at + length
        found.has_attribution = True
        return _around(found, at, at + length)
    found.has_own = True
    return at + 1


def _around(found: Sorted, at: int, end: int) -> int:
    """Lines that tell of what comes. If that is not marked line by line, all of it was answered."""
    if _marked_below(found.lines, end):
        for place in range(at, end):
            found.kinds[place] = Kind.AROUND
        return end
    return _all_below(found, at)


def _marked_below(lines: list[Line], at: int) -> bool:
    below = _after_blanks(lines, at)
    return below < len(lines) and lines[below].depth > 0


def _all_below(found: Sorted, at: int) -> int:
    for place in range(at, len(found.lines)):
        found.kinds[place] = Kind.BELOW
    return len(found.lines)


def _banner(found: Sorted) -> int:
    """Warnings that a gateway put above a mail. Tells where the mail itself begins."""
    at = _after_blanks(found.lines, 0)
    while at < len(found.lines) and wording.BANNER.search(_looked_at(found.lines[at])) and not found.lines[at].depth:
        end = at + 1
        while end < min(len(found.lines), at + FIELDS_NEAR) and _goes_on(found.lines[end - 1], found.lines[end]):
            end += 1
        for place in range(at, end):
            found.kinds[place] = Kind.AROUND
        at = _after_blanks(found.lines, end)
    return at


def _goes_on(line: Line, following: Line) -> bool:
    """Whether a warning was wrapped, and goes on in the next line."""
    return not following.is_blank and len(line.text) >= MIN_WRAP_WIDTH - 15 and line.text[-1:] not in ".!?])>*"


def _is_header(lines: list[Line], at: int) -> bool:
    """Whether the header of an answered mail begins here: Van, Verzonden, Aan, Onderwerp, in any order."""
    if not wording.FIELD.match(_looked_at(lines[at])):
        return False
    near = [line for line in lines[at : at + 2 * FIELDS_NEAR] if not line.is_blank][:FIELDS_NEAR]
    return len(_names(near[:MIN_FIELDS])) > 1 and len(_names(near)) >= MIN_FIELDS


def _names_somebody(lines: list[Line]) -> bool:
    """Whether a header names an address or a moment. Else it may be a form that somebody made."""
    return any("@" in line.text or wording.MOMENT.search(_looked_at(line)) for line in lines)


def _names(lines: list[Line]) -> set[str]:
    return {found["name"].lower() for line in lines if (found := wording.FIELD.match(_looked_at(line)))}


def _attribution(lines: list[Line], at: int) -> int:
    """Over how many lines an attribution goes that begins here; 0 for none."""
    text = _looked_at(lines[at])
    if wording.ATTRIBUTION.search(text):
        return 1
    if _marked_below(lines, at + 1) and wording.ABOVE_QUOTE.search(text):
        return 1
    if not wording.BEGINS_ATTRIBUTION.search(text):
        return 0
    whole = text
    for count, line in enumerate(lines[at + 1 : at + MAX_ATTRIBUTION_LINES], start=2):
        if line.is_blank or line.depth:
            return 0
        whole = f"{whole} {_looked_at(line)}"
        if whole.endswith(":") and wording.ATTRIBUTION.search(whole):
            return count
    return 0


def _after_blanks(lines: list[Line], at: int) -> int:
    while at < len(lines) and lines[at].is_blank:
        at += 1
    return at


def _looked_at(line: Line) -> str:
    return line.text[: wording.MAX_LINE_LOOKED_AT]


def turns(kinds: list[Kind], lines: list[Line]) -> int:
    """How many times own words follow a quote: 0 above it, 1 below it, more between the lines."""
    whose = [
        kind for kind, line in zip(kinds, lines, strict=True) if not line.is_blank and kind in (Kind.OWN, Kind.QUOTED)
    ]
    return sum(before is Kind.QUOTED and after is Kind.OWN for before, after in pairwise(whose))

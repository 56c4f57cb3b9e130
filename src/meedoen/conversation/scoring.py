"""How much a text looks like a robot's advertising: points with their reasons, simple enough to explain to its writer."""

import re
from dataclasses import dataclass

HOLD_FROM = 4  # points: the team looks first, whoever wrote it
DROP_FROM = 8  # points: not kept; the writer is told how to go on
TRAP_POINTS = 8  # people cannot see the field; a program that fills in everything does
LINK_POINTS = 2  # for each link after the third: people give two or three sources
FREE_LINKS = 3
FOREIGN_MARKUP_POINTS = 4  # [url=…] and <a href=…> are the marks of other systems, pasted by programs
REPEATED_POINTS = 4  # the same line three times or more

_LINK = re.compile(r"https?://", re.IGNORECASE)
_FOREIGN_MARKUP = re.compile(r"\[url[=\]]|<a\s+href", re.IGNORECASE)


@dataclass(frozen=True)
class Score:
    """The points of a text, and what each is for."""

    reasons: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        return sum(points for _reason, points in self.reasons)


def score(text: str, *, trap_filled: bool) -> Score:
    """The points of ``text``; none for nearly everybody."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    most_said = max((lines.count(line) for line in set(lines)), default=0)
    found = (
        ("hidden field", TRAP_POINTS if trap_filled else 0),
        ("links", LINK_POINTS * max(0, len(_LINK.findall(text)) - FREE_LINKS)),
        ("foreign markup", FOREIGN_MARKUP_POINTS * len(_FOREIGN_MARKUP.findall(text))),
        ("repeated", REPEATED_POINTS if most_said >= 3 else 0),
    )
    return Score(tuple((reason, points) for reason, points in found if points))

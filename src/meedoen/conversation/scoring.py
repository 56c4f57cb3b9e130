"""How much a text looks like a robot's advertising: points with their reasons, simple enough to explain to its writer."""

import re
from dataclasses import dataclass

HOLD_FROM = 4  # points: the team looks first, whoever wrote it
DROP_FROM = 8  # points: not kept; the writer is told how to go on
TRAP_POINTS = 8  # people cannot see the field; a program that fills in everything does
LINK_POINTS = 2  # for each link after the fifth: people give a few sources
FREE_LINKS = 5
FOREIGN_MARKUP_POINTS = 4  # [url=…] and <a href=…> are the marks of other systems, pasted by programs
REPEATED_POINTS = 4  # the same long line three times or more
LONG_LINE = 20  # characters; shorter ones people say three times too
SALES_POINTS = 4  # words of sellers beside a link
MIXED_POINTS = 4  # letters of two scripts within one word, which fools filters and nobody else
COPIED_POINTS = 4  # the same long text from several networks within a day
COPIES = 3  # networks
LONG_TEXT = 40  # characters; "Mooi!" is said by many

_LINK = re.compile(r"https?://", re.IGNORECASE)
_FOREIGN_MARKUP = re.compile(r"\[url=?[^\]]*\].*?\[/url\]|<a\s+href\s*=", re.IGNORECASE | re.DOTALL)
_SALES = re.compile(
    r"\b(?:casino|viagra|cialis|crypto|bitcoin|forex|backlinks?|seo|betting|porn\w*|xxx|escorts?|replica|payday|nft)\b"
    r"|(?:buy|cheap|best) (?:online|price|now|deals?)|goedkope? (?:lening|merk)|snel geld",
    re.IGNORECASE,
)
_MIXED = re.compile(r"[a-z][\u0400-\u04ff]|[\u0400-\u04ff][a-z]", re.IGNORECASE)


@dataclass(frozen=True)
class Score:
    """The points of a text, and what each is for."""

    reasons: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        return sum(points for _reason, points in self.reasons)


def score(text: str, *, trap_filled: bool, copies: int = 1) -> Score:
    """The points of ``text``, which so many networks sent today; none for nearly everybody."""
    lines = [line.strip() for line in text.splitlines() if len(line.strip()) >= LONG_LINE]
    links = len(_LINK.findall(text))
    most_said = max((lines.count(line) for line in set(lines)), default=0)
    found = (
        ("hidden field", TRAP_POINTS if trap_filled else 0),
        ("links", LINK_POINTS * max(0, links - FREE_LINKS)),
        ("foreign markup", FOREIGN_MARKUP_POINTS * len(_FOREIGN_MARKUP.findall(text))),
        ("repeated", REPEATED_POINTS if most_said >= 3 else 0),
        ("sales", SALES_POINTS if links and _SALES.search(text) else 0),
        ("mixed scripts", MIXED_POINTS if _MIXED.search(text) else 0),
        ("copied", COPIED_POINTS if copies >= COPIES and len(text) >= LONG_TEXT else 0),
    )
    return Score(tuple((reason, points) for reason, points in found if points))

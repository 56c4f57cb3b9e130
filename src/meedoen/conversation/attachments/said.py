"""What somebody says by mail about the pictures that they sent: ``foto: …``, or ``foto 2: …`` where there are more;
or *op de foto staat …*. Pure."""

import re
from dataclasses import dataclass

from meedoen.kernel.text import fold

from .rules import Described

_PICTURE = re.compile(
    r"^\W*(?:de\s+)?(?:foto|beeld|plaatje|afbeelding)\s*(?P<digits>\d{1,2})?\s*[:–-]\s*(?P<words>.*)$", re.IGNORECASE
)
# *Op de foto staat een oprit* says it too.
_SEEN = re.compile(
    r"^\W*op\s+(?:de|mijn|deze|het|dit)\s+(?:foto|beeld|plaatje|afbeelding)\s*(?P<digits>\d{1,2})?\s+(?:staat|staan|zie\s+je|ziet\s+u)\b[ :]*(?P<words>\S.*)$",
    re.IGNORECASE,
)
_DECORATIVE = frozenset({"versiering", "alleen versiering", "is alleen versiering", "is versiering"})
_ASKED = frozenset({"weet ik niet", "ik weet het niet", "weet niet", "kan ik niet zeggen", "iemand anders", "iemand anders mag het zeggen"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """What is said about one picture, by its place among those that came."""

    place: int
    described: Described
    description: str


def pictures_in(text: str) -> list[Said]:
    """What a mail says of pictures; nothing for a mail about anything else. What stands below goes on about it."""
    found: list[tuple[int, list[str]]] = []
    for line in text.splitlines():
        if begins := _PICTURE.match(line) or _SEEN.match(line):
            found.append((int(begins["digits"] or len(found) + 1), [begins["words"]]))
        elif found:
            found[-1][1].append(line)
    return [_said(place, " ".join(" ".join(words).split())) for place, words in found]


def _said(place: int, words: str) -> Said:
    told = fold(words)
    if told in _DECORATIVE:
        return Said(place, Described.DECORATIVE, "")
    return Said(place, Described.ASKED, "") if told in _ASKED else Said(place, Described.WRITTEN, words)

"""What kinds of facts there are, and what becomes of one when its source says something else. Pure."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MAX_STATEMENT = 300  # characters: two sentences
MAX_WHY = 500
MAX_TITLE = 90  # characters of a title inside a sentence
KEEP_GONE = datetime.timedelta(days=365)  # that one was withdrawn, after its source fell silent


class Kind(StrEnum):
    """What a fact says; the values stand in addresses and in what is stored."""

    AGENDA = "agenda"  # has an agenda, or makes one
    PRACTICE = "voorbeeld"  # shares a practice example
    REUSE = "gebruik"  # uses what another made
    ANSWER = "antwoord"  # somebody of it gave an answer that helped


class For(StrEnum):
    """For whom somebody contests a fact."""

    CONTACT = "contact"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Told:
    """One fact as its source tells it. ``theme`` is None where it is about none; ``since`` a date as far as it is known.

    ``statement`` is a whole sentence; ``url`` where it stands on this site, ``title`` what that page is called.
    """

    municipality: int
    kind: Kind
    theme: str | None
    statement: str
    url: str
    title: str
    since: str = ""

    @property
    def key(self) -> tuple[int, str, str]:
        """What makes it one of its source: of whom, what, about what."""
        return self.municipality, self.kind.value, self.theme or ""


def shortened(title: str) -> str:
    """A title as it stands inside a sentence: cut off between words where it is long, without a full stop."""
    title = title.strip().removesuffix(".")
    if len(title) <= MAX_TITLE:
        return title
    return f"{title[: MAX_TITLE - 1].rsplit(' ', 1)[0]}…"


def about_each(themes: Iterable[str]) -> list[str | None]:
    """The themes that a source tells of, each a fact of its own; one fact about none where it names none."""
    return list(themes) or [None]


def source_of(prefix: str, number: int) -> str:
    """``article-12``: what a fact is known by where it came from."""
    return f"{prefix}-{number}"

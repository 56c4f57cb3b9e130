"""The themes and the articles of the Convention as they ship with the package, read once; no database."""

import json
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class ThemeRecord:
    """A theme as it stands in ``data/themes.json``; its place in the file is its place in every list."""

    id: str
    kind: str
    label: str
    short: str


def read_themes() -> tuple[ThemeRecord, ...]:
    """The themes in their order."""
    return tuple(ThemeRecord(**record) for record in json.loads((DATA / "themes.json").read_text(encoding="utf-8")))


THEMES = read_themes()


@dataclass(frozen=True, slots=True)
class ConventionRecord:
    """An article of the UN Convention as it stands in ``data/convention.json``.

    ``relevance`` is our own judgement: 3 where municipalities do most of the work, 2 where they do some, 1 where they
    do little. ``is_seen`` tells whether the title was read in a source, or comes from general knowledge.
    """

    number: int
    title: str
    is_seen: bool
    sentence: str
    relevance: int
    themes: tuple[str, ...]


def read_convention() -> tuple[ConventionRecord, ...]:
    """The articles by their numbers."""
    records = json.loads((DATA / "convention.json").read_text(encoding="utf-8"))
    return tuple(ConventionRecord(**{**record, "themes": tuple(record["themes"])}) for record in records)


CONVENTION = read_convention()

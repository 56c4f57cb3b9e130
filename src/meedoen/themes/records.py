"""The themes as they ship with the package, read once; no database."""

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

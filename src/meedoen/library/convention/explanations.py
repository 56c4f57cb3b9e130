"""The explanations as files: a few lines of facts, then what an article says and what it means for a municipality.

Each is there twice: in plain Dutch, and in easy language. They ship with the package and are no rows: what a treaty
says does not change, and a network that wants other words changes a file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

EXPLANATIONS = Path(__file__).parent.parent / "data" / "convention"
PARTS = ("\n--- gemeente ---\n", "\n--- makkelijk ---\n", "\n--- makkelijk, gemeente ---\n")


@dataclass(frozen=True, slots=True)
class Explanation:
    """An article explained; the four longest texts are Markdown.

    ``question`` is one that a resident may ask. ``theme`` is where it belongs in the forum; empty when the first theme
    of the article, if any, is right. ``sources`` are (words, address), beside the Convention itself.
    """

    number: int
    question: str
    easy_title: str
    says: str
    municipality: str
    easy_says: str
    easy_municipality: str
    theme: str = ""
    sources: tuple[tuple[str, str], ...] = ()


@cache
def explanations() -> Mapping[int, Explanation]:
    """All of them by number; the files are read once."""
    return {found.number: found for found in map(read_explanation, sorted(EXPLANATIONS.glob("*.md")))}


def read_explanation(path: Path) -> Explanation:
    """The explanation in ``path``, whose name is its number. Raises ``ValueError`` with what is wrong in it."""
    head, _, rest = path.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
    facts: dict[str, str] = {}
    sources: list[tuple[str, str]] = []
    for line in head.splitlines():
        name, _, value = (part.strip() for part in line.partition(":"))
        if name == "source":
            words, _, url = (part.strip() for part in value.partition(" | "))
            sources.append((words, url))
        elif name in ("ask", "easy", "forum") and name not in facts:
            facts[name] = value
        else:
            raise ValueError(f"{path.name}: unknown or double line {line!r}")
    says, municipality, easy_says, easy_municipality = _parts(path.name, rest)
    for name in ("ask", "easy"):
        if not facts.get(name):
            raise ValueError(f"{path.name}: the line {name!r} is missing")
    return Explanation(
        number=int(path.stem),
        question=facts["ask"],
        easy_title=facts["easy"],
        says=says,
        municipality=municipality,
        easy_says=easy_says,
        easy_municipality=easy_municipality,
        theme=facts.get("forum", ""),
        sources=tuple(sources),
    )


def _parts(name: str, text: str) -> list[str]:
    parts = []
    for mark in PARTS:
        part, _, text = text.partition(mark)
        parts.append(part.strip())
    parts.append(text.strip())
    if not all(parts):
        raise ValueError(f"{name}: a part is missing or empty")
    return parts

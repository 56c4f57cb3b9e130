"""The starting news as files: a few lines of facts, a text, and often the same in easy language."""

import datetime
from dataclasses import dataclass, field
from pathlib import Path

from meedoen.kernel.identifiers import content_mark

from .rules import first_day

NEWS = Path(__file__).parent / "data" / "news"
EASY_PART = "\n--- makkelijk ---\n"
ONCE = {"title", "summary", "happened", "written", "themes", "municipalities", "example", "easy_title", "easy_summary"}


@dataclass(frozen=True, slots=True)
class StartingArticle:
    """An article as its file says it; the fields are those of ``models.Article``."""

    slug: str
    title: str
    summary: str
    body: str
    written_on: datetime.date
    easy_title: str = ""
    easy_summary: str = ""
    easy_body: str = ""
    happened: str = ""
    is_example: bool = False
    themes: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    sources: tuple[tuple[str, str], ...] = field(default=())

    @property
    def dated_on(self) -> datetime.date:
        """A look-back stands under what it tells about, anything else under the day it was written."""
        return first_day(self.happened) if self.happened else self.written_on


def starting_files() -> list[Path]:
    """The files, the oldest name first."""
    return sorted(NEWS.glob("*.md"))


def mark_of(path: Path) -> str:
    """What changes when the file does."""
    return content_mark(path.read_bytes())


def read_article(path: Path) -> StartingArticle:
    """The article in ``path``; its name is its address. Raises ``ValueError`` with what is wrong in it."""
    head, _, text = path.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
    body, _, easy_body = text.partition(EASY_PART)
    facts: dict[str, str] = {}
    sources: list[tuple[str, str]] = []
    for line in head.splitlines():
        name, _, value = (part.strip() for part in line.partition(":"))
        if name == "source":
            words, _, url = (part.strip() for part in value.partition(" | "))
            sources.append((words, url))
        elif name in ONCE and name not in facts:
            facts[name] = value
        else:
            raise ValueError(f"{path.name}: unknown or double line {line!r}")
    try:
        return StartingArticle(
            slug=path.stem,
            title=facts["title"],
            summary=facts["summary"],
            body=body.strip(),
            written_on=datetime.date.fromisoformat(facts["written"]),
            easy_title=facts.get("easy_title", ""),
            easy_summary=facts.get("easy_summary", ""),
            easy_body=easy_body.strip(),
            happened=facts.get("happened", ""),
            is_example=facts.get("example") == "yes",
            themes=_names(facts.get("themes", "")),
            municipalities=_names(facts.get("municipalities", "")),
            sources=tuple(sources),
        )
    except KeyError as missing:
        raise ValueError(f"{path.name}: the line {missing} is missing") from None


def _names(value: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in value.split(",") if name.strip())

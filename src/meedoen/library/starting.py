"""The starting content as files: a few lines of facts, a text in parts, and often the same in easy language."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from meedoen.kernel.identifiers import content_mark

from .rules import Kind, first_day

DATA = Path(__file__).parent / "data"
FOLDERS = {"news": Kind.NEWS, "guides": Kind.GUIDE, "practices": Kind.PRACTICE, "tools": Kind.TOOL}
PART = re.compile(r"^--- (.+) ---$", re.MULTILINE)
EASY = "makkelijk"
PROPOSAL = "raadsvoorstel"
# The fixed questions of a practice, by the name of their part in a file.
ANSWERS = {
    "met wie": "with_whom",
    "inwoners": "residents",
    "kosten": "cost",
    "resultaat": "result",
    "let op": "pitfalls",
}
ONCE = {
    "title", "summary", "happened", "written", "themes", "municipalities", "example", "easy_title", "easy_summary",
    "convention", "checked", "check_by", "owner", "contact", "url", "publisher", "year",
}  # fmt: skip


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
    kind: Kind = Kind.NEWS
    convention: tuple[int, ...] = ()
    checked_on: datetime.date | None = None
    check_by: datetime.date | None = None
    owner: str = ""
    contact: str = ""
    url: str = ""
    publisher: str = ""
    year: int | None = None
    proposal: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def dated_on(self) -> datetime.date:
        """A look-back stands under what it tells about, anything else under the day it was written."""
        return first_day(self.happened) if self.happened else self.written_on


def starting_files() -> list[Path]:
    """The files, kind by kind, the first name first."""
    return [path for folder in FOLDERS for path in sorted((DATA / folder).glob("*.md"))]


def mark_of(path: Path) -> str:
    """What changes when the file does."""
    return content_mark(path.read_bytes())


def read_article(path: Path) -> StartingArticle:
    """The article in ``path``; its name is its address. Raises ``ValueError`` with what is wrong in it."""
    head, _, text = path.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
    body, *rest = PART.split(text)
    parts = {name: words.strip() for name, words in zip(rest[::2], rest[1::2], strict=True)}
    if unknown := set(parts) - {EASY, PROPOSAL, *ANSWERS}:
        raise ValueError(f"{path.name}: unknown part {', '.join(sorted(unknown))}")
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
            easy_body=parts.get(EASY, ""),
            happened=facts.get("happened", ""),
            is_example=facts.get("example") == "yes",
            themes=_names(facts.get("themes", "")),
            municipalities=_names(facts.get("municipalities", "")),
            sources=tuple(sources),
            kind=FOLDERS[path.parent.name],
            convention=tuple(int(number) for number in _names(facts.get("convention", ""))),
            checked_on=_day(facts.get("checked", "")),
            check_by=_day(facts.get("check_by", "")),
            owner=facts.get("owner", ""),
            contact=facts.get("contact", ""),
            url=facts.get("url", ""),
            publisher=facts.get("publisher", ""),
            year=int(facts["year"]) if facts.get("year") else None,
            proposal=parts.get(PROPOSAL, ""),
            answers={field: parts[name] for name, field in ANSWERS.items() if name in parts},
        )
    except KeyError as missing:
        raise ValueError(f"{path.name}: the line {missing} is missing") from None


def _names(value: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in value.split(",") if name.strip())


def _day(value: str) -> datetime.date | None:
    return datetime.date.fromisoformat(value) if value else None

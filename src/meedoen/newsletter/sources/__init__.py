"""What a letter tells: a file for each kind of thing that happens, in the order in which they stand in it."""

from collections.abc import Iterator

from . import agendas, celebrations, knowledge, meetings, news, questions
from .telling import Source as Source
from .telling import Told as Told

SOURCES: tuple[Source, ...] = (
    news.SOURCE,
    meetings.SOURCE,
    questions.WAITING,
    questions.HELPED,
    knowledge.SOURCE,
    celebrations.SOURCE,
    agendas.SOURCE,
)
_named = {source.name: source for source in SOURCES}


def named(name: str) -> Source | None:
    """The source of that name; None where there is none any more."""
    return _named.get(name)


def areas() -> Iterator[str]:
    """The areas of pages of which the words of a letter come."""
    return (source.area for source in SOURCES)

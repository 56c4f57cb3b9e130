"""The register of what can be found; features put in their sources at start-up, in ``AppConfig.ready``."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

from meedoen.kernel.identifiers import number_in

from .documents import Document


@dataclass(frozen=True, slots=True)
class Through:
    """A table whose rows lead from what changed to documents: ``by`` is the column in which stands what the change is
    known by, ``key`` the one with the key of a document. ``where`` is a condition on the row, as that of a ``Watch``.
    With ``then`` the rows of a next table are known by ``key``, and lead on: from an article to its thread, and from
    that to what was said there.
    """

    model: Callable[[], type[Model]]
    by: str
    key: str = "id"
    where: str = ""
    then: "Through | None" = None

    def steps(self) -> "Iterator[Through]":
        """Itself, and all that it leads on through."""
        step: Through | None = self
        while step:
            yield step
            step = step.then

    def leading_to(self, further: "Through") -> "Through":
        """The same, which at its end leads on through ``further``."""
        return replace(self, then=self.then.leading_to(further) if self.then else further)


@dataclass(frozen=True, slots=True)
class Watch:
    """A table of which a row that comes, goes or changes changes a document.

    ``key`` is the column in which the key of that document stands. ``columns`` are those of which a change counts; none
    named: all. ``where`` is a condition on the row in SQL that every database knows, with ``{row}`` where the row's name
    comes, such as ``{row}.kind = 'topic'``. With ``through`` the key is that of a row of another table, and all
    documents that it leads to change: a topic that gets another title changes each contribution to it.
    """

    model: Callable[[], type[Model]]
    key: str = "id"
    columns: tuple[str, ...] = ()
    where: str = ""
    through: Through | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of thing that can be found.

    ``documents(keys)`` gives those of ``keys`` that are public now, in any order. ``public(keys)`` tells which of them
    are, as cheaply as it can: it is asked for each page of results, so that what was hidden or erased is gone at once.
    ``keys()`` runs through all that is public, for the index to be made anew. ``areas`` are the areas of pages that
    change with it (``pages.changed``). ``arrived(since)`` gives the keys of what everybody may read and could not before
    ``since``; of a source from which time alone brings things to readers. What ``ships`` says, wholly or in part, what
    comes with the software, and is read anew at each start.
    """

    kind: str
    one: str | Promise  # how people call one of them: "Handreiking"
    many: str | Promise  # and several: "Handreikingen"
    documents: Callable[[Sequence[str]], Iterable[Document]]
    public: Callable[[Sequence[str]], Iterable[str]]
    keys: Callable[[], Iterator[str]]
    areas: tuple[str, ...]
    watches: tuple[Watch, ...] = ()
    prior: float = 1.0  # beside other kinds that fit as well
    arrived: Callable[[datetime.datetime], Iterable[str]] | None = None
    ships: bool = False


_sources: dict[str, Source] = {}
_more: dict[str, tuple[Watch, ...]] = {}


def register(source: Source) -> None:
    """Put in a source; at start-up. Two of one kind are a mistake of ours."""
    known = _sources.get(source.kind)
    if known is not None and known is not source:
        raise ValueError(f"two sources for search are called {source.kind}")
    _sources[source.kind] = source


def also_watch(kind: str, *watches: Watch) -> None:
    """Let a source hear of other tables too: what a feature upstairs tells of its documents; at start-up."""
    _more[kind] = (*_more.get(kind, ()), *watches)


def watches_of(source: Source) -> tuple[Watch, ...]:
    """All tables that change documents of a source."""
    return (*source.watches, *_more.get(source.kind, ()))


def source(kind: str) -> Source:
    """The source of a kind; ``KeyError`` when nobody knows it."""
    return _sources[kind]


def sources() -> tuple[Source, ...]:
    """All sources, in the order in which they were put in."""
    return tuple(_sources.values())


def areas() -> tuple[str, ...]:
    """The areas of pages that change with what can be found."""
    return tuple(sorted({area for each in _sources.values() for area in each.areas}))


def numbers(keys: Iterable[str]) -> list[int]:
    """Keys as the numbers of rows; what is none is left out."""
    return [number for key in keys if (number := number_in(key))]


def in_order(rows: Any) -> Iterator[str]:
    """The keys of all rows of a queryset, some hundreds at a time, for ``Source.keys``."""
    last = None
    while True:
        part = rows.order_by("pk") if last is None else rows.order_by("pk").filter(pk__gt=last)
        keys = list(part.values_list("pk", flat=True)[:500])
        yield from map(str, keys)
        if len(keys) < 500:
            return
        last = keys[-1]

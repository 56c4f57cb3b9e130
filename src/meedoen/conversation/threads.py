"""The kinds of threads whose feature keeps count of them; features put theirs in at start-up.

What a thread is about, only its own feature knows. It hears here, in the same transaction, that something in it changed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast

from meedoen.people.models import Person

from .models import Contribution, Thread

Changed = Callable[[Contribution, datetime], None]


@dataclass(frozen=True, slots=True)
class About:
    """By what search narrows what was said about a thing: its themes by their ids, its municipalities by their slugs."""

    themes: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Help:
    """What who asked says of answers: that one helped, or (not ``is_so``) that it did not after all.

    ``numbers`` are the messages that it can be about; of none of them, of all. ``is_named``: they said the number.
    """

    is_so: bool
    numbers: Sequence[int] = ()
    is_named: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of thread.

    ``changed`` is called after each change of a contribution; ``added`` in its place when that is new and stands at
    the end at once, which is the most usual and changes the least. ``has_opening``: the first contribution is what all
    others speak about, and no talk among others. ``ways`` are places that the writer of a contribution is shown on
    their own page of it. ``stands``: whether the thing can be read, and with it what was said about it; ``standing`` is its
    twin in SQL, a condition on contributions. What has none is not found by search. ``about`` tells of the things of
    many threads, by the keys of these; a fixed number of queries. What changes either is told to search
    (``searching.below``). ``helped`` notes what this person,
    who mailed it, says of the newest answer among those that they can mean, and gives that answer; None where they asked
    nothing here, or there is none.
    """

    name: str
    changed: Changed = lambda contribution, now: None
    added: Changed | None = None
    has_opening: bool = False
    ways: Callable[[Contribution], list[tuple[str, str]]] = lambda contribution: []
    stands: Callable[[Thread], bool] = lambda thread: True
    standing: Callable[[], Exists] | None = None
    about: Callable[[Sequence[str]], Mapping[str, About]] = lambda keys: {}
    helped: Callable[[Thread, Person, Help, datetime], Contribution | None] = lambda thread, person, said, now: None


_kinds: dict[str, Kind] = {}
_USUAL = Kind("")


def register(kind: Kind) -> None:
    """Make a kind known; at start-up. Two of one name are a mistake of ours."""
    if _kinds.get(kind.name, kind) != kind:
        raise ValueError(f"two features have threads called {kind.name}")
    _kinds[kind.name] = kind


def among(things: QuerySet[Any]) -> Exists:
    """A condition on contributions: the thing of their thread, whose key is its number, is one of ``things``."""
    keyed = things.order_by().annotate(thread_key=Cast("pk", CharField()))
    return Exists(keyed.filter(thread_key=OuterRef("thread__key")))


def kinds() -> Iterable[Kind]:
    """All that were made known."""
    return _kinds.values()


def kind_of(thread: Thread) -> Kind:
    """The kind of a thread; the usual one where its feature said nothing."""
    return _kinds.get(thread.kind, _USUAL)


def is_opening(contribution: Contribution) -> bool:
    """Whether all others in its thread speak about this one."""
    return contribution.number == 1 and kind_of(contribution.thread).has_opening


def stands(thread: Thread) -> bool:
    """Whether what was said in a thread can be read at all, whatever each contribution's state is."""
    return kind_of(thread).stands(thread)


def tell(contribution: Contribution, now: datetime, *, is_new: bool = False) -> None:
    """Tell the feature of this thread; ``is_new``: it was written this moment, and is no change of what was there."""
    kind = kind_of(contribution.thread)
    if is_new and kind.added and contribution.number is not None:
        kind.added(contribution, now)
    else:
        kind.changed(contribution, now)

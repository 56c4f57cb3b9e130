"""What each database does for the index: keep terms by document, and find documents by terms. The rest is ours, and the same.

An engine finds the same documents in every database; which of them fit best, ``scoring`` says.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from django.db import connection
from django.db.models import Q

from . import postgresql, sqlite
from .terms import Asked, Kept


class Engine(Protocol):
    """What is asked of a database; all of it within the transaction of who asks."""

    def put(self, kept: Sequence[tuple[int, Kept]]) -> None:
        """Keep the terms of documents, by the ids of their entries; what stood there goes."""

    def find(
        self, asked: Asked, *, most: int, only_titles: bool = False, where: str = "", values: Sequence[Any] = ()
    ) -> list[int]:
        """Ids of at most so many entries, the last put in first. ``where`` is a condition on entries, called ``e``."""

    def alone(self, *, wait: bool = False) -> AbstractContextManager[bool]:
        """Keep others from writing the index meanwhile; False where somebody else does and ``wait`` is not asked."""

    def begins(self, word: str) -> Q:
        """Words that begin so, by an index."""

    def counts(self) -> Iterator[tuple[str, int]]:
        """Each term, and in how many documents it stands."""


def engine() -> Engine:
    """That of the database in use."""
    made: dict[str, Callable[[], Engine]] = {"sqlite": sqlite.Engine, "postgresql": postgresql.Engine}
    return made[connection.vendor]()


__all__ = ["Asked", "Engine", "Kept", "engine"]

"""Terms as they go into an index and are asked of it. Pure; the same for each database."""

from collections.abc import Sequence
from dataclasses import dataclass

LABEL = ":"  # no term begins with it
# One way to say what is looked for: all of these terms, wherever they stand.
Way = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """The terms of a document: the stems of all words in their order, of the title and of the rest; and what else each says.

    ``more`` are pairs of the place of a word in that order and a term. ``labels`` tell what the document is (``label``).
    """

    title: Sequence[str]
    rest: Sequence[str]
    title_more: Sequence[tuple[int, str]]
    more: Sequence[tuple[int, str]]
    labels: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a document has to have: of each of ``all_of`` one way, each of the ``phrases`` in its order, none of ``none_of``.

    ``choices`` tell which of ``all_of`` together are enough; the phrases are all needed. Of each of the ``labels`` it has one.
    """

    all_of: tuple[tuple[Way, ...], ...]
    phrases: tuple[Way, ...] = ()
    none_of: tuple[tuple[Way, ...], ...] = ()
    choices: tuple[tuple[int, ...], ...] = ()  # by their places; none named: all of them
    labels: tuple[tuple[str, ...], ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.all_of and not self.phrases


def label(name: str, value: object) -> str:
    """What a document is, as a term that no word can be: of a kind, a theme, a year. Narrowing is then asked of the index."""
    return f"{LABEL}{name}{LABEL}{value}"


def encoded(term: str) -> str:
    """A term as one word of an index: without spaces, at most so long."""
    return term.replace(" ", "_")[:120]

"""The judged queries: reading them, what they have to be, and when two addresses are the same thing.

Nothing here knows the search. The files are made by people: ``README.md`` tells how, and ``held_out.toml`` is never
tuned on.
"""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from pathlib import Path

FOLDER = Path(__file__).parent
HELD_OUT_OF_TEN = 3  # three in ten: enough to notice that something was fitted to the other seven
_NUMBER_OF_A_TOPIC = re.compile(r"^(/forum/[^/]+/)\d+-")


class Grade(IntEnum):
    """How well a result serves the need."""

    NOTHING = 0
    TOUCHES = 1  # the subject comes up
    HELPS = 2  # one gets on with it
    EXACTLY = 3  # this is what was looked for


class Kind(StrEnum):
    """How people put it."""

    OFFICER = "officer"  # the words of somebody who works for a municipality
    EVERYDAY = "everyday"  # the words of somebody who does not
    SYNONYM = "synonym"  # other words than the texts use
    SINGLE = "single"  # one word
    COMPOUND = "compound"  # a compound, or a part of one
    SHORT = "short"  # an abbreviation
    TYPO = "typo"  # misspelt
    PLACE = "place"  # a municipality, mostly with a subject
    SENTENCE = "sentence"  # a question as one would ask it
    UNFINISHED = "unfinished"  # a word that is still being typed
    ENGLISH = "english"
    PHRASE = "phrase"  # in quotes
    MINUS = "minus"  # with a word that must not be there
    KNOWN = "known"  # something of which one knows the name
    NOTHING = "nothing"  # what we do not have: nothing is the right answer


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody types, why, and what would help: the grade of each thing by its address, nothing else counts."""

    text: str
    need: str
    kind: Kind | None  # none for the thirty of ``lived.toml``
    grades: Mapping[str, Grade]

    @property
    def wanted(self) -> Grade:
        """From which grade on a result is a success: what helps, or the best there is."""
        return min(Grade.HELPS, max(self.grades.values()))


class NotWellFormed(ValueError):
    """A file of queries says something that cannot be; the text tells where and what."""


def tuned() -> list[Query]:
    """Those on which the search may be tuned."""
    return read("queries")


def held_out() -> list[Query]:
    """Those that only tell whether tuning went too far."""
    return read("held_out")


def lived() -> list[Query]:
    """The thirty searches of which 27 have to succeed by the first three results."""
    return read("lived")


def read(name: str) -> list[Query]:
    """The queries of a file. Raises ``NotWellFormed``."""
    return parse(name, (FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def parse(name: str, text: str) -> list[Query]:
    """The queries in a text; ``name`` is that of its file. Raises ``NotWellFormed``."""
    queries = [_query(name, entry) for entry in tomllib.loads(text)["query"]]
    seen: set[str] = set()
    for query in queries:
        known = query.text.casefold()
        if known in seen:
            raise NotWellFormed(f"{name}: {query.text!r} stands there twice")
        seen.add(known)
        if query.kind and is_held_out(query.text) != (name == "held_out"):
            raise NotWellFormed(f"{name}: {query.text!r} belongs in the other part")
    return queries


def is_held_out(text: str) -> bool:
    """Whether a query is kept apart: its words decide, so that nobody can choose."""
    return hashlib.sha256(text.encode()).digest()[0] % 10 < HELD_OUT_OF_TEN


def comparable(address: str) -> str:
    """An address by which a thing is known, whichever part of it was found.

    A contribution stands for its topic and a word for the list of words. A topic is known without its number, which
    another database gives out anew.
    """
    return _NUMBER_OF_A_TOPIC.sub(r"\1", address.partition("#")[0].partition("?")[0])


def _query(name: str, entry: dict) -> Query:
    text, need = entry["text"], entry["need"]
    kind = None if name == "lived" else Kind(entry["kind"])
    grades: dict[str, Grade] = {}
    for grade in reversed(Grade):
        for address in entry.get(grade.name.lower(), []):
            if address in grades:
                raise NotWellFormed(f"{name}: {text!r} grades {address} twice")
            if comparable(address) != address:
                raise NotWellFormed(f"{name}: {text!r} names {address} by a part or a number")
            grades[address] = grade
    if unknown := set(entry) - {"text", "need", "kind", "exactly", "helps", "touches"}:
        raise NotWellFormed(f"{name}: {text!r} says {', '.join(sorted(unknown))}, which nobody reads")
    if bool(grades) == (kind == Kind.NOTHING):
        raise NotWellFormed(f"{name}: {text!r} has an answer, or is of the kind {Kind.NOTHING}: one of both")
    if not text.strip() or not need.endswith((".", "?")):
        raise NotWellFormed(f"{name}: {text!r} needs words, and its need in a sentence")
    return Query(text, need, kind, grades)

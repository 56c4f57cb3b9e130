"""The lists of words, and where they stand in a sentence."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from meedoen.language.words import words

LONGEST_ENTRY = 4  # words

_DATA = Path(__file__).parent / "data"
_Entry = TypeVar("_Entry")


@dataclass(frozen=True)
class Jargon:
    """A hard word, by the first of its forms; ``only_ours``: ordinary in what people write themselves."""

    word: str
    plain: str
    only_ours: bool


@dataclass(frozen=True)
class Abbreviation:
    """Letters that stand for words."""

    short: str
    words: str


@cache
def jargon() -> Mapping[tuple[str, ...], Jargon]:
    """The hard words by their forms, in small letters and taken apart."""
    return {
        tuple(words(form.strip().casefold())): Jargon(forms[0], row["plain"], only_ours=row["only"] == "ours")
        for row in rows("jargon.csv")
        for forms in [row["jargon"].split("|")]
        for form in forms
    }


@cache
def abbreviations() -> Mapping[tuple[str, ...], Abbreviation]:
    """What is written in letters, by its spellings: ``Lia`` is a name and no ``LIA``."""
    return {
        tuple(words(form)): Abbreviation(forms[0], row["words"])
        for row in rows("abbreviations.csv")
        for forms in [row["short"].split("|")]
        for form in forms
    }


@cache
def known_words() -> frozenset[str]:
    """Long words that the network explains, in small letters."""
    return frozenset(row["word"] for row in rows("known_words.csv"))


def found_in(parts: Sequence[str], known: Mapping[tuple[str, ...], _Entry]) -> Iterator[tuple[int, int, _Entry]]:
    """Where one of the ``known`` runs of words begins, how many words it has and what is known of it; the longest
    counts, and none inside another."""
    start = 0
    while start < len(parts):
        for size in range(min(LONGEST_ENTRY, len(parts) - start), 0, -1):
            entry = known.get(tuple(parts[start : start + size]))
            if entry is not None:
                yield start, size, entry
                start += size - 1
                break
        start += 1


def folded(parts: Sequence[str]) -> list[str]:
    """Words in the form in which they are compared: small letters, and one kind of apostrophe."""
    return [part.casefold().replace("’", "'") for part in parts]


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the lists, as written."""
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

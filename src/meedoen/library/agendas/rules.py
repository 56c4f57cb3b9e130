"""What holds for agendas: the stages, who keeps one right, where each stands in the list, what a spreadsheet may hold. Pure."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

PAGE_SIZE = 12  # whole rows of two, three or four
CHOICES = 20  # agendas offered at once to compare with; more is found by the name of the municipality
FIRST_YEAR = 2006  # the year of the Convention: there is no older agenda
LAST_YEAR = 2100
MAX_NAME_LENGTH = 120  # characters
MAX_WORDS_LENGTH = 500  # characters: a few sentences
MAX_SLUG_LENGTH = 100  # characters
ARTICLES = 50  # of the Convention
KEY = re.compile(r"([a-z0-9 ]{1,80})-(\d{1,15})")


class Stage(StrEnum):
    """How far an agenda is; the values stand in addresses."""

    UNKNOWN = "niet-bekend"
    THINKING = "denkt-na"
    MAKING = "maakt"
    DRAFT = "concept"
    ADOPTED = "vastgesteld"
    CARRYING_OUT = "voert-uit"
    RENEWING = "vernieuwt"


@dataclass(frozen=True, slots=True, order=True)
class AgendaKey:
    """The place of an agenda in the list, which no other has: its municipality in the alphabet, and its number."""

    name: str
    id: int

    def __str__(self) -> str:
        return f"{self.name}-{self.id}"

    @classmethod
    def parse(cls, text: str) -> "AgendaKey":
        """The key in an address. Raises ``ValueError`` for anything else."""
        match = KEY.fullmatch(text)
        if not match:
            raise ValueError(f"not the key of an agenda: {text!r}")
        return cls(match[1], int(match[2]))


class Somebody(Protocol):
    """What a rule needs to know of who asks."""

    is_team: bool


def may_update(person: Somebody | None, present: Collection[int], *, contact_of: Collection[int]) -> bool:
    """Whether ``person`` keeps an agenda right: the team, or a contact of a municipality where it stands now."""
    return person is not None and (person.is_team or not set(present).isdisjoint(contact_of))


def years_of(year_from: int | None, year_to: int | None, adopted_on: str) -> set[int]:
    """The years under which an agenda is found: those it is for, and the one in which it was adopted."""
    found = set()
    if year_from:
        found |= set(range(year_from, (year_to or year_from) + 1))
    if adopted_on:
        found.add(int(adopted_on[:4]))
    return found


def what_changed(before: Mapping[str, object], after: Mapping[str, object]) -> list[dict[str, object]]:
    """Each field with what it was and what it is, in the order of ``after``; only those that differ."""
    return [
        {"field": name, "before": before.get(name), "after": value}
        for name, value in after.items()
        if before.get(name) != value
    ]

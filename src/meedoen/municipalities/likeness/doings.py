"""What packages on floors above know of what municipalities do: how far they are, on what themes, what they share.

This package knows nothing of agendas or examples: each floor above puts in, at start-up, who tells of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ..beside import Link


@dataclass(frozen=True, slots=True)
class Doing:
    """What one municipality does.

    ``stage`` is the place of its agenda in the order of stages, ``stage_words`` says it to readers; ``themes`` has of each
    theme, by its id, where it stands that the municipality works on it. ``shared`` leads to what it shares with others.
    """

    stage: int | None = None
    stage_words: str = ""
    agenda: Link | None = None
    themes: Mapping[str, str] = field(default_factory=dict)
    shared: tuple[Link, ...] = ()

    def beside(self, other: "Doing") -> "Doing":
        """Both together; of what both know, this one's counts."""
        of_stage = self if self.stage is not None else other
        return Doing(
            of_stage.stage,
            of_stage.stage_words,
            of_stage.agenda or self.agenda or other.agenda,
            {**other.themes, **self.themes},
            self.shared + other.shared,
        )


# What is known, by the municipality's primary key: of all of them, in a fixed number of queries, the same for everybody.
# Who puts this in calls ``pages.changed(beside.AREA)`` when the answer changes.
Tell = Callable[[], Mapping[int, Doing]]

_tells: list[Tell] = []


def register(tell: Tell) -> None:
    """Put in who knows; at start-up. Twice is once."""
    if tell not in _tells:
        _tells.append(tell)


def all_known() -> dict[int, Doing]:
    """What all floors above know together."""
    found: dict[int, Doing] = {}
    for tell in _tells:
        for key, doing in tell().items():
            found[key] = found[key].beside(doing) if key in found else doing
    return found

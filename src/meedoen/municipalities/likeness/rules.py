"""How alike two municipalities are, part by part, in points from 0 to 100; how the parts are weighed. Pure.

Points are the same from either side, and a part of which one of the two is not known has none. ADR-0045 has the reasons.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

PAGE_SIZE = 10  # municipalities on a page; who wants to call somebody needs one or two
MAX_PAGE = 100  # far beyond the last page of 342
MOST = 100  # points of one part
HALF = 50  # of what comes near and is not the same
TOO_FAR = 2  # times as many residents: from here on the sizes are no reason

JUST_AS_LARGE = 1.1  # times as many residents: nobody feels the difference
ABOUT_AS_LARGE = 1.5


class Part(StrEnum):
    """What municipalities can have in common; the values stand in addresses."""

    SIZE = "grootte"
    REGION = "provincie"
    URBANITY = "dichtheid"
    STAGE = "agenda"
    THEMES = "themas"


class Weight(IntEnum):
    """How much a part counts; three times is enough for one part to weigh against two others."""

    NONE = 0
    NORMAL = 1
    HEAVY = 3


@dataclass(frozen=True, slots=True)
class DensityClass:
    """Municipalities with fewer than ``below`` residents on a square kilometre of land; None has no end."""

    label: str
    below: int | None


# Borders of our own, which part the 342 of 2021 in 90, 130, 63, 31 and 28. CBS counts addresses, which we do not have.
DENSITY_CLASSES = (
    DensityClass("landelijk", 250),
    DensityClass("tussen stad en land", 750),
    DensityClass("stedelijk", 1_500),
    DensityClass("heel stedelijk", 2_500),
    DensityClass("heel erg stedelijk", None),
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a municipality; what is not known is None or empty.

    ``density`` is residents per square kilometre of land; ``stage`` the place of its agenda in the order of stages.
    """

    population: int | None = None
    province: str | None = None
    density: float | None = None
    stage: int | None = None
    themes: frozenset[str] = frozenset()


Points = Mapping[Part, int | None]  # None: of one of the two it is not known
Weights = Mapping[Part, Weight]


@dataclass(frozen=True, slots=True)
class Compared:
    """One municipality beside the one that was asked for; ``key`` is whatever the asker knows it by."""

    key: int
    name: str
    points: Points
    total: int


def density_class(density: float) -> int:
    """The place in ``DENSITY_CLASSES`` of so many residents on a square kilometre."""
    for place, each in enumerate(DENSITY_CLASSES):
        if each.below is None or density < each.below:
            return place
    raise AssertionError("the last class has no end")


def known(facts: Facts) -> frozenset[Part]:
    """The parts by which a municipality can be compared."""
    values = {
        Part.SIZE: facts.population,
        Part.REGION: facts.province,
        Part.URBANITY: facts.density,
        Part.STAGE: facts.stage is not None,
        Part.THEMES: facts.themes,
    }
    return frozenset(part for part, value in values.items() if value)


def points(one: Facts, other: Facts) -> dict[Part, int | None]:
    """The points of each part."""
    both = known(one) & known(other)
    count = {
        Part.SIZE: _size,
        Part.REGION: _region,
        Part.URBANITY: _urbanity,
        Part.STAGE: _stage,
        Part.THEMES: _themes,
    }
    return {part: count[part](one, other) if part in both else None for part in Part}


def times_as_large(one: int, other: int) -> float:
    """How many times the smaller goes into the larger."""
    return max(one, other) / min(one, other)


def size_points(one: int, other: int) -> int:
    """All for as many residents, none for twice as many; in between by the proportion, not the difference."""
    times = times_as_large(one, other)
    return math.ceil(MOST * (1 - math.log(times, TOO_FAR))) if times < TOO_FAR else 0


def urbanity_points(one: float, other: float) -> int:
    """All for the same class of residents on a square kilometre, half for the next one."""
    return _steps(density_class(one), density_class(other))


def _size(one: Facts, other: Facts) -> int:
    return size_points(one.population or 1, other.population or 1)


def _region(one: Facts, other: Facts) -> int:
    return MOST if one.province == other.province else 0


def _urbanity(one: Facts, other: Facts) -> int:
    return urbanity_points(one.density or 0, other.density or 0)


def _stage(one: Facts, other: Facts) -> int:
    return _steps(one.stage or 0, other.stage or 0)


def _steps(one: int, other: int) -> int:
    return (MOST, HALF)[abs(one - other)] if abs(one - other) < 2 else 0


def _themes(one: Facts, other: Facts) -> int:
    """The share of their themes that both have (Dice)."""
    return MOST * 2 * len(one.themes & other.themes) // (len(one.themes) + len(other.themes))


def total(points: Points, weights: Weights) -> int:
    """All points, weighed."""
    return sum((value or 0) * weights[part] for part, value in points.items())


def counted(facts: Facts, weights: Weights) -> list[Part]:
    """The parts that count for this municipality: known of it, and not left out by who asks."""
    return [part for part in Part if part in known(facts) and weights[part]]


def ranked(key: int, all_of_them: Iterable[tuple[int, str, Facts]], weights: Weights) -> list[Compared]:
    """Those that have anything in common with the one called ``key``, the most alike first; ties by name.

    ``all_of_them`` are (key, name, facts) in any order. Nobody is like itself.
    """
    rows = list(all_of_them)
    own = next(facts for each, _name, facts in rows if each == key)
    compared = []
    for each, name, facts in rows:
        if each != key:
            found = points(own, facts)
            compared.append(Compared(each, name, found, total(found, weights)))
    return sorted((row for row in compared if row.total), key=lambda row: (-row.total, row.name, row.key))


def page_before(number: int, count: int) -> int:
    """The page to go back to: the one before, or from beyond the last the last; 1 where there is nothing."""
    return max(1, min(number - 1, math.ceil(count / PAGE_SIZE)))

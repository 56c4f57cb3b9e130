"""How well two asks or offers fit, part by part, in points from 0 to 100; and how the parts weigh. Pure.

Points are the same whichever of the two comes first. ADR-0050 tells on what each weight rests.
"""

import datetime
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from meedoen.municipalities.likeness import rules as likeness

from ..rules import For, Length, Side, Way

MOST = 100  # points of one part
HALF = 50  # of what comes near, and of what is not known: that speaks neither for nor against
FAR_KM = 150  # as the crow flies; a visit and back takes the whole day
NEAR_KM = 30
NEXT_DOOR_KM = 5  # the middles of municipalities that touch
MUCH_LARGER = 5  # times as many residents: from here on what works for one may not work for the other
STALE_DAYS = 365  # without a change: what somebody wanted then, they may not want now
OLD_DAYS = 180
FACTS_FOR_ALL = 3  # of one theme: more does not say more
ROOM = 2  # couplings at a time of an offer that says no limit: who can bear more says so
LEAST_WORDS = 12  # points of words: below it two texts share what any two texts share


class Part(StrEnum):
    """What an ask and an offer can have in common; the values stand in addresses and in what is stored."""

    THEMES = "themas"
    WORDS = "woorden"
    EXPERIENCE = "ervaring"
    FOR = "voor-wie"
    WAYS = "hoe"
    LIKENESS = "soort-gemeente"
    NEAR = "afstand"
    FRESH = "hoe-nieuw"
    LOAD = "hoe-druk"
    BEFORE = "eerder"


class Weight(IntEnum):
    """How much heavier the team lets a part count in one round."""

    NONE = 0
    NORMAL = 1
    HEAVY = 3


# The one place of the weights; together 100. None was measured: no couplings were followed yet (ADR-0050).
WEIGHTS: Mapping[Part, int] = {
    Part.THEMES: 25,
    Part.WORDS: 25,
    Part.EXPERIENCE: 15,
    Part.FOR: 8,
    Part.WAYS: 7,
    Part.LIKENESS: 7,
    Part.NEAR: 4,
    Part.FRESH: 3,
    Part.LOAD: 4,
    Part.BEFORE: 2,
}
LEARNS_TOGETHER = 2  # two asks have nobody who knows the answer: half the points


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of a municipality: ``facts`` as likeness compares them; where its middle is, in degrees."""

    key: int
    facts: likeness.Facts
    longitude: float | None = None
    latitude: float | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One ask or offer as it is compared.

    ``experience`` has of each theme how many facts say that its municipality knows of it; ``running`` is how many
    couplings it has now, ``went_well`` how many earlier ones of its municipality brought something.
    """

    key: int
    side: Side
    person: int
    kind: For
    themes: frozenset[str]
    ways: frozenset[Way]
    length: Length
    changed_on: datetime.date
    place: Place | None = None
    at_most: int | None = None
    running: int = 0
    not_before: datetime.date | None = None
    experience: Mapping[str, int] = field(default_factory=dict)
    went_well: int = 0


Points = Mapping[Part, int]
Factors = Mapping[Part, Weight]
AS_USUAL: Factors = dict.fromkeys(Part, Weight.NORMAL)


def may_meet(one: Told, other: Told) -> bool:
    """Whether the two can be brought together at all: other people, of other municipalities, and one of them asks."""
    if one.key == other.key or one.person == other.person or Side.ASK not in (one.side, other.side):
        return False
    return one.place is None or other.place is None or one.place.key != other.place.key


def takes_part(told: Told, *, today: datetime.date) -> bool:
    """Whether it can be coupled today: its first day came, and it has room."""
    return (told.not_before is None or told.not_before <= today) and room(told) > 0


def limit(told: Told) -> int:
    """How many couplings at a time it can bear: an ask takes part in one."""
    return 1 if told.side == Side.ASK else told.at_most or ROOM


def room(told: Told) -> int:
    """How many couplings more it can bear now."""
    return max(0, limit(told) - told.running)


def points(one: Told, other: Told, words: int, *, today: datetime.date) -> dict[Part, int]:
    """The points of each part; ``words`` are those of their texts, from 0 to 100."""
    return with_rest(substance(one, other, words), one, other, today=today)


def with_rest(substance: Points, one: Told, other: Told, *, today: datetime.date) -> dict[Part, int]:
    """The points of each part, where those of the substance are known already."""
    return {
        **substance,
        Part.FOR: _for(one, other),
        Part.WAYS: _ways(one, other),
        Part.LIKENESS: _likeness(one, other),
        Part.NEAR: _near(one, other),
        Part.FRESH: _fresh(one, other, today),
        Part.LOAD: _load(one, other),
        Part.BEFORE: MOST if _helped_before(one) or _helped_before(other) else 0,
    }


def substance(one: Told, other: Told, words: int) -> dict[Part, int]:
    """The points of the parts that make two something to talk about."""
    return {Part.THEMES: _themes(one, other), Part.WORDS: words, Part.EXPERIENCE: _experience(one, other)}


def has_substance(points: Points) -> bool:
    """Whether the two have something to talk about: a theme, words, or experience. All else is only convenient."""
    return bool(points[Part.THEMES] or points[Part.EXPERIENCE] or points[Part.WORDS] >= LEAST_WORDS)


def total(points: Points, factors: Factors, *, learn_together: bool) -> int:
    """All points, weighed: a whole number from 0 to 10,000 with the usual weights. 0 without substance."""
    return weighed(points, heaviness(factors), learn_together=learn_together) if has_substance(points) else 0


def heaviness(factors: Factors) -> dict[Part, int]:
    """How heavy each part weighs in the end."""
    return {part: WEIGHTS[part] * factors[part] for part in Part}


def weighed(points: Points, heavy: Mapping[Part, int], *, learn_together: bool) -> int:
    """``total`` of two who have substance, for who reckons many: ``heavy`` is made once."""
    found = sum([value * heavy[part] for part, value in points.items()])
    return found // LEARNS_TOGETHER if learn_together else found


def kilometres(one: Place, other: Place) -> int | None:
    """As the crow flies, between their middles (haversine, on a sphere); None where one is not known."""
    if None in (one.longitude, one.latitude, other.longitude, other.latitude):
        return None
    x1, y1, x2, y2 = map(math.radians, (one.longitude, one.latitude, other.longitude, other.latitude))  # type: ignore[arg-type]
    half = math.sin((y2 - y1) / 2) ** 2 + math.cos(y1) * math.cos(y2) * math.sin((x2 - x1) / 2) ** 2
    return round(2 * 6_371 * math.asin(math.sqrt(half)))


def times_as_large(one: Told, other: Told) -> float | None:
    """How many times the smaller municipality goes into the larger; None where one is not known."""
    mine, theirs = (each.place.facts.population if each.place else None for each in (one, other))
    return likeness.times_as_large(mine, theirs) if mine and theirs else None


def wants_visit(one: Told, other: Told) -> bool:
    """Whether both want to meet on the spot."""
    return Way.VISIT in one.ways and Way.VISIT in other.ways


def proven(one: Told, other: Told) -> list[tuple[Told, str, int]]:
    """Who knows of which theme of the other's ask, with how many facts: (who, theme, facts), the most facts first."""
    found = [
        (who, theme, who.experience[theme])
        for who, asker in ((one, other), (other, one))
        if asker.side == Side.ASK
        for theme in asker.themes
        if who.experience.get(theme)
    ]
    return sorted(found, key=lambda each: (-each[2], each[0].key, each[1]))


def _themes(one: Told, other: Told) -> int:
    """The share of what is asked that is offered; of two asks the share that both have (Dice)."""
    both = len(one.themes & other.themes)
    if not both:
        return 0
    if one.side != other.side:
        return MOST * both // len((one if one.side == Side.ASK else other).themes)
    return MOST * 2 * both // (len(one.themes) + len(other.themes))


def _experience(one: Told, other: Told) -> int:
    if not one.experience and not other.experience:
        return 0
    return max(
        (MOST * min(count, FACTS_FOR_ALL) // FACTS_FOR_ALL for _who, _theme, count in proven(one, other)), default=0
    )


def _helped_before(told: Told) -> bool:
    return told.side == Side.OFFER and told.went_well > 0


def _for(one: Told, other: Told) -> int:
    if one.kind == other.kind:
        return MOST
    return HALF if For.DUO in (one.kind, other.kind) else 0  # a duo has one of each


def _ways(one: Told, other: Told) -> int:
    if not one.ways & other.ways:
        return 0
    return MOST if one.length == other.length else HALF


def _likeness(one: Told, other: Told) -> int:
    """The mean of size and urbanity, of which both are known."""
    if one.place is None or other.place is None:
        return HALF
    mine, theirs = one.place.facts, other.place.facts
    found = []
    if mine.population and theirs.population:
        found.append(likeness.size_points(mine.population, theirs.population))
    if mine.density and theirs.density:
        found.append(likeness.urbanity_points(mine.density, theirs.density))
    return sum(found) // len(found) if found else HALF


def _near(one: Told, other: Told) -> int:
    """All next door, none from ``FAR_KM`` on; where no visit is wanted, distance says nothing."""
    if not wants_visit(one, other) or one.place is None or other.place is None:
        return HALF
    far = kilometres(one.place, other.place)
    if far is None:
        return HALF
    return MOST * max(0, FAR_KM - max(far, NEXT_DOOR_KM)) // (FAR_KM - NEXT_DOOR_KM)


def _fresh(one: Told, other: Told, today: datetime.date) -> int:
    days = max(0, (today - min(one.changed_on, other.changed_on)).days)
    return MOST * max(0, STALE_DAYS - days) // STALE_DAYS


def _load(one: Told, other: Told) -> int:
    """The share of their room that offers still have."""
    found = [MOST * room(each) // limit(each) for each in (one, other) if each.side == Side.OFFER]
    return min(found) if found else HALF

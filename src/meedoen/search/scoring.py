"""Which of the documents that were found fit best. Pure: the same in every database.

A document's points are what it says of each part of the question, by how telling that part is; more for what covers the whole
question, whose title says it, that is checked or answered, and a little for what is new.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import rules
from .asking import Part
from .engines.terms import Way, encoded
from .profiles import Profiles


class Candidate(NamedTuple):
    """What counts of a document that was found, beside its terms."""

    id: int
    date: datetime.date | None
    worth: int
    prior: float
    profile: bytes


class Scored(NamedTuple):
    """A document with its points, whether it says something of each part, and how much of the question it tells, 0 to 1."""

    id: int
    points: float
    has_all: bool
    told: float = 1.0


def scored(
    parts: Sequence[Part],
    candidates: Sequence[Candidate],
    *,
    counts: Mapping[str, int],
    documents: int,
    today: datetime.date,
) -> list[Scored]:
    """The candidates, the one that fits best first. ``counts`` tell in how many of all ``documents`` each term stands."""
    if not candidates:
        return []
    profiles = Profiles([each.profile for each in candidates])
    points, told, in_title = np.zeros(profiles.count), np.zeros(profiles.count), np.zeros(profiles.count)
    has_all = np.ones(profiles.count, dtype=bool)
    total = 0.0
    for part in parts:
        weight = telling_of(part, counts, documents)
        best, strict, title = (
            np.zeros(profiles.count),
            np.zeros(profiles.count, dtype=bool),
            np.zeros(profiles.count, dtype=bool),
        )
        for ways, is_strict in ((part.ways, True), (part.loose, False)):
            for way, worth in ways:
                weights, titles = _of_way(profiles, way)
                best = np.maximum(best, weights * worth)
                if is_strict:
                    strict |= weights > 0
                    title |= titles
        total += weight
        points += weight * best
        told += weight * np.where(strict, 1.0, np.where(best > 0, rules.RELATED, 0.0))
        in_title += title
        has_all &= strict
    if total:
        points = points / total * (told / total) ** rules.COVERED
        fits = in_title / np.maximum(np.maximum(profiles.title_sizes, len(parts)), 1)
        points *= 1 + rules.TITLE_FITS * fits + rules.TITLE_IS_ASKED * (fits >= 1)
    else:
        points += 1.0
    beside = [
        each.prior * (1 + rules.PER_WORTH * each.worth) * rules.freshness(each.date, today) for each in candidates
    ]
    points *= np.array(beside)
    rows = [
        Scored(each.id, round(float(value), 6), bool(whole), float(part))
        for each, value, whole, part in zip(candidates, points, has_all, told / (total or 1.0), strict=True)
    ]
    return sorted(rows, key=lambda row: (not row.has_all, -row.points, -row.id))


def _of_way(profiles: Profiles, way: Way) -> tuple[NDArray[Any], NDArray[Any]]:
    """How well each document says all of a way: as well as what it says least of."""
    found = [profiles.weights(term) for term in way]
    weights = np.min([weights for weights, _title in found], axis=0)
    titles = np.all([title for _weights, title in found], axis=0)
    return weights, titles


def telling_of(part: Part, counts: Mapping[str, int], documents: int) -> float:
    """How telling a part is: as the commonest whole way to say it, for who finds that finds much."""
    whole = [way for way, worth in part.ways if worth == rules.WHOLE] or [way for way, _worth in part.ways]
    common = max((min(counts.get(encoded(term), 1) for term in way) for way in whole), default=1)
    return rules.telling(common, documents)


def terms_in(parts: Sequence[Part]) -> frozenset[str]:
    """All terms of which the counts are needed."""
    return frozenset(encoded(term) for part in parts for way, _worth in part.ways for term in way)

"""What resembles a text: by its most telling words, wherever they stand. One function for all who ask."""

import datetime
from collections.abc import Mapping, Sequence
from itertools import combinations

from meedoen.kernel.text import plain_text

from . import rules
from .asking import Part, question
from .engines import Asked, engine
from .engines.terms import encoded
from .finding import candidates_of, counted, rows_of
from .scoring import scored, telling_of
from .sources import sources

MOST_TOLD = 8  # words of a text that are looked for, the most telling
READ = 600  # characters of a text beside its title
LEAST_SHARED = 0.25  # of what the text tells, by how telling it is; with less, two texts only share a word
OFTEN = 0.45  # so telling has a word to be that one alone is enough


def similar(
    title: str,
    text: str = "",
    *,
    kinds: Sequence[str],
    most: int,
    today: datetime.date,
    group: str = "",
    but: str = "",
) -> list[tuple[str, str, str]]:
    """(kind, key, group) of at most ``most`` things that resemble a text with that title, the most alike first.

    Only of ``kinds``, and of groups whose name begins with ``group``; of each group the part that is most alike; without
    the group ``but``. What is no longer public is left out. A fixed number of questions to the database.
    """
    parts = _telling_parts(title, text, is_there=bool(but))
    if not parts:
        return []
    asked = Asked(
        tuple(tuple(way for way, _worth in part.ways) for part, _weight in parts),
        choices=_choices([weight for _part, weight in parts]),
    )
    marks = ", ".join(["%s"] * len(kinds))
    ids = engine().find(asked, most=rules.MOST, where=f"e.kind IN ({marks})", values=list(kinds))
    rows = rows_of(ids)
    only = [part for part, _weight in parts]
    counts, documents = counted(only)
    in_order = scored(only, candidates_of(rows), counts=counts, documents=documents, today=today)
    found: dict[str, tuple[str, str, str]] = {}
    for each in in_order:
        row = rows[each.id]
        if row.group.startswith(group) and row.group != but and each.told >= LEAST_SHARED:
            found.setdefault(row.group, (row.kind, row.key, row.group))
    best = list(found.values())[: 2 * most]
    public = {
        (source.kind, key)
        for source in sources()
        if source.kind in kinds
        for key in source.public([key for kind, key, _group in best if kind == source.kind])
    }
    return [one for one in best if (one[0], one[1]) in public][:most]


def _telling_parts(title: str, text: str, *, is_there: bool) -> list[tuple[Part, float]]:
    """The parts of a text that tell most of what it is about; those of its title before others that tell as much.

    Where the text itself ``is_there``, in the index, words of it that nobody else was known to have are left out.
    """
    of_title = question(title).parts
    of_text = [
        part for line in plain_text(text)[:READ].split(".") for part in question(line).parts if part not in of_title
    ]
    parts = list(dict.fromkeys([*of_title, *of_text]))
    counts, documents = counted(parts)
    if is_there:
        parts = [part for part in parts if part in of_title or _is_elsewhere(part, counts)]
    weighed = [(part, telling_of(part, counts, documents) * (1.0 if part in of_title else 0.6)) for part in parts]
    return sorted(weighed, key=lambda pair: -pair[1])[:MOST_TOLD]


def _is_elsewhere(part: Part, counts: Mapping[str, int]) -> bool:
    """Whether more than one document says it, in one of its ways."""
    return any(all(counts.get(encoded(term), 1) > 1 for term in way) for way, _worth in part.ways)


def _choices(weights: Sequence[float]) -> tuple[tuple[int, ...], ...]:
    """Which of the parts together are enough: two of them, or one that tells much by itself."""
    single = [(at,) for at, weight in enumerate(weights) if weight >= OFTEN or len(weights) == 1]
    return (*single, *combinations(range(len(weights)), 2))

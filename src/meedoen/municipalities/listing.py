"""What the list of municipalities shows: who matches, why, and which names come near; a fixed number of queries."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from meedoen.kernel.dutch import number
from meedoen.kernel.text import fold

from . import rules
from .models import Municipality, MunicipalityName, Signature, Succession, day_words

MAX_NEAR_NAMES = 5
NEAR = 0.6  # how alike a name must be to be offered, from 0 to 1


@dataclass(frozen=True, slots=True)
class Row:
    """A municipality in the list."""

    name: str
    url: str
    facts: str


@dataclass(frozen=True, slots=True)
class Letter:
    """The municipalities under one letter."""

    letter: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class FormerMatch:
    """A former municipality that somebody looked for, and where it went."""

    name: str
    url: str
    ended_on: str
    is_renamed: bool
    targets: list[Municipality]


def matching(filters: Mapping[str, str]) -> QuerySet[Municipality]:
    """The present municipalities that fit all filters, in the order of the alphabet."""
    found = Municipality.objects.current()
    if filters.get("provincie"):
        found = found.in_province(filters["provincie"])
    size = rules.size_class_by_id(filters.get("grootte", ""))
    if size:
        found = found.of_size(size)
    if filters.get("manifest") == "koploper":
        found = found.front_runners()
    elif filters.get("manifest") == "getekend":
        found = found.signed()
    if fold(filters.get("naam", "")):
        found = found.named(filters["naam"])
    return found


def places_in_manifest() -> dict[int, str]:
    """The kind of signature that each municipality among the 58 has; a front-runner's counts first."""
    kinds = Signature.objects.counted().order_by("-kind").values_list("municipality_id", "kind")
    return dict(kinds)


def former_matching(name: str) -> list[FormerMatch]:
    """The former municipalities whose name has ``name`` in it, with the present ones where they went."""
    if not fold(name):
        return []
    former = (
        Municipality.objects.filter(is_current=False)
        .named(name)
        .prefetch_related(Prefetch("successions", Succession.objects.done().select_related("new")))
    )
    return [_former_match(each) for each in former]


def _former_match(municipality: Municipality) -> FormerMatch:
    steps = list(municipality.successions.all())
    return FormerMatch(
        name=municipality.name,
        url=municipality.get_absolute_url(),
        ended_on=day_words(municipality.ended_on) if municipality.ended_on else "",
        is_renamed=[step.kind for step in steps] == [Succession.Kind.RENAMED],
        targets=[step.new for step in steps],
    )


def near_names(name: str) -> list[tuple[str, str]]:
    """At most five (name, address) of municipalities whose name is nearly ``name``, the nearest first."""
    folded = fold(name)[:80]
    if not folded:
        return []
    names = MunicipalityName.objects.select_related("municipality").order_by("folded", "pk")
    by_folded = {each.folded: each.municipality for each in names}
    offered: dict[str, str] = {}
    for near in difflib.get_close_matches(folded, by_folded, n=MAX_NEAR_NAMES, cutoff=NEAR):
        municipality = by_folded[near]
        offered.setdefault(municipality.name, municipality.get_absolute_url())
    return list(offered.items())


def letters(municipalities: QuerySet[Municipality]) -> list[Letter]:
    """The rows of the list, under their first letters; read as plain values, since there are hundreds."""
    places = places_in_manifest()
    pattern = reverse("municipalities:municipality", args=["naam"])
    values = municipalities.values_list("pk", "name", "slug", "sort_name", "population", "province__name")
    rows = (
        (sort_name[:1].upper(), Row(name, pattern.replace("naam", slug), _facts(province, population, places.get(pk))))
        for pk, name, slug, sort_name, population, province in values
    )
    return [
        Letter(letter, [row for _letter, row in group]) for letter, group in groupby(rows, key=lambda pair: pair[0])
    ]


def _facts(province: str | None, population: int | None, place: str | None) -> str:
    facts = [province] if province else []
    if population is not None:
        facts.append(f"{number(population)} inwoners")
    if place:
        facts.append("koploper" if place == Signature.Kind.FRONT_RUNNER else "tekende het manifest")
    return ", ".join(facts)

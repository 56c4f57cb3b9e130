"""What the page of likeness shows: all municipalities with what is known of them; one query, and those upstairs."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from .. import rules as register_rules
from ..models import Municipality
from . import doings, rules
from .doings import Doing

NOTHING = Doing()


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality as it is compared: the rule's facts, and what the sentences need beside them."""

    key: int
    name: str
    sort_name: str
    slug: str
    facts: rules.Facts
    population_year: int | None
    province_name: str
    doing: Doing

    @property
    def url(self) -> str:
        """Its own page; asked only of those that are shown."""
        return reverse("municipalities:municipality", args=[self.slug])


def places() -> dict[int, Place]:
    """All present municipalities."""
    known = doings.all_known()
    rows = Municipality.objects.current().values_list(
        "pk", "name", "sort_name", "slug", "population", "population_year", "land_area_km2",
        "province__slug", "province__name",
    )  # fmt: skip
    found = {}
    for key, name, sort_name, slug, population, year, land, province, province_name in rows:
        doing = known.get(key, NOTHING)
        facts = rules.Facts(
            population or None,
            province,
            register_rules.density(population, land),
            doing.stage,
            frozenset(doing.themes),
        )
        found[key] = Place(key, name, sort_name, slug, facts, year, province_name or "", doing)
    return found


def ranked(key: int, all_of_them: Mapping[int, Place], weights: rules.Weights) -> list[rules.Compared]:
    """Those like the one called ``key``."""
    rows = ((each.key, each.sort_name, each.facts) for each in all_of_them.values())
    return rules.ranked(key, rows, weights)

"""What the list of municipalities shows: who matches, why, and which names come near; a fixed number of queries."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TypedDict

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.kernel.dutch import number
from meedoen.kernel.text import fold

from . import rules
from .models import Municipality, MunicipalityName, Province, Signature, Succession, day_words

MAX_NEAR_NAMES = 5
MAX_WITHOUT_LETTERS = 30  # rows; a shorter list is read at a glance, and headings would only stretch it


class Row(TypedDict):
    """A municipality in the list; a plain dictionary, since templates read those fastest and there are hundreds."""

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
    if rules.name_asked(filters.get("naam", "")):
        found = found.named(filters["naam"])
    return found


def places_in_manifest() -> dict[int, str]:
    """The kind of signature that each municipality among the 58 has; a front-runner's counts first."""
    kinds = Signature.objects.counted().order_by("-kind").values_list("municipality_id", "kind")
    return dict(kinds)


def former_matching(name: str) -> list[FormerMatch]:
    """The former municipalities whose name has ``name`` in it, with the present ones where they went."""
    if not rules.name_asked(name):
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


def province_named(name: str, provinces: Iterable[Province]) -> Province | None:
    """The province that somebody typed in the place of a municipality, by its name, address or the Dutch *Friesland*."""
    asked = rules.name_asked(name)
    asked = rules.PROVINCE_NAMES.get(asked, asked)
    return next((each for each in provinces if asked and asked == fold(each.name)), None)


def near_names(name: str) -> list[tuple[str, str]]:
    """At most five (name, address) of municipalities whose name is nearly ``name``, the nearest first."""
    asked = rules.name_asked(name)
    if not asked:
        return []
    names = MunicipalityName.objects.values_list("folded", "municipality__name", "municipality__slug")
    scored = ((rules.likeness(asked, folded), name, slug) for folded, name, slug in names)
    offered: dict[str, str] = {}
    for _score, name, slug in sorted(
        (each for each in scored if each[0] >= rules.NEAR), key=lambda each: (-each[0], each[1])
    ):
        offered.setdefault(name, reverse("municipalities:municipality", args=[slug]))
    return list(offered.items())[:MAX_NEAR_NAMES]


def other_names(municipality: Municipality) -> list[str]:
    """Names by which it is known too: those that differ by more than capitals and marks, the official one first."""
    kinds = MunicipalityName.Kind
    names = municipality.names.filter(kind__in=(kinds.OFFICIAL, kinds.ALIAS)).order_by("-kind", "name")
    seen = {fold(municipality.name)}
    found = []
    for name, folded in names.values_list("name", "folded"):
        if folded not in seen:
            seen.add(folded)
            found.append(name)
    return found


def download_rows(site_url: str) -> Iterator[tuple[object, ...]]:
    """The rows of the download, in the order of ``views.CSV_COLUMNS``; ``site_url`` makes addresses whole."""
    places = places_in_manifest()
    words = {Signature.Kind.FRONT_RUNNER.value: "koploper", Signature.Kind.LATER.value: "ondertekenaar"}
    pattern = site_url.rstrip("/") + reverse("municipalities:municipality", args=["naam"])
    values = Municipality.objects.current().values_list(
        "code",
        "name",
        "official_name",
        "province__name",
        "population",
        "population_year",
        "land_area_km2",
        "pk",
        "slug",
    )
    for *facts, pk, slug in values:
        yield (*facts, words.get(places.get(pk, ""), ""), pattern.replace("/naam/", f"/{slug}/"))


def letters(municipalities: QuerySet[Municipality], *, asked: str = "", with_province: bool = True) -> list[Letter]:
    """The rows of the list, under their first letters; read as plain values, since there are hundreds.

    A row whose name has nothing of the name in ``asked`` says under which other name it was found.
    """
    places, reasons = places_in_manifest(), _found_by_other_name(asked)
    pattern = reverse("municipalities:municipality", args=["naam"])
    residents = _("%s inwoners")
    words = {Signature.Kind.FRONT_RUNNER.value: _("koploper"), Signature.Kind.LATER.value: _("tekende het manifest")}
    rows = []
    values = municipalities.values_list("pk", "name", "slug", "sort_name", "population", "province__name")
    for pk, name, slug, sort_name, population, province in values:
        facts = (
            reasons.get(pk),
            province if with_province else None,
            residents % number(population) if population is not None else None,
            words.get(places.get(pk, "")),
        )
        row = Row(
            name=name,
            url=pattern.replace("naam", slug),
            facts=", ".join(fact for fact in facts if fact),
        )
        rows.append((sort_name[:1].upper(), row))
    return [
        Letter(letter, [row for _letter, row in group]) for letter, group in groupby(rows, key=lambda pair: pair[0])
    ]


def short(found: list[Letter]) -> list[Letter]:
    """A short list in one piece, under no letter; a longer one as it is."""
    rows = [row for letter in found for row in letter.rows]
    return [Letter("", rows)] if 0 < len(rows) <= MAX_WITHOUT_LETTERS else found


def _found_by_other_name(text: str) -> dict[int, str]:
    """For each municipality that is found by another name than its own: which, in words."""
    asked = rules.name_asked(text)
    if not asked:
        return {}
    words = {MunicipalityName.Kind.EARLIER.value: _("heette eerder %s")}
    also = _("ook bekend als %s")
    found = MunicipalityName.objects.filter(folded__contains=asked).order_by("pk")
    reasons: dict[int, str] = {}
    own = set()
    for pk, kind, name in found.values_list("municipality_id", "kind", "name"):
        if kind == MunicipalityName.Kind.CURRENT:
            own.add(pk)
        reasons.setdefault(pk, words.get(kind, also) % name)
    return {pk: reason for pk, reason in reasons.items() if pk not in own}

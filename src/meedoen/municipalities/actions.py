"""Deeds on the register: load it, bring it to a new year, carry out a planned merger."""

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from typing import Any

from django.db import transaction

from meedoen.kernel import clock
from meedoen.kernel.identifiers import content_mark
from meedoen.kernel.text import fold, slug
from meedoen.pages.actions import changed

from . import register
from .models import (
    Municipality,
    MunicipalityName,
    OldSlug,
    Province,
    RegisterImport,
    Signature,
    Succession,
    day_words,
    sort_name,
)
from .register import MunicipalityRow, RegisterProblem, SuccessionRow

AREA = "municipalities"
BROUGHT_FIELDS = [
    "name", "official_name", "slug", "sort_name", "province", "population", "population_year", "land_area_km2",
    "longitude", "latitude",
]  # fmt: skip


class CannotMerge(Exception):
    """The merger cannot be carried out; the text says why."""


def load_register(*, now: datetime.datetime) -> bool:
    """Load the register that ships with the code, unless it or a newer year's is loaded. Returns whether it did."""
    files = [path.read_bytes() for path in (register.MUNICIPALITIES, register.SUCCESSIONS, register.MANIFEST)]
    mark = content_mark(*files)
    latest = RegisterImport.objects.first()
    if latest and (latest.mark == mark or latest.year > register.YEAR_OF_DATA):
        return False
    with transaction.atomic():
        import_register(
            register.read_municipalities(files[0].decode("utf-8")),
            register.read_successions(files[1].decode("utf-8")),
            year=register.YEAR_OF_DATA,
            mark=mark,
            now=now,
        )
        load_signatures(register.manifest()["signatures"], now=now)
    return True


@transaction.atomic
def import_register(
    rows: list[MunicipalityRow],
    successions: list[SuccessionRow],
    *,
    year: int,
    mark: str,
    now: datetime.datetime,
) -> None:
    """Bring the register to ``rows``, the municipalities of ``year``, with the mergers that led there.

    A municipality that is no longer in the file ends, and its address leads on; a renamed one keeps its old
    address as well. One that a person has merged meanwhile stays merged, and its residents count where it went. Raises
    ``RegisterProblem``, with nothing written, when the file is older than the register or contradicts itself: when a
    municipality would vanish without a word on where it went, stay after it ended, or go round in a circle.
    """
    existing = {each.code: each for each in Municipality.objects.all()}
    _refuse_older(year)
    _refuse_contradictions(rows, successions, existing)
    provinces = _bring_provinces(rows)
    _bring_municipalities(rows, existing, provinces)
    _bring_former(rows, successions, existing)
    _bring_successions(successions, existing)
    for row in rows:
        if not existing[row.code].is_current and (target := successor(existing[row.code])):
            _add_figures(target, row.population, row.population_year, row.land_area_km2)
    _bring_signatures_along()
    RegisterImport.objects.create(mark=mark, year=year, imported_at=now)
    changed(AREA, now=now)


@transaction.atomic
def load_signatures(rows: Iterable[Mapping[str, Any]], *, now: datetime.datetime) -> None:
    """Bring what is known of the manifest's signatories to ``rows``; one that is no longer there goes."""
    by_code = {each.code: each for each in Municipality.objects.all()}
    kept = []
    for row in rows:
        municipality = by_code[row["code"]]
        signature, _created = Signature.objects.update_or_create(
            municipality=successor(municipality) or municipality,
            name_then=row["name_then"],
            defaults={
                "kind": row["kind"],
                "signed_on": row["signed_on"],
                "note": row["note"],
                "sources": row["sources"],
            },
        )
        kept.append(signature.pk)
    Signature.objects.exclude(pk__in=kept).delete()
    changed(AREA, now=now)


@transaction.atomic
def activate_merger(code: str, *, now: datetime.datetime) -> Municipality:
    """Carry out the planned merger of ``code`` into one other municipality, which is returned.

    Residents and land are added up: both figures are CBS's, of the same year. What the manifest holds for the old
    one goes along. Nothing calls this by itself: a person who knows that the law was passed does. Raises
    ``CannotMerge`` when nothing is planned, the day has not come, or more than one takes a part.
    """
    plans = list(
        Succession.objects.select_related("old", "new").filter(old__code=code, status=Succession.Status.PLANNED)
    )
    if not plans:
        raise CannotMerge(f"No merger is planned for {code}.")
    if len(plans) > 1:
        raise CannotMerge(f"{code} is to be split; load the new year's file instead.")
    (plan,) = plans
    if clock.local_date(now) < plan.effective_on:
        raise CannotMerge(f"{plan.old} is to end on {day_words(plan.effective_on)}; it is not that day yet.")
    old, new = plan.old, plan.new
    if new.ended_on:
        raise CannotMerge(f"{new} ended on {day_words(new.ended_on)}; load the new year's file instead.")
    plan.status = Succession.Status.DONE
    plan.save(update_fields=["status"])
    _end(old, plan.effective_on)
    _add_figures(new, old.population, old.population_year, old.land_area_km2)
    _bring_signatures_along()
    changed(AREA, now=now)
    return new


def successor(municipality: Municipality) -> Municipality | None:
    """The municipality in which a former one goes on as a whole; None when it exists or went on in parts."""
    found: Municipality | None = None
    while not municipality.is_current:
        steps = list(Succession.objects.done().select_related("new").filter(old=municipality))
        if len(steps) != 1:
            return None
        municipality = found = steps[0].new
    return found


def _add_figures(target: Municipality, population: int | None, year: int | None, land_area: Decimal | None) -> None:
    """Count the residents and the land of a merged municipality where it went; residents of the same year only."""
    if population is not None and target.population is not None and year == target.population_year:
        target.population += population
    if land_area is not None and target.land_area_km2 is not None:
        target.land_area_km2 += land_area
    target.save(update_fields=["population", "land_area_km2"])


def _bring_signatures_along() -> None:
    """Let the one in which a municipality went on as a whole hold its place in the manifest."""
    left = Signature.objects.filter(municipality__is_current=False).select_related("municipality")
    for signature in left:
        target = successor(signature.municipality)
        if target:
            signature.municipality = target
            signature.save(update_fields=["municipality"])


def _refuse_older(year: int) -> None:
    newest = RegisterImport.objects.order_by("-year").first()
    if newest and year < newest.year:
        raise RegisterProblem([f"the register is that of {newest.year}; a file of {year} is older"])


def _refuse_contradictions(
    rows: list[MunicipalityRow], successions: list[SuccessionRow], existing: Mapping[str, Municipality]
) -> None:
    in_file = register.codes(rows)
    ending = {row.old_code for row in successions if row.status == "done"}
    problems = [
        f"{each.code} {each.name} is not in the file, and no merger says where it went"
        for each in existing.values()
        if each.is_current and each.code not in in_file and each.code not in ending
    ]
    known = in_file | set(existing)
    problems += [
        f"{row.old_name} is to go on in {row.new_code} {row.new_name}, which is nowhere in the register"
        for row in successions
        if row.new_code not in known and row.new_code not in {other.old_code for other in successions}
    ]
    problems += [
        f"{row.old_code} {row.old_name} is in the file, and a merger says that it ended on {row.effective_on}"
        for row in successions
        if row.status == "done" and row.old_code in in_file
    ]
    problems += _circles(successions)
    if problems:
        raise RegisterProblem(problems[: register.MAX_PROBLEMS])


def _circles(successions: list[SuccessionRow]) -> list[str]:
    """A sentence when mergers, those of the file and those of before, lead back to where they began."""
    graph: dict[str, set[str]] = {}
    for old, new in Succession.objects.done().values_list("old__code", "new__code"):
        graph.setdefault(old, set()).add(new)
    for row in successions:
        if row.status == "done":
            graph.setdefault(row.old_code, set()).add(row.new_code)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        return [f"the mergers go round in a circle: {', '.join(circle.args[1])}"]
    return []


def _bring_provinces(rows: list[MunicipalityRow]) -> dict[str, Province]:
    found: dict[str, Province] = {}
    for code, name in {row.province_code: row.province for row in rows}.items():
        found[code], _created = Province.objects.update_or_create(
            code=code, defaults={"name": name, "slug": slug(name)}
        )
    return found


def _bring_municipalities(
    rows: list[MunicipalityRow], existing: dict[str, Municipality], provinces: Mapping[str, Province]
) -> None:
    """Make or change the municipalities of the file, in a number of queries that does not grow with it."""
    _free_slugs(rows, existing)
    brought, earlier_names = [], {}
    for row in rows:
        municipality = existing.get(row.code) or Municipality(code=row.code)
        if not municipality.is_current:
            continue
        if municipality.pk and municipality.slug != row.slug:
            OldSlug.objects.update_or_create(slug=municipality.slug, defaults={"municipality": municipality})
        earlier_names[row.code] = municipality.name or row.name
        municipality.name, municipality.official_name, municipality.slug = row.name, row.official_name, row.slug
        municipality.sort_name = sort_name(row.name)
        municipality.province = provinces[row.province_code]
        municipality.population, municipality.population_year = row.population, row.population_year
        municipality.land_area_km2 = row.land_area_km2
        municipality.longitude, municipality.latitude = row.longitude, row.latitude
        brought.append(municipality)
    Municipality.objects.bulk_update([each for each in brought if each.pk], BROUGHT_FIELDS)
    Municipality.objects.bulk_create([each for each in brought if not each.pk])
    existing |= {each.code: each for each in brought}
    aliases = {row.code: row.aliases for row in rows}
    _bring_names((each, aliases[each.code], earlier_names[each.code]) for each in brought)


def _bring_names(named: Iterable[tuple[Municipality, Iterable[str], str]]) -> None:
    """Write the names by which each is found: its own, the official one, aliases, and all it had before."""
    named = list(named)
    kept = MunicipalityName.objects.filter(
        municipality__in=[each for each, _aliases, _earlier in named], kind=MunicipalityName.Kind.EARLIER
    )
    kinds_of: dict[int, dict[str, str]] = {each.pk: {} for each, _aliases, _earlier in named}
    for municipality_id, name in kept.values_list("municipality_id", "name"):
        kinds_of[municipality_id][name] = MunicipalityName.Kind.EARLIER
    for each, aliases, earlier in named:
        kinds = kinds_of[each.pk]
        kinds[earlier] = MunicipalityName.Kind.EARLIER
        kinds |= dict.fromkeys(aliases, MunicipalityName.Kind.ALIAS)
        kinds[each.official_name] = MunicipalityName.Kind.OFFICIAL
        kinds[each.name] = MunicipalityName.Kind.CURRENT
    MunicipalityName.objects.filter(municipality__in=kinds_of).delete()
    MunicipalityName.objects.bulk_create(
        MunicipalityName(municipality_id=municipality_id, name=name, folded=fold(name), kind=kind)
        for municipality_id, kinds in kinds_of.items()
        for name, kind in kinds.items()
    )


def _bring_former(
    rows: list[MunicipalityRow], successions: list[SuccessionRow], existing: dict[str, Municipality]
) -> None:
    """Make or end the municipalities that went on in others."""
    in_file = register.codes(rows)
    taken = {each.slug for each in existing.values()}
    made = []
    for row in successions:
        if row.status != "done" or row.old_code in in_file:
            continue
        municipality = existing.get(row.old_code)
        if municipality is None:
            address = slug(row.old_name)
            if address in taken:
                address = f"{address}-{row.old_code.lower()}"
            taken.add(address)
            municipality = existing[row.old_code] = Municipality(
                code=row.old_code,
                name=row.old_name,
                official_name=row.old_name,
                slug=address,
                sort_name=sort_name(row.old_name),
                is_current=False,
                ended_on=row.effective_on,
            )
            made.append(municipality)
        elif municipality.is_current:
            _end(municipality, row.effective_on)
    Municipality.objects.bulk_create(made)
    _bring_names((each, (), each.name) for each in made)


def _bring_successions(rows: list[SuccessionRow], existing: Mapping[str, Municipality]) -> None:
    known = {(each.old_id, each.new_id, each.effective_on): each for each in Succession.objects.all()}
    made = []
    for row in rows:
        old, new = existing[row.old_code], existing[row.new_code]
        succession = known.get((old.pk, new.pk, row.effective_on))
        if succession is None:
            succession = Succession(old=old, new=new, effective_on=row.effective_on, status=row.status)
            made.append(succession)
        succession.kind, succession.note, succession.sources = row.kind, row.note, list(row.sources)
        if succession.status != Succession.Status.DONE:  # what a person carried out stays done
            succession.status = row.status
    Succession.objects.bulk_update([each for each in known.values() if each.pk], ["kind", "note", "sources", "status"])
    Succession.objects.bulk_create(made)


def _end(municipality: Municipality, ended_on: datetime.date) -> None:
    municipality.is_current, municipality.ended_on = False, ended_on
    municipality.save(update_fields=["is_current", "ended_on"])


def _free_slugs(rows: list[MunicipalityRow], existing: Mapping[str, Municipality]) -> None:
    """Give way: a municipality that exists takes its address from a former one of the same name, or an old address."""
    wanted = {row.slug: row.code for row in rows}
    OldSlug.objects.filter(slug__in=wanted).delete()
    for other in existing.values():
        if other.slug in wanted and wanted[other.slug] != other.code:
            other.slug = f"{other.slug}-{other.code.lower()}"
            other.save(update_fields=["slug"])

"""A municipality's history in sentences, and the municipalities that resemble it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from meedoen.kernel import dutch

from . import rules
from .models import Municipality, MunicipalityName, Succession, day_words

ALIKE_COUNT = 5  # municipalities offered beside one


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the history."""

    on: datetime.date
    text: str
    sources: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Plan:
    """A merger that may come."""

    text: str
    note: str
    sources: list[tuple[str, str]]


def with_asides(municipalities: QuerySet[Municipality]) -> QuerySet[Any]:
    """With what few of them have, ``has_plan`` and ``has_other_names``: the page asks for these only where they are."""
    plans = Succession.objects.planned().filter(Q(old=OuterRef("pk")) | Q(new=OuterRef("pk")))
    kinds = MunicipalityName.Kind
    names = MunicipalityName.objects.filter(municipality=OuterRef("pk"), kind__in=(kinds.OFFICIAL, kinds.ALIAS))
    return municipalities.annotate(has_plan=Exists(plans), has_other_names=Exists(names.exclude(name=OuterRef("name"))))


def told(municipality: Municipality) -> list[Happening]:
    """What became part of it, by day; oldest first."""
    gone_to = Count("old__successions", filter=Q(old__successions__status=Succession.Status.DONE))
    steps = Succession.objects.done().select_related("old").filter(new=municipality).annotate(gone_to=gone_to)
    steps = steps.order_by("effective_on", "old__sort_name")  # counting drops the order of the model
    return [_happening(day, list(group)) for day, group in groupby(steps, key=lambda step: step.effective_on)]


def _happening(day: datetime.date, steps: list[Any]) -> Happening:
    names = [_what_went(step) for step in steps]
    kinds = {step.kind for step in steps}
    if kinds == {Succession.Kind.RENAMED}:
        text = _("Tot %(day)s heette deze gemeente %(names)s.")
    elif kinds == {Succession.Kind.MERGED}:
        text = _("Op %(day)s ontstond deze gemeente uit %(names)s.")
    elif len(names) == 1:
        text = _("Op %(day)s ging %(names)s op in deze gemeente.")
    else:
        text = _("Op %(day)s gingen %(names)s op in deze gemeente.")
    return Happening(
        day,
        text % {"day": day_words(day), "names": dutch.join(names)},
        rules.source_links(sorted({source for step in steps for source in step.sources})),
    )


def _what_went(step: Any) -> str:
    """The name of what went, or the part of it: what went to more than one, went nowhere as a whole."""
    words = {"name": step.old.name, "note": step.note}
    if step.gone_to == 1:
        return str(step.old.name)
    if step.note.endswith(_("deel")):  # het grootste deel, een kleiner deel
        return _("%(note)s van %(name)s") % words
    if step.note:
        return _("een deel van %(name)s (%(note)s)") % words
    return _("een deel van %(name)s") % words


def parts(municipality: Municipality) -> list[Succession]:
    """Where the parts of a former municipality went."""
    return list(Succession.objects.done().select_related("new").filter(old=municipality))


def planned(municipality: Municipality) -> list[Plan]:
    """The mergers that are planned and not certain."""
    either = Q(old=municipality) | Q(new=municipality)
    plans = Succession.objects.planned().filter(either).select_related("old", "new")
    return [
        Plan(
            _("Er is een plan: op %(day)s wordt %(old)s een deel van %(new)s. Dat is nog niet zeker.")
            % {"old": step.old.name, "new": step.new.name, "day": day_words(step.effective_on)},
            step.note,
            step.source_links,
        )
        for step in plans
    ]


def alike(municipality: Municipality, others: Iterable[Municipality]) -> list[Municipality]:
    """Those of ``others`` that come nearest in number of residents, the nearest first."""
    if municipality.population is None:
        return []
    population = municipality.population
    found = [each for each in others if each.population is not None and each.pk != municipality.pk]
    return sorted(found, key=lambda each: (abs((each.population or 0) - population), each.sort_name))[:ALIKE_COUNT]

"""A municipality's history in sentences, and the municipalities that resemble it."""

import datetime
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from meedoen.kernel import dutch

from . import rules
from .models import Municipality, Succession, day_words

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


def told(municipality: Municipality) -> list[Happening]:
    """What became part of it, and what it went on in; oldest first."""
    steps = list(Succession.objects.done().select_related("old").filter(new=municipality))
    happenings = []
    for day, group in groupby(steps, key=lambda step: step.effective_on):
        happened = list(group)
        whole = [step.old.name for step in happened if step.kind != Succession.Kind.SPLIT]
        kinds = {step.kind for step in happened}
        if kinds == {Succession.Kind.RENAMED}:
            text = _("Tot %(day)s heette deze gemeente %(names)s.")
        elif whole and kinds <= {Succession.Kind.MERGED}:
            text = _("Op %(day)s ontstond deze gemeente uit %(names)s.")
        else:
            text = (
                _("Op %(day)s ging %(names)s op in deze gemeente.")
                if len(whole) == 1
                else _("Op %(day)s gingen %(names)s op in deze gemeente.")
            )
        names = whole or [_("een deel van %(name)s") % {"name": step.old.name} for step in happened]
        happenings.append(
            Happening(
                day,
                text % {"day": day_words(day), "names": dutch.join(names)},
                rules.source_links(sorted({source for step in happened for source in step.sources})),
            )
        )
    return happenings


def parts(municipality: Municipality) -> list[Succession]:
    """Where the parts of a former municipality went."""
    return list(Succession.objects.done().select_related("new").filter(old=municipality))


def planned(municipality: Municipality) -> list[Plan]:
    """The mergers that are planned and not certain."""
    plans = Succession.objects.planned().select_related("old", "new")
    return [
        Plan(
            _("Er is een plan om %(old)s op %(day)s op te laten gaan in %(new)s. Dat is nog niet zeker.")
            % {"old": step.old.name, "new": step.new.name, "day": day_words(step.effective_on)},
            step.note,
            step.source_links,
        )
        for step in [*plans.filter(old=municipality), *plans.filter(new=municipality)]
    ]


def alike(municipality: Municipality) -> list[Municipality]:
    """Municipalities of the same province that come nearest in number of residents, the nearest first."""
    if municipality.population is None or municipality.province_id is None:
        return []
    others = Municipality.objects.current().filter(province=municipality.province_id).exclude(pk=municipality.pk)
    found = others.filter(population__isnull=False)
    population = municipality.population
    return sorted(found, key=lambda each: (abs((each.population or 0) - population), each.sort_name))[:ALIKE_COUNT]

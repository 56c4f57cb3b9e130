"""Two agendas side by side; the other one is chosen by a link or found by the name of its municipality."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.kernel import clock
from meedoen.kernel.dutch import join
from meedoen.kernel.text import fold
from meedoen.library.agendas import reading
from meedoen.library.agendas.forms import CompareForm
from meedoen.library.agendas.models import AREA, InclusionAgenda, InclusionAgendaQuerySet
from meedoen.library.agendas.rules import CHOICES
from meedoen.municipalities.actions import AREA as MUNICIPALITIES
from meedoen.pages.visitor import visitor_page
from meedoen.themes.models import AREA as THEME_NAMES


@visitor_page(AREA, MUNICIPALITIES, THEME_NAMES, query=CompareForm)
def compare(request: Any) -> HttpResponse:
    """``/kennisbank/agendas/vergelijken/?een=…&twee=…``."""
    asked = request.query.cleaned_data
    slugs = [asked.get("een") or "", asked.get("twee") or ""]
    published = InclusionAgenda.objects.published(clock.now())
    found = {
        each.slug: each
        for each in published.filter(slug__in=[slug for slug in slugs if slug])
        .select_related("municipality__province")
        .prefetch_related("themes", "touches")
    }
    problems = list(request.query_problems)
    if any(slug and slug not in found for slug in slugs):
        problems.append(_("Deze agenda kennen we niet. Kies een andere."))
    if slugs[0] and slugs[0] == slugs[1]:
        problems.append(_("Je koos twee keer dezelfde agenda. Kies een andere."))
    pair = list(dict.fromkeys(slug for slug in slugs if slug in found))
    context: dict[str, Any] = {
        "problems": problems,
        "compare_url": reverse("library:agendas_compare"),
        "trail": [(_("Kennisbank"), reverse("library:shelf")), (_("Agenda’s"), reverse("library:agendas"))],
    }
    if len(pair) == 2:
        context |= _side_by_side(*(found[slug] for slug in pair))
    else:
        first = found[pair[0]] if pair else None
        context |= _choice(published, first, name=asked.get("naam") or "", form=request.query)
    return render(request, "library/agendas/compare.html", context)


def _side_by_side(one: InclusionAgenda, other: InclusionAgenda) -> dict[str, Any]:
    steps = reading.steps_done()
    first, second = _heading(one, other), _heading(other, one)
    ids = {theme.id for theme in one.themes.all()} & {theme.id for theme in other.themes.all()}
    shared = [label for id, label in reading.THEME_LABELS.items() if id in ids]
    address = reverse("library:agendas_compare")
    return {
        "columns": [first, second],
        "rows": [
            {
                "label": row["key"],
                "cells": [
                    {"column": column, "text": fact["value"], "links": fact.get("links", ())}
                    for column, fact in ((first, row), (second, other_row))
                ],
            }
            for row, other_row in zip(_facts(one, steps), _facts(other, steps), strict=True)
        ],
        "shared": _("Deze thema’s staan in allebei: %(themes)s.") % {"themes": join(shared)}
        if shared
        else _("We kennen geen thema dat in allebei staat."),
        "choose_again": [
            (
                _("Vergelijk %(name)s met een andere agenda") % {"name": name},
                f"{address}?{urlencode({'een': each.slug})}",
            )
            for name, each in ((first, one), (second, other))
        ],
    }


def _facts(each: InclusionAgenda, steps: reading.Steps) -> list[dict[str, Any]]:
    facts = reading.facts_of(
        each,
        reading.present_municipality(each.municipality, steps),
        [theme.short for theme in each.themes.all()],
        [touch.number for touch in each.touches.all()],
    )
    return [
        *facts,
        {
            "key": _("De hele pagina"),
            "value": "",
            "links": [{"text": each.title, "url": each.get_absolute_url(), "external": False}],
        },
    ]


def _heading(each: InclusionAgenda, beside: InclusionAgenda) -> str:
    """What its column is called: the municipality; with the years, or else the name, where both are of one."""
    name = str(each.municipality.name)
    if each.municipality_id != beside.municipality_id:
        return name
    return f"{name}, {each.years or each.name}"


def _choice(
    published: InclusionAgendaQuerySet, first: InclusionAgenda | None, *, name: str, form: CompareForm
) -> dict[str, Any]:
    """What there is to choose as the first agenda, or beside it."""
    offered = published.exclude(pk=first.pk) if first else published
    asked = fold(name)
    if asked:
        offered = offered.filter(municipality__names__folded__contains=asked).distinct()
    rows = list(offered.select_related("municipality").newest_first()[: CHOICES + 1])
    address = reverse("library:agendas_compare")
    chosen = {"een": first.slug} if first else {}
    place = "twee" if first else "een"
    return {
        "first": first,
        "form": form,
        "name": name,
        "choices": [(each.title, f"{address}?{urlencode({**chosen, place: each.slug})}") for each in rows[:CHOICES]],
        "has_more": len(rows) > CHOICES,
        "all_url": f"{address}?{urlencode(chosen)}" if chosen else address,
    }

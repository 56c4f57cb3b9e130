"""The list of agendas with its filters."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.kernel import clock
from meedoen.kernel.dutch import number
from meedoen.library.agendas.forms import AgendaFilter
from meedoen.library.agendas.models import AREA, InclusionAgenda, InclusionAgendaQuerySet
from meedoen.library.agendas.reading import STAGES, THEME_LABELS, Steps, stage_words, steps_done, unknown_words
from meedoen.library.agendas.rules import Stage
from meedoen.municipalities.actions import AREA as MUNICIPALITIES
from meedoen.municipalities.models import Municipality, Province
from meedoen.pages.visitor import visitor_page
from meedoen.themes.models import AREA as THEME_NAMES

from .outputs import COLUMNS

FILTERS = ("provincie", "thema", "fase", "jaar")


@visitor_page(AREA, MUNICIPALITIES, THEME_NAMES, query=AgendaFilter)
def agendas(request: Any) -> HttpResponse:
    """``/kennisbank/agendas/``: in the order of the alphabet; each filter is a link, and more than one can be on."""
    asked = request.query.cleaned_data
    here = {name: asked.get(name) for name in FILTERS}
    steps = steps_done()
    published = InclusionAgenda.objects.published(clock.now())
    page = _filtered(published, here, steps).with_summary().page(before=asked.get("voor"), after=asked.get("na"))
    by_stage = _filtered(published, {**here, "fase": None}, steps).count_by_stage()
    count = by_stage.get(here["fase"], 0) if here["fase"] else sum(by_stage.values())
    provinces = {each.slug: each.name for each in Province.objects.all()}
    known = {steps.of(pk) for pk in published.count_by_municipality()}
    present = dict(Municipality.objects.current().order_by().values_list("pk", "province__slug"))
    context = {
        "page": page,
        "rows": [(each, stage_words(each)) for each in page.rows],
        "outcome": ngettext("%(number)s agenda", "%(number)s agenda’s", count) % {"number": number(count)},
        "active": _active(here, provinces),
        "is_further": bool(asked.get("voor") or asked.get("na")),
        "trail": [(_("Kennisbank"), reverse("library:shelf"))],
        "list_url": reverse("library:agendas"),
        "filters": _filters(here, published, steps, by_stage, provinces, present),
        "unknown": unknown_words(len(present.keys() - known), len(present)),
        "municipalities_url": reverse("municipalities:list"),
        "newer_url": _address(here, na=page.newer_key) if page.newer_key else "",
        "older_url": _address(here, voor=page.older_key) if page.older_key else "",
        "columns": COLUMNS,
        "problems": request.query_problems,
    }
    return render(request, "library/agendas/agendas.html", context)


def _filtered(agendas: InclusionAgendaQuerySet, here: dict[str, Any], steps: Steps) -> InclusionAgendaQuerySet:
    if here["provincie"]:
        agendas = agendas.in_province(here["provincie"], steps.in_province(here["provincie"]))
    if here["thema"]:
        agendas = agendas.about(here["thema"])
    if here["fase"]:
        agendas = agendas.in_stage(here["fase"])
    if here["jaar"]:
        agendas = agendas.in_year(here["jaar"])
    return agendas


def _filters(
    here: dict[str, Any],
    published: InclusionAgendaQuerySet,
    steps: Steps,
    by_stage: dict[str, int],
    provinces: dict[str, str],
    present: dict[int, str],
) -> list[dict[str, Any]]:
    """Each filter with what there is to choose: (words, how many, address, whether it is chosen)."""
    by_province: dict[str, int] = {}
    counted = _filtered(published, {**here, "provincie": None}, steps).count_by_municipality()
    for municipality, count in counted.items():
        slug = present.get(steps.of(municipality))
        if slug:
            by_province[slug] = by_province.get(slug, 0) + count
    by_theme = _filtered(published, {**here, "thema": None}, steps).count_by_theme()
    by_year = _filtered(published, {**here, "jaar": None}, steps).count_by_year()
    choices: dict[str, list[tuple[Any, str, int]]] = {
        "provincie": [(slug, name, by_province[slug]) for slug, name in provinces.items() if slug in by_province],
        "thema": [(id, THEME_LABELS[id], count) for id, count in by_theme if id in THEME_LABELS],
        "fase": [(stage.value, _capital(STAGES[stage]), by_stage[stage]) for stage in Stage if stage in by_stage],
        "jaar": [(year, str(year), count) for year, count in by_year],
    }
    words = {
        "provincie": (_("Kies een provincie"), _("Alle provincies")),
        "thema": (_("Kies een thema"), _("Alle thema’s")),
        "fase": (_("Kies hoe ver de gemeente is"), _("Maakt niet uit")),
        "jaar": (_("Kies een jaar"), _("Alle jaren")),
    }
    return [
        {
            "name": words[name][0],
            "all_text": words[name][1],
            "all_url": _address(here, **{name: None}),
            "is_all": not here[name],
            "choices": [
                (label, count, _address(here, **{name: value}), value == here[name]) for value, label, count in found
            ],
        }
        for name, found in choices.items()
    ]


def _active(here: dict[str, Any], provinces: dict[str, str]) -> list[tuple[str, str]]:
    """(what is chosen, the address without it) for each filter that is on."""
    words = {
        "provincie": provinces.get(here["provincie"] or "", ""),
        "thema": THEME_LABELS.get(here["thema"] or "", ""),
        "fase": _("hoe ver: %(stage)s") % {"stage": STAGES[Stage(here["fase"])]} if here["fase"] else "",
        "jaar": _("in %(year)s") % {"year": here["jaar"]},
    }
    return [(words[name], _address(here, **{name: None})) for name, value in here.items() if value]


def _capital(words: Any) -> str:
    said = str(words)
    return f"{said[:1].upper()}{said[1:]}"


def _address(here: dict[str, Any], **changes: Any) -> str:
    query = urlencode({name: value for name, value in {**here, **changes}.items() if value})
    return reverse("library:agendas") + (f"?{query}" if query else "")

"""The page with municipalities like one: why, what speaks against it, and a form to weigh it differently."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.pages.visitor import visitor_page
from meedoen.themes.models import AREA as THEMES_AREA

from .. import beside
from ..actions import AREA, successor
from ..models import Municipality, OldSlug
from . import reading, rules, words
from .forms import LikenessForm, weights_of


@visitor_page(AREA, beside.AREA, THEMES_AREA, query=LikenessForm, until=beside.next_change)
def alike(request: Any, slug: str) -> HttpResponse:
    found = Municipality.objects.filter(slug=slug).first()
    if found is None or not found.is_current:
        return redirect(_elsewhere(request, found, slug), permanent=True)
    places = reading.places()
    own = places[found.pk]
    weights = weights_of(request.query)
    parts = rules.counted(own.facts, weights)
    number = request.query.cleaned_data.get("bladzijde") or 1
    ranked = reading.ranked(own.key, places, weights)
    first = (number - 1) * rules.PAGE_SIZE
    shown = ranked[first : first + rules.PAGE_SIZE]
    name = {"name": own.name}
    context = {
        "municipality": own,
        "heading": _("Gemeenten zoals %(name)s") % name,
        "number": number,
        "form": request.query,
        "problems": request.query_problems,
        "own_facts": words.own_facts(own),
        "unknown": words.unknown_words(own, set(rules.Part) - rules.known(own.facts)),
        "is_anything_known": bool(rules.known(own.facts)),
        "is_anything_counted": any(weights.values()),
        "count": len(ranked),
        "rows": [words.told(own, places[each.key], each, parts) for each in shown],
        "trail": [(_("Gemeenten"), reverse("municipalities:list")), (own.name, own.url)],
        "previous_url": _address(request, slug, rules.page_before(number, len(ranked))) if number > 1 else "",
        "next_url": _address(request, slug, number + 1) if len(ranked) > first + rules.PAGE_SIZE else "",
        "as_it_is_url": reverse("municipalities:alike", args=[slug]),
        "is_weighed": any(weight != rules.Weight.NORMAL for weight in weights.values()),
    }
    return render(request, "municipalities/alike.html", context)


def _elsewhere(request: HttpRequest, found: Municipality | None, slug: str) -> str:
    """Where one that is not there now leads: to its new address, to what it went on in, or to where its parts went."""
    if found is None:
        found = get_object_or_404(OldSlug.objects.select_related("municipality"), slug=slug).municipality
        return _address(request, found.slug, 1)
    target = successor(found)
    return _address(request, target.slug, 1) if target else found.get_absolute_url()


def _address(request: Any, slug: str, number: int) -> str:
    """The page of a municipality, weighed as it is weighed now."""
    asked = {name: value for name, value in request.query.cleaned_data.items() if value and name != "bladzijde"}
    if number > 1:
        asked["bladzijde"] = number
    address = reverse("municipalities:alike", args=[slug])
    return f"{address}?{urlencode(asked)}#uitkomst" if asked else address

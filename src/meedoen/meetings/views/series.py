"""The page of meetings that belong together."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from meedoen.kernel import clock
from meedoen.meetings import reading, rules
from meedoen.meetings.forms import SeriesForm
from meedoen.meetings.models import AREA, Meeting, Series
from meedoen.municipalities.actions import AREA as MUNICIPALITIES
from meedoen.pages.visitor import visitor_page

from .meeting import trail


@visitor_page(AREA, MUNICIPALITIES, query=SeriesForm, until=Meeting.objects.all().next_change)
def series(request: Any, slug: str) -> HttpResponse:
    """``/bijeenkomsten/reeks/<slug>/``: what comes, the soonest first, and what was, the newest first."""
    found = get_object_or_404(Series, slug=slug)
    now = clock.now()
    asked = request.query.cleaned_data
    of_series = reading.listed(Meeting.objects.published(now).filter(series=found))
    page = reading.page(of_series.past(now), is_past=True, before=asked.get("voor"), after=asked.get("na"))
    coming = [] if page.has_newer else list(of_series.upcoming(now).soonest_first()[: rules.SERIES_SHOWN])
    if not (coming or page.rows or page.has_newer):
        raise Http404
    here = found.get_absolute_url()
    context = {
        "series": found,
        "coming": reading.cards(coming, now),
        "past": reading.cards(page.rows, now),
        "is_further": bool(asked.get("voor") or asked.get("na")),
        "newer_url": f"{here}?na={page.newer_key}" if page.newer_key else "",
        "older_url": f"{here}?voor={page.older_key}" if page.older_key else "",
        "trail": trail(),
        "problems": request.query_problems,
    }
    return render(request, "meetings/series.html", context)

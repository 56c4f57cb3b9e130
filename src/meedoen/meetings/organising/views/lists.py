"""What somebody organises, and beginning a meeting."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from meedoen.kernel import clock
from meedoen.meetings.organising import actions, reading
from meedoen.meetings.organising.forms import BeginForm
from meedoen.meetings.organising.forms.steps import EARLIER
from meedoen.municipalities.models import Municipality
from meedoen.people.returning import filled_again, typed

from .coming_in import organisers_only, trail_of


@organisers_only
@require_GET
def organising(request: Any) -> HttpResponse:
    """``/team/bijeenkomsten/``: what waits first."""
    context = {
        "groups": reading.groups(request.organiser, clock.now()),
        "is_team": request.organiser.is_team,
        "municipalities": Municipality.objects.current().filter(pk__in=request.organiser.municipalities),
        "is_discarded": request.GET.get("klaar") == "weg",
    }
    return render(request, "meetings/organising/organising.html", context)


@filled_again
@organisers_only
@require_http_methods(["GET", "POST"])
def begin(request: Any) -> HttpResponse:
    """``/team/bijeenkomsten/nieuw/``: from a template, or from an earlier one."""
    theirs = Municipality.objects.current().filter(pk__in=request.organiser.municipalities)
    form = BeginForm(
        request.POST if request.method == "POST" else None,
        initial=typed(request),
        earlier=reading.earlier(request.organiser),
        municipalities=theirs,
        is_team=request.organiser.is_team,
    )
    if form.is_valid():
        wanted = form.cleaned_data
        said = {
            "title": wanted["title"],
            "municipality": wanted.get("gemeente"),
            "by": request.person,
            "now": clock.now(),
        }
        if wanted["start"] == EARLIER:
            meeting = actions.copied(wanted["earlier"], **said)
        else:
            meeting = actions.begin(wanted["start"], **said)
        return redirect("meetings:organise", meeting.pk)
    return render(request, "meetings/organising/begin.html", {"form": form, "trail": trail_of()})

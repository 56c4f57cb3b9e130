"""Municipalities that say they use something too, which the team does not know yet to be theirs."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.kernel import clock
from meedoen.library.models import Reuse
from meedoen.library.reuse import actions
from meedoen.people.entrance.guards import team_only
from meedoen.team.forms import AnswerForm
from meedoen.team.steps import address

SHOWN = 50  # the oldest come first, so the others follow as these are decided


@team_only
@require_GET
def reuses(request: Any) -> HttpResponse:
    """``/team/gebruikt/``: what waits, the oldest first."""
    waiting = Reuse.objects.waiting().select_related("article", "municipality", "taken_from__municipality", "person")
    done = {"ja": _("Het staat op de site"), "nee": _("Het komt niet op de site. We mailden waarom.")}
    context = {
        "items": waiting[:SHOWN],
        "done": done.get(request.GET.get("klaar", ""), ""),
        "trail": [(_("Wat wacht er?"), address("team:today"))],
    }
    return render(request, "team/reuses.html", context)


@team_only
@require_POST
def show(request: Any, reuse_id: int) -> HttpResponse:
    """Show it."""
    actions.decide(get_object_or_404(Reuse, pk=reuse_id), is_shown=True, reason="", now=clock.now())
    return redirect(f"{address('team:reuses')}?klaar=ja")


@team_only
@require_http_methods(["GET", "POST"])
def refuse(request: Any, reuse_id: int) -> HttpResponse:
    """Do not show it, with a reason that is mailed."""
    found = get_object_or_404(Reuse.objects.select_related("article", "municipality"), pk=reuse_id)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.decide(found, is_shown=False, reason=form.cleaned_data["reason"], now=clock.now())
        return redirect(f"{address('team:reuses')}?klaar=nee")
    context = {
        "form": form,
        "reuse": found,
        "trail": [(_("Wat wacht er?"), address("team:today")), (_("Wij ook"), address("team:reuses"))],
    }
    return render(request, "team/reuse_refuse.html", context)

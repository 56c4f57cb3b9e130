"""The quiet switch: let nobody but the team write for some days, and let everybody write again (MO9)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meedoen.conversation.quiet import actions
from meedoen.conversation.quiet.rules import LONGEST
from meedoen.kernel import clock
from meedoen.people.entrance.guards import team_only
from meedoen.team.forms import QuietForm
from meedoen.team.steps import address


@team_only
@require_http_methods(["GET", "POST"])
def quiet(request: Any) -> HttpResponse:
    """``/team/stil/``: begin, change or end it; each press can be undone by another."""
    now = clock.now()
    if request.method == "POST" and "open" in request.POST:
        actions.end(by=request.person, now=now)
        return redirect(f"{address('team:quiet')}?klaar=open")
    holds = actions.quiet_now(now)
    initial = {"notice": holds.notice, "last_day": holds.last_day} if holds else {}
    form = QuietForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.begin(**form.cleaned_data, by=request.person, now=now)
        except actions.CannotBeQuiet:
            longest = {"days": LONGEST.days}
            form.add_error("last_day", _("Kies vandaag of een dag hierna, hooguit %(days)s dagen verder.") % longest)
        else:
            return redirect(f"{address('team:quiet')}?klaar=stil")
    context = {
        "form": form,
        "holds": holds,
        "done": request.GET.get("klaar", "") if request.method == "GET" else "",
        "trail": [(_("Wat wacht er?"), address("team:today"))],
    }
    return render(request, "team/quiet.html", context, status=400 if form.errors else 200)

"""What the team knows of somebody who writes, and warning, pausing or banning them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.conversation.models import Contribution, Decision, Report
from meedoen.conversation.moderation import actions, rules, words
from meedoen.conversation.moderation.rules import Deed
from meedoen.conversation.rules import State
from meedoen.kernel import clock
from meedoen.people.entrance.guards import team_only
from meedoen.people.models import Person
from meedoen.team.forms import PauseForm, ReasonForm
from meedoen.team.steps import address, done

DECISIONS_SHOWN = 50  # the newest
WRITTEN_SHOWN = 20  # newest contributions on the page

MEASURES = {
    Deed.WARN: (gettext_lazy("waarschuwen"), gettext_lazy("Stuur de waarschuwing"), ReasonForm),
    Deed.PAUSE: (gettext_lazy("tijdelijk laten stoppen"), gettext_lazy("Laat tijdelijk stoppen"), PauseForm),
    Deed.BAN: (gettext_lazy("uitsluiten"), gettext_lazy("Sluit deze schrijver uit"), ReasonForm),
}


@team_only
@require_GET
def person(request: Any, person_id: int) -> HttpResponse:
    """Somebody: what they wrote, what was decided about them, and what can be done."""
    return _person(request, person_id)


@team_only
@require_http_methods(["GET", "POST"])
def warn(request: Any, person_id: int) -> HttpResponse:
    """Warn somebody."""
    return _measured(request, person_id, Deed.WARN)


@team_only
@require_http_methods(["GET", "POST"])
def pause(request: Any, person_id: int) -> HttpResponse:
    """Keep somebody from writing for some days."""
    return _measured(request, person_id, Deed.PAUSE)


@team_only
@require_http_methods(["GET", "POST"])
def ban(request: Any, person_id: int) -> HttpResponse:
    """Keep somebody from writing."""
    return _measured(request, person_id, Deed.BAN)


@team_only
@require_POST
def lift(request: Any, person_id: int) -> HttpResponse:
    """Let somebody write again."""
    found = get_object_or_404(Person, pk=person_id)
    try:
        decision = actions.measure(found, Deed.LIFT, by=request.person, now=clock.now())
    except actions.CannotDecide as problem:
        return _person(request, person_id, problem=str(problem))
    return redirect(f"{address('team:person', person_id)}?klaar={decision.pk}")


def _measured(request: Any, person_id: int, deed: Deed) -> HttpResponse:
    found = get_object_or_404(Person, pk=person_id, erased_at=None)
    what, button, form_class = MEASURES[deed]
    form = form_class(request.POST if request.method == "POST" else None)
    problem = ""
    if form.is_valid():
        try:
            decision = actions.measure(found, deed, by=request.person, now=clock.now(), **form.cleaned_data)
        except actions.CannotDecide as refused:
            problem = str(refused)
        else:
            return redirect(f"{address('team:person', person_id)}?klaar={decision.pk}")
    warned = Decision.objects.filter(person=found, deed=Deed.WARN).exists()
    context = {
        "person": found,
        "name": _name(found),
        "form": form,
        "what": what,
        "button": button,
        "problem": problem,
        "is_first_measure": deed != Deed.WARN and not warned,
        "trail": [(_("Wat wacht er?"), address("team:today")), (_name(found), address("team:person", person_id))],
    }
    return render(request, "team/measure.html", context)


def _person(request: Any, person_id: int, *, problem: str = "") -> HttpResponse:
    found = get_object_or_404(Person.objects.select_related("municipality"), pk=person_id)
    now = clock.now()
    written = Contribution.objects.filter(person=found).select_related("thread").order_by("-created_at", "-pk")
    decisions = Decision.objects.filter(person=found).select_related("decided_by", "contribution__thread")
    context = {
        "person": found,
        "name": _name(found),
        "now_paused": bool(found.paused_until and found.paused_until > now),
        "written": written[:WRITTEN_SHOWN],
        "written_count": written.count(),
        "removed_count": written.filter(state=State.REMOVED).count(),
        "report_count": Report.objects.filter(person=found).count(),
        "decisions": [
            (words.DONE[Deed(each.deed)], each) for each in decisions.order_by("-decided_at", "-pk")[:DECISIONS_SHOWN]
        ],
        "may": {deed.value: rules.may_measure(deed, found, now=now) for deed in (*rules.MEASURES, Deed.LIFT)},
        "is_oneself": found.pk == request.person.pk,
        "problem": problem,
        "done": done(request),
        "trail": [(_("Wat wacht er?"), address("team:today"))],
    }
    return render(request, "team/person.html", context)


def _name(person: Person) -> str:
    """What the team calls them."""
    return person.name or _("Iemand zonder naam")

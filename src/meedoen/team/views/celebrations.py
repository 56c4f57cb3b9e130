"""Celebrations that somebody told of: read, place, have changed, or not place, each with its reason."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.celebrations import actions, reading, rules, words
from meedoen.celebrations.forms import ReasonForm
from meedoen.celebrations.models import Celebration
from meedoen.celebrations.pictures.reading import shown
from meedoen.celebrations.rules import Deed, State
from meedoen.conversation.text import render as render_text
from meedoen.kernel import clock
from meedoen.people.entrance.guards import team_only
from meedoen.team import meetings
from meedoen.team.steps import address

SHOWN = 50  # on the page; the oldest come first, so the others follow as these are settled
REASONED = {
    Deed.ASK: (gettext_lazy("Laat dit succes veranderen"), gettext_lazy("Vraag het, per mail")),
    Deed.REFUSE: (gettext_lazy("Plaats dit succes niet"), gettext_lazy("Plaats niet, en mail waarom")),
}


@team_only
@require_GET
def waiting(request: Any) -> HttpResponse:
    """``/team/successen/``: those that wait, the oldest first."""
    found = reading.listed(Celebration.objects.waiting())[:SHOWN]
    context = {
        "items": [(each, words.meta_of(each), address("team:celebration", each.pk)) for each in found],
        "done": words.DONE.get(request.GET.get("klaar", ""), ""),
        "trail": [(_("Wat wacht er?"), address("team:today"))],
    }
    return render(request, "team/celebrations.html", context)


@team_only
@require_GET
def celebration(request: Any, number: int) -> HttpResponse:
    """``/team/successen/<number>/``: all that is needed to decide."""
    return _page(request, number)


@team_only
@require_POST
def publish(request: Any, number: int) -> HttpResponse:
    """Place it."""
    return _decided(request, number, Deed.PUBLISH, "")


@team_only
@require_http_methods(["GET", "POST"])
def ask_change(request: Any, number: int) -> HttpResponse:
    """Ask who told it to change something."""
    return _reasoned(request, number, Deed.ASK)


@team_only
@require_http_methods(["GET", "POST"])
def refuse(request: Any, number: int) -> HttpResponse:
    """Do not place it, or take it off the site."""
    return _reasoned(request, number, Deed.REFUSE)


@team_only
@require_POST
def make_meeting(request: Any, number: int) -> HttpResponse:
    """Make a meeting of it, to go on with; a second press leads to the same one."""
    found = get_object_or_404(Celebration, pk=number)
    now = clock.now()
    if not meetings.may_become_meeting(found, now):
        return _page(request, number, problem=_("Dit succes komt niet meer, of staat niet op de site."))
    meeting = meetings.make_meeting(found, by=request.person, now=now)
    return redirect("meetings:organise", meeting.pk)


def _reasoned(request: Any, number: int, deed: Deed) -> HttpResponse:
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _decided(request, number, deed, form.cleaned_data["reason"], form)
    return _page(request, number, deed=deed, form=form)


def _decided(request: Any, number: int, deed: Deed, reason: str, form: ReasonForm | None = None) -> HttpResponse:
    found = get_object_or_404(Celebration, pk=number)
    try:
        actions.decide(
            found, deed, by=request.person, seen=request.POST.get("seen", ""), reason=reason, now=clock.now()
        )
    except actions.CannotDo as problem:
        return _page(request, number, deed=deed if form else None, form=form, problem=str(problem))
    return redirect(f"{address('team:celebrations')}?klaar={deed.value}")


def _page(
    request: Any, number: int, *, deed: Deed | None = None, form: ReasonForm | None = None, problem: str = ""
) -> HttpResponse:
    found = get_object_or_404(
        reading.whole(Celebration.objects.select_related("offered_by__address", "celebrated_at")), pk=number
    )
    context = {
        **reading.told(found, with_secret=True),
        "html": render_text(found.text),
        "state": found.state,
        "offerer": found.offered_by.name if found.offered_by else "",
        "asked": [each for each in found.makers.order_by("pk") if each.withdrawn_at is None],
        "pictures": shown(found.pictures.present(), secret=found.secret),
        "may": {each.value: rules.may_be_decided(each, found) for each in Deed},
        "is_published": found.state == State.PUBLISHED,
        "may_become_meeting": meetings.may_become_meeting(found, clock.now()),
        "has_meeting": hasattr(found, "celebrated_at"),
        "steps": [(words.DONE[Deed(each.deed)], each) for each in found.steps.all()],
        "form": form,
        "problem": problem,
        "trail": [
            (_("Wat wacht er?"), address("team:today")),
            (_("Successen die wachten"), address("team:celebrations")),
        ],
    }
    if form is not None and deed is not None:
        context["heading"], context["button"] = REASONED[deed]
        return render(request, "team/celebration_reason.html", context)
    return render(request, "team/celebration.html", context)

"""The queue and its items; only for the project team, never kept."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.conversation import actions, rules
from meedoen.conversation.models import Contribution, Decision
from meedoen.conversation.rules import Deed, State
from meedoen.conversation.text import render as render_text
from meedoen.kernel import clock
from meedoen.people.entrance.views import identified

from .forms import RemovalForm

P = ParamSpec("P")
View = Callable[Concatenate[Any, P], HttpResponse]
MAX_ID_DIGITS = 18  # more is no number of a row
QUEUE_SIZE = 50  # items on the page; the oldest come first, so the others follow as these are decided

DEED_WORDS = {
    Deed.APPROVE: gettext_lazy("Deze reactie staat nu op de site"),
    Deed.REMOVE: gettext_lazy("Deze reactie is weggehaald"),
    Deed.RESTORE: gettext_lazy("Deze reactie staat weer op de site"),
}


def team_only(view: View[P]) -> View[P]:
    """Only for the project team; who is signed in and not of it is told whom to ask."""

    @wraps(view)
    def page(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.person.is_team:
            raise PermissionDenied(
                _("Deze pagina is voor het projectteam. Hoor je daarbij? Vraag een collega om je toe te laten.")
            )
        return view(request, *args, **kwargs)

    return identified(page)


@team_only
@require_GET
def today(request: Any) -> HttpResponse:
    """``/team/``: what waits, the oldest first."""
    waiting = Contribution.objects.for_the_team().select_related("thread", "person")
    context = {
        "items": waiting[:QUEUE_SIZE],
        "count": waiting.count(),
        "done": _done(request),
    }
    return render(request, "team/today.html", context)


@team_only
@require_GET
def item(request: Any, contribution_id: int) -> HttpResponse:
    """One contribution with all that is needed to decide."""
    return _item(request, contribution_id)


@team_only
@require_POST
def approve(request: Any, contribution_id: int) -> HttpResponse:
    """Show it."""
    return _decided(request, contribution_id, Deed.APPROVE)


@team_only
@require_POST
def restore(request: Any, contribution_id: int) -> HttpResponse:
    """Bring back what was removed."""
    return _decided(request, contribution_id, Deed.RESTORE)


@team_only
@require_http_methods(["GET", "POST"])
def remove(request: Any, contribution_id: int) -> HttpResponse:
    """Take it away, on a ground and with a reason."""
    form = RemovalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _decided(request, contribution_id, Deed.REMOVE, form)
    return _item(request, contribution_id, form=form)


def _decided(request: Any, contribution_id: int, deed: Deed, form: RemovalForm | None = None) -> HttpResponse:
    """Decide, and go on with the next item; where somebody was first, say so and keep what was typed."""
    contribution = get_object_or_404(Contribution, pk=contribution_id)
    try:
        decision = actions.decide(
            contribution,
            deed,
            by=request.person,
            read=request.POST.get("gelezen", ""),
            now=clock.now(),
            **(form.cleaned_data if form else {}),
        )
    except actions.CannotDecide as problem:
        return _item(request, contribution_id, problem=str(problem), form=form)
    following = Contribution.objects.for_the_team().exclude(pk=contribution_id).first()
    done = f"?klaar={decision.pk}"
    if following is None:
        return redirect(_address("team:today") + done)
    return redirect(_address("team:item", following.pk) + done)


def _item(request: Any, contribution_id: int, *, problem: str = "", form: RemovalForm | None = None) -> HttpResponse:
    contribution = get_object_or_404(
        Contribution.objects.select_related("thread", "person__address", "person__municipality"), pk=contribution_id
    )
    earlier = Decision.objects.filter(contribution__person=contribution.person_id).select_related("decided_by")
    context = {
        "contribution": contribution,
        "html": render_text(contribution.text),
        "read": rules.mark_of(contribution.text),
        "earlier": [(DEED_WORDS[Deed(each.deed)], each) for each in earlier],
        "may": {deed.value: rules.may_decide(deed, contribution) for deed in Deed},
        "is_waiting": contribution.state == State.WAITING,
        "problem": problem,
        "done": _done(request),
        "trail": [(_("Wat wacht er?"), _address("team:today"))],
        "form": form,
    }
    return render(request, "team/remove.html" if form else "team/item.html", context)


def _done(request: Any) -> dict[str, Any] | None:
    """What the team member decided a moment ago, named in the address, with the way to it."""
    asked = request.GET.get("klaar", "")
    decision = (
        Decision.objects.filter(pk=asked, decided_by=request.person).select_related("contribution__person").first()
        if asked.isdecimal() and len(asked) < MAX_ID_DIGITS
        else None
    )
    if decision is None:
        return None
    return {
        "heading": DEED_WORDS[Deed(decision.deed)],
        "name": decision.contribution.person.name,
        "url": _address("team:item", decision.contribution_id),
    }


def _address(name: str, *arguments: Any) -> str:
    return reverse(name, args=arguments)

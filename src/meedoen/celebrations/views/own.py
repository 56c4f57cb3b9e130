"""The page of who told a celebration: how it stands, and all that can still be done with it; and all of mine."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.celebrations import actions, reading, words
from meedoen.celebrations.forms import ChangeForm
from meedoen.celebrations.models import Celebration, Maker, Question
from meedoen.celebrations.pictures.reading import shown
from meedoen.celebrations.rules import Deed, State
from meedoen.conversation.text import render as render_text
from meedoen.kernel import clock
from meedoen.pages.origin import anonymous_post
from meedoen.people.entrance.guards import identified

from .found import changeable, may_change, own, trail

DONE = {
    "verteld": gettext_lazy("Je succes is bij ons"),
    "veranderd": gettext_lazy("Dat is bewaard"),
    "gevraagd": gettext_lazy("We mailen deze persoon. Na een ja staat de naam erbij."),
    "naam-weg": gettext_lazy("De naam is weg"),
    "foto": gettext_lazy("De foto is bewaard"),
    "foto-weg": gettext_lazy("De foto is weg"),
    "ingetrokken": gettext_lazy("Je trok het in"),
    "terug": gettext_lazy("Het is terug"),
}
MINE_SHOWN = 50  # of each list; more is no person's doing


@never_cache
@require_GET
def page(request: HttpRequest, own_key: str) -> HttpResponse:
    """``/successen/aanbod/<secret>/``: how it stands; opening it does nothing."""
    return _page(request, own(own_key))


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, own_key: str) -> HttpResponse:
    """``…/veranderen/``: its words. When somebody else changed them meanwhile, nothing of either is lost."""
    celebration = changeable(request, own_key)
    form = ChangeForm(request.POST if request.method == "POST" else None, celebration=celebration)
    if form.is_valid():
        is_keeper = actions.is_keeper(getattr(request, "person", None), celebration)
        try:
            actions.change(
                celebration, form.facts(), seen=form.cleaned_data["seen"], is_keeper=is_keeper, now=clock.now()
            )
        except actions.ChangedMeanwhile as problem:
            return _change_page(request, celebration, form, problem=str(problem))
        except actions.CannotDo as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(f"{celebration.own_url}?klaar=veranderd")
    return _change_page(request, celebration, form)


@never_cache
@anonymous_post
@require_POST
def withdraw(request: HttpRequest, own_key: str) -> HttpResponse:
    """Take it back; it can be put back on the same page."""
    celebration = own(own_key)
    actions.withdraw(celebration, now=clock.now())
    return redirect(f"{celebration.own_url}?klaar=ingetrokken")


@never_cache
@anonymous_post
@require_POST
def put_back(request: HttpRequest, own_key: str) -> HttpResponse:
    """Put it back."""
    celebration = own(own_key)
    try:
        actions.put_back(celebration, now=clock.now())
    except actions.CannotDo as problem:
        return _page(request, celebration, problem=str(problem))
    return redirect(f"{celebration.own_url}?klaar=terug")


@identified
@require_GET
def mine(request: Any) -> HttpResponse:
    """``/successen/mijn/``: what I told, where my name stands, and what I was asked."""
    person = request.person
    told = Celebration.objects.filter(offered_by=person).order_by("-offered_at", "-pk")
    named = Maker.objects.shown().filter(person=person, celebration__state=State.PUBLISHED)
    asked = Question.objects.filter(person=person, answered_at=None, stopped_at=None)
    context = {
        "told": [(each, words.STATES[State(each.state)]) for each in told[:MINE_SHOWN]],
        "named": list(named.select_related("celebration")[:MINE_SHOWN]),
        "asked": list(asked.select_related("celebration").order_by("asked_at", "pk")[:MINE_SHOWN]),
    }
    return render(request, "celebrations/mine.html", context)


def _page(request: Any, celebration: Celebration, *, problem: str = "") -> HttpResponse:
    whole = reading.whole(Celebration.objects.filter(pk=celebration.pk)).get()
    last = whole.steps.last()
    pictures = list(whole.pictures.order_by("pk"))
    context = {
        **reading.told(whole, with_secret=True),
        "html": render_text(whole.text),
        "state": words.STATES[State(whole.state)],
        "reason": last.reason if last and last.deed in (Deed.ASK, Deed.REFUSE) else "",
        "may_change": may_change(request, whole),
        "is_public": whole.state == State.PUBLISHED,
        "is_withdrawn": whole.state == State.WITHDRAWN,
        "may_withdraw": whole.state in (State.WAITING, State.ASKED, State.PUBLISHED),
        "asked": [each for each in whole.makers.order_by("pk") if each.withdrawn_at is None],
        "own_pictures": list(zip(pictures, shown(pictures, secret=whole.secret), strict=True)),
        "problem": problem,
        "done": DONE.get(request.GET.get("klaar", ""), ""),
        "trail": trail(whole)[:1],
    }
    return render(request, "celebrations/own.html", context)


def _change_page(
    request: HttpRequest, celebration: Celebration, form: ChangeForm, *, problem: str = ""
) -> HttpResponse:
    now_there = Celebration.objects.prefetch_related("municipalities").get(pk=celebration.pk) if problem else None
    context = {
        "form": form,
        "celebration": celebration,
        "problem": problem,
        "now_there": now_there,
        "now_html": render_text(now_there.text) if now_there else "",
        "seen": now_there.mark if now_there else form["seen"].value(),
        "trail": trail(celebration),
    }
    return render(request, "celebrations/change.html", context, status=409 if problem else 200)

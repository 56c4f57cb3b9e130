"""Asking who made it, and the own page of who is named."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.celebrations.actions import CannotDo
from meedoen.celebrations.models import Maker
from meedoen.celebrations.rules import State
from meedoen.celebrations.views.found import changeable, trail
from meedoen.kernel import clock
from meedoen.pages.missing import Missing
from meedoen.pages.origin import anonymous_post, network

from . import actions
from .forms import AskForm


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, own_key: str) -> HttpResponse:
    """``/successen/aanbod/<secret>/maker/``: ask somebody whether their name may stand there."""
    celebration = changeable(request, own_key)
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.ask(celebration, **form.cleaned_data, network=network(request), now=clock.now())
        except CannotDo as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(f"{celebration.own_url}?klaar=gevraagd")
    context = {"form": form, "celebration": celebration, "trail": trail(celebration)}
    return render(request, "celebrations/maker_ask.html", context)


@never_cache
@anonymous_post
@require_POST
def remove(request: HttpRequest, own_key: str, number: int) -> HttpResponse:
    """Take somebody off the list, by who tells of it."""
    celebration = changeable(request, own_key)
    actions.withdraw(get_object_or_404(celebration.makers, pk=number), now=clock.now())
    return redirect(f"{celebration.own_url}?klaar=naam-weg")


@never_cache
@require_GET
def named(request: HttpRequest, key: str) -> HttpResponse:
    """``/successen/genoemd/<key>/``: what it is about, and how one's name stands; opening it does nothing."""
    return _page(request, _of(key))


@never_cache
@anonymous_post
@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Take my name away, at once; a code brings it back."""
    actions.withdraw(_of(key), now=clock.now())
    return redirect(f"{reverse('celebrations:named', args=[key])}?klaar=weg")


@never_cache
@anonymous_post
@require_POST
def come_back(request: HttpRequest, key: str) -> HttpResponse:
    """Ask the code with which my name comes back."""
    maker = _of(key)
    try:
        act = actions.come_back(maker, network=network(request), now=clock.now())
    except CannotDo as problem:
        return _page(request, maker, problem=str(problem))
    return redirect("people:act", act.key)


def _of(key: str) -> Maker:
    maker = Maker.objects.select_related("celebration", "person__address").filter(key=key).first()
    if maker is None:
        raise Missing(_("Je naam staat hier niet meer bij. We hebben hem gewist."))
    return maker


def _page(request: Any, maker: Maker, *, problem: str = "") -> HttpResponse:
    celebration = maker.celebration
    context = {
        "maker": maker,
        "celebration": celebration,
        "is_public": celebration.state == State.PUBLISHED,
        "problem": problem,
        "done": {"ja": _("Je naam mag erbij"), "weg": _("Je naam is weg")}.get(request.GET.get("klaar", ""), ""),
    }
    return render(request, "celebrations/named.html", context)

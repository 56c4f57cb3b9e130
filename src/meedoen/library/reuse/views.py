"""Saying that a municipality uses a text, and the page of who said so."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.kernel import clock
from meedoen.library.models import Article, Reuse
from meedoen.pages.origin import anonymous_post, network
from meedoen.people import actions as people

from . import actions
from .acts import MEMBER_USE, USE
from .forms import MemberUseForm, UseForm, form_for
from .rules import State


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def use(request: Any, slug: str) -> HttpResponse:
    """``/kennisbank/<slug>/wij-ook/``: which municipality uses it too, from whom, and what it changed."""
    article = get_object_or_404(Article.objects.published(clock.now()).shelved(), slug=slug)
    person = getattr(request, "person", None)
    kind, form_of = (MEMBER_USE, MemberUseForm) if person else (USE, UseForm)
    initial = {"municipality": person.municipality_id} if person and person.municipality_id else {}
    form = form_for(article, form_of, request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            act = people.keep(
                kind,
                payload={**form.payload(), "article": article.pk},
                name=person.name if person else form.cleaned_data["name"],
                email=person.address.email if person and person.address else form.cleaned_data["email"],
                network=network(request),
                now=clock.now(),
                person=person,
            )
        except people.Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("people:act", act.key)
    return render(request, "library/reuse/use.html", {"form": form, "article": article})


@never_cache
@require_GET
def own(request: HttpRequest, key: str) -> HttpResponse:
    """``/gebruik/<key>/``: what I said, how it stands with it, and taking it back; opening it does nothing."""
    found = _own(key)
    context = {
        "reuse": found,
        "is_shown": found.state == State.SHOWN,
        "is_waiting": found.state == State.WAITING,
        "is_withdrawn": found.state == State.WITHDRAWN,
    }
    return render(request, "library/reuse/own.html", context)


@never_cache
@anonymous_post
@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Take it back; a press that can be undone on the page that follows."""
    actions.withdraw(_own(key), now=clock.now())
    return redirect("library:own_reuse", key)


@never_cache
@anonymous_post
@require_POST
def put_back(request: HttpRequest, key: str) -> HttpResponse:
    """Put it back."""
    actions.put_back(_own(key), now=clock.now())
    return redirect("library:own_reuse", key)


def _own(key: str) -> Reuse:
    return get_object_or_404(
        Reuse.objects.select_related("article", "municipality", "taken_from__municipality"), key=key
    )

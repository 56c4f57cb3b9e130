"""What we know of you: read it, take it with you, have it erased."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from meedoen.kernel import clock
from meedoen.pages.missing import Missing
from meedoen.pages.origin import network
from meedoen.people import actions as people
from meedoen.people.entrance.guards import identified, not_kept
from meedoen.people.forms import CodeForm
from meedoen.people.models import Person

from . import actions, handing
from .acts import ERASE
from .forms import EraseForm
from .register import holdings


@identified
@require_GET
def data(request: Any) -> HttpResponse:
    """``/mijn/gegevens/``: everything, as a page."""
    known = actions.everything_about(request.person, now=clock.now())
    pages = {str(holding.name): reverse(holding.page) for holding in holdings() if holding.page}
    kinds = [{**kind, "page": pages.get(kind["naam"], "")} for kind in known["gegevens"]]
    context = {"kinds": kinds, "trail": _trail(), "download_url": reverse("people:download"), "is_own_page": True}
    return render(request, "people/data.html", context)


@identified
@require_GET
def download(request: Any) -> HttpResponse:
    """``/mijn/gegevens/alles.json``: everything, as a file."""
    return _as_file(request.person)


@not_kept
@require_http_methods(["GET", "POST"])
def handed(request: HttpRequest, token: str) -> HttpResponse:
    """``/mijn/gegevens/link/<token>/``: everything, for a day, to who typed the code that was mailed to them."""
    if person := handing.person_of_mailed(token):
        return _code_asked(request, token, person)
    known = actions.everything_about(_whose(token), now=clock.now())
    context = {"kinds": known["gegevens"], "trail": [], "download_url": reverse("people:handed_file", args=[token])}
    return render(request, "people/data.html", context)


@not_kept
@require_GET
def handed_file(request: HttpRequest, token: str) -> HttpResponse:
    """The same, as a file."""
    return _as_file(_whose(token))


def _code_asked(request: HttpRequest, token: str, person: Person) -> HttpResponse:
    """Ask the code that stands beside the link in the mail; nothing of its person stands here."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            handing.check(token, form.cleaned_data["code"], now=clock.now())
            return redirect(handing.path_for(person))
        except people.Refused as refused:
            form.add_error("code", str(refused))
    return render(request, "people/handed_code.html", {"form": form})


def _whose(token: str) -> Person:
    person = handing.person_of(token)
    if person is None:
        raise Missing(
            _(
                "Deze link werkt een dag, en dat is voorbij. Mail opnieuw om je gegevens. Of log in, en kijk bij Jouw gegevens."
            )
        )
    return person


def _as_file(person: Person) -> HttpResponse:
    known = actions.everything_about(person, now=clock.now())
    response = HttpResponse(
        json.dumps(known, ensure_ascii=False, indent=2), content_type="application/json; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="mijn-gegevens.json"'
    return response


@identified
@require_http_methods(["GET", "POST"])
def erase(request: Any) -> HttpResponse:
    """``/mijn/gegevens/wissen/``: asks what to do with the texts, then a code."""
    person = request.person
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        now = clock.now()
        try:
            act = people.keep(
                ERASE,
                payload=form.payload(),
                name=person.name,
                email=person.address.email,
                network=network(request),
                now=now,
                person=person,
            )
            people.ask_code(act, now=now)
        except people.Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("people:act", act.key)
    trail = [*_trail(), (_("Jouw gegevens"), reverse("people:data"))]
    return render(request, "people/erase.html", {"form": form, "trail": trail})


@never_cache
@require_GET
def erased(request: HttpRequest) -> HttpResponse:
    """What somebody sees last."""
    return render(request, "people/erased.html")


def _trail() -> list[tuple[str, str]]:
    return [(_("Mijn pagina"), "/mijn/")]

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
from meedoen.pages.origin import network
from meedoen.people import actions as people
from meedoen.people.entrance.guards import identified

from . import actions
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
    return render(request, "people/data.html", {"kinds": kinds, "trail": _trail()})


@identified
@require_GET
def download(request: Any) -> HttpResponse:
    """``/mijn/gegevens/alles.json``: everything, as a file."""
    known = actions.everything_about(request.person, now=clock.now())
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

"""What the vault keeps of you: see it, see who looked, take your consent back, have it erased."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from meedoen.kernel import clock
from meedoen.pages.missing import Missing
from meedoen.people.entrance.guards import identified

from . import actions, reading
from .models import Consent, Sealed


@identified
@require_GET
def needs(request: Any) -> HttpResponse:
    """``/mijn/gegevens/wensen/``: what is kept, for what, until when, who looked; and what you said yes to."""
    context = {
        "needs": reading.needs_of(request.person),
        "consents": reading.consents_of(request.person),
        "done": _done(request.GET.get("klaar", "")),
        "trail": _trail(),
    }
    return render(request, "people/needs.html", context)


@identified
@require_http_methods(["GET", "POST"])
def erase(request: Any, number: int) -> HttpResponse:
    """``/mijn/gegevens/wensen/3/wissen/``: asks, and erases one thing."""
    need = reading.need_of(request.person, number)
    if need is None:
        raise Missing(_("Dit is al gewist."))
    if request.method == "POST":
        actions.erase(get_object_or_404(Sealed, person=request.person, pk=number), now=clock.now())
        return redirect(f"{reverse('people:needs')}?klaar=gewist")
    return render(request, "people/need_erase.html", {"need": need, "trail": [*_trail(), _here()]})


@identified
@require_http_methods(["GET", "POST"])
def withdraw(request: Any, number: int) -> HttpResponse:
    """``/mijn/gegevens/toestemming/3/intrekken/``: asks, takes the consent back and erases what was kept by it."""
    agreed = get_object_or_404(
        Consent.objects.select_related("wording"), person=request.person, pk=number, withdrawn_at__isnull=True
    )
    if request.method == "POST":
        actions.withdraw(agreed, now=clock.now())
        return redirect(f"{reverse('people:needs')}?klaar=ingetrokken")
    context = {
        "consent": agreed,
        "titles": list(agreed.sealed.kept().values_list("title", flat=True).order_by("until")),
        "trail": [*_trail(), _here()],
    }
    return render(request, "people/consent_withdraw.html", context)


def _done(what: str) -> str:
    """What was just done, in words."""
    match what:
        case "gewist":
            return _("Het is gewist")
        case "ingetrokken":
            return _("Je toestemming is ingetrokken. Wat erbij hoorde, is gewist.")
    return ""


def _trail() -> list[tuple[str, str]]:
    return [(_("Mijn pagina"), "/mijn/"), (_("Jouw gegevens"), reverse("people:data"))]


def _here() -> tuple[str, str]:
    return (_("Wat je nodig hebt"), reverse("people:needs"))

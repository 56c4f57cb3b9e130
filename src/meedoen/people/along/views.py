"""Who helps me and what they did; whom I help, and switching that on and off. Each sees only their own side."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.kernel import clock
from meedoen.pages.origin import network
from meedoen.people.entrance.guards import identified

from . import actions, rules
from .forms import InviteForm, TermsForm
from .models import Bond
from .reading import ALONG
from .rules import What

MAX_DEEDS = 200  # on the page, the newest; all of them stand in the download of one's data

DONE = {
    "gevraagd": gettext_lazy("We mailden de ander. Na een ja kan die met je meedoen."),
    "bewaard": gettext_lazy("Bewaard"),
    "gestopt": gettext_lazy("Het is gestopt. De ander kan niets meer doen."),
    "eigen": gettext_lazy("Je doet weer mee onder je eigen naam"),
    "samen": gettext_lazy("Je doet nu mee met iemand anders"),
}
WHAT_WORDS = {
    What.WRITE: gettext_lazy("Geschreven bij"),
    What.FOLLOW: gettext_lazy("Gaan volgen:"),
    What.REPORT: gettext_lazy("Gemeld:"),
}


@identified
@require_GET
def overview(request: Any) -> HttpResponse:
    """``/mijn/hulp/``: who helps me, and whom I help."""
    today = clock.local_date(clock.now())
    bonds = Bond.objects.filter(ended_at=None, ends_on__gte=today).select_related("helped", "helper").order_by("pk")
    context = {
        "helpers": bonds.filter(helped=request.person),
        "helped": bonds.filter(helper=request.person),
        "now": request.along.pk if request.along else None,
        "done": DONE.get(request.GET.get("klaar", ""), ""),
        "trail": _trail(),
    }
    return render(request, "people/help.html", context)


@identified
@require_http_methods(["GET", "POST"])
def ask(request: Any) -> HttpResponse:
    """Ask somebody to help me."""
    now = clock.now()
    form = InviteForm(request.POST if request.method == "POST" else None, today=clock.local_date(now))
    if form.is_valid():
        try:
            actions.ask(request.person, network=network(request), now=now, **form.cleaned_data)
        except actions.Refused as problem:
            form.add_error(None, str(problem))
        else:
            return _to_overview("gevraagd")
    return render(request, "people/help_ask.html", {"form": form, "trail": _trail_of_help()})


@identified
@require_http_methods(["GET", "POST"])
def helper(request: Any, number: int) -> HttpResponse:
    """Somebody who helps me: what they did, until when, and whether others see it. Only for who is helped."""
    bond = get_object_or_404(Bond.objects.filter(helped=request.person).select_related("helper"), pk=number)
    now = clock.now()
    today = clock.local_date(now)
    form = TermsForm(
        request.POST if request.method == "POST" else None,
        today=today,
        initial={"ends_on": bond.ends_on, "is_shown": bond.is_shown},
    )
    if form.is_valid():
        try:
            actions.change(bond, by=request.person, now=now, **form.cleaned_data)
        except actions.Refused as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(f"{reverse('people:helper', args=[number])}?klaar=bewaard")
    context = {
        "bond": bond,
        "name": bond.helper_name or _("Iemand die weg is"),
        "holds": rules.holds(bond, today=today),
        "waits": bond.helper_id is None and bond.ended_at is None,
        "deeds": [(WHAT_WORDS[What(each.what)], each) for each in bond.deeds.all()[:MAX_DEEDS]],
        "form": form,
        "done": DONE.get(request.GET.get("klaar", ""), ""),
        "trail": _trail_of_help(),
    }
    return render(request, "people/helper.html", context)


@identified
@require_http_methods(["GET", "POST"])
def end(request: Any, number: int) -> HttpResponse:
    """End it; either may."""
    bonds = Bond.objects.of(request.person).filter(ended_at=None).select_related("helped", "helper")
    bond = get_object_or_404(bonds, pk=number)
    if request.method == "POST":
        actions.end(bond, by=request.person, now=clock.now())
        return _to_overview("gestopt")
    is_helped = bond.helped_id == request.person.pk
    context = {"name": bond.helper_name if is_helped else bond.helped.name, "trail": _trail_of_help()}
    return render(request, "people/help_end.html", context)


@identified
@require_POST
def begin(request: Any, number: int) -> HttpResponse:
    """Act along from now on, on this device."""
    holding = Bond.objects.holding(clock.local_date(clock.now()))
    bond = get_object_or_404(holding, pk=number, helper=request.person)
    request.session[ALONG] = bond.pk
    return _to_overview("samen")


@identified
@require_POST
def done(request: Any) -> HttpResponse:
    """Be only oneself again."""
    request.session.pop(ALONG, None)
    return _to_overview("eigen")


def _to_overview(done: str) -> HttpResponse:
    return redirect(f"{reverse('people:help')}?klaar={done}")


def _trail() -> list[tuple[str, str]]:
    return [(_("Mijn pagina"), settings.LOGIN_REDIRECT_URL)]


def _trail_of_help() -> list[tuple[str, str]]:
    return [*_trail(), (_("Samen meedoen"), reverse("people:help"))]

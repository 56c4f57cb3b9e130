"""The page of facts about a municipality, and contesting one: withdraw, put back, correct, and back to its source."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from meedoen.kernel import clock
from meedoen.municipalities.actions import AREA as REGISTER
from meedoen.municipalities.actions import successor
from meedoen.municipalities.facts import reading as facts
from meedoen.municipalities.facts.models import AREA
from meedoen.municipalities.facts.rules import For
from meedoen.municipalities.models import Fact, Municipality, OldSlug
from meedoen.pages.visitor import visitor_page
from meedoen.people.entrance.guards import identified
from meedoen.people.standing.models import Contact

from . import actions, reading, rules
from .forms import WithdrawForm, correct_form

DONE = {
    "ingetrokken": gettext_lazy("We gebruiken dit niet meer. Bij ‘Wat jullie introkken’ zet je het terug."),
    "teruggezet": gettext_lazy("We gebruiken dit weer"),
    "verbeterd": gettext_lazy("De zin is verbeterd. Bij ‘Verbeter deze zin’ zet je hem terug."),
    "bron": gettext_lazy("De zin zegt weer wat de bron zegt"),
}
PROBLEM = "intussen"


@visitor_page(AREA, REGISTER, until=facts.next_change)
def page(request: Any, slug: str) -> HttpResponse:
    """``/gemeenten/<slug>/feiten/``: what coupling uses and where it comes from; contacts contest it here."""
    found = Municipality.objects.filter(slug=slug).first()
    if found is None or not found.is_current:
        return redirect(_elsewhere(found, slug), permanent=True)
    now = clock.now()
    whom = _for_whom(request, found)
    here, keys = reading.page_url(found), facts.with_former(found.pk)
    context = {
        "municipality": found,
        "heading": _("Feiten over %(name)s") % {"name": found.name},
        "groups": reading.used(keys, now),
        "may_contest": whom is not None,
        "is_contact": whom == For.CONTACT,
        "withdrawn": reading.withdrawn(keys, now) if whom else [],
        "history": reading.history(keys) if whom else [],
        "done": DONE.get(request.GET.get("klaar", ""), "") if whom else "",
        "problem": _problem(request) if whom else "",
        "report_url": f"{reverse('conversation:report_new')}?{urlencode({'pagina': here})}",
        "trail": _trail(found)[:-1],
    }
    return render(request, "coupling/contesting/facts.html", context)


@identified
@require_http_methods(["GET", "POST"])
def withdraw(request: Any, slug: str, number: int) -> HttpResponse:
    """``…/<number>/intrekken/``: let it be used no more; the page that follows puts it back."""
    municipality, fact, whom = _contested(request, slug, number)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.withdraw(fact, why=form.cleaned_data["why"], by=request.person, for_whom=whom, now=clock.now())
        except actions.CannotContest as problem:
            form.add_error(None, str(problem))
        else:
            return _to(municipality, "ingetrokken")
    context = {"form": form, "fact": fact, "municipality": municipality, "trail": _trail(municipality)}
    return render(request, "coupling/contesting/withdraw.html", context)


@identified
@require_POST
def put_back(request: Any, slug: str, number: int) -> HttpResponse:
    """Let it be used again."""
    municipality, fact, whom = _contested(request, slug, number)
    try:
        actions.put_back(fact, by=request.person, for_whom=whom, now=clock.now())
    except actions.CannotContest:
        return _to(municipality, PROBLEM)
    return _to(municipality, "teruggezet")


@identified
@require_http_methods(["GET", "POST"])
def correct(request: Any, slug: str, number: int) -> HttpResponse:
    """``…/<number>/verbeteren/``: other words for it; when it changed meanwhile, nothing typed is lost."""
    municipality, fact, whom = _contested(request, slug, number)
    form = correct_form(request.POST if request.method == "POST" else None, fact.words)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.correct(fact, given["words"], seen=given["seen"], by=request.person, for_whom=whom, now=clock.now())
        except actions.CannotContest as problem:
            form.add_error(None, str(problem))
            form.data = {**request.POST.dict(), "seen": fact.words}  # they see it now: the next press saves it
        else:
            return _to(municipality, "verbeterd")
    context = {"form": form, "fact": fact, "municipality": municipality, "trail": _trail(municipality)}
    return render(request, "coupling/contesting/correct.html", context)


@identified
@require_POST
def as_source(request: Any, slug: str, number: int) -> HttpResponse:
    """Let it say again what its source says."""
    municipality, fact, whom = _contested(request, slug, number)
    try:
        actions.correct(fact, "", seen=fact.words, by=request.person, for_whom=whom, now=clock.now())
    except actions.CannotContest:
        return _to(municipality, PROBLEM)
    return _to(municipality, "bron")


def _contested(request: Any, slug: str, number: int) -> tuple[Municipality, Fact, For]:
    """A fact of a municipality, for who may contest it; for others, and when it is gone, there is none."""
    municipality = get_object_or_404(Municipality.objects.current(), slug=slug)
    whom = _for_whom(request, municipality)
    if whom is None:
        raise Http404
    told = Fact.objects.told(clock.now()).of(facts.with_former(municipality.pk))
    return municipality, get_object_or_404(told, pk=number), whom


def _for_whom(request: Any, municipality: Municipality) -> For | None:
    person = getattr(request, "person", None)
    if person is None or request.along:
        return None
    return rules.contests_for(person, municipality.pk, contact_of=Contact.objects.municipalities_of(person))


def _problem(request: Any) -> str:
    return _("Dit veranderde intussen. Er is niets veranderd.") if request.GET.get("klaar") == PROBLEM else ""


def _elsewhere(found: Municipality | None, slug: str) -> str:
    """Where one that is not there now leads: its new address, what it went on in, or its own page."""
    if found is None:
        found = get_object_or_404(OldSlug.objects.select_related("municipality"), slug=slug).municipality
        return reading.page_url(found)
    target = successor(found)
    return reading.page_url(target) if target else found.get_absolute_url()


def _to(municipality: Municipality, done: str) -> HttpResponse:
    return redirect(f"{reading.page_url(municipality)}?klaar={done}")


def _trail(municipality: Municipality) -> list[tuple[str, str]]:
    return [
        (_("Gemeenten"), reverse("municipalities:list")),
        (municipality.name, municipality.get_absolute_url()),
        (_("Feiten"), reading.page_url(municipality)),
    ]

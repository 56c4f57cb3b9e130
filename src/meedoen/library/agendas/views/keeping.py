"""Keeping agendas right, for the team and for the contact of a municipality: a new one, bring one up to date, undo."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from meedoen.kernel import clock
from meedoen.kernel.dutch import partial_date_words
from meedoen.library.agendas import actions, reading, rules
from meedoen.library.agendas.forms import NewForm, UndoForm, UpdateForm
from meedoen.library.agendas.models import InclusionAgenda
from meedoen.municipalities.models import Municipality
from meedoen.people.entrance.guards import identified
from meedoen.people.standing.models import Contact

DONE = {
    "ja": gettext_lazy("De agenda is bijgewerkt"),
    "nieuw": gettext_lazy("De agenda staat op de site"),
    "zelfde": gettext_lazy("Er was niets veranderd. We schreven op dat je het nakeek."),
    "terug": gettext_lazy("Het is teruggezet"),
}


@identified
@require_http_methods(["GET", "POST"])
def new(request: Any) -> HttpResponse:
    """``/kennisbank/agendas/nieuw/``: of any municipality for the team, of their own for a contact."""
    choices = Municipality.objects.current()
    if not request.person.is_team:
        choices = choices.filter(pk__in=Contact.objects.municipalities_of(request.person))
    if request.along or not choices.exists():
        raise PermissionDenied(_not_yours())
    form = NewForm(request.POST if request.method == "POST" else None, initial={"stage": rules.Stage.UNKNOWN.value})
    form.fields["municipality"].queryset = choices  # type: ignore[attr-defined]
    if form.is_valid():
        values = dict(form.cleaned_data)
        municipality = values.pop("municipality")
        try:
            made = actions.create(municipality, values, by=request.person, now=clock.now())
        except actions.Refused as refused:
            form.add_error("stage_from" if not values["stage_from"] else None, str(refused))
        else:
            return _to(made, "nieuw")
    context = {"form": form, "trail": _trail()}
    return render(request, "library/agendas/new.html", context, status=400 if form.errors else 200)


@identified
@require_http_methods(["GET", "POST"])
def update(request: Any, slug: str) -> HttpResponse:
    """``/kennisbank/agendas/<slug>/bijwerken/``; for who keeps it also where it is not on the site."""
    found = _kept_by(request, slug)
    last = actions.last_number(found)
    form = UpdateForm(request.POST if request.method == "POST" else None, initial=_as_typed(found, last))
    if form.is_valid():
        values = dict(form.cleaned_data)
        seen = values.pop("seen") or 0
        try:
            change = actions.update(found, values, seen=seen, by=request.person, now=clock.now())
        except actions.Refused as refused:
            is_behind = seen != last
            form.add_error(None if is_behind or values["stage_from"] else "stage_from", str(refused))
            if is_behind:  # they saw it now: what they typed stays, and the next press saves it
                form.data = {**request.POST.dict(), "themes": request.POST.getlist("themes"), "seen": str(last)}
        else:
            return _to(found, "ja" if change else "zelfde")
    context = {
        "form": form,
        "agenda": found,
        "title": found.title,
        "page_url": found.get_absolute_url() if found.published_at else "",
        "done": DONE.get(request.GET.get("klaar", ""), "") if request.method == "GET" else "",
        "last": last,
        "history": reading.history_of(found),
        "trail": [*_trail(), (found.title, found.get_absolute_url())] if found.published_at else _trail(),
    }
    return render(request, "library/agendas/update.html", context, status=400 if form.errors else 200)


@identified
@require_POST
def undo(request: Any, slug: str) -> HttpResponse:
    """Put back what was there before the last change."""
    found = _kept_by(request, slug)
    form = UndoForm(request.POST)
    try:
        actions.undo(
            found, seen=form.cleaned_data["seen"] if form.is_valid() else 0, by=request.person, now=clock.now()
        )
    except actions.Refused:
        return _to(found, "")  # the page shows what changed meanwhile
    return _to(found, "terug")


def _kept_by(request: Any, slug: str) -> InclusionAgenda:
    """The agenda; 404 where it is not on the site and somebody does not keep it, 403 where it is."""
    found = get_object_or_404(InclusionAgenda.objects.select_related("municipality__province"), slug=slug)
    present = reading.present_municipality(found.municipality, reading.steps_done())
    contact_of = Contact.objects.municipalities_of(request.person)
    may = rules.may_update(request.person, {present.pk, found.municipality_id}, contact_of=contact_of)
    if request.along or not may:
        get_object_or_404(InclusionAgenda.objects.published(clock.now()), pk=found.pk)
        raise PermissionDenied(_not_yours())
    return found


def _as_typed(found: InclusionAgenda, last: int) -> dict[str, Any]:
    """What stands in the form when it opens, in the words in which people type it."""
    known = actions.state(found)
    return {
        **known,
        "adopted_on": partial_date_words(found.adopted_on) if found.adopted_on else "",
        "convention": ", ".join(str(number) for number in known["convention"]),
        "seen": last,
    }


def _not_yours() -> str:
    return _(
        "Alleen de contactpersoon van deze gemeente en het projectteam kunnen dit veranderen. Weet je iets? Schrijf het onder de agenda."
    )


def _to(found: InclusionAgenda, done: str) -> HttpResponse:
    address = reverse("library:agenda_update", args=[found.slug])
    return redirect(f"{address}?klaar={done}" if done else address)


def _trail() -> list[tuple[str, str]]:
    return [(_("Kennisbank"), reverse("library:shelf")), (_("Agenda’s"), reverse("library:agendas"))]

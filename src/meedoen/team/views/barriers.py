"""Where people got stuck on this site: read it, make a barrier of it, promise, fix, or say why it is none."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.barriers import actions, reading, rules, words
from meedoen.barriers.forms import AttachForm, BarrierForm, FixForm, PromiseForm, ReasonForm
from meedoen.barriers.models import Barrier, StuckReport
from meedoen.barriers.rules import State
from meedoen.kernel import clock
from meedoen.people.entrance.guards import team_only
from meedoen.team.steps import address

SHOWN = 50  # the oldest come first, so the others follow as these are settled
DONE = {
    "drempel": gettext_lazy("De drempel staat op de lijst"),
    "hoort": gettext_lazy("Het hoort nu bij die drempel"),
    "antwoord": gettext_lazy("Het antwoord is gegeven"),
    "veranderd": gettext_lazy("Dat is bewaard"),
    **{state.value: said for state, said in words.DONE.items()},
}
Do = Callable[[Any], object]


@team_only
@require_GET
def barriers(request: Any) -> HttpResponse:
    """``/team/drempels/``: who waits for an answer, and what is open, what went past its day first."""
    today = clock.local_date(clock.now())
    waiting = StuckReport.objects.waiting()
    context = {
        "reports": [(each, address("team:stuck", each.pk)) for each in waiting[:SHOWN]],
        "open": [(each, address("team:barrier", each.barrier.pk)) for each in reading.open_ones(today=today)],
        "closed": [
            (each, address("team:barrier", each.barrier.pk))
            for each in reading.shown(
                list(Barrier.objects.exclude(state__in=rules.OPEN).order_by("-changed_at", "-pk")[:SHOWN]), today=today
            )
        ],
        "done": DONE.get(request.GET.get("klaar", ""), ""),
        "trail": [(_("Wat wacht er?"), address("team:today"))],
    }
    return render(request, "team/barriers.html", context)


@team_only
@require_GET
def stuck(request: Any, number: int) -> HttpResponse:
    """``/team/drempels/melding/<number>/``: what somebody told, and what can be done with it."""
    found = get_object_or_404(StuckReport.objects.select_related("barrier"), pk=number)
    return render(request, "team/stuck.html", {"report": found, "trail": _trail()})


@team_only
@require_http_methods(["GET", "POST"])
def make(request: Any) -> HttpResponse:
    """``/team/drempels/nieuw/``: a barrier that the team found itself."""
    form = BarrierForm(request.POST if request.method == "POST" else None)
    return _done_with(
        request,
        form,
        lambda given: actions.make(given.facts(), report=None, by=request.person, now=clock.now()),
        then="drempel",
        heading=_("Zet een drempel op de lijst"),
        button=_("Zet op de lijst"),
    )


@team_only
@require_http_methods(["GET", "POST"])
def make_of(request: Any, number: int) -> HttpResponse:
    """Make a barrier of what somebody told."""
    found = get_object_or_404(StuckReport, pk=number)
    form = BarrierForm(
        request.POST if request.method == "POST" else None, initial={"pages": found.path.partition("?")[0]}
    )
    return _done_with(
        request,
        form,
        lambda given: actions.make(given.facts(), report=found, by=request.person, now=clock.now()),
        then="drempel",
        heading=_("Maak er een drempel van"),
        button=_("Zet op de lijst"),
        report=found,
    )


@team_only
@require_http_methods(["GET", "POST"])
def attach(request: Any, number: int) -> HttpResponse:
    """Say that it is a barrier that is known already."""
    found = get_object_or_404(StuckReport, pk=number)
    form = AttachForm(request.POST if request.method == "POST" else None, today=clock.local_date(clock.now()))
    return _done_with(
        request,
        form,
        lambda given: actions.attach(found, given.cleaned_data["barrier"], by=request.person, now=clock.now()),
        then="hoort",
        heading=_("Bij welke drempel hoort dit?"),
        button=_("Zet het bij deze drempel"),
        report=found,
    )


@team_only
@require_http_methods(["GET", "POST"])
def answer(request: Any, number: int) -> HttpResponse:
    """Say why it is no barrier of this site."""
    found = get_object_or_404(StuckReport, pk=number)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    return _done_with(
        request,
        form,
        lambda given: actions.answer(found, text=given.cleaned_data["words"], by=request.person, now=clock.now()),
        then="antwoord",
        heading=_("Waarom is dit geen drempel?"),
        button=_("Geef dit antwoord"),
        report=found,
    )


@team_only
@require_GET
def barrier(request: Any, number: int) -> HttpResponse:
    """``/team/drempels/<number>/``: where it stands, what was done, and what can be done."""
    found = get_object_or_404(Barrier, pk=number)
    today = clock.local_date(clock.now())
    context = {
        "barrier": found,
        "state": words.state_words(found, today=today),
        "may": {each.value: rules.may_become(each, State(found.state)) for each in State},
        "is_promised": found.state == State.PROMISED,
        "is_listed": found.state != State.NONE,
        "steps": [(words.DONE[State(each.state)], each) for each in found.steps.select_related("by")],
        "reports": [(each, address("team:stuck", each.pk)) for each in found.reports.order_by("created_at")[:SHOWN]],
        "done": DONE.get(request.GET.get("klaar", ""), ""),
        "problem": _("Een collega veranderde dit intussen. Er is niets veranderd.")
        if "intussen" in request.GET
        else "",
        "trail": _trail(),
    }
    return render(request, "team/barrier.html", context)


@team_only
@require_http_methods(["GET", "POST"])
def change(request: Any, number: int) -> HttpResponse:
    """Say it in other words."""
    found = get_object_or_404(Barrier, pk=number)
    form = BarrierForm.about(found, request.POST if request.method == "POST" else None)
    return _done_with(
        request,
        form,
        lambda given: actions.change(found, given.facts(), now=clock.now()),
        then="veranderd",
        heading=_("Verander de drempel"),
        button=_("Bewaar"),
        barrier=found,
    )


@team_only
@require_http_methods(["GET", "POST"])
def promise(request: Any, number: int) -> HttpResponse:
    """Promise a day."""
    found = get_object_or_404(Barrier, pk=number)
    form = PromiseForm(request.POST if request.method == "POST" else None, initial={"on": found.promised_on})
    return _done_with(
        request,
        form,
        lambda given: actions.promise(found, on=given.cleaned_data["on"], by=request.person, now=clock.now()),
        then=State.PROMISED.value,
        heading=_("Beloof een dag"),
        button=_("Beloof deze dag"),
        barrier=found,
        field="on",
    )


@team_only
@require_http_methods(["GET", "POST"])
def fix(request: Any, number: int) -> HttpResponse:
    """Say that it is fixed."""
    found = get_object_or_404(Barrier, pk=number)
    form = FixForm(request.POST if request.method == "POST" else None, initial={"on": clock.local_date(clock.now())})
    return _done_with(
        request,
        form,
        lambda given: actions.fix(found, **given.cleaned_data, by=request.person, now=clock.now()),
        then=State.FIXED.value,
        heading=_("De drempel is opgelost"),
        button=_("Zet bij opgelost"),
        barrier=found,
        field="on",
    )


@team_only
@require_http_methods(["GET", "POST"])
def close(request: Any, number: int) -> HttpResponse:
    """Say that it is no barrier after all."""
    found = get_object_or_404(Barrier, pk=number)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    return _done_with(
        request,
        form,
        lambda given: actions.close(found, reason=given.cleaned_data["words"], by=request.person, now=clock.now()),
        then=State.NONE.value,
        heading=_("Haal de drempel van de lijst"),
        button=_("Haal van de lijst"),
        barrier=found,
    )


@team_only
@require_POST
def reopen(request: Any, number: int) -> HttpResponse:
    """Put it back among what is open; a press that another one undoes."""
    found = get_object_or_404(Barrier, pk=number)
    try:
        actions.reopen(found, by=request.person, now=clock.now())
    except actions.CannotDo:
        return redirect(f"{address('team:barrier', number)}?intussen")
    return redirect(f"{address('team:barrier', number)}?klaar={State.FOUND.value}")


def _done_with(
    request: Any,
    form: forms.Form,
    do: Do,
    *,
    then: str,
    heading: str | Promise,
    button: str | Promise,
    report: StuckReport | None = None,
    barrier: Barrier | None = None,
    field: str | None = None,
) -> HttpResponse:
    """Show a form, or do what it is for and go back to the barrier or the list; a refusal stands at ``field``."""
    if request.method == "POST" and form.is_valid():
        try:
            do(form)
        except actions.CannotDo as problem:
            form.add_error(field, str(problem))
        else:
            back = address("team:barrier", barrier.pk) if barrier else address("team:barriers")
            return redirect(f"{back}?klaar={then}")
    context = {
        "form": form,
        "heading": heading,
        "button": button,
        "report": report,
        "barrier": barrier,
        "back": address("team:stuck", report.pk)
        if report
        else address("team:barrier", barrier.pk)
        if barrier
        else address("team:barriers"),
        "trail": _trail(),
    }
    return render(request, "team/barrier_form.html", context)


def _trail() -> list[tuple[str, str]]:
    return [(_("Wat wacht er?"), address("team:today")), (_("Drempels"), address("team:barriers"))]

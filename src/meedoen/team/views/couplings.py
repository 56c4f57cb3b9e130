"""Asks and offers: what stands, one by one; write one down for a caller; handle or stop one, and take that back."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.coupling import actions, rules, words
from meedoen.coupling.forms import CALLER, EndForm, ListFilter
from meedoen.coupling.growing.reading import waiting_count
from meedoen.coupling.models import CouplingRequest
from meedoen.coupling.rules import Mover, Side, State
from meedoen.kernel import clock
from meedoen.pages.query import read_query
from meedoen.people.entrance.guards import team_only
from meedoen.team.steps import address

DONE = {
    "opgeschreven": gettext_lazy("Het staat in de lijst, en wie belde kreeg een mail"),
    State.STANDS.value: gettext_lazy("Het staat weer open, en wie het stuurde weet dat"),
    State.HANDLED.value: gettext_lazy("Het is klaar, en wie het stuurde kreeg je woorden"),
    State.WITHDRAWN.value: gettext_lazy("Het is gestopt, en wie het stuurde kreeg je woorden"),
}
ENTER = {Side.ASK: gettext_lazy("Schrijf een vraag op"), Side.OFFER: gettext_lazy("Schrijf een aanbod op")}
END = {
    State.HANDLED: (gettext_lazy("Zet op klaar"), gettext_lazy("Zet op klaar en mail")),
    State.WITHDRAWN: (gettext_lazy("Stop het zoeken"), gettext_lazy("Stop en mail")),
}


@team_only
@require_GET
def couplings(request: Any) -> HttpResponse:
    """``/team/koppelen/``: what stands, the oldest first, all or of one theme."""
    asked, problems, _canonical = read_query(ListFilter, request.GET)
    theme, key = asked.cleaned_data.get("thema", ""), asked.cleaned_data.get("na")
    found = CouplingRequest.objects.standing().whole().oldest_first()
    if theme:
        found = found.filter(themes=theme)
    rows = list((found.after(key) if key else found)[: rules.PAGE_SIZE + 1])
    shown, here = rows[: rules.PAGE_SIZE], {"thema": theme} if theme else {}
    titles = words.titles_of(shown)
    context = {
        "rows": [
            {
                "found": each,
                "title": titles[each.pk],
                "side": words.NAMES[Side(each.side)],
                "kind": words.FOR[rules.For(each.kind)],
                "url": address("team:coupling", each.pk),
            }
            for each in shown
        ],
        "filter": ListFilter(initial={"thema": theme}),
        "is_filtered": bool(theme),
        "grown_count": waiting_count(clock.now()),
        "problems": problems,
        "first_url": _address(**here) if key else "",
        "next_url": _address(**here, na=str(shown[-1].key)) if len(rows) > rules.PAGE_SIZE else "",
        "done": DONE.get(request.GET.get("klaar", ""), ""),
        "trail": _trail()[:1],
    }
    return render(request, "team/couplings.html", context)


@team_only
@require_http_methods(["GET", "POST"])
def enter(request: Any, side: Side) -> HttpResponse:
    """``/team/koppelen/vraag-opschrijven/``: what somebody tells by telephone."""
    form = CALLER[side](request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.enter(
                side, form.answers(), name=given["name"], email=given["email"], by=request.person, now=clock.now()
            )
        except actions.CannotDo as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(f"{address('team:coupling', made.pk)}?klaar=opgeschreven")
    context = {"form": form, "heading": ENTER[side], "back": address("team:couplings"), "trail": _trail()}
    return render(request, "team/coupling_enter.html", context)


@team_only
@require_GET
def coupling(request: Any, number: int) -> HttpResponse:
    """``/team/koppelen/<number>/``: what was told, what happened with it, and what can be done."""
    found = _found(number)
    state, moved_by = State(found.state), Mover(found.moved_by)
    context = {
        "found": found,
        "heading": f"{words.NAMES[Side(found.side)]}: {found.title}",
        "state": words.TEAM_STATES[state],
        "is_own_stop": state == State.WITHDRAWN and moved_by == Mover.OWNER,
        "rows": words.facts(words.answers_of(found)),
        "may": {to.value: rules.may_move(state, to, by=Mover.TEAM, moved_by=moved_by) for to in State},
        "moves": [
            (words.TEAM_STATES[State(each.became)], each, each.mover == Mover.OWNER)
            for each in found.moves.select_related("by")
        ],
        "done": DONE.get(request.GET.get("klaar", ""), ""),
        "problem": _("Dit veranderde intussen. Er is niets veranderd.") if "intussen" in request.GET else "",
        "trail": _trail(),
    }
    return render(request, "team/coupling.html", context)


@team_only
@require_http_methods(["GET", "POST"])
def end(request: Any, number: int, state: State) -> HttpResponse:
    """``…/klaar/`` and ``…/stoppen/``: with a reason, which is mailed."""
    found = _found(number)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end(found, state, reason=form.cleaned_data["reason"], by=request.person, now=clock.now())
        except actions.CannotDo as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(f"{address('team:coupling', number)}?klaar={state}")
    heading, button = END[state]
    context = {
        "form": form,
        "heading": heading,
        "button": button,
        "found": found,
        "back": address("team:coupling", number),
        "trail": [*_trail(), (found.title, address("team:coupling", number))],
    }
    return render(request, "team/coupling_end.html", context)


@team_only
@require_POST
def reopen(request: Any, number: int) -> HttpResponse:
    """Let it stand again; a press that another one undoes."""
    try:
        actions.reopen(_found(number), by=request.person, now=clock.now())
    except actions.CannotDo:
        return redirect(f"{address('team:coupling', number)}?intussen")
    return redirect(f"{address('team:coupling', number)}?klaar={State.STANDS}")


def _found(number: int) -> CouplingRequest:
    return get_object_or_404(CouplingRequest.objects.whole(), pk=number)


def _trail() -> list[tuple[str, str]]:
    return [(_("Wat wacht er?"), address("team:today")), (_("Vraag en aanbod"), address("team:couplings"))]


def _address(**query: str) -> str:
    return f"{address('team:couplings')}?{urlencode(query)}" if query else address("team:couplings")

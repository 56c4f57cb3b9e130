"""Couplings that run: quiet ones first; one of them with what happened; and what the team can do with it."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.coupling.actions import CannotDo
from meedoen.coupling.introducing import actions, reading, rules, words
from meedoen.coupling.introducing.forms import CallOffForm, NoteForm, QuestionsForm, RunningFilter
from meedoen.coupling.introducing.models import Coupling, CouplingQuerySet, FollowUp
from meedoen.coupling.introducing.rules import Mover, State, Talked, Worth
from meedoen.kernel import clock
from meedoen.pages.query import read_query
from meedoen.people.entrance.guards import team_only
from meedoen.team import practices
from meedoen.team.steps import address

QUIET, OVER = "stil", "klaar"  # lists of their own, as the address has them
DONE = {
    "afgeblazen": gettext_lazy(
        "Het gaat niet door. Over tien minuten krijgen ze je woorden. Tot dan kun je het terugdraaien."
    ),
    "door": gettext_lazy("Het gaat door"),
    "klaar": gettext_lazy("Het is klaar"),
    "notitie": gettext_lazy("Je notitie is bewaard"),
    "vragen": gettext_lazy("De vragen zijn bewaard"),
}


@team_only
@require_GET
def running(request: Any) -> HttpResponse:
    """``/team/koppelen/lopend/``: what runs, first what is quiet; only what is quiet; or what is over."""
    asked, problems, _canonical = read_query(RunningFilter, request.GET)
    stand, key, now = asked.cleaned_data.get("stand", ""), asked.cleaned_data.get("na"), clock.now()
    quiet = Coupling.objects.quiet(now)
    running = Coupling.objects.running().exclude(pk__in=quiet.values("pk"))
    rest = (Coupling.objects.filter(state__in=rules.OVER) if stand == OVER else running).newest_first()
    if key:
        quiet, rest = quiet.moved_after(key), rest.after(key)
    silent, has_more_silent = _part(quiet.longest_first()) if stand == QUIET or not (stand or key) else ([], False)
    shown, has_more = _part(rest) if stand != QUIET else ([], False)
    titles = words.titles_of([*silent, *shown])
    here = {"stand": stand} if stand else {}
    context = {
        "quiet": [_row(each, titles) for each in silent],
        "quiet_url": _address(stand=QUIET, na=str(silent[-1].moved_key)) if has_more_silent else "",
        "rows": [_row(each, titles) for each in shown],
        "is_quiet": stand == QUIET,
        "is_over": stand == OVER,
        "problems": problems,
        "first_url": _address(**here) if key else "",
        "next_url": _address(**here, na=str(shown[-1].key)) if has_more else "",
        "running_url": _address() if stand else "",
        "over_url": "" if stand else _address(stand=OVER),
        "trail": _trail()[:2],
    }
    return render(request, "team/introductions.html", context)


@team_only
@require_GET
def introduction(request: Any, number: int) -> HttpResponse:
    """``/team/koppelen/lopend/<number>/``: who, why, what happened, and what can be done."""
    return _page(request, _found(number))


@team_only
@require_http_methods(["GET", "POST"])
def call_off(request: Any, number: int) -> HttpResponse:
    """``…/afblazen/``: with a reason, which is mailed."""
    found = _found(number)
    form = CallOffForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.call_off(found, reason=reason, by=request.person, now=clock.now())
        except CannotDo as problem:
            form.add_error(None, str(problem))
        else:
            return _done(number, "afgeblazen")
    return _form(request, found, form, heading=_("Laat het niet doorgaan"), button=_("Laat het niet doorgaan en mail"))


@team_only
@require_POST
def go_on(request: Any, number: int) -> HttpResponse:
    """Let it go on, or ask once more who was silent."""
    found = _found(number)
    try:
        actions.reopen(found, by=request.person, now=clock.now())
    except CannotDo as problem:
        return _page(request, found, problem=str(problem))
    return _done(number, "door")


@team_only
@require_POST
def end(request: Any, number: int) -> HttpResponse:
    """Look after it no more; a press that another one undoes."""
    found = _found(number)
    try:
        actions.end(found, by=request.person, now=clock.now())
    except CannotDo as problem:
        return _page(request, found, problem=str(problem))
    return _done(number, "klaar")


@team_only
@require_http_methods(["GET", "POST"])
def note(request: Any, number: int) -> HttpResponse:
    """``…/notitie/``: for colleagues; and let it rest for two weeks."""
    found = _found(number)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        actions.note(found, given["words"], rests=given["rests"], by=request.person, now=clock.now())
        return _done(number, "notitie")
    return _form(request, found, form, heading=_("Schrijf een notitie"), button=_("Bewaar de notitie"))


@team_only
@require_http_methods(["GET", "POST"])
def questions(request: Any, number: int) -> HttpResponse:
    """``…/vragen/``: what they begin with."""
    found = _found(number)
    begun = dict(zip(("one", "two", "three"), found.questions, strict=False))
    form = QuestionsForm(request.POST if request.method == "POST" else None, initial=begun)
    if form.is_valid():
        try:
            actions.change_questions(found, form.questions(), now=clock.now())
        except CannotDo as problem:
            form.add_error(None, str(problem))
        else:
            return _done(number, "vragen")
    return _form(request, found, form, heading=_("Kies de eerste vragen"), button=_("Bewaar de vragen"))


@team_only
@require_POST
def make_practice(request: Any, number: int) -> HttpResponse:
    """Make the draft of a practice example of it, and go on with that at the desk."""
    found = _found(number)
    try:
        work = practices.make_practice(found, by=request.person, now=clock.now())
    except CannotDo as problem:
        return _page(request, found, problem=str(problem))
    return redirect(work.get_absolute_url())


def _page(request: Any, found: Coupling, *, problem: str = "") -> HttpResponse:
    state = State(found.state)
    title = words.titles_of([found])[found.pk]
    names = words.names_of(list(found.parties.all()))
    told = list(FollowUp.objects.filter(party__coupling=found).select_related("party"))
    practice = practices.practice_of(found)
    context = {
        "found": found,
        "title": title,
        "state": words.team_state(found),
        "parties": [
            {
                "who": names[each.pk],
                "each": each,
                "answer": words.answer_words(each),
                "url": address("team:coupling", each.request_id) if each.request_id else "",
            }
            for each in found.parties.all()
        ],
        "moves": [
            (words.move_words(each), words.MOVERS[Mover(each.mover)], each)
            for each in found.moves.select_related("by", "party__person")
        ],
        "told": [
            {
                "who": names[each.party_id],
                "each": each,
                "talked": words.TALKED[Talked(each.talked)] if each.talked else _("nog geen antwoord"),
                "worth": words.WORTHS[Worth(each.worth)] if each.worth else "",
            }
            for each in told
        ],
        "practice_url": practice.get_absolute_url() if practice else "",
        "may_become_practice": practices.may_become_practice(found, told),
        "may_call_off": rules.may_move(state, State.CALLED_OFF, by=Mover.TEAM),
        "may_end": rules.may_move(state, State.ENDED, by=Mover.TEAM),
        "may_choose": state in rules.OPEN,
        "may_go_on": reading.may_go_on(found),
        "go_on_text": _("Ik las het: laat het doorgaan")
        if reading.is_read_first(found)
        else _("Laat het toch doorgaan"),
        "is_silent": state == State.SILENT,
        "done": DONE.get(request.GET.get("klaar", ""), ""),
        "problem": problem,
        "trail": _trail(),
    }
    return render(request, "team/introduction.html", context, status=409 if problem else 200)


def _form(request: Any, found: Coupling, form: Any, *, heading: str, button: str) -> HttpResponse:
    back, title = address("team:introduction", found.pk), words.titles_of([found])[found.pk]
    context = {
        "form": form,
        "heading": heading,
        "button": button,
        "title": title,
        "back": back,
        "trail": [*_trail(), (title, back)],
    }
    return render(request, "team/introduction_form.html", context)


def _part(found: CouplingQuerySet) -> tuple[list[Coupling], bool]:
    """What fits on a page, and whether there is more."""
    rows = list(found.whole()[: rules.PAGE_SIZE + 1])
    return rows[: rules.PAGE_SIZE], len(rows) > rules.PAGE_SIZE


def _row(found: Coupling, titles: dict[int, str]) -> dict[str, Any]:
    return {
        "title": titles[found.pk],
        "url": address("team:introduction", found.pk),
        "state": words.team_state(found),
        "at": found.moved_at,
        "is_lost": any(each.unreachable_at for each in found.parties.all()),
    }


def _done(number: int, what: str) -> HttpResponse:
    return redirect(f"{address('team:introduction', number)}?klaar={what}")


def _found(number: int) -> Coupling:
    return get_object_or_404(Coupling.objects.whole(), pk=number)


def _trail() -> list[tuple[str, str]]:
    return [
        (_("Wat wacht er?"), address("team:today")),
        (_("Vraag en aanbod"), address("team:couplings")),
        (_("Koppelingen"), address("team:running")),
    ]


def _address(**query: str) -> str:
    return f"{address('team:running')}?{urlencode(query)}" if query else address("team:running")

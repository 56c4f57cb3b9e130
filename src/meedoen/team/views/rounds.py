"""Rounds: begin one, look at what it proposes side by side, introduce, put right, keep together or apart, compare two."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.coupling.actions import CannotDo, ChangedMeanwhile
from meedoen.coupling.rounds import actions, queueing, reviewing, rules, words
from meedoen.coupling.rounds.forms import ApartForm, FactorsForm, ListForm, TieForm, WordsForm
from meedoen.coupling.rounds.models import Proposal, Round
from meedoen.coupling.rounds.rules import ProposalState
from meedoen.kernel import clock
from meedoen.kernel.identifiers import number_in
from meedoen.pages.query import read_query
from meedoen.people.entrance.guards import team_only
from meedoen.team.steps import address

AFTER, LEFT_AFTER = "na", "wacht-na"  # where the lists of a round go on: of proposals, and of who has nobody yet
LEFT = "niemand"  # the heading of the second list
DONE = {
    "gerekend": gettext_lazy("De ronde is klaar. Er is nog niets gemaild."),
    "voorgesteld": gettext_lazy("Ze kregen een mail. Hieronder staat het volgende voorstel."),
    "alles": gettext_lazy("Ze kregen een mail. Dit was het laatste voorstel dat op jullie wachtte."),
    "woorden": gettext_lazy("Je woorden zijn bewaard"),
    "vast": gettext_lazy(
        "Die twee staan vast: ze komen in elke ronde bij elkaar. Reken opnieuw om te zien wat dat doet."
    ),
    "apart": gettext_lazy("Die twee komen niet meer bij elkaar"),
    "los": gettext_lazy("Die twee zijn weer los: de ronde beslist"),
}


@team_only
@require_GET
def rounds(request: Any) -> HttpResponse:
    """``/team/koppelen/rondes/``: the rounds, the newest first."""
    asked, problems, _canonical = read_query(ListForm, request.GET)
    key = asked.cleaned_data.get("na")
    found = Round.objects.newest_first().select_related("made_by").defer("problem", "outcome")
    rows = list((found.below(key) if key else found)[: rules.PAGE_SIZE + 1])
    shown = rows[: rules.PAGE_SIZE]
    here = address("team:rounds")
    context = {
        "rows": [{"found": each, "outcome": words.outcome_words(each)} for each in shown],
        "problems": problems,
        "first_url": here if key else "",
        "next_url": f"{here}?{urlencode({'na': str(shown[-1].key)})}" if len(rows) > rules.PAGE_SIZE else "",
        "trail": _trail()[:2],
    }
    return render(request, "team/rounds.html", context)


@team_only
@require_http_methods(["GET", "POST"])
def begin(request: Any) -> HttpResponse:
    """``…/nieuw/?na=3``: what counts, and run. From another round it begins with what counted there."""
    after = Round.objects.filter(pk=number_in(request.GET.get("na", ""))).first()
    initial = {part: str(factor) for part, factor in after.factors.items()} if after else {}
    form = FactorsForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = queueing.begin(form.factors(), by=request.person, now=clock.now(), after=after)
        except CannotDo as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(f"{made.get_absolute_url()}?klaar=gerekend" if made else "team:busy_round")
    return render(request, "team/round_begin.html", {"form": form, "after": after, "trail": _trail()})


@team_only
@require_GET
def busy(request: Any) -> HttpResponse:
    """``…/bezig/``: how far the worker is with a large round; looked at again by a link."""
    context = {"found": queueing.standing(now=clock.now()), "trail": _trail()}
    return render(request, "team/round_busy.html", context)


@team_only
@require_GET
def one_round(request: Any, number: int) -> HttpResponse:
    """``…/3/``: what it proposes, who is left and why, how the load is spread, how it was reckoned."""
    found = _round(number)
    after, left_after = (number_in(request.GET.get(name, "")) for name in (AFTER, LEFT_AFTER))
    proposals, more = reviewing.rows(found, after=after, now=clock.now())
    left, more_left = reviewing.left(found, after=left_after)
    context = {
        "found": found,
        "after": after,
        "left_after": left_after,
        "first_url": _at(found, left_after=left_after) if after else "",
        "next_url": _at(found, after=more, left_after=left_after) if more else "",
        "first_left_url": f"{_at(found, after=after)}#{LEFT}" if left_after else "",
        "next_left_url": f"{_at(found, after=after, left_after=more_left)}#{LEFT}" if more_left else "",
        "outcome": words.outcome_words(found),
        "weights": words.weights_words(found),
        "has_asks": bool(found.served_count or found.left),
        "proposals": proposals,
        "left": left,
        "left_anchor": LEFT,
        "figures": words.figures_words(found),
        "others": reviewing.others(found),
        "again_url": f"{address('team:begin_round')}?{urlencode({'na': found.pk})}",
        "reckoned": reviewing.reckoned_again(found) if "nareken" in request.GET else None,
        "done": DONE.get(request.GET.get("klaar", ""), ""),
        "trail": _trail(),
    }
    return render(request, "team/round.html", context)


@team_only
@require_GET
def compare(request: Any, number: int, other: int) -> HttpResponse:
    """``…/3/naast/2/``: what the one proposes and the other does not."""
    mine, theirs = _round(number), _round(other)
    context = {
        "found": mine,
        "other": theirs,
        "weights": [(each, words.weights_words(each), words.outcome_words(each)) for each in (mine, theirs)],
        "compared": reviewing.compared(mine, theirs),
        "trail": [*_trail(), (_("Ronde %(number)s") % {"number": mine.pk}, mine.get_absolute_url())],
    }
    return render(request, "team/round_compare.html", context)


@team_only
@require_GET
def proposal(request: Any, number: int, place: int) -> HttpResponse:
    """``…/3/7/``: two or three side by side, why, and what can be done."""
    return _page(request, _proposal(number, place))


@team_only
@require_POST
def introduce(request: Any, number: int, place: int) -> HttpResponse:
    """``…/voorstellen/``: mail them; the next proposal that waits comes after it."""
    return _with_words(request, _proposal(number, place), is_introduced=True)


@team_only
@require_POST
def reword(request: Any, number: int, place: int) -> HttpResponse:
    """``…/woorden/``: keep the words for later."""
    return _with_words(request, _proposal(number, place), is_introduced=False)


@team_only
@require_http_methods(["GET", "POST"])
def keep_apart(request: Any, number: int, place: int) -> HttpResponse:
    """``…/niet-deze-twee/``: with a reason for colleagues."""
    found = _proposal(number, place)
    form = ApartForm(request.POST if request.method == "POST" else None, initial={"seen": found.mark})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.keep_apart(found, words=given["words"], seen=given["seen"], by=request.person, now=clock.now())
        except CannotDo as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(f"{found.get_absolute_url()}?klaar=apart")
    title = words.title_of(found)
    context = {
        "form": form,
        "found": found,
        "title": title,
        "trail": [*_trail_of(found), (title, found.get_absolute_url())],
    }
    return render(request, "team/proposal_apart.html", context)


@team_only
@require_POST
def keep_together(request: Any, number: int, place: int) -> HttpResponse:
    """``…/vastzetten/``: these two, or who asks with one of the others that fit; a press that another one undoes."""
    found = _proposal(number, place)
    one = found.first_id or 0
    other = number_in(request.POST.get("met", "")) or found.second_id or 0
    seen = request.POST.get("tie", "")
    try:
        actions.keep_together(one, other, seen=seen, by=request.person, now=clock.now())
    except CannotDo as problem:
        return _page(request, found, problem=str(problem), status=409)
    return redirect(f"{found.get_absolute_url()}?klaar=vast")


@team_only
@require_POST
def let_go(request: Any, number: int, place: int) -> HttpResponse:
    """``…/loslaten/``: neither together nor apart any more."""
    found = _proposal(number, place)
    try:
        actions.let_go(
            found.first_id or 0,
            found.second_id or 0,
            seen=request.POST.get("tie", ""),
            by=request.person,
            now=clock.now(),
        )
    except CannotDo as problem:
        return _page(request, _proposal(number, place), problem=str(problem), status=409)
    return redirect(f"{found.get_absolute_url()}?klaar=los")


@team_only
@require_http_methods(["GET", "POST"])
def ties(request: Any) -> HttpResponse:
    """``/team/koppelen/vast/``: who is kept together or apart; keep two together of all that stands."""
    form = TieForm(*reviewing.choices(), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.keep_together(given["one"], given["other"], seen="", by=request.person, now=clock.now())
        except CannotDo as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(f"{address('team:ties')}?klaar=vast")
    context = {
        "form": form,
        "rows": reviewing.ties(),
        "done": DONE.get(request.GET.get("klaar", ""), ""),
        "problem": _("Een collega besliste intussen iets anders. Er is niets veranderd.")
        if "intussen" in request.GET
        else "",
        "trail": _trail(),
    }
    return render(request, "team/ties.html", context)


@team_only
@require_POST
def release(request: Any) -> HttpResponse:
    """``…/vast/los/``: of any two."""
    one, other = (number_in(request.POST.get(side, "")) for side in ("one", "other"))
    try:
        actions.let_go(one, other, seen=request.POST.get("tie", ""), by=request.person, now=clock.now())
    except CannotDo:
        return redirect(f"{address('team:ties')}?intussen")
    return redirect(f"{address('team:ties')}?klaar=los")


def _with_words(request: Any, found: Proposal, *, is_introduced: bool) -> HttpResponse:
    form = WordsForm(request.POST)
    problem = ""
    if form.is_valid():
        given = {"words": form.cleaned_data["words"], "questions": form.questions(), "seen": form.cleaned_data["seen"]}
        try:
            if is_introduced:
                actions.introduce(found, **given, by=request.person, now=clock.now())
            else:
                actions.reword(found, **given, by=request.person, now=clock.now())
        except ChangedMeanwhile as changed:
            problem, found = str(changed), _proposal(found.round_id, found.place)
        except CannotDo as refused:
            form.add_error(None, str(refused))
        else:
            if is_introduced:
                following = reviewing.next_waiting(found)
                return redirect(
                    f"{following}?klaar=voorgesteld" if following else f"{found.round.get_absolute_url()}?klaar=alles"
                )
            return redirect(f"{found.get_absolute_url()}?klaar=woorden")
    return _page(request, found, form=form, problem=problem, status=409 if problem else 200)


def _page(
    request: Any, found: Proposal, *, form: WordsForm | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    requests = [found.first, found.second, found.third][: found.count]
    columns = words.columns_of(requests, found.names)
    around = reviewing.around(found)
    holds = reviewing.sentences_that_hold([found], now=clock.now())[found.pk]
    context = {
        "found": found,
        "title": words.title_of(found),
        "state": words.STATES[ProposalState(found.state)],
        "score": words.score_words(found, found.round),
        "columns": columns,
        "rows": words.rows_of(requests, columns),
        "reasons": [each for each in holds if not each["is_doubt"]],
        "doubts": [each for each in holds if each["is_doubt"]],
        "has_facts": any(each["url"] for each in holds if not each["is_doubt"]),
        "parts": words.part_rows(found, found.round),
        "missing": reviewing.missing(found),
        "tie": reviewing.tie_of(found),
        "others": reviewing.candidates(found),
        "may_decide": rules.may_decide(ProposalState(found.state)),
        "form": form or WordsForm(initial=reviewing.initial(found)),
        "seen": found.mark,
        "before": around[0],
        "after": around[1],
        "done": DONE.get(request.GET.get("klaar", ""), ""),
        "problem": problem,
        "trail": _trail_of(found),
    }
    return render(request, "team/proposal.html", context, status=status)


def _at(found: Round, *, after: int = 0, left_after: int = 0) -> str:
    """The address of a round where both its lists begin at a place; 0 is the beginning."""
    places = {name: place for name, place in ((AFTER, after), (LEFT_AFTER, left_after)) if place}
    return f"{found.get_absolute_url()}?{urlencode(places)}" if places else found.get_absolute_url()


def _round(number: int) -> Round:
    # What was solved is large, and read only by who reckons it again.
    return get_object_or_404(Round.objects.select_related("made_by").defer("problem", "outcome"), pk=number)


def _proposal(number: int, place: int) -> Proposal:
    # Looked for as a number of a round: one that no database has is not found, and no error.
    there = Round.objects.filter(pk=number)
    return get_object_or_404(Proposal.objects.whole(), round__in=there, place=place)


def _trail() -> list[tuple[str, str]]:
    return [
        (_("Wat wacht er?"), address("team:today")),
        (_("Vraag en aanbod"), address("team:couplings")),
        (_("Rondes"), address("team:rounds")),
    ]


def _trail_of(found: Proposal) -> list[tuple[str, str]]:
    return [*_trail(), (_("Ronde %(number)s") % {"number": found.round_id}, found.round.get_absolute_url())]

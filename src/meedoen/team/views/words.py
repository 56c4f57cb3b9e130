"""The words that the site explains: what the team writes, takes off and puts back."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.kernel import clock
from meedoen.language.plain import judge
from meedoen.people.entrance.guards import team_only
from meedoen.team.steps import address
from meedoen.terms import actions
from meedoen.terms.forms import TermForm, of_term
from meedoen.terms.models import Term

DONE = {
    "bewaard": gettext_lazy("‘%(word)s’ staat op de site"),
    "weg": gettext_lazy("‘%(word)s’ is van de lijst"),
    "terug": gettext_lazy("‘%(word)s’ staat weer op de lijst"),
}


@team_only
@require_GET
def words(request: Any) -> HttpResponse:
    """``/team/woorden/``: all of them, and below them what was taken off."""
    terms = Term.objects.all().a_to_z()
    about = next((term for term in terms if term.pk == request.GET.get("woord")), None)
    deed = request.GET.get("klaar", "")
    done = DONE[deed] % {"word": about.word} if about and deed in DONE else ""
    context = {
        "shown": [term for term in terms if term.is_shown],
        "gone": [term for term in terms if not term.is_shown],
        "done": done,
        "taken_off": about if done and deed == "weg" else None,
        "hard": _hard(about) if about and done and deed == "bewaard" else [],
        "about": about,
        "problem": request.GET.get("dubbel") and about and _double(about),
        "trail": [(_("Wat wacht er?"), address("team:today"))],
    }
    return render(request, "team/words.html", context)


@team_only
@require_http_methods(["GET", "POST"])
def add(request: Any) -> HttpResponse:
    """Explain one more word."""
    return _write(request, None, _("Een woord uitleggen"))


@team_only
@require_http_methods(["GET", "POST"])
def change(request: Any, name: str) -> HttpResponse:
    """Explain a word better."""
    term = get_object_or_404(Term, pk=name)
    return _write(request, term, _("De uitleg van ‘%(word)s’") % {"word": term.word})


@team_only
@require_POST
def take_off(request: Any, name: str) -> HttpResponse:
    """Take it off the list; one press puts it back."""
    term = get_object_or_404(Term, pk=name)
    actions.show(term, is_shown=False, now=clock.now())
    return _to_words("weg", term)


@team_only
@require_POST
def put_back(request: Any, name: str) -> HttpResponse:
    """Put it back, with the explanation that it had."""
    term = get_object_or_404(Term, pk=name)
    try:
        actions.show(term, is_shown=True, now=clock.now())
    except actions.Refused:
        return redirect(f"{reverse('team:words')}?dubbel=ja&woord={term.pk}")
    return _to_words("terug", term)


def _write(request: Any, term: Term | None, heading: str) -> HttpResponse:
    opened = of_term(term) if term else {"is_in_texts": True}
    form = TermForm(request.POST if request.method == "POST" else None, initial=opened)
    if form.is_valid():
        try:
            kept = actions.write(term, now=clock.now(), **form.cleaned_data)
        except actions.Refused as problem:
            form.add_error(problem.field or None, str(problem))
            if term and not problem.field:  # what a colleague wrote has been said: the next save is meant
                form.data = {**request.POST.dict(), "seen": Term.objects.get(pk=term.pk).mark}
        else:
            return _to_words("bewaard", kept)
    context = {
        "form": form,
        "term": term,
        "heading": heading,
        "trail": [(_("Wat wacht er?"), address("team:today")), (_("Woorden"), address("team:words"))],
    }
    return render(request, "team/word_form.html", context)


def _hard(term: Term) -> list[tuple[str, str]]:
    """What in the explanation is hard to read: (where, what to say instead)."""
    return [(remark.where, remark.instead) for remark in judge(term.explanation).remarks]


def _double(term: Term) -> str:
    """Why it cannot be put back; empty where it can."""
    try:
        actions.refuse_double(term)
    except actions.Refused as problem:
        return str(problem)
    return ""


def _to_words(done: str, term: Term) -> HttpResponse:
    return redirect(f"{reverse('team:words')}?klaar={done}&woord={term.pk}")

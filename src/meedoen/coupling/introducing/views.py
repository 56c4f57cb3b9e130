"""The page of who is introduced to somebody: who, why, what they hope for; yes, later, no, and what they need."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.coupling.actions import CannotDo
from meedoen.coupling.rules import State as Stand
from meedoen.kernel import clock
from meedoen.kernel.dutch import date_words
from meedoen.pages.missing import Missing
from meedoen.pages.origin import anonymous_post, network
from meedoen.people import actions as people
from meedoen.people import acts
from meedoen.people.forms import CodeForm

from . import actions, needs, reading, rules, words
from .forms import LaterForm, NeedForm, NoForm
from .models import Party
from .rules import Answer, State


@never_cache
@require_GET
def meet(request: HttpRequest, key: str) -> HttpResponse:
    """``/koppelen/kennismaken/<key>/``: how it stands for them; opening it does nothing."""
    return _page(request, of_key(key))


@never_cache
@anonymous_post
@require_POST
def send_code(request: HttpRequest, key: str) -> HttpResponse:
    """Mail a new code for a yes."""
    party = of_key(key)
    try:
        actions.begin_yes(party, now=clock.now())
    except CannotDo as problem:
        return _page(request, party, problem=str(problem))
    return redirect(f"{party.get_absolute_url()}?klaar=code")


@never_cache
@anonymous_post
@require_POST
def say_yes(request: HttpRequest, key: str) -> HttpResponse:
    """``…/ja/``: with the code of the mail. The act behind it has no place on this page: who has the link has no more."""
    party, now = of_key(key), clock.now()
    act = reading.code_of(party, now=now)
    if act is None:
        return _page(request, party, problem=_("De code werkt niet meer. Vraag een nieuwe."))
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, party, code_form=form)
    try:
        done = people.confirm(act, typed=form.cleaned_data["code"], network=network(request), now=now)
    except people.WrongCode as wrong:
        form.add_error("code", str(wrong))
        return _page(request, of_key(key), code_form=form)
    except (people.Refused, acts.CannotDo) as problem:
        return _page(request, of_key(key), problem=str(problem))
    return redirect(done.then)


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def later(request: HttpRequest, key: str) -> HttpResponse:
    """``…/later/``: until when; it can be taken back on their page."""
    party = of_key(key)
    form = LaterForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.not_now(party, Answer.LATER, later=form.chosen(), now=clock.now())
        except CannotDo as problem:
            return _page(request, party, problem=str(problem))
        return redirect(f"{party.get_absolute_url()}?klaar=later")
    return _ask(request, party, form, heading=_("Liever later"), button=_("Vraag het me dan weer"))


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def decline(request: HttpRequest, key: str) -> HttpResponse:
    """``…/nee/``: with a reason for the team, if they like; it can be taken back on their page."""
    party = of_key(key)
    form = NoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = str(form.cleaned_data["reason"]).strip()
        try:
            actions.not_now(party, Answer.NO, reason=reason, now=clock.now())
        except CannotDo as problem:
            return _page(request, party, problem=str(problem))
        return redirect(f"{party.get_absolute_url()}?klaar=nee")
    return _ask(request, party, form, heading=_("Liever niet"), button=_("Nee, liever niet"))


@never_cache
@anonymous_post
@require_POST
def take_back(request: HttpRequest, key: str) -> HttpResponse:
    """Take the answer back, to choose anew."""
    party = of_key(key)
    try:
        actions.take_back(party, now=clock.now())
    except CannotDo as problem:
        return _page(request, party, problem=str(problem))
    return redirect(f"{party.get_absolute_url()}?klaar=terug")


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def need(request: HttpRequest, key: str) -> HttpResponse:
    """``…/nodig/``: say what one needs to take part, with a yes to keeping it; nobody has to.

    The link in a mail opens this page, and mail gets passed on: what was told is shown and erased only on the page of
    who is signed in.
    """
    party = of_key(key)
    if needs.has_told(party) or party.coupling.state not in rules.OPEN:
        return redirect(party.get_absolute_url())
    form = NeedForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.note_need(party, form.cleaned_data["need"], now=clock.now())
        except CannotDo as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(f"{party.get_absolute_url()}?klaar=nodig")
    context = {"form": form, "party": party, "trail": _trail(party)}
    return render(request, "coupling/introducing/need.html", context)


def of_key(key: str) -> Party:
    """Whose page it is. Raises ``Missing``."""
    found = Party.objects.whole().filter(secret=key).first()
    if found is None:
        raise Missing(_("Deze kennismaking is er niet meer. Wat klaar is, wissen we na twee jaar."))
    return found


def _ask(request: HttpRequest, party: Party, form: Any, *, heading: str, button: str) -> HttpResponse:
    context = {"form": form, "heading": heading, "button": button, "party": party, "trail": _trail(party)}
    return render(request, "coupling/introducing/answer.html", context)


def _page(request: HttpRequest, party: Party, *, problem: str = "", code_form: CodeForm | None = None) -> HttpResponse:
    parties = list(Party.objects.whole().filter(coupling=party.coupling_id).order_by("pk"))
    state, answer, coupling = State(party.coupling.state), Answer(party.answer), party.coupling
    is_stopped = state == State.WITHDRAWN or (state in rules.OPEN and reading.is_stopped(parties))
    takes_answers = not is_stopped and rules.takes_answers(state, is_told=coupling.tell_at is None)
    act = reading.code_of(party, now=clock.now()) if takes_answers and answer != Answer.YES else None
    names = words.names_of(parties)
    is_known = takes_answers or state in rules.MEET  # else what the others ask is not for this one any more
    context = {
        "party": party,
        "coupling": coupling,
        "who": words.others(party, parties),
        "all_of": words.all_of(parties),
        "hopes": [
            (capfirst(names[each.pk]), each.request.text)
            for each in parties
            if each.pk != party.pk and each.request and each.request.state == Stand.STANDS and is_known
        ],
        "state": state.value,
        "answer": answer.value,
        "is_stopped": is_stopped,
        "is_read_first": any(each.is_read_first for each in parties),
        "is_open": takes_answers,
        "later_day": date_words(party.later_on) if party.later_on else "",
        "has_code": act is not None,
        "is_asked_how": state in rules.MEET and party.follow_ups.exists(),
        "code_form": code_form or CodeForm(),
        "has_told_need": needs.has_told(party),
        "problem": problem,
        "done": words.DONE.get(request.GET.get("klaar", ""), ""),
        "trail": [(_("Koppelen"), reverse("coupling:about"))],
    }
    return render(request, "coupling/introducing/meet.html", context, status=409 if problem else 200)


def _trail(party: Party) -> list[tuple[str, str]]:
    return [(_("Koppelen"), reverse("coupling:about")), (_("Kennismaken"), party.get_absolute_url())]

"""Offering a practice; the page of who offered it, with all that can still be done; and all of mine."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.conversation import telling
from meedoen.kernel import clock
from meedoen.library.models import PracticeOffer
from meedoen.pages.missing import Missing
from meedoen.pages.origin import anonymous_post
from meedoen.people.acts import ActForm
from meedoen.people.entrance.guards import identified
from meedoen.people.models import Person

from . import actions, rules, words
from .acts import MEMBER_OFFER, OFFER, answers_shown
from .forms import ChangeForm, MemberOfferForm, OfferForm, OfferQuery
from .rules import State


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest) -> HttpResponse:
    """``/kennisbank/aanbieden/``: kept at the first submit, and checked on the next page."""
    return telling.answer(request, PAGE)


@never_cache
@anonymous_post
@require_POST
def save_draft(request: HttpRequest) -> HttpResponse:
    """Save what somebody is writing, to go on later; the page's script asks it while they type."""
    return telling.save_draft(request, PAGE)


@never_cache
@require_GET
def own(request: HttpRequest, key: str) -> HttpResponse:
    """``/kennisbank/aanbieden/<key>/``: how it stands; opening it does nothing."""
    return _page(request, _own(key))


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: str) -> HttpResponse:
    """``…/veranderen/``: its words. When they changed elsewhere meanwhile, nothing of either is lost."""
    found = _own(key)
    initial = {**found.answers, "seen": found.mark}
    form = ChangeForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method != "POST" and not rules.may_be_changed(found.state):
        return _page(request, found, problem=_("Dit kun je niet meer veranderen. Mail of bel ons, dan doen wij het."))
    if form.is_valid():
        try:
            actions.change(found, form.payload(), seen=form.cleaned_data["seen"], now=clock.now())
        except actions.ChangedMeanwhile as problem:
            return _change_page(request, _own(key), form, problem=str(problem))
        except actions.CannotDo as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(f"{found.get_absolute_url()}?klaar=veranderd")
    return _change_page(request, found, form)


@never_cache
@anonymous_post
@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Take it back; it can be put back on the same page."""
    found = _own(key)
    actions.withdraw(found, now=clock.now())
    return redirect(f"{found.get_absolute_url()}?klaar=ingetrokken")


@never_cache
@anonymous_post
@require_POST
def put_back(request: HttpRequest, key: str) -> HttpResponse:
    """Put it back."""
    found = _own(key)
    try:
        actions.put_back(found, now=clock.now())
    except actions.CannotDo as problem:
        return _page(request, found, problem=str(problem))
    return redirect(f"{found.get_absolute_url()}?klaar=terug")


@identified
@require_GET
def mine(request: Any) -> HttpResponse:
    """``/kennisbank/aanbieden/mijn/``: what I offered, the newest first."""
    offers = PracticeOffer.objects.whole().filter(offered_by=request.person).order_by("-offered_at", "-pk")
    context = {
        "offers": [(each, words.STATES[each.state]) for each in offers[: rules.LISTED]],
        "trail": [(_("Kennisbank"), reverse("library:shelf"))],
    }
    return render(request, "library/offering/mine.html", context)


def _own(key: str) -> PracticeOffer:
    found = PracticeOffer.objects.whole().filter(secret=key).first()
    if found is None:
        raise Missing(_("Dit voorbeeld is er niet meer. Wat niet op de site kwam, wissen we na een tijd."))
    return found


def _page(request: HttpRequest, found: PracticeOffer, *, problem: str = "") -> HttpResponse:
    state = found.state
    article = found.work.article
    withdrawal = getattr(article, "withdrawal", None)
    reasons = {
        State.ASKED: found.question,
        State.REFUSED: found.reason,
        State.OFF: withdrawal.reason if withdrawal else "",
    }
    context = {
        "offer": found,
        "state": words.STATES[state],
        "told": answers_shown(found.answers),
        "reason": reasons.get(state, ""),
        "article": article if state == State.PUBLISHED else None,
        "may_change": rules.may_be_changed(state),
        "is_asked": state == State.ASKED,
        "may_withdraw": rules.may_be_withdrawn(state),
        "is_withdrawn": state == State.WITHDRAWN,
        "problem": problem,
        "done": words.DONE.get(request.GET.get("klaar", ""), ""),
        "trail": [(_("Kennisbank"), reverse("library:shelf"))],
    }
    return render(request, "library/offering/own.html", context)


def _change_page(request: HttpRequest, found: PracticeOffer, form: ChangeForm, *, problem: str = "") -> HttpResponse:
    context = {
        "form": form,
        "offer": found,
        "problem": problem,
        "now_there": answers_shown(found.answers) if problem else "",
        "seen": found.mark if problem else form["seen"].value(),
        "question": found.question,
        "trail": [(_("Kennisbank"), reverse("library:shelf")), (_("Je voorbeeld"), found.get_absolute_url())],
    }
    return render(request, "library/offering/change.html", context, status=409 if problem else 200)


def _form_of(person: Person | None) -> type[ActForm]:
    return MemberOfferForm if person else OfferForm


def _initial(request: HttpRequest) -> dict[str, Any]:
    return {"municipality": OfferQuery(request.GET).municipality()}


PAGE = telling.Page(
    name="library:offer",
    template="library/offering/offer.html",
    kind=OFFER,
    member_kind=MEMBER_OFFER,
    form_of=_form_of,
    initial=_initial,
    trail=lambda: [(_("Kennisbank"), reverse("library:shelf"))],
    several=("themes",),
)

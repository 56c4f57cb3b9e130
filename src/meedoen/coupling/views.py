"""What coupling is; asking and offering; and the page of who did, with all that can still be done."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.conversation import telling
from meedoen.kernel import clock
from meedoen.pages.missing import Missing
from meedoen.pages.origin import anonymous_post
from meedoen.pages.visitor import visitor_page
from meedoen.people.acts import ActForm
from meedoen.people.models import Person

from . import actions, rules, words
from .acts import GUEST_KINDS, MEMBER_KINDS
from .forms import CHANGE, GUEST, MEMBER
from .growing import views as growing
from .introducing.words import meetings_of
from .models import AREA, CouplingRequest
from .rules import Mover, Side, State


@visitor_page(AREA)
def about(request: Any) -> HttpResponse:
    """``/koppelen/``: what it is, how it goes, and the way to ask and to offer."""
    return render(request, "coupling/about.html")


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """``/koppelen/vragen/``: kept at the first submit, and checked on the next page."""
    return telling.answer(request, ASK_PAGE)


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest) -> HttpResponse:
    """``/koppelen/aanbieden/``: the same for what somebody can share."""
    return telling.answer(request, OFFER_PAGE)


@never_cache
@anonymous_post
@require_POST
def save_ask(request: HttpRequest) -> HttpResponse:
    """Save what somebody is asking, to go on later."""
    return telling.save_draft(request, ASK_PAGE)


@never_cache
@anonymous_post
@require_POST
def save_offer(request: HttpRequest) -> HttpResponse:
    """Save what somebody is offering, to go on later."""
    return telling.save_draft(request, OFFER_PAGE)


@never_cache
@require_GET
def own(request: HttpRequest, key: str) -> HttpResponse:
    """``/koppelen/mijn/<key>/``: how it stands; opening it does nothing."""
    return _page(request, _own(key))


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: str) -> HttpResponse:
    """``…/veranderen/``: its words. When it changed elsewhere meanwhile, nothing of either is lost."""
    found = _own(key)
    if request.method != "POST" and not rules.may_be_changed(State(found.state)):
        return _page(
            request, found, problem=_("Dit kun je nu niet veranderen. Zet het eerst terug. Of mail of bel ons.")
        )
    initial = {**words.payload_of(found), "seen": found.mark}
    form = CHANGE[Side(found.side)](request.POST if request.method == "POST" else None, initial=initial)
    problem = ""
    if form.is_valid():
        try:
            actions.change(found, form.answers(), seen=form.cleaned_data["seen"], now=clock.now())
        except actions.ChangedMeanwhile as changed:
            problem, found = str(changed), _own(key)
        except actions.CannotDo as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(f"{found.get_absolute_url()}?klaar=veranderd")
    context = {
        "form": form,
        "request_found": found,
        "problem": problem,
        "rows": words.facts(words.answers_of(found)) if problem else [],
        "seen": found.mark if problem else form["seen"].value(),
        "heading": _("Verander je aanbod") if found.side == Side.OFFER else _("Verander je vraag"),
        "trail": [*_trail(), (words.YOURS[Side(found.side)], found.get_absolute_url())],
    }
    return render(request, "coupling/change.html", context, status=409 if problem else 200)


@never_cache
@anonymous_post
@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Stop it; it can be put back on the same page."""
    found = _own(key)
    actions.withdraw(found, now=clock.now())
    return redirect(f"{found.get_absolute_url()}?klaar=gestopt")


@never_cache
@anonymous_post
@require_POST
def put_back(request: HttpRequest, key: str) -> HttpResponse:
    """Let it stand again."""
    found = _own(key)
    try:
        actions.put_back(found, now=clock.now())
    except actions.CannotDo as problem:
        return _page(request, found, problem=str(problem))
    return redirect(f"{found.get_absolute_url()}?klaar=terug")


def _own(key: str) -> CouplingRequest:
    found = CouplingRequest.objects.whole().filter(secret=key).first()
    if found is None:
        raise Missing(_("Dit is er niet meer. Wat gestopt is, wissen we na een jaar."))
    return found


def _page(request: HttpRequest, found: CouplingRequest, *, problem: str = "") -> HttpResponse:
    state, side, moved_by = State(found.state), Side(found.side), Mover(found.moved_by)
    may = {to.value: rules.may_move(state, to, by=Mover.OWNER, moved_by=moved_by) for to in State}
    context = {
        "request_found": found,
        "heading": words.YOURS[side],
        "is_offer": side == Side.OFFER,
        "state": words.STATES[state],
        "rows": words.facts(words.answers_of(found)),
        "may_change": rules.may_be_changed(state),
        "may": may,
        "meetings": meetings_of(list(found.parties.order_by("-pk"))),
        "problem": problem,
        "done": words.DONE.get(request.GET.get("klaar", ""), ""),
        "trail": _trail(),
    }
    return render(request, "coupling/own.html", context)


def _trail() -> list[tuple[str, Any]]:
    return [(_("Koppelen"), reverse("coupling:about"))]


def _telling(side: Side, name: str, template: str) -> telling.Page:
    def form_of(person: Person | None) -> type[ActForm]:
        return MEMBER[side] if person else GUEST[side]

    return telling.Page(
        name=name,
        template=template,
        kind=GUEST_KINDS[side],
        member_kind=MEMBER_KINDS[side],
        form_of=form_of,
        initial=growing.initial if side == Side.OFFER else lambda request: {},
        trail=_trail,
        several=("themes", "ways"),
    )


ASK_PAGE = _telling(Side.ASK, "coupling:ask", "coupling/ask.html")
OFFER_PAGE = _telling(Side.OFFER, "coupling:offer", "coupling/offer.html")

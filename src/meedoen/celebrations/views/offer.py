"""Telling of a celebration."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meedoen.celebrations.acts import MEMBER_OFFER, OFFER
from meedoen.celebrations.forms import MemberOfferForm, OfferForm, OfferQuery
from meedoen.conversation import telling
from meedoen.pages.origin import anonymous_post
from meedoen.people.acts import ActForm
from meedoen.people.models import Person


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest) -> HttpResponse:
    """``/successen/vertellen/``: kept at the first submit, and checked on the next page."""
    return telling.answer(request, PAGE)


@never_cache
@anonymous_post
@require_POST
def save_draft(request: HttpRequest) -> HttpResponse:
    """Save what somebody is writing, to go on later; the page's script asks it while they type."""
    return telling.save_draft(request, PAGE)


def _form_of(person: Person | None) -> type[ActForm]:
    return MemberOfferForm if person else OfferForm


def _initial(request: HttpRequest) -> dict[str, Any]:
    return {"municipality": OfferQuery(request.GET).municipality()}


PAGE = telling.Page(
    name="celebrations:offer",
    template="celebrations/offer.html",
    kind=OFFER,
    member_kind=MEMBER_OFFER,
    form_of=_form_of,
    initial=_initial,
    trail=lambda: [(_("Successen"), reverse("celebrations:wall"))],
)

"""What a contact could offer: say yes in the form of an offer, or no; and stopping the mail about it."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.conversation import telling
from meedoen.kernel import clock
from meedoen.kernel.identifiers import number_in
from meedoen.municipalities.models import Municipality
from meedoen.pages.missing import Missing
from meedoen.pages.origin import anonymous_post
from meedoen.people.entrance.guards import identified

from . import actions, reading
from .models import GrowingMail
from .reading import Proposal
from .rules import Said

DONE = {
    "nee": gettext_lazy("We vragen dit niet meer. Onder ‘Waar jullie nee op zeiden’ zet je het terug."),
    "toch": gettext_lazy("Het staat weer bij de voorstellen"),
    "uit": gettext_lazy("We mailen jullie hier niet meer over"),
    "aan": gettext_lazy("We mailen jullie hier weer over"),
}


@identified
@require_GET
def page(request: Any) -> HttpResponse:
    """``/mijn/gemeente/aanbod/``: what a municipality shared, and could tell others about."""
    keys = answers_for(request)
    found = reading.all_of(keys, clock.now())
    mails = {row.municipality_id: row for row in GrowingMail.objects.filter(municipality__in=keys)}
    context = {
        "is_contact": bool(keys),
        "municipalities": [
            {
                "municipality": each,
                "proposals": [_shown(one) for one in found if one.municipality == each.pk and one.growth is None],
                "refused": _said(found, each, Said.NO),
                "offered": _said(found, each, Said.YES),
                "is_off": each.pk in mails and mails[each.pk].is_off,
            }
            for each in Municipality.objects.filter(pk__in=keys)
        ],
        "done": DONE.get(request.GET.get("klaar", ""), ""),
        "trail": [
            (_("Mijn pagina"), settings.LOGIN_REDIRECT_URL),
            (_("Je gemeente"), reverse("people:municipality_desk")),
        ],
    }
    return render(request, "coupling/growing/proposals.html", context)


@identified
@require_POST
def say_no(request: Any, number: int) -> HttpResponse:
    """Not this one; the page that follows takes it back."""
    actions.say_no(_proposal(request, number), by=request.person, now=clock.now())
    return _to("nee")


@identified
@require_POST
def take_back(request: Any, number: int) -> HttpResponse:
    """Propose it again."""
    actions.take_back(_proposal(request, number))
    return _to("toch")


@identified
@require_POST
def set_mail(request: Any, number: int, *, is_off: bool) -> HttpResponse:
    """Mail about this no more, or again."""
    municipality = Municipality.objects.filter(pk=number, pk__in=answers_for(request)).first()
    if municipality is None:
        raise Http404
    actions.set_mail(municipality, is_off=is_off)
    return _to("uit" if is_off else "aan")


@never_cache
@csrf_exempt
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, key: str) -> HttpResponse:
    """``/koppelen/voorstellen/<key>/stop/``: no more mail. A mail program's own button posts here (RFC 8058)."""
    row = _mail_of(key)
    if request.method == "POST":
        actions.set_mail(row.municipality, is_off=True)
        return redirect("coupling:growing_stop", key)
    return render(request, "coupling/growing/stop.html", {"row": row})


@never_cache
@anonymous_post
@require_POST
def go_on(request: HttpRequest, key: str) -> HttpResponse:
    """Mail about it again."""
    actions.set_mail(_mail_of(key).municipality, is_off=False)
    return redirect("coupling:growing_stop", key)


def answers_for(request: Any) -> frozenset[int]:
    """The municipalities for which who is signed in answers; none while they act along with another."""
    return (
        frozenset() if getattr(request, "along", None) else reading.municipalities_of(getattr(request, "person", None))
    )


def yes_url(proposal: Proposal) -> str:
    """Where the form of an offer is that says yes to it."""
    return f"{reverse('coupling:offer')}?{telling.NEW}&van={proposal.number}"


def initial(request: Any) -> dict[str, Any]:
    """How the form of an offer begins for a contact who says yes; empty for anybody else."""
    number = number_in(request.GET.get("van", ""))
    found = reading.proposal_of(number, answers_for(request), clock.now()) if number else None
    return reading.initial_of(found) if found else {}


def _proposal(request: Any, number: int) -> Proposal:
    found = reading.proposal_of(number, answers_for(request), clock.now())
    if found is None:
        raise Http404
    return found


def _shown(proposal: Proposal) -> dict[str, Any]:
    """One proposal, with the form that says yes."""
    return {"it": proposal, "yes_url": yes_url(proposal)}


def _said(found: list[Proposal], municipality: Municipality, said: Said) -> list[Proposal]:
    return [each for each in found if each.municipality == municipality.pk and each.growth and each.growth.said == said]


def _mail_of(key: str) -> GrowingMail:
    row = GrowingMail.objects.select_related("municipality").filter(key=key).first()
    if row is None:
        raise Missing(_("Deze link werkt niet meer."))
    return row


def _to(done: str) -> HttpResponse:
    return redirect(f"{reverse('coupling:growing')}?klaar={done}")

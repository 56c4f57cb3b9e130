"""Descriptions that somebody offered for a picture of somebody else; the team takes them or does not."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from meedoen.conversation.attachments import actions, reading
from meedoen.conversation.models import Attachment, Offer
from meedoen.kernel import clock
from meedoen.people.entrance.guards import team_only
from meedoen.team.steps import address

SHOWN = 20  # pictures on the page; the oldest come first, so the others follow as these are settled


@team_only
@require_GET
def descriptions(request: Any) -> HttpResponse:
    """``/team/beschrijvingen/``: each with its picture and what stands beside that now."""
    waiting = Offer.objects.select_related("attachment__contribution__thread", "person").order_by("at", "pk")
    asked = Attachment.objects.to_describe().select_related("contribution__thread").order_by("pk")
    context = {
        "asked": [
            (each.contribution, picture)
            for each in asked[:SHOWN]
            for picture in reading.shown([each], beside=each.contribution.number if each.contribution else None)
        ],
        "asked_count": asked.count(),
        "items": [(each, reading.shown([each.attachment])[0]) for each in waiting[:SHOWN]],
        "done": {"ja": _("De beschrijving staat bij de foto"), "nee": _("De beschrijving is niet gebruikt")}.get(
            request.GET.get("klaar", ""), ""
        ),
        "trail": [(_("Wat wacht er?"), address("team:today"))],
    }
    return render(request, "team/descriptions.html", context)


@team_only
@require_POST
def take(request: Any, offer_id: int) -> HttpResponse:
    """Let it stand beside the picture."""
    return _settled(offer_id, is_taken=True)


@team_only
@require_POST
def leave(request: Any, offer_id: int) -> HttpResponse:
    """Do not use it."""
    return _settled(offer_id, is_taken=False)


def _settled(offer_id: int, *, is_taken: bool) -> HttpResponse:
    """Settle it; what a colleague settled a moment before stays settled."""
    offer = Offer.objects.filter(pk=offer_id).first()
    if offer:
        actions.settle(offer, is_taken=is_taken, now=clock.now())
    return redirect(f"{address('team:descriptions')}?klaar={'ja' if is_taken else 'nee'}")

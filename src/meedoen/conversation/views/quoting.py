"""The lasting address of a contribution, and choosing what of it to quote."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from meedoen.conversation import quotes, reading
from meedoen.conversation.forms import QuoteForm
from meedoen.conversation.models import Contribution
from meedoen.pages.missing import Missing

from .found import in_sight, readable


@never_cache
@require_GET
def address(request: HttpRequest, contribution_id: int) -> HttpResponse:
    """``/reacties/<id>/``: leads to where it stands now; what was taken away leads to its gap."""
    found = Contribution.objects.standing().filter(pk=contribution_id).select_related("thread").first()
    if found is None:
        raise Missing(_("Dit bericht is er niet, of het staat nu niet op de site."))
    return redirect(in_sight(found).url)


@never_cache
@require_GET
def quote(request: HttpRequest, contribution_id: int) -> HttpResponse:
    """``/reacties/<id>/citeren/``: choose which part to quote; a short text is quoted as it is."""
    found = readable(contribution_id)
    answer = reverse("conversation:answer", args=[found.pk])
    parts = quotes.parts_of(found.text)
    if found.thread.is_closed:
        return redirect(found.url)
    if len(parts) < 2:  # nothing to choose
        return redirect(f"{answer}?deel=alles")
    context = {
        "contribution": found,
        "shown": reading.shown_as(found),
        "form": QuoteForm(parts=parts),
        "action": answer,
    }
    return render(request, "conversation/quote.html", context)

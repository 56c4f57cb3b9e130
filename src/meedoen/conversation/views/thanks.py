"""Saying thank you: at once for who is signed in, with a code for others."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meedoen.conversation import reading, thanking
from meedoen.conversation.forms import ThankForm
from meedoen.conversation.models import Thanks
from meedoen.kernel import clock
from meedoen.pages.missing import Missing
from meedoen.pages.origin import anonymous_post, network
from meedoen.people import actions as people
from meedoen.people.entrance.guards import identified

from .found import readable


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def thank(request: Any, contribution_id: int) -> HttpResponse:
    """``/reacties/<id>/dank/``: say thank you. Who acts along with somebody does so only as themselves."""
    contribution = readable(contribution_id)
    person = getattr(request, "person", None)
    form = ThankForm(request.POST if request.method == "POST" and not person else None)
    if person:
        if request.method == "POST" and not request.along and person.pk != contribution.person_id:
            try:
                thanking.thank(contribution, person, now=clock.now())
            except thanking.CannotThank as problem:  # it went in the meantime
                raise Missing(str(problem)) from problem
            return redirect("conversation:thank", contribution.pk)
        if not Thanks.objects.filter(contribution=contribution, person=person).exists():
            return redirect(contribution.url)
        return render(request, "conversation/thanked.html", {"contribution": contribution})
    if request.method == "POST" and form.is_valid():
        try:
            act = people.keep(
                thanking.THANK,
                payload={"contribution": contribution.pk},
                name=form.cleaned_data["name"],
                email=form.cleaned_data["email"],
                network=network(request),
                now=clock.now(),
            )
        except people.Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("people:act", act.key)
    context = {"form": form, "contribution": contribution, "shown": reading.shown_as(contribution)}
    return render(request, "conversation/thank.html", context)


@never_cache
@anonymous_post
@identified
@require_POST
def take_back(request: HttpRequest, contribution_id: int) -> HttpResponse:
    """``/reacties/<id>/dank/terug/``: take one's thanks back."""
    contribution = readable(contribution_id)
    thanking.take_back(contribution, request.person, now=clock.now())  # type: ignore[attr-defined]
    return redirect(contribution.url)

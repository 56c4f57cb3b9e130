"""Who comes in, and finding the meeting that they may change; for others it does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.meetings.models import Meeting
from meedoen.meetings.organising.reading import address, organiser_of
from meedoen.meetings.reading import whole
from meedoen.people.entrance.guards import identified

P = ParamSpec("P")
View = Callable[Concatenate[Any, P], HttpResponse]


def organisers_only(view: View[P]) -> View[P]:
    """Only for the team and for contacts of municipalities; ``request.organiser`` says which of the two."""

    @wraps(view)
    def page(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request.organiser = organiser_of(request.person)
        if not request.organiser.may_come_in:
            raise PermissionDenied(
                _("Hier werken het team en gemeenten. Wil jij een bijeenkomst houden? Vraag het ons.")
            )  # fmt: skip
        return view(request, *args, **kwargs)

    return identified(page)


def of_meeting(view: View[P]) -> Callable[..., HttpResponse]:
    """The same, about one meeting; the view gets it with all that a page shows. Whose it is not does not find it."""

    @wraps(view)
    def page(request: Any, /, number: int, **more: Any) -> HttpResponse:
        return view(request, meeting_of(request, number), **more)  # type: ignore[arg-type]

    return organisers_only(page)


def meeting_of(request: Any, number: int) -> Meeting:
    """The meeting under that number, when who asks may change it."""
    return get_object_or_404(whole(Meeting.objects.organised_by(request.organiser)), pk=number)


def trail_of(meeting: Meeting | None = None) -> list[tuple[str, str]]:
    """The way to a page of a meeting that is organised."""
    start = [(_("Bijeenkomsten organiseren"), reverse("meetings:organising"))]
    return [*start, (meeting.title, address("work", meeting))] if meeting else start

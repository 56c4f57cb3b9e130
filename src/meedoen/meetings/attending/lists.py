"""The list of who comes, for who organises the meeting; without mail addresses, and without what anybody needs."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from meedoen.kernel.identifiers import number_in
from meedoen.meetings.models import Meeting
from meedoen.meetings.organising.views.coming_in import of_meeting, trail_of

from . import reading


@of_meeting
@require_GET
def who_comes(request: Any, meeting: Meeting) -> HttpResponse:
    """``/team/bijeenkomsten/<number>/aanmeldingen/``: some at a time, in the order in which they signed up."""
    after = number_in(request.GET.get("na", "")) or 0
    found = reading.page(meeting, after=after)
    context = {
        "meeting": meeting,
        "counted": reading.counted(meeting),
        "rows": found.rows,
        "next_url": f"{request.path}?na={found.next_after}" if found.next_after else "",
        "first_url": request.path if after else "",
        "trail": trail_of(meeting),
    }
    return render(request, "meetings/attending/who_comes.html", context)

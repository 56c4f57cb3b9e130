"""Badges for who comes to the room: the files to print, and the page that says how."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from meedoen.kernel import clock
from meedoen.kernel.dutch import number
from meedoen.meetings.hosting import badges as making
from meedoen.meetings.hosting import reading, rules
from meedoen.meetings.models import Meeting
from meedoen.meetings.organising.views.coming_in import of_meeting, trail_of
from meedoen.ui.site import current_site


@of_meeting
@require_GET
def badges(request: Any, meeting: Meeting) -> HttpResponse:
    """``/team/bijeenkomsten/<number>/badges/``: the files, and how to print them."""
    count = len(reading.in_the_room(meeting))
    parts = rules.parts(count)
    context = {
        "meeting": meeting,
        "count": count,
        "count_words": number(count),
        "files": [
            (
                reverse("meetings:badges_file", args=[meeting.pk, part]),
                _("Download badges %(first)s tot en met %(last)s (pdf)")
                % {"first": number(first), "last": number(last)}
                if len(parts) > 1
                else _("Download de badges (pdf)"),
            )
            for part, (first, last) in enumerate(parts, start=1)
        ],
        "trail": [*trail_of(meeting), (_("Wie komt er?"), reverse("meetings:who_comes", args=[meeting.pk]))],
    }
    return render(request, "meetings/hosting/badges.html", context)


@of_meeting
@require_GET
def badges_file(request: Any, meeting: Meeting, part: int) -> HttpResponse:
    """``…/badges/1.pdf``: some hundreds of badges, by name."""
    people = reading.in_the_room(meeting)
    parts = rules.parts(len(people))
    if not 1 <= part <= len(parts):
        raise Http404
    first, last = parts[part - 1]
    title = _("Badges voor %(title)s") % {"title": meeting.title}
    content = making.write(people[first - 1 : last], title=title, author=current_site().name, now=clock.now())
    disposition = f'attachment; filename="badges-{meeting.pk}-{part}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": disposition})

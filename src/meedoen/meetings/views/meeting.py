"""The page of a meeting, and its file for a calendar."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.conversation.models import AREA as CONVERSATION
from meedoen.kernel import clock
from meedoen.meetings import calendars, reading, rules
from meedoen.meetings.afterwards.views import conversation
from meedoen.meetings.forms import MeetingPageForm
from meedoen.meetings.models import AREA, Meeting, OldAddress
from meedoen.municipalities.actions import AREA as MUNICIPALITIES
from meedoen.pages.visitor import visitor_page
from meedoen.people.models import AREA as PEOPLE
from meedoen.themes.models import AREA as THEME_NAMES

GONE = 410


@visitor_page(
    AREA,
    MUNICIPALITIES,
    THEME_NAMES,
    CONVERSATION,
    PEOPLE,
    query=MeetingPageForm,
    until=Meeting.objects.all().next_change,
)
def meeting(request: Any, slug: str) -> HttpResponse:
    """``/bijeenkomsten/<slug>/``: how everybody can take part stands before the programme."""
    now = clock.now()
    found = reading.whole(Meeting.objects.filter(slug=slug)).first()
    if found is None:
        return _led_to_new_address(slug)
    if not rules.may_be_read(found, now):
        if found.withdrawn_at and found.published_at and found.published_at <= now:
            return render(request, "meetings/gone.html", {"meeting": found, "trail": trail()}, status=GONE)
        raise Http404
    context = {
        **reading.told(found, now),
        **conversation(request, found),
        "share_url": settings.BASE_URL + found.get_absolute_url(),
        "trail": trail(),
    }
    return render(request, "meetings/meeting.html", context)


@visitor_page(AREA, MUNICIPALITIES, THEME_NAMES, until=Meeting.objects.all().next_change, impersonal=True)
def calendar(request: Any, slug: str) -> HttpResponse:
    """``/bijeenkomsten/<slug>/agenda.ics``."""
    published = reading.whole(Meeting.objects.published(clock.now()))
    found = get_object_or_404(published, slug=slug)
    answer = HttpResponse(calendars.one(found), content_type=calendars.CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{found.slug}.ics"'
    return answer


def trail() -> list[tuple[str, str]]:
    """The way to a page of a meeting."""
    return [(_("Bijeenkomsten"), reverse("meetings:list"))]


def _led_to_new_address(slug: str) -> HttpResponse:
    old = OldAddress.objects.select_related("meeting").filter(slug=slug).first()
    if old is None or not rules.may_be_read(old.meeting, clock.now()):
        raise Http404
    return redirect(old.meeting.get_absolute_url(), permanent=True)

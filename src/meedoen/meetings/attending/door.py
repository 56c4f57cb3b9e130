"""The door of the online room: when it opens, and how to go in by computer, app or telephone. Opening it does nothing.

The way in itself stands on the page behind somebody's own key alone, and from when the door is open.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from meedoen.kernel import clock
from meedoen.kernel.dutch import datetime_words
from meedoen.meetings import words
from meedoen.meetings.models import Meeting
from meedoen.meetings.organising.reading import organiser_of
from meedoen.meetings.organising.rules import may_organise
from meedoen.meetings.rules import stage_of
from meedoen.pages.origin import anonymous_post
from meedoen.people.models import Person

from . import bigbluebutton, rooms, rules
from .models import Attendee
from .rules import Door, State, Way
from .shown import is_themselves, of_key, sign_in_url


@never_cache
@require_GET
def door(request: HttpRequest, slug: str) -> HttpResponse:
    """``/bijeenkomsten/<slug>/meedoen/``: who is signed in and comes goes on to their own; others hear how to."""
    now = clock.now()
    meeting = get_object_or_404(Meeting.objects.published(now).select_related("place_municipality"), slug=slug)
    if not meeting.is_online or meeting.starts_at is None:
        raise Http404
    person: Person | None = getattr(request, "person", None)
    if person and (found := Attendee.objects.filter(meeting=meeting, person=person).confirmed().first()):
        return redirect(found.door_url)
    context = {
        **_about(meeting),
        "is_open": rules.is_open(
            stage_of(meeting, now), closes_at=meeting.sign_up_closes_at, starts_at=meeting.starts_at, now=now
        ),
        "is_member": person is not None,
        "sign_in_url": sign_in_url(request.path),
    }
    return render(request, "meetings/attending/door.html", context)


@never_cache
@require_GET
def own_door(request: HttpRequest, key: str) -> HttpResponse:
    """``/bijeenkomsten/aanmelding/<key>/meedoen/``: with the way in, for who has a place online, from when it opens."""
    return render(request, "meetings/attending/own_door.html", _own(request, of_key(key)))


@never_cache
@anonymous_post
@require_POST
def enter(request: HttpRequest, key: str) -> HttpResponse:
    """``…/meedoen/binnen/``: on to the room, which is made ready first where that is at a server of ours."""
    found = of_key(key)
    context = _own(request, found)
    room = context["room"]
    if not context["may_enter"] or room is None:
        return redirect(found.door_url)
    try:
        url = room.url or rooms.enter(found.meeting, found, is_host=context["is_host"])
    except bigbluebutton.Away:
        return render(request, "meetings/attending/own_door.html", {**context, "is_away": True}, status=503)
    return HttpResponseRedirect(url)


def _own(request: HttpRequest, found: Attendee) -> dict[str, Any]:
    meeting = found.meeting
    about = _about(meeting)
    has_place = found.cancelled_at is None and bool(found.confirmed_at) and found.party.state == State.PLACED
    is_online = found.way == Way.ONLINE
    may_enter = has_place and is_online and not about["is_off"] and about["door"] == Door.OPEN.value
    person: Person | None = getattr(request, "person", None)
    is_host = bool(
        may_enter and person and is_themselves(request, found) and may_organise(organiser_of(person), meeting)
    )
    return {
        **about,
        "attendee": found,
        "has_place": has_place,
        "is_online": is_online,
        "may_enter": may_enter,
        "is_host": is_host,
        "room": rooms.room_of(meeting, found, is_host=is_host) if may_enter else None,
    }


def _about(meeting: Meeting) -> dict[str, Any]:
    if meeting.starts_at is None or meeting.ends_at is None or meeting.withdrawn_at:
        raise Http404
    return {
        "meeting": meeting,
        "is_off": meeting.cancelled_at is not None,
        "door": rules.door(starts_at=meeting.starts_at, ends_at=meeting.ends_at, now=clock.now()).value,
        "opens": datetime_words(rules.opens_at(meeting.starts_at)),
        "when": words.when(meeting),
        "mail_url": f"mailto:{meeting.contact_email}",
        "phone_url": words.phone_url(meeting),
        "trail": [(_("Bijeenkomsten"), reverse("meetings:list")), (meeting.title, meeting.get_absolute_url())],
    }

"""The list at the door: find somebody, note that they are there, and put on it who was not."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.kernel import clock
from meedoen.kernel.identifiers import number_in
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.attending.shown import free_words
from meedoen.meetings.hosting import actions, reading, rules
from meedoen.meetings.hosting.forms import DoorForm, LookForm, MarkForm, way_of
from meedoen.meetings.hosting.rules import Seen
from meedoen.meetings.models import Meeting
from meedoen.meetings.organising.views.coming_in import of_meeting, trail_of
from meedoen.people.returning import filled_again, typed


@of_meeting
@require_GET
def present(request: Any, meeting: Meeting) -> HttpResponse:
    """``/team/bijeenkomsten/<number>/aanwezig/``: fifty at a time by name, or who is looked for."""
    return _page(request, meeting)


@of_meeting
@require_POST
def mark(request: Any, meeting: Meeting, attendee_id: int) -> HttpResponse:
    """Note that somebody is there, did not come, or take that back; then back to where the host was in the list."""
    attendee = get_object_or_404(Attendee.objects.filter(meeting=meeting).select_related("meeting"), pk=attendee_id)
    form = MarkForm(request.POST)
    given = form.cleaned_data if form.is_valid() else {}
    try:
        actions.mark(
            attendee, Seen(given.get("seen", "")), was=Seen(given.get("was", "")), by=request.person, now=clock.now()
        )
    except actions.CannotDo as problem:
        return _page(request, meeting, problem=str(problem))
    # Whom they looked for is found. Who goes through the list goes on in it.
    kept = {name: request.POST.get(name, "") for name in ("toon", "blad")}
    query = {**{name: value for name, value in kept.items() if value}, "wie": attendee.pk}
    return redirect(f"{reverse('meetings:present', args=[meeting.pk])}?{urlencode(query)}")


@filled_again
@of_meeting
@require_http_methods(["GET", "POST"])
def at_the_door(request: Any, meeting: Meeting) -> HttpResponse:
    """Put somebody on the list who is there without having signed up."""
    first = {"name": request.GET.get("naam", "")[:100], **typed(request)}
    form = DoorForm(request.POST if request.method == "POST" else None, initial=first)
    form.fit(meeting)
    if form.is_valid():
        given = form.cleaned_data
        try:
            attendee = actions.add_at_the_door(
                meeting,
                name=given["name"],
                way=way_of(given, meeting),
                municipality=given["municipality"],
                once=given["once"],
                by=request.person,
                now=clock.now(),
            )
        except actions.CannotDo as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(f"{reverse('meetings:present', args=[meeting.pk])}?wie={attendee.pk}")
    context = {
        "meeting": meeting,
        "form": form,
        "free": free_words(meeting),
        "trail": [*trail_of(meeting), (_("Wie is er?"), reverse("meetings:present", args=[meeting.pk]))],
    }
    return render(request, "meetings/hosting/at_the_door.html", context)


def _page(request: Any, meeting: Meeting, *, problem: str = "") -> HttpResponse:
    now = clock.now()
    given = request.POST if problem else request.GET
    form = LookForm(given)
    is_fine = form.is_valid()
    asked = form.cleaned_data
    found = reading.page(
        meeting,
        search=asked.get("zoek", ""),
        seen=form.seen() if is_fine else None,
        number=asked.get("blad") or 1,
    )
    here = reverse("meetings:present", args=[meeting.pk])
    is_off = bool(meeting.cancelled_at or meeting.withdrawn_at)
    context = {
        "meeting": meeting,
        "here": here,
        "form": form,
        "problem": problem,
        "counted": reading.counted(meeting),
        "may_note": rules.may_note(starts_at=meeting.starts_at, ends_at=meeting.ends_at, is_off=is_off, now=now),
        "may_be_absent": rules.may_be_absent(starts_at=meeting.starts_at, now=now),
        "noted": None if problem else _just_noted(meeting, number_in(request.GET.get("wie", ""))),
        "found": found,
        "kept": [(name, asked[name]) for name in ("zoek", "toon", "blad") if asked.get(name)],
        "is_chosen": bool(asked.get("zoek") or asked.get("toon", "alle") not in ("", "alle")),
        "earlier_url": _at(here, asked, found.number - 1) if found.number > 1 else "",
        "later_url": _at(here, asked, found.number + 1) if found.number < found.count else "",
        "door_url": f"{reverse('meetings:at_the_door', args=[meeting.pk])}?{urlencode({'naam': asked.get('zoek', '')})}"
        if asked.get("zoek")
        else reverse("meetings:at_the_door", args=[meeting.pk]),
        "list_url": reverse("meetings:who_comes", args=[meeting.pk]),
        "trail": trail_of(meeting),
    }
    return render(request, "meetings/hosting/present.html", context, status=409 if problem else 200)


def _just_noted(meeting: Meeting, number: int) -> reading.Someone | None:
    """Of whom something was noted a moment ago, with the way to take it back."""
    if not number:
        return None
    coming = Attendee.objects.filter(meeting=meeting).coming()
    attendee = coming.select_related("person__municipality", "party", "presence", "hosted__municipality").filter(pk=number).first()  # fmt: skip
    return reading.one(attendee) if attendee else None


def _at(here: str, asked: dict[str, Any], number: int) -> str:
    kept = {name: asked[name] for name in ("zoek", "toon") if asked.get(name)}
    return f"{here}?{urlencode({**kept, 'blad': number})}"

"""Letters to those who come: what was sent, writing one, reading it again, and sending it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.kernel import clock
from meedoen.kernel.dutch import datetime_words, number
from meedoen.kernel.identifiers import number_in
from meedoen.kernel.text import render_markdown
from meedoen.meetings.hosting import actions, reading
from meedoen.meetings.hosting.forms import TO, CircularForm
from meedoen.meetings.hosting.models import Circular
from meedoen.meetings.hosting.rules import To
from meedoen.meetings.models import Meeting
from meedoen.meetings.organising.views.coming_in import of_meeting, trail_of
from meedoen.people.returning import filled_again, typed


@of_meeting
@require_GET
def circulars(request: Any, meeting: Meeting) -> HttpResponse:
    """``/team/bijeenkomsten/<number>/berichten/``: what was sent, the newest first, and what waits to be sent."""
    found = list(meeting.circulars.order_by("-changed_at", "-pk"))
    context = {
        "meeting": meeting,
        "is_gone": request.GET.get("klaar") == "weg",
        "drafts": [(each.subject, _address(each)) for each in found if not each.sent_at],
        "sent": [(each.subject, _address(each), _told(each)) for each in found if each.sent_at],
        "new_url": reverse("meetings:write_circular", args=[meeting.pk]),
        "trail": trail_of(meeting),
    }
    return render(request, "meetings/hosting/circulars.html", context)


@filled_again
@of_meeting
@require_http_methods(["GET", "POST"])
def write(request: Any, meeting: Meeting) -> HttpResponse:
    """Write one; it is kept, and shown as it will be read before anything is sent."""
    form = CircularForm(request.POST if request.method == "POST" else None, initial={"to": To.ALL, **typed(request)})
    form.fit(meeting, reading.receiver_counts(meeting))
    if form.is_valid():
        given = form.cleaned_data
        try:
            kept = actions.write(
                meeting,
                to=To(given["to"]),
                subject=given["subject"],
                text=given["text"],
                once=given["once"],
                by=request.person,
                now=clock.now(),
            )
        except actions.CannotDo as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(_address(kept))
    return _form(request, meeting, form, heading=_("Schrijf aan wie komt"))


@filled_again
@of_meeting
@require_http_methods(["GET", "POST"])
def change(request: Any, meeting: Meeting, circular_id: int) -> HttpResponse:
    """Write one anew that was not sent yet."""
    found = get_object_or_404(meeting.circulars, pk=circular_id)
    if found.sent_at and request.method == "GET":
        return redirect(_address(found))
    stands = {"to": found.to, "subject": found.subject, "text": found.text, **typed(request)}
    form = CircularForm(request.POST if request.method == "POST" else None, initial=stands)
    form.fit(meeting, reading.receiver_counts(meeting))
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.change(
                found,
                to=To(given["to"]),
                subject=given["subject"],
                text=given["text"],
                by=request.person,
                now=clock.now(),
            )
        except actions.CannotDo as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(_address(found))
    return _form(request, meeting, form, heading=_("Verander je bericht"))


@of_meeting
@require_GET
def circular(request: Any, meeting: Meeting, circular_id: int) -> HttpResponse:
    """One as it will be read, with to how many it goes; or what was sent."""
    return _page(request, meeting, get_object_or_404(meeting.circulars.select_related("by"), pk=circular_id))


@of_meeting
@require_POST
def send(request: Any, meeting: Meeting, circular_id: int) -> HttpResponse:
    """Send it; a second press finds that it was."""
    found = get_object_or_404(meeting.circulars.select_related("by"), pk=circular_id)
    try:
        actions.send(found, seen=number_in(request.POST.get("seen", "")), by=request.person, now=clock.now())
    except actions.CannotDo as problem:
        return _page(request, meeting, found, problem=str(problem))
    return redirect(f"{_address(found)}?klaar=verstuurd")


@of_meeting
@require_POST
def throw_away(request: Any, meeting: Meeting, circular_id: int) -> HttpResponse:
    """Throw away what was not sent; a second press finds that it is gone."""
    found = meeting.circulars.select_related("by").filter(pk=circular_id).first()
    if found:
        try:
            actions.throw_away(found)
        except actions.CannotDo as problem:
            return _page(request, meeting, found, problem=str(problem))
    return redirect(f"{reverse('meetings:circulars', args=[meeting.pk])}?klaar=weg")


def _form(request: Any, meeting: Meeting, form: CircularForm, *, heading: str) -> HttpResponse:
    context = {"meeting": meeting, "form": form, "heading": heading, "trail": _trail(meeting)}
    return render(request, "meetings/hosting/write_circular.html", context)


def _page(request: Any, meeting: Meeting, found: Circular, *, problem: str = "") -> HttpResponse:
    count = 0 if found.sent_at else reading.receivers(meeting, To(found.to)).count()
    context = {
        "meeting": meeting,
        "circular": found,
        "problem": problem,
        "is_done": found.sent_at is not None and request.GET.get("klaar") == "verstuurd",
        "to": TO[To(found.to)],
        "text": render_markdown(found.text, heading_from=3),
        "count": count,
        "count_words": number(count),
        "call_count": reading.to_be_called(meeting, To(found.to)).count(),
        "list_url": reverse("meetings:who_comes", args=[meeting.pk]),
        "told": _told(found) if found.sent_at else "",
        "sender": found.by.name if found.sent_at and found.by else "",
        "send_url": reverse("meetings:send_circular", args=[meeting.pk, found.pk]),
        "throw_away_url": reverse("meetings:throw_away_circular", args=[meeting.pk, found.pk]),
        "change_url": reverse("meetings:change_circular", args=[meeting.pk, found.pk]),
        "trail": _trail(meeting),
    }
    return render(request, "meetings/hosting/circular.html", context, status=409 if problem else 200)


def _told(found: Circular) -> str:
    """When it was sent and to how many."""
    return _("%(who)s (%(count)s), op %(when)s") % {
        "who": TO[To(found.to)],
        "count": number(found.receiver_count),
        "when": datetime_words(found.sent_at) if found.sent_at else "",
    }


def _address(found: Circular) -> str:
    return reverse("meetings:circular", args=[found.meeting_id, found.pk])


def _trail(meeting: Meeting) -> list[tuple[str, str]]:
    return [*trail_of(meeting), (_("Berichten"), reverse("meetings:circulars", args=[meeting.pk]))]

"""The pages for who calls and has no e-mail: sign them up, and whom to call about what others are mailed."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.kernel import clock
from meedoen.kernel.identifiers import number_in
from meedoen.meetings.attending.forms import coming
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.attending.shown import free_words
from meedoen.meetings.hosting import actions, calling
from meedoen.meetings.hosting.forms import CalledForm, PhoneForm
from meedoen.meetings.models import Meeting
from meedoen.meetings.organising.views.coming_in import of_meeting, trail_of
from meedoen.people.returning import filled_again, typed

from .caller import address_of, page, trail_to


@filled_again
@of_meeting
@require_http_methods(["GET", "POST"])
def sign_up(request: Any, meeting: Meeting) -> HttpResponse:
    """``/team/bijeenkomsten/<number>/aanmeldingen/zonder-mail/``: sign up who calls and has no e-mail."""
    form = PhoneForm(request.POST if request.method == "POST" else None, initial=typed(request))
    form.fit(meeting)
    if form.is_valid():
        given = form.cleaned_data
        try:
            attendee = actions.sign_up_without_mail(
                meeting,
                name=given["name"],
                phone=given["phone"],
                coming=coming(given, meeting),
                municipality=given["municipality"],
                once=given["once"],
                by=request.person,
                now=clock.now(),
            )
        except actions.CannotDo as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(f"{address_of(attendee)}?klaar=opgeschreven")
    context = {
        "meeting": meeting,
        "form": form,
        "free": free_words(meeting),
        "mail_url": reverse("meetings:sign_up_caller", args=[meeting.pk]),
        "trail": trail_to(meeting),
    }
    return render(request, "meetings/hosting/sign_up_without_mail.html", context)


@of_meeting
@require_GET
def calls(request: Any, meeting: Meeting) -> HttpResponse:
    """``/team/bijeenkomsten/<number>/bellen/``: who has no e-mail and is to be told something."""
    now = clock.now()
    called = calling.was_called(meeting)
    chosen = number_in(request.GET.get("wie", ""))
    context = {
        "meeting": meeting,
        "rows": calling.to_call(meeting, now),
        "called": called,
        "just": next((each for each in called if each[0] == chosen), None),
        "list_url": reverse("meetings:who_comes", args=[meeting.pk]),
        "trail": trail_of(meeting),
    }
    return render(request, "meetings/hosting/calls.html", context)


@of_meeting
@require_POST
def called(request: Any, meeting: Meeting, attendee_id: int) -> HttpResponse:
    """Note that they were called."""
    attendee = _of(meeting, attendee_id)
    form = CalledForm(request.POST)
    if form.is_valid():
        actions.called(attendee, last=form.cleaned_data["last"], by=request.person, now=clock.now())
    return redirect(f"{reverse('meetings:calls', args=[meeting.pk])}?wie={attendee.pk}")


@of_meeting
@require_POST
def not_called(request: Any, meeting: Meeting, attendee_id: int) -> HttpResponse:
    """Take that back."""
    actions.not_called(_of(meeting, attendee_id))
    return redirect("meetings:calls", meeting.pk)


@of_meeting
@require_POST
def accept(request: Any, meeting: Meeting, attendee_id: int) -> HttpResponse:
    """They say yes to the place that came free."""
    return _answered(request, meeting, _of(meeting, attendee_id), actions.accept)


@of_meeting
@require_POST
def queue_again(request: Any, meeting: Meeting, attendee_id: int) -> HttpResponse:
    """They want to wait again."""
    return _answered(request, meeting, _of(meeting, attendee_id), actions.queue_again)


def _answered(request: Any, meeting: Meeting, found: Attendee, deed: Any) -> HttpResponse:
    try:
        deed(found, by=request.person, now=clock.now())
    except actions.CannotDo as problem:
        return page(request, meeting, _of(meeting, found.pk), problem=str(problem))
    return redirect(f"{address_of(found)}?klaar=stil")


def _of(meeting: Meeting, number: int) -> Attendee:
    known = Attendee.objects.filter(meeting=meeting).exclude(phone="")
    return get_object_or_404(
        known.select_related("meeting", "party", "person", "presence", "hosted__municipality", "hosted__by"), pk=number
    )

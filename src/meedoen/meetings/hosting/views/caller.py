"""The pages for who calls: sign them up, see how it stands with one, and change or cancel for them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.kernel import clock
from meedoen.kernel.dutch import datetime_words
from meedoen.meetings.attending.actions import may_change_back, may_come_after_all
from meedoen.meetings.attending.forms import coming
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.attending.rules import State, Way
from meedoen.meetings.attending.shown import free_words
from meedoen.meetings.hosting import actions, calling, reading
from meedoen.meetings.hosting.forms import CallerForm, MoveForm
from meedoen.meetings.models import Meeting
from meedoen.meetings.organising.views.coming_in import of_meeting, trail_of
from meedoen.people.returning import filled_again, typed

DONE = {
    "aangemeld": gettext_lazy("Aangemeld. De mail met de eigen link gaat nu weg"),
    "veranderd": gettext_lazy("Veranderd. Wie belde krijgt daar een mail over"),
    "afgemeld": gettext_lazy("Afgemeld. Wie belde krijgt daar een mail over"),
    "terug": gettext_lazy("Weer aangemeld. Wie belde krijgt daar een mail over"),
    "opgeschreven": gettext_lazy("Aangemeld. Zeg nu wat hieronder staat"),
    "stil": gettext_lazy("Zo staat het nu. Hierover gaat nu geen mail weg"),
}


@filled_again
@of_meeting
@require_http_methods(["GET", "POST"])
def sign_up(request: Any, meeting: Meeting) -> HttpResponse:
    """``/team/bijeenkomsten/<number>/aanmeldingen/nieuw/``: sign up who calls; what was typed stays."""
    first = {"together": "alleen", **typed(request)}
    form = CallerForm(request.POST if request.method == "POST" else None, initial=first)
    form.fit(meeting)
    if form.is_valid():
        given = form.cleaned_data
        try:
            attendee = actions.sign_up(
                meeting,
                name=given["name"],
                email=given["email"],
                coming=coming(given, meeting),
                municipality=given["municipality"],
                once=given["once"],
                by=request.person,
                now=clock.now(),
            )
        except actions.CannotDo as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(f"{address_of(attendee)}?klaar=aangemeld")
    context = {
        "meeting": meeting,
        "form": form,
        "free": free_words(meeting),
        "phone_url": reverse("meetings:sign_up_without_mail", args=[meeting.pk]),
        "trail": trail_to(meeting),
    }
    return render(request, "meetings/hosting/sign_up_caller.html", context)


@of_meeting
@require_GET
def one(request: Any, meeting: Meeting, attendee_id: int) -> HttpResponse:
    """How it stands with one who comes; without what they need, and without their mail address."""
    return page(request, meeting, _of(meeting, attendee_id))


@filled_again
@of_meeting
@require_http_methods(["GET", "POST"])
def move(request: Any, meeting: Meeting, attendee_id: int) -> HttpResponse:
    """Let them come in another way, or with another number who help."""
    found = _of(meeting, attendee_id)
    if found.cancelled_at or not found.confirmed_at:
        return redirect(address_of(found))
    stands = {"way": found.way, "companions": found.companions}
    form = MoveForm(request.POST if request.method == "POST" else None, initial={**stands, **typed(request)})
    form.fit(meeting)
    if form.is_valid():
        given = {**stands, **form.cleaned_data}
        try:
            is_mailed = actions.move(
                found,
                way=Way(given["way"]),
                companions=int(given["companions"] or 0),
                by=request.person,
                now=clock.now(),
            )
        except actions.CannotDo as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(_done(found, "veranderd", is_mailed=is_mailed))
    context = {
        "meeting": meeting,
        "form": form,
        "name": found.called or _("iemand"),
        "free": free_words(meeting),
        "trail": trail_to(meeting, found),
    }
    return render(request, "meetings/hosting/move_caller.html", context)


@of_meeting
@require_http_methods(["GET", "POST"])
def cancel(request: Any, meeting: Meeting, attendee_id: int) -> HttpResponse:
    """Ask whether they really do not come, and cancel."""
    found = _of(meeting, attendee_id)
    if request.method == "POST":
        return _did(request, meeting, found, actions.cancel, "afgemeld")
    if found.cancelled_at:
        return redirect(address_of(found))
    others = reading.told(found)
    context = {
        "meeting": meeting,
        "name": found.called or _("iemand"),
        "rows": [{"key": key, "value": value} for key, value in others],
        "back": address_of(found),
        "trail": trail_to(meeting, found),
    }
    return render(request, "meetings/hosting/cancel_caller.html", context)


@of_meeting
@require_POST
def bring_back(request: Any, meeting: Meeting, attendee_id: int) -> HttpResponse:
    """Take back that they cancelled."""
    return _did(request, meeting, _of(meeting, attendee_id), actions.bring_back, "terug")


def _did(request: Any, meeting: Meeting, found: Attendee, deed: Any, done: str) -> HttpResponse:
    try:
        is_mailed = deed(found, by=request.person, now=clock.now())
    except actions.CannotDo as problem:
        return page(request, meeting, _of(meeting, found.pk), problem=str(problem))
    return redirect(_done(found, done, is_mailed=is_mailed))


def _done(found: Attendee, done: str, *, is_mailed: bool) -> str:
    return f"{address_of(found)}?klaar={done if is_mailed else 'stil'}"


def page(request: Any, meeting: Meeting, found: Attendee, *, problem: str = "") -> HttpResponse:
    now = clock.now()
    goes_on = not meeting.cancelled_at and meeting.ends_at is not None and now < meeting.ends_at
    context = {
        "meeting": meeting,
        "name": found.called or _("iemand"),
        "problem": problem,
        "done": "" if problem else DONE.get(request.GET.get("klaar", ""), ""),
        "rows": [{"key": key, "value": value} for key, value in reading.told(found)],
        "tell": calling.tell(found, meeting) if found.phone and goes_on and not found.cancelled_at else "",
        "is_without_mail": bool(found.phone),
        "accept_url": _answer_url(found, State.OFFERED, "accept_caller"),
        "queue_url": _answer_url(found, State.LAPSED, "queue_caller"),
        "calls_url": reverse("meetings:calls", args=[meeting.pk]),
        "may_move": goes_on and not found.cancelled_at and found.confirmed_at is not None,
        "may_cancel": goes_on and not found.cancelled_at,
        "may_come": goes_on and may_come_after_all(found, now=now),
        "held_until": datetime_words(found.held_until) if found.held_until and found.held_until > now else "",
        "former_until": datetime_words(found.former_until)
        if found.former_until and may_change_back(found, now=now)
        else "",
        "move_url": address_of(found, "move_caller"),
        "cancel_url": address_of(found, "cancel_caller"),
        "bring_back_url": address_of(found, "bring_back_caller"),
        "present_url": reverse("meetings:present", args=[meeting.pk]),
        "trail": trail_to(meeting),
    }
    return render(request, "meetings/hosting/one_who_comes.html", context, status=409 if problem else 200)


def _of(meeting: Meeting, number: int) -> Attendee:
    known = Attendee.objects.filter(meeting=meeting)
    return get_object_or_404(
        known.select_related(
            "meeting", "party", "person__municipality", "presence", "hosted__municipality", "hosted__by"
        ),
        pk=number,
    )


def _answer_url(found: Attendee, state: State, name: str) -> str:
    """Where a host notes what who has no e-mail says now; empty where nothing is asked of them."""
    is_asked = bool(found.phone) and not found.cancelled_at and found.party.state == state
    return address_of(found, name) if is_asked else ""


def address_of(found: Attendee, name: str = "one_who_comes") -> str:
    return reverse(f"meetings:{name}", args=[found.meeting_id, found.pk])


def trail_to(meeting: Meeting, found: Attendee | None = None) -> list[tuple[str, str]]:
    trail = [*trail_of(meeting), (_("Wie komt er?"), reverse("meetings:who_comes", args=[meeting.pk]))]
    return (
        [*trail, (_("Aanmelding van %(name)s") % {"name": found.called or _("iemand")}, address_of(found))]
        if found
        else trail
    )

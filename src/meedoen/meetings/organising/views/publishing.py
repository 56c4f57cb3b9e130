"""Each step of a meeting: publish, plan, cancel, go on, take down, put back, another address, throw away."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meedoen.kernel import clock
from meedoen.meetings.models import Meeting
from meedoen.meetings.organising import actions, reading
from meedoen.meetings.organising.forms import PublishForm, ReasonForm, RenameForm
from meedoen.people.returning import filled_again, typed

from .coming_in import meeting_of, of_meeting, trail_of


@filled_again
@of_meeting
@require_http_methods(["GET", "POST"])
def publish(request: Any, meeting: Meeting) -> HttpResponse:
    """Refused with the list of what is missing, each with the way to its field."""
    now = clock.now()
    form = PublishForm(
        request.POST if request.method == "POST" else None,
        initial={"seen": meeting.version, **typed(request)},
        now=now,
    )
    problem = ""
    if form.is_valid():
        at = form.cleaned_data["at"]
        try:
            actions.publish(meeting, seen=form.cleaned_data["seen"] or 0, by=request.person, now=now, at=at)
        except actions.CannotDo as refused:
            problem = str(refused)
            meeting = meeting_of(request, meeting.pk)
        else:
            return _done(meeting, "gepland" if at else "op-de-site")
    context = {**reading.told(meeting, now), "form": form, "problem": problem, "trail": trail_of(meeting)}
    return render(request, "meetings/organising/publish.html", context)


@of_meeting
@require_POST
def stop_plan(request: Any, meeting: Meeting) -> HttpResponse:
    """Not at that moment after all."""
    actions.stop_plan(meeting, now=clock.now())
    return _done(meeting, "niet-gepland")


@filled_again
@of_meeting
@require_http_methods(["GET", "POST"])
def cancel(request: Any, meeting: Meeting) -> HttpResponse:
    """It will not be held."""
    return _with_reason(
        request,
        meeting,
        lambda meeting, reason: actions.cancel(meeting, reason=reason, by=request.person, now=clock.now()),
        done="afgezegd",
        heading=_("Zeg de bijeenkomst af"),
        intro=_("De bijeenkomst blijft op de site staan, met je reden. Agenda’s nemen het over. Je kunt het nog terugdraaien."),
        button=_("Zeg de bijeenkomst nu af"),
    )  # fmt: skip


@of_meeting
@require_POST
def go_on(request: Any, meeting: Meeting) -> HttpResponse:
    """It is held after all."""
    try:
        actions.go_on(meeting, by=request.person, now=clock.now())
    except actions.CannotDo:
        return redirect(reading.address("work", meeting))  # the page says how it stands
    return _done(meeting, "toch-door")


@filled_again
@of_meeting
@require_http_methods(["GET", "POST"])
def withdraw(request: Any, meeting: Meeting) -> HttpResponse:
    """Take it off the site."""
    return _with_reason(
        request,
        meeting,
        lambda meeting, reason: actions.withdraw(meeting, reason=reason, now=clock.now()),
        done="weggehaald",
        heading=_("Haal de bijeenkomst van de site"),
        intro=_("Lezers vinden haar dan niet meer. Gaat ze alleen niet door? Zeg haar dan af. Je kunt haar later terugzetten."),
        button=_("Haal de bijeenkomst nu van de site"),
    )  # fmt: skip


@of_meeting
@require_POST
def put_back(request: Any, meeting: Meeting) -> HttpResponse:
    """Let everybody read it again."""
    actions.put_back(meeting, now=clock.now())
    return _done(meeting, "terug")


@filled_again
@of_meeting
@require_http_methods(["GET", "POST"])
def rename(request: Any, meeting: Meeting) -> HttpResponse:
    """Another address; the one it had leads on."""
    form = RenameForm(
        request.POST if request.method == "POST" else None, initial={"slug": meeting.slug, **typed(request)}
    )
    if form.is_valid():
        try:
            actions.rename(meeting, slug=form.cleaned_data["slug"], now=clock.now())
        except actions.CannotDo as problem:
            form.add_error("slug", str(problem))
        else:
            return _done(meeting, "adres")
    heading = _("Verander het adres")
    intro = _("Het adres is nu: %(slug)s. Wie dat heeft, komt vanzelf op het nieuwe.") % {"slug": meeting.slug}
    return _step(request, meeting, form, heading, intro, heading)


@of_meeting
@require_http_methods(["GET", "POST"])
def discard(request: Any, meeting: Meeting) -> HttpResponse:
    """Throw away a draft, after asking."""
    problem = ""
    if request.method == "POST":
        try:
            actions.discard(meeting, now=clock.now())
        except actions.CannotDo as refused:
            problem = str(refused)
        else:
            return redirect(f"{reverse('meetings:organising')}?klaar=weg")
    heading, intro = _("Gooi dit concept weg"), _("Alles wat je invulde, is dan weg. Dit kun je niet terugdraaien.")
    return _step(request, meeting, None, heading, intro, _("Gooi het concept weg"), problem=problem)


def _with_reason(
    request: Any,
    meeting: Meeting,
    deed: Callable[[Meeting, str], None],
    *,
    done: str,
    heading: str,
    intro: str,
    button: str,
) -> HttpResponse:
    """Ask why, do it, and say that it was done."""
    form = ReasonForm(request.POST if request.method == "POST" else None, initial=typed(request))
    if form.is_valid():
        try:
            deed(meeting, form.cleaned_data["reason"])
        except actions.CannotDo as problem:
            form.add_error(None, str(problem))
        else:
            return _done(meeting, done)
    return _step(request, meeting, form, heading, intro, button)


def _step(
    request: Any, meeting: Meeting, form: Any, heading: str, intro: str, button: str, *, problem: str = ""
) -> HttpResponse:
    context = {
        "meeting": meeting,
        "form": form,
        "heading": heading,
        "intro": intro,
        "button": button,
        "problem": problem,
        "back": reading.address("work", meeting),
        "trail": trail_of(meeting),
    }
    return render(request, "meetings/organising/step.html", context)


def _done(meeting: Meeting, word: str) -> HttpResponse:
    return redirect(f"{reading.address('work', meeting)}?klaar={word}")

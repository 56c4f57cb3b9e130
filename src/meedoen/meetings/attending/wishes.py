"""The pages about what who comes needs: asking for it, and arranging it by the team, each look of which is written down."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from meedoen.kernel import clock
from meedoen.kernel.dutch import date_words
from meedoen.kernel.identifiers import number_in
from meedoen.meetings import words
from meedoen.meetings.models import Meeting
from meedoen.meetings.organising.views.coming_in import trail_of
from meedoen.meetings.rules import State
from meedoen.meetings.rules import needs_of as needs_of_form
from meedoen.pages.origin import anonymous_post
from meedoen.people.entrance.guards import team_only

from . import arranging
from . import needs as deeds
from .forms import NeedsForm, OutcomeForm
from .models import Attendee
from .needs import Needs, Outcome
from .shown import is_themselves, of_key, sign_in_url


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def needs(request: HttpRequest, key: str) -> HttpResponse:
    """``…/wensen/``: say what one needs, after the place is there; refusing it changes nothing.

    The link in a mail opens this page, and mail gets passed on: what was asked before is shown and taken back only by
    who is signed in. By the link alone one adds to it.
    """
    attendee, now = of_key(key), clock.now()
    if attendee.cancelled_at or attendee.confirmed_at is None or (attendee.meeting.ends_at or now) < now:
        return redirect(attendee.own_url)
    is_known = is_themselves(request, attendee)
    there = deeds.needs_of(attendee) if is_known else Needs()
    initial = {"chosen": [each.value for each in there.chosen], "words": there.words, "agrees": not there.is_nothing}
    form = NeedsForm(request.POST if request.method == "POST" else None, initial=initial)
    form.fit(attendee.meeting, _offers(attendee.meeting))
    if form.is_valid():
        given = form.needs()
        try:
            if is_known:
                deeds.ask(attendee, given, now=now)
            elif given.is_nothing:
                raise deeds.CannotDo(_("Kies wat je nodig hebt, of schrijf het op."))
            else:
                deeds.add(attendee, given, now=now)
        except deeds.CannotDo as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(f"{attendee.own_url}?klaar={'niets-nodig' if given.is_nothing else 'wensen'}")
    meeting = attendee.meeting
    context = {
        "form": form,
        "attendee": attendee,
        "meeting": meeting,
        "last_day": date_words(meeting.needs_close_on) if meeting.needs_close_on else "",
        "is_known": is_known,
        "has_asked": deeds.has_asked(attendee),
        "sign_in_url": sign_in_url(request.path),
        "is_late": deeds.is_late(meeting, now=now),
        "trail": [(_("Bijeenkomsten"), reverse("meetings:list")), (_("Je aanmelding"), attendee.own_url)],
    }
    return render(request, "meetings/attending/needs.html", context)


@team_only
@require_GET
def who_asked(request: HttpRequest, number: int) -> HttpResponse:
    """``/team/bijeenkomsten/<number>/wensen/``: who asked for something; what it is, only the next page tells."""
    meeting = get_object_or_404(Meeting, pk=number)
    after = number_in(request.GET.get("na", ""))
    place = arranging.Place(after, request.GET.get("al", "") == "ja") if after else None
    found, following = arranging.who_asked(meeting, after=place)
    asked = [
        (
            _("Wat %(name)s nodig heeft") % {"name": each.called},
            reverse("meetings:settle", args=[meeting.pk, each.pk]),
            is_answered,
        )
        for each, is_answered in found
    ]
    context = {
        "meeting": meeting,
        "when": words.when(meeting),
        "open": [each for each in asked if not each[2]],
        "answered": [each for each in asked if each[2]],
        "is_first": place is None,
        "first_url": request.path if place else "",
        "next_url": f"{request.path}?na={following.attendee}{'&al=ja' * following.is_answered}" if following else "",
        "last_day": date_words(meeting.needs_close_on) if meeting.needs_close_on else "",
        "trail": tasks_trail(meeting),
    }
    return render(request, "meetings/attending/who_asked.html", context)


@team_only
@require_http_methods(["GET", "POST"])
def settle(request: Any, number: int, attendee_id: int) -> HttpResponse:
    """What one person needs, and how it stands with each; opening this is a look that they can read about."""
    attendee = get_object_or_404(
        Attendee.objects.confirmed().select_related("meeting", "person__address", "party"),
        pk=attendee_id,
        meeting=number,
    )
    now = clock.now()
    try:
        asked = deeds.look(attendee, reader=request.person, now=now)
    except deeds.CannotDo as refused:
        return render(
            request, "meetings/attending/settle.html", {**_person(attendee), "problem": str(refused)}, status=409
        )
    forms = [
        OutcomeForm(
            request.POST if request.method == "POST" else None,
            prefix=each.mark,
            label=each.label,
            initial={"outcome": each.outcome.value, "words": each.words},
        )
        for each in asked
    ]
    problem = ""
    are_valid = [form.is_valid() for form in forms]  # each, so that each tells what is wrong
    if request.method == "POST" and all(are_valid):
        outcomes = {
            str(form.prefix): (Outcome(form.cleaned_data["outcome"]), form.cleaned_data["words"]) for form in forms
        }
        try:
            is_new = deeds.settle(attendee, asked, outcomes, now=now)
        except deeds.CannotDo as refused:
            problem = str(refused)
        else:
            return redirect(f"{request.path}?klaar={'verteld' if is_new else 'gelijk'}")
    done = {
        "verteld": _("Bewaard. Wie het vroeg, krijgt een mail."),
        "gelijk": _("Er is niets veranderd. Er ging geen mail weg."),
    }
    context = {
        **_person(attendee),
        "forms": forms,
        "problem": problem,
        "done": done.get(request.GET.get("klaar", ""), "") if request.method == "GET" else "",
    }
    return render(request, "meetings/attending/settle.html", context)


def _person(attendee: Attendee) -> dict[str, Any]:
    meeting = attendee.meeting
    list_url = reverse("meetings:who_asked", args=[meeting.pk])
    return {
        "attendee": attendee,
        "meeting": meeting,
        "when": words.when(meeting),
        "trail": [*tasks_trail(meeting), (_("Wie iets vroeg"), list_url)],
        "list_url": list_url,
    }


def _offers(meeting: Meeting) -> list[tuple[str, str]]:
    """(need, in words with how it stands): what is there already, and what can be asked for."""
    states = {each.need: each.state for each in meeting.provisions.all()}
    said = {
        State.ARRANGED: _("%(what)s (is er al)"),
        State.NOT_POSSIBLE: _("%(what)s (kan waarschijnlijk niet; we kijken wat wel kan)"),
    }
    return [
        (need.value, said.get(State(states.get(need, State.UNKNOWN)), "%(what)s") % {"what": words.NEEDS[need]})
        for need in needs_of_form(meeting.form)
    ]


def tasks_trail(meeting: Meeting) -> list[tuple[str, str]]:
    """The way to a page about what people need, behind the list of what is to be arranged."""
    return [*trail_of(meeting), (_("Wat je regelt"), reverse("meetings:arrange", args=[meeting.pk]))]

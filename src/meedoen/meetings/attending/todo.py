"""The pages of what is to be arranged: each kind with its last day, numbers to pass on, and who asked for one kind."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from meedoen.kernel import clock, dutch
from meedoen.kernel.dutch import date_words
from meedoen.kernel.identifiers import number_in
from meedoen.meetings import words
from meedoen.meetings.models import Meeting
from meedoen.meetings.organising.views.coming_in import trail_of
from meedoen.meetings.rules import Need
from meedoen.people.entrance.guards import team_only

from . import arranging
from .needs import OWN, CannotDo, Outcome
from .wishes import tasks_trail

OUTCOMES = {
    Outcome.OPEN: gettext_lazy("nog open"),
    Outcome.ARRANGED: gettext_lazy("geregeld"),
    Outcome.NOT_POSSIBLE: gettext_lazy("kan niet"),
}


# Until when, and then how many there are of each outcome, in the order of ``Outcome``.
COLUMNS = (gettext_lazy("Uiterlijk"), gettext_lazy("Nog open"), gettext_lazy("Geregeld"), gettext_lazy("Kan niet"))


@team_only
@require_GET
def arrange(request: Any, number: int) -> HttpResponse:
    """``/team/bijeenkomsten/<number>/regelen/``: what is to be arranged, in numbers."""
    meeting = get_object_or_404(Meeting.objects.select_related("place_municipality"), pk=number)
    now = clock.now()
    context: dict[str, Any] = {
        "meeting": meeting,
        "when": words.when(meeting),
        "who_asked_url": reverse("meetings:who_asked", args=[meeting.pk]),
        "trail": trail_of(meeting),
    }
    try:
        found = arranging.tasks_of(meeting, reader=request.person, now=now)
    except CannotDo as refused:
        context["problem"] = str(refused)
        return render(request, "meetings/attending/arrange.html", context, status=409)
    today = clock.local_date(now)
    context["rows"] = [
        {
            "label": task.label,
            "url": reverse("meetings:arrange_kind", args=[meeting.pk, task.kind]),
            "cells": [
                {"column": column, "text": text}
                for column, text in zip(
                    COLUMNS, (_last_day(task, today), *(task.counts[outcome] for outcome in Outcome)), strict=True
                )
            ],
        }
        for task in found.tasks
    ]
    context["columns"] = COLUMNS
    context["unreadable"] = found.unreadable
    context["is_look"] = found.is_look
    context["totals"] = _totals(meeting, found)
    return render(request, "meetings/attending/arrange.html", context)


def _last_day(task: arranging.Task, today: date) -> str:
    day = date_words(task.last_day)
    return _("%(day)s (te laat)") % {"day": day} if task.is_overdue(today) else day


@team_only
@require_GET
def arrange_kind(request: Any, number: int, kind: str) -> HttpResponse:
    """``…/regelen/<kind>/``: who asked for it and how it stands with each; opening this is a look at each."""
    meeting = get_object_or_404(Meeting.objects.select_related("place_municipality"), pk=number)
    if kind not in (*Need, OWN):
        raise Http404
    after = number_in(request.GET.get("na", "")) or 0
    context: dict[str, Any] = {
        "meeting": meeting,
        "label": words.NEEDS[Need(kind)] if kind != OWN else _("Iets anders, in eigen woorden"),
        "trail": tasks_trail(meeting),
    }
    try:
        found, following = arranging.who_asked_for(meeting, kind, reader=request.person, now=clock.now(), after=after)
    except CannotDo as refused:
        context["problem"] = str(refused)
        return render(request, "meetings/attending/arrange_kind.html", context, status=409)
    context["rows"] = [
        (
            _("Wat %(name)s nodig heeft") % {"name": each.called},
            reverse("meetings:settle", args=[meeting.pk, each.pk]),
            asked.label if asked.need is None else "",
            OUTCOMES[asked.outcome],
            asked.words,
        )
        for each, asked in found
    ]
    context["next_url"] = f"{request.path}?na={following}" if following else ""
    context["first_url"] = request.path if after else ""
    return render(request, "meetings/attending/arrange_kind.html", context)


def _totals(meeting: Meeting, found: arranging.Tasks) -> list[tuple[str, list[str]]]:
    """(for whom, sentences) to pass on to who cooks and to the venue; numbers alone, and nothing where nobody comes."""
    seats = arranging.seats(meeting)
    if not seats:
        return []
    here = ngettext(
        "Er komt %(count)s mens, wie helpt meegeteld.", "Er komen %(count)s mensen, wie helpt meegeteld.", seats
    )
    said = here % {"count": dutch.number(seats)}
    return [
        (heading, [said, *(_("%(what)s: %(count)s.") % {"what": words.NEEDS[need], "count": dutch.number(found.totals[need])} for need in needs if found.totals[need])])
        for heading, needs in (
            (_("Voor wie kookt"), arranging.FOR_THE_CATERER),
            (_("Voor de zaal"), arranging.FOR_THE_VENUE),
        )
    ]  # fmt: skip

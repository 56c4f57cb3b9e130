"""One meeting as it is organised: how it stands, each of its parts, and its preview."""

from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from meedoen.kernel import clock
from meedoen.meetings import reading as shown
from meedoen.meetings.attending.reading import counted
from meedoen.meetings.models import Meeting
from meedoen.meetings.organising import actions, reading
from meedoen.meetings.organising.forms import PARTS
from meedoen.meetings.rules import is_past, may_be_read
from meedoen.people.returning import filled_again, typed

from .coming_in import of_meeting, trail_of

DONE = {
    "bewaard": gettext_lazy("Bewaard"),
    "op-de-site": gettext_lazy("De bijeenkomst staat op de site"),
    "gepland": gettext_lazy("De bijeenkomst komt vanzelf op de site"),
    "niet-gepland": gettext_lazy("De bijeenkomst komt niet meer vanzelf op de site"),
    "afgezegd": gettext_lazy("De bijeenkomst gaat niet door. De pagina en agenda’s zeggen dat nu"),
    "toch-door": gettext_lazy("De bijeenkomst gaat toch door. De pagina en agenda’s zeggen dat nu"),
    "weggehaald": gettext_lazy("De bijeenkomst is van de site gehaald"),
    "terug": gettext_lazy("De bijeenkomst staat weer op de site"),
    "adres": gettext_lazy("Het adres is veranderd"),
}


@of_meeting
@require_GET
def work(request: Any, meeting: Meeting) -> HttpResponse:
    """How it stands, what it misses, its parts, and what can be done."""
    context = {
        **reading.told(meeting, clock.now()),
        "who_comes": counted(meeting) if meeting.published_at else [],
        "who_comes_url": reverse("meetings:who_comes", args=[meeting.pk]),
        "present_url": reverse("meetings:present", args=[meeting.pk]),
        "calls_url": reverse("meetings:calls", args=[meeting.pk]),
        "circulars_url": reverse("meetings:circulars", args=[meeting.pk]),
        "needs_url": reverse("meetings:arrange", args=[meeting.pk]) if request.organiser.is_team else "",
        "figures_url": reverse("meetings:figures", args=[meeting.pk]) if meeting.published_at else "",
        "questions_url": reverse("meetings:questions", args=[meeting.pk]) if meeting.takes_questions else "",
        "done": DONE.get(request.GET.get("klaar", "")),
        "trail": trail_of(),
    }
    return render(request, "meetings/organising/work.html", context)


@filled_again
@of_meeting
@require_http_methods(["GET", "POST"])
def part(request: Any, meeting: Meeting, part: str) -> HttpResponse:
    """Fill in one part. What was typed stays, whatever is wrong."""
    now = clock.now()
    if not reading.has_part(meeting, part, now):
        raise Http404
    is_told = may_be_read(meeting, now) and not is_past(meeting, now) and not meeting.cancelled_at
    form = PARTS[part](
        request.POST if request.method == "POST" else None, meeting=meeting, is_told=is_told, typed=typed(request)
    )
    gaps: list[tuple[str, str]] = []
    if form.is_valid():
        try:
            actions.save(
                meeting,
                form.answers(),
                seen=form.cleaned_data["seen"] or 0,
                sentence=form.cleaned_data.get("sentence", ""),
                by=request.person,
                now=now,
            )
        except actions.ChangedMeanwhile as problem:
            form.data = _seen_now(request.POST, meeting.version)
            form.add_error(None, str(problem))
        except actions.MustSay as problem:
            form.add_error("sentence", str(problem))
        except actions.HasGaps as problem:
            gaps = reading.linked(meeting, problem.gaps)
            form.add_error(
                None, _("Dit kunnen we zo niet bewaren. De bijeenkomst staat op de site, en dan mist er iets.")
            )
        except actions.CannotDo as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(f"{reading.address('work', meeting)}?klaar=bewaard")
    context = {
        "meeting": meeting,
        "form": form,
        "heading": form.heading,
        "here": reading.part_url(meeting, part),
        "gaps": gaps,
        "is_back": request.method == "GET" and bool(typed(request)),
        "back": reading.address("work", meeting),
        "trail": trail_of(meeting),
    }
    return render(request, "meetings/organising/part.html", context)


@of_meeting
@require_GET
def preview(request: Any, meeting: Meeting) -> HttpResponse:
    """The page as readers get it."""
    context = {
        **shown.told(meeting, clock.now()),
        "back": reading.address("work", meeting),
        "trail": trail_of(meeting),
    }
    return render(request, "meetings/organising/preview.html", context)


def _seen_now(posted: QueryDict, version: int) -> QueryDict:
    """What was sent, about the version as it is now: who reads it again may save it."""
    renewed = posted.copy()
    renewed["seen"] = str(version)
    return renewed

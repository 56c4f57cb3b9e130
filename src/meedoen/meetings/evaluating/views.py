"""Answering how a meeting was, with a ticket from the mail; and what was answered, for who organises it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from meedoen.kernel import clock
from meedoen.meetings import words
from meedoen.meetings.models import Meeting
from meedoen.meetings.organising.views.coming_in import of_meeting, trail_of
from meedoen.meetings.rules import is_past
from meedoen.pages.origin import anonymous_post

from . import actions, reading, rules
from .forms import EvaluationForm
from .models import Ticket
from .rules import TookPart


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def evaluate(request: Any, key: str) -> HttpResponse:
    """``/bijeenkomsten/evaluatie/<key>/``: opening it does nothing; a press sends what was filled in, once."""
    ticket = Ticket.objects.select_related("meeting").filter(digest=actions.digest_of(key)).first()
    if ticket is None:
        raise Http404
    now = clock.now()
    form = EvaluationForm(request.POST if request.method == "POST" else None)
    problem, stands = "", "asks"
    if ticket.is_spent:
        stands = "done"
    elif not rules.takes_answers(ticket.meeting.ends_at, now):
        stands = "over"
    elif form.is_valid():
        given = form.cleaned_data
        took_part = TookPart(given["took_part"])
        try:
            actions.answer(
                key,
                took_part=took_part,
                in_the_way=given["in_the_way"].strip(),
                use=given["use"],
                said=given["said"].strip(),
                now=now,
            )
        except actions.CannotAnswer as refused:  # a second press, or the last moment went by
            problem, stands = str(refused), "refused"
        else:  # told here and not after a redirect: an address in a log would say what was answered
            stands = "done" if took_part == TookPart.FULLY else "could-not"
    context = {
        "form": form,
        "meeting": ticket.meeting,
        "when": words.when(ticket.meeting),
        "mail_url": f"mailto:{ticket.meeting.contact_email}",
        "phone_url": words.phone_url(ticket.meeting),
        "stands": stands,
        "problem": problem,
    }
    return render(request, "meetings/evaluating/evaluate.html", context)


@of_meeting
@require_GET
def figures(request: Any, meeting: Meeting) -> HttpResponse:
    """``/team/bijeenkomsten/<number>/cijfers/``: who came and could everybody take part, in numbers of five or more."""
    context = {
        "meeting": meeting,
        "when": words.when(meeting),
        "is_past": is_past(meeting, clock.now()),
        "figures": [{"key": name, "value": value} for name, value in reading.figures(meeting)],
        "answers": reading.answers(meeting),
        "least": rules.LEAST,
        "trail": trail_of(meeting),
    }
    return render(request, "meetings/evaluating/figures.html", context)

"""The questions of a meeting, for who leads it: in a fair order, to read out and to strike off."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from meedoen.kernel import clock
from meedoen.meetings import words
from meedoen.meetings.models import Meeting
from meedoen.meetings.organising.views.coming_in import of_meeting, trail_of

from . import actions, rules
from .forms import OutcomeForm
from .models import Question
from .rules import State

DONE = {
    State.OPEN.value: gettext_lazy("De vraag staat weer op de lijst"),
    State.ASKED.value: gettext_lazy("Genoteerd: deze vraag kwam aan bod"),
    State.LEFT.value: gettext_lazy("Genoteerd: deze vraag komt niet aan bod"),
}
MEANWHILE = gettext_lazy("Iemand anders noteerde intussen iets, of de vraag is teruggenomen. Zo staat het nu.")


@of_meeting
@require_GET
def questions(request: Any, meeting: Meeting) -> HttpResponse:
    """``/team/bijeenkomsten/<number>/vragen/``: everybody's first question before anybody's second."""
    found = Question.objects.standing().filter(meeting=meeting).select_related("person")
    in_turn = [
        {
            "number": number,
            "text": each.text,
            "by": _("Anoniem") if each.is_anonymous else each.person.name or _("Naam niet bekend"),
            "state": each.state,
            "url": reverse("meetings:settle_question", args=[meeting.pk, each.pk]),
            "heading": _("Vraag %(number)s") % {"number": number},
        }
        for number, each in enumerate(rules.in_turn(found), 1)
    ]
    context = {
        "meeting": meeting,
        "when": words.when(meeting),
        "open": [each for each in in_turn if each["state"] == State.OPEN],
        "asked": [each for each in in_turn if each["state"] == State.ASKED],
        "left": [each for each in in_turn if each["state"] == State.LEFT],
        "may_ask": rules.may_ask(meeting, clock.now()),
        "done": DONE.get(request.GET.get("klaar", ""), ""),
        "meanwhile": MEANWHILE if request.GET.get("klaar") == "anders" else "",
        "trail": trail_of(meeting),
    }
    return render(request, "meetings/asking/questions.html", context)


@of_meeting
@require_POST
def settle(request: Any, meeting: Meeting, question_id: int) -> HttpResponse:
    """Note what came of a question; every note can be taken back on the page that follows."""
    question = get_object_or_404(Question, pk=question_id, meeting=meeting)
    form = OutcomeForm(request.POST)
    address = reverse("meetings:questions", args=[meeting.pk])
    if not form.is_valid():
        return redirect(address)
    state, was = State(form.cleaned_data["stand"]), State(form.cleaned_data["was"])
    return redirect(f"{address}?klaar={state.value if actions.settle(question, state, was=was) else 'anders'}")

"""What the team can do with a topic, each at its own address, and the trace that everybody can read."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.conversation.models import AREA
from meedoen.forum.categories import CATEGORIES
from meedoen.forum.models import Topic
from meedoen.kernel import clock
from meedoen.kernel.identifiers import number_in
from meedoen.pages.visitor import visitor_page
from meedoen.people.entrance.guards import team_only

from . import actions, rules, words
from .forms import form_for
from .models import Step
from .rules import Deed

STEPS_SHOWN = 50  # the newest; a topic has a handful


@visitor_page(AREA)
def history(request: Any, category: str, topic_id: int, slug: str) -> HttpResponse:
    """What the team did with a topic, for everybody."""
    topic = get_object_or_404(Topic.objects.readable().select_related("thread"), pk=topic_id)
    if request.path != (here := topic.steering_url("history")):
        return redirect(here, permanent=True)
    context = {"topic": topic, "steps": _steps(topic), "trail": _trail(topic)}
    return render(request, "forum/steering/history.html", context)


@team_only
@require_GET
def manage(request: Any, category: str, topic_id: int, slug: str) -> HttpResponse:
    """Everything that can be done with a topic, and what was."""
    return _manage(request, _topic(topic_id))


@team_only
@require_http_methods(["GET", "POST"])
def act(request: Any, category: str, topic_id: int, slug: str, deed: Deed) -> HttpResponse:
    """One deed: what will happen, and why."""
    topic = _topic(topic_id)
    initial = {"category": topic.category, "title": topic.title}
    form = form_for(deed, request.POST if request.method == "POST" else None, initial=initial)
    problem = "" if rules.may(deed, topic) else _("Dit is al zo. Je hoeft niets te doen.")
    if not problem and form.is_valid():
        try:
            step = actions.steer(topic, deed, by=request.person, now=clock.now(), **form.cleaned_data)
        except actions.CannotSteer as refused:
            problem = str(refused)
        else:
            return _to_result(step)
    context = {
        "topic": topic,
        "form": form,
        "heading": words.DEEDS[deed][1],
        "button": words.DEEDS[deed][2],
        "effect": words.EFFECTS[deed],
        "may": rules.may(deed, topic),
        "problem": problem,
        "back": topic.steering_url("manage"),
        "trail": [*_trail(topic), (_("Beheer dit onderwerp"), topic.steering_url("manage"))],
    }
    return render(request, "forum/steering/act.html", context)


@team_only
@require_POST
def undo(request: Any, category: str, topic_id: int, slug: str, step_id: int) -> HttpResponse:
    """Take a step back."""
    step = get_object_or_404(Step, pk=step_id, topic_id=topic_id)
    try:
        back = actions.undo(step, by=request.person, now=clock.now())
    except actions.CannotSteer as refused:
        return _manage(request, _topic(topic_id), problem=str(refused))
    return _to_result(back)


def _manage(request: Any, topic: Topic, *, problem: str = "") -> HttpResponse:
    asked = number_in(request.GET.get("klaar", ""))
    steps = _steps(topic)
    first = topic.opening
    context = {
        "topic": topic,
        "acts": [
            (texts[0], topic.steering_url(deed.value), words.EFFECTS[deed])
            for deed, texts in words.DEEDS.items()
            if rules.may(deed, topic)
        ],
        "steps": steps,
        "done": next((each for each in steps if each["id"] == asked), None),
        "problem": problem,
        # The desk stands a floor above; there the words themselves are decided about, and their writers.
        "first_url": f"/team/bericht/{first.pk}/" if first else "",
        "author_url": f"/team/persoon/{topic.author_id}/",
        "trail": _trail(topic),
    }
    return render(request, "forum/steering/manage.html", context)


def _steps(topic: Topic) -> list[dict[str, Any]]:
    found = Step.objects.filter(topic=topic).select_related("undone_by").newest_first()[:STEPS_SHOWN]
    return [
        {
            "id": step.pk,
            "sentence": words.done(step),
            "reason": step.reason,
            "at": step.at,
            "is_undone": step.is_undone,
            "may_undo": rules.may_undo(step, topic),
            "undo_url": topic.steering_url("undo", step.pk),
        }
        for step in found
    ]


def _topic(topic_id: int) -> Topic:
    return get_object_or_404(Topic.objects.select_related("thread"), pk=topic_id)


def _to_result(step: Step) -> HttpResponse:
    topic = Topic.objects.get(pk=step.topic_id)
    return redirect(f"{topic.steering_url('manage')}?klaar={step.pk}")


def _trail(topic: Topic) -> list[tuple[Any, str]]:
    part = CATEGORIES[topic.category]
    return [
        (_("Forum"), reverse("forum:home")),
        (part.name, reverse("forum:category", args=[part.id])),
        (topic.title, topic.get_absolute_url()),
    ]

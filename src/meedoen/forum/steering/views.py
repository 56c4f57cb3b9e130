"""What the team can do with a topic, each at its own address, and the trace that everybody can read."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.conversation.models import AREA
from meedoen.conversation.reading import first_words, gap_words, name_shown
from meedoen.conversation.rules import may_be_read
from meedoen.forum import reading
from meedoen.forum.categories import CATEGORIES
from meedoen.forum.models import Topic
from meedoen.forum.rules import Kind
from meedoen.kernel import clock
from meedoen.kernel.identifiers import number_in
from meedoen.pages.visitor import visitor_page
from meedoen.people.entrance.guards import team_only

from . import actions, rules, words
from .forms import MergeForm, SplitForm, form_for
from .models import Step
from .rules import Deed

STEPS_SHOWN = 50  # the newest; a topic has a handful
CHOICES_SHOWN = 100  # contributions to choose from on one page; others by their numbers


@visitor_page(AREA)
def history(request: Any, category: str, topic_id: int, slug: str) -> HttpResponse:
    """What the team did with a topic, for everybody."""
    topic = get_object_or_404(Topic.objects.readable(), pk=_topic(topic_id).pk)
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
    """One deed with a topic as it is: what will happen, and why."""
    topic = _topic(topic_id)
    initial = {"category": topic.category, "title": topic.title, "summary": topic.summary}
    form = form_for(deed, request.POST if request.method == "POST" else None, initial=initial)
    return _done(
        request,
        topic,
        deed,
        form,
        lambda: actions.steer(topic, deed, by=request.person, now=clock.now(), **form.cleaned_data),
    )


@team_only
@require_http_methods(["GET", "POST"])
def merge(request: Any, category: str, topic_id: int, slug: str) -> HttpResponse:
    """Bring it to another topic."""
    topic = _topic(topic_id)
    form = MergeForm(request.POST if request.method == "POST" else None)
    similar = [(each.title, each.get_absolute_url(), each.pk) for each in reading.resembling(topic)]

    def carry_out() -> Step:
        said = form.cleaned_data
        return actions.merge(topic, said["into"], by=request.person, reason=said["reason"], now=clock.now())

    return _done(request, topic, Deed.MERGE, form, carry_out, similar=similar)


@team_only
@require_http_methods(["GET", "POST"])
def split(request: Any, category: str, topic_id: int, slug: str) -> HttpResponse:
    """Make a new topic of some of its contributions."""
    topic = _topic(topic_id)
    first = number_in(request.GET.get("vanaf", "")) or 2
    standing = topic.thread.contributions.standing().exclude(number=1)
    found = list(standing.filter(number__gte=first).select_related("person").order_by("number")[: CHOICES_SHOWN + 1])
    choices = [(each.number or 0, _choice(each)) for each in found[:CHOICES_SHOWN]]
    initial = {"category": topic.category}
    form = SplitForm(request.POST if request.method == "POST" else None, initial=initial, choices=choices)

    def carry_out() -> Step:
        said = form.cleaned_data
        kind = Kind.EXPERIENCE if topic.kind == Kind.ANNOUNCEMENT else Kind(topic.kind)
        return actions.split(
            topic,
            form.wanted,
            title=said["title"],
            category=said["category"],
            kind=kind,
            by=request.person,
            reason=said["reason"],
            now=clock.now(),
        )

    here = topic.steering_url(Deed.SPLIT.value)
    more = {
        "further_url": f"{here}?vanaf={found[CHOICES_SHOWN].number}" if len(found) > CHOICES_SHOWN else "",
        "start_url": here if first > 2 else "",
    }
    return _done(request, topic, Deed.SPLIT, form, carry_out, **more)


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


def _done(request: Any, topic: Topic, deed: Deed, form: forms.Form, carry_out: Any, **more: Any) -> HttpResponse:
    """The page of a deed; or what came of it, once its form is right."""
    may = rules.may(deed, topic)
    problem = "" if may else _("Dit is al zo, of het kan nu niet. Je hoeft niets te doen.")
    if may and form.is_valid():
        try:
            return _to_result(carry_out())
        except actions.CannotSteer as refused:
            problem = str(refused)
    heading, button = words.DEEDS[deed][1:]
    context = {
        "topic": topic,
        "form": form,
        "heading": heading,
        "button": button,
        "effect": words.EFFECTS[deed],
        "may": may,
        "problem": problem,
        "back": topic.steering_url("manage"),
        "trail": [*_trail(topic), (_("Beheer dit onderwerp"), topic.steering_url("manage"))],
        **more,
    }
    return render(request, "forum/steering/act.html", context)


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
            "sentence": (sentence := words.done(step)),
            "further": words.further(step),
            "undo_words": sentence[:1].lower() + sentence[1:],
            "reason": step.reason,
            "at": step.at,
            "is_undone": step.is_undone,
            "may_undo": rules.may_undo(step, topic),
            "undo_url": topic.steering_url("undo", step.pk),
        }
        for step in found
    ]


def _choice(contribution: Any) -> str:
    """A contribution as it stands in the list to choose from."""
    if not may_be_read(contribution):
        return f"{contribution.number}. {gap_words(contribution.state)}"
    return f"{contribution.number}. {name_shown(contribution)}: ‘{first_words(contribution.text)}’"


def _topic(topic_id: int) -> Topic:
    """The topic of that number, or the one that all of it was brought to."""
    topic = get_object_or_404(Topic.objects.select_related("thread__moved_to"), pk=topic_id)
    if topic.thread.moved_to is None:
        return topic
    return Topic.objects.select_related("thread").get(thread=topic.thread.present)


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

"""Saying what helped: signed in below the answer, or as a guest on a page that only who asked has the key to."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meedoen.conversation.models import Contribution
from meedoen.conversation.reading import show
from meedoen.forum import actions, rules
from meedoen.forum.models import THREAD, Topic
from meedoen.forum.rules import PAGE_SIZE, Kind
from meedoen.kernel import clock
from meedoen.kernel.identifiers import number_in
from meedoen.pages.missing import Missing
from meedoen.pages.origin import anonymous_post
from meedoen.people.entrance.guards import identified


@never_cache
@anonymous_post
@identified
@require_POST
def say(request: Any, contribution_id: int, *, helped: bool) -> HttpResponse:
    """Say that an answer helped, or not after all, as who asked; back to where it stands."""
    answer = get_object_or_404(Contribution.objects.select_related("thread"), pk=contribution_id, thread__kind=THREAD)
    topic = get_object_or_404(Topic.objects.readable(), thread=answer.thread_id)
    if request.along or not rules.may_say_what_helped(topic, request.person):
        raise Missing(_("Alleen wie de vraag stelde, zegt welk antwoord hielp."))
    try:
        actions.say_helped(answer, helped, now=clock.now())
    except actions.CannotSay as problem:
        raise Missing(str(problem)) from problem
    return redirect(answer.url)


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def what_helped(request: HttpRequest, key: str) -> HttpResponse:
    """``/forum/hielp/<key>/``: the answers to my question, each with a button; the key is that of my question.

    A press can be undone by the next, so it asks no code (decisions 1).
    """
    asked = get_object_or_404(Contribution, key=key, number=1, thread__kind=THREAD)
    topic = get_object_or_404(
        Topic.objects.readable().filter(kind=Kind.QUESTION).select_related("thread"), thread=asked.thread_id
    )
    said = None
    if request.method == "POST":
        number = number_in(request.POST.get("bericht", ""))
        answer = get_object_or_404(topic.thread.contributions.readable(), number=number)
        helped = request.POST.get("hielp") == "ja"
        try:
            actions.say_helped(answer, helped, now=clock.now())
        except actions.CannotSay as problem:
            raise Missing(str(problem)) from problem
        here = reverse("forum:what_helped", args=[key])
        before = number_in(request.GET.get("voor", ""))  # the page of older answers on which it was said
        return redirect(f"{here}?gezegd={number}{f'&voor={before}' if before else ''}")
    if number := number_in(request.GET.get("gezegd", "")):
        said = topic.thread.contributions.readable().filter(number=number).first()
    before = number_in(request.GET.get("voor", "")) or rules.MAX_NUMBER
    answers = topic.thread.contributions.readable().filter(number__gt=1, number__lt=before).order_by("-number")
    rows = show(topic.thread, answers[: PAGE_SIZE + 1])
    helped_ids = set(topic.thread.contributions.that_helped().values_list("pk", flat=True))
    context = {
        "topic": topic,
        "answers": [(each, each.id in helped_ids) for each in rows[:PAGE_SIZE]],
        "said": (said.number, bool(said.helped_at)) if said else None,
        "older_url": f"?voor={rows[PAGE_SIZE - 1].number}" if len(rows) > PAGE_SIZE else "",
    }
    return render(request, "forum/what_helped.html", context)

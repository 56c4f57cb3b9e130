"""A topic: what was asked, what was said, each talk on its own, answering and following it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meedoen.activity.views import begin as begin_following
from meedoen.conversation import news, writing
from meedoen.conversation.actions import subject_of
from meedoen.conversation.models import AREA as CONVERSATION
from meedoen.conversation.models import Contribution, number_url
from meedoen.conversation.reading import Reader, ThreadPage, show, thread_page, with_gaps
from meedoen.conversation.rules import numbers_on
from meedoen.forum import reading
from meedoen.forum.categories import CATEGORIES
from meedoen.forum.forms import KINDS, TalkForm, TopicForm
from meedoen.forum.models import THREAD, Topic
from meedoen.forum.rules import PAGE_SIZE, Kind, is_long
from meedoen.forum.steering import words
from meedoen.forum.steering.actions import first_place
from meedoen.kernel import clock, prepared
from meedoen.pages.origin import anonymous_post
from meedoen.pages.visitor import visitor_page
from meedoen.people.models import AREA as PEOPLE
from meedoen.people.models import Person

TEXTS_LOOKED_FOR = 20  # topics brought here, of which a half text on somebody's device is found in the box
ON_PAPER = 200  # numbers on a page to print: some forty sheets


@visitor_page(CONVERSATION, PEOPLE, query=TopicForm)
def topic(request: Any, category: str, topic_id: int, slug: str) -> HttpResponse:
    """A topic: what was asked, and twenty contributions a page."""
    query = request.query.cleaned_data
    person: Person | None = getattr(request, "person", None)
    since, now = query.get("sinds"), clock.now()
    try:
        found = _topic(topic_id, person=person, since=since)
    except Http404:
        return redirect(_brought(topic_id, numbers_on(query.get("pagina") or 1)[0]), permanent=True)
    if elsewhere := _elsewhere(request, found.get_absolute_url()):
        return elsewhere
    fresh = news.news_of(found, person=person, since=since)
    brought = reading.brought_to(found)
    reader = _reader(request, found, fresh, brought=brought)
    thread = thread_page(found.thread, page=query.get("pagina"), reader=reader)
    if person:
        last = thread.contributions[-1].number if thread.contributions else 1
        news.saw(person, found.thread, last, news=fresh, now=now)
    address = found.get_absolute_url()
    outline = (
        reading.outline(found, thread)
        if thread.page == 1 and (found.is_answered or is_long(found) or found.summary)
        else None
    )
    step = None if found.last_step is None or found.last_step.is_undoing else found.last_step
    context = {
        "topic": found,
        "kind": KINDS[Kind(found.kind)],
        "is_question": found.kind == Kind.QUESTION,
        "thread": thread,
        "since": since,
        "is_long": is_long(found) or thread.page_count > 1,
        "outline": outline,
        "who": reading.who_answered(thread) if outline and is_long(found) else "",
        "category": CATEGORIES[found.category].name,
        "is_first_page": thread.page == 1,
        "first_url": number_url(address, 1),
        **_box(request, found, thread, brought),
        "follow_url": reverse("forum:follow", args=[found.category, found.pk, found.slug]),
        "step": words.done(step) if step else "",
        "step_further": words.further(step) if step else "",
        "history_url": found.steering_url("history"),
        "paper_url": found.steering_url("paper"),
        "manage_url": found.steering_url("manage") if person and person.is_team else "",
        "similar": [(each.title, each.get_absolute_url()) for each in reading.resembling(found)],
        "feed_url": reverse("forum:topic_feed", args=[found.pk]),
        "trail": _trail(found),
        "problems": request.query_problems,
    }
    return render(request, "forum/topic.html", context)


@visitor_page(CONVERSATION, PEOPLE, query=TalkForm)
def talk(request: Any, category: str, topic_id: int, slug: str, number: int) -> HttpResponse:
    """One talk of a topic: what it began with, and every answer to that (FR6)."""
    after = request.query.cleaned_data.get("na") or 0
    try:
        found = _topic(topic_id)
    except Http404:
        return redirect(_brought(topic_id, number), permanent=True)
    address = found.get_absolute_url()
    here = reading.talk_url(found, number)
    if elsewhere := _elsewhere(request, here):
        return elsewhere
    beginning = get_object_or_404(found.thread.contributions.standing(), number=number)
    if not beginning.answer_count:
        return redirect(number_url(address, number))
    rows = found.thread.contributions.standing().in_talk(beginning).filter(number__gt=after)[: PAGE_SIZE + 1]
    shown = show(
        found.thread, rows, _reader(request, found, news.NO_NEWS, talk=number, brought=reading.brought_to(found))
    )
    context = {
        "topic": found,
        "thread": {"contributions": shown[:PAGE_SIZE], "is_closed": found.thread.is_closed},
        "number": number,
        "count": beginning.answer_count,
        "topic_url": number_url(address, number),
        "next_url": f"{here}?{urlencode({'na': shown[PAGE_SIZE - 1].number})}" if len(shown) > PAGE_SIZE else "",
        "start_url": here if after else "",
        "trail": [*_trail(found), (found.title, address)],
    }
    return render(request, "forum/talk.html", context)


@visitor_page(CONVERSATION, PEOPLE, query=TalkForm)
def paper(request: Any, category: str, topic_id: int, slug: str) -> HttpResponse:
    """``…/afdrukken/``: all of a topic in one go, to print or to read without anything to press."""
    after = request.query.cleaned_data.get("na") or 0
    try:
        found = _topic(topic_id)
    except Http404:
        return redirect(_brought(topic_id, after + 1), permanent=True)
    here = found.steering_url("paper")
    if elsewhere := _elsewhere(request, here):
        return elsewhere
    last = after + ON_PAPER
    rows = found.thread.contributions.standing().filter(number__range=(after + 1, last)).order_by("number")
    shown = with_gaps(
        found.thread, show(found.thread, rows, Reader(began=_began(reading.brought_to(found)))), after + 1, last
    )
    context = {
        "topic": found,
        "kind": KINDS[Kind(found.kind)],
        "category": CATEGORIES[found.category].name,
        "contributions": [each.on_paper() for each in shown],
        "start_url": here if after else "",
        "next_url": f"{here}?{urlencode({'na': last})}" if found.thread.last_number > last else "",
        "trail": [*_trail(found), (found.title, found.get_absolute_url())],
    }
    return render(request, "forum/paper.html", context)


@anonymous_post
@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, category: str, topic_id: int, slug: str) -> HttpResponse:
    """Begin an answer; who comes here without one is led to the box to write it in."""
    found = _topic_or_brought(topic_id)
    url = found.get_absolute_url()
    if request.method != "POST":
        return redirect(f"{url}#reageren")
    return writing.begin(request, kind=THREAD, key=str(found.pk), title=found.title, url=url)


@anonymous_post
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest, category: str, topic_id: int, slug: str) -> HttpResponse:
    """Follow what is said in a topic."""
    found = _topic_or_brought(topic_id)
    if found.thread.moved_to:
        found = get_object_or_404(Topic.objects.readable().select_related("thread"), thread=found.thread.present)
    return begin_following(
        request, title=found.title, url=found.get_absolute_url(), subject_of=lambda: subject_of(found.thread)
    )


def _topic(topic_id: int, *, person: Person | None = None, since: Any = None) -> Topic:
    topics = prepared.annotate(Topic.objects.readable().select_related("thread", "last_step"), reading.with_brought)
    return get_object_or_404(news.with_news(topics, person=person, since=since, now=clock.now()), pk=topic_id)


def _brought(topic_id: int, number: int) -> str:
    """Where that stands now which had ``number`` in a topic that was brought to another one that can be read."""
    found = get_object_or_404(Topic.objects.select_related("thread"), pk=topic_id, thread__moved_to__isnull=False)
    get_object_or_404(Topic.objects.readable(), thread=found.thread.present)
    return first_place(found.thread, number)


def _topic_or_brought(topic_id: int) -> Topic:
    """The topic, also one that was brought to another: what was begun there comes along."""
    topics = Topic.objects.filter(Q(is_shown=True) | Q(thread__moved_to__isnull=False))
    return get_object_or_404(topics.select_related("thread__moved_to"), pk=topic_id)


def _reader(request: Any, found: Topic, fresh: news.News, *, brought: list[reading.Brought], talk: int = 0) -> Reader:
    """Who reads the topic, with what the forum offers them; who acts along does not say what helped."""
    person: Person | None = getattr(request, "person", None)
    is_along = bool(getattr(request, "along", None))
    return Reader(
        began=_began(brought),
        person=person,
        is_along=is_along,
        news=fresh,
        deeds=lambda each: reading.deeds_of(found, each, None if is_along else person, talk=talk),
        item=lambda each: "" if talk else reading.item_of(found, each),
    )


def _began(brought: list[reading.Brought]) -> Callable[[Contribution], str]:
    """Says of a contribution how the topic was called that it began, before that was brought here."""
    words = {each.opening: each.words for each in brought}
    return lambda contribution: words.get(contribution.pk, "")


def _elsewhere(request: HttpRequest, address: str) -> HttpResponse | None:
    """The way to where a topic stands now, for who came by an earlier address of it."""
    if request.path == address:
        return None
    query = request.GET.urlencode()
    return redirect(f"{address}?{query}" if query else address, permanent=True)


def _box(request: HttpRequest, found: Topic, thread: ThreadPage, brought: list[reading.Brought]) -> dict[str, Any]:
    """The box to answer in."""
    action = reverse("forum:reply", args=[found.category, found.pk, found.slug])
    url = found.get_absolute_url()
    return writing.box(
        request,
        kind=THREAD,
        key=str(found.pk),
        title=found.title,
        url=url,
        action=action,
        writers=thread.writers,
        taken_in=[each.key for each in brought[:TEXTS_LOOKED_FOR]],
    )


def _trail(found: Topic) -> list[tuple[str, str]]:
    part = CATEGORIES[found.category]
    return [(_("Forum"), reverse("forum:home")), (str(part.name), reverse("forum:category", args=[part.id]))]

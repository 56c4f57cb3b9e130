"""Atom feeds of the forum, a category and a topic (OD1): what can be read there, and nothing more."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from meedoen.conversation import quotes
from meedoen.conversation.attachments import reading as files
from meedoen.conversation.models import AREA as CONVERSATION
from meedoen.conversation.models import Contribution, Thread
from meedoen.conversation.reading import mentioned_in, name_shown, named, words_of
from meedoen.conversation.text import render
from meedoen.forum.categories import CATEGORIES
from meedoen.forum.models import Topic
from meedoen.pages.feeds import ENTRIES, answer, clean, feed, tag
from meedoen.pages.missing import Missing
from meedoen.pages.visitor import visitor_page
from meedoen.people.models import AREA as PEOPLE


@visitor_page(CONVERSATION, PEOPLE, impersonal=True)
def forum(request: Any) -> HttpResponse:
    """``/feeds/forum.atom``: the newest topics."""
    return _topics(_("Forum"), reverse("forum:home"), request.path, Topic.objects.readable())


@visitor_page(CONVERSATION, PEOPLE, impersonal=True)
def category(request: Any, category: str) -> HttpResponse:
    """``/feeds/forum/<category>.atom``: the newest topics of a category."""
    found = CATEGORIES.get(category)
    if found is None:
        raise Missing(_("Dit onderdeel van het forum is er niet."))
    title = _("Forum: %(name)s") % {"name": found.name}
    page = reverse("forum:category", args=[category])
    return _topics(title, page, request.path, Topic.objects.readable().in_category(category))


@visitor_page(CONVERSATION, PEOPLE, impersonal=True)
def topic(request: Any, topic_id: int) -> HttpResponse:
    """``/feeds/onderwerp/<id>.atom``: the newest contributions of a topic."""
    found = Topic.objects.readable().select_related("thread").filter(pk=topic_id).first()
    if found is None:
        return redirect("forum:topic_feed", _brought_to(topic_id), permanent=True)
    newest = found.thread.contributions.readable().select_related("person").order_by("-number")[:ENTRIES]
    contributions = list(newest)
    for each in contributions:
        each.thread = found.thread
    titled = [(_("Bericht %(number)s") % {"number": each.number}, each) for each in contributions]
    return _feed(found.title, found.get_absolute_url(), request.path, titled)


def _brought_to(topic_id: int) -> int:
    """The topic to which another was brought; none is not found."""
    thread = get_object_or_404(Thread, topic=topic_id, moved_to__isnull=False)
    return get_object_or_404(Topic.objects.readable(), thread=thread.present).pk


def _topics(title: str, page: str, here: str, topics: Any) -> HttpResponse:
    """A feed of topics, each with the words that it began with."""
    newest = {each.thread_id: each for each in topics.select_related("thread").last_begun_first()[:ENTRIES]}
    openings = Contribution.objects.readable().filter(thread__in=newest, number=1).select_related("person")
    by_thread = {each.thread_id: each for each in openings}
    titled = []
    for thread_id, each in newest.items():
        if opening := by_thread.get(thread_id):
            opening.thread = each.thread
            titled.append((each.title, opening))
    return _feed(title, page, here, titled)


def _feed(title: str, page: str, here: str, entries: Iterable[tuple[str, Contribution]]) -> HttpResponse:
    filled = feed(title, page=page, here=here)
    rows = list(entries)
    shown = [each for _title, each in rows]
    known = quotes.known(quotes.quoted_in(each.text for each in shown) | mentioned_in(shown))
    for entry_title, each in rows:
        filled.add_item(
            title=clean(entry_title),
            link=f"{settings.BASE_URL}{each.url}",
            description=clean(
                _for_whom(named(each, known)) + render(words_of(each.text, known)) + files.as_links(files.of(each))
            ),
            author_name=clean(name_shown(each)),
            unique_id=tag(f"contribution-{each.pk}"),
            pubdate=each.shown_at,
            updateddate=each.edited_at or each.shown_at,
        )
    return answer(filled)


def _for_whom(names: str) -> str:
    """For whom a contribution is, as HTML; nothing where it is for nobody."""
    return format_html("<p>{}</p>", _("Voor: %(names)s") % {"names": names}) if names else ""

"""The lists of topics: the forum's home, a category, a municipality, and one's own."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from meedoen.conversation import news
from meedoen.conversation.models import AREA as CONVERSATION
from meedoen.conversation.models import number_url
from meedoen.forum.asking.rules import days_waited
from meedoen.forum.categories import CATEGORIES
from meedoen.forum.forms import KINDS, TopicFilter, WaitingFilter
from meedoen.forum.models import Shelf, Topic
from meedoen.forum.rules import PAGE_SIZE, Kind, Order
from meedoen.forum.steering.rules import MAX_PINNED
from meedoen.kernel import clock
from meedoen.kernel.keys import MomentKey
from meedoen.municipalities.models import Municipality
from meedoen.pages.missing import Missing
from meedoen.pages.query import read_query
from meedoen.pages.visitor import visitor_page
from meedoen.people.entrance.guards import identified
from meedoen.people.models import AREA as PEOPLE
from meedoen.people.models import Person

ORDER_WORDS = {
    Order.NEWEST: gettext_lazy("Nieuwste"),
    Order.OPEN: gettext_lazy("Open vragen"),
    Order.SILENT: gettext_lazy("Nog zonder antwoord"),
}
HEADINGS = {
    Order.NEWEST: gettext_lazy("Het nieuwste op het forum"),
    Order.OPEN: gettext_lazy("Open vragen"),
    Order.SILENT: gettext_lazy("Nog zonder antwoord"),
}


@visitor_page(CONVERSATION, PEOPLE, query=TopicFilter)
def home(request: Any) -> HttpResponse:
    """``/forum/``: what is new, what waits for an answer, and the categories."""
    query = request.query.cleaned_data
    order = Order(query.get("toon") or Order.NEWEST)
    is_start = not (query.get("toon") or query.get("voor") or query.get("na"))
    shelves = {each.category: each for each in Shelf.objects.filter(topic_count__gt=0)} if is_start else {}
    context = _list(request, Topic.objects.readable(), order, reverse("forum:home")) | {
        "heading": _("Forum") if is_start else HEADINGS[order],
        "is_start": is_start,
        "feed_url": reverse("forum:feed"),
        "categories": [(each, shelves.get(each.id)) for each in CATEGORIES.values()] if is_start else [],
        "trail": [] if is_start else _trail(),
    }
    return render(request, "forum/home.html", context)


@visitor_page(CONVERSATION, PEOPLE, query=TopicFilter)
def category(request: Any, category: str) -> HttpResponse:
    """``/forum/<category>/``: its topics."""
    found = CATEGORIES.get(category)
    if found is None:
        raise Missing(_("Dit onderdeel van het forum is er niet."))
    order = Order(request.query.cleaned_data.get("toon") or Order.NEWEST)
    here = reverse("forum:category", args=[category])
    topics = Topic.objects.readable().in_category(category)
    query = request.query.cleaned_data
    is_start = order == Order.NEWEST and not (query.get("voor") or query.get("na"))
    context = _list(request, topics, order, here, above=topics.pinned() if is_start else None) | {
        "heading": found.name,
        "purpose": found.purpose,
        "feed_url": reverse("forum:category_feed", args=[category]),
        "ask_url": f"{reverse('forum:ask')}?onderdeel={category}",
        "trail": _trail(),
    }
    return render(request, "forum/category.html", context)


@visitor_page(CONVERSATION, PEOPLE, "municipalities", query=TopicFilter)
def municipality(request: Any, slug: str) -> HttpResponse:
    """``/forum/gemeente/<slug>/``: what people of one municipality began."""
    found = get_object_or_404(Municipality.objects.current(), slug=slug)
    order = Order(request.query.cleaned_data.get("toon") or Order.NEWEST)
    here = reverse("forum:municipality", args=[slug])
    context = _list(request, Topic.objects.readable().of_municipality(found), order, here) | {
        "heading": _("Het forum: gemeente %(name)s") % {"name": found.name},
        "purpose": _("Wat mensen uit deze gemeente vroegen en vertelden."),
        "place": (_("Lees meer over gemeente %(name)s") % {"name": found.name}, found.get_absolute_url()),
        "trail": _trail(),
    }
    return render(request, "forum/category.html", context)


@visitor_page(CONVERSATION, PEOPLE, query=WaitingFilter, until=clock.next_local_day)
def waiting(request: Any) -> HttpResponse:
    """``/forum/open/``: the questions that nothing helped yet and how long each waits, the longest first (FR7)."""
    after = request.query.cleaned_data.get("na")
    here, today = reverse("forum:waiting"), clock.local_date(clock.now())
    found = list(Topic.objects.readable().waiting_after(after)[: PAGE_SIZE + 1])
    rows = found[:PAGE_SIZE]
    last = MomentKey(rows[-1].begun_at, rows[-1].pk) if len(found) > PAGE_SIZE else None
    context = {
        "topics": [
            {
                "id": f"onderwerp-{each.pk}",
                "title": each.title,
                "url": each.get_absolute_url(),
                "category": CATEGORIES[each.category].name,
                "count": each.reply_count,
                "at": each.begun_at,
                "days": days_waited(clock.local_date(each.begun_at), today),
            }
            for each in rows
        ],
        "next_url": _address(here, na=last) if last else "",
        "start_url": here if after else "",
        "problems": request.query_problems,
        "ask_url": reverse("forum:ask"),
        "knows_url": reverse("forum:knows"),
        "trail": _trail(),
    }
    return render(request, "forum/waiting.html", context)


@identified
@require_GET
def mine(request: Any) -> HttpResponse:
    """``/forum/mijn/``: what I began or wrote in."""
    topics = Topic.objects.readable().with_words_of(request.person)
    return _own(request, topics, _("Waar ik meeschrijf"), _("Onderwerpen die jij begon, of waarin je antwoordde."))


@identified
@require_GET
def followed(request: Any) -> HttpResponse:
    """``/forum/gevolgd/``: what I follow."""
    topics = Topic.objects.readable().followed_by(request.person)
    return _own(request, topics, _("Wat ik volg op het forum"), _("Onderwerpen waarvan je wilt horen wat er nieuw is."))


def _own(request: Any, topics: Any, heading: str, purpose: str) -> HttpResponse:
    request.query, request.query_problems, _canonical = read_query(TopicFilter, request.GET)
    order = Order(request.query.cleaned_data.get("toon") or Order.NEWEST)
    context = _list(request, topics, order, request.path) | {
        "heading": heading,
        "purpose": purpose,
        "is_own": True,
        "trail": _trail(),
    }
    return render(request, "forum/category.html", context)


def _trail() -> list[tuple[str, str]]:
    return [(_("Forum"), reverse("forum:home"))]


def _list(request: HttpRequest, topics: Any, order: Order, here: str, *, above: Any = None) -> dict[str, Any]:
    """One page of topics with the ways to the other lists and pages; two queries at most.

    ``above`` are those that the team put above the others, in one more query; they stand nowhere else on this page.
    """
    query = request.query.cleaned_data  # type: ignore[attr-defined]
    person: Person | None = getattr(request, "person", None)
    now = clock.now()
    told = news.with_news(topics.listed(order), person=person, since=None, now=now)
    pinned = [] if above is None else news.with_news(above, person=person, since=None, now=now)[:MAX_PINNED]
    shown = told.page(before=query.get("voor"), after=query.get("na"))
    toon = order.value if order != Order.NEWEST else ""
    return {
        "pinned": [_row(each, person) for each in pinned],
        "topics": [_row(each, person) for each in shown.rows if each not in pinned],
        "orders": [
            (words, _address(here, toon=each.value if each != Order.NEWEST else ""), each == order)
            for each, words in ORDER_WORDS.items()
        ],
        "own_lists": [
            (_("Waar ik meeschrijf"), reverse("forum:mine")),
            (_("Wat ik volg"), reverse("forum:followed")),
        ]
        if person
        else [],
        "order": order.value,
        "is_paged": bool(query.get("voor") or query.get("na")),
        "newer_url": _address(here, toon=toon, na=shown.newer_key) if shown.newer_key else "",
        "older_url": _address(here, toon=toon, voor=shown.older_key) if shown.older_key else "",
        "problems": request.query_problems,  # type: ignore[attr-defined]
        "ask_url": reverse("forum:ask"),
    }


def _row(topic: Topic, person: Person | None) -> dict[str, Any]:
    fresh, url = news.news_of(topic, person=person, since=None), topic.get_absolute_url()
    return {
        "id": f"onderwerp-{topic.pk}",
        "title": topic.title,
        "url": url,
        "kind": KINDS[Kind(topic.kind)],
        "is_question": topic.kind == Kind.QUESTION,
        "is_answered": topic.is_answered,
        "category": CATEGORIES[topic.category].name,
        "is_pinned": topic.is_pinned,
        "count": topic.reply_count,
        "last_at": topic.last_at,
        "new_count": fresh.count,
        "new_url": number_url(url, fresh.first) if fresh.first else "",
    }


def _address(here: str, **query: Any) -> str:
    said = urlencode({name: value for name, value in query.items() if value})
    return f"{here}?{said}" if said else here

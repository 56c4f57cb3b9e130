"""The pages of the forum: its home, a category, a topic, and beginning one."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meedoen.activity.views import begin as begin_following
from meedoen.conversation import writing
from meedoen.conversation.actions import subject_of
from meedoen.conversation.models import AREA as CONVERSATION
from meedoen.conversation.reading import thread_page
from meedoen.pages.missing import Missing
from meedoen.pages.origin import anonymous_post
from meedoen.pages.visitor import visitor_page
from meedoen.people import actions as people
from meedoen.people.models import AREA as PEOPLE
from meedoen.people.models import Person

from . import reading
from .acts import ASK, MEMBER_ASK
from .categories import CATEGORIES
from .forms import KINDS, AskForm, MemberAskForm, TeamAskForm, TopicFilter, TopicForm
from .models import THREAD, Topic
from .rules import Kind, Order

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
    counts = Topic.objects.readable().by_category() if is_start else {}
    context = _list(request, Topic.objects.readable(), order, reverse("forum:home")) | {
        "heading": _("Forum") if is_start else HEADINGS[order],
        "is_start": is_start,
        "categories": [(each, counts.get(each.id)) for each in CATEGORIES.values()] if is_start else [],
        "trail": [] if is_start else [(_("Forum"), reverse("forum:home"))],
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
    context = _list(request, Topic.objects.readable().in_category(category), order, here) | {
        "category": found,
        "ask_url": f"{reverse('forum:ask')}?onderdeel={category}",
        "trail": [(_("Forum"), reverse("forum:home"))],
    }
    return render(request, "forum/category.html", context)


@visitor_page(CONVERSATION, PEOPLE, query=TopicForm)
def topic(request: Any, category: str, topic_id: int, slug: str) -> HttpResponse:
    """A topic: what was asked, and twenty contributions a page."""
    found = _topic(topic_id)
    address = found.get_absolute_url()
    if request.path != address:
        page = request.query.cleaned_data.get("pagina")
        return redirect(f"{address}?pagina={page}" if page else address, permanent=True)
    thread = thread_page(THREAD, str(found.pk), page=request.query.cleaned_data.get("pagina"))
    part = CATEGORIES[found.category]
    context = {
        "topic": found,
        "kind": KINDS[Kind(found.kind)],
        "thread": thread,
        "is_first_page": thread.page == 1,
        "first_url": f"{address}#reactie-1",
        **writing.box(
            request,
            kind=THREAD,
            key=str(found.pk),
            title=found.title,
            url=address,
            action=reverse("forum:reply", args=[found.category, found.pk, found.slug]),
        ),
        "follow_url": reverse("forum:follow", args=[found.category, found.pk, found.slug]),
        "similar": [(each.title, each.get_absolute_url()) for each in reading.similar(found.title, but=found.pk)],
        "trail": [(_("Forum"), reverse("forum:home")), (part.name, reverse("forum:category", args=[part.id]))],
    }
    return render(request, "forum/topic.html", context)


@anonymous_post
@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, category: str, topic_id: int, slug: str) -> HttpResponse:
    """Begin an answer; who comes here without one is led to the box to write it in."""
    found = _topic(topic_id)
    url = found.get_absolute_url()
    if request.method != "POST" or found.thread.is_closed:
        return redirect(f"{url}#reageren")
    return writing.begin(request, kind=THREAD, key=str(found.pk), title=found.title, url=url)


@anonymous_post
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest, category: str, topic_id: int, slug: str) -> HttpResponse:
    """Follow what is said in a topic."""
    found = _topic(topic_id)
    return begin_following(
        request, title=found.title, url=found.get_absolute_url(), subject_of=lambda: subject_of(found.thread)
    )


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """``/forum/vraag/``: ask or tell something; it is kept at the first submit, and checked on the next page."""
    person: Person | None = getattr(request, "person", None)
    form_class = (TeamAskForm if person.is_team else MemberAskForm) if person else AskForm
    asked = request.GET.get("onderdeel", "")
    initial = {"category": asked if asked in CATEGORIES else "", "kind": Kind.QUESTION.value}
    form = form_class(request.POST if request.method == "POST" else None, initial=initial)
    context: dict[str, Any] = {"form": form, "action": request.path, "trail": [(_("Forum"), reverse("forum:home"))]}
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            act = writing.keep(request, form, kind=MEMBER_ASK if person else ASK, more={})
        except writing.LooksLikeSpam:
            context["looks_like_spam"], status = True, 422
        except people.Refused as refused:
            form.add_error(None, str(refused))
            status = 429
        else:
            return redirect("people:act", act.key)
    return render(request, "forum/ask.html", context, status=status)


def _topic(topic_id: int) -> Topic:
    return get_object_or_404(Topic.objects.readable().select_related("thread"), pk=topic_id)


def _list(request: Any, topics: Any, order: Order, here: str) -> dict[str, Any]:
    """One page of topics with the ways to the other lists and pages."""
    query = request.query.cleaned_data
    shown = topics.listed(order).page(before=query.get("voor"), after=query.get("na"))
    toon = order.value if order != Order.NEWEST else ""
    return {
        "topics": [_row(each) for each in shown.rows],
        "orders": [
            (words, _address(here, toon=each.value if each != Order.NEWEST else ""), each == order)
            for each, words in ORDER_WORDS.items()
        ],
        "order": order.value,
        "is_paged": bool(query.get("voor") or query.get("na")),
        "newer_url": _address(here, toon=toon, na=shown.newer_key) if shown.newer_key else "",
        "older_url": _address(here, toon=toon, voor=shown.older_key) if shown.older_key else "",
        "problems": request.query_problems,
        "ask_url": reverse("forum:ask"),
    }


def _row(topic: Topic) -> dict[str, Any]:
    return {
        "title": topic.title,
        "url": topic.get_absolute_url(),
        "kind": KINDS[Kind(topic.kind)],
        "is_question": topic.kind == Kind.QUESTION,
        "is_answered": topic.is_answered,
        "category": CATEGORIES[topic.category].name,
        "count": topic.reply_count,
        "last_at": topic.last_at,
    }


def _address(here: str, **query: Any) -> str:
    said = urlencode({name: value for name, value in query.items() if value})
    return f"{here}?{said}" if said else here

"""The wall by year, a page each, the picture to share, congratulations, and the feed."""

import datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meedoen.activity import views as activity
from meedoen.activity.models import Subject
from meedoen.celebrations import card, reading, rules, words
from meedoen.celebrations.following import ALL, WALL
from meedoen.celebrations.forms import UNKNOWN_YEAR, CelebrationPageForm, WallFilter
from meedoen.celebrations.meeting import meeting_of
from meedoen.celebrations.models import AREA, Celebration, OldAddress
from meedoen.celebrations.reading import THREAD
from meedoen.conversation import writing
from meedoen.conversation.actions import subject_of
from meedoen.conversation.models import AREA as CONVERSATION
from meedoen.conversation.models import Thread
from meedoen.conversation.reading import thread_about, thread_page
from meedoen.conversation.text import render as render_text
from meedoen.kernel import clock
from meedoen.kernel.partial_dates import happened_words
from meedoen.kernel.text import plain_text
from meedoen.municipalities import beside
from meedoen.pages import feeds
from meedoen.pages.kept import KeptPage, store
from meedoen.pages.origin import anonymous_post
from meedoen.pages.visitor import answer, visitor_page
from meedoen.people.models import AREA as PEOPLE

YEAR = 365 * 24 * 3600  # seconds; the address of a picture changes with what is on it
MUNICIPALITIES = "municipalities"
DESCRIPTION_LENGTH = 160  # characters, as programs show of a page that is shared


@visitor_page(AREA, MUNICIPALITIES, query=WallFilter, until=Celebration.objects.all().next_change)
def wall(request: Any) -> HttpResponse:
    """``/successen/``: what is announced, and what was celebrated, the newest first."""
    asked = request.query.cleaned_data
    year = asked.get("jaar")
    today = clock.local_date(clock.now())
    published = Celebration.objects.published()
    been = published.been(today)
    of_year = been if year is None else been.in_year(year)
    page = reading.listed(of_year).page(before=asked.get("voor"), after=asked.get("na"))
    is_first = year is None and not page.has_newer
    coming = reading.listed(published.coming(today))[: rules.COMING_SHOWN] if is_first else []
    heading = _("Successen uit %(year)s") % {"year": year} if year else _("Successen")
    context = {
        "heading": _("Successen waarvan we het jaar niet weten") if year == 0 else heading,
        "is_of_year": year is not None,
        "is_older": bool(asked.get("voor") or asked.get("na")),
        "year": year,
        "coming": reading.cards(coming),
        "groups": [
            (name, reading.cards(rows)) for name, rows in groupby(page.rows, key=lambda each: _year_words(each))
        ],
        "has_newer": page.has_newer,
        "years": [
            (str(found) if found else _("Jaar niet bekend"), count, _address(found), found == year)
            for found, count in been.count_by_year()
        ],
        "all_url": _address(None),
        "is_all": year is None,
        "newer_url": _address(year, na=page.newer_key) if page.newer_key else "",
        "older_url": _address(year, voor=page.older_key) if page.older_key else "",
        "follow": activity.link(request, WALL, text=ALL, key=ALL, title=""),
        "trail": [(_("Successen"), _address(None))] if year is not None else [],
        "problems": request.query_problems,
    }
    return render(request, "celebrations/wall.html", context)


def _next_change(now: datetime.datetime) -> datetime.datetime | None:
    """When time alone changes the page: a day begins, or a meeting comes on the site."""
    moments = (Celebration.objects.all().next_change(now), beside.next_change(now))
    return min(filter(None, moments), default=None)


@visitor_page(
    AREA,
    MUNICIPALITIES,
    CONVERSATION,
    PEOPLE,
    beside.AREA,
    query=CelebrationPageForm,
    until=_next_change,
)
def celebration(request: Any, slug: str) -> HttpResponse:
    """``/successen/<slug>/``: one, with its congratulations."""
    found = reading.whole(Celebration.objects.published()).filter(slug=slug).first()
    if found is None:
        return _led_to_new_address(slug)
    address = found.get_absolute_url()
    told = reading.told(found)
    thread = thread_page(thread_about(THREAD, str(found.pk)), page=request.query.cleaned_data.get("pagina"))
    words_only = plain_text(found.text)
    context = {
        **told,
        "happened": happened_words(found.happened),
        "html": render_text(found.text),
        "outcomes": [(by, render_text(each.text)) for by, each in told["outcomes"]],
        "meeting_url": meeting_of(found, clock.now()) if told["is_coming"] else "",
        "summary": words_only
        if len(words_only) <= DESCRIPTION_LENGTH
        else f"{words_only[:DESCRIPTION_LENGTH].rsplit(' ', 1)[0]}…",
        "card": card_of(found),
        "share_url": settings.BASE_URL + address,
        "trail": [(_("Successen"), _address(None))],
        "problems": request.query_problems,
        "thread": thread,
        **writing.box(
            request,
            kind=THREAD,
            key=str(found.pk),
            title=found.title,
            url=address,
            action=reverse("celebrations:congratulate", args=[found.slug]),
            writers=thread.writers,
        ),
    }
    return render(request, "celebrations/celebration.html", context)


def card_of(found: Celebration) -> dict[str, Any]:
    """The picture to share: where it is, its size, and what stands on it."""
    says = _card_words(found)
    address = reverse("celebrations:card", args=[found.slug, card.mark_of(*says.values())])
    alt = _("%(names)s viert: %(title)s") % {"names": says["names"], "title": says["title"]}
    width, height = card.SIZE
    return {"url": address, "whole_url": settings.BASE_URL + address, "width": width, "height": height, "alt": alt}


def card_picture(request: HttpRequest, slug: str, mark: str) -> HttpResponse:
    """``/successen/<slug>/plaatje/<mark>.png``; the address of an older picture leads to the newest."""
    found = get_object_or_404(Celebration.objects.published().prefetch_related("municipalities"), slug=slug)
    says = _card_words(found)
    if mark != card.mark_of(*says.values()):
        return redirect(card_of(found)["url"])
    key = ("celebration", mark)
    page = store.get(key)
    if page is None:
        page = KeptPage.of(card.draw(**says), "image/png")
        store.keep(key, page)
    response = answer(request, page)
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response["Vary"] = "Accept-Encoding"
    return response


@anonymous_post
@require_http_methods(["GET", "POST"])
def congratulate(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin to congratulate. Who comes here without words is led to the box to write them in."""
    found = get_object_or_404(Celebration.objects.published(), slug=slug)
    url = found.get_absolute_url()
    if request.method != "POST":
        return redirect(f"{url}#feliciteren")
    return writing.begin(request, kind=THREAD, key=str(found.pk), title=found.title, url=url)


@anonymous_post
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """Follow the congratulations."""
    now = clock.now()
    found = get_object_or_404(Celebration.objects.published(), slug=slug)
    title, url = found.title, found.get_absolute_url()

    def subject() -> Subject:
        return subject_of(Thread.objects.about(THREAD, str(found.pk), title=title, url=url, now=now))

    thread = Thread.objects.filter(kind=THREAD, key=found.pk).first() if getattr(request, "person", None) else None
    followed = activity.followed_by(request, "thread", str(thread.pk)) if thread else None
    return activity.begin(request, title=title, url=url, subject_of=subject, followed=followed)


@visitor_page(AREA, MUNICIPALITIES, impersonal=True)
def feed(request: Any) -> HttpResponse:
    """``/feeds/successen.atom``: the newest that came on the site."""
    filled = feeds.feed(_("Successen"), page=_address(None), here=request.path)
    newest = reading.listed(Celebration.objects.published()).order_by("-published_at", "-pk")[: feeds.ENTRIES]
    for each in newest:
        filled.add_item(
            title=feeds.clean(each.title),
            link=f"{settings.BASE_URL}{each.get_absolute_url()}",
            description=feeds.clean(render_text(each.text)),
            author_name=feeds.clean(words.names_of(each)),
            unique_id=feeds.tag(f"celebration-{each.pk}"),
            pubdate=each.published_at,
            updateddate=max(each.published_at, each.changed_at) if each.published_at else each.changed_at,
        )
    return feeds.answer(filled)


def _card_words(found: Celebration) -> dict[str, str]:
    kind = words.kind_of(found)
    return {
        "names": words.names_of(found) or settings.SITE_NAME,
        "title": found.title,
        "what": f"{kind}, {found.when}" if found.when else kind,
        "site": settings.SITE_NAME,
    }


def _year_words(each: Celebration) -> str:
    return str(each.dated_on.year) if each.happened else _("Jaar niet bekend")


def _address(year: int | None, **more: str) -> str:
    query = {"jaar": UNKNOWN_YEAR if year == 0 else year, **more}
    asked = urlencode({name: value for name, value in query.items() if value is not None})
    return reverse("celebrations:wall") + (f"?{asked}" if asked else "")


def _led_to_new_address(slug: str) -> HttpResponse:
    old = OldAddress.objects.select_related("celebration").filter(slug=slug).first()
    if old is None or not rules.may_be_read(old.celebration):
        raise Http404
    return redirect(old.celebration.get_absolute_url(), permanent=True)

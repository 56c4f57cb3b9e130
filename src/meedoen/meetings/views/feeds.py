"""Meetings in a feed reader and in one's own calendar: all, or of one theme, province or form."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse

from meedoen.kernel import clock
from meedoen.kernel.text import render_markdown
from meedoen.meetings import calendars, reading, rules, words
from meedoen.meetings.forms import FeedFilter
from meedoen.meetings.models import AREA, Meeting
from meedoen.municipalities.actions import AREA as MUNICIPALITIES
from meedoen.municipalities.models import Province
from meedoen.pages import feeds
from meedoen.pages.visitor import visitor_page
from meedoen.themes.models import AREA as THEME_NAMES

from .meetings import CHOSEN, address, chosen, feed_name


@visitor_page(
    AREA, MUNICIPALITIES, THEME_NAMES, query=FeedFilter, until=Meeting.objects.all().next_change, impersonal=True
)
def feed(request: Any) -> HttpResponse:
    """``/feeds/bijeenkomsten.atom``: the newest that came on the site."""
    here = _asked(request)
    filled = feeds.feed(feed_name(here, list(Province.objects.all())), page=address(here), here=_here(request, here))
    found = reading.whole(chosen(Meeting.objects.published(clock.now()), here))
    for each in found.order_by("-published_at", "-pk")[: feeds.ENTRIES]:
        lines = [words.when(each), words.where(each), each.summary, *words.arranged(each.provisions.all())]
        if each.cancelled_at:
            lines = [words.FEED_CANCELLED % {"reason": each.cancelled_reason}, *lines]
        filled.add_item(
            title=feeds.clean(each.title),
            link=f"{settings.BASE_URL}{each.get_absolute_url()}",
            description=feeds.clean(render_markdown("\n\n".join(line for line in lines if line))),
            author_name=feeds.clean(words.organiser(each)),
            unique_id=feeds.tag(f"meeting-{each.pk}"),
            pubdate=each.published_at,
            updateddate=max(each.published_at or each.changed_at, each.changed_at),
        )
    return feeds.answer(filled)


@visitor_page(
    AREA, MUNICIPALITIES, THEME_NAMES, query=FeedFilter, until=Meeting.objects.all().next_change, impersonal=True
)
def calendar(request: Any) -> HttpResponse:
    """``/feeds/bijeenkomsten.ics``: what comes and what was lately, also what is cancelled."""
    now = clock.now()
    here = _asked(request)
    recent = Meeting.objects.published(now).filter(ends_at__gt=now - rules.IN_CALENDAR_FOR, is_time_known=True)
    found = list(reading.whole(chosen(recent, here)).newest_first()[: rules.FEED_SHOWN])
    name = f"{feed_name(here, list(Province.objects.all()))} – {settings.SITE_NAME}"
    body = calendars.several(found, name=name, address=f"{settings.BASE_URL}{_here(request, here)}")
    return HttpResponse(body, content_type=calendars.CONTENT_TYPE)


def _asked(request: Any) -> dict[str, str]:
    return {name: request.query.cleaned_data.get(name) or "" for name in CHOSEN}


def _here(request: Any, here: dict[str, str]) -> str:
    """The address of this feed, with the choices that count alone."""
    asked = urlencode({name: value for name, value in here.items() if value})
    return f"{request.path}?{asked}" if asked else str(request.path)

"""The letters that went: a list, each on a page, and a feed."""

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.activity import views as following
from meedoen.kernel import clock
from meedoen.kernel.text import render_markdown
from meedoen.library.rules import Reading
from meedoen.meetings.models import Meeting
from meedoen.newsletter import rules, sources
from meedoen.newsletter.following import KEY
from meedoen.newsletter.forms import ArchiveForm, SubscribeForm, VersionForm, WayForm
from meedoen.newsletter.models import AREA, Letter
from meedoen.newsletter.reading import KIND, Item, foreword_of, sections_of, titles_of
from meedoen.pages import feeds
from meedoen.pages.visitor import visitor_page

AREAS = (AREA, *dict.fromkeys(sources.areas()))


def _until(now: datetime) -> datetime | None:
    """When time alone changes a letter: a meeting begins, and nobody can sign up any more."""
    return Meeting.objects.all().next_change(now)


@visitor_page(AREA, query=ArchiveForm, until=rules.next_made)
def newsletter(request: Any) -> HttpResponse:
    """``/nieuwsbrief/``: what it is, how to get it, and all letters."""
    page = Paginator(Letter.objects.public(), rules.PAGE_SIZE).get_page(request.query.cleaned_data.get("bladzijde"))
    person = getattr(request, "person", None)
    followed = following.followed_by(request, KIND, KEY)
    context = {
        "form": WayForm() if person else SubscribeForm(),
        "own_url": reverse("newsletter:own", args=[followed.key]) if followed else "",
        "letters": page,
        "next_at": rules.sends_at(rules.next_made(clock.now()), now=clock.now()),
        "problems": request.query_problems,
        "newer_url": f"?bladzijde={page.previous_page_number()}" if page.has_previous() else "",
        "older_url": f"?bladzijde={page.next_page_number()}" if page.has_next() else "",
        "feed_url": reverse("newsletter:feed"),
    }
    return render(request, "newsletter/newsletter.html", context)


@visitor_page(*AREAS, query=VersionForm, until=_until)
def letter(request: Any, day: str) -> HttpResponse:
    """``/nieuwsbrief/2026-12-01/``: a letter, of what can still be read."""
    found_day = rules.day_in(day)
    if found_day is None:
        raise Http404
    found = get_object_or_404(Letter.objects.public(), day=found_day)
    asked = request.query.cleaned_data.get("taal")
    is_easy = asked == Reading.EASY or (not asked and request.preferences.easy_first)
    sections = sections_of(found, is_easy=is_easy)
    other = Reading.PLAIN if is_easy else Reading.EASY
    public = Letter.objects.public()
    context = {
        "letter": found,
        "is_easy": is_easy,
        "other_url": f"{found.get_absolute_url()}?taal={other}",
        "foreword": render_markdown(foreword_of(found, is_easy=is_easy), heading_from=2),
        "sections": [(section, [shown(item) for item in section.items]) for section in sections],
        "gone": found.entries.filter(is_out=False).count() - sum(len(section.items) for section in sections),
        "summary": "; ".join(item.title for section in sections for item in section.items),
        "share_url": settings.BASE_URL + found.get_absolute_url(),
        "newer": public.filter(day__gt=found.day).order_by("day").first(),
        "older": public.filter(day__lt=found.day).first(),
        "problems": request.query_problems,
        "trail": [(_("Nieuwsbrief"), reverse("newsletter:newsletter"))],
    }
    return render(request, "newsletter/letter.html", context)


@visitor_page(*AREAS, impersonal=True)
def feed(request: Any) -> HttpResponse:
    """``/feeds/nieuwsbrief.atom``: the newest letters, with what stands in them."""
    made = feeds.feed(_("Nieuwsbrief"), page=reverse("newsletter:newsletter"), here=request.path)
    letters = list(Letter.objects.public()[: rules.PAGE_SIZE])
    titles = titles_of(letters)
    for each in letters:
        at = datetime.combine(each.day, time(9), tzinfo=rules.AMSTERDAM)
        made.add_item(
            title=feeds.clean(each.title),
            link=f"{settings.BASE_URL}{each.get_absolute_url()}",
            description=feeds.clean("; ".join(titles[each.pk])),
            unique_id=feeds.tag(each.get_absolute_url()),
            pubdate=at,
            updateddate=at,
        )
    return feeds.answer(made)


def shown(item: Item) -> dict[str, Any]:
    """An item as a page shows it."""
    is_ours = not item.told.is_written or bool(item.entry.easy_words)
    return {
        "item": item,
        "id": f"stuk-{item.number}",
        "heading": f"{item.number}. {item.title}",
        "words": render_markdown(item.words, heading_from=4, is_editors=is_ours),
        "helped": render_markdown(item.helped, heading_from=4, is_editors=False) if item.helped else "",
        "is_ours": is_ours,
        "facts": [{"key": label, "value": value} for label, value in item.told.facts],
    }

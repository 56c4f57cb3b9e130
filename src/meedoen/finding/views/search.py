"""``/zoeken/``: what is found, its feed, and words that begin as somebody types."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.activity import views as following
from meedoen.finding import actions, reading, rules
from meedoen.finding.following import SEARCH
from meedoen.finding.forms import PLACES, SearchForm, WordsForm
from meedoen.kernel import clock
from meedoen.municipalities.models import Municipality
from meedoen.pages import feeds, replica
from meedoen.pages.visitor import visitor_page
from meedoen.search.actions import AREA
from meedoen.search.finding import Found, find
from meedoen.search.nearby import begun
from meedoen.search.sources import areas
from meedoen.terms.models import AREA as TERMS

WHERE = {name: filters for name, (_words, filters) in PLACES.items()}
AREAS = (AREA, TERMS, *sorted({*areas()} - {TERMS}))  # all sources are known once addresses are


@visitor_page(*AREAS, query=SearchForm)
def search(request: Any) -> HttpResponse:
    """What is found for what somebody typed; without words, only the field."""
    asked = request.query.cleaned_data
    here = reading.here_of(asked)
    text = asked.get("q") or ""
    page = asked.get("bladzijde") or 1
    problems = list(request.query_problems)
    found = _found(request, text, asked, page) if text else None
    if found and page > 1 and found.total and not found.results:
        problems.append(_("Die bladzijde is er niet. Je ziet nu de eerste."))
        page = 1
        found = _found(request, text, asked, page)
    context: dict[str, Any] = {
        "form": SearchForm(asked if text else None),
        "text": text,
        "here": {name: value for name, value in here.items() if name != "q"},
        "problems": problems,
        "within": PLACES[asked["waar"]][0] if asked.get("waar") else "",
        "everywhere_url": reading.address({"q": text}),
        "ask_url": f"{reverse('forum:ask')}?{urlencode({'titel': text})}",
    }
    if found:
        context |= _results(found, here, page)
        thing = SEARCH.find and SEARCH.find(text)
        if thing:
            context["follow"] = following.link(request, SEARCH, text=thing.title, key=thing.key, title=thing.title)
        if not found.total and not found.question.is_empty and len(here) == 1:
            with replica.primary():
                actions.miss(text, today=clock.local_date(clock.now()))
    return render(request, "finding/search.html", context)


def _found(request: Any, text: str, asked: dict[str, Any], page: int, **more: Any) -> Found:
    version = getattr(request, "area_versions", {}).get(TERMS)
    spellings = reading.spellings() if version is None else reading.spellings_at(version)
    return find(
        text,
        today=clock.local_date(clock.now()),
        filters=reading.filters_of(asked),
        page=page,
        spellings=spellings,
        places=WHERE,
        **more,
    )


def _results(found: Found, here: dict[str, Any], page: int) -> dict[str, Any]:
    results = reading.told_apart([reading.shown(each) for each in found.results])
    return {
        "found": found,
        "said": found.instead or here["q"],
        "count": reading.said_count(found),
        "results": [each for each in results if each.has_all],
        "partly": [each for each in results if not each.has_all],
        "narrowings": reading.narrowings(found, here),
        "active": _active(here),
        "near": [(word, reading.address({**here, "q": word})) for word in found.near],
        "feed_url": reading.address(here, name="finding:feed"),
        **reading.pages_of(found, here, page),
    }


def _active(here: dict[str, Any]) -> list[tuple[str, str]]:
    """(what is chosen, the address without it) for each way in which it is narrowed; the part of the site is told above."""
    words = {
        "soort": next(
            (str(each.many) for each in reading.sources() if reading.name_of(each.kind) == here.get("soort")), ""
        ),
        "thema": reading.THEME_LABELS.get(here.get("thema", ""), ""),
        "gemeente": _municipality(here["gemeente"]) if here.get("gemeente") else "",
        "jaar": str(here.get("jaar", "")),
        "makkelijk": _("in makkelijke taal") if here.get("makkelijk") else "",
    }
    return [(str(said), reading.address({**here, name: None})) for name, said in words.items() if said]


def _municipality(slug: str) -> str:
    return str(Municipality.objects.filter(slug=slug).values_list("name", flat=True).first() or slug)


@visitor_page(*AREAS, query=SearchForm, impersonal=True)
def feed(request: Any) -> HttpResponse:
    """``/feeds/zoeken.atom``: the newest of what a search finds."""
    asked = request.query.cleaned_data
    here = reading.here_of(asked)
    text = asked.get("q") or ""
    page_url = reading.address(here)
    made = feeds.feed(
        _("Zoeken: %(text)s") % {"text": text}, page=page_url, here=reading.address(here, name="finding:feed")
    )
    found = _found(request, text, asked, 1, size=rules.FEED_SIZE, is_newest=True)
    dated = [(each.date, each) for each in found.results if each.date]
    for day, each in dated if not found.instead else []:
        shown = reading.shown(each)
        made.add_item(
            title=feeds.clean(each.title),
            link=f"{settings.BASE_URL}{each.url}",
            description=feeds.clean("".join(piece.text for piece in shown.snippet)),
            unique_id=feeds.tag(each.url),
            pubdate=clock.day_begins(day),
            updateddate=clock.day_begins(day),
        )
    return feeds.answer(made)


@visitor_page(AREA, query=WordsForm, impersonal=True)
def words(request: Any) -> HttpResponse:
    """``/zoeken/woorden/``: what the last word that somebody types may become, with the words before it."""
    text = request.query.cleaned_data.get("q") or ""
    before, _space, last = text.rpartition(" ")
    found = [f"{before} {word}".strip() for word in begun(last, most=rules.MOST_SUGGESTED, least=rules.SUGGESTED_FROM)]
    return JsonResponse({"words": found})

"""The knowledge base: guides, practice examples and tools, by kind, theme, municipality and article of the Convention."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.kernel import clock
from meedoen.library.actions import AREA
from meedoen.library.forms import ShelfFilter
from meedoen.library.models import Article, ArticleQuerySet
from meedoen.library.reading import KINDS, MANY, count_by_theme
from meedoen.library.rules import SHELVED, Kind
from meedoen.municipalities.actions import AREA as MUNICIPALITIES
from meedoen.municipalities.models import Municipality
from meedoen.pages.visitor import visitor_page
from meedoen.themes.models import AREA as THEME_NAMES
from meedoen.themes.records import THEMES

GUIDES = 6  # on the first page: where to begin
THEME_LABELS = {theme.id: theme.short for theme in THEMES}


@visitor_page(AREA, THEME_NAMES, MUNICIPALITIES, query=ShelfFilter, until=Article.objects.next_publication)
def shelf(request: Any) -> HttpResponse:
    """``/kennisbank/``: the newest first; each filter is a link, and more than one can be on."""
    asked = request.query.cleaned_data
    here = {name: asked.get(name) for name in ("soort", "thema", "gemeente", "artikel")}
    published = Article.objects.published(clock.now()).shelved()
    found = _filtered(published, here)
    page = found.with_themes().page(before=asked.get("voor"), after=asked.get("na"))
    municipality = Municipality.objects.filter(slug=here["gemeente"]).first() if here["gemeente"] else None
    by_kind = _filtered(published, {**here, "soort": None}).count_by_kind()
    by_theme = _by_theme(request, published, here)
    is_start = not any(here.values()) and not asked.get("voor") and not asked.get("na")
    guides = list(published.shelved(Kind.GUIDE).newest_first()[:GUIDES]) if is_start else []
    context = {
        "guides": guides,
        "card_level": 3 if guides else 2,
        "page": page,
        "heading": MANY[Kind(here["soort"])] if here["soort"] else _("Kennisbank"),
        "active": _active(here, municipality.name if municipality else here["gemeente"]),
        "is_older": bool(asked.get("voor") or asked.get("na")),
        "shelf_url": reverse("library:shelf"),
        "trail": [(_("Kennisbank"), reverse("library:shelf"))] if any(here.values()) else [],
        "kinds": [
            (MANY[kind], by_kind.get(kind, 0), _address(here, soort=kind.value), here["soort"] == kind)
            for kind in SHELVED
            if by_kind.get(kind) or here["soort"] == kind
        ],
        "themes": [
            (THEME_LABELS[id], count, _address(here, thema=id), id == here["thema"])
            for id, count in by_theme
            if id in THEME_LABELS
        ],
        "no_kind": not here["soort"],
        "no_theme": not here["thema"],
        "all_kinds_url": _address(here, soort=None),
        "all_themes_url": _address(here, thema=None),
        "newer_url": _address(here, na=page.newer_key) if page.newer_key else "",
        "older_url": _address(here, voor=page.older_key) if page.older_key else "",
        "problems": request.query_problems,
        "kind_words": KINDS,
    }
    return render(request, "library/shelf.html", context)


def _filtered(articles: ArticleQuerySet, here: dict[str, Any]) -> ArticleQuerySet:
    if here["soort"]:
        articles = articles.shelved(here["soort"])
    if here["thema"]:
        articles = articles.about(here["thema"])
    if here["gemeente"]:
        articles = articles.from_municipality(here["gemeente"])
    if here["artikel"]:
        articles = articles.touching(here["artikel"])
    return articles


def _by_theme(request: Any, published: ArticleQuerySet, here: dict[str, Any]) -> Sequence[tuple[str, int]]:
    """How many there are of each theme, were that chosen."""
    if here["gemeente"] or here["artikel"]:
        return _filtered(published, {**here, "thema": None}).count_by_theme()
    return count_by_theme(here["soort"] or "", version=getattr(request, "area_versions", {}).get(AREA))


def _active(here: dict[str, Any], municipality: str | None) -> list[tuple[str, str]]:
    """(what is chosen, the address without it) for each filter that is on."""
    words = {
        "soort": MANY[Kind(here["soort"])] if here["soort"] else "",
        "thema": THEME_LABELS.get(here["thema"] or "", ""),
        "gemeente": municipality or "",
        "artikel": _("artikel %(number)s van het VN-verdrag") % {"number": here["artikel"]},
    }
    return [(str(words[name]), _address(here, **{name: None})) for name, value in here.items() if value]


def _address(here: dict[str, Any], **changes: Any) -> str:
    query = urlencode({name: value for name, value in {**here, **changes}.items() if value})
    return reverse("library:shelf") + (f"?{query}" if query else "")

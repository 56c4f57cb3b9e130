"""The list of the news with its filters."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.activity import views as following
from meedoen.kernel import clock
from meedoen.library.actions import AREA
from meedoen.library.following import THEME
from meedoen.library.forms import NewsFilter
from meedoen.library.models import Article, ArticleQuerySet
from meedoen.library.reading import count_by_theme
from meedoen.library.rules import Kind
from meedoen.pages.visitor import visitor_page
from meedoen.themes.models import AREA as THEME_NAMES
from meedoen.themes.records import THEMES

THREAD = "article"  # the kind of the threads below articles
THEME_LABELS = {theme.id: theme.short for theme in THEMES}


@visitor_page(AREA, THEME_NAMES, query=NewsFilter, until=Article.objects.next_publication)
def news(request: Any) -> HttpResponse:
    """The list, newest first, by year and theme."""
    asked = request.query.cleaned_data
    year, theme = asked.get("jaar"), asked.get("thema", "")
    published = Article.objects.published(clock.now()).news()
    page = _filtered(published, year, theme).with_themes().page(before=asked.get("voor"), after=asked.get("na"))
    here = {"jaar": year, "thema": theme}
    context = {
        "page": page,
        "heading": _heading(year, theme),
        "is_older": bool(asked.get("voor") or asked.get("na")),
        "trail": [(_("Nieuws"), reverse("library:news"))] if year or theme else [],
        "is_filtered": bool(year or theme),
        "news_url": reverse("library:news"),
        "follow": following.link(request, THEME, text=theme, key=theme, title=THEME_LABELS[theme]) if theme else None,
        "no_year": not year,
        "no_theme": not theme,
        "years": [
            (str(found), count, _address(here, jaar=found), found == year)
            for found, count in _filtered(published, None, theme).count_by_year()
        ],
        "themes": [
            (THEME_LABELS[found], count, _address(here, thema=found), found == theme)
            for found, count in _by_theme(request, published, year)
        ],
        "all_years_url": _address(here, jaar=None),
        "all_themes_url": _address(here, thema=None),
        "newer_url": _address(here, na=page.newer_key) if page.newer_key else "",
        "older_url": _address(here, voor=page.older_key) if page.older_key else "",
        "problems": request.query_problems,
    }
    return render(request, "library/news.html", context)


def _filtered(articles: ArticleQuerySet, year: int | None, theme: str) -> ArticleQuerySet:
    if year:
        articles = articles.in_year(year)
    if theme:
        articles = articles.about(theme)
    return articles


def _by_theme(request: Any, published: ArticleQuerySet, year: int | None) -> Sequence[tuple[str, int]]:
    """How many there are of each theme, were that chosen."""
    if year:
        return published.in_year(year).count_by_theme()
    return count_by_theme(Kind.NEWS, version=getattr(request, "area_versions", {}).get(AREA))


def _heading(year: int | None, theme: str) -> str:
    if year and theme:
        return _("Nieuws uit %(year)s over: %(theme)s") % {"year": year, "theme": THEME_LABELS[theme]}
    if year:
        return _("Nieuws uit %(year)s") % {"year": year}
    if theme:
        return _("Nieuws over: %(theme)s") % {"theme": THEME_LABELS[theme]}
    return _("Nieuws")


def _address(here: dict[str, Any], **changes: Any) -> str:
    query = urlencode({name: value for name, value in {**here, **changes}.items() if value})
    return reverse("library:news") + (f"?{query}" if query else "")

"""The pages about the UN Convention: all its articles by group, and each explained in either of two versions."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.kernel import clock
from meedoen.kernel.text import plain_text, render_markdown
from meedoen.library.rules import Reading, reading_minutes, reading_shown
from meedoen.pages.visitor import visitor_page
from meedoen.themes import beside
from meedoen.themes.models import AREA as THEME_NAMES
from meedoen.themes.models import CONVENTION_AREA, ConventionArticle
from meedoen.themes.records import CONVENTION, THEMES

from . import related
from .explanations import Explanation, explanations
from .forms import ConventionFilter, ExplanationForm
from .rules import Group, group_of
from .words import title_of

OFFICIAL_TEXT = "https://wetten.overheid.nl/BWBV0004045"
TITLES_READ_AT = "https://toegankelijkamsterdam.nl/meedoen-met-makke-in-mokum/het-vn-verdrag-handicap-in-beleid"
THEME_LABELS = {theme.id: theme.short for theme in THEMES}
SEEN = {record.number for record in CONVENTION if record.is_seen}  # whose title was read in a source


@visitor_page(CONVENTION_AREA, THEME_NAMES, query=ConventionFilter)
def overview(request: Any) -> HttpResponse:
    """``/kennisbank/vn-verdrag/``: what the Convention is, and its articles, all or those of one theme."""
    theme = request.query.cleaned_data.get("thema", "")
    articles = list(ConventionArticle.objects.prefetch_related("themes"))
    shown = [article for article in articles if not theme or theme in {each.pk for each in article.themes.all()}]
    counts = Counter(each.pk for article in articles for each in article.themes.all())
    context = {
        "heading": _("Het VN-verdrag over: %(theme)s") % {"theme": THEME_LABELS[theme]} if theme else _name(),
        "trail": trail() if theme else trail()[:-1],
        "is_filtered": bool(theme),
        "overview_url": reverse("library:convention"),
        "official_url": OFFICIAL_TEXT,
        "groups": _groups(shown),
        "no_theme": not theme,
        "themes": [
            (short, counts[id], _theme_address(id), id == theme) for id, short in THEME_LABELS.items() if counts[id]
        ],
        "problems": request.query_problems,
    }
    return render(request, "library/convention/overview.html", context)


@visitor_page(CONVENTION_AREA, THEME_NAMES, *related.AREAS, query=ExplanationForm, until=related.until)
def article(request: Any, number: str) -> HttpResponse:
    """``/kennisbank/vn-verdrag/9/``: an article explained, in plain Dutch or in easy language, on the same address."""
    wanted = int(number)
    around = ConventionArticle.objects.filter(number__range=(wanted - 1, wanted + 1)).prefetch_related("themes")
    by_number = {each.number: each for each in around}
    found, explained = by_number.get(wanted), explanations().get(wanted)
    if found is None or explained is None:
        raise Http404
    is_easy = _is_easy(request)
    says = explained.easy_says if is_easy else explained.says
    municipality = explained.easy_municipality if is_easy else explained.municipality
    title = title_of(found, explained.easy_title if is_easy else "")
    address = reverse("library:convention_article", args=[wanted])
    before, after = by_number.get(wanted - 1), by_number.get(wanted + 1)
    context = {
        "article": found,
        "title": title,
        "says": render_markdown(says),
        "municipality": render_markdown(municipality),
        "question": explained.question,
        "asks_municipality": group_of(found.number, found.relevance) is not Group.BETWEEN_COUNTRIES,
        "offers": beside.offers(_theme_of(found, explained)),
        "is_easy": is_easy,
        "other_url": f"{address}?taal={Reading.PLAIN if is_easy else Reading.EASY}",
        "minutes": reading_minutes(f"{plain_text(says)} {plain_text(municipality)}"),
        "themes": [(theme.pk, theme.short, _theme_address(theme.pk)) for theme in found.themes.all()],
        "shelf_url": f"{reverse('library:shelf')}?{urlencode({'artikel': wanted})}",
        "library_items": related.library_items(found, now=clock.now()),
        "official_url": OFFICIAL_TEXT,
        "sources": _sources(explained),
        "is_title_seen": wanted in SEEN,
        "share_url": settings.BASE_URL + address,
        "trail": trail(),
        "overview_url": reverse("library:convention"),
        "problems": request.query_problems,
        "before_url": reverse("library:convention_article", args=[before.number]) if before else "",
        "before_text": _("Terug naar artikel %(number)s: %(title)s") % vars(before) if before else "",
        "after_url": reverse("library:convention_article", args=[after.number]) if after else "",
        "after_text": _("Verder naar artikel %(number)s: %(title)s") % vars(after) if after else "",
    }
    return render(request, "library/convention/article.html", context)


def trail() -> list[tuple[str, str]]:
    """What stands above a page about one article: (label, address); the overview itself is its last."""
    return [(_("Kennisbank"), reverse("library:shelf")), (_name(), reverse("library:convention"))]


def _name() -> str:
    return _("Het VN-verdrag Handicap")


def _is_easy(request: Any) -> bool:
    asked = request.query.cleaned_data.get("taal", "")
    return reading_shown(asked, easy_first=request.preferences.easy_first, has_easy=True) is Reading.EASY


def _groups(articles: Sequence[ConventionArticle]) -> list[dict[str, Any]]:
    """The groups that hold any of ``articles``, each with its own; those that matter less are told shorter."""
    headings = {
        Group.MOST: _("Hier werkt je gemeente het meest mee"),
        Group.SOME: _("Ook hier doet je gemeente iets aan"),
        Group.OTHER_RIGHTS: _("Rechten waar vooral het land voor zorgt"),
        Group.BETWEEN_COUNTRIES: _("Hoe landen samenwerken en opletten"),
    }
    return [
        {
            "id": group.value,
            "anchor": f"#{group.value}",
            "heading": headings[group],
            "articles": held,
            "has_cards": group in (Group.MOST, Group.SOME),
        }
        for group in Group
        if (held := [_listed(each) for each in articles if group_of(each.number, each.relevance) is group])
    ]


def _listed(article: ConventionArticle) -> dict[str, Any]:
    return {
        "title": title_of(article),
        "url": reverse("library:convention_article", args=[article.number]),
        "sentence": article.sentence,
        "themes": [theme.short for theme in article.themes.all()],
    }


def _theme_of(article: ConventionArticle, explained: Explanation) -> str:
    return explained.theme or next((theme.pk for theme in article.themes.all()), "")


def _theme_address(theme: str) -> str:
    return f"{reverse('library:convention')}?{urlencode({'thema': theme})}"


def _sources(explained: Explanation) -> list[tuple[str, str]]:
    official = _("Het VN-verdrag Handicap, artikel %(number)s (Tractatenblad 2007, 169)") % {"number": explained.number}
    sources = [(official, OFFICIAL_TEXT), *explained.sources]
    if explained.number in SEEN:
        sources.append((_("Toegankelijk Amsterdam over het verdrag"), TITLES_READ_AT))
    return sources

"""The pages of the news: the list with its filters, and the article in either of its versions."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meedoen.activity import views as following
from meedoen.activity.models import Subject
from meedoen.conversation import writing
from meedoen.conversation.actions import subject_of
from meedoen.conversation.models import AREA as CONVERSATION
from meedoen.conversation.models import Thread
from meedoen.conversation.reading import thread_about, thread_page
from meedoen.kernel import clock
from meedoen.kernel.dutch import date_words
from meedoen.kernel.text import plain_text, render_markdown
from meedoen.pages.origin import anonymous_post
from meedoen.pages.visitor import visitor_page
from meedoen.people.models import AREA as PEOPLE
from meedoen.terms.models import AREA as TERMS
from meedoen.terms.reading import explained
from meedoen.themes.models import AREA as THEME_NAMES
from meedoen.themes.records import THEMES

from . import rules
from .following import THEME
from .forms import NewsFilter, ReadingForm
from .models import Article, ArticleQuerySet, OldAddress
from .rules import Reading

THREAD = "article"  # the kind of the threads below articles
THEME_LABELS = {theme.id: theme.short for theme in THEMES}


@visitor_page("news", THEME_NAMES, query=NewsFilter, until=Article.objects.next_publication)
def news(request: Any) -> HttpResponse:
    """The list, newest first, by year and theme."""
    asked = request.query.cleaned_data
    year, theme = asked.get("jaar"), asked.get("thema", "")
    published = Article.objects.published(clock.now())
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
            for found, count in _filtered(published, year, "").count_by_theme()
        ],
        "all_years_url": _address(here, jaar=None),
        "all_themes_url": _address(here, thema=None),
        "newer_url": _address(here, na=page.newer_key) if page.newer_key else "",
        "older_url": _address(here, voor=page.older_key) if page.older_key else "",
        "problems": request.query_problems,
    }
    return render(request, "library/news.html", context)


@visitor_page(
    "news",
    "municipalities",
    THEME_NAMES,
    CONVERSATION,
    PEOPLE,
    TERMS,
    query=ReadingForm,
    until=Article.objects.next_publication,
)
def article(request: Any, slug: str) -> HttpResponse:
    """An article, as it is or in easy language, on the same address."""
    now = clock.now()
    published = Article.objects.published(now)
    article = published.prefetch_related("themes", "municipalities", "sources").filter(slug=slug).first()
    if article is None:
        return _led_to_new_address(request, slug, now=now)
    reading = rules.reading_shown(
        request.query.cleaned_data.get("taal", ""),
        easy_first=request.preferences.easy_first,
        has_easy=article.has_easy_version,
    )
    is_easy = reading is Reading.EASY
    body = article.easy_body if is_easy else article.body
    address = article.get_absolute_url()
    thread = thread_page(thread_about(THREAD, str(article.pk)), page=request.query.cleaned_data.get("pagina"))
    text = explained(render_markdown(body))
    context = {
        "article": article,
        "title": article.easy_title if is_easy else article.title,
        "summary": article.easy_summary if is_easy else article.summary,
        "body": text.html,
        "words": text.words,
        "is_easy": is_easy,
        "other_url": f"{address}?taal={Reading.PLAIN if is_easy else Reading.EASY}",
        "misses_easy_version": request.preferences.easy_first and not article.has_easy_version,
        "minutes": rules.reading_minutes(plain_text(body)),
        "written": date_words(article.written_on, weekday=False),
        "updated": date_words(article.updated_on, weekday=False) if article.updated_on else "",
        "happened": rules.happened_words(article.happened),
        "themes": [(theme.id, theme.short, _address({}, thema=theme.id)) for theme in article.themes.all()],
        "municipalities": article.municipalities.all(),
        "sources": [(source.text, source.url) for source in article.sources.all()],
        "share_url": settings.BASE_URL + address,
        "trail": [(_("Nieuws"), reverse("library:news"))],
        "problems": request.query_problems,
        "thread": thread,
        **writing.box(
            request,
            kind=THREAD,
            key=str(article.pk),
            title=article.title,
            url=address,
            action=reverse("library:comment", args=[article.slug]),
            writers=thread.writers,
        ),
    }
    newer = published.newer_than(article.key).oldest_first().first()
    older = published.older_than(article.key).newest_first().first()
    context |= {
        "newer_url": newer.get_absolute_url() if newer else "",
        "newer_text": _("Nieuwer bericht: %(title)s") % {"title": newer.title} if newer else "",
        "older_url": older.get_absolute_url() if older else "",
        "older_text": _("Ouder bericht: %(title)s") % {"title": older.title} if older else "",
    }
    return render(request, "library/article.html", context)


@anonymous_post
@require_http_methods(["GET", "POST"])
def comment(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a reaction on an article. Who comes here without one is led to the box to write it in."""
    article = get_object_or_404(Article.objects.published(clock.now()), slug=slug)
    url = article.get_absolute_url()
    if request.method != "POST":
        return redirect(f"{url}#reageren")
    return writing.begin(request, kind=THREAD, key=str(article.pk), title=article.title, url=url)


@anonymous_post
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """Follow the reactions on an article."""
    now = clock.now()
    article = get_object_or_404(Article.objects.published(now), slug=slug)
    title, url = article.title, article.get_absolute_url()

    def subject() -> Subject:
        return subject_of(Thread.objects.about(THREAD, str(article.pk), title=title, url=url, now=now))

    thread = Thread.objects.filter(kind=THREAD, key=article.pk).first() if getattr(request, "person", None) else None
    followed = following.followed_by(request, "thread", str(thread.pk)) if thread else None
    return following.begin(request, title=title, url=url, subject_of=subject, followed=followed)


def _filtered(articles: ArticleQuerySet, year: int | None, theme: str) -> ArticleQuerySet:
    if year:
        articles = articles.in_year(year)
    if theme:
        articles = articles.about(theme)
    return articles


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


def _led_to_new_address(request: HttpRequest, slug: str, *, now: datetime.datetime) -> HttpResponse:
    old = OldAddress.objects.select_related("article").filter(slug=slug).first()
    if old is None or not rules.may_be_read(old.article.published_at, now):
        raise Http404
    reading = request.GET.get("taal", "")
    suffix = f"?taal={reading}" if reading in list(Reading) else ""
    return redirect(old.article.get_absolute_url() + suffix, permanent=True)

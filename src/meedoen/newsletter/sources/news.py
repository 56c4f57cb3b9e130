"""News: whole in the letter where it is short."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.conversation.models import Thread
from meedoen.kernel import clock
from meedoen.library.models import Article, ArticleQuerySet
from meedoen.library.rules import THREAD
from meedoen.search.sources import numbers

from .telling import Source, Told, whole_or_opening


def happened(since: datetime, until: datetime) -> list[str]:
    """What was published; a look-back that came with the site is no news."""
    return published_keys(Article.objects.all().news(), since, until)


def published_keys(articles: ArticleQuerySet, since: datetime, until: datetime) -> list[str]:
    """The keys of texts that came to readers, the newest first; what was loaded when the site began came with it."""
    found = articles.filter(published_at__gt=since, published_at__lte=until, file__isnull=True)
    return [str(pk) for pk in found.order_by("-published_at", "-pk").values_list("pk", flat=True)]


def told(keys: Sequence[str]) -> Mapping[str, Told]:
    """Their words; one query."""
    rows = Article.objects.published(clock.now()).filter(pk__in=numbers(keys))
    return {str(each.pk): as_told(each, _("Lees dit bericht op de site")) for each in rows}


def as_told(article: Article, way: str, *more: tuple[str, str]) -> Told:
    """A text of the library; ``way`` are the words of the link to it."""
    path = article.get_absolute_url()
    easy = (
        whole_or_opening(article.easy_body, article.easy_summary, article.inserts) if article.has_easy_version else ""
    )
    return Told(
        title=article.title,
        path=path,
        words=whole_or_opening(article.body, article.summary, article.inserts),
        easy_title=article.easy_title,
        easy_words=easy,
        summary=article.summary,
        facts=more,
        ways=((way, path),),
        is_example=article.is_example,
    )


def thread(key: str, now: datetime) -> Thread | None:
    """Where people react to it."""
    article = Article.objects.published(now).filter(pk=key).first()
    if article is None:
        return None
    return Thread.objects.about(THREAD, str(article.pk), title=article.title, url=article.get_absolute_url(), now=now)


SOURCE = Source("news", gettext_lazy("Nieuws"), happened, told, "news", lambda: reverse("library:news"), thread)

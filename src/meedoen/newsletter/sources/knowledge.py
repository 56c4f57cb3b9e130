"""New in the knowledge base: guides, practice examples, tools of others."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.kernel import clock
from meedoen.library.models import Article
from meedoen.library.reading import KINDS
from meedoen.library.rules import Kind
from meedoen.search.sources import numbers

from . import news
from .telling import Source, Told


def happened(since: datetime, until: datetime) -> list[str]:
    """What was published."""
    return news.published_keys(Article.objects.all().shelved(), since, until)


def told(keys: Sequence[str]) -> Mapping[str, Told]:
    """Their words; one query."""
    rows = Article.objects.published(clock.now()).filter(pk__in=numbers(keys))
    return {
        str(each.pk): news.as_told(
            each,
            _("Lees dit in de kennisbank"),
            *((label, value) for label, value in _facts(each) if value),
        )
        for each in rows
    }


def _facts(article: Article) -> list[tuple[str, str]]:
    return [
        (_("Soort"), str(KINDS[Kind(article.kind)])),
        (_("Gemaakt door"), article.publisher),
        (_("Wie kun je vragen?"), article.contact),
    ]


SOURCE = Source(
    "knowledge",
    gettext_lazy("Nieuw in de kennisbank"),
    happened,
    told,
    "news",
    lambda: reverse("library:shelf"),
    news.thread,
)

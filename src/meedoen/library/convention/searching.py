"""What search finds of the UN Convention: each article as it is explained, in plain and in easy language."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meedoen.kernel.text import headings_and_words
from meedoen.search.documents import Document
from meedoen.search.sources import Source, Watch, in_order, numbers
from meedoen.search.sources import register as register_source
from meedoen.themes.models import CONVENTION_AREA, ConventionArticle

from .explanations import Explanation, explanations
from .words import title_of

KIND = "convention"


def register() -> None:
    """Put it in; at start-up."""
    register_source(
        Source(
            KIND,
            _("Artikel van het VN-verdrag"),
            _("Artikelen van het VN-verdrag"),
            documents=documents,
            public=public,
            keys=keys,
            areas=(CONVENTION_AREA,),
            ships=True,
            watches=(
                Watch(lambda: ConventionArticle, key="number"),
                Watch(lambda: ConventionArticle.themes.through, key="conventionarticle_id"),
            ),
        )
    )


def found() -> QuerySet[ConventionArticle]:
    """Those that are explained, and so have a page."""
    return ConventionArticle.objects.filter(number__in=list(explanations()))


def public(keys: Sequence[str]) -> Iterable[str]:
    """Those that have a page; one query."""
    return map(str, found().filter(pk__in=numbers(keys)).order_by().values_list("pk", flat=True))


def keys() -> Iterator[str]:
    """All that have a page."""
    return in_order(found())


def documents(keys: Sequence[str]) -> Iterable[Document]:
    """Those that have a page; two queries."""
    rows = found().filter(pk__in=numbers(keys)).prefetch_related("themes")
    return [_document(each, explanations()[each.number]) for each in rows]


def _document(article: ConventionArticle, explained: Explanation) -> Document:
    texts = (explained.says, explained.municipality, explained.easy_says, explained.easy_municipality)
    parts = [headings_and_words(text) for text in texts]
    return Document(
        key=str(article.pk),
        url=reverse("library:convention_article", args=[article.number]),
        title=title_of(article),
        summary=article.sentence,
        headings="\n".join(filter(None, (explained.easy_title, *(headings for headings, _body in parts)))),
        body="\n".join(body for _headings, body in parts),
        context=str(_("VN-verdrag Handicap")),
        themes=tuple(theme.pk for theme in article.themes.all()),
        has_easy=True,
    )

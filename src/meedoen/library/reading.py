"""What readers see of a text beside its words: its facts, its fixed questions, and what is like it."""

import datetime
from functools import lru_cache

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.kernel import clock
from meedoen.kernel.dutch import date_words, partial_date_words
from meedoen.search.similar import similar
from meedoen.search.sources import numbers

from . import rules
from .inserts.reading import marked
from .models import Article, ArticleQuerySet
from .rules import Kind

READS = 3  # beside topics that are alike
RELATED = 4  # more is a list of its own
KINDS: dict[Kind, Promise] = {
    Kind.NEWS: gettext_lazy("Nieuws"),
    Kind.GUIDE: gettext_lazy("Handreiking"),
    Kind.PRACTICE: gettext_lazy("Praktijkvoorbeeld"),
    Kind.TOOL: gettext_lazy("Hulpmiddel van anderen"),
}
MANY: dict[Kind, Promise] = {
    Kind.GUIDE: gettext_lazy("Handreikingen"),
    Kind.PRACTICE: gettext_lazy("Praktijkvoorbeelden"),
    Kind.TOOL: gettext_lazy("Hulpmiddelen van anderen"),
}
# The fixed questions of a practice, in the order in which they are read (KB3).
QUESTIONS: dict[str, Promise] = {
    "with_whom": gettext_lazy("Met wie deden ze dat?"),
    "residents": gettext_lazy("Hoe deden inwoners mee?"),
    "cost": gettext_lazy("Wat kostte het?"),
    "result": gettext_lazy("Wat kwam ervan?"),
    "pitfalls": gettext_lazy("Waar moet je op letten?"),
}


def parts_of(article: Article) -> list[tuple[str, SafeString | None]]:
    """The fixed questions of a practice with their answers; none where nobody told it yet. Empty for other texts.

    What stands in them besides words is ``marked``, not filled in.
    """
    if article.kind != Kind.PRACTICE:
        return []
    answers = getattr(article, "practice", None)
    return [
        (str(question), marked(text, article.inserts, heading_from=3) if (text := getattr(answers, name, "")) else None)
        for name, question in QUESTIONS.items()
    ]


def facts_of(article: Article) -> list[dict[str, str]]:
    """What is known about it, as rows of a summary list."""
    when = partial_date_words(article.happened) if article.happened else ""
    rows = [
        (_("Wanneer"), when or (_("dat weten we niet") if article.kind == Kind.PRACTICE else "")),
        (_("Gemaakt door"), article.publisher),
        (_("Jaar"), str(article.year or "")),
        (_("Wie kun je vragen?"), article.contact),
        (_("Nagekeken op"), date_words(article.checked_on, weekday=False) if article.checked_on else ""),
        (_("Wie houdt dit bij?"), article.owner),
        (_("Wat veranderde er?"), article.changes),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def count_by_theme(kind: str = "", *, version: int | None) -> tuple[tuple[str, int], ...]:
    """(theme id, how many texts) of a kind, or of all that stands in the knowledge base, in the order of the themes.

    They are counted once for a ``version``, the number of the area of the library, until time alone brings another text.
    """
    if version is None:
        return _counted(kind)
    return _counted_at(kind, version, Article.objects.next_publication(clock.now()))


@lru_cache(maxsize=20)
def _counted_at(kind: str, version: int, until: datetime.datetime | None) -> tuple[tuple[str, int], ...]:
    return _counted(kind)


def _counted(kind: str) -> tuple[tuple[str, int], ...]:
    return tuple(Article.objects.published(clock.now()).shelved(kind).count_by_theme())


def reads(title: str) -> list[tuple[str, str]]:
    """Guides, examples and tools that resemble a question with this title, the most alike first; for who is about to ask."""
    now = clock.now()
    found = similar(
        title, kinds=[rules.SOURCES[kind] for kind in rules.SHELVED], most=READS, today=clock.local_date(now)
    )
    numbers_found = numbers(key for _kind, key, _group in found)
    rows = Article.objects.published(now).in_bulk(numbers_found)
    return [
        (_("%(title)s (kennisbank)") % {"title": rows[number].title}, rows[number].get_absolute_url())
        for number in numbers_found
        if number in rows
    ]


def related(article: Article, published: ArticleQuerySet) -> list[Article]:
    """Texts that resemble this one, the most alike first; one query.

    Which these are was looked for when it came (``relating``). Until then, and where search says nothing, they are those
    that share most themes and articles of the Convention.
    """
    wanted = published.filter(kind__in=rules.kinds_beside(Kind(article.kind))).exclude(pk=article.pk)
    rows = wanted.in_bulk(article.alike) if article.alike else {}
    found = [rows[number] for number in article.alike or () if number in rows]
    return found[:RELATED] or _of_the_same(article, wanted)


def _of_the_same(article: Article, wanted: ArticleQuerySet) -> list[Article]:
    themes = [theme.pk for theme in article.themes.all()]
    touches = [] if article.kind == Kind.NEWS else [touch.number for touch in article.touches.all()]
    if not themes and not touches:
        return []
    likeness = Count("themes", filter=Q(themes__in=themes), distinct=True) + Count(
        "touches", filter=Q(touches__number__in=touches), distinct=True
    )
    alike = wanted.filter(Q(themes__in=themes) | Q(touches__number__in=touches))
    return list(alike.annotate(likeness=likeness).order_by("-likeness", "-dated_on", "-pk")[:RELATED])

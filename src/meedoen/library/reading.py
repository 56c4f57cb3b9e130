"""What readers see of a text beside its words: its facts, its fixed questions, and what is like it."""

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.kernel import clock
from meedoen.kernel.dutch import date_words, partial_date_words

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


def reads(theme: str, words: frozenset[str]) -> list[tuple[str, str]]:
    """Guides, examples and tools in which these words stand, those about the theme first; for who is about to ask."""
    if not words:
        return []
    shares = Q()
    for word in words:
        shares |= Q(title__icontains=word) | Q(summary__icontains=word)
    on_theme = Count("themes", filter=Q(themes=theme))
    found = Article.objects.published(clock.now()).shelved().filter(shares).annotate(on_theme=on_theme)
    return [
        (_("%(title)s (kennisbank)") % {"title": each.title}, each.get_absolute_url())
        for each in found.order_by("-on_theme", "-dated_on", "-pk")[:READS]
    ]


def related(article: Article, published: ArticleQuerySet) -> list[Article]:
    """Texts that share most with this one: themes, articles of the Convention, municipalities; one query."""
    themes = [theme.pk for theme in article.themes.all()]
    numbers = [touch.number for touch in article.touches.all()]
    if not themes and not numbers:
        return []
    likeness = Count("themes", filter=Q(themes__in=themes), distinct=True) + Count(
        "touches", filter=Q(touches__number__in=numbers), distinct=True
    )
    alike = published.shelved().exclude(pk=article.pk).filter(Q(themes__in=themes) | Q(touches__number__in=numbers))
    return list(alike.annotate(likeness=likeness).order_by("-likeness", "-dated_on", "-pk")[:RELATED])

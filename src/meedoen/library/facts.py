"""What the library tells of municipalities as facts: agendas, practice examples, what one uses of another (KO2, KB4).

What was invented as an example tells nothing of a municipality.
"""

import datetime
from collections.abc import Iterable

from django.utils.translation import gettext as _

from meedoen.kernel import clock
from meedoen.municipalities.facts import actions as facts
from meedoen.municipalities.facts import rules, tellers
from meedoen.municipalities.facts.rules import Told
from meedoen.municipalities.facts.tellers import Source
from meedoen.themes.records import THEMES

from .agendas.models import InclusionAgenda
from .agendas.rules import Stage
from .models import Article, Reuse
from .reuse.rules import State
from .rules import Kind

ARTICLE, AGENDA, REUSE = "article", "agenda", "reuse"
SHORTS = {theme.id: str(theme.short).lower() for theme in THEMES}


def register() -> None:
    """Put it in; at start-up."""
    tellers.register(ARTICLE, of_articles)
    tellers.register(AGENDA, of_agendas)
    tellers.register(REUSE, of_reuses)


def tell_article(article: Article, *, now: datetime.datetime) -> None:
    """Let an article tell its facts as it stands now, and so what others use of it."""
    reuses = list(Reuse.objects.filter(article=article).select_related("municipality"))
    for reuse in reuses:
        reuse.article = article
    facts.tell_all([_of_article(article), *map(_of_reuse, reuses)], now=now)


def tell_agenda(agenda: InclusionAgenda, *, now: datetime.datetime) -> None:
    """Let an agenda tell its facts as it stands now."""
    facts.tell(_of_agenda(agenda), now=now)


def tell_reuse(reuse: Reuse, *, now: datetime.datetime) -> None:
    """Let what a municipality uses tell its facts as it stands now."""
    facts.tell(_of_reuse(reuse), now=now)


def of_articles() -> Iterable[Source]:
    """All practice examples that readers have or will have; three queries."""
    found = Article.objects.filter(published_at__isnull=False).shelved(Kind.PRACTICE)
    return map(_of_article, found.prefetch_related("themes", "municipalities"))


def of_agendas() -> Iterable[Source]:
    """All agendas that readers have; two queries."""
    found = InclusionAgenda.objects.filter(published_at__isnull=False)
    return map(_of_agenda, found.select_related("municipality").prefetch_related("themes"))


def of_reuses() -> Iterable[Source]:
    """All that municipalities use of others; two queries."""
    found = Reuse.objects.shown().filter(article__published_at__isnull=False)
    return map(_of_reuse, found.select_related("article", "municipality").prefetch_related("article__themes"))


def _of_article(article: Article) -> Source:
    name = rules.source_of(ARTICLE, article.pk)
    if article.is_example or article.published_at is None or article.kind != Kind.PRACTICE:
        return Source(name, (), clock.now())
    year = article.dated_on.year
    told = [
        Told(
            municipality.pk,
            rules.Kind.PRACTICE,
            theme,
            _sentence(
                theme,
                _("%(name)s deelt een voorbeeld uit %(year)s over %(theme)s: ‘%(title)s’."),
                _("%(name)s deelt een voorbeeld uit %(year)s: ‘%(title)s’."),
                name=municipality.name,
                year=year,
                title=rules.shortened(article.title),
            ),
            article.get_absolute_url(),
            article.title,
            str(year),
        )
        for municipality in article.municipalities.all()
        for theme in rules.about_each(each.pk for each in article.themes.all())
    ]
    return Source(name, tuple(told), article.published_at)


def _of_reuse(reuse: Reuse) -> Source:
    name, article = rules.source_of(REUSE, reuse.pk), reuse.article
    if article.is_example or article.published_at is None or reuse.state != State.SHOWN:
        return Source(name, (), clock.now())
    told = [
        Told(
            reuse.municipality_id,
            rules.Kind.REUSE,
            theme,
            _sentence(
                theme,
                _("%(name)s gebruikt iets van een ander over %(theme)s: ‘%(title)s’."),
                _("%(name)s gebruikt iets van een ander: ‘%(title)s’."),
                name=reuse.municipality.name,
                title=rules.shortened(article.title),
            ),
            article.get_absolute_url(),
            article.title,
            str(clock.local_date(reuse.at).year),
        )
        for theme in rules.about_each(each.pk for each in article.themes.all())
    ]
    return Source(name, tuple(told), max(article.published_at, reuse.at))


def _of_agenda(agenda: InclusionAgenda) -> Source:
    name, stage = rules.source_of(AGENDA, agenda.pk), Stage(agenda.stage)
    if agenda.is_example or agenda.published_at is None or stage == Stage.THINKING:
        return Source(name, (), clock.now())
    about, plain = _of_stage(agenda, stage)
    told = [
        Told(
            agenda.municipality_id,
            rules.Kind.AGENDA,
            theme,
            _sentence(
                theme, about, plain, name=agenda.municipality.name, year=agenda.adopted_on[:4], years=agenda.years
            ),
            agenda.get_absolute_url(),
            agenda.title,
            agenda.adopted_on or str(agenda.year_from or ""),
        )
        for theme in rules.about_each(each.pk for each in agenda.themes.all())
    ]
    return Source(name, tuple(told), agenda.published_at)


def _of_stage(agenda: InclusionAgenda, stage: Stage) -> tuple[str, str]:
    """How it is said, with a theme and without. What tells a year stays true when years pass."""
    if stage == Stage.MAKING:
        return (
            _("%(name)s maakt een Lokale Inclusie Agenda, onder meer over %(theme)s."),
            _("%(name)s maakt een Lokale Inclusie Agenda."),
        )
    if stage == Stage.DRAFT:
        return (
            _("%(name)s heeft een concept van een Lokale Inclusie Agenda, onder meer over %(theme)s."),
            _("%(name)s heeft een concept van een Lokale Inclusie Agenda."),
        )
    if agenda.adopted_on:
        return (
            _("%(name)s heeft sinds %(year)s een Lokale Inclusie Agenda, onder meer over %(theme)s."),
            _("%(name)s heeft sinds %(year)s een Lokale Inclusie Agenda."),
        )
    if agenda.years:
        return (
            _("%(name)s maakte een Lokale Inclusie Agenda voor %(years)s, onder meer over %(theme)s."),
            _("%(name)s maakte een Lokale Inclusie Agenda voor %(years)s."),
        )
    return (
        _("%(name)s heeft een Lokale Inclusie Agenda, onder meer over %(theme)s."),
        _("%(name)s heeft een Lokale Inclusie Agenda."),
    )


def _sentence(theme: str | None, about: str, plain: str, **words: object) -> str:
    return about % {**words, "theme": SHORTS[theme]} if theme else plain % words

"""What the desk shows: who is there, what waits under which heading, who else is writing, and fields in words."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.kernel.clock import local_date
from meedoen.kernel.dutch import date_words, join, partial_date_words
from meedoen.library.inserts.reading import told
from meedoen.library.links.rules import Problem
from meedoen.library.models import Article, ArticleQuerySet, OutsideLink
from meedoen.library.reading import KINDS, QUESTIONS
from meedoen.library.rules import Kind
from meedoen.municipalities.models import Municipality, Succession
from meedoen.people.models import Person
from meedoen.people.standing.models import Contact
from meedoen.themes.records import THEMES

from . import rules
from .models import Typing, Work
from .rules import Editor, Stand

STANDS: dict[Stand, Promise] = {
    Stand.NEW: gettext_lazy("Nog niet op de site"),
    Stand.ASKED: gettext_lazy("Wacht op het team"),
    Stand.PLANNED: gettext_lazy("Komt vanzelf op de site"),
    Stand.PUBLISHED: gettext_lazy("Staat op de site"),
    Stand.CHANGED: gettext_lazy("Staat op de site. Wat je daarna bewaarde, staat er nog niet"),
    Stand.WITHDRAWN: gettext_lazy("Van de site gehaald"),
    Stand.DISCARDED: gettext_lazy("Weggegooid"),
}
LABELS: dict[str, Promise] = {
    "title": gettext_lazy("Titel"),
    "summary": gettext_lazy("Samenvatting"),
    "body": gettext_lazy("Tekst"),
    **QUESTIONS,
    "proposal": gettext_lazy("Tekst voor een raadsvoorstel"),
    "easy_title": gettext_lazy("Titel in makkelijke taal"),
    "easy_summary": gettext_lazy("Samenvatting in makkelijke taal"),
    "easy_body": gettext_lazy("Tekst in makkelijke taal"),
    "themes": gettext_lazy("Thema’s"),
    "convention": gettext_lazy("Artikelen van het VN-verdrag"),
    "municipalities": gettext_lazy("Gemeenten"),
    "sources": gettext_lazy("Bronnen"),
    "inserts": gettext_lazy("Beelden en bestanden"),
    "contact": gettext_lazy("Wie kun je ernaar vragen?"),
    "owner": gettext_lazy("Wie houdt dit bij?"),
    "checked_on": gettext_lazy("Nagekeken op"),
    "check_by": gettext_lazy("Weer nakijken voor"),
    "happened": gettext_lazy("Wanneer gebeurde het?"),
    "url": gettext_lazy("Adres van het hulpmiddel"),
    "publisher": gettext_lazy("Gemaakt door"),
    "year": gettext_lazy("Jaar"),
}
SOMEBODY = gettext_lazy("Iemand die weg is")


def editor_of(person: Person) -> Editor:
    """Who somebody is at the desk; of a contact also what was theirs before municipalities went on in another."""
    if person.is_team:
        return Editor(person.pk, is_team=True)
    found = set(Contact.objects.municipalities_of(person))
    newest = found
    while newest:
        before = Succession.objects.done().filter(new__in=newest).values_list("old", flat=True)
        newest = set(before) - found
        found |= newest
    return Editor(person.pk, is_team=False, municipalities=frozenset(found))


def name_of(person: Person | None) -> str:
    """The name of who did something, also when they were erased since."""
    return (person.name if person else "") or str(SOMEBODY)


def begun_by_others(work: Work, person: Person, now: datetime.datetime) -> list[Typing]:
    """Who else is writing in this text now, the first one first."""
    typing = work.typings.exclude(person=person).filter(changed_at__gt=now - rules.IS_BUSY_FOR)
    newest: dict[int, Typing] = {}
    for each in typing.select_related("person").order_by("begun_at", "pk"):
        newest.setdefault(each.person_id, each)
    return list(newest.values())


@dataclass(frozen=True)
class Row:
    """A text in a list of the desk."""

    title: str
    url: str
    kind: str
    about: str


@dataclass(frozen=True)
class Group:
    """A heading of the desk with what stands under it; ``more`` says that there is more than is shown."""

    id: str
    heading: str
    rows: list[Row]
    more: bool


def desk_of(editor: Editor, person: Person, now: datetime.datetime) -> list[Group]:
    """All that waits for ``editor``, heading by heading; one query each, whatever stands there."""
    works = Work.objects.edited_by(editor)
    typing = Typing.objects.filter(person=person, work__discarded_at__isnull=True).select_related("work")
    mine = {each.work_id: each for each in typing.filter(work__in=works)[: rules.LISTED + 1]}
    groups = [
        _group(
            "bezig",
            _("Waar je aan werkt"),
            [
                Row(each.work.name, reverse("library:edit", args=[each.work.pk]), _kind(each.work), _typed_words(each))
                for each in mine.values()
            ],
        ),
        _group("wacht", _("Wacht op het team"), _rows(works.asked(), _asked_words)),
        _group("gepland", _("Komt vanzelf op de site"), _rows(works.planned(), _planned_words)),
        _group("concepten", _("Concepten"), _rows(works.new(), _saved_words)),
        _group("veranderd", _("Veranderd, nog niet op de site"), _rows(works.changed(), _saved_words)),
        _group("nakijken", _("Nakijken: de dag is voorbij"), _article_rows(_overdue(editor, now), _overdue_words)),
        _group(
            "links",
            _("Een link naar een andere site werkt niet meer"),
            _article_rows(_with_dead_links(editor, now), _dead_words),
        ),
        _group("makkelijk", _("De makkelijke tekst loopt achter"), _rows(works.lagging(), _lagging_words)),
    ]
    if editor.is_team:
        groups.append(_group("mist", _("Hier mist iets"), _article_rows(_missing(now), _missing_words)))
    return [group for group in groups if group.rows]


def asked_count() -> int:
    """How many texts wait for the team."""
    return Work.objects.filter(asked_at__isnull=False, publish_at__isnull=True, discarded_at__isnull=True).count()


def asked_between(since: datetime.datetime, until: datetime.datetime) -> QuerySet[Work]:
    """The texts that began to wait for the team after ``since`` and up to ``until``, the longest first."""
    return Work.objects.asked().filter(asked_at__gt=since, asked_at__lte=until)


def articles_of(editor: Editor) -> ArticleQuerySet:
    """The texts on the site that ``editor`` keeps."""
    if editor.is_team:
        return Article.objects.all()
    return Article.objects.filter(_theirs(editor)).distinct()


def may_begin(editor: Editor, article: Article) -> Municipality | bool | None:
    """For whom a text on the site is begun at the desk: the team (None), or the municipality; False for nobody.

    A contact may take up a practice of their own municipality alone.
    """
    if editor.is_team:
        return None
    municipalities = list(article.municipalities.all())
    is_theirs = article.kind == Kind.PRACTICE and len(municipalities) == 1
    return municipalities[0] if is_theirs and municipalities[0].pk in editor.municipalities else False


def _theirs(editor: Editor) -> Q:
    return Q(work__municipality__in=editor.municipalities) | Q(
        work__isnull=True, kind=Kind.PRACTICE, municipalities__in=editor.municipalities
    )


def _overdue(editor: Editor, now: datetime.datetime) -> Any:
    found = articles_of(editor).published(now).filter(check_by__lt=local_date(now))
    return found.select_related("work").order_by("check_by", "pk")


def _with_dead_links(editor: Editor, now: datetime.datetime) -> Any:
    """Published texts with a link that leads nowhere, and the first of those links with each; the longest dead first."""
    dead = OutsideLink.objects.dead().filter(article=OuterRef("pk")).order_by("failed_since", "pk")
    found = articles_of(editor).published(now).filter(Exists(dead)).select_related("work")
    return found.annotate(
        dead_url=Subquery(dead.values("url")[:1]),
        dead_failed_since=Subquery(dead.values("failed_since")[:1]),
        dead_problem=Subquery(dead.values("problem")[:1]),
    ).order_by("dead_failed_since", "pk")


def _missing(now: datetime.datetime) -> Any:
    """Published texts without an easy version, or of the knowledge base without anybody who keeps them."""
    nobody = Q(kind__in=[Kind.GUIDE, Kind.PRACTICE, Kind.TOOL]) & (Q(owner="") | Q(check_by__isnull=True))
    found = Article.objects.published(now).filter(Q(easy_body="") | nobody)
    return found.select_related("work").order_by("dated_on", "pk")


def _group(id: str, heading: str, rows: list[Row]) -> Group:
    return Group(id, heading, rows[: rules.LISTED], more=len(rows) > rules.LISTED)


def _rows(works: Any, about: Any) -> list[Row]:
    found = works.select_related("article__withdrawal", "municipality", "asked_by", "changed_by", "offer")[
        : rules.LISTED + 1
    ]
    return [Row(each.name, each.get_absolute_url(), _kind(each), about(each)) for each in found]


def _article_rows(articles: Any, about: Any) -> list[Row]:
    return [
        Row(each.title, desk_url(each), str(KINDS[Kind(each.kind)]), about(each))
        for each in articles[: rules.LISTED + 1]
    ]


def desk_url(article: Article) -> str:
    """Where a text on the site is worked on; ``article`` comes with its work."""
    work = getattr(article, "work", None)
    return work.get_absolute_url() if work else reverse("library:begin_from", args=[article.pk])


def _kind(work: Work) -> str:
    return str(KINDS[Kind(work.kind)])


def _typed_words(typing: Typing) -> str:
    return _("Je typte hier iets op %(day)s en bewaarde het nog niet.") % {"day": date_words(typing.changed_at)}


def _asked_words(work: Work) -> str:
    if hasattr(work, "offer"):
        return _("Aangeboden door %(name)s op %(day)s.") % {
            "name": name_of(work.asked_by),
            "day": date_words(work.offer.offered_at),
        }
    return _("%(name)s vroeg het op %(day)s.") % {"name": name_of(work.asked_by), "day": date_words(work.asked_at)}  # type: ignore[arg-type]


def _planned_words(work: Work) -> str:
    return _("Op %(day)s.") % {"day": date_words(work.publish_at)}  # type: ignore[arg-type]


def _saved_words(work: Work) -> str:
    return _("Bewaard door %(name)s op %(day)s.") % {
        "name": name_of(work.changed_by),
        "day": date_words(work.changed_at),
    }


def _lagging_words(work: Work) -> str:
    return _("De gewone tekst veranderde op %(day)s.") % {"day": date_words(work.easy_lags_since)}  # type: ignore[arg-type]


def _overdue_words(article: Article) -> str:
    return _("Dit moest voor %(day)s.") % {"day": date_words(article.check_by)}  # type: ignore[arg-type]


def _dead_words(article: Any) -> str:
    facts = {"url": article.dead_url, "day": date_words(article.dead_failed_since)}
    if article.dead_problem == Problem.GONE:
        return _("%(url)s: die pagina is er niet meer. Dat zagen we op %(day)s.") % facts
    return _("%(url)s: die site geeft geen goed antwoord. Dat zagen we op %(day)s.") % facts


def _missing_words(article: Article) -> str:
    missing = [] if article.easy_body else [_("makkelijke taal")]
    if article.kind != Kind.NEWS:
        missing += [] if article.owner else [_("wie het bijhoudt")]
        missing += [] if article.check_by else [_("een dag om na te kijken")]
    return _("Er mist: %(what)s.") % {"what": join(missing)}


def in_words(content: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, str]:
    """Each field as people read it; ``names``: of municipalities, by code."""
    themes = {theme.id: theme.short for theme in THEMES}
    found = {name: str(content.get(name) or "") for name in LABELS}
    found["themes"] = "\n".join(str(themes.get(each, each)) for each in content.get("themes") or ())
    found["municipalities"] = "\n".join(names.get(each, each) for each in content.get("municipalities") or ())
    found["convention"] = "\n".join(
        _("Artikel %(number)s") % {"number": each} for each in content.get("convention") or ()
    )
    found["sources"] = "\n".join(f"{words} ({url})" for words, url in content.get("sources") or ())
    found["inserts"] = "\n".join(told(each) for each in content.get("inserts") or ())
    for name in ("checked_on", "check_by"):
        if found[name]:
            found[name] = date_words(datetime.date.fromisoformat(found[name]), weekday=False)
    if found["happened"]:
        found["happened"] = partial_date_words(found["happened"])
    return found


def municipality_names(*contents: Mapping[str, Any]) -> dict[str, str]:
    """The names of the municipalities in these texts, by code."""
    codes = {code for content in contents for code in content.get("municipalities") or ()}
    return dict(Municipality.objects.filter(code__in=codes).values_list("code", "name")) if codes else {}

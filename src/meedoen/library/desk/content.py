"""All that is told of a text, as one document: taken from an article, put in one, or shown as one without storing it."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from meedoen.kernel import clock
from meedoen.library import rules as library
from meedoen.library.inserts.rules import in_texts
from meedoen.library.models import Article, Practice, Source, Touch
from meedoen.library.rules import Kind
from meedoen.municipalities.models import Municipality
from meedoen.themes.models import Theme

Content = dict[str, Any]

ANSWERS = ("with_whom", "residents", "cost", "result", "pitfalls")
WORDS = (
    "title", "summary", "body", "easy_title", "easy_summary", "easy_body", "happened", "owner", "contact", "url",
    "publisher", "proposal",
)  # fmt: skip
DAYS = ("checked_on", "check_by")
LISTS = ("themes", "convention", "municipalities", "sources", "inserts")
PLACES = ("body", "easy_body", *ANSWERS)  # the texts in which a picture, document or video can stand
# In the order in which a comparison tells them.
FIELDS = (
    "title", "summary", "body", *ANSWERS, "proposal", "easy_title", "easy_summary", "easy_body", "themes", "convention",
    "municipalities", "sources", "inserts", "contact", "owner", "checked_on", "check_by", "happened", "url", "publisher", "year",
)  # fmt: skip


def empty() -> Content:
    """A text of which nothing is told yet."""
    return {name: [] if name in LISTS else "" for name in FIELDS}


def whole(content: Mapping[str, Any]) -> Content:
    """``content`` with each field there, also those that came after it was stored."""
    return {**empty(), **{name: value for name, value in content.items() if name in FIELDS}}


def of_article(article: Article) -> Content:
    """What an article tells; municipalities by their code, days as ISO 8601."""
    practice = getattr(article, "practice", None)
    return {
        **empty(),
        **{name: getattr(article, name) for name in WORDS},
        **{name: day.isoformat() if (day := getattr(article, name)) else "" for name in DAYS},
        **{name: getattr(practice, name, "") for name in ANSWERS},
        "year": str(article.year or ""),
        "themes": [theme.pk for theme in article.themes.all()],
        "convention": [touch.number for touch in article.touches.all()],
        "municipalities": [each.code for each in article.municipalities.all()],
        "sources": [[source.text, source.url] for source in article.sources.all()],
        "inserts": article.inserts,
    }


def put(content: Mapping[str, Any], article: Article, kind: str, *, now: datetime.datetime) -> None:
    """Let ``article`` tell this, and store it; inside a transaction of who calls."""
    _fill(article, content, kind, now)
    article.save()
    article.themes.set(Theme.objects.filter(pk__in=content["themes"]))
    article.municipalities.set(Municipality.objects.filter(code__in=content["municipalities"]))
    article.touches.all().delete()
    Touch.objects.bulk_create(Touch(article=article, number=number) for number in content["convention"])
    article.sources.all().delete()
    Source.objects.bulk_create(_sources(article, content))
    if kind == Kind.PRACTICE:
        Practice.objects.update_or_create(article=article, defaults={name: content[name] for name in ANSWERS})


def shown(content: Mapping[str, Any], kind: str, *, stored: Article | None, now: datetime.datetime) -> Article:
    """An article that tells this, for the pages of readers; nothing is stored, and nothing of it can be."""
    content = whole(content)
    article = Article(pk=stored.pk if stored else 0, slug=stored.slug if stored else "voorbeeld")
    if stored:
        for name in ("is_example", "written_on", "dated_on", "updated_on", "published_at"):
            setattr(article, name, getattr(stored, name))
    _fill(article, {**content, **_stand_ins(content)}, kind, now)
    themes = Theme.objects.filter(pk__in=content["themes"])
    municipalities = Municipality.objects.filter(code__in=content["municipalities"])
    article._prefetched_objects_cache = {  # type: ignore[attr-defined]
        "themes": list(themes),
        "municipalities": list(municipalities),
        "touches": [Touch(number=number) for number in content["convention"]],
        "sources": list(_sources(article, content)),
    }
    for name, rows in article._prefetched_objects_cache.items():  # type: ignore[attr-defined]
        article._prefetched_objects_cache[name] = _known(getattr(article, name).model.objects.none(), rows)  # type: ignore[attr-defined]
    article._state.fields_cache["practice"] = Practice(**{name: content[name] for name in ANSWERS})
    return article


def _fill(article: Article, content: Mapping[str, Any], kind: str, now: datetime.datetime) -> None:
    today = clock.local_date(now)
    article.kind = kind
    for name in WORDS:
        setattr(article, name, content[name])
    for name in DAYS:
        setattr(article, name, datetime.date.fromisoformat(content[name]) if content[name] else None)
    article.inserts = in_texts(content["inserts"], (content[name] for name in PLACES))
    article.year = int(content["year"]) if content["year"] else None
    article.written_on = article.written_on or today
    article.dated_on = library.first_day(article.happened) if article.happened else article.dated_on or today


def _stand_ins(content: Mapping[str, Any]) -> dict[str, str]:
    """What stands in a preview where nothing is written yet."""
    found = {"title": _("Nog zonder titel"), "summary": _("Nog zonder samenvatting.")}
    if content["easy_body"]:
        found |= {f"easy_{name}": words for name, words in found.items()}
    return {name: words for name, words in found.items() if not content[name].strip()}


def _sources(article: Article, content: Mapping[str, Any]) -> Iterable[Source]:
    for position, (text, url) in enumerate(content["sources"]):
        yield Source(article=article, position=position, text=text, url=url)


def _known(rows: QuerySet[Any], found: list[Any]) -> QuerySet[Any]:
    """A queryset that asks the database nothing: these are its rows."""
    rows._result_cache = found
    return rows

"""What search finds of news and the knowledge base: each text in plain and in easy language, with what stands in it."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from django.db.models import Exists, Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meedoen.conversation import threads
from meedoen.conversation.searching import KIND as CONTRIBUTION
from meedoen.conversation.searching import below, group_of
from meedoen.conversation.threads import About
from meedoen.kernel import clock, dutch
from meedoen.kernel.text import headings_and_words
from meedoen.municipalities.models import Municipality
from meedoen.search.documents import MAX_BODY, Document
from meedoen.search.sources import Source as Searched
from meedoen.search.sources import Through, Watch, also_watch, in_order, numbers
from meedoen.search.sources import register as register_source

from .actions import AREA
from .inserts.reading import caption_of
from .inserts.rules import Insert, keys_of, without_lines
from .inserts.rules import Kind as InsertKind
from .models import Article, ArticleQuerySet, InsertWords, Practice, Reuse, Source
from .reading import KINDS, MANY, QUESTIONS
from .rules import SOURCES, THREAD, Kind

PRIORS = {Kind.NEWS: 0.9, Kind.GUIDE: 1.1, Kind.PRACTICE: 1.1, Kind.TOOL: 1.0}
IS_LATELY = datetime.timedelta(days=365)  # since when what was checked is to be trusted more
# Of a text: all that readers see. Whether it helped is counted, and changes nothing of it.
COLUMNS = (
    "kind", "slug", "title", "summary", "body", "easy_title", "easy_summary", "easy_body", "dated_on", "written_on",
    "updated_on", "published_at", "is_example", "checked_on", "check_by", "publisher", "proposal", "inserts",
)  # fmt: skip


def register() -> None:
    """Put them in; at start-up."""
    for kind in Kind:
        register_source(
            Searched(
                SOURCES[kind],
                KINDS[kind],
                _many(kind),
                documents=partial(documents, kind),
                public=partial(public, kind),
                keys=partial(keys, kind),
                areas=(AREA,),
                arrived=partial(arrived, kind),
                watches=tuple(_watches(kind)),
                prior=PRIORS[kind],
            )
        )
    threads.register(threads.Kind(THREAD, standing=standing, about=about))
    through = Article.municipalities.through
    also_watch(
        CONTRIBUTION,
        *below(
            THREAD,
            Watch(lambda: Article, columns=("published_at",)),
            Watch(lambda: Article.themes.through, key="article_id"),
            Watch(lambda: through, key="article_id"),
            Watch(
                lambda: Municipality,
                columns=("slug",),
                through=Through(lambda: through, "municipality_id", "article_id"),
            ),
        ),
    )


def found(kind: Kind) -> ArticleQuerySet:
    """The texts of a kind that everybody may read now."""
    return Article.objects.published(clock.now()).filter(kind=kind)


def public(kind: Kind, keys: Sequence[str]) -> Iterable[str]:
    """Those that can be read now; one query."""
    return map(str, found(kind).filter(pk__in=numbers(keys)).values_list("pk", flat=True))


def keys(kind: Kind) -> Iterator[str]:
    """All that can be read."""
    return in_order(found(kind))


def arrived(kind: Kind, since: datetime.datetime) -> Iterable[str]:
    """Those that came to readers since a moment."""
    return map(str, found(kind).filter(published_at__gt=since).values_list("pk", flat=True))


def documents(kind: Kind, keys: Sequence[str]) -> Iterable[Document]:
    """Those that can be read; six queries at most."""
    rows = found(kind).filter(pk__in=numbers(keys)).select_related("practice")
    used = Prefetch("reuses", Reuse.objects.shown().select_related("municipality").order_by("at", "pk"), "shown_reuses")
    articles = list(rows.prefetch_related("themes", "municipalities", "sources", used))
    files = [key for each in articles for key in keys_of(each.inserts)]
    said = dict(InsertWords.objects.filter(file__key__in=files).values_list("file__key", "words"))
    return [_document(each, said) for each in articles]


def standing() -> Exists:
    """That the text below which a contribution stands can be read."""
    return threads.among(Article.objects.published(clock.now()))


def about(keys: Sequence[str]) -> Mapping[str, About]:
    """The themes and municipalities of texts; three queries."""
    rows = Article.objects.filter(pk__in=numbers(keys)).prefetch_related("themes", "municipalities")
    return {str(each.pk): About(_themes(each), _slugs(each)) for each in rows}


def worth_of(*, is_example: bool, checked_on: datetime.date | None, check_by: datetime.date | None = None) -> int:
    """How much a text is to be trusted: checked lately is more, past the day to look again or invented is less."""
    today = clock.local_date(clock.now())
    if is_example or (check_by and check_by < today):
        return -1
    return 1 if checked_on and today - checked_on <= IS_LATELY else 0


def _many(kind: Kind) -> str | Promise:
    return MANY.get(kind, _("Nieuws"))


def _watches(kind: Kind) -> Iterator[Watch]:
    """What changes a text of a kind; of another kind nothing is noted."""
    of_kind = "(SELECT a.kind FROM library_article a WHERE a.id = {row}.article_id) = " + f"'{kind.value}'"  # noqa: S608
    through = Article.municipalities.through
    yield Watch(lambda: Article, columns=COLUMNS, where=f"{{row}}.kind = '{kind.value}'")
    yield Watch(lambda: Article.themes.through, key="article_id", where=of_kind)
    yield Watch(lambda: through, key="article_id", where=of_kind)
    yield Watch(lambda: Source, key="article_id", where=of_kind)
    yield Watch(lambda: Reuse, key="article_id", columns=("article_id", "state", "changed"), where=of_kind)
    yield Watch(
        lambda: Municipality,
        columns=("name", "slug"),
        through=Through(lambda: through, "municipality_id", "article_id"),
    )
    if kind == Kind.PRACTICE:
        yield Watch(lambda: Practice, key="article_id")


def _document(article: Article, said: Mapping[str, str]) -> Document:
    headings, body = _words(article, said)
    is_news = article.kind == Kind.NEWS
    changed_on = max(filter(None, (article.written_on, article.updated_on, article.checked_on)))
    return Document(
        key=str(article.pk),
        url=article.get_absolute_url(),
        title=article.title,
        summary=article.summary,
        headings=headings,
        body=body[:MAX_BODY],
        group=group_of(THREAD, article.pk),
        date=article.dated_on if is_news else changed_on,
        place=dutch.join([each.name for each in article.municipalities.all()]),
        themes=_themes(article),
        municipalities=_slugs(article),
        has_easy=article.has_easy_version,
        worth=worth_of(is_example=article.is_example, checked_on=article.checked_on, check_by=article.check_by),
    )


def _words(article: Article, said: Mapping[str, str]) -> tuple[str, str]:
    """The headings and all other words: of the text, of what was asked about it, of what stands in it, and in easy language."""
    parts = [headings_and_words(without_lines(article.body))]
    if article.kind == Kind.PRACTICE:
        answers = getattr(article, "practice", None)
        for name, question in QUESTIONS.items():
            if text := getattr(answers, name, ""):
                headings, body = headings_and_words(without_lines(text))
                parts.append((f"{question}\n{headings}".strip(), body))
    parts += [headings_and_words(article.proposal)] if article.proposal else []
    parts += [("", words) for insert in article.inserts if (words := _insert_words(insert))]
    if article.has_easy_version:
        headings, body = headings_and_words(without_lines(article.easy_body))
        parts.append((f"{article.easy_title}\n{headings}".strip(), f"{article.easy_summary}\n{body}"))
    parts += [("", words) for words in (article.publisher, *(each.text for each in article.sources.all())) if words]
    used: list[Reuse] = article.shown_reuses  # type: ignore[attr-defined]
    parts += [("", f"{each.municipality.name}: {each.changed}") for each in used if each.changed]
    parts += [("", words) for key in keys_of(article.inserts) if (words := said.get(key, ""))]
    return "\n".join(head for head, _body in parts if head), "\n".join(body for _head, body in parts if body)


def _insert_words(insert: Insert) -> str:
    """What is said of a picture, a document or a video; of the last also what is to be heard and seen in it."""
    if insert["kind"] == InsertKind.PICTURE:
        return f"{insert['description']}\n{caption_of(insert)}".strip()
    if insert["kind"] == InsertKind.VIDEO:
        headings, said = headings_and_words(insert.get("transcript", ""))
        return "\n".join(filter(None, (insert["title"], headings, said)))
    return str(insert["title"])


def _themes(article: Article) -> tuple[str, ...]:
    return tuple(theme.pk for theme in article.themes.all())


def _slugs(article: Article) -> tuple[str, ...]:
    return tuple(each.slug for each in article.municipalities.all())

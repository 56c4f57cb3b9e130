"""What is written to the index: documents put in and taken out, with their words; by one at a time, whoever it is."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import F

from meedoen.kernel.database import in_parts
from meedoen.language.analysis.spelling import sound_of

from .documents import Document
from .engines import engine
from .indexing import Indexed, mark_of, read, words_of
from .models import Entry, Word
from .sources import Source

MOST_AT_ONCE = 200_000  # characters in one transaction, so that who writes at the same time waits a moment at most
_COLUMNS = (
    "group", "url", "title", "summary", "headings", "body", "date", "place", "themes", "municipalities", "has_easy",
    "worth", "profile", "mark",
)  # fmt: skip

# Who upstairs told people of a thing: they hear which keys of a kind changed, and which are gone.
Heard = Callable[[str, Sequence[str]], None]
_when_gone: list[Heard] = []


def when_gone(heard: Heard) -> None:
    """Put in who has to hear that things are gone from the index, or say something else; at start-up. Twice is once."""
    if heard not in _when_gone:
        _when_gone.append(heard)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a source says of some keys, taken apart: what is to be put in, and what is to go."""

    kind: str
    documents: tuple[tuple[Document, Indexed], ...]
    gone: tuple[str, ...]


def prepare(source: Source, keys: Sequence[str], *, is_anew: bool = False) -> Prepared:
    """Read ``keys``; nothing is written, so nobody waits for the analysis. What did not change is left out."""
    documents = {document.key: document for document in source.documents(keys)}
    marks = dict(Entry.objects.of_kind(source.kind).filter(key__in=keys).values_list("key", "mark"))
    fresh = [document for key, document in documents.items() if is_anew or marks.get(key) != mark_of(document)]
    return Prepared(
        source.kind,
        tuple((document, read(document, source.kind)) for document in fresh),
        tuple(key for key in marks if key not in documents),
    )


def write(prepared: Prepared) -> None:
    """Bring the index to what was prepared; a transaction for some of it at a time."""
    if prepared.gone:
        with transaction.atomic():
            forget(Entry.objects.of_kind(prepared.kind).filter(key__in=prepared.gone).values_list("id", flat=True))
    part: list[tuple[Document, Indexed]] = []
    size = 0
    for each in prepared.documents:
        if part and size + len(each[0].body) > MOST_AT_ONCE:
            _put(prepared.kind, part)
            part, size = [], 0
        part.append(each)
        size += len(each[0].body)
    if part:
        _put(prepared.kind, part)


@transaction.atomic
def _put(kind: str, documents: Sequence[tuple[Document, Indexed]]) -> None:
    keys = [document.key for document, _indexed in documents]
    words: Counter[str] = Counter()
    for entry in Entry.objects.of_kind(kind).filter(key__in=keys):
        words.subtract(_words_of(entry))
    for _document, indexed in documents:
        words.update(indexed.words)
    made = Entry.objects.bulk_create(
        [_entry(kind, document, indexed.profile) for document, indexed in documents],
        update_conflicts=True,
        unique_fields=["kind", "key"],
        update_fields=_COLUMNS,
    )
    engine().put([(entry.pk, indexed.kept) for entry, (_document, indexed) in zip(made, documents, strict=True)])
    _count_words(words)
    _tell(kind, keys)


def _entry(kind: str, document: Document, profile: bytes) -> Entry:
    return Entry(
        kind=kind,
        key=document.key,
        group=document.group or f"{kind}:{document.key}",
        url=document.url,
        title=document.title[:400],
        summary=document.summary,
        headings=document.headings,
        body=document.body,
        date=document.date,
        place=document.place,
        themes=" ".join(document.themes),
        municipalities=" ".join(document.municipalities),
        has_easy=document.has_easy,
        worth=document.worth,
        profile=profile,
        mark=mark_of(document),
    )


def forget(ids: Iterable[int]) -> int:
    """Take entries out, with the words that nobody else wrote; within a transaction. How many."""
    all_ids, words = list(ids), Counter[str]()
    gone: dict[str, list[str]] = {}
    for part in in_parts(all_ids):
        for entry in Entry.objects.filter(id__in=part):
            words.subtract(_words_of(entry))
            gone.setdefault(entry.kind, []).append(entry.key)
        Entry.objects.filter(id__in=part).delete()
    _count_words(words)
    for kind, keys in gone.items():
        _tell(kind, keys)
    return len(all_ids)


def _tell(kind: str, keys: Sequence[str]) -> None:
    for heard in _when_gone:
        heard(kind, keys)


def _words_of(entry: Entry) -> frozenset[str]:
    return words_of(entry.title, entry.summary, entry.headings, entry.body)


def _count_words(words: Mapping[str, int]) -> None:
    """Add to, or take from, the documents in which each word stands."""
    moved = sorted((word, count) for word, count in words.items() if count)
    table = connection.ops.quote_name(Word._meta.db_table)
    more = [(word, sound_of(word), count) for word, count in moved if count > 0]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (word, sound, count) VALUES (%s, %s, %s)"  # noqa: S608
            f" ON CONFLICT (word) DO UPDATE SET count = {table}.count + excluded.count",
            more,
        )
    fewer: dict[int, list[str]] = {}
    for word, count in moved:
        if count < 0:
            fewer.setdefault(-count, []).append(word)
    for count, group in fewer.items():
        for start in range(0, len(group), 300):
            part = Word.objects.filter(word__in=group[start : start + 300])
            part.filter(count__lte=count).delete()
            part.update(count=F("count") - count)

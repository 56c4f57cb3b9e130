"""The deeds: read anew what changed, read all anew, count how common terms are. One at a time does them, whoever asks."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import structlog
from django.db import connection, transaction
from django.db.models import F

from meedoen.kernel import clock
from meedoen.kernel.database import in_parts
from meedoen.language.analysis.spelling import sound_of
from meedoen.pages.actions import changed

from . import rules
from .documents import Document
from .engines import engine
from .indexing import mark_of, read, words_of
from .models import Change, Counted, Entry, Term, Word
from .sources import Source, sources

AREA = "search"  # the pages that show what was found
AT_ONCE = 25  # documents in one transaction: who writes at the same time waits a tenth of a second at most
_LOCK = 7_310_051  # of PostgreSQL, for who writes the index
_COLUMNS = (
    "group", "url", "title", "summary", "headings", "body", "date", "place", "themes", "municipalities", "has_easy",
    "worth", "profile", "mark",
)  # fmt: skip

log = structlog.get_logger("meedoen.search")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far ``reindex`` is with one kind."""

    kind: str
    read: int
    forgotten: int


def catch_up(*, now: datetime.datetime) -> int:
    """Read all that waits; how many documents were put in or taken out."""
    done = 0
    while step := renew(now=now):
        done += step
    return done


def read_unwatched() -> None:
    """Read what no trigger tells of, for it changes with the version of the site alone; quick when nothing did."""
    for source in sources():
        if source.ships or not source.watches:
            _step(source, list(source.keys()), is_anew=False)
            _forget_what_is_gone(source)


@transaction.atomic
def renew(*, now: datetime.datetime, most: int = AT_ONCE) -> int:
    """Read anew the oldest of what changed; how many changes were looked at. 0: there are none, or somebody else does it.

    What cannot be read is tried again after the others, at most ``rules.ATTEMPTS`` times, and then told in the log.
    """
    if not Change.objects.exists() or not _is_alone():
        return 0
    waiting = list(Change.objects.order_by("id")[:most])
    known = {source.kind: source for source in sources()}
    for kind in dict.fromkeys(change.kind for change in waiting):
        attempts = {change.key: change.attempts for change in waiting if change.kind == kind}
        if kind in known:
            _renew(known[kind], attempts)
    ids = [change.id for change in waiting]
    Change.objects.filter(id__in=ids).delete()
    if Change.objects.exists() is False:
        count_when_needed(now=now)
    changed(AREA, now=now)
    return len(waiting)


def _renew(source: Source, attempts: dict[str, int]) -> None:
    """Read some documents of one source; when one cannot be read, each by itself."""
    keys = list(attempts)
    try:
        with transaction.atomic():
            _put_or_forget(source, keys)
    except Exception:
        if len(keys) > 1:
            for key in keys:
                _renew(source, {key: attempts[key]})
            return
        log.exception("cannot be read for search", kind=source.kind, key=keys[0], attempts=attempts[keys[0]] + 1)
        if attempts[keys[0]] + 1 < rules.ATTEMPTS:
            Change.objects.create(kind=source.kind, key=keys[0], attempts=attempts[keys[0]] + 1)


def reindex(*, is_anew: bool = False, tell: Callable[[Progress], object] = lambda progress: None) -> dict[str, int]:
    """Read all that is public, and forget the rest; how many documents there are of each kind.

    What did not change is left alone, unless ``is_anew``. It takes a transaction for some documents at a time, so that
    nobody waits for it, and may be stopped and begun again.
    """
    for source in sources():
        done = 0
        for keys in _in_groups(source.keys()):
            done += len(keys)
            _step(source, keys, is_anew=is_anew)
            tell(Progress(source.kind, done, 0))
        gone = _forget_what_is_gone(source)
        tell(Progress(source.kind, done, gone))
    kinds = [source.kind for source in sources()]
    with transaction.atomic():
        if _is_alone():
            _forget(Entry.objects.exclude(kind__in=kinds).values_list("id", flat=True))
            count(now=clock.now())
            changed(AREA, now=clock.now())
    return Counter(Entry.objects.values_list("kind", flat=True))


@transaction.atomic
def _step(source: Source, keys: Sequence[str], *, is_anew: bool) -> None:
    if _is_alone(wait=True):
        _put_or_forget(source, keys, is_anew=is_anew)


def _forget_what_is_gone(source: Source) -> int:
    """Take out what of a source is no longer public."""
    gone, last = 0, 0
    while True:
        rows = list(
            Entry.objects.of_kind(source.kind).filter(id__gt=last).order_by("id").values_list("id", "key")[:500]
        )
        if not rows:
            return gone
        public = set(source.public([key for _id, key in rows]))
        with transaction.atomic():
            if _is_alone(wait=True):
                gone += _forget([number for number, key in rows if key not in public])
        last = rows[-1][0]


def _put_or_forget(source: Source, keys: Sequence[str], *, is_anew: bool = False) -> None:
    """Bring the entries of ``keys`` to what the source says of them now."""
    documents = {document.key: document for document in source.documents(keys)}
    there = {entry.key: entry for entry in Entry.objects.of_kind(source.kind).filter(key__in=keys)}
    _forget([entry.id for key, entry in there.items() if key not in documents])
    fresh = [
        document
        for key, document in documents.items()
        if is_anew or key not in there or there[key].mark != mark_of(document)
    ]
    _put(source.kind, fresh, there)


def _put(kind: str, documents: Sequence[Document], there: dict[str, Entry]) -> None:
    words: Counter[str] = Counter()
    entries, kept = [], []
    for document in documents:
        before = there.get(document.key)
        if before is not None:
            words.subtract(_words_of(before))
        indexed = read(document)
        words.update(indexed.words)
        entries.append(_entry(kind, document, indexed.profile))
        kept.append(indexed.kept)
    made = Entry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["kind", "key"], update_fields=_COLUMNS
    )
    engine().put([(entry.pk, terms) for entry, terms in zip(made, kept, strict=True)])
    _count_words(words)


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


def _forget(ids: Iterable[int]) -> int:
    """Take entries out, with the words that nobody else wrote."""
    all_ids, words = list(ids), Counter[str]()
    for part in in_parts(all_ids):
        for entry in Entry.objects.filter(id__in=part):
            words.subtract(_words_of(entry))
        Entry.objects.filter(id__in=part).delete()
    _count_words(words)
    return len(all_ids)


def _words_of(entry: Entry) -> frozenset[str]:
    return words_of(entry.title, entry.summary, entry.headings, entry.body)


def _count_words(words: Counter[str]) -> None:
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


def count_when_needed(*, now: datetime.datetime) -> bool:
    """Count the terms anew when a day went by, or when many documents came or went; whether it did."""
    last = Counted.objects.order_by("-at").first()
    documents = Entry.objects.count()
    if last is not None:
        is_many = abs(documents - last.documents) > rules.COUNT_AGAIN_AT * max(last.documents, 1)
        if not is_many and now - last.at < rules.COUNT_AGAIN_AFTER:
            return False
    count(now=now)
    return True


@transaction.atomic
def count(*, now: datetime.datetime) -> None:
    """Count in how many documents each term stands, so that we know how little the common ones tell."""
    Term.objects.all().delete()
    Term.objects.bulk_create(
        (Term(term=term, count=documents) for term, documents in engine().counts() if documents > 1), batch_size=2_000
    )
    Counted.objects.all().delete()
    Counted.objects.create(at=now, documents=Entry.objects.count())


def _in_groups(keys: Iterable[str]) -> Iterable[list[str]]:
    part: list[str] = []
    for key in keys:
        part.append(key)
        if len(part) == AT_ONCE:
            yield part
            part = []
    if part:
        yield part


def _is_alone(*, wait: bool = False) -> bool:
    """Whether nobody else writes the index, until this transaction ends. SQLite lets only one write as it is."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])

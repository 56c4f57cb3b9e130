"""What search finds of conversations: each contribution that can be read, whatever it is about.

What a thread of the forum begins with is found as the topic itself (``threads.Kind.has_opening``).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meedoen.kernel import clock
from meedoen.search.documents import MAX_BODY, Document
from meedoen.search.sources import Source, Through, Watch, in_order, numbers
from meedoen.search.sources import register as register_source

from . import threads
from .models import AREA, AttachmentWords, Contribution, ContributionQuerySet, Thread
from .reading import first_words
from .text import own_words
from .threads import About

KIND = "contribution"
# Of a contribution: all that changes what it says or where it stands. Thanks and answers to it do not.
COLUMNS = ("text", "state", "number", "thread_id", "helped_at", "shown_files", "created_at")


def register() -> None:
    """Put it in; at start-up."""
    register_source(
        Source(
            KIND,
            _("Bericht"),
            _("Berichten"),
            documents=documents,
            public=public,
            keys=keys,
            areas=(AREA,),
            watches=(
                Watch(lambda: Contribution, columns=COLUMNS),
                Watch(
                    lambda: Thread,
                    columns=("kind", "key", "title", "url"),
                    through=Through(lambda: Contribution, "thread_id"),
                ),
            ),
            prior=0.8,
        )
    )


def below(kind: str, *watches: Watch) -> tuple[Watch, ...]:
    """What changes a thing, as what changes all that was said below it; for ``also_watch``.

    ``kind`` is that of its threads, whose key is its number. What counts is whether it can be read, and what ``about``
    tells of it.
    """
    said = Through(lambda: Contribution, "thread_id")
    here = Through(lambda: Thread, "key", where=f"{{row}}.kind = '{kind}'", then=said)
    return tuple(replace(each, through=each.through.leading_to(here) if each.through else here) for each in watches)


def group_of(kind: str, key: object) -> str:
    """The group of a thing and all that was said about it; ``kind`` is that of its threads."""
    return f"{kind}:{key}"


def found() -> ContributionQuerySet:
    """What everybody may read of things that everybody may read, without what a thread begins with."""
    stands = Q(pk__in=[])
    for kind in threads.kinds():
        if kind.standing:
            here = Q(thread__kind=kind.name) & Q(kind.standing())
            stands |= here & Q(number__gt=1) if kind.has_opening else here
    return Contribution.objects.readable().filter(stands)


def public(keys: Sequence[str]) -> Iterable[str]:
    """Those that can be read now; one query."""
    return map(str, found().filter(pk__in=numbers(keys)).values_list("pk", flat=True))


def keys() -> Iterator[str]:
    """All that can be read."""
    return in_order(found())


def documents(keys: Sequence[str]) -> Iterable[Document]:
    """Those that can be read; two queries, and one for each kind of thread at least."""
    rows = list(found().filter(pk__in=numbers(keys)).select_related("thread"))
    about = _about(rows)
    said = documents_beside(rows)
    return [_document(each, about.get((each.thread.kind, each.thread.key), About()), said[each.pk]) for each in rows]


def documents_beside(contributions: Iterable[Contribution]) -> Mapping[int, list[str]]:
    """What the documents beside contributions say, as far as they were read; one query."""
    numbers = [each.pk for each in contributions]
    rows = AttachmentWords.objects.filter(attachment__contribution__in=numbers, attachment__removed_at=None)
    said: dict[int, list[str]] = defaultdict(list)
    for number, words in rows.order_by("attachment").values_list("attachment__contribution", "words"):
        said[number].append(words)
    return said


def words_of(contribution: Contribution, said: Iterable[str]) -> str:
    """All that it says: its own words, what is on its pictures, and its documents with their titles."""
    files = [f"{row.get('title', '')}\n{row.get('description', '')}".strip() for row in contribution.shown_files]
    return "\n\n".join(filter(None, [own_words(contribution.text), *files, *said]))[:MAX_BODY]


def _document(contribution: Contribution, about: About, said: Iterable[str]) -> Document:
    thread = contribution.thread
    return Document(
        key=str(contribution.pk),
        url=contribution.url,
        title=first_words(contribution.text) or thread.title,
        body=words_of(contribution, said),
        place=thread.title,
        group=group_of(thread.kind, thread.key),
        date=clock.local_date(contribution.created_at),
        themes=about.themes,
        municipalities=about.municipalities,
        worth=1 if contribution.helped_at else 0,
    )


def _about(rows: Iterable[Contribution]) -> Mapping[tuple[str, str], About]:
    asked: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        asked[row.thread.kind].add(row.thread.key)
    told = {kind.name: kind.about(sorted(asked[kind.name])) for kind in threads.kinds() if kind.name in asked}
    return {(name, key): each for name, found in told.items() for key, each in found.items()}

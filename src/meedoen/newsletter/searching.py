"""What search finds of the newsletter: each letter that went, by what it told. What is told is found itself too."""

import datetime
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from meedoen.search.documents import Document
from meedoen.search.sources import Source, Watch, in_order, numbers
from meedoen.search.sources import register as register_source

from .models import AREA, Entry, Letter
from .reading import titles_of

KIND = "letter"


def register() -> None:
    """Put it in; at start-up."""
    register_source(
        Source(
            KIND,
            _("Nieuwsbrief"),
            _("Nieuwsbrieven"),
            documents=documents,
            public=public,
            keys=keys,
            areas=(AREA,),
            arrived=arrived,
            watches=(
                Watch(lambda: Letter, columns=("day", "state", "foreword")),
                Watch(lambda: Entry, key="letter_id", columns=("letter_id", "number", "is_out")),
            ),
            prior=0.6,
        )
    )


def public(keys: Sequence[str]) -> Iterable[str]:
    """Those that can be read now; one query."""
    return map(str, Letter.objects.public().filter(pk__in=numbers(keys)).values_list("pk", flat=True))


def keys() -> Iterator[str]:
    """All that can be read."""
    return in_order(Letter.objects.public())


def arrived(since: datetime.datetime) -> Iterable[str]:
    """Those that went since a moment."""
    return map(str, Letter.objects.public().filter(sent_at__gt=since).values_list("pk", flat=True))


def documents(keys: Sequence[str]) -> Iterable[Document]:
    """Those that can be read. A letter tells what stands elsewhere too: only its titles are found here."""
    letters = list(Letter.objects.public().filter(pk__in=numbers(keys)))
    titles = titles_of(letters)
    return [_document(each, titles[each.pk]) for each in letters]


def _document(letter: Letter, titles: list[str]) -> Document:
    return Document(
        key=str(letter.pk),
        url=letter.get_absolute_url(),
        title=letter.title,
        summary="; ".join(titles)[:300],
        headings="\n".join(titles),
        body=letter.foreword,
        date=letter.day,
        worth=-1,
    )

"""What search finds of the words that are explained."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from meedoen.search.documents import Document
from meedoen.search.sources import Source, Watch, in_order
from meedoen.search.sources import register as register_source

from .models import AREA, Term

KIND = "term"


def register() -> None:
    """Put it in; at start-up."""
    register_source(
        Source(
            KIND,
            _("Woord uitgelegd"),
            _("Woorden uitgelegd"),
            documents=documents,
            public=public,
            keys=keys,
            areas=(AREA,),
            watches=(Watch(lambda: Term, columns=("word", "forms", "explanation", "is_shown")),),
        )
    )


def public(keys: Sequence[str]) -> Iterable[str]:
    """Those on the list now; one query."""
    return Term.objects.shown().filter(pk__in=keys).values_list("pk", flat=True)


def keys() -> Iterator[str]:
    """All on the list."""
    return in_order(Term.objects.shown())


def documents(keys: Sequence[str]) -> Iterable[Document]:
    """Those on the list; one query."""
    return [_document(each) for each in Term.objects.shown().filter(pk__in=keys)]


def _document(term: Term) -> Document:
    return Document(
        key=term.pk,
        url=term.get_absolute_url(),
        title=term.word,
        summary=term.explanation,
        headings="\n".join(filter(None, term.forms.split("|"))),
    )

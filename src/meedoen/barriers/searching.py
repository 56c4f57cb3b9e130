"""What search finds of the public list of barriers on this site."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from meedoen.search.documents import Document
from meedoen.search.sources import Source, Watch, in_order, numbers
from meedoen.search.sources import register as register_source

from .models import AREA, Barrier, BarrierQuerySet
from .rules import State

KIND = "barrier"


def register() -> None:
    """Put it in; at start-up."""
    columns = ("title", "text", "criterion", "state", "found_on", "fixed_on", "changed")
    register_source(
        Source(
            KIND,
            _("Drempel op deze site"),
            _("Drempels op deze site"),
            documents=documents,
            public=public,
            keys=keys,
            areas=(AREA,),
            watches=(Watch(lambda: Barrier, columns=columns),),
            prior=0.8,
        )
    )


def found() -> BarrierQuerySet:
    """Those in the public list."""
    return Barrier.objects.exclude(state=State.NONE)


def public(keys: Sequence[str]) -> Iterable[str]:
    """Those that stand there now; one query."""
    return map(str, found().filter(pk__in=numbers(keys)).values_list("pk", flat=True))


def keys() -> Iterator[str]:
    """All that stand there."""
    return in_order(found())


def documents(keys: Sequence[str]) -> Iterable[Document]:
    """Those that stand there; one query."""
    return [_document(each) for each in found().filter(pk__in=numbers(keys))]


def _document(barrier: Barrier) -> Document:
    return Document(
        key=str(barrier.pk),
        url=barrier.get_absolute_url(),
        title=barrier.title,
        body="\n".join(filter(None, (barrier.text, barrier.changed, barrier.criterion))),
        date=barrier.fixed_on or barrier.found_on,
        worth=-1 if barrier.state == State.FIXED else 0,
    )

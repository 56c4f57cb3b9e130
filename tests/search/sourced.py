"""What a source gives, asked in all its ways at once; and what was noted since the last look."""

from collections.abc import Iterable
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.search.documents import Document
from meedoen.search.models import Change
from meedoen.search.sources import source


def found(kind: str, *keys: object) -> dict[str, Document]:
    """What a source gives of ``keys``, or of all; each way to ask tells the same."""
    known = source(kind)
    running = list(known.keys())
    asked = list(map(str, keys)) or running
    documents = {document.key: document for document in known.documents(asked)}
    assert sorted(documents) == sorted(known.public(asked)) == sorted(set(asked) & set(running))
    return documents


def noted(*, forget: bool = True) -> set[tuple[str, str]]:
    """What waits to be read anew since the last time that this was asked."""
    changes = set(Change.objects.values_list("kind", "key"))
    if forget:
        Change.objects.all().delete()
    return changes


@contextmanager
def notes(*expected: tuple[str, object]):
    """What is done inside notes all of these changes."""
    noted()
    yield
    missing = {(kind, str(key)) for kind, key in expected} - noted()
    assert missing == set()


def queries(kind: str, keys: Iterable[object]) -> tuple[int, int]:
    """How many queries a source asks for its documents, and to know which are public."""
    counts = []
    for ask in (source(kind).documents, source(kind).public):
        with CaptureQueriesContext(connection) as asked:
            list(ask(list(map(str, keys))))
        counts.append(len(asked))
    return counts[0], counts[1]

"""A source for tests: documents in a dictionary, found by the real index."""

from collections.abc import Iterator

import pytest

from meedoen.search import sources
from meedoen.search.documents import Document
from meedoen.search.models import Change


class Shelf:
    """What is public is what stands on it."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.documents: dict[str, Document] = {}

    def put(self, *documents: Document) -> None:
        """Put documents on it, as a feature would, and note that they changed."""
        for document in documents:
            self.documents[document.key] = document
        Change.objects.bulk_create(Change(kind=self.kind, key=document.key) for document in documents)

    def take(self, key: str, *, is_noted: bool = True) -> None:
        """Take one off, noted or not."""
        del self.documents[key]
        if is_noted:
            Change.objects.create(kind=self.kind, key=key)

    @property
    def source(self) -> sources.Source:
        return sources.Source(
            kind=self.kind,
            one=self.kind,
            many=self.kind,
            documents=lambda keys: [self.documents[key] for key in keys if key in self.documents],
            public=lambda keys: [key for key in keys if key in self.documents],
            keys=lambda: iter(sorted(self.documents)),
            areas=(),
        )


@pytest.fixture
def shelf(monkeypatch) -> Iterator[Shelf]:
    """A shelf of guides; the features' own sources are put aside."""
    made = Shelf("guide")
    monkeypatch.setattr(sources, "_sources", {"guide": made.source})
    return made


@pytest.fixture
def topics(shelf, monkeypatch) -> Shelf:
    """A second one, of topics."""
    made = Shelf("topic")
    monkeypatch.setitem(sources._sources, "topic", made.source)
    return made

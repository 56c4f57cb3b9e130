"""Four searches as others have them, over the same documents; each takes words and gives addresses.

They are plain: all words have to be there, in the form in which they were typed or, for PostgreSQL's own Dutch, by its
stems. Words in quotes and words with a minus mean for all four what they mean for ours.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

import psycopg
from django.db import connection, models

from .comparing import Search
from .documents import Readable

_TYPED = re.compile(r"(-?)(?:\"([^\"]+)\"|(\S+))")


class Row(models.Model):
    """A document as a row, for what Django itself can do."""

    address = models.CharField(max_length=300)
    title = models.TextField()
    text = models.TextField()
    dated_on = models.DateField(null=True)

    class Meta:
        app_label = "judged"

    def __str__(self) -> str:
        return self.title


@contextmanager
def icontains(documents: Sequence[Readable]) -> Iterator[Search]:
    """Django's ``icontains``: every word somewhere in title or text, newest first; in the site's own database."""
    with connection.schema_editor() as editor:
        editor.create_model(Row)
    try:
        Row.objects.bulk_create(
            Row(address=each.address, title=each.title, text=each.text, dated_on=each.dated_on) for each in documents
        )

        def search(text: str, limit: int) -> list[str]:
            rows = Row.objects.all()
            for is_out, word in typed(text):
                has = models.Q(title__icontains=word) | models.Q(text__icontains=word)
                rows = rows.exclude(has) if is_out else rows.filter(has)
            newest_first = models.F("dated_on").desc(nulls_last=True)
            return list(rows.order_by(newest_first, "pk").values_list("address", flat=True)[:limit])

        yield search
    finally:
        with connection.schema_editor() as editor:
            editor.delete_model(Row)


@contextmanager
def fts5(documents: Sequence[Readable]) -> Iterator[Search]:
    """SQLite's FTS5 with the tokenizer ``unicode61``, by its own ``bm25``."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE document USING fts5(address UNINDEXED, title, text, tokenize='unicode61')")
    rows = ((each.address, each.title, each.text) for each in documents)
    database.executemany("INSERT INTO document VALUES (?, ?, ?)", rows)

    def search(text: str, limit: int) -> list[str]:
        asked = typed(text)
        wanted, out = ([f'"{word}"' for is_out, word in asked if is_out == side] for side in (False, True))
        if not wanted:
            return []
        match = " AND ".join(wanted) + "".join(f" NOT {word}" for word in out)
        found = database.execute(
            "SELECT address FROM document WHERE document MATCH ? ORDER BY bm25(document), rowid LIMIT ?", (match, limit)
        )
        return [address for (address,) in found]

    try:
        yield search
    finally:
        database.close()


def postgresql(configuration: str, url: str) -> Callable[[Sequence[Readable]], AbstractContextManager[Search]]:
    """PostgreSQL's full text search as its manual has it: ``websearch_to_tsquery``, ``ts_rank``, the title of weight A.

    ``configuration`` is that of the text search, such as ``dutch``; ``url`` leads to a server of our own.
    """

    @contextmanager
    def engine(documents: Sequence[Readable]) -> Iterator[Search]:
        with psycopg.connect(url.rpartition("/")[0] + "/postgres", autocommit=True) as database:
            database.execute("CREATE TEMPORARY TABLE document (id serial, address text, title text, text text)")
            with database.cursor() as cursor:
                rows = [(each.address, each.title, each.text) for each in documents]
                cursor.executemany("INSERT INTO document (address, title, text) VALUES (%s, %s, %s)", rows)
            database.execute("ALTER TABLE document ADD words tsvector")
            database.execute(
                "UPDATE document SET words = setweight(to_tsvector(%(with)s::regconfig, title), 'A')"
                " || setweight(to_tsvector(%(with)s::regconfig, text), 'D')",
                {"with": configuration},
            )

            def search(text: str, limit: int) -> list[str]:
                found = database.execute(
                    "SELECT address FROM document, websearch_to_tsquery(%s::regconfig, %s) asked"
                    " WHERE words @@ asked ORDER BY ts_rank(words, asked) DESC, id LIMIT %s",
                    (configuration, text, limit),
                )
                return [address for (address,) in found]

            yield search

    return engine


def typed(text: str) -> list[tuple[bool, str]]:
    """What was typed as words and phrases, each with whether it must not be there; FTS5's own signs mean nothing."""
    parts = ((bool(minus), phrase or word) for minus, phrase, word in _TYPED.findall(text))
    return [(is_out, word.replace('"', " ").strip()) for is_out, word in parts if re.search(r"\w", word)]

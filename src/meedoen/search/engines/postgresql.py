"""PostgreSQL: a column of lexemes that are our terms, with its inverted index. No dictionary of its own is asked."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import Q

from .terms import Asked, Kept, Way, encoded

CREATE = (
    "ALTER TABLE search_entry ADD COLUMN terms tsvector NOT NULL DEFAULT ''::tsvector",
    "CREATE INDEX search_entry_terms ON search_entry USING gin (terms)",
)
DROP = ("ALTER TABLE search_entry DROP COLUMN terms",)
LOCK = 7_310_051  # a number of our own, for who writes the index
MAX_PLACE = 16_383  # PostgreSQL counts no further
MAX_PLACES = 255  # of one lexeme
# Weights tell which column of SQLite's table it would be.
TITLE, REST, TITLE_MORE, MORE = "A", "B", "C", "D"


class Engine:
    """``engines.Engine`` on PostgreSQL."""

    def put(self, kept: Sequence[tuple[int, Kept]]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE search_entry SET terms = %s::tsvector WHERE id = %s",
                [(_vector(each), number) for number, each in kept],
            )

    def find(
        self, asked: Asked, *, most: int, only_titles: bool = False, where: str = "", values: Sequence[Any] = ()
    ) -> list[int]:
        question = _question(asked, only_titles=only_titles)
        if not question:
            return []
        also = f" AND {where}" if where else ""
        sql = f"SELECT e.id FROM search_entry e WHERE e.terms @@ %s::tsquery{also} ORDER BY e.id DESC LIMIT %s"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(sql, [question, *values, most])
            return [row[0] for row in cursor.fetchall()]

    @contextmanager
    def alone(self, *, wait: bool = False) -> Iterator[bool]:
        asked = "pg_advisory_lock" if wait else "pg_try_advisory_lock"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {asked}(%s)", [LOCK])
            is_alone = wait or bool(cursor.fetchone()[0])
        try:
            yield is_alone
        finally:
            if is_alone:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])

    def begins(self, word: str) -> Q:
        return Q(word__startswith=word)

    def counts(self) -> Iterator[tuple[str, int]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT word, ndoc FROM ts_stat('SELECT terms FROM search_entry')")
            while rows := cursor.fetchmany(2_000):
                yield from rows


def _vector(kept: Kept) -> str:
    """The lexemes with their places, as PostgreSQL reads them."""
    places: dict[str, list[str]] = {}
    start = len(kept.title) + 1  # a phrase does not run on from the title into the rest

    def put(term: str, place: int, weight: str) -> None:
        there = places.setdefault(encoded(term), [])
        if term and len(there) < MAX_PLACES:
            there.append(f"{min(place, MAX_PLACE)}{weight}")

    for place, term in enumerate(kept.title, 1):
        put(term, place, TITLE)
    for place, term in kept.title_more:
        put(term, place + 1, TITLE_MORE)
    for place, term in enumerate(kept.rest, 1):
        put(term, start + place, REST)
    for place, term in kept.more:
        put(term, start + place + 1, MORE)
    return " ".join(f"{_quoted(term)}:{','.join(there)}" for term, there in places.items() if term)


def _question(asked: Asked, *, only_titles: bool) -> str:
    """The question in the language of a tsquery; every term is quoted, so that none is a word of it."""
    weights = ":AC" if only_titles else ""
    needed = [_any_way(ways, weights) for ways in asked.all_of]
    parts: list[str] = []
    if needed:
        choices = asked.choices or (tuple(range(len(needed))),)
        parts.append("(" + " | ".join("(" + " & ".join(needed[at] for at in choice) + ")" for choice in choices) + ")")
    order = ":A" if only_titles else ":AB"
    parts += ["(" + " <-> ".join(_quoted(encoded(term)) + order for term in phrase) + ")" for phrase in asked.phrases]
    if not parts:
        return ""
    parts += [f"!{_any_way(ways, '')}" for ways in asked.none_of]
    return " & ".join(parts)


def _any_way(ways: Sequence[Way], weights: str) -> str:
    return (
        "(" + " | ".join("(" + " & ".join(_quoted(encoded(term)) + weights for term in way) + ")" for way in ways) + ")"
    )


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''").replace("\x00", "") + "'"

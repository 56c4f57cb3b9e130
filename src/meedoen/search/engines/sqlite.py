"""SQLite: a table of FTS5 whose words are our terms."""

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import Q

from .terms import LABEL, Asked, Kept, Way, encoded

TABLE = "search_terms"
BREAK = "=="  # no term of ours
CREATE = (
    f"CREATE VIRTUAL TABLE {TABLE} USING fts5(title, rest, title_more, more,"
    " tokenize=\"unicode61 remove_diacritics 0 tokenchars '=~_-.,:'\")",
    f"CREATE VIRTUAL TABLE {TABLE}_counts USING fts5vocab({TABLE}, 'row')",
)
# An entry that goes takes its terms along, however it goes.
GONE = (
    f"CREATE TRIGGER search_entry_gone AFTER DELETE ON search_entry BEGIN DELETE FROM {TABLE} WHERE rowid = OLD.id; END"  # noqa: S608
)
DROP = ("DROP TRIGGER IF EXISTS search_entry_gone", f"DROP TABLE {TABLE}_counts", f"DROP TABLE {TABLE}")


class Engine:
    """``engines.Engine`` on SQLite."""

    def put(self, kept: Sequence[tuple[int, Kept]]) -> None:
        rows = [
            (
                number,
                _run(each.title),
                _run(each.rest),
                _run([term for _place, term in each.title_more]),
                _run([*(term for _place, term in each.more), *each.labels]),
            )
            for number, each in kept
        ]
        with connection.cursor() as cursor:
            cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(row[0],) for row in rows])  # noqa: S608
            cursor.executemany(
                f"INSERT INTO {TABLE} (rowid, title, rest, title_more, more) VALUES (%s, %s, %s, %s, %s)",  # noqa: S608
                rows,
            )

    def find(
        self, asked: Asked, *, most: int, only_titles: bool = False, where: str = "", values: Sequence[Any] = ()
    ) -> list[int]:
        match = _match(asked, only_titles=only_titles)
        if not match:
            return []
        # Asked of each row by itself, the newest first; as a list of ids SQLite would ask the index once for each of them.
        also = f" AND EXISTS (SELECT 1 FROM search_entry e WHERE e.id = {TABLE}.rowid AND {where})" if where else ""  # noqa: S608
        sql = f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s{also} ORDER BY rowid DESC LIMIT %s"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(sql, [match, *values, most])
            return [row[0] for row in cursor.fetchall()]

    @contextmanager
    def alone(self, *, wait: bool = False) -> Iterator[bool]:
        with open(f"{connection.settings_dict['NAME']}.search-lock", "w", encoding="ascii") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
                return
            yield True  # closing it lets others in

    def begins(self, word: str) -> Q:
        return Q(word__gte=word, word__lt=f"{word}\U0010ffff")  # SQLite uses no index for LIKE

    def counts(self) -> Iterator[tuple[str, int]]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT term, doc FROM {TABLE}_counts")  # noqa: S608
            while rows := cursor.fetchmany(2_000):
                yield from (row for row in rows if row[0][0] != LABEL)


def _run(terms: Sequence[str]) -> str:
    """Terms as a text; what is empty is a place that no phrase crosses."""
    return " ".join(encoded(term) or BREAK for term in terms)


def _match(asked: Asked, *, only_titles: bool) -> str:
    """The question in the language of FTS5; every term is quoted, so that none is a word of it."""
    needed = [_any_way(ways) for ways in asked.all_of]
    parts: list[str] = []
    if needed:
        choices = asked.choices or (tuple(range(len(needed))),)
        parts.append(" OR ".join("(" + " AND ".join(needed[at] for at in choice) + ")" for choice in choices))
    text = " AND ".join(f"({part})" for part in parts)
    columns = "{title title_more} : " if only_titles else ""
    text = f"{columns}({text})" if text else ""
    order = "{title}" if only_titles else "{title rest}"
    phrases = [f'({order} : "{_quoted(" ".join(map(encoded, phrase)))}")' for phrase in asked.phrases]
    labels = [_any_way([(each,) for each in ways]) for ways in asked.labels] if text or phrases else []
    text = " AND ".join(filter(None, [text, *phrases, *labels]))
    for ways in asked.none_of:
        text = f"({text}) NOT {_any_way(ways)}" if text else ""
    return text


def _any_way(ways: Sequence[Way]) -> str:
    return (
        "(" + " OR ".join("(" + " AND ".join(f'"{_quoted(encoded(term))}"' for term in way) + ")" for way in ways) + ")"
    )


def _quoted(text: str) -> str:
    return text.replace('"', '""').replace("\x00", "")

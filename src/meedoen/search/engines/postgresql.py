"""PostgreSQL: a table of lexemes that are our terms, with its inverted index. No dictionary of its own is asked."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import Q

from .terms import LABEL, Asked, Kept, Way, encoded

TABLE = "search_terms"
# Its rows go with their documents by triggers: a foreign key would keep these from being emptied all at once.
CREATE = (
    f"CREATE TABLE {TABLE} (id bigint PRIMARY KEY, terms tsvector NOT NULL, said text NOT NULL)",
    f"""CREATE FUNCTION {TABLE}_go() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP = 'TRUNCATE' THEN TRUNCATE {TABLE}; ELSE DELETE FROM {TABLE} WHERE id = OLD.id; END IF;
        RETURN NULL; END $$""",  # noqa: S608
    f"CREATE TRIGGER {TABLE}_one AFTER DELETE ON search_entry FOR EACH ROW EXECUTE FUNCTION {TABLE}_go()",
    f"CREATE TRIGGER {TABLE}_all AFTER TRUNCATE ON search_entry FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_go()",
    # What is new is searched one by one until it is put in order; so much of it, in kB, takes no millisecond.
    f"CREATE INDEX {TABLE}_terms ON {TABLE} USING gin (terms) WITH (gin_pending_list_limit = 256)",
)
DROP = (
    f"DROP TRIGGER {TABLE}_one ON search_entry",
    f"DROP TRIGGER {TABLE}_all ON search_entry",
    f"DROP FUNCTION {TABLE}_go()",
    f"DROP TABLE {TABLE}",
)
LOCK = 7_310_051  # a number of our own, for who writes the index
LAST_ROWS = 2_000  # that are looked through one by one, in some 2 ms
FEW_ROWS = 10_000  # of which that is not worth a query
IN_TITLE = "^"  # before a term that the title says; no term begins with it
BREAK = "=="  # no term of ours, and a place that no phrase crosses


class Engine:
    """``engines.Engine`` on PostgreSQL."""

    def put(self, kept: Sequence[tuple[int, Kept]]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {TABLE} (id, terms, said) VALUES (%s, %s::tsvector, %s)"  # noqa: S608
                " ON CONFLICT (id) DO UPDATE SET terms = excluded.terms, said = excluded.said",
                [(number, _terms(each), _said(each)) for number, each in kept],
            )

    def find(
        self, asked: Asked, *, most: int, only_titles: bool = False, where: str = "", values: Sequence[Any] = ()
    ) -> list[int]:
        question = _question(asked, only_titles=only_titles)
        if not question:
            return []
        conditions, given = ["t.terms @@ %s::tsquery"], [question]
        where_said = f"split_part(t.said, '{BREAK}', 1)" if only_titles else "t.said"
        for phrase in asked.phrases:
            conditions.append(f"strpos({where_said}, %s) > 0")
            given.append(_run(phrase))
        if where:
            conditions.append(f"EXISTS (SELECT 1 FROM search_entry e WHERE e.id = t.id AND {where})")  # noqa: S608
        return _newest(" AND ".join(conditions), [*given, *values], most)

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
            cursor.execute(f"SELECT word, ndoc FROM ts_stat('SELECT terms FROM {TABLE}')")  # noqa: S608
            while rows := cursor.fetchmany(2_000):
                yield from (row for row in rows if row[0][0] not in (IN_TITLE, LABEL))


def _newest(condition: str, values: Sequence[Any], most: int) -> list[int]:
    """Ids of at most so many rows, the last first, in at most four queries.

    PostgreSQL knows no index that holds terms and order at once: it goes through the rows from the last one back, or through
    all that have the terms; and it knows the commonest thousand terms alone, so that it often takes the long way. So we look
    how dense they are among the last ones, and then no further back than we have to.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(id) FROM {TABLE}")  # noqa: S608
        last = cursor.fetchone()[0] or 0
        if last <= FEW_ROWS:
            return _rows_from(cursor, 0, condition, values, most)
        found = _rows_from(cursor, last - LAST_ROWS, condition, values, most)
        if len(found) == most:
            return found
        reach = 3 * LAST_ROWS * most // (2 * len(found)) if found else last  # and half as much again, for good measure
        if reach < last * len(found) // LAST_ROWS:  # rows to look through, and rows that have the terms
            found = _rows_from(cursor, last - reach, condition, values, most)
        return found if len(found) == most else _rows_from(cursor, 0, condition, values, most)


def _rows_from(cursor: Any, start: int, condition: str, values: Sequence[Any], most: int) -> list[int]:
    """The same of the rows after ``start``; of all of them by the index of terms, for there are few (``id + 0`` has no index)."""
    order = "t.id + 0" if start <= 0 else "t.id"
    sql = f"SELECT t.id FROM {TABLE} t WHERE t.id > %s AND {condition} ORDER BY {order} DESC LIMIT %s"  # noqa: S608
    cursor.execute(sql, [start, *values, most])
    return [row[0] for row in cursor.fetchall()]


def _terms(kept: Kept) -> str:
    """All terms without their places, once more for the title, and what the document is; as PostgreSQL reads them.

    An index of these finds without reading a document: neither weights nor places have to be looked at.
    """
    title = {encoded(term) for term in kept.title} | {encoded(term) for _place, term in kept.title_more}
    rest = {encoded(term) for term in kept.rest} | {encoded(term) for _place, term in kept.more}
    all_terms = {*title, *rest, *(f"{IN_TITLE}{term}" for term in title if term), *map(encoded, kept.labels)}
    return " ".join(_quoted(term) for term in sorted(all_terms) if term)


def _said(kept: Kept) -> str:
    """The stems in their order, title first, as a text in which words in quotes are looked for."""
    return f"{_run(kept.title)}{BREAK}{_run(kept.rest)}"


def _run(terms: Sequence[str]) -> str:
    return f" {' '.join(encoded(term) or BREAK for term in terms)} "


def _question(asked: Asked, *, only_titles: bool) -> str:
    """The question in the language of a tsquery; every term is quoted, so that none is a word of it."""
    before = IN_TITLE if only_titles else ""
    needed = [_any_way(ways, before) for ways in asked.all_of]
    parts: list[str] = []
    if needed:
        choices = asked.choices or (tuple(range(len(needed))),)
        parts.append("(" + " | ".join("(" + " & ".join(needed[at] for at in choice) + ")" for choice in choices) + ")")
    parts += [_any_way([phrase], before) for phrase in asked.phrases]
    if not parts:
        return ""
    parts += [f"!{_any_way(ways)}" for ways in asked.none_of]
    parts += [_any_way([(each,) for each in labels]) for labels in asked.labels]
    return " & ".join(parts)


def _any_way(ways: Sequence[Way], before: str = "") -> str:
    return (
        "(" + " | ".join("(" + " & ".join(_quoted(before + encoded(term)) for term in way) + ")" for way in ways) + ")"
    )


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''").replace("\x00", "") + "'"

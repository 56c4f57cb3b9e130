"""Copies of the documents of an index, made by the database itself: a million in minutes, where reading each takes an hour.

A copy says what its original says under a number and in a group of its own, so lists of documents by term are as long as with
as many texts. What does not grow with copies are the words: of these there are as many as in what was read.
"""

from typing import Any

COLUMNS = "url, title, summary, body, headings, date, place, themes, municipalities, has_easy, worth, profile, mark"  # as they are
INDEX = "search_terms_terms"


def copy_to(size: int) -> None:
    """Copy what is in the index until there are so many; at least once over, in the order in which they came."""
    from django.db import connection, transaction

    is_postgresql = connection.vendor == "postgresql"
    with transaction.atomic(), connection.cursor() as cursor:
        if is_postgresql:  # an index that is made at the end is made much faster
            cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
            cursor.execute(f"SELECT indexdef FROM pg_indexes WHERE indexname = '{INDEX}'")
            made = cursor.fetchone()[0]
            cursor.execute(f"DROP INDEX {INDEX}")
        _copy(cursor, size)
        if is_postgresql:
            cursor.execute(made)
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('search_entry', 'id'), (SELECT max(id) FROM search_entry))"
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_entry")
        if is_postgresql:
            cursor.execute("ANALYZE search_terms")


def _copy(cursor: Any, size: int) -> None:
    from django.db import connection

    own = "terms, said" if connection.vendor == "postgresql" else "title, rest, title_more, more"
    number = "id" if connection.vendor == "postgresql" else "rowid"
    cursor.execute("SELECT count(*), min(id), max(id) FROM search_entry WHERE kind = 'bench'")
    count, first, last = cursor.fetchone()
    cursor.execute("SELECT count(*) FROM search_entry")
    lacking, before, turn = size - cursor.fetchone()[0], count, 0
    while lacking > 0:
        turn += 1
        shift = (last - first + 1) * turn
        until = first + min(lacking, last - first + 1) - 1
        cursor.execute(
            f'INSERT INTO search_entry (id, kind, key, "group", {COLUMNS}) SELECT id + %s, kind, key || %s, "group" || %s,'
            f" {COLUMNS} FROM search_entry WHERE kind = 'bench' AND id BETWEEN %s AND %s ORDER BY id",
            [shift, f"-{last}-{turn}", f"-{last}-{turn}", first, until],
        )
        copied = cursor.rowcount
        cursor.execute(
            f"INSERT INTO search_terms ({number}, {own}) SELECT {number} + %s, {own} FROM search_terms"
            f" WHERE {number} BETWEEN %s AND %s AND {number} IN (SELECT id FROM search_entry WHERE kind = 'bench')"
            f" ORDER BY {number}",
            [shift, first, until],
        )
        lacking -= copied
    cursor.execute("UPDATE search_word SET count = CAST(count * %s AS integer)", [max(1.0, size / before)])

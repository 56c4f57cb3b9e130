"""What is so of every database: what tells that it is away, and how many rows it is asked for in one statement."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from django.db import InterfaceError, OperationalError
from django.db.models import IntegerField, QuerySet, Subquery

Key = TypeVar("Key", int, str)
# What tells that the database is away or held by somebody else, rather than that something of ours is wrong.
AWAY = (OperationalError, InterfaceError)
ROWS_AT_ONCE = 300  # in one statement; SQLite takes no more than some thousands of values


def in_parts(ids: Sequence[Key]) -> Iterator[Sequence[Key]]:
    """The ids, or other keys, of rows to find or change, some hundreds at a time.

    For thousands of rows that came in the same transaction: of these PostgreSQL has not yet counted how many there
    are, and asked by a subquery or a join it may compare each with each other one.
    """
    for start in range(0, len(ids), ROWS_AT_ONCE):
        yield ids[start : start + ROWS_AT_ONCE]


class RowCount(Subquery):
    """How many rows a queryset has, as a part of another query: by it one query counts many things."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()

    def __init__(self, counted: "QuerySet[Any]") -> None:
        super().__init__(counted.order_by().values("pk"))

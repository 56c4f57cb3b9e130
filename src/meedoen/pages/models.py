"""The version of each area of the site: a number that grows with every change of what its pages show."""

from functools import cache
from typing import Any

from django.db import connection, models


class Area(models.Model):
    """A part of the site's content that pages show, such as ``news``.

    ``number`` is raised in the transaction that changes the content, so whoever reads the number first and the
    content after it never keeps an old page under a new number.
    """

    name = models.CharField(max_length=40, primary_key=True)
    number = models.PositiveBigIntegerField(default=1)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


def versions(names: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """The areas' names and numbers, by name; an area that never changed is not in it. One indexed query.

    In SQL of its own: this is asked for every page of every visitor, and building it from a queryset costs five
    times what the database needs to answer it.
    """
    return tuple(_read("name, number", names))


def stamps(names: tuple[str, ...]) -> tuple[tuple[str, int, str], ...]:
    """The areas' names, numbers and when each was raised last, as the database writes it, by name.

    Outside this process a number is not enough: after a backup was put back it comes again, with other content.
    """
    return tuple(
        (name, number, str(changed_at)) for name, number, changed_at in _read("name, number, changed_at", names)
    )


def _read(columns: str, names: tuple[str, ...]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(_sql(columns, len(names)), names)
        return list(cursor.fetchall())


@cache
def _sql(columns: str, count: int) -> str:
    table = connection.ops.quote_name(Area._meta.db_table)
    return f"SELECT {columns} FROM {table} WHERE name IN ({', '.join(['%s'] * count)}) ORDER BY name"  # noqa: S608

"""Deeds on pages: tell that an area's content changed."""

import datetime

from django.db import connection

from .models import Area


def changed(*areas: str, now: datetime.datetime) -> None:
    """Say, inside the writing transaction, that pages which show any of ``areas`` are no longer the same.

    Call it last in a deed: the areas' rows stay locked until the deed ends. They are raised in one order, so that
    two deeds never wait for each other. One statement each makes the row or raises its number: of two deeds that
    are the first to change an area, neither is lost.
    """
    table = connection.ops.quote_name(Area._meta.db_table)
    sql = (
        f"INSERT INTO {table} (name, number, changed_at) VALUES (%s, 1, %s)"  # noqa: S608
        f" ON CONFLICT (name) DO UPDATE SET number = {table}.number + 1, changed_at = excluded.changed_at"
    )
    moment = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        for area in sorted(set(areas)):
            cursor.execute(sql, [area, moment])

"""Annotations whose SQL is written once in each process, and not for every page anew.

Writing SQL from a queryset with subqueries costs several times what the database needs to answer it. What an
annotation says stays the same from one page to the next; only the person and the moment in it differ.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import connections
from django.db.models import Field, QuerySet
from django.db.models.expressions import RawSQL

Rows = TypeVar("Rows", bound=QuerySet[Any])
Value = int | datetime
_PLACE = 4_611_686_018_427_387_000  # stands in the SQL where a number comes; no row has it for its key
_MOMENT = datetime.fromisoformat("1111-11-11T11:11:11+00:00")  # the same for a moment


@dataclass(frozen=True, slots=True)
class _Written:
    """One annotation: its SQL, what goes into it, and at which places of that a value of the caller comes."""

    sql: str
    params: tuple[Any, ...]
    places: tuple[tuple[int, str], ...]
    field: Field[Any, Any]


_written: dict[Any, dict[str, _Written]] = {}


def annotate(rows: Rows, build: Callable[..., QuerySet[Any]], **values: Value) -> Rows:
    """``rows`` with the annotations that ``build(rows, **values)`` gives them.

    ``build`` only annotates, by columns of the rows' own table, and writes the same SQL whatever the ``values`` are.
    """
    connection = connections[rows.db]
    key = (build, rows.model, connection.vendor, *sorted(values))
    if key not in _written:
        _written[key] = _write(rows, build, values)
    annotations = {}
    for name, each in _written[key].items():
        params = list(each.params)
        for index, value in each.places:
            params[index] = _adapted(values[value], like=params[index], connection=connection)
        annotations[name] = RawSQL(each.sql, params, each.field)  # noqa: S611  the SQL is Django's own
    return rows.annotate(**annotations)


def _write(rows: QuerySet[Any], build: Callable[..., QuerySet[Any]], values: dict[str, Value]) -> dict[str, _Written]:
    connection = connections[rows.db]
    marks: dict[str, Value] = {
        name: _MOMENT + timedelta(days=index) if isinstance(value, datetime) else _PLACE + index
        for index, (name, value) in enumerate(sorted(values.items()))
    }
    query = build(rows.model._base_manager.using(rows.db), **marks).query
    compiler = query.get_compiler(using=rows.db)
    found = {}
    for name, annotation in query.annotations.items():
        sql, params = compiler.compile(annotation)
        places = tuple(
            (index, value)
            for index, param in enumerate(params)
            for value, mark in marks.items()
            if type(param) is not bool and param == _adapted(mark, like=param, connection=connection)
        )
        found[name] = _Written(sql, tuple(params), places, annotation.output_field)
    return found


def _adapted(value: Value, *, like: Any, connection: Any) -> Any:
    """A value as the database takes it where ``like`` stands."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return type(like)(value) if isinstance(like, int) else value

"""Annotations and small queries whose SQL is written once in each process, and not for every page anew.

Writing SQL from a queryset costs several times what the database needs to answer it. What a page asks stays the same
from one to the next; only the person, the moment and the thing in it differ.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db import connection as main
from django.db import connections
from django.db.models import Field, Model, QuerySet
from django.db.models.expressions import RawSQL

Rows = TypeVar("Rows", bound=QuerySet[Any])
Row = TypeVar("Row", bound=Model)
Value = int | str | date | datetime
_PLACE = 4_611_686_018_427_387_000  # stands in the SQL where a number comes; no row has it for its key
_MOMENT = datetime.fromisoformat("1111-11-11T11:11:11+00:00")  # the same for a moment


@dataclass(frozen=True, slots=True)
class _Written:
    """One annotation: its SQL, what goes into it, and at which places of that a value of the caller comes."""

    sql: str
    params: tuple[Any, ...]
    places: tuple[tuple[int, str], ...]
    field: Field[Any, Any]


@dataclass(frozen=True, slots=True)
class _Asked:
    """One query, in the same way."""

    model: type[Model]
    sql: str
    params: tuple[Any, ...]
    places: tuple[tuple[int, str], ...]


_written: dict[Any, dict[str, _Written]] = {}
_asked: dict[Any, _Asked] = {}


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
        params = _filled(each, values, connection)
        annotations[name] = RawSQL(each.sql, params, each.field)  # noqa: S611  the SQL is Django's own
    return rows.annotate(**annotations)


def ask(build: Callable[..., QuerySet[Row]], **values: Value) -> list[Row]:
    """What ``build(**values)`` finds, with nothing of other tables selected along.

    ``build`` writes the same SQL whatever the ``values`` are; a piece of text is compared as text, not as JSON.
    """
    key = (build, main.vendor, *sorted(values))
    if key not in _asked:
        marks = _marks(values)
        found = build(**marks)
        sql, params = found.query.get_compiler(connection=main).as_sql()
        _asked[key] = _Asked(found.model, sql, tuple(params), _places(params, marks, main))
    asked = _asked[key]
    return list(asked.model._base_manager.raw(asked.sql, _filled(asked, values, main)))  # type: ignore[arg-type]


def one(build: Callable[..., QuerySet[Row]], **values: Value) -> Row | None:
    """The first that ``ask`` finds; None where it finds nothing."""
    return next(iter(ask(build, **values)), None)


def _write(rows: QuerySet[Any], build: Callable[..., QuerySet[Any]], values: dict[str, Value]) -> dict[str, _Written]:
    connection = connections[rows.db]
    marks = _marks(values)
    query = build(rows.model._base_manager.using(rows.db), **marks).query
    compiler = query.get_compiler(using=rows.db)
    found = {}
    for name, annotation in query.annotations.items():
        sql, params = compiler.compile(annotation)
        found[name] = _Written(sql, tuple(params), _places(params, marks, connection), annotation.output_field)
    return found


def _marks(values: dict[str, Value]) -> dict[str, Any]:
    """For each value one of its kind that stands nowhere else, to find the place where it goes."""
    marks: dict[str, Any] = {}
    for index, (name, value) in enumerate(sorted(values.items())):
        if isinstance(value, datetime):
            marks[name] = _MOMENT + timedelta(days=index)
        elif isinstance(value, date):
            marks[name] = _MOMENT.date() + timedelta(days=index)
        else:
            marks[name] = f"{_PLACE + index}" if isinstance(value, str) else _PLACE + index
    return marks


def _places(params: Sequence[Any], marks: dict[str, Any], connection: Any) -> tuple[tuple[int, str], ...]:
    return tuple(
        (index, name)
        for index, param in enumerate(params)
        for name, mark in marks.items()
        if type(param) is not bool and param == _adapted(mark, like=param, connection=connection)
    )


def _filled(written: _Written | _Asked, values: dict[str, Value], connection: Any) -> list[Any]:
    params = list(written.params)
    for index, name in written.places:
        params[index] = _adapted(values[name], like=params[index], connection=connection)
    return params


def _adapted(value: Value, *, like: Any, connection: Any) -> Any:
    """A value as the database takes it where ``like`` stands."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return type(like)(value) if isinstance(like, int) else value

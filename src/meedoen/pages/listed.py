"""Lists that page by key: what stands below or above a place costs the same wherever it is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, Self, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

Row = TypeVar("Row")


class Listed(Protocol):
    """A queryset in the order of a list; its rows have a ``key``."""

    def newest_first(self) -> Self: ...
    def oldest_first(self) -> Self: ...
    def older_than(self, key: Any) -> Self: ...
    def newer_than(self, key: Any) -> Self: ...
    def exists(self) -> bool: ...
    def __getitem__(self, part: slice) -> Any: ...


@dataclass(frozen=True, slots=True)
class ListPage(Generic[Row]):
    """Rows that stand together on one page, the newest first, and whether the list goes on at either end."""

    rows: list[Row]
    has_newer: bool
    has_older: bool

    @property
    def newer_key(self) -> str:
        """The place above which the newer page ends; empty when there is none."""
        return str(self.rows[0].key) if self.has_newer and self.rows else ""  # type: ignore[attr-defined]

    @property
    def older_key(self) -> str:
        """The place below which the older page begins; empty when there is none."""
        return str(self.rows[-1].key) if self.has_older else ""  # type: ignore[attr-defined]


def list_page(listed: Listed, *, size: int, before: Any = None, after: Any = None) -> ListPage[Any]:
    """One page: what stands below the key ``before``, or just above ``after``.

    Where less than a page stands above ``after``, or neither is given, it is the first page. Two queries at most.
    """
    if before:
        found = list(listed.older_than(before).newest_first()[: size + 1])
        has_newer = listed.newer_than(found[0].key if found else before).exists()
        return ListPage(found[:size], has_newer=has_newer, has_older=len(found) > size)
    if after:
        found = list(listed.newer_than(after).oldest_first()[: size + 1])
        if len(found) > size:
            found = found[size - 1 :: -1]
            return ListPage(found, has_newer=True, has_older=listed.older_than(found[-1].key).exists())
    found = list(listed.newest_first()[: size + 1])
    return ListPage(found[:size], has_newer=False, has_older=len(found) > size)


def below(field: str, at: Any, number: int) -> Q:
    """What stands below a place in a list by ``field``, the newest first, where ``id`` decides between equals.

    The first part says nothing new: by it a database begins at the place, and not at the beginning of the list.
    """
    return Q(**{f"{field}__lte": at}) & (Q(**{f"{field}__lt": at}) | Q(id__lt=number))


def above(field: str, at: Any, number: int) -> Q:
    """What stands above it; as ``below``."""
    return Q(**{f"{field}__gte": at}) & (Q(**{f"{field}__gt": at}) | Q(id__gt=number))


class KeyField(forms.Field):
    """A place in a list, in a query string; ``parse`` raises ``ValueError`` for what is none."""

    def __init__(self, parse: Callable[[str], Any]) -> None:
        super().__init__(required=False)
        self.parse = parse

    def to_python(self, value: Any) -> Any:
        if not value:
            return None
        try:
            return self.parse(value)
        except ValueError:
            raise ValidationError(_("Deze plek in de lijst kennen we niet. Je ziet nu het begin.")) from None

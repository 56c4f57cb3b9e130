"""The register of personal data: each package declares what it holds, and how that is handed over and erased.

A test reads the schema: a table that can hold personal data and that no declaration covers fails the build.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

from meedoen.people.models import Person

Words = str | Promise


@dataclass(frozen=True)
class Erasing:
    """How somebody wants to leave: with their texts, or leaving these behind without a name."""

    with_texts: bool
    now: datetime


@dataclass(frozen=True)
class Holding:
    """A kind of personal data.

    ``what``, ``why``, ``basis`` (AVG art. 6) and ``until`` are sentences for the person and for the register of
    processing (AVG art. 30). ``export`` gives values that JSON can hold. ``erase`` runs inside a transaction. ``page`` names a
    page of its own where the person sees and settles it.
    """

    name: Words
    tables: tuple[type[Model], ...]
    what: Words
    why: Words
    basis: Words
    until: Words
    export: Callable[[Person], list[dict[str, Any]]]
    erase: Callable[[Person, Erasing], None]
    page: str = ""


_holdings: list[Holding] = []


def register(holding: Holding) -> None:
    """Declare a kind of personal data; at start-up."""
    if holding.name not in [each.name for each in _holdings]:
        _holdings.append(holding)


def holdings() -> list[Holding]:
    """All kinds, from the top of the house down (the order of INSTALLED_APPS), so that who somebody is goes last."""
    return list(_holdings)

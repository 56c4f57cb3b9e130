"""What somebody sees of what the vault keeps of them: opened for them, with who looked and their consents."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from meedoen.people.models import Person

from . import actions, rules
from .models import Consent, Look, Sealed
from .rules import Ending, Purpose, Reason

Words = str | Promise


@dataclass(frozen=True)
class Glance:
    """A look, in words."""

    who: str
    why: Words
    at: datetime


@dataclass(frozen=True)
class Need:
    """What is kept for one thing; without ``content`` where it was erased, or cannot be read because of ``problem``."""

    number: int
    title: str
    purpose: Words
    content: dict[str, Any]
    lines: list[str]
    put_at: datetime
    until: datetime
    erased_at: datetime | None
    ending: Words
    problem: str
    looks: list[Glance]


def needs_of(person: Person) -> list[Need]:
    """All that stands or stood in the vault of somebody, what ends first on top, what was erased last."""
    rows = list(Sealed.objects.filter(person=person).order_by("-erased_at", "until", "pk"))
    rows.sort(key=lambda row: row.erased_at is not None)
    looks: dict[int, list[Glance]] = defaultdict(list)
    for look in Look.objects.filter(sealed__person=person).select_related("reader").order_by("-at", "-pk"):
        looks[look.sealed_id].append(_glance(look))
    return [_need(row, looks[row.pk]) for row in rows]


def need_of(person: Person, number: int) -> Need | None:
    """One of them, when there is such a one and it was not erased."""
    row = Sealed.objects.kept().filter(person=person, pk=number).first()
    return _need(row, []) if row else None


def consents_of(person: Person) -> list[Consent]:
    """What somebody said yes to, the newest first, with those that were taken back."""
    return list(
        Consent.objects.filter(person=person).select_related("wording", "given_by").order_by("-given_at", "-pk")
    )


def _need(row: Sealed, looks: list[Glance]) -> Need:
    content: dict[str, Any] = {}
    problem = ""
    if row.erased_at is None:
        try:
            content = actions.own(row)
        except actions.CannotRead as refused:
            problem = str(refused)
    content.pop(actions.COUNTED, None)
    return Need(
        number=row.pk,
        title=row.title,
        purpose=rules.PURPOSES[Purpose(row.purpose)],
        content=content,
        lines=[line for value in content.values() for line in _lines(value)],
        put_at=row.put_at,
        until=row.until,
        erased_at=row.erased_at,
        ending=rules.ENDINGS[Ending(row.ending)] if row.ending else "",
        problem=problem,
        looks=looks,
    )


def _lines(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)] if value not in ("", None) else []


def _glance(look: Look) -> Glance:
    if look.receiver:
        who = _("Per mail aan %(receiver)s") % {"receiver": look.receiver}
    else:
        who = (look.reader and look.reader.name) or _("Iemand die niet meer meedoet")
    return Glance(who, rules.REASONS[Reason(look.reason)], look.at)

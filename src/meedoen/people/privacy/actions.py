"""The deeds of privacy: hand over everything, erase everything."""

from datetime import datetime
from typing import Any

from django.db import transaction

from meedoen.people.models import Person

from .register import Erasing, holdings


def everything_about(person: Person, *, now: datetime) -> dict[str, Any]:
    """All that is known of somebody, as JSON can hold it, each kind with why and how long."""
    return {
        "gemaakt op": now.isoformat(timespec="seconds"),
        "gegevens": [
            {
                "naam": str(holding.name),
                "wat": str(holding.what),
                "waarom": str(holding.why),
                "grondslag": str(holding.basis),
                "hoe_lang": str(holding.until),
                "rijen": holding.export(person),
            }
            for holding in reversed(holdings())
        ],
    }


@transaction.atomic
def erase(person: Person, *, with_texts: bool, now: datetime) -> None:
    """Erase somebody; threads stay readable. Twice is once."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.erased_at:
        return
    for holding in holdings():
        holding.erase(person, Erasing(with_texts=with_texts, now=now))

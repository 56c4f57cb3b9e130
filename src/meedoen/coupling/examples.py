"""Asks and offers that show how coupling works, for a demonstration; each says that it is an example."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from meedoen.municipalities.models import Municipality
from meedoen.people.models import Address, Person

from . import actions
from .actions import Answers
from .models import CouplingRequest
from .rules import For, Length, Side, Way

EXAMPLES = Path(__file__).parent / "data" / "examples.json"
MAILBOX = "voorbeeld.example"  # nobody's: a domain that cannot exist (RFC 2606)


@transaction.atomic
def load(*, now: datetime) -> int:
    """Ask and offer the examples where nothing was asked yet, through the deeds that people use; how many."""
    if CouplingRequest.objects.exists():
        return 0
    told = json.loads(EXAMPLES.read_text(encoding="utf-8"))["requests"]
    places = {each.code: each for each in Municipality.objects.current()}
    for each in told:
        _ask(each, places, now)
    return len(told)


def _ask(told: dict[str, Any], places: dict[str, Municipality], now: datetime) -> None:
    at = now - timedelta(days=told["days_ago"])
    answers = Answers(
        text=told["text"],
        kind=For(told["kind"]),
        ways=tuple(Way(each) for each in told["ways"]),
        length=Length(told["length"]),
        themes=tuple(told["themes"]),
        municipality=places[told["municipality"]],
        at_most=told.get("at_most"),
    )
    actions.ask(Side(told["side"]), answers, person=_person(told["by"], at), now=at, is_mailed=False)


def _person(name: str, now: datetime) -> Person:
    address = Address.objects.of(f"{name.partition(' ')[0].lower()}-koppelt@{MAILBOX}")
    address.verified_at = address.trusted_at = now
    address.save()
    return Person.objects.create(address=address, name=name, joined_at=now)

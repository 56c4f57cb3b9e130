"""Topics that show how the forum works, for a demonstration; each says that it is an example."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from meedoen.conversation import actions as conversation
from meedoen.conversation import thanking
from meedoen.conversation.models import Contribution
from meedoen.people.models import Address, Person

from . import actions
from .models import Topic
from .rules import Kind

EXAMPLES = Path(__file__).parent / "data" / "examples.json"
MAILBOX = "voorbeeld.example"  # nobody's: a domain that cannot exist (RFC 2606)
BETWEEN = timedelta(hours=3)  # two contributions


@transaction.atomic
def load(*, now: datetime) -> int:
    """Begin the examples in a forum where nothing stands yet, through the deeds that people use; how many."""
    if Topic.objects.exists():
        return 0
    told = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    people = {name: _person(name, facts, now) for name, facts in told["people"].items()}
    for each in told["topics"]:
        _begin(each, people, now)
    return len(told["topics"])


def _begin(told: dict[str, Any], people: dict[str, Person], now: datetime) -> None:
    begun_at = now - timedelta(days=told["days_ago"])
    usual: dict[str, Any] = {"hides_name": False, "score": 0, "looks_like_spam": False}
    first, *others = told["contributions"]
    written = [
        actions.begin(
            category=told["category"],
            kind=Kind(told["kind"]),
            title=told["title"],
            text=first["text"],
            person=people[first["by"]],
            now=begun_at,
            **usual,
        )
    ]
    for number, each in enumerate(others, 1):
        at = min(begun_at + number * BETWEEN, now)
        answered = written[each["answers"] - 1] if "answers" in each else None
        answer = conversation.contribute(
            written[0].thread,
            person=people[each["by"]],
            text=each["text"],
            reply_to=Contribution.objects.get(pk=answered.pk) if answered else None,
            now=at,
            **usual,
        )
        for name in each.get("thanked_by", []):
            thanking.thank(answer, people[name], now=at)
        if each.get("helped"):
            actions.say_helped(answer, True, now=at)
        written.append(answer)


def _person(name: str, facts: dict[str, str], now: datetime) -> Person:
    address = Address.objects.of(f"{name}-op-het-forum@{MAILBOX}")
    address.verified_at = address.trusted_at = now
    address.save()
    return Person.objects.create(address=address, name=facts["name"], role=facts["role"], joined_at=now)

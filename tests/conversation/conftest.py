"""A thread below an article, and people to write in it."""

from datetime import UTC, datetime, timedelta

import pytest

from meedoen.conversation import actions
from meedoen.conversation.models import Contribution, Thread
from meedoen.conversation.moderation import actions as moderation
from meedoen.conversation.moderation import rules
from meedoen.conversation.moderation.rules import Deed
from meedoen.conversation.rules import State
from meedoen.people.models import Address, Person

NOW = datetime(2026, 12, 3, 13, 0, tzinfo=UTC)  # donderdag 3 december 2026, 14.00 uur
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def approve(contribution, *, now):
    """Let Carla of the project team approve it."""
    return decide(contribution, Deed.APPROVE, now=now).contribution


def standing(state) -> dict:
    """What the row of a contribution holds when it stands there, beside its words."""
    waits = state in (State.WAITING, State.HIDDEN)
    return {"state": state, "waits_since": NOW if waits else None}


def decide(contribution, deed, *, now, **more):
    """Let Carla of the project team decide."""
    address = Address.objects.of("carla@voorbeeld.example")
    carla = Person.objects.filter(address=address).first() or Person.objects.create(
        address=address, name="Carla", joined_at=now, is_team=True
    )
    words = Contribution.objects.get(pk=contribution.pk).judged
    return moderation.decide(contribution, deed, by=carla, now=now, **{"read": rules.mark_of(words), **more})


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def thread(db, now):
    return Thread.objects.about("article", "1", title="Een bericht", url="/nieuws/een-bericht/", now=now)


@pytest.fixture
def person(db, now):
    """A function that makes somebody; ``trusted``: the team approved something of theirs before."""

    def make(name="Ans", *, trusted=True, **fields):
        address = Address.objects.of(f"{name.lower()}@voorbeeld.example")
        address.verified_at = now
        address.trusted_at = now if trusted else None
        address.save()
        return Person.objects.create(address=address, name=name, joined_at=now, **fields)

    return make


@pytest.fixture
def write(thread, now):
    """A function that adds a contribution."""

    def add(person, text="Goed bericht.", *, now=now, hides_name=False, looks_like_spam=False, thread=thread):
        return actions.contribute(
            thread,
            person=person,
            text=text,
            hides_name=hides_name,
            score=0,
            looks_like_spam=looks_like_spam,
            now=now,
        )

    return add

"""Celebrations, the municipalities that celebrate, and the cast."""

from datetime import UTC, datetime

import pytest

from meedoen.celebrations import actions
from meedoen.celebrations.actions import Facts
from meedoen.celebrations.rules import Deed
from meedoen.kernel import clock
from meedoen.municipalities.models import Municipality
from meedoen.people.models import Address, Person
from meedoen.people.standing.models import Contact

NOW = datetime(2026, 12, 3, 13, 0, tzinfo=UTC)  # donderdag 3 december 2026, 14.00 uur


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def at(monkeypatch, now):
    """A function that sets the clock; it stands at ``now``."""

    def go(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    go(now)
    return go


@pytest.fixture
def municipality(db):
    """A function that gives a municipality by its name, made when it is new."""

    def make(name="Utrecht"):
        found = Municipality.objects.filter(name=name).first()
        number = Municipality.objects.count() + 1
        return found or Municipality.objects.create(
            code=f"GM9{number:03}",
            name=name,
            official_name=name,
            slug=name.lower(),
            sort_name=name.lower(),
            is_current=True,
        )

    return make


@pytest.fixture
def person(db, now):
    """A function that makes somebody whose address is proven."""

    def make(name="Ans", **fields):
        address = Address.objects.of(f"{name.lower()}@voorbeeld.example")
        address.verified_at = now
        address.save()
        return Person.objects.create(address=address, name=name, joined_at=now, **fields)

    return make


@pytest.fixture
def carla(person):
    return person("Carla", is_team=True)


@pytest.fixture
def contact(person, carla, municipality, now):
    """Bram, contact of Utrecht."""
    bram = person("Bram")
    Contact.objects.create(person=bram, municipality=municipality(), made_by=carla, made_at=now)
    return bram


@pytest.fixture
def facts(municipality):
    """A function that tells something."""

    def make(title="De agenda is klaar", *, of=("Utrecht",), **more):
        usual = {"kind": "vastgesteld", "text": "De hele raad stemde voor.", "happened": "2026-11-12"}
        return Facts(title=title, municipalities=tuple(municipality(name) for name in of), **{**usual, **more})

    return make


@pytest.fixture
def offered(facts, person, now):
    """A function that gives a celebration that waits for the team, told by Ans."""

    def make(title="De agenda is klaar", *, by=None, now=now, **more):
        teller = by or Person.objects.filter(name="Ans").first() or person("Ans")
        return actions.offer(facts(title, **more), person=teller, now=now)

    return make


@pytest.fixture
def published(offered, carla, now):
    """A function that gives one that the team placed."""

    def make(title="De agenda is klaar", *, now=now, **more):
        found = offered(title, now=now, **more)
        return actions.decide(found, Deed.PUBLISH, by=carla, seen=found.mark, now=now)

    return make

"""Barriers, who gets stuck, and the team."""

from datetime import UTC, datetime

import pytest

from meedoen.barriers import actions
from meedoen.barriers.actions import Facts
from meedoen.kernel import clock
from meedoen.people.models import Address, Person

NOW = datetime(2026, 11, 28, 13, 0, tzinfo=UTC)  # zaterdag 28 november 2026, 14.00 uur
FACTS = Facts("De kaart vraagt een muis", "Met het toetsenbord kom je er niet.", "2.1.1", ("/gemeenten/",))


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
def told(db, now):
    """A function that lets somebody tell where they are stuck."""

    def tell(doing="Ik kom niet op de kaart.", person=None, **more):
        given = {"path": "/gemeenten/", "place": "", "using": "toetsenbord", "network": "10.0.0.0", "now": now}
        return actions.tell(doing=doing, person=person, **{**given, **more})

    return tell


@pytest.fixture
def barrier(carla, now):
    """A function that puts a barrier on the list."""

    def make(title=FACTS.title, report=None):
        facts = Facts(title, FACTS.text, FACTS.criterion, FACTS.pages)
        return actions.make(facts, report=report, by=carla, now=now)

    return make

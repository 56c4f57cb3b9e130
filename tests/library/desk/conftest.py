"""Who comes to the desk: Carla of the team, Bram of Utrecht, Fatima of Almere; and a text in one line."""

import pytest

from meedoen.library.desk import actions
from meedoen.library.desk.content import empty
from meedoen.library.rules import Kind
from meedoen.municipalities.models import Municipality
from meedoen.people.models import Address, Person
from meedoen.people.standing.actions import make_contact


@pytest.fixture
def person(db, now):
    """A function that makes somebody."""

    def make(name, **fields):
        address = Address.objects.create(email=f"{name.lower()}@voorbeeld.example", verified_at=now)
        return Person.objects.create(address=address, name=name, joined_at=now, **fields)

    return make


@pytest.fixture
def carla(person):
    return person("Carla", is_team=True)


@pytest.fixture
def utrecht(register):
    return Municipality.objects.get(name="Utrecht")


@pytest.fixture
def bram(person, carla, utrecht, now):
    bram = person("Bram")
    make_contact(bram, utrecht, by=carla, now=now)
    return bram


@pytest.fixture
def fatima(person, carla, register, now):
    fatima = person("Fatima")
    make_contact(fatima, Municipality.objects.get(name="Almere"), by=carla, now=now)
    return fatima


@pytest.fixture
def full():
    """A function that gives a practice in which nothing is missing, with what is told otherwise."""

    def make(**fields):
        return {
            **empty(),
            "title": "Een speeltuin voor iedereen",
            "summary": "Kinderen bedachten de speeltuin zelf.",
            "body": "We begonnen op school.",
            "with_whom": "Met kinderen.",
            "residents": "Zij tekenden.",
            "cost": "Weinig.",
            "result": "Een schommel.",
            "pitfalls": "De tijd.",
            "contact": "Team speelplekken",
            "checked_on": "2026-11-01",
            "themes": ["openbare-ruimte"],
            **fields,
        }

    return make


@pytest.fixture
def saved(carla, register, full, now):
    """A function that makes a saved text."""

    def make(kind=Kind.PRACTICE, *, by=None, municipality=None, **fields):
        by = by or carla
        work = actions.begin(kind, municipality=municipality, by=by, now=now)
        mine = [municipality.code] if municipality else []
        return actions.save(work, full(municipalities=mine, **fields), base=0, by=by, now=now)

    return make

"""Bram of Voorbeeldstad, its contact Gijs, Fatima who is the contact of another municipality, and Carla of the team."""

import pytest

from meedoen.kernel import clock
from meedoen.municipalities.models import Municipality
from meedoen.people.models import Address, Person
from meedoen.people.standing import actions
from meedoen.people.standing.models import MailDomain


def person(name, email="", *, is_team=False):
    address = Address.objects.of(email or f"{name.lower()}@voorbeeld.example")
    address.verified_at = address.trusted_at = clock.now()
    address.save()
    return Person.objects.create(address=address, name=name, joined_at=clock.now(), is_team=is_team)


def municipality(name, code):
    return Municipality.objects.create(
        code=code, name=name, official_name=name, slug=name.lower(), sort_name=name.lower()
    )


@pytest.fixture
def town(db):
    return municipality("Voorbeeldstad", "9001")


@pytest.fixture
def village(db):
    return municipality("Anderdorp", "9002")


@pytest.fixture
def carla(db):
    return person("Carla", is_team=True)


@pytest.fixture
def bram(db):
    return person("Bram", "bram@voorbeeldstad.example")


@pytest.fixture
def gijs(town, carla):
    """The contact of the town."""
    gijs = person("Gijs", "gijs@voorbeeldstad.example")
    actions.make_contact(gijs, town, by=carla, now=clock.now())
    return gijs


@pytest.fixture
def fatima(village, carla):
    """The contact of another municipality."""
    fatima = person("Fatima", "fatima@anderdorp.example")
    actions.make_contact(fatima, village, by=carla, now=clock.now())
    return fatima


@pytest.fixture
def domain(town, carla):
    """The town's mail domain, approved."""
    actions.approve_domain("voorbeeldstad.example", [town], by=carla, now=clock.now())
    return MailDomain.objects.get()


@pytest.fixture
def asked(bram, town, gijs):
    """What Bram asked of the town."""
    return actions.ask(bram, town, words="Ik maak de agenda.", now=clock.now())


@pytest.fixture
def given(asked, gijs):
    """Bram speaks for the town, because Gijs said so."""
    return actions.decide(asked, granted=True, by=gijs, reason="", now=clock.now())

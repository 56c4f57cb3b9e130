"""Meetings, who organises them, and the cast."""

from datetime import UTC, datetime, timedelta

import pytest

from meedoen.kernel import clock
from meedoen.meetings.models import Meeting
from meedoen.municipalities.models import Municipality, Province
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
    """A function that gives a municipality by its name, made when it is new, in the province Utrecht."""

    def make(name="Utrecht"):
        found = Municipality.objects.filter(name=name).first()
        number = Municipality.objects.count() + 1
        province, _made = Province.objects.get_or_create(code="PV26", defaults={"name": "Utrecht", "slug": "utrecht"})
        return found or Municipality.objects.create(
            code=f"GM9{number:03}",
            name=name,
            official_name=name,
            slug=name.lower(),
            sort_name=name.lower(),
            province=province,
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
def bram(person, carla, municipality, now):
    """Bram, contact of Utrecht."""
    bram = person("Bram")
    Contact.objects.create(person=bram, municipality=municipality(), made_by=carla, made_at=now)
    return bram


@pytest.fixture
def meeting(db, now):
    """A function that makes an online meeting of the team; published and in a week, unless told otherwise."""

    def make(title="Praat mee over wonen", *, begins=NOW + timedelta(days=7), hours=2, **fields):
        usual = {
            "slug": title.lower().replace(" ", "-"),
            "summary": "Samen praten over wonen.",
            "form": "online",
            "online_program": "Zoom",
            "starts_at": begins,
            "ends_at": begins and begins + timedelta(hours=hours),
            "published_at": now - timedelta(days=1),
            "made_at": now - timedelta(days=2),
            "changed_at": now - timedelta(days=1),
            "contact_name": "Carla",
            "contact_email": "carla@voorbeeld.example",
        }
        return Meeting.objects.create(title=title, **{**usual, **fields})

    return make

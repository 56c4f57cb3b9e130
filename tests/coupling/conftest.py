"""Who asks and who offers, and the team."""

from datetime import UTC, datetime

import pytest
from tests.barriers.conftest import at as at
from tests.barriers.conftest import carla as carla
from tests.barriers.conftest import person as person

from meedoen.coupling import actions
from meedoen.coupling.actions import Answers
from meedoen.coupling.rules import For, Length, Side, Way
from meedoen.municipalities.models import Municipality, Province
from meedoen.themes.actions import load_themes

NOW = datetime(2026, 11, 28, 13, 0, tzinfo=UTC)  # zaterdag 28 november 2026, 14.00 uur


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def themes(db, now):
    load_themes(now=now)


@pytest.fixture
def utrecht(db):
    province = Province.objects.create(code="PV26", name="Utrecht", slug="provincie-utrecht")
    return Municipality.objects.create(code="GM0344", name="Utrecht", slug="utrecht", province=province)


@pytest.fixture
def answers():
    """A function that gives answers, with what is told otherwise."""

    def make(**fields):
        given = {"text": "Hoe kiezen we stembureaus?", "kind": For.RESIDENT, "ways": (Way.CALL,), "length": Length.ONCE}
        return Answers(**{**given, **fields})

    return make


@pytest.fixture
def ans(person):
    return person("Ans")


@pytest.fixture
def asked(themes, answers, ans, now):
    """A function that lets Ans ask or offer something."""

    def make(side=Side.ASK, *, now=now, who=ans, **fields):
        return actions.ask(side, answers(**fields), person=who, now=now)

    return make

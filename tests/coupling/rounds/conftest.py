"""Who asks and offers, from where."""

import pytest

from meedoen.coupling import actions
from meedoen.coupling.actions import Answers
from meedoen.coupling.rules import For, Length, Way
from meedoen.municipalities.models import Municipality, Province

PLACES = {
    "utrecht": ("GM0344", "Utrecht", 360_000, 93.8, 5.12, 52.09),
    "almere": ("GM0034", "Almere", 215_000, 129.2, 5.22, 52.35),
    "zwolle": ("GM0193", "Zwolle", 130_000, 111.2, 6.09, 52.51),
    "breda": ("GM0758", "Breda", 184_000, 125.7, 4.77, 51.59),
    "vaals": ("GM0981", "Vaals", 10_000, 23.9, 6.02, 50.77),
}


@pytest.fixture
def places(db):
    """Five municipalities, by their address."""
    province = Province.objects.create(code="PV26", name="Utrecht", slug="provincie-utrecht")
    return {
        slug: Municipality.objects.create(
            code=code, name=name, slug=slug, province=province, population=population, population_year=2021,
            land_area_km2=land, longitude=longitude, latitude=latitude,
        )
        for slug, (code, name, population, land, longitude, latitude) in PLACES.items()
    }  # fmt: skip


@pytest.fixture
def told(themes, places, person, ans, now):
    """A function that lets somebody of a municipality ask or offer something."""

    def tell(name, side, text, place, themes, **fields):
        given = {"kind": For.MUNICIPALITY, "ways": (Way.CALL, Way.ONLINE), "length": Length.ONCE, **fields}
        answers = Answers(text=text, themes=tuple(themes), municipality=places.get(place), **given)
        return actions.ask(side, answers, person=ans if name == "Ans" else person(name), now=now)

    return tell

"""What time alone brings to readers is found too, and noted once."""

import datetime

import pytest
from tests.library.conftest import NOW
from tests.library.conftest import article as article
from tests.library.conftest import themes as themes
from tests.meetings.conftest import meeting as meeting
from tests.search.sourced import noted

from meedoen.kernel import clock
from meedoen.library.agendas.models import InclusionAgenda
from meedoen.municipalities.models import Municipality
from meedoen.search import actions, arriving
from meedoen.search.models import Entry

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def at(monkeypatch):
    def go(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)
        return moment

    return go


def test_what_was_planned_is_noted_when_its_moment_came_and_once(article, meeting, themes, at):
    at(NOW)
    town = Municipality.objects.create(code="GM1", name="Stad", official_name="Stad", slug="stad", sort_name="stad")
    planned = {"published_at": NOW + HOUR}
    InclusionAgenda.objects.create(slug="stad", name="Agenda", municipality=town, updated_at=NOW, **planned)
    kinds = {"news": "nieuws", "guide": "handreiking", "tool": "hulpmiddel"}
    made = {(name, str(article(kind, kind=kind, **planned).pk)) for name, kind in kinds.items()}
    made.add(("meeting", str(meeting(begins=NOW + 3 * HOUR, **planned).pk)))
    made.add(("agenda", str(InclusionAgenda.objects.get().pk)))
    actions.catch_up(now=NOW)
    assert arriving.note(now=NOW) == 0
    later = at(NOW + 2 * HOUR)
    assert arriving.note(now=later) == len(made)
    assert arriving.note(now=later) == 0
    assert noted(forget=False) == made
    actions.catch_up(now=later)
    assert made <= set(Entry.objects.values_list("kind", "key"))
    assert arriving.note(now=later) == 0

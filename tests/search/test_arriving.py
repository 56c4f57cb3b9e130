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
from meedoen.search.actions import read_unwatched
from meedoen.search.models import Entry
from meedoen.search.sources import source
from meedoen.themes.actions import load_convention

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


def test_of_a_kind_that_is_new_all_is_noted(article, themes):
    made = [str(article(f"nieuws-{number}").pk) for number in (1, 2)]
    noted()
    read_unwatched()
    assert arriving.note_unread() == len(made)
    assert noted(forget=False) == {("news", key) for key in made}
    actions.catch_up(now=NOW)
    assert arriving.note_unread() == 0


def test_what_comes_with_the_software_is_read_at_each_start(themes):
    load_convention(now=NOW)
    noted()
    read_unwatched()
    assert {kind: Entry.objects.of_kind(kind).count() for kind in ("page", "convention")} == {
        kind: len([*source(kind).keys()]) for kind in ("page", "convention")
    }

"""What is offered: by Elif, who has no account, or by Ans; Carla of the team reads it."""

import pytest
from tests.library.desk.conftest import bram as bram
from tests.library.desk.conftest import carla as carla
from tests.library.desk.conftest import person as person
from tests.library.desk.conftest import utrecht as utrecht

from meedoen.kernel import clock
from meedoen.library.desk import actions as desk
from meedoen.library.models import Work
from meedoen.library.offering import actions


@pytest.fixture
def at(monkeypatch, now):
    """A function that sets the clock; it stands at ``now``."""

    def go(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    go(now)
    return go


@pytest.fixture
def answers(utrecht):
    """A function that gives what somebody answers, with what is told otherwise."""

    def make(**fields):
        return {
            "title": "Een speeltuin voor ieder kind",
            "municipality": str(utrecht.pk),
            "text": "We begonnen op school.",
            "happened": "2026-10",
            "with_whom": "Met kinderen.",
            "residents": "",
            "cost": "Weinig.",
            "result": "",
            "pitfalls": "",
            "themes": ["openbare-ruimte"],
            "contact": "Joost, 030 000 00 00",
            "shows_contact": False,
            **fields,
        }

    return make


@pytest.fixture
def ans(person):
    return person("Ans")


@pytest.fixture
def offered(answers, ans, now):
    """A function that gives a practice that Ans offered."""

    def make(*, now=now, **fields):
        made = actions.offer(answers(**fields), person=ans, now=now)
        return fresh(made)

    return make


@pytest.fixture
def published(offered, carla, now):
    """A function that gives one that Carla published."""

    def make(**fields):
        made = offered(**{"shows_contact": True, **fields})
        work = Work.objects.get(pk=made.work_id)
        more = {"summary": "Kinderen bedachten het.", "checked_on": "2026-11-20"}
        work = desk.save(work, {**work.content, **more}, base=work.number, by=carla, now=now)
        desk.publish(work, number=work.number, by=carla, now=now)
        return fresh(made)

    return make


def fresh(offer):
    """The same as it stands in the database."""
    return type(offer).objects.whole().get(pk=offer.pk)

"""Carla and Dirk of the team, and a function that reports."""

import pytest
from tests.conversation.conftest import person as person
from tests.conversation.conftest import thread as thread
from tests.conversation.conftest import write as write

from meedoen.conversation.moderation import actions
from meedoen.conversation.moderation.rules import Concern


@pytest.fixture
def carla(person):
    return person("Carla", is_team=True)


@pytest.fixture
def dirk(person):
    return person("Dirk", is_team=True)


@pytest.fixture
def report(now):
    """A function that reports a contribution, from a network of its own unless told."""

    def send(contribution, *, by=None, network="192.0.2.1", concern=Concern.UNKIND, text="Dit kan niet.", now=now):
        return actions.report(
            contribution=contribution,
            title=contribution.thread.title if contribution else "/over/",
            url=contribution.url if contribution else "/over/",
            concern=concern,
            text=text,
            network=network,
            person=by,
            now=now,
        )

    return send

"""Topics, and the people who begin and answer them."""

import pytest
from tests.conversation.conftest import NOW
from tests.conversation.conftest import person as person
from tests.signed_in import sign_in

from meedoen.conversation import actions as conversation
from meedoen.forum import actions
from meedoen.forum.models import Topic
from meedoen.forum.rules import Kind


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def begin(now):
    """A function that begins a topic."""

    def make(
        by,
        title="Hoe maken we een stembureau toegankelijk?",
        *,
        kind=Kind.QUESTION,
        category="democratie",
        now=now,
        **more,
    ):
        contribution = actions.begin(
            category=category,
            kind=kind,
            title=title,
            text=more.pop("text", "Wie heeft hier ervaring mee?"),
            person=by,
            hides_name=more.pop("hides_name", False),
            score=0,
            looks_like_spam=False,
            now=now,
        )
        return Topic.objects.select_related("thread").get(thread=contribution.thread)

    return make


@pytest.fixture
def answer(now):
    """A function that answers a topic."""

    def write(topic, by, text="Kijk bij ons.", *, now=now, reply_to=None, hides_name=False):
        return conversation.contribute(
            topic.thread,
            person=by,
            text=text,
            hides_name=hides_name,
            score=0,
            looks_like_spam=False,
            reply_to=reply_to,
            now=now,
        )

    return write


@pytest.fixture
def carla(person):
    """Of the project team."""
    return person("Carla", is_team=True)


@pytest.fixture
def desk(client, carla):
    """A browser of Carla of the team."""
    sign_in(client, "carla@voorbeeld.example")
    return client

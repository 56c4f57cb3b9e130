"""A domain of ours at which mail comes in, a receiving server that we trust, people who write, one of the team."""

import pytest
from tests.incoming_mail import ANS, DOMAIN, NOW, SERVER, known

from meedoen.conversation import actions as conversation
from meedoen.conversation.models import Thread


@pytest.fixture(autouse=True)
def _open(settings):
    settings.MAIL_IN_DOMAIN = DOMAIN
    settings.MAIL_IN_TRUSTED = [SERVER]


@pytest.fixture
def ans(db):
    return known("Ans", ANS, NOW)


@pytest.fixture
def bram(db):
    return known("Bram", "bram@mail.example", NOW)


@pytest.fixture
def carla(db):
    carla = known("Carla", "carla@mail.example", NOW)
    carla.is_team = True
    carla.save()
    return carla


@pytest.fixture
def thread(db):
    return Thread.objects.about("article", "1", title="Een stembureau", url="/nieuws/een-stembureau/", now=NOW)


@pytest.fixture
def other_thread(db):
    return Thread.objects.about("article", "2", title="Een buurtbus", url="/nieuws/een-buurtbus/", now=NOW)


@pytest.fixture
def write():
    """Write in a conversation, by somebody whom the team knows."""

    def _write(thread, person, text="Wie dit leest is gek."):
        return conversation.contribute(
            thread, person=person, text=text, hides_name=False, score=0, looks_like_spam=False, now=NOW
        )

    return _write

"""A domain of ours at which mail comes in, a receiving server that we trust, and people who write."""

import pytest
from tests.incoming_mail import ANS, DOMAIN, NOW, SERVER, known

from meedoen.conversation.models import Thread


@pytest.fixture(autouse=True)
def _open(settings):
    settings.MAIL_IN_DOMAIN = DOMAIN
    settings.MAIL_IN_TRUSTED = [SERVER]


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def ans(db, now):
    return known("Ans", ANS, now)


@pytest.fixture
def thread(db, now):
    return Thread.objects.about("article", "1", title="Een stembureau", url="/nieuws/een-stembureau/", now=now)

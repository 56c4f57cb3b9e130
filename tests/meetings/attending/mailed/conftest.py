"""A domain of ours at which mail comes in, and people who answer what we mail them."""

import pytest
from tests.incoming_mail import DOMAIN, SERVER, arrive
from tests.outbox import code_in

from meedoen.mail.models import OutgoingMail
from meedoen.meetings.attending import actions
from meedoen.meetings.attending.actions import Coming
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.attending.rules import Way

PASSES = f"{SERVER}; dmarc=pass header.from=voorbeeld.example"


@pytest.fixture(autouse=True)
def _open(settings):
    settings.MAIL_IN_DOMAIN = DOMAIN
    settings.MAIL_IN_TRUSTED = [SERVER]


@pytest.fixture
def both(meeting):
    """A meeting in the room and online, with three chairs."""
    return meeting("Praat mee", form="beide", place_name="De Kring", room_places=3, online_places=2)


@pytest.fixture
def ans(both, person, now):
    """Ans comes to the room."""
    return actions.sign_up(both, person("Ans"), Coming(Way.ROOM), network="", now=now)


def of(name):
    return f"{name.lower()}@voorbeeld.example"


def newest(name="Ans"):
    """The newest mail to somebody."""
    return OutgoingMail.objects.filter(to=of(name)).latest("pk")


def told(name="Ans"):
    """The newest mail to somebody, by its template."""
    return newest(name).template.rpartition("/")[2].removesuffix(".md")


def code(name="Ans"):
    return code_in(newest(name))


def writes(text, name="Ans", *, to=None, proof=PASSES, **more):
    """Somebody answers the newest mail to them, or mails ``to``; what came of it."""
    return arrive(text, to=to or newest(name).reply_to, author=of(name), proof=proof, **more)


def coming():
    """Who comes and how, by name."""
    return [
        (each.called, each.way, each.companions, each.party.state)
        for each in Attendee.objects.confirmed().select_related("party", "person").order_by("pk")
    ]

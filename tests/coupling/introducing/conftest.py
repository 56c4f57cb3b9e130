"""Two who are brought together: Ans asks, Bram of Utrecht offers, Carla introduces them."""

import pytest
from tests.outbox import code_in
from tests.signed_in import HERE

from meedoen.coupling.introducing import actions
from meedoen.coupling.introducing.models import Coupling, Party
from meedoen.coupling.introducing.rules import Reason
from meedoen.coupling.rules import For, Side
from meedoen.mail.models import OutgoingMail

WHY = "Utrecht test al jaren elk gebouw."
REASONS = (Reason("Utrecht heeft sinds 2023 een aanpak.", "/gemeenten/utrecht/"),)


@pytest.fixture
def bram(person):
    return person("Bram")


@pytest.fixture
def ask(asked):
    return asked(text="Hoe kiezen we stembureaus?", themes=("openbare-ruimte",))


@pytest.fixture
def offer(asked, bram, utrecht):
    return asked(
        Side.OFFER, who=bram, text="Wij testen elk gebouw met inwoners.", kind=For.MUNICIPALITY, municipality=utrecht,
        at_most=1,
    )  # fmt: skip


@pytest.fixture
def introduce(carla, now):
    """A function that introduces those who asked or offered these."""

    def do(*requests, now=now, **more):
        given = {"reasons": REASONS, "words": WHY, "by": carla, "now": now}
        return actions.introduce(requests, **{**given, **more})

    return do


@pytest.fixture
def coupling(introduce, ask, offer):
    return introduce(ask, offer)


@pytest.fixture
def party(coupling):
    """A function that gives who is called so in the coupling, as they stand."""

    def find(name="Ans"):
        return Party.objects.whole().get(coupling=coupling, person__name=name)

    return find


@pytest.fixture
def yes(party, now):
    """A function that lets somebody say yes."""

    def say(name, *, now=now):
        mine = party(name)
        actions.say_yes(mine, person=mine.person, turn=mine.turn, now=now)

    return say


@pytest.fixture
def state(coupling):
    """A function that gives where it stands."""

    def of():
        return Coupling.objects.get(pk=coupling.pk).state

    return of


def mails_to(name, *, since=0):
    found = OutgoingMail.objects.filter(to=f"{name.lower()}@voorbeeld.example", pk__gt=since)
    return [each.subject for each in found.order_by("pk")]


def code_to(name):
    """The code in the newest mail to somebody that has one."""
    found = OutgoingMail.objects.filter(to=f"{name.lower()}@voorbeeld.example").order_by("-pk")
    return next(code for mail in found if (code := code_in(mail)))


def press(client, party, what="", **fields):
    return client.post(f"{party.get_absolute_url()}{what}", fields, **HERE)

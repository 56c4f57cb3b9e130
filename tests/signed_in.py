"""Ans, and how she and others come in: with the code from the newest mail, as a browser would."""

import re

import pytest
from django.test import Client

from meedoen.kernel import clock
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import Address, Person

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
ANS = "ans@voorbeeld.example"


@pytest.fixture
def ans(db) -> Person:
    """A resident whose address is proven."""
    address = Address.objects.create(email=ANS, verified_at=clock.now())
    return Person.objects.create(address=address, name="Ans", joined_at=clock.now())


def ask(client: Client, email: str = ANS, **more):
    """Ask for a code."""
    return client.post("/inloggen/", {"email": email, **more}, **HERE)


def newest_code() -> str:
    """The code in the newest mail."""
    return re.match(r"\d{6}", OutgoingMail.objects.latest("pk").subject)[0]


def type_code(client: Client, code: str):
    """Type a code."""
    return client.post("/inloggen/code/", {"code": code}, **HERE)


def sign_in(client: Client, email: str = ANS, **more):
    """Ask and type; the answer to the code."""
    ask(client, email, **more)
    return type_code(client, newest_code())

"""Ans, and how she and others come in: with the code from the newest mail, as a browser would, or straight away."""

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.core.context import request_context
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory

from meedoen.kernel import clock
from meedoen.mail.models import OutgoingMail
from meedoen.people.entrance import flow
from meedoen.people.models import Address, Person
from tests.outbox import code_in

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
    return code_in(OutgoingMail.objects.latest("pk"))


def type_code(client: Client, code: str):
    """Type a code."""
    return client.post("/inloggen/code/", {"code": code}, **HERE)


def sign_in_by_code(client: Client, email: str = ANS, **more):
    """Ask and type; the answer to the code. For tests of coming in itself."""
    ask(client, email, **more)
    return type_code(client, newest_code())


def sign_in(client: Client, email: str = ANS) -> None:
    """Be in, with all that typing a code leaves but the mail and the counts: a quarter of the work.

    ``tests/people/test_signin.py`` holds this beside the other.
    """
    request = RequestFactory(**client.defaults).get("/")
    request.session, request.user = client.session, AnonymousUser()
    with request_context(request):
        flow.vouched_for(request, email, now=clock.now())
        record_authentication(request, request.user, method="code", email=email)
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key
    client.cookies[settings.CSRF_COOKIE_NAME] = request.META["CSRF_COOKIE"]

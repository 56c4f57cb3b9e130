"""The steps of signing in, with django-allauth's processes behind them; the only place that knows its inside.

Until somebody asks for a code or begins with a passkey there is no session. From then on the session holds what was
begun, and signing in gives it another key. ADR-0013 has the reasons.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from allauth.account.internal.constants import LoginStageKey
from allauth.account.internal.flows.login import perform_login
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY, logout
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from fido2.utils import websafe_encode

from meedoen.kernel import clock
from meedoen.kernel.identifiers import unguessable
from meedoen.mail import actions as mail
from meedoen.mail.incoming import reports
from meedoen.municipalities.models import Municipality
from meedoen.pages.actions import changed
from meedoen.pages.origin import network
from meedoen.people import rules
from meedoen.people.models import AREA, Address, Person

from . import limits
from .limits import Refused
from .sessions import SessionStore

STARTED_LIFE = timedelta(hours=24)  # how long what somebody began may take, with new codes
UNPROVEN_LIFE = timedelta(days=7)  # an address that nobody proved is erased
NEXT, PERSON, KEY_BEGUN = "next", "person", "key_begun"  # what we keep in the session


class WrongCode(Refused):
    """The code does not fit; another try may be left."""


class NotBegun(Exception):
    """Nobody began to sign in here, or too long ago."""


class WrongKey(Refused):
    """The passkey does not fit."""


@dataclass(frozen=True)
class Begun:
    """A sign-in that waits for its code."""

    email: str
    sent_at: datetime

    @property
    def until(self) -> datetime:
        return self.sent_at + rules.CODE_LIFE

    @property
    def is_alive(self) -> bool:
        return clock.now() <= self.until


# By code ----------------------------------------------------------------------------------------------------


def ask_code(request: HttpRequest, email: str, *, now: datetime) -> None:
    """Mail a code to ``email``, the same for a known and an unknown address. Raises ``Refused``.

    Asked again within a minute, nothing more is sent: that is a double click.
    """
    email = rules.normalised_email(email)
    begun = code_begun(request)
    if begun and begun.email == email and now - begun.sent_at < rules.CODE_PAUSE:
        return
    limits.count_ask(email, network(request), now=now)
    address = _asked(email, now)
    process = LoginCodeVerificationProcess.initiate(request=request, user=address, email=email)
    process.state["at"] = now.timestamp()
    process.state["id"] = unguessable()
    process.persist()
    request.session.set_expiry(int(STARTED_LIFE.total_seconds()))


def code_begun(request: HttpRequest) -> Begun | None:
    """The sign-in that waits for its code in this browser."""
    process = _process(request)
    if process is None:
        return None
    return Begun(process.state["email"], datetime.fromtimestamp(process.state["at"], tz=clock.now().tzinfo))


def confirm_code(request: HttpRequest, typed: str, *, now: datetime) -> None:
    """Sign in, because the code was typed. Raises ``NotBegun``, ``WrongCode`` or ``Refused``."""
    process, begun = _process(request), code_begun(request)
    if process is None or begun is None:
        raise NotBegun
    if now > begun.until:
        raise WrongCode(_("Deze code is verlopen. Vraag hieronder een nieuwe code."))
    digits = rules.code_typed(typed)
    if len(digits) != rules.CODE_DIGITS:
        raise WrongCode(_("Typ de 6 cijfers uit de mail. Je typte er %(count)s.") % {"count": len(digits)})
    limits.count_try(process.state["id"], network(request), now=now)
    if not constant_time_compare(digits, process.code):
        limits.count_wrong(network(request), now=now)
        raise WrongCode(_("Deze code klopt niet. Kijk in de nieuwste mail en typ de 6 cijfers over."))
    if process.user is None:  # erased meanwhile: begin again
        raise NotBegun
    Address.objects.filter(pk=process.user.pk, verified_at=None).update(verified_at=now)
    reports.revive(process.user.email, now=now)  # a code from a mail there was typed
    process.finish(None)
    _is_in(request)


# By another's word ------------------------------------------------------------------------------------------


def vouched_for(request: HttpRequest, email: str, *, now: datetime) -> None:
    """Sign in, because a provider that we trust says that ``email`` is theirs."""
    address = _asked(rules.normalised_email(email), now)
    Address.objects.filter(pk=address.pk, verified_at=None).update(verified_at=now)
    perform_login(request, Login(user=address, email=address.email))
    _is_in(request)


# By passkey -------------------------------------------------------------------------------------------------


def begin_key(request: HttpRequest) -> None:
    """Make room for a challenge in this browser's session."""
    limits.count_key(network(request), now=clock.now())
    request.session[KEY_BEGUN] = True
    request.session.set_expiry(int(STARTED_LIFE.total_seconds()))


def key_challenge(request: HttpRequest) -> Any:
    """A new challenge for any passkey of ours. Raises ``NotBegun``."""
    if not request.session.get(KEY_BEGUN):
        raise NotBegun
    return _plain(webauthn.begin_authentication(user=None))


def confirm_key(request: HttpRequest, credential: Any) -> None:
    """Sign in with the answer of a passkey. Raises ``NotBegun`` or ``WrongKey``."""
    if not request.session.get(KEY_BEGUN):
        raise NotBegun
    try:
        webauthn.parse_authentication_response(credential)
        address = webauthn.extract_user_from_response(credential)
        authenticator = webauthn.complete_authentication(address, credential)
    except UNFIT as problem:
        raise WrongKey(_("Deze sleutel kennen we niet. Probeer het nog eens, of log in met een code.")) from problem
    request.session.pop(KEY_BEGUN, None)
    perform_passwordless_login(request, authenticator, Login(user=address))
    _is_in(request)


# What anybody may send in the place of a credential; the library checks little before it reads.
UNFIT = (ValidationError, ValueError, TypeError, KeyError, AttributeError, IndexError)


def keys_of(address: Address) -> list[Authenticator]:
    """The passkeys of an address, the oldest first."""
    return list(
        Authenticator.objects.filter(user=address, type=Authenticator.Type.WEBAUTHN).order_by("created_at", "pk")
    )


def new_key_challenge(address: Address) -> Any:
    """What a device needs to make a passkey for ``address``."""
    return _plain(webauthn.begin_registration(address, passwordless=True))


def add_key(request: HttpRequest, address: Address, *, name: str, credential: Any, now: datetime) -> None:
    """Keep a passkey, and tell the address. Raises ``WrongKey``."""
    problem = _("Het lukte niet om de sleutel te maken. Probeer het nog eens.")
    try:
        webauthn.parse_registration_response(credential)
        binding = webauthn.complete_registration(credential)
    except UNFIT as error:
        raise WrongKey(problem) from error
    if not binding.is_user_verified():
        raise WrongKey(problem)
    with transaction.atomic():
        webauthn.WebAuthn.add(address, name, credential)
        _tell("mail/people/key_added.md", address, name, now)


@transaction.atomic
def remove_key(key: Authenticator, address: Address, *, now: datetime) -> None:
    """Throw a passkey away, and tell the address."""
    name = key.wrap().name
    key.delete()
    _tell("mail/people/key_removed.md", address, name, now)


# Who somebody is --------------------------------------------------------------------------------------------


def person_of(request: HttpRequest, address: Address) -> Person | None:
    """The person as whom somebody is in: the chosen one, else the only one; None when they have to say."""
    people = [person for person in Person.objects.behind(address) if person.name]
    chosen = request.session.get(PERSON)
    for person in people:
        if person.pk == chosen:
            return person
    return people[0] if len(people) == 1 else None


def choose(request: HttpRequest, person: Person) -> None:
    """Be ``person`` from now on, on this device."""
    request.session[PERSON] = person.pk


@transaction.atomic
def describe(
    person: Person, *, name: str, role: str, municipality: Municipality | None, about: str, now: datetime
) -> None:
    """Change what others see of ``person``, wherever it stands."""
    person.name, person.role, person.municipality, person.about = name, role, municipality, about
    person.save(update_fields=["name", "role", "municipality", "about"])
    changed(AREA, now=now)


@transaction.atomic
def introduce(address: Address, name: str, *, now: datetime) -> Person:
    """The person with that name behind ``address``, made when there is none."""
    Address.objects.select_for_update().get(pk=address.pk)  # a double click makes one person
    return Person.objects.known_as(name, address=address, now=now)


# Devices ----------------------------------------------------------------------------------------------------


def sessions_of(address: Address) -> list[UserSession]:
    """The devices on which somebody is in, the newest first."""
    return sorted(UserSession.objects.purge_and_list(address), key=lambda each: each.created_at, reverse=True)


def end_session(session: UserSession) -> None:
    """Sign out on one device."""
    session.end()


def end_other_sessions(request: HttpRequest, address: Address) -> None:
    """Sign out everywhere but here: another seal ends every session, also one that no list knows."""
    seal_anew(address)
    session = cast(SessionStore, request.session)
    session.take_another_key()
    session[HASH_SESSION_KEY] = address.get_session_auth_hash()
    session.save()
    UserSession.objects.create_from_request(request)
    sessions_of(address)  # forgets the rows of what ended


def seal_anew(address: Address) -> None:
    """End every session of an address."""
    address.seal = unguessable()
    address.save(update_fields=["seal"])


def sign_out(request: HttpRequest) -> None:
    """End this session."""
    UserSession.objects.filter(session_key=request.session.session_key or "").delete()
    logout(request)


def erase_unproven(*, now: datetime) -> int:
    """Erase addresses that somebody typed and nobody proved; how many."""
    old = Address.objects.filter(verified_at=None, trusted_at=None, people=None, asked_at__lt=now - UNPROVEN_LIFE)
    return old.delete()[0]


def _asked(email: str, now: datetime) -> Address:
    """The address, made when it is new: with the same queries either way, so that time tells nothing."""
    Address.objects.bulk_create([Address(email=email)], ignore_conflicts=True)
    Address.objects.filter(email=email).update(asked_at=now)
    return Address.objects.get(email=email)


def _process(request: HttpRequest) -> LoginCodeVerificationProcess | None:
    stage = LoginStageController.enter(request, LoginStageKey.LOGIN_BY_CODE.value)
    if stage is None or not stage.state.get("id"):
        return None
    return LoginCodeVerificationProcess(stage=stage)


def _is_in(request: HttpRequest) -> None:
    request.session.set_expiry(None)  # as long as the settings say, counted from now


def _tell(template: str, address: Address, name: str, now: datetime) -> None:
    mail.send(
        template,
        to=address.email,
        context={"name": name, "moment": now},
        key=f"key-{unguessable()}",
        now=now,
        is_urgent=True,
    )


def _plain(challenge: Any) -> Any:
    """A challenge as plain data, with bytes in the web-safe base64 that script reads."""
    if isinstance(challenge, bytes):
        return websafe_encode(challenge)
    if hasattr(challenge, "items"):
        return {name: _plain(value) for name, value in challenge.items()}
    if isinstance(challenge, list | tuple):
        return [_plain(value) for value in challenge]
    return challenge

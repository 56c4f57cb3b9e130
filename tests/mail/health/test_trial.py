"""The mail that we send to ourselves: each fault of its signature, seeded and named, and its whole way."""

import time
from base64 import b64encode

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.core import mail as postman
from tests.incoming_mail import MINUTE, NOW, arrive, said_by, take_in

from meedoen.mail import actions as outbox
from meedoen.mail.health import reading, trial, words
from meedoen.mail.health.models import Trial
from meedoen.mail.health.rules import signature
from meedoen.mail.health.rules.finding import Away, Kind
from meedoen.mail.incoming import actions, addresses, proof
from meedoen.mail.incoming.models import Incoming
from meedoen.mail.models import OutgoingMail

from .name_server import serving
from .seeded import D, txt

pytestmark = pytest.mark.django_db
SERVER = f"mx.{D}"
PASSES = f"{SERVER}; dkim=pass header.d={D}; spf=pass smtp.mailfrom=noreply@{D}; dmarc=pass header.from={D}"


def pair():
    made = rsa.generate_private_key(65537, 2048)
    private = made.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    return private, b64encode(made.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


PRIVATE, PUBLIC = pair()
OTHER_PRIVATE, OTHER_PUBLIC = pair()
KEY = [txt(f"een._domainkey.{D}", f"v=DKIM1; k=rsa; p={PUBLIC}"), txt("een._domainkey.post.example", f"v=DKIM1; k=rsa; p={PUBLIC}")]  # fmt: skip
RAW = f"From: Meedoen <noreply@{D}>\r\nTo: antwoord@{D}\r\nSubject: Proef\r\nMessage-ID: <1@{D}>\r\n\r\nEen proef.\r\n".encode()


def signed(raw=RAW, domain=D, private=PRIVATE):
    return dkim.sign(raw, b"een", domain.encode(), private, include_headers=[b"from", b"subject"]) + raw


def expired():
    past = dkim.DKIM(RAW)
    line = past.sign(b"een", D.encode(), PRIVATE, include_headers=[b"from"])
    return line.replace(b"s=een;", f"s=een; x={int(time.time()) - 100_000};".encode()) + RAW


@pytest.mark.parametrize(
    ("raw", "kinds"),
    [
        (signed(), []),
        (signed(signed(), domain="post.example"), []),
        (RAW, [Kind.SIGNED_NOT]),
        (signed(domain="post.example"), [Kind.SIGNED_OTHER]),
        (signed() + b"-- \r\nGescand.\r\n", [Kind.SIGNED_CHANGED]),
        (signed().replace(b"Subject: Proef", b"Subject: [extern] Proef"), [Kind.SIGNED_FALSE]),
        (signed(private=OTHER_PRIVATE), [Kind.SIGNED_FALSE]),
        (signed().replace(b"s=een;", b"s=twee;"), [Kind.SIGNED_NO_KEY]),
        (expired(), [Kind.SIGNED_BAD]),
        (signed().replace(b"v=1;", b"v=9;"), [Kind.SIGNED_BAD]),
        (b"DKIM-Signature: ;;=\r\n" + RAW, [Kind.SIGNED_BAD]),
    ],
    ids=["well", "ours beside another", "none", "another's", "body", "subject", "wrong key", "no key", "old", "version", "nonsense"],
)  # fmt: skip
def test_what_is_wrong_with_a_signature_is_named(raw, kinds):
    with serving(KEY) as (asker, _zone):
        found = signature.judge(raw, D, asker)
    assert [each.kind for each in found] == kinds
    for each in found:
        assert "%(" not in f"{words.told(each)} {words.in_english(each)}"


def test_where_nobody_answers_for_the_key_nothing_is_said_of_it():
    with serving(KEY, broken=[f"een._domainkey.{D}"]) as (asker, _zone), pytest.raises(Away):
        signature.judge(signed(), D, asker)


@pytest.mark.parametrize(
    ("above", "kinds"),
    [
        (PASSES, []),
        ("", [Kind.SEEN_NOT]),
        ("vreemd.example; dkim=pass", [Kind.SEEN_NOT]),
        (f"{SERVER}; dkim=fail header.d={D}", [Kind.SEEN_DKIM]),
        (f"{SERVER}; spf=fail smtp.mailfrom=noreply@{D}", [Kind.SEEN_SPF]),
        (f"{SERVER}; dkim=pass header.d={D}; dmarc=fail header.from={D}", [Kind.SEEN_DMARC]),
        (f"{SERVER}; dkim=none; spf=none; dmarc=none", []),
    ],
)
def test_what_our_own_server_saw_is_told(above, kinds):
    head = proof.head_of((f"Authentication-Results: {above}\r\n".encode() if above else b"") + RAW)
    found = signature.judge_seen(proof.results_of(head, trusted=[SERVER]), [SERVER])
    assert [each.kind for each in found] == kinds
    for each in found:
        assert "%(" not in f"{words.told(each)} {words.in_english(each)}"


# Its whole way ----------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _site(settings):
    settings.DEFAULT_FROM_EMAIL = f"Meedoen <noreply@{D}>"
    settings.EMAIL_HOST, settings.MAIL_IN_DOMAIN, settings.MAIL_IN_TRUSTED = SERVER, D, [SERVER]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def comes_back(sign=signed, above=PASSES, now=NOW):
    """What left, as our server signs it and brings it back."""
    outbox.deliver(OutgoingMail.objects.latest("pk").pk, now=now)
    raw = postman.outbox[-1].message().as_bytes(linesep="\r\n")
    row = take_in(f"Authentication-Results: {above}\r\n".encode() + sign(raw), postman.outbox[-1].to[0], now=now)
    actions.handle(row.pk, now=now)
    row.refresh_from_db()
    return row


def kinds_told(now=NOW):
    known = {Kind.TRIAL_LOST, *(kind for kind in Kind if kind.value.startswith(("signed-", "seen-")))}
    return [each.kind for each in reading.state(now=now).findings if each.kind in known]


def test_it_comes_back_and_all_is_well():
    assert trial.send(now=NOW)
    assert not trial.send(now=NOW + MINUTE)
    row = comes_back()
    assert row.outcome == trial.TAKEN
    assert b"DKIM-Signature" in said_by(row)
    with serving(KEY) as (asker, _zone):
        assert trial.look(Trial.objects.get().pk, asker, now=NOW + MINUTE) == []
    assert (kinds_told(), Trial.objects.get().done_at) == ([], NOW + MINUTE)
    row.refresh_from_db()
    assert (bytes(row.raw), row.recipient) == (b"", "")


def test_its_faults_are_told_until_the_next_one():
    trial.send(now=NOW)
    comes_back(sign=lambda raw: raw, above=f"{SERVER}; dkim=fail header.d={D}")
    with serving(KEY) as (asker, _zone):
        trial.look(Trial.objects.get().pk, asker, now=NOW)
        assert kinds_told() == [Kind.SIGNED_NOT, Kind.SEEN_DKIM]
        assert trial.send(now=NOW + MINUTE)
        comes_back(now=NOW + MINUTE)
        trial.look(Trial.objects.latest("pk").pk, asker, now=NOW + MINUTE)
    assert kinds_told() == []


def test_one_that_does_not_come_in_is_told_after_a_while():
    trial.send(now=NOW)
    assert kinds_told(NOW + 14 * MINUTE) == []
    assert kinds_told(NOW + 16 * MINUTE) == [Kind.TRIAL_LOST]


def test_who_makes_one_up_shows_us_nothing():
    trial.send(now=NOW)
    to = addresses.answer_to(trial.PURPOSE, owner=f"noreply@{D}", about=trial.ABOUT, now=NOW)
    assert arrive("Proef", to=to, author=f"noreply@{D}", proof="") == "automatic"
    assert arrive("Proef", to=to, author="ans@mail.example", proof="") == trial.NOT_OURS
    assert Trial.objects.filter(came_at=None).count() == 1


def test_where_mail_goes_to_files_none_is_sent(settings):
    settings.EMAIL_HOST = ""
    assert not trial.send(now=NOW)
    assert not OutgoingMail.objects.exists()
    assert not Incoming.objects.exists()

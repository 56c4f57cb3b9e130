"""Each fault, seeded in what a name server on loopback answers, is found and named; nothing else is."""

import socket
import time
from contextlib import closing, suppress

import pytest
from tests.incoming_mail import NOW

from meedoen.mail.health import looking, words
from meedoen.mail.health.asking import DnsAsker
from meedoen.mail.health.rules.finding import Away, Finding, Kind
from meedoen.mail.health.rules.servers import Knock

from .name_server import changed, serving
from .seeded import FAULTS, GOOD, IP, D

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(settings):
    settings.DEFAULT_FROM_EMAIL = f"Meedoen <noreply@{D}>"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.SMTP_SECURITY = f"mx.{D}", 587, "starttls"
    settings.MAIL_OUT_IPS, settings.DKIM_SELECTORS, settings.BLOCKLISTS = [IP], ["een"], []
    settings.MAIL_IN_DOMAIN, settings.MAIL_IN_LMTP, settings.IMAP_HOST, settings.IMAP_USER = D, "", "", ""


def answers(host, port, *, security, to=""):
    """A server where all is well."""
    return Knock(host, name=f"mx.{D}", offers_tls=True, takes=True if to else None)


def looked(asker, knock=answers):
    return looking.look(asker, now=NOW, knock=knock)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_named(fault, settings):
    for name, value in fault.settings.items():
        setattr(settings, name, value)
    with serving(changed(GOOD, **fault.changes)) as (asker, _zone):
        found = looked(asker)
    assert [each.kind for each in found] == fault.kinds
    if fault.line is not None:
        assert found[0].line == fault.line
    for each in found:
        told = words.told(each)
        assert all((told.heading, told.means, told.do))
        assert "%(" not in f"{told} {words.in_english(each)}"


def test_every_kind_that_a_domain_can_have_is_seeded():
    seeded = {kind for fault in FAULTS for kind in fault.kinds}
    of_domains = {kind for kind in Kind if kind.value.startswith(("spf-", "dkim-", "dmarc-", "ptr-"))}
    assert of_domains - seeded == set()


def test_each_kind_has_words_that_its_facts_fill():
    assert set(words.SAID) == set(Kind)


@pytest.mark.parametrize("how", ["silent", "broken"])
def test_who_does_not_answer_is_no_fault_of_the_domain(how):
    with serving(changed(GOOD), **{how: [D]}) as (asker, _zone):
        assert [(each.kind, each.about) for each in looked(asker)] == [
            (Kind.DNS_AWAY, {"name": D}),
            (Kind.DNS_AWAY, {"name": D}),
        ]


def test_a_server_that_is_not_there_is_waited_for_no_longer_than_a_look_may_take(monkeypatch):
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as hole:  # takes questions, answers none
        hole.bind(("127.0.0.1", 0))
        monkeypatch.setattr("meedoen.mail.health.asking.ALL_SECONDS", 1.0)
        asker = DnsAsker(["127.0.0.1"], hole.getsockname()[1], seconds=2.0)
        begun = time.monotonic()
        found = looked(asker)
        assert time.monotonic() - begun < 12  # and not twice two seconds for each of its questions
    assert {each.kind for each in found} == {
        Kind.DNS_AWAY,
    }


def test_a_record_that_leads_on_and_on_is_left():
    lines = [f's{each}.{D}. 60 IN TXT "v=spf1 include:s{each + 1}.{D} include:t{each}.{D} -all"' for each in range(300)]
    with serving([*changed(GOOD, spf=[f'{D}. 60 IN TXT "v=spf1 include:s0.{D} -all"']), *lines]) as (asker, zone):
        found = looked(asker)
        asked = len(zone.asked)
    assert [each.kind for each in found] == [Kind.SPF_LOOKUPS]
    assert asked < 120


@pytest.mark.parametrize("name", ["", "a..b", "x" * 64 + ".example", "é.example", " ", "." * 5])
def test_what_is_no_name_is_nothing_or_away(name):
    with serving([]) as (asker, _zone), suppress(Away):
        assert asker.texts(name) == []


def test_each_question_is_asked_once():
    with serving(changed(GOOD)) as (asker, zone):
        looked(asker)
        looked(asker)
        assert len(zone.asked) == len(set(zone.asked))


# The servers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("knock", "security", "kinds"),
    [
        (Knock("h", problem="no answer in time"), "starttls", [Kind.SERVER_AWAY]),
        (Knock("h", offers_tls=False), "starttls", [Kind.TLS_NOT_OFFERED]),
        (Knock("h", offers_tls=True), "none", [Kind.TLS_NOT_USED]),
        (Knock("h", offers_tls=True, certificate="certificate has expired"), "tls", [Kind.TLS_CERTIFICATE]),
        (Knock("h", offers_tls=True, ends_at=NOW.replace(day=10)), "tls", [Kind.TLS_ENDS_SOON]),
        (Knock("h", offers_tls=True, ends_at=NOW.replace(day=30)), "tls", []),
        (Knock("h", offers_tls=True, name="localhost.localdomain"), "tls", [Kind.HELO_UNKNOWN]),
    ],
)
def test_what_our_server_says_is_judged(settings, knock, security, kinds):
    settings.SMTP_SECURITY = security
    with serving(changed(GOOD)) as (asker, _zone):
        found = looked(
            asker, lambda host, port, *, security, to="": answers(host, port, security=security, to=to) if to else knock
        )
    assert [each.kind for each in found] == kinds


@pytest.mark.parametrize(
    ("takes", "problem", "kinds"),
    [
        (True, "", []),
        (False, "", [Kind.MX_REFUSES]),
        (None, "", [Kind.MX_NO_ANSWER]),
        (None, "away", [Kind.MX_NO_ANSWER]),
    ],
)
def test_what_the_server_that_takes_mail_in_says_is_judged(takes, problem, kinds):
    def knock(host, port, *, security, to=""):
        return (
            Knock(host, problem=problem, takes=takes, said="550 no") if to else answers(host, port, security=security)
        )

    with serving(changed(GOOD)) as (asker, _zone):
        assert [each.kind for each in looked(asker, knock)] == kinds


def test_the_door_for_mail_is_tried(settings):
    with closing(socket.socket()) as door:
        door.bind(("127.0.0.1", 0))
        settings.MAIL_IN_LMTP = f"127.0.0.1:{door.getsockname()[1]}"
        with serving(changed(GOOD)) as (asker, _zone):
            assert looked(asker) == [Finding(Kind.DOOR_CLOSED, {"name": settings.MAIL_IN_LMTP})]
            door.listen()
            assert looked(asker) == []

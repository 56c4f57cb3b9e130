"""One look at what others say of our mail: whom it asks about what. It takes seconds: never in a request."""

import ipaddress
from collections.abc import Callable
from datetime import datetime, timedelta
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime

from django.conf import settings

from meedoen.mail import envelope
from meedoen.mail.incoming import addresses, sealing
from meedoen.mail.incoming.models import Incoming

from . import knocking
from .rules import dkim, dmarc, servers, spf, traffic
from .rules.finding import Asker, Away, Finding, Kind

MAIL_PORT = 25  # where servers bring each other mail
MAX_KNOCKS = 2  # at servers of the domain at which mail comes in: their second one takes over when the first is away
CLOCK_MAILS = 20  # the newest ones, whose time is compared with ours
HEAD_BYTES = 8192  # of a mail, in which the time stands that its last server gave it

Knocker = Callable[..., servers.Knock]


def look(asker: Asker, *, now: datetime, knock: Knocker = knocking.knock) -> list[Finding]:
    """All that is wrong outside our own rows. Who does not answer is a finding too."""
    return [*_way_out(asker, now, knock), *_way_in(asker, knock), *traffic.judge_clock(_differences())]


def _way_out(asker: Asker, now: datetime, knock: Knocker) -> list[Finding]:
    host, domain = settings.EMAIL_HOST, envelope.sender_domain()
    if not host:
        return []
    told = list(settings.MAIL_OUT_IPS)
    by_name = "" if told or servers.is_near(host) or _is_address(host) else host
    found: list[Finding] = []

    def ask(name: str, judge: Callable[[], list[Finding]]) -> None:
        try:
            found.extend(judge())
        except Away as problem:
            found.append(Finding(Kind.DNS_AWAY, {"name": str(problem) or name}))

    ours = told
    if not told and not servers.is_near(host):
        ours = _addresses_of(host, asker)
    if not ours:
        found.append(Finding(Kind.SENDER_UNKNOWN))
    ask(domain, lambda: spf.judge(domain, ours, asker, by_name=by_name))
    ask(domain, lambda: dkim.judge(settings.DKIM_SELECTORS, domain, asker))
    ask(domain, lambda: dmarc.judge(domain, settings.DKIM_SELECTORS, asker))
    ask(domain, lambda: servers.judge_names(told, asker))
    ask(domain, lambda: servers.judge_lists(ours, settings.BLOCKLISTS, asker))
    answer = knock(host, settings.EMAIL_PORT, security=settings.SMTP_SECURITY)
    ask(
        host,
        lambda: servers.judge_server(
            answer, security=settings.SMTP_SECURITY, is_near=servers.is_near(host), asker=asker, now=now
        ),
    )
    return found


def _way_in(asker: Asker, knock: Knocker) -> list[Finding]:
    domain = settings.MAIL_IN_DOMAIN
    found = []
    if domain and domain != "localhost":
        try:
            wrong, hosts = servers.judge_ways_in(domain, asker)
            found += wrong
            found += servers.judge_way_in(
                domain,
                [knock(host, MAIL_PORT, security="none", to=addresses.named("vraag")) for host in hosts[:MAX_KNOCKS]],
            )
        except Away as problem:
            found.append(Finding(Kind.DNS_AWAY, {"name": str(problem)}))
    sender = envelope.sender_address().lower()
    if settings.EMAIL_HOST and envelope.sender_domain().lower() != domain and sender != settings.IMAP_USER.lower():
        found.append(Finding(Kind.REPORTS_ELSEWHERE, {"address": sender}))
    if settings.MAIL_IN_LMTP and not knocking.listens(settings.MAIL_IN_LMTP):
        found.append(Finding(Kind.DOOR_CLOSED, {"name": settings.MAIL_IN_LMTP}))
    return found


def _addresses_of(host: str, asker: Asker) -> list[str]:
    if _is_address(host):
        return [host]
    try:
        return asker.addresses(host)
    except Away:
        return []


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _differences() -> list[timedelta]:
    """Between the time that the last server gave a mail and the time at which we took it in."""
    newest = Incoming.objects.filter(erased_at__isnull=True, door__in=("lmtp", "imap")).order_by("-pk")[:CLOCK_MAILS]
    found = []
    for mail in newest:
        told = BytesHeaderParser().parsebytes(_head_of(mail)).get("Received", "")
        try:
            moment = parsedate_to_datetime(str(told).rpartition(";")[2].strip())
        except ValueError:
            continue
        if moment.tzinfo:
            found.append(mail.received_at - moment)
    return found


def _head_of(mail: Incoming) -> bytes:
    try:
        return sealing.opened(mail)[:HEAD_BYTES]
    except sealing.CannotOpen:  # which "meedoen check" tells
        return b""

"""Where our mail leaves and where it comes in: names, addresses, encryption, lists of unwanted senders."""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from .finding import Asker, Away, Finding, Kind

ENDS_SOON = timedelta(days=14)  # a certificate that renews itself does so a month before; then something is wrong
MAX_SERVERS = 5  # of a domain, that are looked at


@dataclass(frozen=True, slots=True)
class Knock:
    """What a mail server said when somebody knocked. ``certificate`` is what is wrong with it; empty when nothing."""

    host: str
    problem: str = ""  # why there was no answer; empty where there was one
    name: str = ""  # as it calls itself
    offers_tls: bool = False
    certificate: str = ""
    ends_at: datetime | None = None
    takes: bool | None = None  # whether it takes mail for who was asked; None where nobody asked
    said: str = ""  # its words, where it does not


def judge_ways_in(domain: str, asker: Asker) -> tuple[list[Finding], list[str]]:
    """What is wrong with where mail to ``domain`` goes; and the servers that it goes to, the first one first."""
    told = sorted(asker.mail_servers(domain))
    if any(not host for _preference, host in told):
        return [Finding(Kind.MX_NULL, {"domain": domain})], []
    if not told:
        if asker.addresses(domain):
            return [], [domain]  # RFC 5321 §5.1: without MX it is the domain itself
        return [Finding(Kind.MX_MISSING, {"domain": domain}, f"{domain}. IN MX 10 …")], []
    found, alive = [], []
    for _preference, host in told[:MAX_SERVERS]:
        if asker.addresses(host):
            alive.append(host)
        else:
            found.append(Finding(Kind.MX_DEAD_NAME, {"domain": domain, "name": host}))
    return found, alive


def judge_way_in(domain: str, knocks: Sequence[Knock]) -> list[Finding]:
    """Whether one of the servers takes mail for an address of ours."""
    if not knocks or any(each.takes for each in knocks):
        return []
    refused = next((each for each in knocks if each.takes is False), None)
    if refused:
        return [Finding(Kind.MX_REFUSES, {"domain": domain, "name": refused.host, "said": refused.said[:120]})]
    return [Finding(Kind.MX_NO_ANSWER, {"domain": domain, "name": ", ".join(each.host for each in knocks)})]


def judge_names(addresses: Sequence[str], asker: Asker) -> list[Finding]:
    """Whether each address that mail leaves from has a name, and that name has the address."""
    found = []
    for address in addresses:
        names = asker.names(address)
        pointer = ipaddress.ip_address(address).reverse_pointer
        if not names:
            found.append(Finding(Kind.PTR_MISSING, {"address": address}, f"{pointer}. IN PTR …"))
        elif not any(address in _plain(asker.addresses(name)) for name in names):
            found.append(
                Finding(Kind.PTR_MISMATCH, {"address": address, "name": names[0]}, _address_line(names[0], address))
            )
    return found


def judge_server(knock: Knock, *, security: str, is_near: bool, asker: Asker | None, now: datetime) -> list[Finding]:
    """What is wrong with the server that takes our mail. ``is_near``: it is on this machine, or in the same room."""
    about = {"name": knock.host}
    if knock.problem:
        return [Finding(Kind.SERVER_AWAY, {**about, "problem": knock.problem[:120]})]
    found = []
    if security == "starttls" and not knock.offers_tls:
        found.append(Finding(Kind.TLS_NOT_OFFERED, about))
    if security == "none" and not is_near:
        found.append(Finding(Kind.TLS_NOT_USED, about))
    if security != "none" and knock.certificate:
        found.append(Finding(Kind.TLS_CERTIFICATE, {**about, "problem": knock.certificate[:120]}))
    elif security != "none" and knock.ends_at and knock.ends_at - now < ENDS_SOON:
        found.append(Finding(Kind.TLS_ENDS_SOON, {**about, "days": str(max(0, (knock.ends_at - now).days))}))
    if asker and knock.name and not is_near and not asker.addresses(knock.name):
        found.append(Finding(Kind.HELO_UNKNOWN, {**about, "said": knock.name[:120]}))
    return found


def judge_lists(addresses: Sequence[str], lists: Sequence[str], asker: Asker) -> list[Finding]:
    """On which lists of unwanted senders we stand (RFC 5782)."""
    found = []
    for address in addresses:
        for each in lists:
            name = f"{_backwards(address)}.{each}"
            try:
                answers = asker.addresses(name)
            except Away:
                found.append(Finding(Kind.DNS_AWAY, {"name": each}))
                continue
            if any(answer.startswith("127.255.255.") for answer in answers):
                found.append(Finding(Kind.LIST_REFUSES, {"list": each}))
            elif any(answer.startswith("127.") for answer in answers):
                said = " ".join(asker.texts(name))[:120]
                found.append(Finding(Kind.LISTED, {"list": each, "address": address, "said": said}))
    return found


def is_near(host: str) -> bool:
    """Whether an address is of this machine or of a network that others cannot see."""
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return host in ("localhost", "")
    return ip.is_private or ip.is_loopback or ip.is_link_local


def _backwards(address: str) -> str:
    """As lists are asked: the parts of an address from the last to the first."""
    return ipaddress.ip_address(address).reverse_pointer.removesuffix(".in-addr.arpa").removesuffix(".ip6.arpa")


def _plain(addresses: Sequence[str]) -> list[str]:
    return [str(ipaddress.ip_address(each)) for each in addresses]


def _address_line(name: str, address: str) -> str:
    return f"{name}. IN {'AAAA' if ':' in address else 'A'} {address}"

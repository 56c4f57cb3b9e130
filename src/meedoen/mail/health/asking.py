"""Asks for domain names over the line; each question once, all of them in bounded time."""

import time
from collections.abc import Sequence

import dns.exception
import dns.name
import dns.rdatatype
import dns.resolver
import dns.reversename

from .rules.finding import Away

EACH_SECONDS = 4.0  # for an answer to one question
ALL_SECONDS = 40.0  # for all questions of one look
MAX_QUESTIONS = 150  # of one look: a record that leads on and on is left alone


class DnsAsker:
    """Answers of the name servers of this machine, or of others."""

    def __init__(self, name_servers: Sequence[str] = (), port: int = 53, seconds: float = EACH_SECONDS) -> None:
        self._resolver = dns.resolver.Resolver(configure=not name_servers)
        if name_servers:
            self._resolver.nameservers = list(name_servers)
            self._resolver.port = port
        self._resolver.lifetime = seconds
        self._resolver.timeout = seconds / 2
        self._known: dict[tuple[str, str], list[str] | None] = {}
        self._end = time.monotonic() + ALL_SECONDS

    def texts(self, name: str) -> list[str]:
        """The TXT records, each of one piece."""
        return self._ask(name, "TXT")

    def mail_servers(self, name: str) -> list[tuple[int, str]]:
        """The MX records; a name of "" is "no mail here"."""
        told = (each.split(" ", 1) for each in self._ask(name, "MX"))
        return [(int(preference), host) for preference, host in told]

    def addresses(self, name: str) -> list[str]:
        """The IPv4 and IPv6 addresses."""
        return [*self._ask(name, "A"), *self._ask(name, "AAAA")]

    def names(self, address: str) -> list[str]:
        """The names that an IP address goes by."""
        return self._ask(dns.reversename.from_address(address).to_text(omit_final_dot=True), "PTR")

    def _ask(self, name: str, kind: str) -> list[str]:
        key = (name.lower(), kind)
        if key not in self._known:
            self._known[key] = self._answered(name, kind)
        answer = self._known[key]
        if answer is None:
            raise Away(name)
        return answer

    def _answered(self, name: str, kind: str) -> list[str] | None:
        """The answer; None where there is none in time."""
        if time.monotonic() > self._end or len(self._known) >= MAX_QUESTIONS:
            return None
        try:
            answer = self._resolver.resolve(dns.name.from_text(name), kind, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.name.LabelTooLong, dns.name.EmptyLabel, dns.name.NameTooLong, dns.name.BadEscape, UnicodeError):
            return []  # no name at all
        except (dns.exception.DNSException, OSError):
            return None
        return [_as_text(each) for each in answer]


def _as_text(record: object) -> str:
    if record.rdtype == dns.rdatatype.TXT:  # type: ignore[attr-defined]
        return b"".join(record.strings).decode("utf-8", "replace")  # type: ignore[attr-defined]
    if record.rdtype == dns.rdatatype.MX:  # type: ignore[attr-defined]
        return f"{record.preference} {record.exchange.to_text(omit_final_dot=True).strip('.').lower()}"  # type: ignore[attr-defined]
    if record.rdtype == dns.rdatatype.PTR:  # type: ignore[attr-defined]
        return str(record.target.to_text(omit_final_dot=True)).lower()  # type: ignore[attr-defined]
    return str(record.address)  # type: ignore[attr-defined]

"""A name server on loopback that answers from a zone, so that questions travel as they do to a real one."""

import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache

from dnslib import QTYPE, RCODE, RR, DNSRecord
from dnslib.server import BaseResolver, DNSHandler, DNSLogger, DNSServer
from make.ports import free_port

from meedoen.mail.health.asking import DnsAsker


class Zone(BaseResolver):
    """Answers from lines; a name among ``silent`` gets no answer, one among ``broken`` a failure of the server."""

    def __init__(self) -> None:
        self.become([], [], [])

    def become(self, lines: Sequence[str], silent: Sequence[str], broken: Sequence[str]) -> None:
        """Answer from these lines from now on."""
        self.records = [record for line in lines for record in RR.fromZone(line)]
        self.silent, self.broken = silent, broken
        self.asked: list[str] = []

    def resolve(self, request: DNSRecord, handler: DNSHandler) -> DNSRecord:
        name = str(request.q.qname).rstrip(".").lower()
        self.asked.append(f"{name} {QTYPE[request.q.qtype]}")
        reply = request.reply()
        if name in self.broken:
            reply.header.rcode = RCODE.SERVFAIL
            return reply
        of_name = [each for each in self.records if str(each.rname).rstrip(".").lower() == name]
        for each in of_name:
            if each.rtype in (request.q.qtype, QTYPE.CNAME):
                reply.add_answer(each)
            if each.rtype == QTYPE.CNAME:
                target = [other for other in self.records if other.rname == each.rdata.label]
                reply.add_answer(*(other for other in target if other.rtype == request.q.qtype))
        if not of_name:
            reply.header.rcode = RCODE.NXDOMAIN
        return reply


ZONE = Zone()


class Line(DNSHandler):
    """The line of one question; a silent name is left waiting."""

    def get_reply(self, data: bytes) -> bytes:
        name = str(DNSRecord.parse(data).q.qname).rstrip(".").lower()
        if name in self.server.resolver.silent:  # type: ignore[attr-defined]
            return b"\0"  # no answer that anybody can read
        return bytes(super().get_reply(data))


@cache
def _server(zone: Zone) -> int:
    """Start the server of this run, once; the port that it listens on."""
    port = free_port(socket.SOCK_DGRAM)
    logger = DNSLogger("-request,-reply,-truncated,-error")
    for tcp in (False, True):
        DNSServer(zone, "127.0.0.1", port, tcp=tcp, handler=Line, logger=logger).start_thread()
    return port


@contextmanager
def serving(
    lines: Sequence[str], *, silent: Sequence[str] = (), broken: Sequence[str] = ()
) -> Iterator[tuple[DnsAsker, Zone]]:
    """Somebody to ask, and the zone that answers as long as this lasts."""
    port = _server(ZONE)
    ZONE.become(lines, silent, broken)
    yield DnsAsker(["127.0.0.1"], port, seconds=1.0), ZONE
    ZONE.become([], [], [])


def changed(lines: Mapping[str, list[str]], **changes: list[str]) -> list[str]:
    """All lines of a zone, with those of some names replaced."""
    return [line for name, told in {**lines, **changes}.items() for line in told]

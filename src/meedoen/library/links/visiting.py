"""Asking a page of others whether it is there: one request at a time, nothing of it read, none of our own machines asked.

``http.client`` and no library above it: the machine that answers has to be looked at between connecting and asking, so
that a name which points inside our network now and outside a moment ago brings nobody in.
"""

import contextlib
import http.client
import socket
import ssl
import threading
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings

from .rules import ANSWER_SECONDS, MAX_REDIRECTS, Problem, may_visit, problem_of

Guard = Callable[[IPv4Address | IPv6Address], bool]
_SAFE = "/?:@!$&'()*+,;=%~-._[]"  # what stands in an address as it is; the rest is written in percent


def visit(url: str, *, may: Guard = may_visit) -> Problem | None:
    """What is wrong with a page of others; None when people can be sent there. ``may``: which machines are asked."""
    for _step in range(MAX_REDIRECTS + 1):
        try:
            status, location = _ask(url, may)
        except (OSError, http.client.HTTPException, ValueError):  # a certificate that is not right is an OSError too
            return Problem.AWAY
        if status not in (301, 302, 303, 307, 308) or not location:
            return problem_of(status)
        url = urljoin(url, location)
    return Problem.BROKEN


def _ask(url: str, may: Guard) -> tuple[int, str]:
    """(status, where it sends us on). Raises ``OSError``, ``HTTPException`` or ``ValueError`` where nothing answers."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(url)
    host = parts.hostname.encode("idna").decode()
    kind = _Https if parts.scheme == "https" else _Http
    connection = kind(host, parts.port, timeout=ANSWER_SECONDS)
    connection.may = may
    # The time-out of a connection begins anew with each byte; a site that says one at a time would hold us for hours.
    patience = threading.Timer(ANSWER_SECONDS, _cut, [connection])
    patience.daemon = True
    patience.start()
    path = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
    try:
        agent = f"{settings.SITE_NAME} ({settings.BASE_URL})".encode("ascii", "ignore").decode()
        connection.request("GET", path, headers={"User-Agent": agent, "Accept": "*/*", "Accept-Language": "nl"})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location") or ""
    finally:
        patience.cancel()
        connection.close()


def _cut(connection: http.client.HTTPConnection) -> None:
    """Let whoever reads from it meet the end, whatever is said under way; a connection that is not there is let be."""
    if isinstance(connection.sock, socket.socket):
        with contextlib.suppress(OSError):
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)  # also below TLS, which would say goodbye first


def _connect(host: str, port: int, timeout: float, may: Guard) -> socket.socket:
    """A connection to a machine that we may ask. Raises ``OSError`` for any other."""
    found = socket.create_connection((host, port), timeout=timeout)
    if not may(ip_address(found.getpeername()[0].split("%")[0])):
        found.close()
        raise PermissionError(host)
    return found


class _Http(http.client.HTTPConnection):
    may: Guard

    def connect(self) -> None:
        self.sock = _connect(self.host, self.port, ANSWER_SECONDS, self.may)


class _Https(http.client.HTTPSConnection):
    may: Guard

    def connect(self) -> None:
        bare = _connect(self.host, self.port, ANSWER_SECONDS, self.may)
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(bare, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock.do_handshake()

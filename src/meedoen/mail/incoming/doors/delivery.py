"""Mail that a server hands over: LMTP, and on a laptop SMTP. What we say we took is in the database."""

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import structlog
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.db import connection

from meedoen.kernel import clock, turns
from meedoen.mail import envelope as envelope_of_ours
from meedoen.mail.incoming import actions, routes, rules

LINE_BYTES = 100_000  # of one line; a server that folds nothing is no reason to lose a mail
LOOPBACK = ("127.0.0.1", "localhost", "::1", "[::1]")
FAREWELL_SECONDS = 3  # less than ``meedoen run`` gives
IDLE_SECONDS = 120  # in which the other side has to say something

log = structlog.get_logger(__name__)


class Door:
    """Says yes to mail for our domain, and to no other; keeps it before it says that it was taken."""

    def __init__(self, name: str) -> None:
        self.name = name

    async def handle_RCPT(  # noqa: N802 a name that aiosmtpd prescribes
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        _name, _token, domain = rules.parts_of(address)
        if domain != settings.MAIL_IN_DOMAIN.lower():
            return "550 5.7.1 We take no mail for that domain"
        if not routes.may_be_ours(address, sender=envelope_of_ours.sender_address()):
            return "550 5.1.1 There is no such address here"
        if len(envelope.rcpt_tos) >= rules.MAX_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        try:
            await asyncio.to_thread(self._keep, envelope)
        except Exception as error:
            # Not what it says: a database names in it what could not be stored.
            log.error("mail.incoming.not_kept", error=type(error).__name__)
            status = "451 4.3.0 We could not keep it now; try again later"
        else:
            status = "250 2.6.0 Kept"
        # LMTP answers for each recipient (RFC 2033 §4.2).
        return "\r\n".join([status] * (len(envelope.rcpt_tos) if isinstance(server, LMTP) else 1))

    def _keep(self, envelope: Envelope) -> None:
        try:
            with turns.announced():  # a server waits for our answer
                actions.take_in(
                    bytes(envelope.original_content or b""),
                    sender=envelope.mail_from or "",
                    recipients=envelope.rcpt_tos,
                    door=self.name,
                    now=clock.now(),
                )
        finally:
            connection.close()  # of this thread, of which there may be many


class _Lmtp(LMTP):
    line_length_limit = LINE_BYTES


class _Smtp(SMTP):
    line_length_limit = LINE_BYTES


def lmtp() -> SMTP:
    """One conversation over LMTP."""
    return _Lmtp(Door("lmtp"), **_limits())


def smtp() -> SMTP:
    """One conversation over SMTP, for a laptop."""
    return _Smtp(Door("smtp"), **_limits())


async def open_door(address: str, conversation: Callable[[], SMTP]) -> asyncio.AbstractServer:
    """Listen at ``host:port``, or at the path of a socket. Raises ``OSError`` when that is taken."""
    loop = asyncio.get_running_loop()
    if address.startswith("/"):
        path = Path(address)
        if path.is_socket() and not _answers(path):
            path.unlink()  # left behind by one that was killed
        server: asyncio.AbstractServer = await loop.create_unix_server(conversation, path=address)
        path.chmod(0o660)
        return server
    host, _colon, port = address.rpartition(":")
    return await loop.create_server(conversation, host=host.strip("[]") or "127.0.0.1", port=int(port))


def doors() -> list[tuple[str, Callable[[], SMTP]]]:
    """Where the settings say to listen."""
    found: list[tuple[str, Callable[[], SMTP]]] = []
    if settings.MAIL_IN_LMTP:
        found.append((settings.MAIL_IN_LMTP, lmtp))
    if settings.MAIL_IN_SMTP_PORT:
        found.append((f"127.0.0.1:{settings.MAIL_IN_SMTP_PORT}", smtp))
    return found


def problems() -> Iterator[str]:
    """What is wrong with the settings, in plain words."""
    if settings.MAIL_IN_LMTP and not settings.MAIL_IN_LMTP.startswith("/"):
        host, _colon, port = settings.MAIL_IN_LMTP.rpartition(":")
        if not port.isdecimal() or not 0 < int(port) < 65536:
            yield "MEEDOEN_MAIL_IN_LMTP is no host:port and no path of a socket, such as 127.0.0.1:2424."
        elif host not in LOOPBACK:
            yield "MEEDOEN_MAIL_IN_LMTP is open to others, who can hand in any mail. Use 127.0.0.1 or a socket."
    if (settings.MAIL_IN_LMTP or settings.IMAP_HOST) and not settings.MAIL_IN_DOMAIN:
        yield "Mail can come in, but MEEDOEN_MAIL_IN_DOMAIN is not set, so no mail of ours asks for an answer."
    if settings.MAIL_IN_DOMAIN and not (settings.MAIL_IN_LMTP or settings.IMAP_HOST or settings.POSTBOX):
        yield "MEEDOEN_MAIL_IN_DOMAIN is set, but no way in: set MEEDOEN_MAIL_IN_LMTP or MEEDOEN_IMAP_HOST."
    if settings.MAIL_IN_DOMAIN and _is_a_door(settings.HELP_EMAIL):
        yield "MEEDOEN_HELP_EMAIL is an address at which mail comes in here, so it reaches no person. Use a mailbox of people."
    if "@" in settings.MAIL_IN_DOMAIN:
        yield "MEEDOEN_MAIL_IN_DOMAIN is a domain, such as post.voorbeeld.example, without an @."
    if settings.IMAP_HOST and not (settings.IMAP_USER and settings.IMAP_PASSWORD):
        yield "MEEDOEN_IMAP_HOST is set, but not MEEDOEN_IMAP_USER and MEEDOEN_IMAP_PASSWORD."
    if settings.IMAP_SECURITY == "none" and settings.IMAP_HOST and settings.IMAP_HOST not in LOOPBACK:
        yield "MEEDOEN_IMAP_SECURITY is none: the password travels readable. Use tls or starttls."


async def serve(stop: asyncio.Event) -> int:
    """Listen at all doors until told to stop; one that cannot be opened is told, and keeps no other closed.

    How many were open; with none it does not wait.
    """
    servers = []
    for address, conversation in doors():
        try:
            servers.append(await open_door(address, conversation))
        except OSError as problem:
            log.warning("mail.incoming.closed", address=address, reason=problem.strerror or str(problem))
        else:
            log.info("mail.incoming.open", address=address)
    if servers:
        await stop.wait()
    for server in servers:
        server.close()
    for server in servers:
        with suppress(TimeoutError):  # who is still talking has not been told that anything was taken
            await asyncio.wait_for(server.wait_closed(), FAREWELL_SECONDS)
    return len(servers)


def stop_on_signals(stop: asyncio.Event) -> None:
    """Let a stop signal end ``serve``."""
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)


def _limits() -> dict[str, Any]:
    return {
        "data_size_limit": settings.MAIL_IN_MAX_BYTES,
        "enable_SMTPUTF8": True,
        "hostname": settings.MAIL_IN_DOMAIN or "localhost",
        "ident": "Meedoen",
        "timeout": IDLE_SECONDS,
    }


def _is_a_door(address: str) -> bool:
    return rules.parts_of(address)[2] == settings.MAIL_IN_DOMAIN and routes.may_be_ours(
        address, sender=envelope_of_ours.sender_address()
    )


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            return False
    return True

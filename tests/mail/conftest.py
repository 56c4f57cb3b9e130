"""A mail server on loopback that does what a test tells it, and the moment at which everything happens."""

from collections.abc import Iterator
from datetime import UTC, datetime
from threading import Event

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from make.ports import free_port

NOW = datetime(2026, 12, 3, 13, 0, tzinfo=UTC)  # donderdag 3 december 2026, 14.00 uur


class MailServer:
    """Takes mail over SMTP. ``answers`` are given to the next receivers, then "250"; ``hold`` keeps it waiting."""

    def __init__(self) -> None:
        self.received: list[Envelope] = []
        self.answers: list[str] = []
        self.data_answers: list[str] = []
        self.arrived = Event()
        self.hold: Event | None = None
        self.port = free_port()
        self._controller: Controller | None = None

    def start(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        if self._controller:
            self._controller.stop()
        self._controller = None

    async def handle_RCPT(  # noqa: N802 a name that aiosmtpd prescribes
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.data_answers.pop(0) if self.data_answers else "250 OK"
        if answer.startswith("250"):
            self.received.append(envelope)
        self.arrived.set()
        if self.hold:
            import asyncio

            while not self.hold.is_set():
                await asyncio.sleep(0.01)
        return answer


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def mail_server(settings) -> Iterator[MailServer]:
    """A running server, and settings that lead there."""
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_TIMEOUT = 5
    server.start()
    yield server
    if server.hold:
        server.hold.set()
    server.stop()

"""Knocking at a mail server that runs on loopback: does it answer, does it encrypt, does it take mail."""

import socket
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from make.ports import free_port

from meedoen.mail.health import knocking

NOBODY = "niemand@meedoen.example"


class Taking:
    """Takes mail for everybody but one."""

    def __init__(self):
        self.received = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 a name that aiosmtpd prescribes
        if address == NOBODY:
            return "550 5.1.1 No such address here"
        if address.startswith("straks"):
            return "451 4.7.1 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.received.append(envelope)
        return "250 OK"


def certificate(folder, *, days, host="127.0.0.1"):
    """A certificate of its own making, that holds so many days from now; where it lies."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=900))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = folder / "both.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return path


@pytest.fixture
def serve():
    """Starts a server; with a certificate it offers encryption, or begins with it."""
    started = []

    def start(pem=None, *, at_once=False):
        context = None
        if pem:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(pem)
        handler = Taking()

        class Server(Controller):
            def factory(self):
                return SMTP(handler, hostname="mx.meedoen.example", tls_context=None if at_once else context)

        server = Server(
            handler, hostname="127.0.0.1", port=free_port(), ssl_context=context if at_once else None, ready_timeout=20
        )
        if at_once:  # its own try at the door is made without encryption
            server._trigger_server = lambda: _try_door(server.port)
        server.start()
        started.append(server)
        return server.port, handler

    yield start
    for each in started:
        each.stop()


def _try_door(port):
    blind = ssl._create_unverified_context()
    with socket.create_connection(("127.0.0.1", port)) as line, blind.wrap_socket(line) as sealed:
        sealed.recv(100)


def trusting(pem):
    return ssl.create_default_context(cafile=str(pem))


def test_a_server_without_encryption(serve):
    port, handler = serve()
    told = knocking.knock("127.0.0.1", port, security="starttls")
    assert (told.problem, told.name, told.offers_tls, told.takes) == ("", "mx.meedoen.example", False, None)
    assert handler.received == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_whose_certificate_holds(serve, tmp_path, security):
    pem = certificate(tmp_path, days=10)
    port, _handler = serve(pem, at_once=security == "tls")
    told = knocking.knock("127.0.0.1", port, security=security, context=trusting(pem))
    assert (told.problem, told.certificate, told.offers_tls) == ("", "", True)
    assert timedelta(days=9) < told.ends_at - datetime.now(UTC) < timedelta(days=11)


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize(
    ("days", "host", "is_known", "words"),
    [
        (-1, "127.0.0.1", True, "expired"),
        (10, "127.0.0.9", True, "mismatch"),
        (10, "127.0.0.1", False, "self-signed|self signed"),
    ],
)
def test_a_server_whose_certificate_does_not(serve, tmp_path, security, days, host, is_known, words):
    pem = certificate(tmp_path, days=days, host=host)
    port, _handler = serve(pem, at_once=security == "tls")
    told = knocking.knock("127.0.0.1", port, security=security, context=trusting(pem) if is_known else None)
    assert told.problem == ""
    assert any(each in told.certificate for each in words.split("|")), told.certificate


@pytest.mark.parametrize(
    ("to", "takes", "said"),
    [
        ("vraag@meedoen.example", True, "250 OK"),
        (NOBODY, False, "550 5.1.1 No such address here"),
        ("straks@meedoen.example", None, "451 4.7.1 Try again later"),
    ],
)
def test_a_server_that_is_asked_to_take_mail(serve, to, takes, said):
    port, handler = serve()
    told = knocking.knock("127.0.0.1", port, security="none", to=to)
    assert (told.takes, told.said) == (takes, said)
    assert handler.received == []  # nothing was sent


def test_nobody_at_home(monkeypatch):
    told = knocking.knock("127.0.0.1", free_port(), security="starttls")
    assert "refused" in told.problem.lower()
    monkeypatch.setattr(knocking, "SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes the line and says nothing
        told = knocking.knock("127.0.0.1", silent.getsockname()[1], security="none")
    assert told.problem == "no answer in time"


def test_whether_somebody_listens(tmp_path):
    path = str(tmp_path / "lmtp")
    assert not knocking.listens(path)
    assert not knocking.listens("127.0.0.1:geen")
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(path)
        door.listen()
        assert knocking.listens(path)

"""Knocks at a mail server: does it answer, does it encrypt, does it take mail for somebody? Nothing is ever sent."""

import smtplib
import socket
import ssl
from contextlib import suppress
from datetime import UTC, datetime

from .rules.servers import Knock

SECONDS = 8.0  # for each answer of a server


def knock(host: str, port: int, *, security: str, to: str = "", context: ssl.SSLContext | None = None) -> Knock:
    """What the server at ``host`` says. ``security`` is "tls", "starttls" or "none"; ``to`` is whom it is asked to take mail for.

    A certificate that is not good is told, and the talk goes no further than that.
    """
    context = context or ssl.create_default_context()
    server: smtplib.SMTP | None = None
    try:
        if security == "tls":
            server = smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=context)
        else:
            server = smtplib.SMTP(host, port, timeout=SECONDS)
        return _talk(server, host, security, to, context)
    except ssl.SSLCertVerificationError as problem:
        return Knock(host, offers_tls=True, certificate=problem.verify_message or str(problem))
    except (OSError, smtplib.SMTPException) as problem:
        return Knock(host, problem=_in_words(problem))
    finally:
        if server is not None:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()


def listens(place: str) -> bool:
    """Whether somebody listens at ``host:port``, or at the path of a socket."""
    host, _colon, port = place.rpartition(":")
    with suppress(OSError, ValueError):
        if place.startswith("/"):
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(SECONDS)
                line.connect(place)
                return True
        with socket.create_connection((host.strip("[]") or "127.0.0.1", int(port)), timeout=SECONDS):
            return True
    return False


def _talk(server: smtplib.SMTP, host: str, security: str, to: str, context: ssl.SSLContext) -> Knock:
    _code, said = server.ehlo()
    name = said.decode("ascii", "replace").split("\n")[0].split(" ")[0].strip().lower()
    offers_tls = security == "tls" or server.has_extn("starttls")
    if security == "starttls" and offers_tls:
        server.starttls(context=context)
        server.ehlo()
    takes, words = _takes(server, to) if to else (None, "")
    return Knock(host, name=name, offers_tls=offers_tls, ends_at=_ends_at(server), takes=takes, said=words)


def _takes(server: smtplib.SMTP, to: str) -> tuple[bool | None, str]:
    """Whether it takes mail for ``to``; None for "not now". The empty sender is that of a report: no server may refuse it."""
    code, said = server.docmd("MAIL", "FROM:<>")
    if code < 400:
        code, said = server.docmd("RCPT", f"TO:<{to}>")
    server.rset()
    words = f"{code} {said.decode('utf-8', 'replace')}"
    return (True if code < 400 else None if code < 500 else False), words


def _ends_at(server: smtplib.SMTP) -> datetime | None:
    """Until when the certificate holds, where the line is encrypted."""
    line = server.sock
    if not isinstance(line, ssl.SSLSocket):
        return None
    told = (line.getpeercert() or {}).get("notAfter")
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(told)), UTC) if told else None


def _in_words(problem: Exception) -> str:
    if isinstance(problem, TimeoutError) or "timed out" in str(problem):
        return "no answer in time"
    return f"{type(problem).__name__}: {problem}"[:160]

"""The doors: LMTP and SMTP over real sockets, the folder; what is said to be taken is in the database."""

import asyncio
import os
import smtplib
import socket
import threading
from contextlib import closing, contextmanager

import pytest
from django.db.utils import OperationalError
from make.ports import free_port
from structlog.testing import capture_logs
from tests.incoming_mail import ANS, DOMAIN, NOW, mail, said_by

from meedoen.mail.incoming import actions
from meedoen.mail.incoming.doors import delivery, folder, keeping
from meedoen.mail.incoming.models import Incoming

stores = pytest.mark.django_db(transaction=True)  # in a thread of the door's own

HELP = f"hulp@{DOMAIN}"


@contextmanager
def opened(address, conversation):
    """A door, open in a thread of its own."""
    ready, holder = threading.Event(), {}

    async def main():
        holder["loop"], holder["stop"] = asyncio.get_running_loop(), asyncio.Event()
        server = await delivery.open_door(address, conversation)
        ready.set()
        await holder["stop"].wait()
        server.close()

    thread = threading.Thread(target=lambda: asyncio.run(main()))
    thread.start()
    assert ready.wait(5)
    try:
        yield
    finally:
        holder["loop"].call_soon_threadsafe(holder["stop"].set)
        thread.join(10)


@pytest.fixture
def port():
    number = free_port()
    with opened(f"127.0.0.1:{number}", delivery.lmtp):
        yield number


class Line:
    """A conversation, word by word."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.file = self.socket.makefile("rb")
        self.answer()

    def answer(self):
        line = self.file.readline().decode()
        while line[3:4] == "-":
            line = self.file.readline().decode()
        return line.strip()

    def say(self, words):
        self.socket.sendall(words.encode() + b"\r\n")
        return self.answer()


@stores
def test_what_is_said_to_be_taken_is_kept(port):
    raw = mail(to=HELP)
    with smtplib.LMTP("127.0.0.1", port) as server:
        assert server.sendmail(ANS, [HELP], raw) == {}
    kept = Incoming.objects.get()
    assert (kept.door, kept.sender, kept.recipient, kept.state) == ("lmtp", ANS, HELP, "new")
    assert b"rustig uur" in said_by(kept)


@stores
def test_lmtp_answers_for_each_address(port):
    line = Line(port)
    line.say("LHLO mx.example")
    line.say(f"MAIL FROM:<{ANS}>")
    assert line.say(f"RCPT TO:<{HELP}>").startswith("250")
    assert line.say(f"RCPT TO:<vraag@{DOMAIN}>").startswith("250")
    assert line.say("RCPT TO:<iemand@elders.example>").startswith("550")
    assert line.say("DATA").startswith("354")
    assert line.say("Subject: x\r\nFrom: ans@mail.example\r\n\r\n..punt\r\n.").startswith("250")
    assert line.answer().startswith("250")
    assert line.say("NOOP").startswith("250")  # no answer too many, no answer too few
    assert Incoming.objects.count() == 2
    assert b"\r\n.punt" in said_by(Incoming.objects.first())


@pytest.mark.django_db
def test_what_cannot_be_kept_is_not_said_to_be_taken(port, monkeypatch):
    def away(*args, **more):
        raise OperationalError("no room for: a need of Ans")

    monkeypatch.setattr(actions, "take_in", away)
    refusing = pytest.raises(smtplib.SMTPDataError)
    with capture_logs() as logs, smtplib.LMTP("127.0.0.1", port) as server, refusing as refused:
        server.sendmail(ANS, [HELP], mail(to=HELP))
    assert [each for each in logs if each["event"] == "mail.incoming.not_kept"] == [
        {"event": "mail.incoming.not_kept", "error": "OperationalError", "log_level": "error"}
    ]
    assert refused.value.smtp_code == 451
    assert not Incoming.objects.exists()


@stores
def test_a_mail_that_is_broken_off_never_was(port):
    line = Line(port)
    line.say("LHLO mx.example")
    line.say(f"MAIL FROM:<{ANS}>")
    line.say(f"RCPT TO:<{HELP}>")
    line.say("DATA")
    line.socket.sendall(b"Subject: half\r\n\r\nHal")
    line.socket.close()
    with smtplib.LMTP("127.0.0.1", port) as server:
        server.noop()
    assert not Incoming.objects.exists()


@stores
def test_an_address_that_leads_nowhere_is_refused_at_the_door(port, settings):
    settings.DEFAULT_FROM_EMAIL = f"Iedereen doet mee! <noreply@{DOMAIN}>"
    line = Line(port)
    line.say("LHLO mx.example")
    line.say("MAIL FROM:<>")
    token = "a" * 26
    for known in ("hulp", "Vraag", "koppel", f"antwoord+{token}", f"STOP+{token}", "postmaster", "noreply"):
        assert line.say(f"RCPT TO:<{known}@{DOMAIN}>") == "250 2.1.5 OK", known
    for unknown in ("iemand", "antwoord", "antwoord+kort", f"stop+{token}a", f"hulp2+{token}", "stop"):
        assert line.say(f"RCPT TO:<{unknown}@{DOMAIN}>") == "550 5.1.1 There is no such address here", unknown


@stores
def test_too_many_addresses_wait(port):
    line = Line(port)
    line.say("LHLO mx.example")
    line.say(f"MAIL FROM:<{ANS}>")
    said = [line.say(f"RCPT TO:<hulp+{number}@{DOMAIN}>") for number in range(11)]
    assert [answer[:3] for answer in said] == [*["250"] * 10, "452"]
    assert line.say("DATA").startswith("354")
    assert line.say("From: ans@mail.example\r\n\r\nHallo\r\n.").startswith("250")
    assert all(line.answer().startswith("250") for _ in range(9))
    assert Incoming.objects.count() == 10


@pytest.mark.django_db
@pytest.mark.parametrize("announced", [True, False])
def test_too_large_is_refused(settings, announced):
    settings.MAIL_IN_MAX_BYTES = 100_000
    number = free_port()
    with opened(f"127.0.0.1:{number}", delivery.lmtp):
        raw = mail("x" * 70 + "\n", to=HELP) + b"y" * 70 + b"\r\n" * 60_000
        with smtplib.LMTP("127.0.0.1", number) as server:
            if announced:
                with pytest.raises(smtplib.SMTPSenderRefused):
                    server.sendmail(ANS, [HELP], raw)
            else:
                server.lhlo = server.ehlo
                server.ehlo()
                server.mail(ANS)
                server.rcpt(HELP)
                assert server.data(raw)[0] == 552
    assert not Incoming.objects.exists()


@stores
def test_a_laptop_takes_mail_over_smtp():
    number = free_port()
    with opened(f"127.0.0.1:{number}", delivery.smtp), smtplib.SMTP("127.0.0.1", number) as server:
        server.sendmail(ANS, [HELP], mail(to=HELP))
    assert Incoming.objects.get().door == "smtp"


@stores
def test_a_door_at_a_path_opens_again_after_a_fall(tmp_path):
    path = str(tmp_path / "lmtp.sock")
    with closing(socket.socket(socket.AF_UNIX)) as left_behind:
        left_behind.bind(path)
    with opened(path, delivery.lmtp):
        server = smtplib.LMTP(path)
        server.sendmail(ANS, [HELP], mail(to=HELP))
        server.quit()
    assert Incoming.objects.count() == 1


def test_a_taken_port_keeps_no_other_door_closed(settings):
    open_port = free_port()
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings.MAIL_IN_LMTP = f"127.0.0.1:{taken.getsockname()[1]}"
        settings.MAIL_IN_SMTP_PORT = open_port

        async def main():
            stop = asyncio.Event()
            asyncio.get_running_loop().call_later(0.2, stop.set)
            return await delivery.serve(stop)

        assert asyncio.run(main()) == 1


@pytest.mark.django_db
def test_a_file_in_the_folder_comes_in(settings, tmp_path):
    settings.MAIL_IN_DIR = tmp_path
    (tmp_path / "een.eml").write_bytes(mail(to=f"Hulp <{HELP.upper()}>, iemand@elders.example"))
    (tmp_path / "twee.eml").write_bytes(mail(to="iemand@elders.example"))
    (tmp_path / "geen.txt").write_text("geen mail")
    assert folder.take_in_all(now=NOW) == 2
    assert list(Incoming.objects.order_by("pk").values_list("recipient", flat=True)) == [HELP, f"onbekend@{DOMAIN}"]
    assert sorted(os.listdir(tmp_path)) == ["geen.txt", "opgehaald"]
    assert folder.take_in_all(now=NOW) == 0


CATCH_ALL = f"postvak@{DOMAIN}"


@pytest.mark.parametrize(
    ("lines", "recipients"),
    [
        ([f"Delivered-To: {HELP}", "Received: by ours", f"Delivered-To: vraag@{DOMAIN}", "Received: by theirs"], [HELP]),
        ([f"X-Original-To: {HELP}", f"Delivered-To: {CATCH_ALL}", "Received: by ours"], [HELP]),
        ([f"Delivered-To: {CATCH_ALL}", "Received: by dovecot", f"X-Original-To: {HELP}", "Received: by ours"], [HELP]),
        ([f"Envelope-To: {HELP}", "Received: by exim", "Received: by x", f"X-Original-To: vraag@{DOMAIN}"], [HELP]),
        (["Delivered-To: ons@gmail.example", "Received: by gmail", f"To: {HELP}, vraag@{DOMAIN}"], [HELP, f"vraag@{DOMAIN}"]),
        ([f"Delivered-To: {HELP}", f"Delivered-To: vraag@{DOMAIN}", f"To: koppel@{DOMAIN}"], [HELP]),
        ([f"Delivered-To: {CATCH_ALL}", "Received: by ours"], [CATCH_ALL]),
        ([f"Delivered-To: {CATCH_ALL}", "Received: by ours", f"To: {HELP}"], [HELP]),
        (["Received: by ours", "Received: by theirs", f"Delivered-To: {HELP}"], [f"onbekend@{DOMAIN}"]),
    ],
)  # fmt: skip
def test_for_whom_a_mail_in_a_shared_mailbox_is(lines, recipients):
    assert folder.recipients_of("\r\n".join([*lines, "From: ans@mail.example", "", "Hallo"]).encode()) == recipients


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"MAIL_IN_LMTP": "127.0.0.1:2424"}, []),
        ({"MAIL_IN_LMTP": "/run/meedoen/lmtp.sock"}, []),
        ({"MAIL_IN_LMTP": "2424"}, ["MEEDOEN_MAIL_IN_LMTP"]),
        ({"MAIL_IN_LMTP": "127.0.0.1:post"}, ["MEEDOEN_MAIL_IN_LMTP"]),
        ({"MAIL_IN_LMTP": "0.0.0.0:2424"}, ["MEEDOEN_MAIL_IN_LMTP"]),
        ({}, ["MEEDOEN_MAIL_IN_DOMAIN"]),
        ({"MAIL_IN_DOMAIN": "", "MAIL_IN_LMTP": "127.0.0.1:2424"}, ["Mail can come in, but MEEDOEN_MAIL_IN_DOMAIN"]),
        ({"IMAP_HOST": "imap.example", "IMAP_USER": "meedoen"}, ["MEEDOEN_IMAP_HOST"]),
        ({"MAIL_IN_LMTP": "127.0.0.1:2424", "HELP_EMAIL": HELP}, ["MEEDOEN_HELP_EMAIL"]),
        ({"MAIL_IN_LMTP": "127.0.0.1:2424", "HELP_EMAIL": f"iemand@{DOMAIN}"}, []),
        (
            {"IMAP_HOST": "imap.example", "IMAP_USER": "m", "IMAP_PASSWORD": "p", "IMAP_SECURITY": "none"},
            ["MEEDOEN_IMAP_SECURITY"],
        ),
    ],
)
def test_half_settings_are_named(settings, given, said):
    settings.POSTBOX = False
    for name, value in given.items():
        setattr(settings, name, value)
    assert [problem[: len(start)] for problem, start in zip(delivery.problems(), said, strict=True)] == said


def test_without_any_way_in_it_says_so_and_ends(settings):
    settings.MAIL_IN_LMTP, settings.MAIL_IN_SMTP_PORT, settings.IMAP_HOST = "", 0, ""
    assert keeping.run() is False

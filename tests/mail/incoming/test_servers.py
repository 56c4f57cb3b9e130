"""Mail through the servers that people run: Postfix delivers over LMTP, Dovecot keeps a mailbox; both on loopback."""

import imaplib
import os
import shutil
import smtplib
import socket
import subprocess
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest
from django.db.utils import OperationalError
from make.ports import free_port
from tests.incoming_mail import ANS, DOMAIN, NOW, PASSES, mail, thread_address

from meedoen.conversation.models import Contribution
from meedoen.mail.incoming import actions
from meedoen.mail.incoming.doors import delivery, mailbox
from meedoen.mail.incoming.models import Incoming

from .test_doors import opened

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.once]

SECONDS = 30  # for a server to start, or to hand a mail over
PASSWORD = "geheim"

MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
daemon_directory = /usr/lib/postfix/sbin
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.voorbeeld.example
mynetworks = 127.0.0.0/8
mydestination =
alias_maps =
virtual_mailbox_domains = {domain}
virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
recipient_delimiter = +
header_checks = regexp:{folder}/checks
minimal_backoff_time = 1s
queue_run_delay = 1s
"""
MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""
DOVECOT = """
base_dir = {folder}/run
log_path = {folder}/log
protocols = imap
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%u
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={folder}/mail/%u
}}
service imap-login {{
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
"""


def program(name):
    """Where a mail server is; without it, or without the rights to start it, the test is left out, but not by the gate."""
    path = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/lib/postfix/sbin")
    if path and os.geteuid() == 0:
        return path
    why = f"{name} needs root to start" if path else f"{name} is missing: apt install postfix dovecot-imapd"
    if os.environ.get("MEEDOEN_MAIL_SERVERS") == "needed":
        pytest.fail(why)
    pytest.skip(why)


def wait_until(holds, log):
    """Wait for something that a program beside us does; what it logged is shown when it does not."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if found := holds():
            return found
        time.sleep(0.05)
    pytest.fail(log.read_text(errors="replace") if log.exists() else "the server logged nothing")


def listens(port):
    with closing(socket.socket()) as probe, suppress(OSError):
        probe.connect(("127.0.0.1", port))
        return True
    return False


@pytest.fixture
def folder(tmp_path):
    """A folder in which servers that run as other users can go."""
    place = Path("/tmp") / f"meedoen-mail-{os.getpid()}-{tmp_path.name[-8:]}"
    place.mkdir(mode=0o755)
    yield place
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def postfix(folder):
    """A Postfix that delivers all mail for our domain over LMTP; the port it listens at, and that of the delivery."""
    path, port, lmtp = program("postfix"), free_port(), free_port()
    settings = folder / "etc"
    settings.mkdir()
    (folder / "data").mkdir()
    shutil.chown(folder / "data", "postfix")
    (folder / "queue").mkdir()
    (settings / "main.cf").write_text(MAIN.format(folder=folder, domain=DOMAIN, lmtp=lmtp))
    (settings / "master.cf").write_text(MASTER.format(port=port))
    # In the place of what looks at SPF, DKIM and DMARC: its verdict, written as it would be.
    (folder / "checks").write_text(f"/^Message-ID:/ PREPEND Authentication-Results: {PASSES}\n")
    command = [path, "-c", str(settings)]
    subprocess.run([*command, "start"], check=True, capture_output=True, timeout=SECONDS)
    try:
        wait_until(lambda: listens(port), folder / "log")
        yield port, lmtp, command, folder / "log"
    finally:
        subprocess.run([*command, "stop"], check=False, capture_output=True, timeout=SECONDS)


@pytest.fixture
def dovecot(folder, settings):
    """A Dovecot with a mailbox; settings that lead there, and a line to it of the test's own."""
    path, port = program("dovecot"), free_port()
    (folder / "mail").mkdir()
    shutil.chown(folder / "mail", "nobody", "nogroup")
    (folder / "conf").write_text(DOVECOT.format(folder=folder, port=port, password=PASSWORD))
    server = subprocess.Popen([path, "-F", "-c", str(folder / "conf")], stderr=subprocess.DEVNULL)
    settings.IMAP_HOST, settings.IMAP_PORT, settings.IMAP_SECURITY = "127.0.0.1", port, "none"
    settings.IMAP_USER, settings.IMAP_PASSWORD = "meedoen", PASSWORD
    settings.IMAP_FOLDER, settings.IMAP_DONE, settings.IMAP_DONE_FOLDER = "INBOX", "erase", ""
    try:
        wait_until(lambda: listens(port), folder / "log")
        box = imaplib.IMAP4("127.0.0.1", port, timeout=SECONDS)
        box.login("meedoen", PASSWORD)
        yield box
        box.logout()
    finally:
        server.terminate()
        server.wait(SECONDS)


def handle_all():
    for each in Incoming.objects.filter(state="new"):
        actions.handle(each.pk, now=NOW)
    return list(Incoming.objects.order_by("pk").values_list("outcome", flat=True))


def test_postfix_delivers_an_answer_that_stands(postfix, thread, ans):
    port, lmtp, _command, log = postfix
    to = thread_address(thread, ans)
    with opened(f"127.0.0.1:{lmtp}", delivery.lmtp):
        with smtplib.SMTP("127.0.0.1", port) as server:
            server.sendmail(ANS, [to], mail("Bij ons hielp een rustig uur.", to=to, proof=""))
        wait_until(Incoming.objects.exists, log)
    assert handle_all() == ["thread: contributed"]
    assert Contribution.objects.get().text == "Bij ons hielp een rustig uur."


VERIFYING = """
smtpd_recipient_restrictions = reject_unverified_recipient
unverified_recipient_reject_code = 550
address_verify_poll_delay = 1s
"""


def test_postfix_asks_us_first_and_refuses_what_we_refuse(postfix, folder):
    port, lmtp, command, log = postfix
    with (folder / "etc" / "main.cf").open("a") as settings:
        settings.write(VERIFYING)
    subprocess.run([*command, "reload"], check=True, capture_output=True, timeout=SECONDS)
    with opened(f"127.0.0.1:{lmtp}", delivery.lmtp), smtplib.SMTP("127.0.0.1", port, timeout=SECONDS) as server:
        unknown, known = f"iemand@{DOMAIN}", f"hulp@{DOMAIN}"
        refused = server.sendmail(ANS, [unknown, known], mail(to=known, proof=""))
        assert {to: answer[0] for to, answer in refused.items()} == {unknown: 550}
        wait_until(Incoming.objects.exists, log)
    assert [each.recipient for each in Incoming.objects.all()] == [known]
    assert "status=bounced" not in log.read_text(errors="replace")  # nobody is mailed that nothing came of it


def test_what_postfix_cannot_hand_over_it_keeps(postfix, ans):
    port, lmtp, command, log = postfix
    to = f"hulp@{DOMAIN}"
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.sendmail(ANS, [to], mail(to=to, proof=""))
    wait_until(lambda: "status=deferred" in log.read_text(errors="replace"), log)
    with opened(f"127.0.0.1:{lmtp}", delivery.lmtp):
        subprocess.run([*command, "flush"], check=True, capture_output=True, timeout=SECONDS)
        wait_until(Incoming.objects.exists, log)
    assert [each.recipient for each in Incoming.objects.all()] == [to]


def test_a_mailbox_is_emptied_once(dovecot, thread, ans):
    to = thread_address(thread, ans)
    dovecot.append("INBOX", None, None, mail("Bij ons hielp een rustig uur.", to=to))
    dovecot.append("INBOX", None, None, mail(to=f"hulp@{DOMAIN}"))
    assert mailbox.fetch(now=NOW) == 2
    assert mailbox.fetch(now=NOW) == 0
    assert handle_all() == ["thread: contributed", "help"]
    assert dovecot.select("INBOX")[1] == [b"0"]


def test_its_own_copy_goes_and_nothing_else(dovecot, db, settings):
    """Also where somebody else's mail lies there, marked for deletion by themselves or for no address of ours."""
    dovecot.append("INBOX", r"(\Seen \Deleted)", None, mail("Van iemand anders.", to="iemand@mail.example"))
    dovecot.append("INBOX", None, None, mail("Voor niemand hier.", to="iemand@mail.example"))
    dovecot.append("INBOX", None, None, mail("Voor ons.", to=f"hulp@{DOMAIN}"))
    assert mailbox.fetch(now=NOW) == 2
    dovecot.select("INBOX")
    left = [dovecot.fetch(number, "(BODY[TEXT])")[1][0][1] for number in dovecot.search(None, "ALL")[1][0].split()]
    assert left == [b"Van iemand anders.\r\n", b"Voor niemand hier.\r\n"]
    assert mailbox.fetch(now=NOW) == 0


def test_it_stays_where_that_is_set(dovecot, db, settings):
    settings.IMAP_DONE = "keep"
    dovecot.append("INBOX", None, None, mail(to=f"hulp@{DOMAIN}"))
    assert mailbox.fetch(now=NOW) == 1
    dovecot.select("INBOX")
    assert dovecot.search(None, "SEEN")[1] == [b"1"]
    assert mailbox.fetch(now=NOW) == 0


def test_what_is_not_kept_yet_stays_in_the_mailbox(dovecot, db, monkeypatch):
    dovecot.append("INBOX", None, None, mail(to=f"hulp@{DOMAIN}"))
    keep = actions.take_in

    def away(*args, **more):
        raise OperationalError("the database is away")

    monkeypatch.setattr(actions, "take_in", away)
    with pytest.raises(OperationalError):
        mailbox.fetch(now=NOW)
    monkeypatch.setattr(actions, "take_in", keep)
    assert mailbox.fetch(now=NOW) == 1
    assert Incoming.objects.count() == 1


def test_mail_goes_to_a_folder_of_what_was_done(dovecot, db, settings):
    settings.IMAP_DONE_FOLDER = 'Klaar "nu"'
    dovecot.append("INBOX", None, None, mail(to=f"hulp@{DOMAIN}"))
    assert mailbox.fetch(now=NOW) == 1
    assert dovecot.select("INBOX")[1] == [b"0"]
    assert dovecot.select('"Klaar \\"nu\\""')[1] == [b"1"]


def test_a_wrong_password_is_told(dovecot, db, settings):
    settings.IMAP_PASSWORD = "fout"
    with pytest.raises(mailbox.CannotFetch, match=r"(?i)auth"):
        mailbox.fetch(now=NOW)

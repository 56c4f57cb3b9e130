import stat
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes
from email.policy import default

import pytest
from django.core.mail import EmailMessage

from meedoen.mail import actions
from meedoen.mail.actions import Outcome
from meedoen.mail.backends import FileBackend


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "meedoen.mail.backends.FileBackend"
    settings.MAIL_DIR = tmp_path / "data" / "mail"
    return settings.MAIL_DIR


def write(number):
    return FileBackend().send_messages([EmailMessage(f"Mail {number}", "tekst", to=["ans@voorbeeld.example"])])


def test_each_mail_is_a_whole_file_for_its_owner_only(folder):
    assert write(1) == 1
    [path] = folder.iterdir()
    assert path.suffix == ".eml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    message = message_from_bytes(path.read_bytes(), policy=default)
    assert (message["Subject"], message["To"], message.get_content().strip()) == (
        "Mail 1",
        "ans@voorbeeld.example",
        "tekst",
    )


def test_names_sort_by_time_and_never_meet(folder):
    for number in range(5):
        write(number)
    subjects = [message_from_bytes(path.read_bytes())["Subject"] for path in sorted(folder.glob("*.eml"))]
    assert subjects == [f"Mail {number}" for number in range(5)]
    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(write, range(100))) == 100
    assert len(list(folder.iterdir())) == 105


def test_a_mail_that_cannot_be_written_leaves_no_half_file(folder):
    bad = EmailMessage("Kop\nBcc: elif@voorbeeld.example", "tekst", to=["ans@voorbeeld.example"])
    with pytest.raises(ValueError, match="newlines"):
        FileBackend().send_messages([bad])
    assert list(folder.iterdir()) == []


@pytest.mark.django_db
def test_a_full_disk_makes_the_mail_wait(folder, now):
    folder.parent.mkdir()
    folder.write_text("in the way")  # a file where the folder should be: an OSError, as a full disk is
    mail = actions.send("mail/test_mail.md", to="ans@voorbeeld.example", context={"sent_at": now}, key="x", now=now)
    assert actions.deliver(mail.pk, now=now) is Outcome.WAITS
    folder.unlink()
    mail.refresh_from_db()
    assert actions.deliver(mail.pk, now=mail.due_at) is Outcome.SENT
    assert len(list(folder.glob("*.eml"))) == 1

"""Attacks: what somebody needs stands nowhere in clear but on their own page and in the mail that tells it."""

import io
import logging
import sqlite3
import tarfile

import pytest
import structlog
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from tests.people.vault.conftest import DAY, NOW, SECRET_WORDS
from tests.signed_in import sign_in

from meedoen.activity import tasks as activity_tasks
from meedoen.keeping import locking, making, snapshot
from meedoen.mail import actions as mail
from meedoen.people.models import Person
from meedoen.people.privacy import actions as privacy
from meedoen.people.vault import actions, rotating
from meedoen.people.vault.rules import Purpose, Reason

pytestmark = pytest.mark.django_db(transaction=True)

TRACE = SECRET_WORDS.encode()


@pytest.fixture
def lived(put, mailed, carla, ans):
    """All that can happen to a need: put, looked at, mailed, sealed anew; one is still there, one is erased."""
    sealed = put()
    actions.look(sealed, reader=carla, purpose=Purpose.MEETING, reason=Reason.ARRANGE, now=NOW)
    row = mailed(sealed)
    mail.deliver(row.pk, now=NOW)
    list(rotating.rotate(now=NOW))
    other = put(subject="meeting:13")
    mailed(other, key="brief-2")  # still waits
    actions.erase(other, now=NOW)
    activity_tasks.tell()
    return sealed


def everything_in_the_database() -> bytes:
    """Each value of each row of each table, also of tables that no model knows."""
    found = io.BytesIO()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                for value in row:
                    found.write(bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode())
    return found.getvalue()


def test_in_no_row(lived):
    stored = everything_in_the_database()
    assert b"Samen aan tafel" in stored  # the search finds what is there
    assert TRACE not in stored


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the files of a server are not ours to read")
def test_in_no_byte_of_the_database_file_and_what_lies_beside_it(lived):
    from pathlib import Path

    name = Path(connection.settings_dict["NAME"])
    files = [path for path in name.parent.iterdir() if path.name.startswith(name.name)]
    raw = b"".join(path.read_bytes() for path in files)
    assert b"Samen aan tafel" in raw
    assert TRACE not in raw


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own way to make a copy")
def test_in_no_copy_of_the_database(lived, tmp_path):
    copy = sqlite3.connect(tmp_path / "copy.sqlite3")
    connection.connection.backup(copy)
    copy.execute("VACUUM")
    copy.close()
    assert TRACE not in (tmp_path / "copy.sqlite3").read_bytes()


def test_in_no_dump(lived):
    out = io.StringIO()
    call_command("dumpdata", stdout=out)
    assert "Samen aan tafel" in out.getvalue()
    assert SECRET_WORDS not in out.getvalue()
    without = io.StringIO()
    call_command("dumpdata", "--exclude=vault", stdout=without)
    assert '"model": "vault.' not in without.getvalue()


def test_in_no_backup_even_unlocked(lived, settings, tmp_path, key_file):
    settings.BACKUPS, settings.BACKUP_KEY, settings.BACKUP_KEY_FILE = tmp_path / "backups", "", tmp_path / "backup-key"
    made = making.back_up(now=NOW, tell=lambda _line: None)
    with locking.unlocked(made.path) as stream:
        unlocked = stream.read()
    assert TRACE not in made.path.read_bytes()
    assert TRACE not in unlocked
    assert key_file.read_bytes().strip() not in unlocked
    # What is in it can be searched, also where the database packs its own copy.
    with tarfile.open(fileobj=io.BytesIO(unlocked)) as tar:
        tar.extract("database", tmp_path, filter="data")
    clear = (tmp_path / "database").read_bytes()
    if connection.vendor == "postgresql":
        snapshot._run("pg_restore", "--file", str(tmp_path / "script"), str(tmp_path / "database"))
        clear = (tmp_path / "script").read_bytes()
    assert b"Samen aan tafel" in clear
    assert TRACE not in clear
    assert TRACE.hex().encode() not in clear


def test_in_no_log(put, mailed, carla, caplog, key_file):
    caplog.set_level(logging.DEBUG)
    with structlog.testing.capture_logs() as lines:
        sealed = put()
        row = mailed(sealed)
        actions.look(sealed, reader=carla, purpose=Purpose.MEETING, reason=Reason.ARRANGE, now=NOW)
        key = key_file.read_text(encoding="ascii")
        key_file.unlink()
        mail.deliver(row.pk, now=NOW)
        with pytest.raises(actions.CannotRead) as problem:
            actions.look(sealed, reader=carla, purpose=Purpose.MEETING, reason=Reason.ARRANGE, now=NOW)
        key_file.write_text(key, encoding="ascii")
    said = caplog.text + repr(lines) + repr(problem.value) + repr(sealed) + repr(row)
    assert "brief" not in said
    assert SECRET_WORDS not in said
    assert key.strip() not in said


def test_in_nobody_elses_export(lived, fatima, ans):
    for person in Person.objects.exclude(pk=ans.pk):
        assert SECRET_WORDS not in repr(privacy.everything_about(person, now=NOW))
    assert SECRET_WORDS in repr(privacy.everything_about(ans, now=NOW))


def test_in_no_mail_of_ones_export_that_was_about_another(lived, fatima):
    row = apps.get_model("mail", "OutgoingMail").objects.order_by("pk").first()
    fatima.address.email = row.to
    fatima.address.save()
    exported = repr(privacy.everything_about(fatima, now=NOW))
    assert "(…)" in exported
    assert SECRET_WORDS not in exported


def test_on_no_page_of_the_team(client, lived, carla):
    sign_in(client, "carla@voorbeeld.example")
    for path in ("/", "/mijn/", "/mijn/gegevens/", "/mijn/gegevens/wensen/", "/team/"):
        page = client.get(path)
        assert page.status_code == 200
        assert SECRET_WORDS not in page.content.decode()


def test_after_its_end_the_key_alone_opens_nothing(lived):
    actions.erase_old(now=NOW + 10 * DAY)
    assert not lived.__class__.objects.exclude(content=b"").exists()

"""The backup of each night is tried beside the site, and how that went is told."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from tests.people.vault.conftest import person

from meedoen.keeping import locking, making, rehearsing
from meedoen.kernel import clock
from meedoen.mail.models import OutgoingMail
from meedoen.municipalities.actions import load_register
from meedoen.themes.actions import load_themes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def told():
    return list(OutgoingMail.objects.order_by("pk").values_list("to", "subject"))


@pytest.fixture
def carla(db):
    return person("Carla", is_team=True)


def test_a_night_makes_thins_tries_and_tells(ans, carla, sent, settings):
    load_themes(now=clock.now())
    load_register(now=clock.now())
    sent()
    settings.BACKUPS.mkdir()
    old = settings.BACKUPS / "meedoen-20200101T020000Z.tar.age"
    older = settings.BACKUPS / "meedoen-20200101T010000Z.tar.age"
    for path in (old, older):
        path.write_bytes(b"")
    said = io.StringIO()
    call_command("backup", "--nightly", stdout=said)
    assert "was put back beside the site and works" in said.getvalue()
    newest = making.newest()
    assert old.exists()
    assert not older.exists()
    report = rehearsing.last()
    assert (report.backup, report.problems) == (newest.name, [])
    assert told() == [("carla@voorbeeld.example", "De reservekopie van de site werkt")]
    # Nothing of it is left, and the site itself is as it was.
    assert [path.name for path in settings.DATA.iterdir() if path.name.startswith((".trying", ".restore"))] == []
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_database WHERE datname LIKE '%\\_trying'")
            assert cursor.fetchone() == (0,)
    # A second night that goes well is no news; one that does not is.
    newest.write_bytes(newest.read_bytes()[:-1])
    with pytest.raises(CommandError, match="cut short or damaged"):
        call_command("rehearse", stdout=said)
    assert [subject for _to, subject in told()] == [
        "De reservekopie van de site werkt",
        "Er is iets mis met de reservekopie van de site",
    ]


def test_an_empty_site_is_no_good_backup(ans, back_up):
    back_up()
    report = rehearsing.rehearse(now=clock.now())
    assert "The database is empty." in report.problems


def test_backups_that_no_key_opens_any_more_are_named(ans, back_up, settings, monkeypatch):
    older = back_up().path
    older = older.rename(settings.BACKUPS / "meedoen-20261101T020000Z.tar.age")
    settings.BACKUP_KEY_FILE.unlink()  # the next one makes another
    newest = back_up()
    monkeypatch.setattr(rehearsing, "_problems_of", lambda _newest: [])
    report = rehearsing.rehearse(now=clock.now())
    assert report.backup == newest.path.name
    assert report.problems == [
        "No key that is here opens 1 of the backups, the newest of them meedoen-20261101T020000Z.tar.age. Put the key"
        f" that locked them below the one in {settings.BACKUP_KEY_FILE}, or delete them when it is lost."
    ]
    older.write_bytes(older.read_bytes()[:1000])  # for whom it is locked stands at its beginning
    assert making.locked_away() == [older.name]
    older.unlink()
    locking.rotate()
    back_up(clock.now() + timedelta(hours=1))
    assert rehearsing.rehearse(now=clock.now()).problems == []


def test_no_backup_at_all_is_told(db, carla, settings):
    report = rehearsing.rehearse(now=clock.now())
    assert report.problems == [f"There is no backup in {settings.BACKUPS}."]
    text = OutgoingMail.objects.get().text
    assert "There is no backup in" in text
    assert "Geef deze mail aan wie de site beheert" in text


def test_a_fault_in_our_code_is_told_in_one_line(ans, back_up, monkeypatch):
    """The team reads it by mail and the administrator in the check; the whole trace is in the log."""
    back_up()
    program = making.settings.DATA / "python"
    program.write_text("#!/bin/sh\nprintf 'Traceback (most recent call last):\\n  a\\nOops: b\\n' >&2; exit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr(rehearsing.sys, "executable", str(program))
    assert rehearsing.rehearse(now=clock.now()).problems == ["'restore' failed: Oops: b. The site's log has the rest."]

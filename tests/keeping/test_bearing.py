"""Going back a version works, or is refused before anything starts: the newer one left word in the database."""

import os
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from meedoen.config import checks, preparation
from meedoen.keeping import bearing, restoring
from meedoen.keeping.models import Borne
from meedoen.kernel import clock

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def newer():
    """A function that does to the database what a newer version would; undone afterwards."""
    recorder = MigrationRecorder(connection)

    def come(app, name, *, borne):
        recorder.record_applied(app, name)
        if borne:
            Borne.objects.create(name=f"{app}.{name}")

    yield come
    recorder.migration_qs.filter(name__startswith="0999").delete()


def test_each_version_writes_down_what_the_one_before_bears(monkeypatch):
    Borne.objects.all().delete()
    monkeypatch.setattr(bearing, "STOP", {"forum.0008_long_lists": "for this test: the old name goes"})
    bearing.write_down()
    names = set(Borne.objects.values_list("name", flat=True))
    assert {"keeping.0002_borne", "forum.0007_summary"} <= names
    assert "forum.0008_long_lists" not in names
    bearing.write_down()
    assert set(Borne.objects.values_list("name", flat=True)) == names


def test_migrating_does_so_by_itself():
    Borne.objects.all().delete()
    call_command("migrate", verbosity=0, interactive=False)
    assert Borne.objects.filter(name="keeping.0002_borne").exists()


def test_its_own_database_is_borne_also_with_an_app_that_a_setting_puts_in(newer):
    newer("socialaccount", "0999_elsewhere", borne=False)
    assert (bearing.not_borne(), bearing.problem()) == ([], "")
    assert not preparation.keeps_from_starting()


def test_a_change_that_it_bears_does_not_keep_it_from_starting(newer, client):
    newer("forum", "0999_a_column_more", borne=True)
    assert bearing.problem() == ""
    assert client.get("/readyz").status_code == 200


def test_one_that_it_does_not_bear_does_and_is_said_everywhere(newer, capsys):
    newer("forum", "0999_another_name", borne=False)
    said = (
        "a newer version of Meedoen changed the database in a way that this one does not bear (forum.0999_another_name)"
    )
    assert preparation.prepare(examples=False) == 1
    assert preparation.keeps_from_starting()
    assert capsys.readouterr().err.count(f"meedoen: {said}: install that version again") == 2
    assert [line for line in checks.database() if line.startswith(f"A{said[1:]}")] != []


@pytest.mark.slow
@pytest.mark.parametrize("word", ["serve", "worker", "mail-in", "prepare"])
def test_it_says_so_in_one_line_and_does_not_start(newer, word, settings):
    newer("forum", "0999_another_name", borne=False)
    name = connection.settings_dict["NAME"]
    url = (
        f"sqlite:///{name}"
        if connection.vendor == "sqlite"
        else urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}").geturl()
    )
    settings.DATA.mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "meedoen.config.cli", word],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "meedoen.config.settings", "DATABASE_URL": url, "MEEDOEN_DATA": str(settings.DATA)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    lines = [line for line in done.stderr.splitlines() if line.startswith("meedoen: ")]
    assert (done.returncode, len(lines)) == (1, 1)
    assert "install that version again, or put back a backup that this one made" in lines[0]


def test_a_backup_of_a_version_that_bears_no_more_is_refused(newer, back_up):
    newer("forum", "0999_a_column_more", borne=True)
    made = back_up()
    with pytest.raises(restoring.CannotRestore, match="made by a newer version"):
        restoring.restore(made.path, over=True, now=clock.now(), tell=lambda _line: None)

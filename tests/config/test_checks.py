"""What meedoen check says of an installation."""

import datetime
import os
import shutil
import subprocess
import sys

import pytest
from pyrage.x25519 import Identity

from meedoen.config import checks
from meedoen.keeping import locking, rehearsing
from meedoen.keeping import rules as keeping
from meedoen.kernel import clock

pytestmark = pytest.mark.django_db

FIT = {
    "ORGANISATION": "Stichting Netwerk",
    "CONTROLLER": "Stichting Netwerk",
    "HELP_PHONE": "030 123 45 67",
    "HELP_EMAIL": "hulp@netwerk.nl",
    "DSA_CONTACT": "meld@netwerk.nl",
    "SECURITY_CONTACT": "mailto:veilig@netwerk.nl",
    "DEFAULT_FROM_EMAIL": "Netwerk <post@netwerk.nl>",
    "STATEMENT_URL": "https://netwerk.nl/verklaring",
    "HTTPS": True,
    "ALLOWED_HOSTS": ["netwerk.nl"],
    "SECRET_KEY": "x" * 50,
    "VAULT_KEY": "y" * 50,
    "BACKUP_AT": datetime.time(3),
    "BACKUP_KEY": str(Identity.generate()),
    "EMAIL_HOST": "mail.netwerk.nl",
    "SMTP_SECURITY": "starttls",
    "DEBUG": False,
    "BENCH": False,
}


@pytest.fixture(autouse=True)
def backups(settings, tmp_path):
    """A backup of this moment, which was tried and does."""
    settings.BACKUPS = tmp_path / "backups"
    settings.BACKUPS.mkdir()
    locking.ready()
    (settings.BACKUPS / keeping.name_of(clock.now())).touch()
    rehearsing.write_down("x", [], now=clock.now())
    return settings.BACKUPS


def fit(settings, monkeypatch):
    """A public site that lacks nothing."""
    monkeypatch.setenv("MEEDOEN_SECRET_KEY", "x" * 50)
    for name, value in FIT.items():
        setattr(settings, name, value)


def test_a_fresh_laptop_is_in_order_and_no_public_site(capsys):
    assert checks.report(deploy=False) == 0
    assert "All is well here" in capsys.readouterr().out
    assert checks.report(deploy=True) == 1
    said = capsys.readouterr().out
    for name in ("MEEDOEN_ORGANISATION", "MEEDOEN_URL", "MEEDOEN_SMTP_HOST", "MEEDOEN_BENCH"):
        assert f"- {name}" in said


def test_a_fit_public_site_has_nothing_to_mend(settings, monkeypatch, capsys):
    fit(settings, monkeypatch)
    assert (checks.report(deploy=True), capsys.readouterr().out) == (0, "All is well.\n")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ORGANISATION", "Voorbeeldorganisatie", "MEEDOEN_ORGANISATION is still an example"),
        ("STATEMENT_URL", "", "MEEDOEN_STATEMENT_URL is not set"),
        ("HTTPS", False, "does not start with https://"),
        ("ALLOWED_HOSTS", ["*"], "MEEDOEN_HOSTS must name"),
        ("SECRET_KEY", "short", "MEEDOEN_SECRET_KEY is too short"),
        ("VAULT_KEY", "", "The vault's key lies in the data folder"),
        ("BACKUP_AT", None, "No backups are made"),
        ("BACKUP_KEY", "", "The key of the backups lies in the data folder"),
        ("EMAIL_HOST", "", "mail only goes to files"),
        ("SMTP_SECURITY", "none", "mail travels readable"),
        ("DEBUG", True, "MEEDOEN_DEBUG is on"),
    ],
)
def test_each_fault_of_a_public_site_is_named_alone(settings, monkeypatch, capsys, name, value, said):
    fit(settings, monkeypatch)
    setattr(settings, name, value)
    assert checks.report(deploy=True) == 1
    lines = capsys.readouterr().out.strip().splitlines()
    assert len(lines) == 1
    assert said in lines[0]


def test_mail_that_is_handed_to_this_machine_itself_needs_no_lock(settings, monkeypatch, capsys):
    fit(settings, monkeypatch)
    settings.EMAIL_HOST, settings.SMTP_SECURITY = "127.0.0.1", "none"
    assert (checks.report(deploy=True), capsys.readouterr().out) == (0, "All is well.\n")


def only(capsys, **options):
    """The one line that is said."""
    assert checks.report(**options) == 1
    [line] = capsys.readouterr().out.strip().splitlines()
    return line


def test_a_secret_in_the_data_folder_or_that_others_read_is_named(settings, monkeypatch, capsys, tmp_path):
    fit(settings, monkeypatch)
    settings.SECRET_IN_FILE, settings.SECRET_KEY_FILE = True, tmp_path / "secret-key"
    settings.SECRET_KEY_FILE.touch(mode=0o600)
    assert checks.report(deploy=True) == 0
    capsys.readouterr()
    settings.SECRET_KEY_FILE.chmod(0o640)
    assert "Others on this machine can read the secret." in only(capsys, deploy=True)
    settings.SECRET_KEY_FILE.chmod(0o600)
    settings.DATA = tmp_path
    assert any("The secret of the site lies in the data folder" in each for each in checks.secrets())


def test_a_server_beside_the_one_that_makes_backups_lacks_nothing(settings, monkeypatch, capsys, backups):
    fit(settings, monkeypatch)
    settings.BACKUP_AT, settings.BACKUP_ELSEWHERE, settings.BACKUP_KEY = None, True, ""
    for path in backups.iterdir():
        path.unlink()
    assert checks.report(deploy=True) == 0
    assert "Note: Another server makes the backups" in capsys.readouterr().out


@pytest.mark.parametrize(("bucket", "days", "told"), [("b", 15, 2), ("b", 13, 0), ("", 15, 1)])
def test_what_a_move_left_behind_is_named_after_two_weeks(settings, tmp_path, bucket, days, told):
    settings.DATA, settings.S3_BUCKET = tmp_path, bucket
    of_before = [tmp_path / "meedoen.sqlite3", tmp_path / "media" / "ab"]
    of_before[1].mkdir(parents=True)
    of_before[0].touch()
    then = (clock.now() - datetime.timedelta(days=days)).timestamp()
    for path in of_before:
        os.utime(path, (then, then))
    found = list(checks.left_behind())
    assert len(found) == told
    assert all(f"rm {tmp_path}" in each or f"rm -r {tmp_path}" in each for each in found)


def test_the_database_that_is_in_use_is_not_left_behind(settings, tmp_path, monkeypatch):
    settings.DATA = tmp_path
    in_use = tmp_path / "meedoen.sqlite3"
    in_use.touch()
    os.utime(in_use, (0, 0))
    assert len(list(checks.left_behind())) == 1
    monkeypatch.setattr(checks.connection, "vendor", "sqlite")
    monkeypatch.setitem(checks.connection.settings_dict, "NAME", str(in_use))
    assert list(checks.left_behind()) == []


def test_backups_in_the_data_folder_are_named(settings, monkeypatch, capsys, backups):
    fit(settings, monkeypatch)
    settings.BACKUPS = settings.DATA / "backups"
    shutil.copytree(backups, settings.BACKUPS)
    try:
        assert "The backups lie in the data folder" in only(capsys, deploy=True)
    finally:
        shutil.rmtree(settings.BACKUPS)


def test_a_backup_that_is_old_away_or_no_good_is_named(settings, monkeypatch, capsys, backups):
    settings.BACKUP_AT = datetime.time(3)
    [newest] = backups.glob("*.age")
    old = newest.rename(backups / keeping.name_of(clock.now() - datetime.timedelta(days=3)))
    assert f"The newest backup is {old.name}" in only(capsys, deploy=False)
    old.unlink()
    assert f"There is no backup in {backups}" in only(capsys, deploy=False)
    settings.BACKUP_AT = None
    rehearsing.write_down("x", ["The database is empty."], now=clock.now())
    assert "Trying the backups found: The database is empty." in only(capsys, deploy=False)


def test_backups_whose_key_is_gone_are_named(settings, capsys, backups):
    settings.BACKUP_KEY_FILE.unlink()
    said = only(capsys, deploy=False)
    assert said.startswith(f"- No backup in {backups} opens, and the next is locked with a new key: ")
    assert f"{settings.BACKUP_KEY_FILE} is not there. Put the key of the backups there" in said


def test_a_clock_that_went_back_is_named(capsys, backups):
    (backups / keeping.name_of(clock.now() + datetime.timedelta(hours=2))).touch()
    assert "Let it follow a time server" in only(capsys, deploy=False)


def test_mail_to_files_on_an_open_server_is_refused(settings, capsys):
    settings.HOST, settings.EMAIL_HOST = "0.0.0.0", ""
    assert checks.report(deploy=False) == 1
    assert "Mail goes to files, though this server listens to the network" in capsys.readouterr().out


def test_a_data_folder_that_cannot_be_written_is_named(settings, tmp_path, capsys):
    settings.DATA = tmp_path / "gone"
    assert checks.report(deploy=False) == 1
    assert f"The data folder {settings.DATA} cannot be written" in capsys.readouterr().out


@pytest.mark.parametrize(("endpoint", "is_told"), [("http://s3.netwerk.nl", True), ("https://s3.netwerk.nl", False)])
def test_files_that_would_travel_readable_are_told(settings, endpoint, is_told):
    settings.S3_BUCKET, settings.S3_ENDPOINT = "bestanden", endpoint
    told = ["MEEDOEN_S3_ENDPOINT starts with http://, so files and all about them travel readable. Use https://."]
    assert list(checks.files_travel_locked()) == (told if is_told else [])


@pytest.mark.parametrize(
    ("said", "meant"),
    [({}, None), ({"MEEDOEN_BACKUP_AT": ""}, None), ({"MEEDOEN_BACKUP_AT": "04:30"}, datetime.time(4, 30))],
)
@pytest.mark.parametrize("is_example", [True, False])
def test_no_time_for_backups_means_never_and_a_real_site_has_one_by_itself(tmp_path, said, meant, is_example):
    names = {} if is_example else {"MEEDOEN_ORGANISATION": "Netwerk", "MEEDOEN_CONTROLLER": "Netwerk"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MEEDOEN_")}
    asked = "from meedoen.config.settings import BACKUP_AT; print(repr(BACKUP_AT))"
    done = subprocess.run(
        [sys.executable, "-c", asked], env={**kept, "MEEDOEN_DATA": str(tmp_path), **names, **said},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    by_itself = datetime.time(3) if not said and not is_example else meant
    assert done.stdout.strip() == repr(by_itself)

"""Keys change and nobody notices: sessions, codes, the vault and old backups with what is sealed in them all go on."""

import io
import os
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from tests.people.vault.conftest import CONTENT, put  # noqa: F401
from tests.signed_in import sign_in

from meedoen.keeping import locking, restoring, rules, secret
from meedoen.kernel import clock
from meedoen.people import codes
from meedoen.people.vault import actions as vault
from meedoen.people.vault import rules as vault_rules
from meedoen.people.vault import sealing

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def files(settings, place, monkeypatch):
    """Secret and vault key in files, as docs/running.md has them."""
    monkeypatch.delenv("MEEDOEN_SECRET_KEY", raising=False)
    settings.DATA.mkdir()
    settings.SECRET_IN_FILE = True
    settings.SECRET_KEY_FILE, settings.VAULT_KEY, settings.VAULT_KEY_FILE = place / "secret", "", place / "vault-key"
    settings.SECRET_KEY_FILE.write_text(settings.SECRET_KEY, encoding="utf-8")
    settings.VAULT_KEY_FILE.write_text("v" * 60, encoding="ascii")


def start_again(settings):
    """What starting the site does with the file."""
    settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS = settings.SECRET_KEY_FILE.read_text("utf-8").splitlines()


def test_nobody_is_signed_out_no_code_is_lost_and_old_backups_open(client, ans, back_up, settings):
    sign_in(client, "ans@voorbeeld.example")
    stored, made, old = codes.hashed("123456", key="act"), back_up(), settings.SECRET_KEY
    vault_key = sealing.keyring()[0].id
    said = io.StringIO()
    call_command("rotate_keys", stdout=said)
    start_again(settings)
    assert old != settings.SECRET_KEY
    assert [old] == settings.SECRET_KEY_FALLBACKS
    assert client.get("/mijn/").status_code == 200
    assert codes.fits("123 456", stored, key="act")
    assert not codes.fits("123 457", stored, key="act")
    new, old_one = [key.id for key in sealing.keyring()]
    assert (new != vault_key, old_one) == (True, vault_key)
    assert len(locking.keyring()) == 2
    assert "started again" in said.getvalue()
    restoring.restore(made.path, over=True, now=clock.now(), tell=lambda _line: None)
    # Once what was signed before has had its time, the old secret can go, and opens nothing.
    settings.SECRET_KEY_FALLBACKS = []
    assert not codes.fits("123456", stored, key="act")
    assert client.get("/mijn/").status_code == 302


def test_a_need_in_a_backup_of_before_opens_after_it_was_put_back(ans, back_up, put):  # noqa: F811
    need, made = put(), back_up()
    for _year in range(2):
        call_command("vault_key", "rotate", stdout=io.StringIO())
    for after in (lambda: None, lambda: call_command("vault_key", "rotate", stdout=io.StringIO())):
        restored = restoring.restore(made.path, over=True, now=clock.now(), tell=lambda _line: None)
        assert restored.vault == []
        after()
        need.refresh_from_db()
        assert vault.own(need) == CONTENT
    assert vault_rules.KEEP_OLD_KEYS >= rules.MAX_AGE  # as long as the rule keeps any backup


def test_twice_within_the_life_of_a_session_is_refused_unless_told(settings):
    now = clock.now()
    secret.rotate(soon=False, now=now)
    with pytest.raises(secret.TooSoon, match="less than 30 days ago"):
        secret.rotate(soon=False, now=now + timedelta(days=29))
    secret.rotate(soon=False, now=now + timedelta(days=31))
    os.utime(settings.SECRET_KEY_FILE)
    known = settings.SECRET_KEY_FILE.read_text("utf-8").splitlines()
    secret.rotate(soon=True, now=now)
    [new] = settings.SECRET_KEY_FILE.read_text("utf-8").splitlines()  # somebody has the others: these count no more
    assert new not in known


def test_a_refused_rotation_touches_no_key(settings):
    call_command("rotate_keys", stdout=io.StringIO())
    files = [settings.SECRET_KEY_FILE, settings.VAULT_KEY_FILE, settings.BACKUP_KEY_FILE]
    before = [path.read_bytes() for path in files]
    with pytest.raises(CommandError, match=r"No key is changed: .*less than 30 days ago: wait until .*or say --soon"):
        call_command("rotate_keys", stdout=io.StringIO())
    assert [path.read_bytes() for path in files] == before
    call_command("rotate_keys", "--soon", stdout=io.StringIO())
    assert not {one for one, path in zip(before, files, strict=True) if path.read_bytes() == one}


def test_keys_of_the_environment_are_changed_by_hand_and_it_says_how(settings, monkeypatch):
    settings.SECRET_IN_FILE, settings.VAULT_KEY, settings.BACKUP_KEY = False, "y" * 50, "z"
    with pytest.raises(CommandError) as problem:
        call_command("rotate_keys")
    for name in ("MEEDOEN_SECRET_KEY_FALLBACKS", "MEEDOEN_VAULT_KEY", "MEEDOEN_BACKUP_KEY"):
        assert name in str(problem.value)


def test_a_secret_of_the_environment_goes_on_in_the_file_that_is_named(settings, monkeypatch):
    settings.SECRET_IN_FILE = False
    settings.SECRET_KEY_FILE = settings.SECRET_KEY_FILE.parent / "sleutels" / "secret-key"  # a folder that is not there
    monkeypatch.setenv("MEEDOEN_SECRET_KEY_FILE", str(settings.SECRET_KEY_FILE))
    before, settings.SECRET_KEY_FALLBACKS = settings.SECRET_KEY, ["o" * 50]  # changed by hand a while ago
    call_command("rotate_keys", stdout=io.StringIO())
    start_again(settings)
    assert before != settings.SECRET_KEY
    assert [before, "o" * 50] == settings.SECRET_KEY_FALLBACKS
    assert settings.SECRET_KEY_FILE.stat().st_mode & 0o777 == 0o600


def test_a_secret_that_cannot_be_written_stays_and_it_says_why(settings):
    settings.SECRET_KEY_FILE.chmod(0o400)
    (
        settings.SECRET_KEY_FILE.parent / f".{settings.SECRET_KEY_FILE.name}-{os.getpid()}"
    ).mkdir()  # as on a full or read-only disk
    before = settings.SECRET_KEY_FILE.read_text("utf-8")
    with pytest.raises(CommandError, match=r"The secret stays: .*: Is a directory"):
        call_command("rotate_keys", stdout=io.StringIO())
    assert settings.SECRET_KEY_FILE.read_text("utf-8") == before

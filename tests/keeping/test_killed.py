"""A backup, a try or a restore that is killed leaves nothing in clear behind: the next start of anything clears it."""

import os
import signal
import stat
import subprocess
import sys
import time
from urllib.parse import urlsplit

import pytest
from django.db import connection

from meedoen.keeping import making, scratch, tasks
from meedoen.kernel import clock

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

MEEDOEN = [sys.executable, "-m", "meedoen.config.cli"]
BIG = 120_000_000  # bytes of a file, so that packing and unpacking take a while


@pytest.fixture
def environment(settings, place):
    """That of the site of this test, for a process of its own."""
    settings.DATA.mkdir(exist_ok=True)
    name = connection.settings_dict["NAME"]
    url = (
        f"sqlite:///{name}"
        if connection.vendor == "sqlite"
        else urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}").geturl()
    )
    connection.close()
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "meedoen.config.settings",
        "DATABASE_URL": url,
        "MEEDOEN_DATA": str(settings.DATA),
        "MEEDOEN_BACKUPS": str(settings.BACKUPS),
        "MEEDOEN_BACKUP_KEY_FILE": str(settings.BACKUP_KEY_FILE),
        "MEEDOEN_VAULT_KEY_FILE": str(place / "vault-key"),
        "MEEDOEN_SECRET_KEY": settings.SECRET_KEY,
    }  # fmt: skip


def in_clear(settings):
    """The folders in which something lies in clear."""
    return sorted(path for parent in (settings.DATA, settings.BACKUPS) for path in parent.glob(".*-*") if path.is_dir())


def killed(words, environment, *, when):
    """Start it, and kill it with no time for a farewell once ``when`` says so; what ``when`` found."""
    process = subprocess.Popen(
        [*MEEDOEN, *words], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(6000):
            if found := when():
                os.kill(process.pid, signal.SIGKILL)
                return found
            assert process.poll() is None, "it ended before it could be killed"
            time.sleep(0.005)
        raise AssertionError("what was waited for did not come")
    finally:
        process.kill()
        process.wait(20)


def files_of(folders):
    """What lies in them, except for the file that holds them."""
    return [path for folder in folders for path in folder.rglob("*") if path.is_file() and path.name != scratch.HELD]


def test_a_killed_backup_is_cleared_by_the_next_and_its_copy_has_no_name(ans, sent, settings, environment):
    sent(content=os.urandom(BIG))

    def packing():
        return [
            path
            for path in files_of(in_clear(settings))
            if path.name.endswith(".age") and path.stat().st_size > 10_000_000
        ]

    (draft,) = killed(["backup"], environment, when=packing)
    # Of the database nothing is there to be read; what was packed is locked.
    assert files_of(in_clear(settings)) == [draft]
    assert stat.S_IMODE(draft.parent.stat().st_mode) == 0o700
    assert making.newest() is None
    making.back_up(now=clock.now(), tell=lambda _line: None)
    assert in_clear(settings) == []
    assert making.newest() is not None


def test_a_killed_restore_is_cleared_by_prepare_or_worker(ans, sent, settings, environment, back_up):
    sent(content=os.urandom(BIG))
    made = back_up()
    connection.close()  # nobody has it open who would be in its way
    found = killed(
        ["restore", str(made.path), "--over"], environment,
        when=lambda: [path for path in files_of(in_clear(settings)) if path.name == "database"],
    )  # fmt: skip
    assert stat.S_IMODE(found[0].parent.stat().st_mode) == 0o700
    assert files_of(in_clear(settings)) != []
    tasks.clear_left_behind()
    assert in_clear(settings) == []


def test_a_killed_try_is_left_alone_while_its_child_goes_on_and_then_cleared(ans, sent, settings, environment, back_up):
    sent(content=os.urandom(BIG))
    back_up()

    def unpacking():
        return [path for path in files_of(in_clear(settings)) if path.name == "database"]

    killed(["rehearse"], environment, when=unpacking)
    for _ in range(1200):
        scratch.clear()
        if not in_clear(settings) and not tried():  # the server may hold on to a killed client for a moment
            break
        time.sleep(0.05)
    assert (in_clear(settings), tried()) == ([], [])


def tried():
    """The databases that were made to try a backup in."""
    if connection.vendor == "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database WHERE datname = %s", [f"{connection.settings_dict['NAME']}_trying"]
        )
        return cursor.fetchall()


def test_one_that_is_busy_is_not_cleared(settings):
    settings.DATA.mkdir(exist_ok=True)
    with scratch.made("copy", settings.DATA) as room:
        (room.path / "iets").write_text("van iemand", encoding="utf-8")
        assert scratch.clear() == []
        assert (room.path / "iets").exists()
    assert in_clear(settings) == []
    left = settings.DATA / ".copy-oud"
    left.mkdir()
    (left / "copy").write_text("van iemand", encoding="utf-8")
    assert scratch.clear() == [".copy-oud"]
    assert not left.exists()


def test_two_tries_at_once_are_one_too_many_on_postgresql(settings, tmp_path):
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite each has a file of its own")
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [scratch.TRYING])
        with pytest.raises(scratch.NoPlace, match="another is being tried"), scratch.database(tmp_path):
            pass
    finally:
        other.close()

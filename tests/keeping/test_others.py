"""Who has the database open is found before something is put in its place, and told in one line."""

import os
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import contextmanager, suppress

import pytest
from django.db import connection
from make.ports import free_port
from tests.keeping.test_moving import move, refusal, url_of_this

from meedoen.config import preparation
from meedoen.keeping import others, restoring, snapshot
from meedoen.kernel import clock
from meedoen.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(others, "PATIENCE_SECONDS", 0.5)


@contextmanager
def open_in_a_thread(question="SELECT 1 FROM people_person"):
    """Somebody who asked something and keeps the database open."""
    is_open, may_end = threading.Event(), threading.Event()

    def stay():
        with connection.cursor() as cursor:
            cursor.execute(question)
            cursor.fetchall()
        is_open.set()
        may_end.wait(60)
        connection.close()

    thread = threading.Thread(target=stay)
    thread.start()
    try:
        assert is_open.wait(60)
        yield may_end
    finally:
        may_end.set()
        thread.join()


def test_nobody_is_nobody_and_the_database_does_as_before(ans):
    assert not others.are_there()
    assert Person.objects.filter(pk=ans.pk).update(name="Anna") == 1


def test_who_goes_in_a_moment_is_waited_for(ans, monkeypatch):
    monkeypatch.setattr(others, "PATIENCE_SECONDS", 20)
    with open_in_a_thread() as may_end:
        threading.Timer(0.5, may_end.set).start()
        assert not others.are_there()


def test_nothing_is_put_back_over_a_site_that_runs(ans, back_up, settings):
    made = back_up()
    Person.objects.filter(pk=ans.pk).update(name="Nu")
    tell = [].append
    with open_in_a_thread():
        with pytest.raises(restoring.CannotRestore, match=r"stop server, worker and mail-in first.*--anyway"):
            restoring.restore(made.path, over=True, now=clock.now(), tell=tell)
        with pytest.raises(snapshot.CannotCopy, match="stop server, worker"):  # one that came while it was unpacked
            snapshot.put(made.path, over=True, mark="")
        assert (Person.objects.get().name, restoring.half_restored()) == ("Nu", False)
    restoring.restore(made.path, over=True, now=clock.now(), tell=tell)
    assert Person.objects.get().name == "Ans"


def test_a_pool_that_is_no_site_can_be_passed_over(ans, back_up):
    made = back_up()
    Person.objects.filter(pk=ans.pk).update(name="Nu")
    with open_in_a_thread():
        restoring.restore(made.path, over=True, anyway=True, now=clock.now(), tell=[].append)
    assert Person.objects.get().name == "Ans"


@pytest.mark.slow
def test_nothing_is_moved_away_from_a_site_that_runs(ans, tmp_path):
    with open_in_a_thread():
        assert "stop server, worker and mail-in first" in refusal(move(url_of_this(), f"sqlite:///{tmp_path / 'new'}"))


def test_a_file_that_is_damaged_or_gone_is_nobodys(tmp_path):
    path = tmp_path / "a.sqlite3"
    assert not others._is_locked(path)
    path.write_bytes(b"geen database" * 1000)
    assert not others._is_locked(path)


def test_the_database_of_a_server_says_on_each_machine_that_it_was_half_restored(
    ans, back_up, monkeypatch, settings, capsys, client
):
    if connection.vendor == "sqlite":
        pytest.skip("that one is a file on one machine")
    made = back_up()

    def fail(*_arguments, **_named):
        raise OSError(28, "No space left on device", "/var/lib/meedoen/media/ab")

    with monkeypatch.context() as broken:
        broken.setattr(restoring.media, "put_all", fail)
        with pytest.raises(restoring.HalfRestored):
            restoring.restore(made.path, over=True, now=clock.now(), tell=[].append)
    (settings.DATA / restoring.HALF).unlink()  # as on another machine
    assert preparation.prepare(examples=False) == 1
    assert "that did not come to its end: run 'meedoen restore FILE --over'" in capsys.readouterr().err
    assert client.get("/readyz").status_code == 503
    restoring.restore(made.path, over=True, now=clock.now(), tell=[].append)
    assert (restoring.half_restored(), snapshot.mark()) == (False, "")


@pytest.mark.slow
@pytest.mark.parametrize("word", ["serve", "worker", "mail-in"])
def test_the_processes_of_the_site_are_found_also_before_anybody_asked_them(ans, back_up, settings, place, word):
    made = back_up()
    port = free_port()
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "meedoen.config.settings", "DATABASE_URL": url_of_this(), "PORT": str(port),
        "MEEDOEN_DATA": str(settings.DATA), "MEEDOEN_BACKUPS": str(settings.BACKUPS),
        "MEEDOEN_BACKUP_KEY_FILE": str(settings.BACKUP_KEY_FILE), "MEEDOEN_VAULT_KEY_FILE": str(place / "vault-key"),
        "MEEDOEN_SECRET_KEY": settings.SECRET_KEY, "MEEDOEN_BACKUP_AT": "",
    }  # fmt: skip

    def restore():
        connection.close()
        return subprocess.run(
            [sys.executable, "-m", "meedoen.config.cli", "restore", str(made.path), "--over"],
            env=environment, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip

    process = subprocess.Popen([sys.executable, "-m", "meedoen.config.cli", word], env=environment)
    try:
        for _ in range(600):
            with suppress(OSError):
                if word == "worker":
                    time.sleep(0.1)
                    if others._is_open_elsewhere("default"):
                        break
                else:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
                    break
            time.sleep(0.1)
        refused = restore()
    finally:
        process.terminate()
        process.wait(30)
    assert (refused.returncode, "stop server, worker and mail-in first" in refused.stderr) == (1, True)
    assert restore().returncode == 0

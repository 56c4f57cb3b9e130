"""Starting and stopping for real: one clear line when something is in the way, and nothing left behind."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from make.ports import free_port
from tests.migrated import put_sqlite

ROOT = Path(__file__).resolve().parents[2]
RUN = [sys.executable, "-m", "meedoen.config.cli", "run"]

pytestmark = pytest.mark.slow


def environment(**changes):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MEEDOEN_")}
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PORT"):
        kept.pop(name, None)
    return {**kept, **{name: str(value) for name, value in changes.items()}}


def group(number):
    """The living processes of a process group."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, IndexError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[2]) == number and fields[0] != "Z":
                found.append(int(folder.name))
    return found


@contextlib.contextmanager
def running(folder, port):
    """``meedoen run`` in a process group of its own, open."""
    process = subprocess.Popen(
        RUN, env=environment(MEEDOEN_DATA=folder, PORT=port), start_new_session=True, stdout=subprocess.PIPE, text=True
    )
    try:
        line = ""
        while "Meedoen is open" not in line:
            line = process.stdout.readline()
            assert line, "it stopped before it was open"
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
        process.stdout.close()
        gone(process.pid)


def gone(number):
    """Wait until nothing of a process group lives: who dies holds its port and its database a moment longer."""
    for _ in range(600):
        if not group(number):
            return
        time.sleep(0.1)
    pytest.fail("something stayed behind")


def refused(**changes):
    """The lines and the exit code of a run that cannot start."""
    done = subprocess.run(RUN, env=environment(**changes), capture_output=True, text=True, timeout=60, check=False)
    return done.stderr.strip().splitlines(), done.returncode


def test_it_opens_stays_open_without_its_worker_and_leaves_nothing_behind(tmp_path):
    port = free_port()
    with running(tmp_path, port) as process:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/gemeenten/", timeout=60) as page:
            assert b"Gemeenten" in page.read()
        (worker,) = [
            pid for pid in group(process.pid) if Path(f"/proc/{pid}/cmdline").read_bytes().endswith(b"worker\0")
        ]
        os.kill(worker, signal.SIGKILL)
        for _ in range(100):
            workers = [pid for pid in group(process.pid) if b"worker\0" in Path(f"/proc/{pid}/cmdline").read_bytes()]
            if workers and worker not in workers:
                break
            time.sleep(0.1)
        else:
            pytest.fail("the worker was not started again")
        os.killpg(process.pid, signal.SIGINT)  # Ctrl-C reaches the whole group
        assert process.wait(60) == 0
        gone(process.pid)


def test_a_second_start_finds_all_done(tmp_path):
    port = free_port()
    put_sqlite(tmp_path / "meedoen.sqlite3")  # the test above begins from nothing
    with running(tmp_path, port):
        pass
    before = (tmp_path / "static" / ".gathered").stat().st_mtime_ns
    with running(tmp_path, port), urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=60) as answer:
        assert answer.status == 200
    assert (tmp_path / "static" / ".gathered").stat().st_mtime_ns == before


def test_a_port_in_use_is_told_in_one_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        lines, code = refused(MEEDOEN_DATA=tmp_path, PORT=port)
    assert (lines, code) == ([f"meedoen: port {port} is in use: choose another, such as 'make run PORT=8001'"], 1)


@pytest.mark.parametrize("port", ["0", "70000", "http", "-1", "٣"])
def test_what_is_no_port_is_told_in_one_line(tmp_path, port):
    lines, code = refused(MEEDOEN_DATA=tmp_path, PORT=port)
    assert (lines, code) == ([f"meedoen: PORT={port} is not a port: give a number from 1 to 65535"], 1)


def test_a_folder_that_cannot_be_written_is_told_in_one_line(tmp_path):
    (tmp_path / "file").write_text("in the way")
    folder = tmp_path / "file" / "data"
    lines, code = refused(MEEDOEN_DATA=folder, PORT=free_port())
    assert code == 1
    assert lines == [
        f"meedoen: cannot write in {folder}: make it yours, or name another folder with MEEDOEN_DATA=/path"
    ]


def test_a_full_disk_is_told_in_one_line(tmp_path, monkeypatch):
    import errno

    from meedoen.config import supervisor

    def full(*_args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(supervisor.CannotStart, match="is full: make room and start again"):
        supervisor.ready_folder(tmp_path)


def test_a_python_that_is_too_old_is_told_in_one_line():
    pretend = "import sys; sys.version_info = (3, 8, 18); sys.argv = ['make/environment.py', 'run']; exec(open('make/environment.py').read())"
    done = subprocess.run(
        [sys.executable, "-c", pretend.replace("exec(", "__file__ = 'make/environment.py'; exec(")],
        cwd=ROOT, env=environment(MEEDOEN_SEARCHED="1"), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("meedoen: this needs Python 3.11 or newer, and ")
    assert "is 3.8: install a newer one" in line


def test_an_interrupted_set_up_is_repaired_by_the_next_call(tmp_path):
    project = tmp_path / "project"
    for name in ("make", "requirements", "src"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, project / name)
    command = [sys.executable, "make/environment.py", "run"]
    first = subprocess.Popen(command, cwd=project, env=environment(), start_new_session=True, stderr=subprocess.DEVNULL)
    time.sleep(6)  # in the middle of making or filling the environment
    os.killpg(first.pid, signal.SIGKILL)
    first.wait(10)
    assert not (project / ".venv" / "stamp-run").exists()
    subprocess.run(command, cwd=project, env=environment(), check=True, capture_output=True, timeout=300)
    done = subprocess.run(
        [project / ".venv" / "bin" / "meedoen", "--help"], env=environment(), capture_output=True, text=True, check=True
    )
    assert "Set up the database and its content" in done.stdout

    subprocess.run(command, cwd=project, env=environment(), check=True, capture_output=True, timeout=60)

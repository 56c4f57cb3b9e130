"""Starting the site on one machine: set up, then watch over server and worker; loads no Django, so it stays small."""

import ctypes
import errno
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

MIN_FREE_MB = 50  # on the disk of the data folder; below it SQLite soon fails half-way
READY_SECONDS = 60  # to the first answer, on a slow machine
STOP_SECONDS = 5  # for a process to end by itself before it is ended
SUPERVISED = "MEEDOEN_SUPERVISED"  # set for the children of ``meedoen run``; no setting of anybody's
PR_SET_PDEATHSIG = 1  # from Linux' sys/prctl.h
WORKER_PAUSE_SECONDS = 2  # before a worker that fell over is started again


class CannotStart(Exception):
    """What is in the way, in one line that says what to do."""


def run(*, empty: bool) -> int:
    """Set up, start, and stay until Ctrl-C or a stop signal. Returns the exit code."""
    port = os.environ["PORT"] = os.environ.get("PORT") or "8000"  # empty counts as not set
    try:
        data = ready_folder(Path(os.environ.get("MEEDOEN_DATA", "data")))
        ready_port(port)
    except CannotStart as problem:
        print(f"meedoen: {problem}", file=sys.stderr)
        return 1
    os.environ["MEEDOEN_DATA"] = str(data)
    prepared = subprocess.run([*meedoen_command(), "prepare", *(["--empty"] if empty else [])], check=False)
    if prepared.returncode:
        return prepared.returncode
    return Family(port).watch()


def ready_folder(path: Path) -> Path:
    """The data folder, made and proven writable, with some room on its disk."""
    path = path.resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
        proof = path / f".write-{os.getpid()}"
        proof.write_bytes(b"x" * 4096)
        proof.unlink()
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise CannotStart(f"the disk of {path} is full: make room and start again") from error
        raise CannotStart(
            f"cannot write in {path}: make it yours, or name another folder with MEEDOEN_DATA=/path"
        ) from error
    free = shutil.disk_usage(path).free // 1024 // 1024
    if free < MIN_FREE_MB:
        raise CannotStart(f"only {free} MB free on the disk of {path}: make room and start again")
    return path


def ready_port(port: str) -> None:
    """Refuse a port that is no port or is taken."""
    if not (port.isascii() and port.isdecimal()) or not 0 < int(port) < 65536:
        raise CannotStart(f"PORT={port} is not a port: give a number from 1 to 65535")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host(), int(port)))
        except OSError as error:
            why = "is in use" if error.errno == errno.EADDRINUSE else "cannot be opened"
            raise CannotStart(f"port {port} {why}: choose another, such as 'make run PORT=8001'") from error


def host() -> str:
    """The address to listen on."""
    return os.environ.get("MEEDOEN_HOST", "127.0.0.1")


def meedoen_command() -> list[str]:
    """How to start this command line again, with the same Python."""
    return [sys.executable, "-m", "meedoen.config.cli"]


def server_command() -> list[str]:
    """Granian as a web server for the application; the first part is an absolute path."""
    return [
        sys.executable, "-m", "granian", "meedoen.config.wsgi:application",
        "--interface", "wsgi",
        "--host", host(),
        "--port", os.environ.get("PORT", "8000"),
        "--workers", os.environ.get("MEEDOEN_WORKERS", "1"),
        "--blocking-threads", os.environ.get("MEEDOEN_THREADS", "2"),
        "--no-ws",
        "--log-level", "warning",
        "--respawn-failed-workers",
    ]  # fmt: skip


class Family:
    """The server, the worker and the way in of mail, started together and ended together."""

    def __init__(self, port: str) -> None:
        self.port = port
        self.stopping = False
        self.told_by_terminal = False
        self.server = self._start(server_command())
        self.worker = self._start([*meedoen_command(), "worker"])
        self.mail_in = self._start([*meedoen_command(), "mail-in"])  # the site is open without it too

    def watch(self) -> int:
        """Stay while the server lives; a worker that falls over is started again."""
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, self._stop)
        if self._answers():
            print(f"\n  Meedoen is open:  http://localhost:{self.port}\n  Stop with Ctrl-C.\n", flush=True)
        while not self.stopping and self.server.poll() is None:
            if self.worker.poll() is not None and not self.stopping:
                print("meedoen: the worker fell over and is started again", file=sys.stderr)
                time.sleep(WORKER_PAUSE_SECONDS)
                self.worker = self._start([*meedoen_command(), "worker"])
            time.sleep(0.2)
        fell = not self.stopping
        self._end()
        if fell:
            print("meedoen: the server stopped; the lines above say why", file=sys.stderr)
        return 1 if fell else 0

    def _answers(self) -> bool:
        for _ in range(READY_SECONDS * 20):
            if self.stopping or self.server.poll() is not None:
                return False
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=1):
                    return True
            except OSError:
                time.sleep(0.05)
        return False

    def _start(self, command: list[str]) -> "subprocess.Popen[bytes]":
        environment = {**os.environ, SUPERVISED: "yes"}
        return subprocess.Popen(
            command, env=environment, preexec_fn=end_with_parent if sys.platform == "linux" else None
        )

    def _stop(self, number: int, _frame: object) -> None:
        self.stopping = True
        self.told_by_terminal = number == signal.SIGINT

    def _end(self) -> None:
        """End the children. Ctrl-C has reached them already: a second signal would cut their farewell short."""
        children = [child for child in (self.server, self.worker, self.mail_in) if child.poll() is None]
        if not (self.told_by_terminal and self._all_end(children)):
            for child in children:
                child.terminate()
            if not self._all_end(children):
                for child in children:
                    child.kill()
                    child.wait()

    @staticmethod
    def _all_end(children: "list[subprocess.Popen[bytes]]") -> bool:
        end = time.monotonic() + STOP_SECONDS
        while any(child.poll() is None for child in children) and time.monotonic() < end:
            time.sleep(0.05)
        return all(child.poll() is not None for child in children)


def end_with_parent(how: signal.Signals = signal.SIGTERM) -> None:
    """Ask Linux to end this process when the one that watches over it dies, however it dies."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, how)


def end_with_server() -> None:
    """End the process that answers requests together with granian's own, which may start it anew while it is ending.

    Only under ``meedoen run`` on Linux. The wish is good for the future only: whose parent died before it was made
    has another parent by now, which is neither granian nor ours.
    """
    if sys.platform == "linux" and os.environ.get(SUPERVISED):
        end_with_parent(signal.SIGKILL)  # nobody is left to say a farewell to
        parent = Path(f"/proc/{os.getppid()}/cmdline").read_bytes()
        if b"granian" not in parent and b"meedoen" not in parent:
            os._exit(0)

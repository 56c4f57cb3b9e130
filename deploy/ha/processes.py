"""The processes of the example: started with their words in a file, found again by their number, ended."""

import contextlib
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

STOP_SECONDS = 30  # for a process to end by itself before it is ended


class NotReady(Exception):
    """Something did not come about in time; the text says what."""


@dataclass
class Processes:
    """Those of one folder: ``NAME.pid`` and ``NAME.log`` for each."""

    folder: Path
    children: dict[int, "subprocess.Popen[bytes]"] = field(default_factory=dict, init=False)

    def run(
        self, name: str, command: list[str], *, within: Path | None = None, environment: dict[str, str] | None = None
    ) -> None:
        """Start it in the folder ``within``, its words in ``name.log`` and its number in ``name.pid``."""
        with open(self.folder / f"{name}.log", "ab") as log:
            child = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                env=environment, cwd=within or self.folder,
            )  # fmt: skip
        self.children[child.pid] = child
        (self.folder / f"{name}.pid").write_text(str(child.pid), encoding="utf-8")

    def pid(self, name: str) -> int:
        """The number of a process that was started and works in our folder still, or 0: numbers are given again."""
        with contextlib.suppress(OSError, ValueError):
            pid = int((self.folder / f"{name}.pid").read_text(encoding="utf-8"))
            if Path(os.readlink(f"/proc/{pid}/cwd")).is_relative_to(self.folder):
                return pid
        return 0

    def at_work_in(self, place: Path) -> list[int]:
        """The processes that work in this folder, as all of PostgreSQL does in that of its data."""
        found = []
        for path in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if os.readlink(path / "cwd") == str(place) and (path / "cmdline").read_bytes():
                    found.append(int(path.name))
        return found

    def stop(self, name: str) -> None:
        """End it, kindly first."""
        pid = self.pid(name)
        send(pid, signal.SIGTERM)
        try:
            self.wait(lambda: not self.runs(pid), f"the end of {name}", STOP_SECONDS)
        except NotReady:
            send(pid, signal.SIGKILL)

    def runs(self, pid: int) -> bool:
        """Whether that process is there; one of our own that ended is seen off."""
        if pid in self.children and self.children[pid].poll() is not None:
            return False
        return pid > 0 and Path(f"/proc/{pid}").exists()

    @staticmethod
    def wait(until: Callable[[], object], what: str, seconds: float) -> float:
        """Wait for it; the seconds it took. Raises NotReady."""
        started = time.monotonic()
        while not until():
            if time.monotonic() - started > seconds:
                raise NotReady(f"{what}: not within {seconds:.0f} s")
            time.sleep(0.2)
        return time.monotonic() - started


def server_user() -> pwd.struct_passwd | None:
    """Who PostgreSQL runs as where we are root, which it refuses to be."""
    return pwd.getpwnam("postgres") if os.geteuid() == 0 else None


def as_server() -> list[str]:
    """What stands before a command to run it as ``server_user``."""
    user = server_user()
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"] if user else []


def send(pid: int, which: signal.Signals) -> None:
    """Send the signal, unless the process is gone."""
    if pid > 1:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, which)

"""The real site in a folder of its own: its server, its worker and its way in of mail, to start, to kill and to stop."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from make.ports import free_port

ROLES = ("serve", "worker", "mail-in")
MEEDOEN = [sys.executable, "-m", "meedoen.config.cli"]
READY_SECONDS = 120
DOMAIN = "post.voorbeeld.example"
POSTGRESQL = "postgresql"


class Site:
    """A site that was prepared with its examples; ``port`` is the server's, ``lmtp`` that of the way in of mail."""

    def __init__(self, folder: Path, *, url: str = "", smtp: int = 0, log: Path | None = None, **settings: str) -> None:
        self.folder = folder
        self.port, self.lmtp = free_port(), free_port()
        self.url = url or f"sqlite:///{folder / 'meedoen.sqlite3'}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("MEEDOEN_")},
            "DJANGO_SETTINGS_MODULE": "meedoen.config.settings",
            "DATABASE_URL": self.url,
            "PORT": str(self.port),
            "MEEDOEN_DATA": str(folder),
            "MEEDOEN_URL": f"http://localhost:{self.port}",
            "MEEDOEN_HOSTS": "localhost,127.0.0.1,testserver",
            "MEEDOEN_BEHIND_PROXY": "yes",  # so that who writes can come from as many networks as there are people
            "MEEDOEN_SMTP_HOST": "127.0.0.1",
            "MEEDOEN_SMTP_PORT": str(smtp or free_port()),
            "MEEDOEN_SMTP_SECURITY": "none",
            "MEEDOEN_MAIL_IN_DOMAIN": DOMAIN,
            "MEEDOEN_MAIL_IN_LMTP": f"127.0.0.1:{self.lmtp}",
            **settings,
        }
        self.log = ((log or folder) / "site.log").open("ab")
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> "Site":
        return self

    def __exit__(self, *_why: type[BaseException] | BaseException | TracebackType | None) -> None:
        for role in list(self.running):
            self.kill(role)
        self.log.close()

    def prepare(self) -> None:
        """The database with its content and examples, static files and keys."""
        if self.url.startswith("sqlite"):
            from tests.migrated import put_sqlite

            put_sqlite(self.folder / "meedoen.sqlite3")
        self.meedoen("prepare")

    def meedoen(self, *words: str, check: bool = True, **more: Any) -> "subprocess.CompletedProcess[str]":
        """A command of the site, with what it said."""
        return subprocess.run(
            [*MEEDOEN, *words], env=self.environment, capture_output=True, text=True, check=check, timeout=600, **more
        )

    def start(self, *roles: str, **more: str) -> None:
        """Start these, all where none is named; back when the server answers. ``more`` is put in the environment."""
        for role in roles or ROLES:
            self.running[role] = subprocess.Popen(
                [*MEEDOEN, role], env={**self.environment, **more}, stdin=subprocess.DEVNULL,
                stdout=self.log, stderr=self.log, start_new_session=True,
            )  # fmt: skip
        if "serve" in (roles or ROLES):
            self.wait_until_open()

    def kill(self, *roles: str) -> None:
        """SIGKILL to these and all that they started: no farewell."""
        for role in roles:
            process = self.running.pop(role)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def stop(self, *roles: str) -> None:
        """Ask these to end, as systemd does."""
        for role in roles or tuple(self.running):
            process = self.running.pop(role)
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def wait_until_open(self, path: str = "/healthz", status: int = 200) -> float:
        """Until the server answers so; the seconds that it took."""
        began = time.monotonic()
        while time.monotonic() - began < READY_SECONDS:
            with contextlib.suppress(OSError, HTTPException):
                asked = HTTPConnection("127.0.0.1", self.port, timeout=5)
                asked.request("GET", path, headers={"Host": "localhost"})
                if asked.getresponse().status == status:
                    return time.monotonic() - began
            time.sleep(0.02)
        raise AssertionError(f"the server does not answer; its lines are in {self.folder}/site.log")


class Nursery(Site):
    """A site of which a process that has loaded everything bears each server and worker: starting costs no second.

    They run the same code and die as hard; only what a start loads is loaded already.
    """

    mother: "subprocess.Popen[str] | None" = None

    def __enter__(self) -> "Nursery":
        self.born: dict[str, int] = {}
        return self

    def __exit__(self, *why: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.kill(*list(self.born))
        if self.mother:
            self.mother.kill()
            self.mother.wait()
        super().__exit__(*why)

    def start(self, *roles: str, **more: str) -> None:
        asked, told = self._mother()
        for role in roles or ROLES:
            asked.write(f"{role}\n")
            asked.flush()
            self.born[role] = int(told.readline())

    def kill(self, *roles: str) -> None:
        for role in roles:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.born.pop(role), signal.SIGKILL)

    def _mother(self) -> tuple[IO[str], IO[str]]:
        if self.mother is None:
            self.mother = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.nursery"], env=self.environment,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, text=True,
            )  # fmt: skip
        assert self.mother.stdin
        assert self.mother.stdout
        return self.mother.stdin, self.mother.stdout

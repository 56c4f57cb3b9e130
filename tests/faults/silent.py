"""Thousands of connections that say nothing, or a letter at a time; and one network that asks without end. Others read.

Behind nginx with our example, and without. Each connection comes from an address of loopback.
"""

import contextlib
import itertools
import re
import resource
import selectors
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from make.ports import free_port
from tests.faults.guest import Readers
from tests.faults.site import Site
from tests.faults.telling import Report
from tests.proxy import DEPLOY, NAME, NGINX, certificate

CONNECTIONS = 10_000
ADDRESSES = 200  # from which they come
LETTER_SECONDS = 2  # between two letters of one that says something
READ_SECONDS = 10
FLOODERS = 40  # connections at once of the network that asks without end
FLOOD_ADDRESS, READER_ADDRESS = "127.0.66.1", "127.0.77.1"
DEBIAN = 768  # connections of an nginx worker, as Debian installs it
RAISED = 16_384  # as docs/running.md says


def limits() -> None:
    """As many open files as this machine lets us have."""
    _soft, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


@contextlib.contextmanager
def nginx(site: Site, connections: int) -> Iterator[tuple[int, int]]:
    """Our example before the site, without TLS for who reads (its cost is no part of this); its ports, plain and safe."""
    folder = site.folder / f"nginx-{free_port()}"
    folder.mkdir()
    certificate(folder)
    plain, safe = free_port(), free_port()
    ours = (DEPLOY / "nginx.conf").read_text(encoding="utf-8").replace("127.0.0.1:8000", f"127.0.0.1:{site.port}")
    ours = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", ours, count=1, flags=re.DOTALL)
    for old, new in {
        f"/etc/letsencrypt/live/{NAME}": str(folder), "listen [::]:443 ssl http2;": "",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{safe} ssl http2; listen 127.0.0.1:{plain};",
        f"server_name {NAME};": "server_name localhost;", "/var/log/nginx/": f"{folder}/",
        "proxy_set_header Host $host;": "proxy_set_header Host $http_host;",
    }.items():  # fmt: skip
        assert old in ours
        ours = ours.replace(old, new)
    places = "".join(
        f"{each}_temp_path {folder}/{each};\n" for each in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    path = folder / "nginx.conf"
    path.write_text(
        f"daemon off;\nworker_processes 2;\nworker_rlimit_nofile {RAISED};\npid {folder}/pid;\nerror_log {folder}/error.log;\n"
        f"events {{ worker_connections {connections}; }}\nhttp {{\n{places}access_log off;\n{ours}\n}}\n",
        encoding="utf-8",
    )
    assert NGINX
    running = subprocess.Popen([NGINX, "-c", path], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(1)
        yield plain, safe
    finally:
        running.terminate()
        running.wait(20)


class Crowd:
    """Connections that are opened and stay; lost ones are opened again. ``letters``: each says a bit of a request."""

    def __init__(self, port: int, *, letters: bool) -> None:
        self.port, self.letters = port, letters
        self.lines: list[socket.socket] = []
        self.most = self.opened = self.lost = 0
        self.stop = threading.Event()
        self.sources = itertools.cycle(f"127.1.{number // 200}.{number % 200 + 1}" for number in range(ADDRESSES))
        self.thread = threading.Thread(target=self._stay, daemon=True)

    def __enter__(self) -> "Crowd":
        self.thread.start()
        return self

    def __exit__(self, *_why: object) -> None:
        self.stop.set()
        self.thread.join(60)
        for line in self.lines:
            line.close()

    def _stay(self) -> None:
        said = 0.0
        while not self.stop.is_set():
            for _ in range(200):
                if len(self.lines) >= CONNECTIONS:
                    break
                self._open()
            self.most = max(self.most, len(self.lines))
            if time.monotonic() - said > LETTER_SECONDS:
                said = time.monotonic()
                self._look()
            time.sleep(0.005)

    def _open(self) -> None:
        line = socket.socket()
        line.setblocking(False)
        line.bind((next(self.sources), 0))
        with contextlib.suppress(BlockingIOError):
            line.connect(("127.0.0.1", self.port))
        self.opened += 1
        self.lines.append(line)

    def _look(self) -> None:
        """Say a letter, where that is meant, and forget the lines that the other side closed."""
        kept = []
        with selectors.DefaultSelector() as ready:
            for line in self.lines:
                ready.register(line, selectors.EVENT_READ)
            closed = {key.fileobj for key, _what in ready.select(0)}
        for line in self.lines:
            try:
                if line in closed and not line.recv(100):
                    raise ConnectionResetError
                if self.letters:
                    with contextlib.suppress(BlockingIOError):
                        line.send(b"GET /" if line not in closed else b"x")
                kept.append(line)
            except OSError:
                self.lost += 1
                line.close()
        self.lines = kept

    def figures(self) -> dict[str, int]:
        return {"open_at_most": self.most, "opened": self.opened, "closed_by_the_site": self.lost}


def silent(folder: Path) -> Report:
    """Ten thousand, in each way; others read meanwhile."""
    report = Report(f"{CONNECTIONS} connections that say nothing, or a letter at a time")
    limits()
    with Site(folder) as site:
        report.ready(site)
        site.start("serve")
        report.add(alone=_read(site, site.port))
        for letters in (False, True):
            what = "a letter at a time" if letters else "silent"
            with Crowd(site.port, letters=letters) as crowd:
                time.sleep(8)
                report.add(**{f"without nginx, {what}": {"readers": _read(site, site.port), **crowd.figures()}})
            site.stop("serve")
            site.start("serve")
            for connections in (DEBIAN, RAISED):
                with nginx(site, connections) as (plain, _safe), Crowd(plain, letters=letters) as crowd:
                    time.sleep(8)
                    found = _read(site, plain)
                    report.add(
                        **{
                            f"behind nginx with {connections} connections, {what}": {
                                "readers": found,
                                **crowd.figures(),
                            }
                        }
                    )
                    if connections == RAISED:
                        report.expect(
                            set(found["answers"]) == {"200"}, f"behind nginx, {what}: not everybody could read"
                        )
    return report


def flood(folder: Path) -> Report:
    """One network asks without end; another one reads."""
    report = Report("a flood from one network while others read")
    limits()
    with Site(folder) as site:
        report.ready(site)
        site.start("serve")
        with nginx(site, RAISED) as (plain, _safe):
            alone = _read(site, plain)
            program = [sys.executable, "-m", "tests.faults.flooder", str(plain), FLOOD_ADDRESS, str(FLOODERS)]
            with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as flooding:
                time.sleep(3)
                among = _read(site, plain)
                flooding.terminate()
                said = flooding.communicate(timeout=60)[0].strip()
        report.add(alone=alone, among_the_flood=among, flood=said)
        report.add(ratio_of_p95=round(among["p95_ms"] / max(1, alone["p95_ms"]), 1))
        report.expect(set(among["answers"]) == {"200"}, "not everybody could read")
    return report


def _read(site: Site, port: int) -> dict[str, object]:
    with Readers(site, port=port) as readers:
        time.sleep(READ_SECONDS)
    return readers.figures()


if __name__ == "__main__":
    sys.exit({"silent": silent, "flood": flood}[sys.argv[2]](Path(sys.argv[1])).tell())

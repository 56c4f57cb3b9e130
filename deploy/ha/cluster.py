#!/usr/bin/env python3
"""Three database nodes, HAProxy and two servers of the site on one machine: an example to read, and what tests kill.

    cluster.py up FOLDER [--namespaces] [--port 22000]    write the configuration, start all of it, say where it is
    cluster.py status FOLDER                              who is the primary, who follows
    cluster.py kill FOLDER node1                          kill -9 of Patroni and PostgreSQL on a node
    cluster.py start FOLDER node1                         start it again
    cluster.py cut FOLDER node1 / heal FOLDER node1       lose all packets between it and the others (--namespaces)
    cluster.py down FOLDER                                stop all of it; the data stays

Needs Debian's patroni, etcd-server, postgresql-15 and haproxy (and iproute2, iptables for --namespaces). On real
machines each of these is a service of systemd, with the configuration that is written here: docs/running.md.
"""

import argparse
import contextlib
import json
import os
import secrets
import signal
import subprocess
import sys
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import Any

from networks import CannotCut, Loopback, Namespaces
from processes import STOP_SECONDS, NotReady, Processes, as_server, send, server_user

HERE = Path(__file__).resolve().parent
NODES = (1, 2, 3)
NODES_PORT = 22000
READY_SECONDS = 90  # until a new cluster has a primary and a second node that follows
BINARIES = "/usr/lib/postgresql/15/bin"
DATABASE = ROLE = "meedoen"


@dataclass
class Cluster(Processes):
    """All of the example in one folder; what is not a method of it stands in the files that it writes."""

    network: Loopback | Namespaces = field(default_factory=Loopback)
    port: int = NODES_PORT  # the first of the twenty that it uses

    def __post_init__(self) -> None:
        self.primary_port, self.replica_port, self.site_port = self.port, self.port + 1, self.port + 2
        self.server_ports = (self.port + 3, self.port + 4)
        self.etcd_port, self.peer_port, self.patroni_port, self.postgres_port = range(self.port + 10, self.port + 14)

    # Starting and stopping

    def up(self) -> None:
        """Write all files, start etcd, Patroni and HAProxy, and make the site's database. Raises NotReady."""
        self.network.make(NODES)
        self.write()
        for number in NODES:
            self.start_etcd(number)
        for number in NODES:
            self.start(number)
        self.wait(self.is_whole, "a primary with two that follow", READY_SECONDS)
        self.make_database()
        self.start_haproxy()

    def down(self) -> None:
        """Stop all that runs, the site first and etcd last."""
        for name in ("worker", "web1", "web2", "haproxy"):
            self.stop(name)
        for number in NODES:
            with contextlib.suppress(CannotCut):
                self.network.heal(number, NODES)
            self.let_go(number)
        leader = self.leader()
        for number in sorted(NODES, key=lambda each: each == leader):  # the primary last, so that none takes over
            self.stop(f"node{number}/patroni")
        for number in NODES:
            self.stop(f"node{number}/etcd")
        self.network.remove(NODES)

    def give_up(self) -> None:
        """kill -9 of all that runs, where nobody needs it any more."""
        nodes = [pid for number in NODES for pid in self.at_work_in(self.data(number))]
        for pid in [
            *nodes,
            *(self.pid(str(path.relative_to(self.folder))[:-4]) for path in self.folder.glob("**/*.pid")),
        ]:
            send(pid, signal.SIGKILL)
        for name in ("worker", "web1", "web2"):
            for pid in self.at_work_in(self.folder / name):
                send(pid, signal.SIGKILL)
        self.network.remove(NODES)

    def start(self, number: int) -> None:
        """Patroni on this node, which starts PostgreSQL."""
        self.run_on(number, "patroni", ["patroni", "patroni.yml"])

    def start_etcd(self, number: int) -> None:
        """etcd on this node."""
        self.run_on(number, "etcd", ["etcd", "--config-file", "etcd.yml"])

    def run_on(self, number: int, name: str, command: list[str]) -> None:
        """Run it on this node, as who may be PostgreSQL."""
        whole = [*self.network.within(number), *as_server(), *command]
        self.run(f"node{number}/{name}", whole, within=self.node(number))

    def start_haproxy(self) -> None:
        """HAProxy, which has to know who is the primary before anybody asks it."""
        self.run("haproxy", ["haproxy", "-db", "-f", f"{self.folder}/haproxy.cfg"])

    def start_site(self, meedoen: list[str], environment: dict[str, str], *, worker: bool = True) -> None:
        """Two servers of the site and a worker; ``meedoen`` is the command, ``environment`` the site's settings."""
        for name, port in zip(("web1", "web2"), self.server_ports, strict=True):
            self.run(name, [*meedoen, "serve"], within=self.place(name), environment={**environment, "PORT": str(port)})
        if worker:
            self.run("worker", [*meedoen, "worker"], within=self.place("worker"), environment=environment)

    def kill(self, number: int) -> None:
        """kill -9 of Patroni and of every process of PostgreSQL on this node, as if its memory went."""
        for pid in [self.pid(f"node{number}/patroni"), *self.at_work_in(self.data(number))]:
            send(pid, signal.SIGKILL)
        self.wait(lambda: not self.at_work_in(self.data(number)), f"the end of node{number}", STOP_SECONDS)

    def kill_etcd(self, number: int) -> None:
        """kill -9 of etcd on this node; with two of three gone nobody can say any more who is the primary."""
        send(self.pid(f"node{number}/etcd"), signal.SIGKILL)

    def lose(self, number: int) -> None:
        """kill -9 of all that runs on this node, as if it had no power."""
        self.kill_etcd(number)
        self.kill(number)

    def hang(self, number: int) -> None:
        """Stop the clock of Patroni on this node, while its PostgreSQL goes on."""
        send(self.pid(f"node{number}/patroni"), signal.SIGSTOP)

    def let_go(self, number: int) -> None:
        """The end of ``hang``."""
        send(self.pid(f"node{number}/patroni"), signal.SIGCONT)

    def cut(self, number: int) -> None:
        """Cut this node off from the two others; HAProxy and the site still reach all three."""
        self.network.cut(number, [each for each in NODES if each != number])

    def heal(self, number: int) -> None:
        """The end of ``cut``."""
        self.network.heal(number, NODES)

    # Who is what

    def members(self, asked: int | None = None) -> dict[int, dict[str, Any]]:
        """What the first node that answers says of all: role (leader, sync_standby, replica), state, lag in bytes."""
        for number in [asked] if asked else NODES:
            address = f"http://{self.network.address(number)}:{self.patroni_port}/cluster"
            with contextlib.suppress(OSError, ValueError), urllib.request.urlopen(address, timeout=2) as answer:
                return {int(each["name"].removeprefix("node")): each for each in json.load(answer)["members"]}
        return {}

    def leader(self) -> int | None:
        """The number of the primary, or None while there is none."""
        return next(filter(self.takes_writes, NODES), None)

    def takes_writes(self, number: int) -> bool:
        """Whether this node says of itself, to HAProxy, that it is the primary."""
        with contextlib.suppress(OSError):
            address = f"http://{self.network.address(number)}:{self.patroni_port}/primary"
            return bool(urllib.request.urlopen(address, timeout=2).status == 200)
        return False

    def is_whole(self) -> bool:
        """Whether there is one primary, one that keeps all with it, and one more that follows."""
        found = self.members()
        roles = sorted(each["role"] for each in found.values())
        return roles == ["leader", "replica", "sync_standby"] and all(
            each["state"] in ("running", "streaming") and each.get("lag", 0) == 0 for each in found.values()
        )

    @property
    def url(self) -> str:
        """The site's ``DATABASE_URL``, through HAProxy."""
        return self._url(self.primary_port)

    @property
    def replica_url(self) -> str:
        """Its ``MEEDOEN_REPLICA_URL``, through HAProxy to a node that follows closely."""
        return self._url(self.replica_port)

    def _url(self, port: int) -> str:
        return f"postgres://{ROLE}:{self.passwords['site_password']}@{self.network.host}:{port}/{DATABASE}"

    def url_of(self, number: int) -> str:
        """The same on one node, past HAProxy."""
        return f"postgres://{ROLE}:{self.passwords['site_password']}@{self.network.address(number)}:{self.postgres_port}/{DATABASE}"

    def ask(self, number: int, sql: str, *, database: str = DATABASE) -> str:
        """What PostgreSQL on this node itself answers. Raises CalledProcessError."""
        url = f"postgres://postgres:{self.passwords['superuser_password']}@{self.network.address(number)}:{self.postgres_port}"
        command = [f"{BINARIES}/psql", f"{url}/{database}?connect_timeout=3", "-v", "ON_ERROR_STOP=1", "-qtAXc", sql]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=30).stdout.strip()

    def make_database(self) -> None:
        """The site's role and database, where they are not there yet."""
        leader = self.leader() or 0
        if not self.ask(leader, f"SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}'", database="postgres"):
            role = f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{self.passwords['site_password']}'"
            self.ask(leader, role, database="postgres")
            database = f"CREATE DATABASE {DATABASE} OWNER {ROLE} TEMPLATE template0 ENCODING 'UTF8'"
            self.ask(leader, database, database="postgres")

    # Files

    def node(self, number: int) -> Path:
        return self.folder / f"node{number}"

    def place(self, name: str) -> Path:
        """The folder in which a process of the site works, by which its children are known."""
        (self.folder / name).mkdir(exist_ok=True)
        return self.folder / name

    def data(self, number: int) -> Path:
        return self.node(number) / "data"

    @property
    def passwords(self) -> dict[str, str]:
        """Those of PostgreSQL's roles, made once."""
        kept = self.folder / "passwords.json"
        if not kept.exists():
            names = ("superuser_password", "replication_password", "rewind_password", "site_password")
            kept.touch(0o600)
            kept.write_text(json.dumps({name: secrets.token_hex(16) for name in names}), encoding="utf-8")
        return dict(json.loads(kept.read_text(encoding="utf-8")))

    def write(self) -> None:
        """The configuration of every node and of HAProxy, from the templates beside this file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o755)
        numbers = [(number, self.network.address(number)) for number in NODES]
        of_all = {
            **self.passwords, "etcd_port": self.etcd_port, "peer_port": self.peer_port, "patroni_port": self.patroni_port,
            "postgres_port": self.postgres_port, "primary_port": self.primary_port, "replica_port": self.replica_port,
            "site_port": self.site_port, "host": self.network.host, "network": self.network.network, "binaries": BINARIES,
            "members": ",".join(f"node{number}=http://{address}:{self.peer_port}" for number, address in numbers),
            "etcd_hosts": ", ".join(f"'{address}:{self.etcd_port}'" for _number, address in numbers),
            "database_servers": "\n".join(f"    server node{number} {address}:{self.postgres_port}" for number, address in numbers),
            "site_servers": "\n".join(f"    server web{port} {self.network.host}:{port}" for port in self.server_ports),
            "server_name": "localhost", "scheme": "http",
        }  # fmt: skip
        for number, address in numbers:
            self.node(number).mkdir(mode=0o700, exist_ok=True)
            own = {"name": f"node{number}", "address": address, "folder": str(self.node(number))}
            for name in ("etcd.yml", "patroni.yml"):
                _fill(name, self.node(number) / name, {**of_all, **own})
            if owner := server_user():
                for path in (self.node(number), *self.node(number).glob("*.yml")):
                    os.chown(path, owner.pw_uid, owner.pw_gid)
        _fill("haproxy.cfg", self.folder / "haproxy.cfg", of_all)


def _fill(template: str, path: Path, values: dict[str, Any]) -> None:
    path.write_text(Template((HERE / template).read_text(encoding="utf-8")).substitute(values), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("deed", choices=["up", "down", "status", "kill", "start", "cut", "heal"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("node", nargs="?", default="node1", choices=[f"node{number}" for number in NODES])
    parser.add_argument("--namespaces", action="store_true", help="each node in a network namespace (root on Linux)")
    parser.add_argument("--port", type=int, default=NODES_PORT, help="the first of the twenty ports to use")
    parser.add_argument(
        "--meedoen", help="the site's program, such as /opt/meedoen/bin/meedoen, to start two servers too"
    )
    given = parser.parse_args()
    folder, number = given.folder.resolve(), int(given.node[-1])
    kept = folder / "cluster.json"
    if given.deed == "up":
        folder.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps({"is_cut": given.namespaces, "port": given.port}), encoding="utf-8")
    how = json.loads(kept.read_text(encoding="utf-8"))
    cluster = Cluster(folder, Namespaces(70) if how["is_cut"] else Loopback(), how["port"])
    try:
        if given.deed == "up":
            cluster.up()
            print(f"DATABASE_URL={cluster.url}\nMEEDOEN_REPLICA_URL={cluster.replica_url}")
            if given.meedoen:
                site = {**os.environ, "DATABASE_URL": cluster.url, "MEEDOEN_REPLICA_URL": cluster.replica_url,
                        "MEEDOEN_DATA": str(folder / "site"), "MEEDOEN_URL": f"http://localhost:{cluster.site_port}", "MEEDOEN_BEHIND_PROXY": "yes"}  # fmt: skip
                subprocess.run([given.meedoen, "prepare", "--empty"], env=site, check=True)
                cluster.start_site([given.meedoen], site)
                print(f"the site: http://localhost:{cluster.site_port}")
        elif given.deed == "status":
            for each in cluster.members().values():
                print(f"{each['name']}  {each['role']:12}  {each['state']}  lag {each.get('lag', 0)}")
        else:
            {"down": cluster.down}.get(given.deed, lambda: getattr(cluster, given.deed)(number))()
    except (NotReady, CannotCut) as problem:
        print(f"cluster: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

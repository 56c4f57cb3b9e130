"""Three database nodes, HAProxy, two servers of the site and a worker (deploy/ha), for tests that take one away."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "deploy" / "ha"), str(ROOT / "make")]

import services  # noqa: E402
from cluster import NODES, Cluster  # noqa: E402
from networks import Loopback, Namespaces  # noqa: E402

from tests.failover.crowd import Crowd  # noqa: E402

MEEDOEN = [sys.executable, "-m", "meedoen.config.cli"]
WRITERS = 8
FIRST_PORT = int(os.environ.get("MEEDOEN_HA_PORT", "22000"))


@dataclass
class Served:
    """The site on the cluster, and what can be asked of its database."""

    cluster: Cluster
    environment: dict[str, str]

    @property
    def mail(self) -> Path:
        return Path(self.environment["MEEDOEN_DATA"]) / "mail"

    def script(self, name: str, *arguments: str) -> str:
        """What a module of ours says that runs with the site's settings."""
        command = [sys.executable, "-m", name, *arguments]
        done = subprocess.run(
            command, env=self.environment, cwd=ROOT, check=True, timeout=180, stdout=subprocess.PIPE, text=True
        )
        return done.stdout.strip().splitlines()[-1]

    def asked(self, sql: str, *values: object) -> list[tuple]:
        """What the primary answers, as the site asks it."""
        with psycopg.connect(self.cluster.url, connect_timeout=5) as connection:
            return connection.execute(sql, values).fetchall()

    def does(self, *statements: str) -> None:
        """Run them on the primary."""
        with psycopg.connect(self.cluster.url, connect_timeout=5) as connection:
            for each in statements:
                connection.execute(each)

    def whole_again(self) -> float:
        """Wait until there is one primary and two who follow, starting what an earlier test left; the seconds it took."""
        for what, start in (("etcd", self.cluster.start_etcd), ("patroni", self.cluster.start)):
            for number in NODES:
                if not self.cluster.runs(self.cluster.pid(f"node{number}/{what}")):
                    start(number)
        return self.cluster.wait(self.cluster.is_whole, "one primary and two who follow", 180)

    def crowd(self, mark: str) -> Crowd:
        """People who write until they are told to stop."""
        crowd = Crowd(self.cluster.site_port, self.mail, mark)
        crowd.start(json.loads(self.script("tests.failover.seeding", mark, str(WRITERS))))
        return crowd


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Three nodes and HAProxy; in network namespaces where we may make them."""
    services.need_database_nodes()
    folder = Path(tempfile.mkdtemp(prefix="meedoen-ha-"))
    network = Namespaces(FIRST_PORT // 100 % 256) if os.geteuid() == 0 else Loopback()
    cluster = Cluster(folder, network, FIRST_PORT)
    try:
        cluster.up()
        yield cluster
    finally:
        cluster.give_up()
        if kept := os.environ.get("MEEDOEN_HA_LOGS"):
            shutil.copytree(
                folder, kept, ignore=shutil.ignore_patterns("data", "etcd", "site", "s.*", ".s.*"), dirs_exist_ok=True
            )
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def site(cluster) -> Served:
    """The site with its own settings and starting content, two servers and a worker."""
    data = cluster.folder / "site"
    data.mkdir()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("MEEDOEN_")},
        "DJANGO_SETTINGS_MODULE": "meedoen.config.settings", "DATABASE_URL": cluster.url, "MEEDOEN_DATA": str(data),
        "MEEDOEN_URL": f"http://localhost:{cluster.site_port}", "MEEDOEN_HOSTS": "localhost", "MEEDOEN_BEHIND_PROXY": "yes",
        "MEEDOEN_SECRET_KEY": "only for tests, not secret", "MEEDOEN_THREADS": "4", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    # Thousands of small transactions, none of which has to outlive a kill.
    at_once = {**environment, "PGOPTIONS": "-c synchronous_commit=off"}
    subprocess.run([*MEEDOEN, "prepare", "--empty"], env=at_once, check=True, timeout=300)
    cluster.start_site(MEEDOEN, environment)
    served = Served(cluster, environment)
    cluster.wait(lambda: _is_ready(cluster), "the site's servers", 60)
    return served


@pytest.fixture
def figures(request):
    """A function that keeps what was measured, as a line of JSON in the file that MEEDOEN_HA_FIGURES names."""

    def keep(**measured: object) -> None:
        line = json.dumps({"test": request.node.name, **measured})
        if path := os.environ.get("MEEDOEN_HA_FIGURES"):
            with open(path, "a", encoding="utf-8") as file:
                file.write(f"{line}\n")

    return keep


def _is_ready(cluster: Cluster) -> bool:
    crowd = Crowd(cluster.site_port, Path(), "")
    time.sleep(0.3)
    try:
        return crowd.request("GET", "/readyz", {}, 0).status == 200
    except AssertionError:
        return False

"""Two servers are upgraded in turn while people read and write: no error, nothing lost and nothing twice.

``MEEDOEN_OLDER`` names the sources of an older release, from which they come then; else they are of the same. Its
dependencies are ours. ``make upgrade FROM=COMMIT`` sets it.
"""

import contextlib
import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from django.db import connection
from django.test import Client
from make.ports import free_port
from tests.proxy import DEPLOY, NAME, NGINX, nginx
from tests.signed_in import sign_in_by_code

from meedoen.conversation.models import Contribution
from meedoen.kernel import clock
from meedoen.library.models import Article
from meedoen.people.models import Address, Person

MEEDOEN = [sys.executable, "-m", "meedoen.config.cli"]
OLDER = {"PYTHONPATH": os.environ["MEEDOEN_OLDER"]} if "MEEDOEN_OLDER" in os.environ else {}

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

WRITERS, READERS = 6, 3
PAUSE_SECONDS = 0.05  # between what a reader does and the next
THINK_SECONDS = 1  # of a writer
READ = ["/", "/nieuws/bericht/", "/gemeenten/", "/readyz"]


@dataclass
class Crowd:
    """Who reads and writes, what they were answered, and which words the site said it has."""

    port: int
    stop: threading.Event = field(default_factory=threading.Event)
    answers: dict[int, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, method, path, *, cookies=None, fields=None, network=0):
        """One request, as a browser makes it; the answer's status, place to go and words."""
        context = ssl._create_unverified_context()
        browser = HTTPSConnection(
            "127.0.0.1", self.port, timeout=60, context=context, source_address=(f"127.0.{network}.1", 0)
        )
        headers = {"Host": NAME, "Origin": f"https://{NAME}", "Sec-Fetch-Site": "same-origin"}
        if cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        body = urlencode(fields) if fields is not None else None
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            browser.request(method, path, body, headers)
            answer = browser.getresponse()
            text = answer.read().decode(errors="replace")
        except (OSError, HTTPException) as problem:
            with self.lock:
                self.faults.append(f"{method} {path}: {type(problem).__name__} {problem}")
            return 0, "", ""
        finally:
            browser.close()
        for said in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = said.partition(";")[0].partition("=")
            if cookies is not None:
                cookies[name] = value
        with self.lock:
            self.answers[answer.status] = self.answers.get(answer.status, 0) + 1
            if answer.status >= 400:
                title = re.search(r"<h1[^>]*>([^<]*)", text)
                self.faults.append(f"{method} {path}: {answer.status} {title[1] if title else text[:80]}")
        return answer.status, answer.headers.get("Location", ""), text

    def read(self):
        """Read one page after another, with its stylesheet."""
        number = 0
        while not self.stop.is_set():
            _status, _place, text = self.ask("GET", READ[number % len(READ)])
            for sheet in re.findall(r'href="(/static/[^"]+\.css)"', text)[:1]:
                self.ask("GET", sheet)
            number += 1
            self.stop.wait(PAUSE_SECONDS)

    def write(self, who, cookies):
        """React, look it over and place it, again and again; each with words of its own."""
        number = 0
        while not self.stop.is_set():
            words = f"Bericht {number} van {who}, om te zien of het blijft."
            number += 1
            mine = {"cookies": cookies, "network": who + 1}  # each from elsewhere: a network may write so often
            page = self.ask("GET", "/nieuws/bericht/", **mine)[2]
            status, check, _text = self.ask(
                "POST", "/nieuws/bericht/reageren/", fields={"text": words, **token(page)}, **mine
            )
            if status != 302:
                continue
            page = self.ask("GET", check, **mine)[2]
            status, _place, _text = self.ask("POST", f"{check}plaatsen/", fields=token(page), **mine)
            if status == 302:
                with self.lock:
                    self.kept.append(words)
            self.stop.wait(THINK_SECONDS)


def token(page):
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    return {"csrfmiddlewaretoken": found[1]} if found else {}


@pytest.fixture
def article(db):
    Article.objects.create(
        slug="bericht", title="Een bericht", summary="Kort.", body="Tekst.", dated_on=clock.now().date(),
        written_on=clock.now().date(), published_at=clock.now(),
    )  # fmt: skip


@pytest.fixture
def cookies(db):
    """The sessions of some people whose words stand at once."""
    found = []
    for number in range(WRITERS):
        email = f"ans{number}@voorbeeld.example"
        address = Address.objects.create(email=email, verified_at=clock.now(), trusted_at=clock.now())
        Person.objects.create(address=address, name=f"Ans {number}", joined_at=clock.now())
        client = Client(REMOTE_ADDR=f"127.0.1.{number}")
        sign_in_by_code(client, email)
        found.append({name: morsel.value for name, morsel in client.cookies.items()})
    return found


@pytest.fixture
def environment(tmp_path, settings):
    """That of servers on this test's database."""
    name = connection.settings_dict["NAME"]
    url = (
        f"sqlite:///{name}"
        if connection.vendor == "sqlite"
        else urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}").geturl()
    )
    found = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "meedoen.config.settings", "DATABASE_URL": url,
        "MEEDOEN_DATA": str(tmp_path / "data"), "MEEDOEN_URL": f"https://{NAME}", "MEEDOEN_HOSTS": f"{NAME},localhost",
        "MEEDOEN_BEHIND_PROXY": "yes", "MEEDOEN_SECRET_KEY": settings.SECRET_KEY, "PYTHONPATH": "",
        # On a slow disk who writes is asked to try again where others wait already (config/waiting.py): not tried here.
        "MEEDOEN_THREADS": str(READERS + WRITERS + 1),
    }  # fmt: skip
    (tmp_path / "data").mkdir()
    subprocess.run([*MEEDOEN, "prepare", "--empty"], env=found | OLDER, check=True, timeout=300)
    return found


@pytest.fixture
def machine(tmp_path, environment):
    """What stands in for systemd: a program of that name, which stops the server on a port and starts it again."""
    tools = tmp_path / "tools"
    tools.mkdir()
    serve = " ".join(f"'{word}'" for word in [*MEEDOEN, "serve"])
    older = " ".join(f"{name}={value}" for name, value in OLDER.items())
    (tools / "systemctl").write_text(
        f"""#!/bin/sh
set -eu
port=${{2#meedoen-web@}}
pid='{tmp_path}'/$port.pid
release="{older}"
if [ -f "$pid" ]; then
    kill -TERM "$(cat "$pid")"  # that one alone, as KillMode=mixed has it
    while kill -0 "$(cat "$pid")" 2>/dev/null; do sleep 0.05; done
    release=
fi
env $release PORT=$port setsid {serve} >>'{tmp_path}'/server.log 2>&1 &
echo $! > "$pid"
""",
        encoding="utf-8",
    )
    (tools / "nginx").write_text(f"#!/bin/sh\nexec {NGINX} -c '{tmp_path}/nginx.conf' \"$@\"\n", encoding="utf-8")
    for path in tools.iterdir():
        path.chmod(0o755)
    yield {
        **environment, "PATH": f"{tools}:{os.environ['PATH']}", "NGINX_PID": f"{tmp_path}/pid",
        "MEEDOEN_SERVERS": f"{tmp_path}/servers.conf",
    }  # fmt: skip
    for path in tmp_path.glob("*.pid"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(int(path.read_text()), signal.SIGKILL)


def restart_in_turn(machine, ports):
    return subprocess.run(
        [DEPLOY / "restart-in-turn", *map(str, ports)], env=machine, capture_output=True, text=True, timeout=300, check=False
    )  # fmt: skip


def wait_until_ready(port):
    for _ in range(600):
        with contextlib.suppress(OSError, HTTPException):
            asked = HTTPConnection("127.0.0.1", port, timeout=5)
            asked.request("GET", "/readyz", headers={"Host": "localhost"})
            if asked.getresponse().status == 200:
                return
        time.sleep(0.1)
    raise AssertionError("a server does not become ready")


def release_of(pid):
    """Where the program of a process comes from, if not from here."""
    told = dict(each.partition("=")[::2] for each in Path(f"/proc/{pid.strip()}/environ").read_text().split("\0"))
    return told.get("PYTHONPATH", "")


def test_nobody_notices_that_the_servers_are_upgraded_in_turn(article, cookies, machine, tmp_path):
    for program in ("curl", "pgrep", "setsid"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not here, so restarting in turn was not tried")
    ports = [free_port(), free_port()]
    (tmp_path / "servers.conf").write_text("".join(f"server 127.0.0.1:{port};\n" for port in ports), encoding="utf-8")
    for port in ports:
        subprocess.run(["systemctl", "restart", f"meedoen-web@{port}"], env=machine, check=True, timeout=60)
    for port in ports:
        wait_until_ready(port)
    before = [(tmp_path / f"{port}.pid").read_text() for port in ports]
    assert [release_of(pid) for pid in before] == [OLDER.get("PYTHONPATH", ""), OLDER.get("PYTHONPATH", "")]
    with nginx("", tmp_path, servers=tmp_path / "servers.conf") as (_plain, safe):
        crowd = Crowd(safe)
        people = [threading.Thread(target=crowd.read) for _ in range(READERS)]
        people += [threading.Thread(target=crowd.write, args=(number, each)) for number, each in enumerate(cookies)]
        for each in people:
            each.start()
        try:
            time.sleep(2)
            subprocess.run([*MEEDOEN, "prepare", "--empty"], env=machine, check=True, timeout=300)
            done = restart_in_turn(machine, ports)
            time.sleep(2)
        finally:
            crowd.stop.set()
            for each in people:
                each.join(60)
    assert (done.returncode, done.stderr) == (0, "")
    after = [(tmp_path / f"{port}.pid").read_text() for port in ports]
    assert [one for one, other in zip(before, after, strict=True) if one == other] == []
    assert [release_of(pid) for pid in after] == ["", ""]
    assert crowd.faults == []
    there = sorted(Contribution.objects.values_list("text", flat=True))
    assert there == sorted(crowd.kept)
    assert len(there) > WRITERS
    assert sum(crowd.answers.values()) > 100


def test_a_server_that_does_not_come_back_is_left_out_and_the_others_go_on(machine, tmp_path, monkeypatch):
    port, away = free_port(), free_port()
    servers = tmp_path / "servers.conf"
    servers.write_text(f"server 127.0.0.1:{port};\nserver 127.0.0.1:{away};\n", encoding="utf-8")
    script = (DEPLOY / "restart-in-turn").read_text(encoding="utf-8").replace("SECONDS_TO_WAIT=60", "SECONDS_TO_WAIT=1")
    shorter = tmp_path / "restart-in-turn"
    shorter.write_text(script, encoding="utf-8")
    (tmp_path / "tools" / "systemctl").write_text("#!/bin/sh\n", encoding="utf-8")  # it starts, and ends at once
    with nginx("", tmp_path, servers=servers):
        done = subprocess.run(
            ["sh", shorter, str(away), str(port)], env=machine, capture_output=True, text=True, timeout=60, check=False
        )
    assert done.returncode == 1
    assert done.stderr == (
        f"The server on port {away} does not become ready; visitors go to {port}."
        f" See 'journalctl -u meedoen-web@{away}'.\n"
    )
    assert servers.read_text(encoding="utf-8") == f"server 127.0.0.1:{port};\n"

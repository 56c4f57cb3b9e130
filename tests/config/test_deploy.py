"""The examples in deploy/ do: nginx as Debian has it in front of the site, units that systemd takes, settings that exist."""

import argparse
import re
import shutil
import socket
import ssl
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from make.ports import free_port
from tests.proxy import DEPLOY, NAME, nginx

from meedoen.config import cli

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture
def proxy(live_server, tmp_path, settings):
    """nginx before this test's site; the ports of http and https."""
    settings.ALLOWED_HOSTS, settings.BEHIND_PROXY = [NAME, "localhost"], True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    with nginx(live_server.url.removeprefix("http://"), tmp_path) as ports:
        yield ports


class Stay(urllib.request.HTTPRedirectHandler):
    """Goes nowhere by itself."""

    def redirect_request(self, *_arguments):
        return None


def ask(port, path, *, folder=None, **headers):
    """A request through nginx; with ``folder`` over TLS, trusting the certificate in there."""
    handlers = [Stay()]
    if folder:
        handlers.append(
            urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=folder / "fullchain.pem"))
        )
    scheme = "https" if folder else "http"
    request = urllib.request.Request(f"{scheme}://{NAME}:{port}{path}", headers={"Host": NAME, **headers})
    try:
        with urllib.request.build_opener(*handlers).open(request, timeout=20) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as problem:
        return problem.code, problem.headers, problem.read()


@pytest.fixture
def at_home(monkeypatch):
    """Our example name leads to this machine."""
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *more, **named: real("127.0.0.1" if host == NAME else host, *more, **named)
    )


def test_a_visitor_comes_in_through_debians_nginx(transactional_db, proxy, at_home, tmp_path):
    plain, safe = proxy
    assert ask(plain, "/nieuws/?jaar=2026")[:2][0] == 301
    assert ask(plain, "/nieuws/?jaar=2026")[1]["Location"] == f"https://{NAME}/nieuws/?jaar=2026"
    status, headers, body = ask(safe, "/", folder=tmp_path)
    assert (status, headers["Server"]) == (200, "nginx")
    assert b"<h1" in body
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert ask(safe, "/metrics", folder=tmp_path)[0] == 404
    assert ask(safe, "/readyz", folder=tmp_path)[0] == 200
    # What stands in an address stays out of its logs, which Debian keeps for two weeks; also when the site is away.
    for port, folder in ((plain, None), (safe, tmp_path)):
        ask(port, "/controleren/geheim-pad/?sleutel=geheime-vraag", folder=folder)
    logs = "".join(path.read_text(encoding="utf-8") for path in tmp_path.glob("*.log"))
    assert [word for word in ("geheim", "GET", "127.0.0.1") if word in logs] == []
    # The page is kept under one address, whatever somebody says of themselves.
    status, headers, _body = ask(
        safe, "/", folder=tmp_path, **{"If-None-Match": headers["ETag"], "X-Forwarded-For": "1.2.3.4"}
    )
    assert status == 304


def test_a_site_that_is_away_leaves_no_address_in_the_log(tmp_path, at_home):
    with nginx(f"127.0.0.1:{free_port()}", tmp_path) as (_plain, safe):
        assert ask(safe, "/controleren/geheim/", folder=tmp_path)[0] == 503
    assert "geheim" not in "".join(path.read_text(encoding="utf-8") for path in tmp_path.glob("*.log"))


def test_systemd_takes_the_units(tmp_path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not here, so the units were not tried")
    for unit in DEPLOY.glob("*.service"):
        text = unit.read_text(encoding="utf-8").replace("/opt/meedoen/bin/meedoen", "/bin/true")
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *sorted(map(str, tmp_path.glob("*.service")))],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    ours = [line for line in done.stderr.splitlines() if "meedoen" in line and "network-online" not in line]
    assert ours == []


def test_the_template_names_settings_that_exist():
    known = set(
        re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs" / "settings.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    named = set(re.findall(r"^#? ?([A-Z_]+)=", (DEPLOY / "meedoen.env").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"MEEDOEN_DATA", "MEEDOEN_SECRET_KEY_FILE", "DATABASE_URL"} <= named <= known
    started = re.findall(
        r"meedoen/bin/meedoen ([\w-]+)", "".join(path.read_text("utf-8") for path in DEPLOY.glob("*.service"))
    )
    assert sorted(started) == ["mail-in", "prepare", "serve", "serve", "worker"]
    composed = re.findall(r'command: \["([\w-]+)"', (DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    assert sorted(composed) == sorted(set(started))


def test_each_unit_is_shut_in_as_the_others_are():
    """What one of them may not, none may."""

    def walls(path):
        lines = path.read_text(encoding="utf-8").splitlines()
        return [line for line in lines if re.match(r"(No|Private|Protect|Restrict|UMask|User|Group)", line)]

    first, *others = [walls(path) for path in sorted(DEPLOY.glob("*.service"))]
    assert len(first) >= 10
    assert [each for each in others if each != first] == []


def test_preparing_is_not_cut_short():
    """systemd ends what does not start within 90 seconds; a first start on a slow machine took 70."""
    preparing = [text for path in DEPLOY.glob("*.service") if "ExecStartPre=" in (text := path.read_text("utf-8"))]
    assert len(preparing) == 1
    assert all("\nTimeoutStartSec=infinity\n" in text for text in preparing)


def test_an_image_is_made_of_what_is_named_and_of_no_data_or_keys_that_lie_here():
    copied = [
        name
        for line in re.findall(r"^(?:COPY|ADD) (.+) \S+$", (DEPLOY / "Containerfile").read_text("utf-8"), re.MULTILINE)
        for name in line.split()
    ]
    whole = ["pyproject.toml", "README.md", "LICENSE", "requirements", "src"]
    linked = {str(each.resolve().relative_to(ROOT)) for each in (ROOT / "src").rglob("*") if each.is_symlink()}
    assert (copied[: len(whole)], set(copied[len(whole) :])) == (whole, linked)
    assert [name for name in copied if not (ROOT / name).exists()] == []
    # Docker reads only this one, and Podman another one first, when it is there.
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert {".git", "data"} <= set(ignored)
    assert not (ROOT / ".containerignore").exists()


def test_what_the_administrator_types_is_there():
    """Each command and each file of ours in the blocks to copy of docs/running.md."""
    text = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    typed = "\n".join(re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL))
    commands = set(re.findall(r"(?:^|&& )meedoen ([a-z-]+)", typed, re.MULTILINE))
    assert {"backup", "restore", "move", "check", "createteam"} <= commands
    [known] = [each.choices for each in cli.parser()._actions if isinstance(each, argparse._SubParsersAction)]
    assert commands - known.keys() == set()
    files = set(re.findall(r"(?<![\w/])((?:deploy|requirements)/[\w.*@-]+)", typed))
    assert len(files) >= 6
    assert [name for name in files if not list(ROOT.glob(name))] == []

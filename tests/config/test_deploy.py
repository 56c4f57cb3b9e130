"""The examples in deploy/ do: nginx as Debian has it in front of the site, units that systemd takes, settings that exist."""

import contextlib
import datetime
import re
import shutil
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from meedoen.kernel import clock

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
NAME = "meedoen.example.nl"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")

pytestmark = pytest.mark.slow


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def certificate(folder: Path) -> None:
    """A certificate for our example name that nobody but this test trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    day = datetime.timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(clock.now() - day).not_valid_after(clock.now() + day)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


@pytest.fixture
def proxy(live_server, tmp_path, settings):
    """nginx before this test's site; the ports of http and https."""
    settings.ALLOWED_HOSTS, settings.BEHIND_PROXY = [NAME, "localhost"], True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    with nginx(live_server.url.removeprefix("http://"), tmp_path) as ports:
        yield ports


@contextlib.contextmanager
def nginx(site, tmp_path):
    """nginx with our example before ``site``, its places and ports changed to this test's; the ports of http and https."""
    if NGINX is None:
        pytest.skip("nginx is not here (Debian: apt install nginx-light), so its example was not tried")
    certificate(tmp_path)
    plain, safe = free_port(), free_port()
    ours = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    for old, new in {
        f"/etc/letsencrypt/live/{NAME}": str(tmp_path),
        "server 127.0.0.1:8000;": f"server {site};",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{safe} ssl http2;",
        "listen [::]:80;": "",
        "listen [::]:443 ssl http2;": "",
        "/var/log/nginx/": f"{tmp_path}/site-",
    }.items():
        assert old in ours
        ours = ours.replace(old, new)
    kept = "".join(
        f"{kind}_temp_path {tmp_path}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"daemon off;\npid {tmp_path}/pid;\nerror_log {tmp_path}/error.log;\n"
        f"events {{ worker_connections 64; }}\nhttp {{\n{kept}access_log {tmp_path}/access.log;\n{ours}\n}}\n",
        encoding="utf-8",
    )
    tested = subprocess.run([NGINX, "-t", "-c", whole], capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr
    assert "[warn]" not in tested.stderr.replace('the "user" directive makes sense only', "")
    running = subprocess.Popen([NGINX, "-c", whole], stdin=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", safe)) == 0:
                    break
            time.sleep(0.02)
        yield plain, safe
    finally:
        running.terminate()
        running.wait(10)


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
        assert ask(safe, "/controleren/geheim/", folder=tmp_path)[0] == 502
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
    named = set(re.findall(r"^#?([A-Z_]+)=", (DEPLOY / "meedoen.env").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"MEEDOEN_DATA", "MEEDOEN_SECRET_KEY", "DATABASE_URL"} <= named <= known
    started = re.findall(
        r"meedoen/bin/meedoen ([\w-]+)", "".join(path.read_text("utf-8") for path in DEPLOY.glob("*.service"))
    )
    assert sorted(started) == ["mail-in", "prepare", "serve", "worker"]
    composed = re.findall(r'command: \["([\w-]+)"', (DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    assert sorted(composed) == sorted(started)


def test_each_unit_is_shut_in_as_the_others_are():
    """What one of them may not, none may."""

    def walls(path):
        lines = path.read_text(encoding="utf-8").splitlines()
        return [line for line in lines if re.match(r"(No|Private|Protect|Restrict|UMask|User|Group)", line)]

    first, *others = [walls(path) for path in sorted(DEPLOY.glob("*.service"))]
    assert len(first) >= 10
    assert [each for each in others if each != first] == []

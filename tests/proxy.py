"""Debian's nginx with our own example before a site, for one test; and a certificate that only this test trusts."""

import contextlib
import datetime
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from make.ports import free_port

from meedoen.kernel import clock

DEPLOY = Path(__file__).resolve().parents[1] / "deploy"
NAME = "meedoen.example.nl"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")


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


@contextlib.contextmanager
def nginx(site, tmp_path, servers=None, head="events { worker_connections 256; }"):
    """nginx with our example before ``site``, its places and ports changed to this test's; the ports of http and https.

    With ``servers``, a file with a line for each of them, it is the example for several. ``head`` is what a distribution
    says outside of our example. Its process is named in the file ``pid``.
    """
    if NGINX is None:
        pytest.skip("nginx is not here (Debian: apt install nginx-light), so its example was not tried")
    certificate(tmp_path)
    plain, safe = free_port(), free_port()
    ours = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    one = re.search(r"^upstream meedoen {.*?^}", ours, re.MULTILINE | re.DOTALL)[0]
    if servers:
        more = (DEPLOY / "nginx-servers.conf").read_text(encoding="utf-8")
        ours = ours.replace(one, more.replace("/etc/nginx/meedoen-servers.conf", str(servers)))
        assert str(servers) in ours
    else:
        ours = ours.replace("server 127.0.0.1:8000;", f"server {site};")
        assert site in ours
    for old, new in {
        f"/etc/letsencrypt/live/{NAME}": str(tmp_path),
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
        f"{head}\nhttp {{\n{kept}access_log {tmp_path}/access.log;\n{ours}\n}}\n",
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

"""A small OpenID Connect provider, as a process of its own: ``python -m tests.people.provider PORT``.

It says yes to everybody; what it says of them depends on the name of the client.
"""

import base64
import hashlib
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CLAIMS = {
    "proven": {"email": "Elif@Voorbeeld.example", "email_verified": True},
    "unproven": {"email": "ans@voorbeeld.example", "email_verified": False},
    "says-nothing": {"email": "ans@voorbeeld.example"},
    "says-true-in-words": {"email": "ans@voorbeeld.example", "email_verified": "true"},
    "no-address": {},
}
ANSWERS: dict[str, dict[str, str]] = {}  # by code, what was asked; a code works once


class Provider(BaseHTTPRequestHandler):
    def do_GET(self):
        address = urlsplit(self.path)
        here = f"http://localhost:{self.server.server_port}"
        if address.path == "/.well-known/openid-configuration":
            self.say(
                {
                    "issuer": here,
                    "authorization_endpoint": f"{here}/authorize",
                    "token_endpoint": f"{here}/token",
                    "userinfo_endpoint": f"{here}/userinfo",
                    "jwks_uri": f"{here}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_basic"],
                }
            )
        elif address.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(address.query).items()}
            code = secrets.token_urlsafe()
            ANSWERS[code] = asked
            said = {"state": asked["state"]}
            said |= {"error": "access_denied"} if asked["client_id"] == "refused" else {"code": code}
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri']}?{urlencode(said)}")
            self.end_headers()
        elif address.path == "/userinfo":
            self.say({"sub": "1", **CLAIMS[self.headers["Authorization"].removeprefix("Bearer ")]})

    def do_POST(self):
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        given = {name: values[0] for name, values in parse_qs(sent).items()}
        asked = ANSWERS.pop(given["code"], None)
        verifier = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        if asked is None or base64.urlsafe_b64encode(verifier).rstrip(b"=").decode() != asked["code_challenge"]:
            self.say({"error": "invalid_grant"}, 400)
            return
        client = asked["client_id"]
        claims = {
            "iss": f"http://localhost:{self.server.server_port}",
            "aud": client,
            "sub": "1",
            "exp": int(time.time()) + 60,
            "iat": int(time.time()),
            **CLAIMS[client],
        }
        token = jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": "1"})
        self.say({"access_token": client, "token_type": "Bearer", "expires_in": 60, "id_token": token})

    def say(self, what, status=200):
        body = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_about):
        pass


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Provider).serve_forever()

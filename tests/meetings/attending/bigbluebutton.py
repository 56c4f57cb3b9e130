"""A small BigBlueButton server over HTTP, that checks what it is asked as the documentation of its API says.

https://docs.bigbluebutton.org/development/api/#usage : take the name of the call, the query without its checksum, and the
secret, in a row; the hash of that is the checksum. The examples of that page are tried on it in ``test_rooms``.
"""

import hashlib
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

SECRET = "639259d4-9dd8-4b25-bf01-95f9567eaf4b"  # of the examples in the documentation
HASHES = {40: "sha1", 64: "sha256", 96: "sha384", 128: "sha512"}


def is_right(call, query, secret=SECRET):
    """Whether the checksum at the end of a query is that of the rest."""
    asked, _mark, checksum = query.rpartition("&checksum=")
    kind = HASHES.get(len(checksum))
    return bool(kind) and hashlib.new(kind, (call + asked + secret).encode()).hexdigest() == checksum


def xml(**fields):
    return "<response>" + "".join(f"<{name}>{value}</{name}>" for name, value in fields.items()) + "</response>"


class Server(ThreadingHTTPServer):
    """``mood``: how it answers; ``rooms``: what was made; ``calls``: what was asked, in order; ``paths``: in full."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.mood, self.rooms, self.calls, self.inside, self.meanwhile = "well", {}, [], {}, None
        self.paths = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/bigbluebutton"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        parts = urlsplit(self.path)
        call = parts.path.removeprefix("/bigbluebutton/api/")
        given = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.server.calls.append(call)
        self.server.paths.append(unquote(self.path))
        if self.server.meanwhile:
            self.server.meanwhile()
        if self.server.mood == "slow":
            time.sleep(12)
        elif self.server.mood == "a byte at a time":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n")
            for _byte in range(60):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.2)
        elif self.server.mood == "elsewhere":
            self.send_response(302)
            self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/inside")
            self.end_headers()
        elif self.server.mood == "broken":
            self.say("<html>Bad gateway", 502)
        elif self.server.mood == "no XML":
            self.say("OK")
        elif not is_right(call, parts.query):
            self.say(
                xml(
                    returncode="FAILED",
                    messageKey="checksumError",
                    message="You did not pass the checksum security check",
                )
            )
        else:
            self.answer(call, given)

    def answer(self, call, given):
        room = given.get("meetingID", "")
        if call == "create" and given.get("name") and room:
            self.server.rooms.setdefault(room, given)
            self.say(xml(returncode="SUCCESS", meetingID=room, hasUserJoined="false"))
        elif call == "isMeetingRunning" and room:
            self.say(xml(returncode="SUCCESS", running=str(bool(self.server.inside.get(room))).lower()))
        elif call == "join" and room in self.server.rooms and given.get("fullName") and given.get("role"):
            self.server.inside.setdefault(room, []).append((given["fullName"], given["role"]))
            self.say("<html>In de zaal</html>")
        else:
            self.say(
                xml(
                    returncode="FAILED",
                    messageKey="notFound",
                    message="We could not find a meeting with that meeting ID",
                )
            )

    def say(self, text, status=200):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass

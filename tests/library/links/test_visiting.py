"""Asking pages of others, from a real server on this machine."""

import contextlib
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from meedoen.library.links import visiting
from meedoen.library.links.rules import Problem
from meedoen.library.links.visiting import visit

ANSWERS = {
    "/": (200, ""),
    "/oud": (301, "/"),
    "/ver": (302, "/oud"),
    "/rond": (302, "/rond"),
    "/nergens-heen": (302, ""),
    "/weg": (404, ""),
    "/stuk": (500, ""),
    "/alleen-mensen": (403, ""),
    "/caf%C3%A9?q=a%20b": (200, ""),
}


@pytest.fixture
def server():
    """(its address, what it was asked)"""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers["User-Agent"]))
            status, location = ANSWERS.get(self.path, (404, ""))
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.end_headers()

        def log_message(self, *_):
            """Say nothing."""

    found = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=found.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{found.server_port}", asked
    found.shutdown()
    thread.join()
    found.server_close()


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("", None),
        ("/", None),
        ("/ver", None),
        ("/rond", Problem.BROKEN),
        ("/nergens-heen", None),
        ("/weg", Problem.GONE),
        ("/stuk", Problem.BROKEN),
        ("/alleen-mensen", None),
        ("/café?q=a b", None),
        ("/#stuk", None),
    ],
)
def test_what_a_site_says(server, path, problem):
    url, _asked = server
    assert visit(url + path, may=lambda _address: True) == problem


def test_we_say_who_asks(server, settings):
    settings.SITE_NAME, settings.BASE_URL = "Iedereen doet mee!", "https://meedoen.example"
    url, asked = server
    visit(url, may=lambda _address: True)
    assert asked == [("/", "Iedereen doet mee! (https://meedoen.example)")]


def test_a_machine_of_our_own_is_asked_nothing(server):
    url, asked = server
    assert visit(url) == Problem.AWAY
    assert visit(url.replace("127.0.0.1", "localhost")) == Problem.AWAY
    assert asked == []


def test_nor_when_another_site_sends_us_there(server):
    url, asked = server
    seen = []

    def only_once(address):
        seen.append(address)
        return len(seen) == 1

    assert visit(f"{url}/oud", may=only_once) == Problem.AWAY
    assert [path for path, _agent in asked] == ["/oud"]


@pytest.mark.parametrize(
    "url",
    ["http://bestaat-niet.invalid/", "ftp://voorbeeld.example/", "http://", "http://[", "http://127.0.0.1:99999/", "http://a..b/", "x"],
)  # fmt: skip
def test_what_is_no_site(url):
    assert visit(url, may=lambda _address: True) == Problem.AWAY


def test_a_site_that_says_nothing_is_left_in_time(monkeypatch):
    monkeypatch.setattr(visiting, "ANSWER_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        assert visit(url, may=lambda _address: True) == Problem.AWAY


@pytest.mark.parametrize(("scheme", "problem"), [("http", None), ("https", Problem.AWAY)])  # it did say 200
def test_a_site_that_says_a_letter_at_a_time_is_left_in_time(monkeypatch, scheme, problem):
    monkeypatch.setattr(visiting, "ANSWER_SECONDS", 2)
    said = []

    def dawdle(site):
        found, _address = site.accept()
        with found, contextlib.suppress(OSError):
            found.sendall(b"HTTP/1.1 200 OK\r\nX: " if scheme == "http" else b"\x16\x03\x03\x3f\xff")
            for _letter in range(100):  # ten seconds
                found.sendall(b"a")
                said.append("a")
                time.sleep(0.1)

    with socket.create_server(("127.0.0.1", 0)) as site:
        thread = threading.Thread(target=dawdle, args=[site])
        thread.start()
        assert visit(f"{scheme}://127.0.0.1:{site.getsockname()[1]}/", may=lambda _address: True) == problem
        thread.join()
    assert len(said) < 50


def test_a_site_without_a_right_certificate_is_away(server):
    url, asked = server
    assert visit(url.replace("http:", "https:"), may=lambda _address: True) == Problem.AWAY
    assert asked == []

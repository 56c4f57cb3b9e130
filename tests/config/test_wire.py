"""Any bytes on the line to the server as it runs: never an answer of 500 or more, and afterwards it still serves."""

import re
import socket
import urllib.request

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.browser  # with the tests that share the real server

PAUSE_SECONDS = 0.2  # for what the server has to say about half a request
MAX_ANSWER = 1_000_000  # bytes that are read of an answer

bounded = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
raw = st.binary(max_size=400)
visible = st.binary(max_size=200).map(lambda some: re.sub(rb"[\x00-\x20\x7f]", b"%", some))
ADDRESSES = [b"/", b"/gemeenten/", b"/nieuws/", b"/voorkeuren/", b"/postbus/", b"/static/ui/meedoen.css", b"/fout/"]


def say(port: int, sent: bytes, *, wait: float = 10.0) -> bytes:
    """What the server answers to these bytes until it hangs up, or says nothing for ``wait`` seconds."""
    answer = b""
    with socket.create_connection(("127.0.0.1", port), timeout=wait) as line:
        try:
            line.sendall(sent)
            while len(answer) < MAX_ANSWER and (more := line.recv(65536)):
                answer += more
        except OSError:  # it may also hang up on nonsense
            pass
    return answer


def statuses(answer: bytes) -> list[int]:
    return [int(found) for found in re.findall(rb"^HTTP/1\.[01] (\d{3})", answer)]


def is_well(site) -> bool:
    with urllib.request.urlopen(f"{site.url}/healthz", timeout=10) as answer:
        return answer.status == 200


def request(method: bytes, target: bytes, headers: bytes = b"", body: bytes = b"") -> bytes:
    return b"%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n%s" % (method, target, headers, body)


def test_an_ordinary_request_is_answered(site):
    assert statuses(say(site.port, request(b"GET", b"/gemeenten/"))) == [200]


@bounded
@given(sent=raw)
@example(sent=b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc")  # somebody tries https
@example(sent=b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
@example(sent=b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
@example(sent=b"GET / HTTP/9.9\r\n\r\n")
def test_bytes_that_are_no_request(site, sent):
    assert [status for status in statuses(say(site.port, sent, wait=PAUSE_SECONDS)) if status >= 500] == []


@bounded
@given(
    method=st.sampled_from([b"GET", b"HEAD", b"POST", b"OPTIONS", b"BREW"]),
    start=st.sampled_from(ADDRESSES),
    rest=visible,
)
@example(method=b"GET", start=b"/gemeenten/", rest=b"%00")
@example(method=b"GET", start=b"/gemeenten/", rest=b"?naam=%00%ff%fe&naam=\xff")
@example(method=b"GET", start=b"/static/", rest=b"../../../../etc/passwd")
@example(method=b"GET", start=b"", rest=b"http://elders.example/")
@example(method=b"GET", start=b"/", rest=b"\xc3\x28")
def test_bytes_as_address(site, method, start, rest):
    answered = statuses(say(site.port, request(method, start + rest)))
    assert [status for status in answered if status >= 500] == []


@bounded
@given(
    start=st.sampled_from(ADDRESSES),
    name=st.sampled_from([b"Host", b"Cookie", b"Accept-Encoding", b"If-None-Match", b"Origin", b"Content-Length", b"X-Request-ID", b"Range"]),
    value=raw.map(lambda some: re.sub(rb"[\r\n\x00]", b"?", some)),
)  # fmt: skip
def test_bytes_as_header(site, start, name, value):
    answered = statuses(say(site.port, request(b"GET", start, b"%s: %s\r\n" % (name, value)), wait=1.0))
    assert [status for status in answered if status >= 500] == []


@bounded
@given(
    start=st.sampled_from(ADDRESSES),
    kind=st.sampled_from([b"application/x-www-form-urlencoded", b"multipart/form-data; boundary=x", b"multipart/form-data", b"\xff"]),
    body=raw,
)  # fmt: skip
def test_bytes_as_body(site, start, kind, body):
    headers = b"Content-Type: %s\r\nOrigin: http://localhost\r\nContent-Length: %d\r\n" % (kind, len(body))
    answered = statuses(say(site.port, request(b"POST", start, headers, body)))
    assert [status for status in answered if status >= 500] == []


def test_a_body_without_end_is_not_kept_waiting_for_ever_nor_swallowed(site):
    """More than a form may be: refused or hung up on, without being read into memory whole."""
    size = 50 * 1024 * 1024
    head = request(
        b"POST", b"/voorkeuren/", b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n" % size
    )
    answered = statuses(say(site.port, head + b"a" * (4 * 1024 * 1024)))
    assert [status for status in answered if status >= 500] == []


def test_many_slow_visitors_do_not_keep_others_waiting(site):
    """Forty lines that say half a request and then nothing; the next visitor is served."""
    lines = [socket.create_connection(("127.0.0.1", site.port), timeout=10) for _ in range(40)]
    try:
        for line in lines:
            line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-")
        assert statuses(say(site.port, request(b"GET", b"/"))) == [200]
    finally:
        for line in lines:
            line.close()


@pytest.fixture(autouse=True)
def _it_still_serves(site):
    yield
    assert is_well(site)

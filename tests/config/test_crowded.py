"""One network that asks without end waits for its turn at our nginx; others do not, and nobody meets a bare error."""

import socket
import ssl
import threading
import time
from http.client import HTTPSConnection

import pytest
from make.ports import free_port
from tests.proxy import NAME, nginx

pytestmark = [pytest.mark.slow, pytest.mark.once]

AT_ONCE, A_SECOND, LINES = 60, 30, 50  # as deploy/nginx.conf says


def line(port, address):
    return HTTPSConnection(
        "127.0.0.1", port, timeout=60, context=ssl._create_unverified_context(), source_address=(address, 0)
    )


def asked(open_line):
    """The status and the page; ``open_line`` stays open."""
    open_line.request("GET", "/", headers={"Host": NAME})
    answer = open_line.getresponse()
    return answer.status, answer.headers, answer.read().decode()


def test_who_asks_without_end_waits_and_others_do_not(tmp_path):
    """The site is away, so that each answer comes at once: what takes time is the waiting."""
    wanted = AT_ONCE + 2 * A_SECOND
    with nginx(f"127.0.0.1:{free_port()}", tmp_path) as (_plain, safe):
        statuses, seconds = [], []

        def flood():
            began = time.monotonic()
            without_end = line(safe, "127.0.66.1")
            statuses.extend(asked(without_end)[0] for _ in range(wanted))
            seconds.append(time.monotonic() - began)
            without_end.close()

        flooding = threading.Thread(target=flood)
        flooding.start()
        while flooding.is_alive() and len(statuses) <= AT_ONCE:
            time.sleep(0.01)
        other, before = line(safe, "127.0.77.1"), len(statuses)
        assert asked(other)[0] == 503
        assert len(statuses) - before < A_SECOND  # it did not wait for the others to be done
        other.close()
        flooding.join(60)
    assert set(statuses) == {503}
    assert seconds[0] > 1.5


def test_who_comes_while_the_site_is_started_again_reads_a_kind_page(tmp_path):
    with nginx(f"127.0.0.1:{free_port()}", tmp_path) as (_plain, safe):
        open_line = line(safe, "127.0.77.1")
        status, headers, page = asked(open_line)
        open_line.close()
    assert (status, headers["Retry-After"], headers["Content-Type"]) == (503, "30", "text/html; charset=utf-8")
    assert "<html lang='nl'>" in page
    assert "<h1>De site is even dicht</h1>" in page


def test_who_holds_too_many_lines_reads_a_kind_page(tmp_path):
    with (
        socket.create_server(("127.0.0.1", 0), backlog=200) as mute,  # takes what comes and never answers
        nginx(f"127.0.0.1:{mute.getsockname()[1]}", tmp_path) as (_plain, safe),
    ):
        held = [line(safe, "127.0.66.1") for _ in range(LINES)]
        for each in held:
            each.request("GET", "/", headers={"Host": NAME})
        last = line(safe, "127.0.66.1")
        for _ in range(100):
            status, headers, page = asked(last)
            if status == 429:
                break
            time.sleep(0.05)
        for each in [*held, last]:
            each.close()
    assert (status, headers["Retry-After"], headers["Content-Type"]) == (429, "10", "text/html; charset=utf-8")
    assert "Wacht tien tellen. Laad de pagina dan opnieuw." in page

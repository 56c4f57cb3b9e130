"""What an answer says of a link, and which machines are never asked."""

from ipaddress import ip_address

import pytest

from meedoen.library.links.rules import Problem, may_visit, problem_of


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        (200, None),
        (204, None),
        (304, None),
        (400, Problem.GONE),
        (401, None),
        (403, None),
        (404, Problem.GONE),
        (410, Problem.GONE),
        (429, None),
        (500, Problem.BROKEN),
        (502, Problem.BROKEN),
        (503, None),
        (999, None),
    ],
)
def test_an_answer(status, problem):
    assert problem_of(status) == problem


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("127.0.0.1", False),
        ("10.0.0.1", False),
        ("192.168.1.1", False),
        ("172.16.0.1", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
    ],
)
def test_machines_around_us_are_not_asked(address, may):
    assert may_visit(ip_address(address)) is may

"""The rules of the statements: tables of cases, no database."""

import datetime

import pytest

from meedoen.home import rules
from meedoen.ui import site


@pytest.mark.parametrize(
    ("value", "example"),
    [
        ("Voorbeeldorganisatie", True),
        ("hulp@voorbeeld.example", True),
        ("070 000 00 00", True),
        ("mailto:veilig@voorbeeld.example", True),
        ("Vereniging van Noordelijke Dorpen", False),
        ("hulp@dorpen.example", False),
        ("070 373 83 93", False),
    ],
)
def test_a_value_that_nobody_has_is_an_example(value, example):
    assert site.is_example(value) is example


def at(*parts):
    return datetime.datetime(*parts, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("now", "changes", "expires"),
    [
        (at(2026, 11, 23, 12), at(2026, 12, 1), at(2027, 10, 1)),
        (at(2026, 12, 31, 23, 59), at(2027, 1, 1), at(2027, 11, 1)),
        (at(2027, 1, 1), at(2027, 2, 1), at(2027, 12, 1)),
        (at(2027, 2, 28), at(2027, 3, 1), at(2028, 1, 1)),
    ],
)
def test_the_security_file_moves_on_each_month(now, changes, expires):
    assert rules.next_month(now) == changes
    assert rules.security_file_expires(now) == expires
    assert datetime.timedelta(days=300) < expires - now < datetime.timedelta(days=365)

"""What holds for who comes, in tables."""

import pytest

from meedoen.meetings.attending import rules


@pytest.mark.parametrize(
    ("name", "is_plain"),
    [
        ("Ans", True),
        ("Piet de Boer", True),
        ("Anna-Maria van 't Hof", True),
        ("J. Demir", True),
        ("Bel 0800 1234", False),
        ("kijk op win.example", False),
        ("Je hebt een prijs gewonnen", False),
        ("Je wint een prijs", False),
        ("https://win.example", False),
        ("A" * 41, False),
        ("", False),
    ],
)
def test_a_name_that_is_mailed_to_who_did_not_ask_can_be_no_message(name, is_plain):
    assert rules.is_plain_name(name) is is_plain

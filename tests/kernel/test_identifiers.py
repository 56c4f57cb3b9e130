"""Numbers of rows as people send them."""

import pytest

from meedoen.kernel.identifiers import number_in


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("0", 0), ("", 0), ("-1", 0), ("1.5", 0), ("²", 0), ("٣", 0), ("9" * 18, 10**18 - 1), ("9" * 19, 0)],
)
def test_what_is_no_number_of_a_row_is_none(text, number):
    assert number_in(text) == number

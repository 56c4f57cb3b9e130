"""Places in a list by time, as they stand in an address."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.kernel.keys import MomentKey

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@given(st.integers(0, 7 * 10**15), st.integers(0, 10**14))
def test_a_key_comes_back_as_it_went(microseconds, number):
    key = MomentKey(EPOCH + timedelta(microseconds=microseconds), number)
    assert MomentKey.parse(str(key)) == key


@pytest.mark.parametrize(
    "text", ["", "1", "-1", "1-", "a-b", "1-2-3", "999999999999999999-1", "9" * 30 + "-1", "9" * 19 + "-1"]
)
def test_what_is_no_key_is_refused(text):
    with pytest.raises(ValueError, match="no "):
        MomentKey.parse(text)

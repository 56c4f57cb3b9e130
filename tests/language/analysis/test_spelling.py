"""Words near a misspelt one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.language.analysis import near, of_language, spelling_of
from meedoen.language.analysis.stems import LONGEST

INDEX = spelling_of(["Zuidplas", "stembureau", "toegankelijk", "gebarentolk", "gebarentaal"])


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("zuitplas", ("zuidplas",)),
        ("Zuidplas", ("zuidplas",)),
        ("stem bureau", ("stembureau",)),
        ("toegangkelijk", ("toegankelijk",)),
        ("gebaretolk", ("gebarentolk",)),
        ("gebarentaak", ("gebarentaal",)),
        ("fiets", ()),
        ("bus", ()),
        ("12345", ()),
        ("", ()),
        ("😀", ()),
        ("a" * 10_000, ()),
    ],
)
def test_words_of_a_list_of_ones_own(word, found):
    assert near(word, INDEX) == found


def test_no_more_than_was_asked_the_likeliest_first():
    assert near("vergardering", of_language(), most=1) == ("vergadering",)
    assert len(near("wonig", of_language(), most=2)) == 2


@given(st.text(max_size=LONGEST))
def test_any_text_is_taken_and_what_is_found_is_on_the_list(text):
    found = near(text, INDEX)
    assert all(word in INDEX for word in found)
    assert found == near(text, INDEX)

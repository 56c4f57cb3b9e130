"""What a topic is, its place in the lists, and what resembles it."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.forum import rules
from meedoen.forum.categories import CATEGORIES, PURPOSES
from meedoen.forum.forms import KINDS
from meedoen.forum.rules import Kind, TopicKey


@pytest.mark.parametrize("kind", Kind)
def test_everybody_begins_all_but_announcements(kind):
    for writer, may in ((None, False), (SimpleNamespace(is_team=False), False), (SimpleNamespace(is_team=True), True)):
        assert rules.may_begin(kind, writer) == (may or kind != Kind.ANNOUNCEMENT)


@given(st.integers(0, 7 * 10**15), st.integers(0, 10**14))
def test_a_key_comes_back_as_it_went(microseconds, number):
    key = TopicKey(rules.EPOCH + timedelta(microseconds=microseconds), number)
    assert TopicKey.parse(str(key)) == key


@pytest.mark.parametrize("text", ["", "1", "-1", "1-", "a-b", "1-2-3", "9" * 30 + "-1", "9" * 19 + "-1"])
def test_what_is_no_key_is_refused(text):
    with pytest.raises(ValueError, match="not"):
        TopicKey.parse(text)


@pytest.mark.parametrize(
    ("title", "other", "likeness"),
    [
        ("Hoe maken we een stembureau toegankelijk?", "Toegankelijke stembureaus", 2),
        ("Speeltuin voor blinde kinderen", "Een speeltuin voor iedereen", 1),
        ("Heeft iemand ervaring?", "Heeft iemand een idee?", 0),  # words that are everywhere
        ("Éénrichtingsweg", "eenrichtingsweg", 1),
    ],
)
def test_titles_resemble_by_the_words_that_tell(title, other, likeness):
    assert rules.likeness(title, other) == likeness


def test_each_category_and_kind_has_its_words():
    assert set(PURPOSES) == set(CATEGORIES)
    assert set(KINDS) == set(Kind)
    assert len(CATEGORIES) == 15

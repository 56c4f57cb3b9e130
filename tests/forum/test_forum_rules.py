"""What a topic is, its place in the lists, and what resembles it."""

from types import SimpleNamespace

import pytest

from meedoen.forum import rules
from meedoen.forum.categories import CATEGORIES, PURPOSES
from meedoen.forum.forms import KINDS
from meedoen.forum.rules import Kind


@pytest.mark.parametrize("kind", Kind)
def test_everybody_begins_all_but_announcements(kind):
    for writer, may in ((None, False), (SimpleNamespace(is_team=False), False), (SimpleNamespace(is_team=True), True)):
        assert rules.may_begin(kind, writer) == (may or kind != Kind.ANNOUNCEMENT)


def test_each_category_and_kind_has_its_words():
    assert set(PURPOSES) == set(CATEGORIES)
    assert set(KINDS) == set(Kind)
    assert len(CATEGORIES) == 15

"""Bringing the themes to what ships: once, and again when the file or a row says something else."""

import datetime

import pytest

from meedoen.pages.models import versions
from meedoen.themes import actions
from meedoen.themes.models import AREA, Theme
from meedoen.themes.records import THEMES

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 23, 12, 0, tzinfo=datetime.UTC)


def test_the_fourteen_themes_are_six_life_domains_and_eight_others():
    assert [theme.kind for theme in THEMES] == ["levensdomein"] * 6 + ["dwarsthema"] * 8
    assert len({theme.id for theme in THEMES}) == 14


def test_the_themes_load_once_in_the_order_of_their_file(django_assert_num_queries):
    assert actions.load_themes(now=NOW) is True
    assert [theme.id for theme in Theme.objects.all()] == [theme.id for theme in THEMES]
    with django_assert_num_queries(3):  # begin, what there is, commit
        assert actions.load_themes(now=NOW) is False
    assert versions((AREA,)) == ((AREA, 1),)


def test_what_differs_is_mended_and_what_the_file_does_not_know_stays():
    actions.load_themes(now=NOW)
    Theme.objects.filter(id="werk").update(short="Arbeid")
    Theme.objects.create(id="tuin", kind="dwarsthema", label="Tuin", short="Tuin", position=99)
    assert actions.load_themes(now=NOW) is True
    assert (Theme.objects.get(id="werk").short, Theme.objects.count()) == ("Werk", 15)
    assert versions((AREA,)) == ((AREA, 2),)

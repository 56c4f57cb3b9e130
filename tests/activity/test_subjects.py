"""What can be followed: found by its address, named alone and inside a sentence; a merger loses no follower."""

import datetime

import pytest
from tests.starting import load_once

from meedoen.activity import subjects
from meedoen.activity.models import Subject
from meedoen.municipalities.actions import load_register
from meedoen.municipalities.models import Municipality

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 23, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def register(db):
    load_once("register", lambda: load_register(now=NOW))


@pytest.mark.parametrize(
    ("kind", "text", "alone", "inside"),
    [
        ("theme", "thuis", "Thema Wonen", "het thema Wonen"),
        ("municipality", "groningen", "Gemeente Groningen", "de gemeente Groningen"),
    ],
)
def test_what_an_address_names_is_found_and_named(register, kind, text, alone, inside):
    found = subjects.find(kind, text)
    assert (subjects.alone(found), subjects.inside(found)) == (alone, inside)
    assert subjects.find(kind, text) == found
    assert subjects.find(kind, "onzin") is None


def test_what_a_gone_feature_left_behind_keeps_its_title(db):
    left = Subject.objects.of("gone", "1", title="Iets", url="/")
    assert (subjects.alone(left), subjects.inside(left)) == ("Iets", "‘Iets’")


def test_who_follows_a_former_municipality_hears_of_the_one_it_went_on_in(register):
    former = Municipality.objects.get(slug="geldermalsen")
    left = Subject.objects.of("municipality", former.code, title=former.name, url=former.get_absolute_url())
    now = Municipality.objects.get(slug="west-betuwe")
    assert [each.key for each in subjects.of_municipality(now)] == [now.code, left.key]


def test_two_kinds_of_one_name_or_path_are_a_mistake_of_ours():
    with pytest.raises(ValueError, match="two kinds"):
        subjects.register(subjects.Kind(name="anders", heading="", alone="", inside="", path="gemeente"))

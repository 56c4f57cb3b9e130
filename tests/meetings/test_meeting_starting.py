"""The meetings that the network starts with: real ones with sources, examples marked, loaded once."""

from datetime import timedelta

import pytest

from meedoen.kernel import clock
from meedoen.meetings import reading, words
from meedoen.meetings.models import Loaded, Meeting
from meedoen.meetings.rules import needs_of
from meedoen.meetings.starting import entries, load_starting_meetings
from meedoen.municipalities.actions import load_register
from meedoen.themes.actions import load_themes

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def loaded(now):
    load_themes(now=now)
    load_register(now=now)
    return load_starting_meetings(now=now, examples=True)


def test_real_ones_are_past_and_say_where_their_facts_are_from(loaded, now):
    real = Meeting.objects.filter(is_example=False)
    assert loaded == len(entries())
    assert real.count() == 9
    assert real.filter(sources__isnull=True).count() == 0
    assert list(real.filter(is_archived=False)) == []
    assert set(real) == set(real.published(now).past(now))


def test_examples_come_are_marked_and_know_all_that_counts(loaded, now):
    for each in reading.whole(Meeting.objects.filter(is_example=True)):
        assert each.starts_at > now + 14 * DAY
        assert clock.local_date(each.starts_at).weekday() == 3
        assert {row["value"] for row in reading.told(each, now)["experts"]} != set()
        known = {need for need, _state, _words in words.in_order(each.provisions.all())}
        assert set(needs_of(each.form)) <= known


def test_without_examples_there_are_none(now):
    load_themes(now=now)
    load_register(now=now)
    load_starting_meetings(now=now, examples=False)
    assert Meeting.objects.filter(is_example=True).count() == 0


def test_what_was_changed_or_removed_on_the_site_stays_so(loaded, now):
    Meeting.objects.get(slug="start-van-de-koplopers").delete()
    changed = Meeting.objects.get(slug="congres-jouw-gemeente-inclusief")
    Loaded.objects.filter(meeting=changed).update(meeting=None)
    Meeting.objects.filter(pk=changed.pk).update(title="Anders")
    assert load_starting_meetings(now=now + DAY, examples=True) == 0
    assert not Meeting.objects.filter(slug="start-van-de-koplopers").exists()
    assert Meeting.objects.get(pk=changed.pk).title == "Anders"

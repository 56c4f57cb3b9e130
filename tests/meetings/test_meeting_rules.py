"""What holds for meetings, and that the database says the same."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from meedoen.meetings import rules
from meedoen.meetings.models import Meeting, Provision
from meedoen.meetings.rules import Form, Stage

from .conftest import NOW

HOUR = timedelta(hours=1)


def standing(**fields):
    usual = {"starts_at": NOW + HOUR, "ends_at": NOW + 2 * HOUR, "published_at": NOW - HOUR}
    return SimpleNamespace(**{**usual, "withdrawn_at": None, "cancelled_at": None, **fields})


@pytest.mark.parametrize(
    ("fields", "stage"),
    [
        ({}, Stage.COMING),
        ({"published_at": None}, Stage.DRAFT),
        ({"published_at": None, "starts_at": None, "ends_at": None}, Stage.DRAFT),
        ({"published_at": NOW + HOUR}, Stage.SCHEDULED),
        ({"starts_at": NOW}, Stage.NOW),
        ({"starts_at": NOW - HOUR, "ends_at": NOW}, Stage.PAST),
        ({"starts_at": NOW - HOUR, "ends_at": NOW, "cancelled_at": NOW}, Stage.CANCELLED),
        ({"cancelled_at": NOW, "withdrawn_at": NOW}, Stage.WITHDRAWN),
    ],
)
def test_where_a_meeting_is_in_its_life(fields, stage):
    assert rules.stage_of(standing(**fields), NOW) == stage


def test_who_may_read_and_what_is_past_are_the_same_in_sql(meeting):
    for number, (published, withdrawn, begins) in enumerate(
        (published, withdrawn, begins)
        for published in (None, NOW - HOUR, NOW, NOW + HOUR)
        for withdrawn in (None, NOW - HOUR)
        for begins in (NOW - 3 * HOUR, NOW - 2 * HOUR, NOW - HOUR, NOW + HOUR)
    ):
        meeting(f"nummer {number}", begins=begins, published_at=published, withdrawn_at=withdrawn)
    every = list(Meeting.objects.order_by("pk"))
    assert list(Meeting.objects.published(NOW).order_by("pk")) == [e for e in every if rules.may_be_read(e, NOW)]
    assert list(Meeting.objects.past(NOW).order_by("pk")) == [e for e in every if rules.is_past(e, NOW)]
    assert list(Meeting.objects.upcoming(NOW).order_by("pk")) == [e for e in every if not rules.is_past(e, NOW)]


@pytest.mark.parametrize(
    "fields",
    [
        {"hours": 0},
        {"hours": -1},
        {"begins": None},
        {"online_program": ""},
        {"form": "locatie", "online_program": ""},
        {"form": "ergens"},
        {"room_places": 20},
        {"form": "locatie", "place_name": "De Kring", "online_places": 20},
        {"cancelled_at": NOW},
        {"sign_up_closes_at": NOW + timedelta(days=8)},
        {"recording_url": "https://voorbeeld.example/film", "transcript": "Wat is gezegd."},
        {"recording_url": "https://voorbeeld.example/film", "recording_has_captions": True},
        {"expert_pay": "mag"},
    ],
)
def test_what_can_never_be_true_is_refused(meeting, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        meeting(**fields)


def test_what_is_right_beside_that_is_kept(meeting):
    meeting("een", begins=None, published_at=None, online_program="")
    meeting("twee", form="locatie", online_program="", place_name="De Kring", room_places=20)
    meeting(
        "drie", recording_url="https://voorbeeld.example/f", recording_has_captions=True, transcript="Wat is gezegd."
    )
    meeting("vier", sign_up_closes_at=NOW + timedelta(days=6), expert_pay="nee", online_places=1)
    assert Meeting.objects.count() == 4


def test_what_is_not_possible_says_what_is(meeting):
    found = meeting()
    with pytest.raises(IntegrityError), transaction.atomic():
        Provision.objects.create(meeting=found, need="braille", state="kan-niet")
    Provision.objects.create(meeting=found, need="braille", state="kan-niet", words="Je krijgt de tekst als Word.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Provision.objects.create(meeting=found, need="braille", state="geregeld")


def test_one_that_is_both_is_found_either_way(meeting):
    online, both = meeting("online"), meeting("beide", form="beide", place_name="De Kring")
    room = meeting("zaal", form="locatie", place_name="De Kring", online_program="")
    assert [set(Meeting.objects.attended(form)) for form in (Form.ONLINE, Form.ON_SITE, Form.BOTH)] == [
        {online, both},
        {room, both},
        {both},
    ]


def test_time_alone_changes_pages_at_the_next_of_its_moments(meeting):
    meeting("was", begins=NOW - timedelta(days=2))
    meeting("concept", begins=NOW + HOUR, published_at=None)
    found = meeting("komt", begins=NOW + 5 * HOUR, published_at=NOW + HOUR, sign_up_closes_at=NOW + 3 * HOUR)
    moments = []
    moment = NOW
    while moment := Meeting.objects.all().next_change(moment):
        moments.append(moment)
    assert moments == [found.published_at, found.sign_up_closes_at, found.starts_at, found.ends_at]

"""Who organises what, what waits, and what a meeting still misses."""

from datetime import timedelta

import pytest

from meedoen.meetings.models import Meeting, Provision
from meedoen.meetings.organising import rules
from meedoen.meetings.organising.actions import templates
from meedoen.meetings.organising.checking import gaps_of
from meedoen.meetings.organising.reading import organiser_of
from meedoen.meetings.rules import Form, Need, State, needs_of

from .conftest import NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_who_may_organise_is_the_same_in_sql(meeting, municipality, person, carla, bram):
    fatima = person("Fatima")
    every = [
        meeting("team"),
        meeting("utrecht", municipality=municipality()),
        meeting("zwolle", municipality=municipality("Zwolle")),
    ]
    found = {}
    for who in (carla, bram, fatima):
        organiser = organiser_of(who)
        assert organiser.may_come_in is (who != fatima)
        found[who.name] = list(Meeting.objects.organised_by(organiser).order_by("pk"))
        assert found[who.name] == [each for each in every if rules.may_organise(organiser, each)]
    assert found == {"Carla": every, "Bram": every[1:2], "Fatima": []}


def test_what_waits_is_the_same_in_sql(meeting, now):
    number = 0
    for published in (None, now - 400 * DAY, now + DAY):
        for begins in (None, now - 380 * DAY, now - 5 * DAY, now - DAY, now + 3 * DAY, now + 60 * DAY):
            for report, cancelled, archived in (
                ("", None, False),
                ("Ja.", None, False),
                ("", now, False),
                ("", None, True),
            ):
                number += 1
                if begins is None and published:
                    continue
                meeting(
                    f"nummer {number}", begins=begins, published_at=published, report=report, cancelled_at=cancelled,
                    cancelled_reason="Ziek." if cancelled else "", is_archived=archived,
                )  # fmt: skip
    every = list(Meeting.objects.order_by("pk"))
    assert list(Meeting.objects.near_drafts(now).order_by("pk")) == [each for each in every if rules.is_near(each, now)]
    waiting = [
        each
        for each in every
        if rules.waits_for_report(each, has_report=bool(each.report), is_archived=each.is_archived, now=now)
    ]
    assert list(Meeting.objects.without_report(now).order_by("pk")) == waiting
    assert len(waiting) == 1


@pytest.fixture
def complete(meeting, municipality):
    """A function that gives a draft that misses nothing."""

    def make(form="beide", **fields):
        usual = dict.fromkeys(
            (
                "route",
                "public_transport",
                "parking",
                "entrance",
                "toilet",
                "quiet_room",
                "assistance_dogs",
                "companion",
            ),
            "Dat is goed geregeld.",
        )
        found = meeting(
            **{
                "form": form,
                "published_at": None,
                "body": "Praten.",
                "for_whom": "Iedereen",
                "breaks": "Om 15.00 uur.",
                "needs_close_on": (NOW - 20 * DAY).date(),
                "place_name": "De Kring",
                "place_address": "Dorpsstraat 1",
                "place_municipality": municipality(),
                "online_by_phone": "Ja.",
                "online_test": "Ja.",
                "join_url": "https://zoom.example/1",
                "costs": "Gratis.",
                "expert_pay": "nee",
                "expert_pay_words": "We vragen geen werk.",
                "expert_travel": "ja",
                "contact_phone": "030 1234567",
                **usual,
                **fields,
            }
        )
        for need in needs_of(form):
            Provision.objects.create(meeting=found, need=need, state=State.ARRANGED)
        return found

    return make


def missing(meeting):
    return [(gap.part, gap.field) for gap in gaps_of(meeting, meeting.provisions.all(), NOW) if gap.blocks]


@pytest.mark.parametrize("form", ["online", "locatie", "beide"])
def test_one_that_tells_all_misses_nothing(complete, form):
    assert missing(complete(form)) == []
    assert [gap for gap in gaps_of(complete(form, title="twee"), Provision.objects.all(), NOW) if gap.blocks] == []


@pytest.mark.parametrize(
    ("fields", "gap"),
    [
        ({"summary": ""}, ("inhoud", "summary")),
        ({"for_whom": ""}, ("inhoud", "for_whom")),
        ({"begins": None}, ("tijd", "day")),
        ({"begins": NOW - DAY, "needs_close_on": (NOW - 30 * DAY).date()}, ("tijd", "day")),
        ({"breaks": ""}, ("tijd", "breaks")),
        ({"needs_close_on": None}, ("tijd", "needs_close_on")),
        ({"needs_close_on": (NOW + 8 * DAY).date()}, ("tijd", "needs_close_on")),
        ({"place_name": ""}, ("plaats", "place_name")),
        ({"place_municipality": None}, ("plaats", "place_municipality")),
        ({"toilet": ""}, ("plaats", "toilet")),
        ({"assistance_dogs": ""}, ("plaats", "assistance_dogs")),
        ({"online_program": ""}, ("online", "online_program")),
        ({"online_by_phone": ""}, ("online", "online_by_phone")),
        ({"costs": ""}, ("geld", "costs")),
        ({"expert_pay": ""}, ("geld", "expert_pay")),
        ({"expert_pay": "ja", "expert_pay_words": ""}, ("geld", "expert_pay_words")),
        ({"expert_travel": ""}, ("geld", "expert_travel")),
        ({"contact_name": ""}, ("contact", "contact_name")),
        ({"contact_email": ""}, ("contact", "contact_email")),
        ({"contact_phone": ""}, ("contact", "contact_phone")),
    ],
)
def test_each_thing_that_people_need_to_know_is_asked(complete, fields, gap):
    assert missing(complete(**fields)) == [gap]


@pytest.mark.parametrize("need", Need)
@pytest.mark.parametrize("form", [Form.ONLINE, Form.ON_SITE, Form.BOTH])
def test_each_need_that_counts_for_the_form_is_answered(complete, form, need):
    found = complete(form)
    found.provisions.filter(need=need).update(state=State.UNKNOWN)
    assert missing(found) == ([("meedoen", need.value)] if need in needs_of(form) else [])
    found.provisions.filter(need=need).delete()
    assert missing(found) == ([("meedoen", need.value)] if need in needs_of(form) else [])


def test_the_network_advises_to_ask_early_for_interpreters(complete):
    found = complete(needs_close_on=(NOW + 5 * DAY).date())
    found.provisions.filter(need=Need.SIGN_LANGUAGE).update(state=State.ON_REQUEST)
    gaps = gaps_of(found, found.provisions.all(), NOW)
    assert [(gap.blocks, gap.field) for gap in gaps] == [(False, "needs_close_on")]


def test_templates_say_nothing_of_what_is_arranged_each_time():
    assert [each["form"] for each in templates().values()] == ["online", "locatie", "beide"]
    for each in templates().values():
        assert set(each["provisions"]) <= {need.value for need in needs_of(each["form"])}

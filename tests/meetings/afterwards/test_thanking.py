"""Thanks with the report: to whom, when, what they tell, and that each is sent once."""

from datetime import timedelta

import pytest

from meedoen.mail.models import OutgoingMail
from meedoen.meetings.afterwards import rules, thanking
from meedoen.meetings.attending import actions
from meedoen.meetings.attending.actions import Coming
from meedoen.meetings.attending.models import Attendee, Party
from meedoen.meetings.attending.rules import State, Way
from meedoen.meetings.models import Meeting
from meedoen.meetings.organising import actions as organising
from meedoen.meetings.organising.actions import Answers, ChangedMeanwhile
from meedoen.people.models import Address, Person

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
TEMPLATE = "mail/meetings/thanks.md"


@pytest.fixture
def far(meeting, now):
    return meeting("Praat mee over werk", begins=now + 21 * DAY)


@pytest.fixture
def comes(person, far, now):
    """A function that signs somebody up by name."""

    def sign_up(name, **how):
        return actions.sign_up(far, person(name), Coming(Way.ONLINE, **how), network=name, now=now)

    return sign_up


@pytest.fixture
def write(far, carla):
    """A function that writes the report as the form does."""

    def save(report="Er is veel gezegd.", *, at, seen=None):
        found = Meeting.objects.get(pk=far.pk)
        return organising.save(found, Answers(fields={"report": report}), seen=seen or found.version, by=carla, now=at)

    return save


def thanked():
    return sorted(OutgoingMail.objects.filter(template=TEMPLATE).values_list("to", flat=True))


def test_who_had_a_place_is_thanked_once_whatever_happens_to_the_report(comes, far, write):
    comes("Ans"), comes("Bram")
    at = far.ends_at + DAY
    write(at=at)
    thanking.thank(now=at + rules.THANK_AFTER - MINUTE)
    assert thanked() == []
    thanking.thank(now=at + rules.THANK_AFTER)
    assert thanked() == ["ans@voorbeeld.example", "bram@voorbeeld.example"]
    write("Beter.", at=at + DAY)
    write("", at=at + DAY + MINUTE)
    write("Toch.", at=at + 2 * DAY)
    OutgoingMail.objects.all().delete()  # the outbox forgets what was sent long ago
    for minutes in range(0, 3 * 24 * 60, 60):
        thanking.thank(now=at + minutes * MINUTE)
    assert thanked() == []


def test_two_organisers_and_a_double_press_are_one_report(comes, far, write):
    comes("Ans")
    at = far.ends_at + DAY
    seen = far.version
    write(at=at, seen=seen)
    with pytest.raises(ChangedMeanwhile):
        write("Van een ander.", at=at, seen=seen)
    for _time in range(2):
        thanking.thank(now=at + rules.THANK_AFTER)
    assert thanked() == ["ans@voorbeeld.example"]


def test_who_stopped_halfway_goes_on_without_a_mail_twice(comes, far, write):
    comes("Ans")
    at = far.ends_at + DAY
    write(at=at)
    thanking.thank(now=at + DAY)
    Attendee.objects.update(thanked_at=None)  # it stopped between the mail and the mark
    thanking.thank(now=at + DAY + MINUTE)
    assert thanked() == ["ans@voorbeeld.example"]


def test_who_had_no_place_or_is_gone_is_not_thanked(comes, far, write, now):
    Meeting.objects.filter(pk=far.pk).update(online_places=2)
    ans, bram = comes("Ans"), comes("Bram")
    comes("Dirk")
    assert Party.objects.filter(state=State.WAITING).count() == 1
    actions.cancel(ans, now=far.starts_at - 10 * MINUTE)
    actions.forget(bram.person, now=far.ends_at + MINUTE)
    write(at=far.ends_at + DAY)
    thanking.thank(now=far.ends_at + 2 * DAY)
    assert thanked() == []


def test_who_was_asked_along_and_never_said_yes_is_not_thanked(comes, far, write):
    comes("Ans", partner_name="Bram", partner_email="bram@voorbeeld.example")
    write(at=far.ends_at + DAY)
    thanking.thank(now=far.ends_at + 2 * DAY)
    assert thanked() == ["ans@voorbeeld.example"]


@pytest.mark.parametrize(
    "fields",
    [
        {"withdrawn_at": "now", "withdrawn_reason": "Dubbel."},
        {"cancelled_at": "now", "cancelled_reason": "De zaal is dicht."},
        {"report": ""},
        {"slides_url": "https://dia.example/1", "report": "", "reported_at": None},
    ],
)
def test_only_a_report_that_readers_have_is_thanked_with(comes, far, write, fields):
    comes("Ans")
    at = far.ends_at + DAY
    write(at=at)
    Meeting.objects.filter(pk=far.pk).update(**{key: at if value == "now" else value for key, value in fields.items()})
    thanking.thank(now=at + DAY)
    assert thanked() == []


def test_a_report_from_during_the_meeting_waits_for_its_end_and_a_late_worker_is_silent(comes, far):
    comes("Ans")
    reported_at = far.starts_at + MINUTE
    Meeting.objects.filter(pk=far.pk).update(report="We zijn begonnen.", reported_at=reported_at)
    thanking.thank(now=far.ends_at - MINUTE)
    assert thanked() == []
    thanking.thank(now=reported_at + rules.THANK_WITHIN)
    assert thanked() == []
    thanking.thank(now=far.ends_at)
    assert thanked() == ["ans@voorbeeld.example"]


def test_the_mail_leads_to_the_report_and_says_whom_to_ask(comes, far, write):
    comes("Ans")
    write(at=far.ends_at + DAY)
    Meeting.objects.filter(pk=far.pk).update(answers_name="Bram", answers_email="bram@voorbeeld.example")
    thanking.thank(now=far.ends_at + 2 * DAY)
    told = OutgoingMail.objects.get(template=TEMPLATE)
    assert told.subject == "Dank je wel, en hier is het verslag: Praat mee over werk"
    assert told.reply_to == "bram@voorbeeld.example"
    for words in (
        f"{far.get_absolute_url()}#verslag",
        f"{far.get_absolute_url()}#reacties",
        "donderdag 24 december 2026",
        "Vraag het: Bram, bram@voorbeeld",
    ):
        assert words in told.text, words


def test_many_are_thanked_in_parts_with_as_many_queries_as_few(
    far, write, now, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(thanking, "AT_ONCE", 20)

    def crowd(begin, count):
        for number in range(begin, begin + count):
            address = Address.objects.create(email=f"p{number}@voorbeeld.example", verified_at=now)
            who = Person.objects.create(address=address, name=f"P{number}", joined_at=now)
            party = Party.objects.create(meeting=far, state=State.PLACED, made_at=now)
            Attendee.objects.create(meeting=far, party=party, person=who, way=Way.ONLINE, confirmed_at=now)

    at = far.ends_at + DAY
    write(at=at)
    at += rules.THANK_AFTER
    crowd(0, 2)
    with django_assert_max_num_queries(30) as few:
        assert thanking.thank_some(now=at) == 2
    crowd(2, 50)
    with django_assert_max_num_queries(len(few)):
        assert thanking.thank_some(now=at) == 20
    assert thanking.thank(now=at) == 30
    assert len(thanked()) == 52
    with django_assert_max_num_queries(1):
        assert thanking.thank(now=at) == 0

"""Reminders before a meeting: when it is time, what they tell, and that each is sent once."""

from datetime import UTC, datetime, timedelta

import pytest
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from meedoen.mail import actions as mail
from meedoen.mail.models import OutgoingMail
from meedoen.meetings import tasks
from meedoen.meetings.attending import actions, reminding, rules
from meedoen.meetings.attending.actions import Coming
from meedoen.meetings.attending.models import Attendee, Party
from meedoen.meetings.attending.rules import Reminder, State, Way
from meedoen.meetings.models import Meeting, ProgrammeItem, Provision
from meedoen.meetings.organising import actions as organising
from meedoen.people.models import Address, Person

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TEMPLATE = "mail/meetings/reminder.md"


@pytest.fixture
def far(meeting, now):
    """A meeting in three weeks, in a room and online, of which all is known."""
    made = meeting(
        "Praat mee over werk",
        begins=now + 21 * DAY,
        form="beide",
        place_name="De Kring",
        place_address="Plein 1",
        route="Loop langs de kerk.",
        online_by_phone="Ja, bel mee.",
        join_url="https://overleg.voorbeeld.example/abc",
        join_by_phone="030 123, code 45",
        contact_phone="030 12 34 567",
    )
    ProgrammeItem.objects.create(meeting=made, position=0, time="14:00", title="Welkom", speakers="Carla")
    Provision.objects.create(meeting=made, need="schrijftolk", state="geregeld")
    return made


@pytest.fixture
def comes(person, far, now):
    """A function that signs somebody up by name."""

    def sign_up(name, way=Way.ONLINE, *, to=None, at=now, **how):
        return actions.sign_up(to or far, person(name), Coming(way, **how), network=name, now=at)

    return sign_up


def reminders(name="ans"):
    """Who was reminded of what, by the keys of the mails in order."""
    found = OutgoingMail.objects.filter(template=TEMPLATE, to=f"{name}@voorbeeld.example").order_by("pk")
    return [key.split("-", 3)[3] for key in found.values_list("key", flat=True)]


def pass_time(begin, end, *, step=HOUR):
    """Let the worker do its rounds: some times a day, and in the last day by the ``step``."""
    while begin <= end:
        actions.tell(now=begin)
        reminding.remind(now=begin)
        begin += step if end - begin < 26 * HOUR else 5 * HOUR


@pytest.mark.parametrize(
    ("way", "before", "reminder"),
    [
        (Way.ONLINE, 7 * DAY + MINUTE, None),
        (Way.ONLINE, 7 * DAY, Reminder.WEEK),
        (Way.ONLINE, DAY + MINUTE, Reminder.WEEK),
        (Way.ONLINE, DAY, Reminder.DAY),
        (Way.ONLINE, HOUR, Reminder.HOUR),
        (Way.ROOM, HOUR, Reminder.DAY),
        (Way.ROOM, MINUTE, Reminder.DAY),
        (Way.ONLINE, timedelta(), None),
        (Way.ONLINE, -MINUTE, None),
    ],
)
def test_the_last_for_which_it_is_time_is_due(now, way, before, reminder):
    found = rules.due(way, starts_at=now, now=now - before)
    assert (found[0] if found else None) == reminder


@pytest.mark.parametrize(
    ("starts_at", "reminder", "moment"),
    [
        # The clock goes back on 25 October 2026 and forward on 28 March 2027: the same time of the day, here.
        (datetime(2026, 10, 26, 13, tzinfo=UTC), Reminder.WEEK, datetime(2026, 10, 19, 12, tzinfo=UTC)),
        (datetime(2026, 10, 25, 13, tzinfo=UTC), Reminder.DAY, datetime(2026, 10, 24, 12, tzinfo=UTC)),
        (datetime(2027, 3, 28, 12, tzinfo=UTC), Reminder.DAY, datetime(2027, 3, 27, 13, tzinfo=UTC)),
        # A day after an hour that the clock skips, and in the hour that comes twice: an hour is an hour.
        (datetime(2027, 3, 29, 0, 30, tzinfo=UTC), Reminder.DAY, datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), Reminder.HOUR, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), Reminder.HOUR, datetime(2027, 3, 28, 0, 0, tzinfo=UTC)),
    ],
)
def test_the_moment_follows_the_clock_on_the_wall(starts_at, reminder, moment):
    assert rules.moment_of(reminder, starts_at=starts_at) == moment


def test_who_comes_is_reminded_a_week_a_day_and_online_an_hour_before_each_once(comes, far, now):
    comes("Ans"), comes("Bram", Way.ROOM)
    pass_time(now, far.ends_at, step=30 * MINUTE)
    day = "2026-12-24"
    assert reminders("ans") == [f"week-{day}", f"day-{day}", f"hour-{day}"]
    assert reminders("bram") == [f"week-{day}", f"day-{day}"]


def test_a_reminder_holds_all_for_the_room(comes, far):
    ans = comes("Ans", Way.ROOM, companions=1)
    reminding.remind(now=far.starts_at - 7 * DAY)
    told = OutgoingMail.objects.get(template=TEMPLATE)
    assert (told.subject, told.reply_to) == ("Over een week: Praat mee over werk", "carla@voorbeeld.example")
    for words in (
        "donderdag 24 december 2026, 14.00 tot 16.00 uur", "Adres: De Kring, Plein 1", "Route: Loop langs de kerk.",
        "14.00 uur: Welkom (Carla)", "Geregeld: schrijftolk of ondertiteling.", "030 12 34 567", ans.own_url,
        "Je neemt 1 persoon mee die je helpt.", "Bekijk op je eigen pagina hoe het ermee staat",
    ):  # fmt: skip
        assert words in told.text, words
    assert "Zoom" not in told.text


def test_a_reminder_holds_all_for_who_attends_online(comes, far):
    comes("Ans")
    reminding.remind(now=far.starts_at - DAY)
    told = OutgoingMail.objects.get(template=TEMPLATE)
    assert told.subject == "Morgen: Praat mee over werk"
    for words in ("Met welk programma? Zoom", "Ja, bel mee.", "Bellen: 030 123, code 45", "meedoen/"):
        assert words in told.text, words
    assert "De Kring" not in told.text


def test_who_signed_up_after_that_moment_is_not_told_again(comes, far):
    comes("Ans", at=far.starts_at - 7 * DAY + MINUTE)
    pass_time(far.starts_at - 7 * DAY + 2 * MINUTE, far.starts_at - 2 * DAY)
    assert reminders() == []
    reminding.remind(now=far.starts_at - DAY)
    assert reminders() == ["day-2026-12-24"]


def test_who_has_no_place_is_not_reminded_and_who_gets_one_late_not_at_once(comes, far):
    Meeting.objects.filter(pk=far.pk).update(room_places=1)
    ans = comes("Ans", Way.ROOM)
    bram = comes("Bram", Way.ROOM)
    reminding.remind(now=far.starts_at - 7 * DAY)
    assert (reminders("ans"), reminders("bram")) == (["week-2026-12-24"], [])
    actions.cancel(ans, now=far.starts_at - 5 * DAY)
    actions.look_after(now=far.starts_at - 5 * DAY + 2 * HOUR)
    actions.accept(bram, now=far.starts_at - 5 * DAY + 3 * HOUR)
    pass_time(far.starts_at - 5 * DAY + 4 * HOUR, far.starts_at - MINUTE)
    assert (reminders("ans"), reminders("bram")) == (["week-2026-12-24"], ["day-2026-12-24"])


def test_who_was_asked_along_and_did_not_say_yes_is_not_reminded(comes, far):
    comes("Ans", partner_name="Bram", partner_email="bram@voorbeeld.example")
    reminding.remind(now=far.starts_at - 7 * DAY)
    assert (reminders("ans"), reminders("bram")) == (["week-2026-12-24"], [])


def test_nobody_is_reminded_of_what_is_not_held_or_of_themselves_gone(comes, far, carla, now):
    ans = comes("Ans")
    comes("Bram")
    actions.forget(ans.person, now=now)
    organising.cancel(far, reason="De zaal is dicht.", by=carla, now=now)
    pass_time(now, far.ends_at)
    assert OutgoingMail.objects.filter(template=TEMPLATE).count() == 0


@pytest.mark.parametrize(
    ("moved", "at", "then"),
    [
        # Within the day: each once.
        (2 * HOUR, timedelta(), ["week-2026-12-24", "day-2026-12-24", "hour-2026-12-24"]),
        (2 * HOUR, 6 * DAY + HOUR, ["week-2026-12-24", "day-2026-12-24", "hour-2026-12-24"]),
        # To another day: what was told is about a day that is none.
        (
            14 * DAY,
            6 * DAY + HOUR,
            ["week-2026-12-24", "day-2026-12-24", "week-2027-01-07", "day-2027-01-07", "hour-2027-01-07"],
        ),
        # Sooner: the mail about that told it, and the next comes on time.
        (-5 * DAY, HOUR, ["week-2026-12-24", "day-2026-12-19", "hour-2026-12-19"]),
    ],
)
def test_reminders_follow_a_meeting_that_moves(comes, far, moved, at, then):
    comes("Ans")
    begin = far.starts_at - 7 * DAY
    pass_time(begin, begin + at)
    starts_at = far.starts_at + moved
    Meeting.objects.filter(pk=far.pk).update(starts_at=starts_at, ends_at=starts_at + 2 * HOUR, sequence=1)
    pass_time(begin + at + MINUTE, starts_at + HOUR, step=30 * MINUTE)
    assert reminders() == then


def test_who_does_not_know_yet_that_it_moved_hears_that_first(comes, far):
    comes("Ans")
    Meeting.objects.filter(pk=far.pk).update(sequence=1)
    reminding.remind(now=far.starts_at - DAY)
    assert reminders() == []


def test_after_a_day_in_which_the_worker_was_down_one_mail_goes_and_not_two(comes, far):
    comes("Ans")
    reminding.remind(now=far.starts_at - HOUR)
    assert reminders() == ["hour-2026-12-24"]


def many(meeting, count, now):
    """Many who come online, made at once."""
    addresses = Address.objects.bulk_create(
        Address(email=f"gast{number}@voorbeeld.example", verified_at=now) for number in range(count)
    )
    people = Person.objects.bulk_create(Person(address=each, name="Gast", joined_at=now) for each in addresses)
    parties = Party.objects.bulk_create(Party(meeting=meeting, state=State.PLACED, made_at=now) for _each in people)
    Attendee.objects.bulk_create(
        Attendee(party=party, meeting=meeting, person=each, way=Way.ONLINE, confirmed_at=now, informed_at=now)
        for party, each in zip(parties, people, strict=True)
    )


@pytest.mark.parametrize("count", [1, 20])
def test_a_batch_asks_a_fixed_number_of_queries(far, now, count, django_assert_num_queries):
    many(far, count, now)
    with django_assert_num_queries(11):  # two of them a savepoint, and one task for twenty mails
        assert reminding.remind_some(now=far.starts_at - DAY) == count


def test_more_than_fit_in_a_batch_are_reminded_each_once(far, now, monkeypatch):
    many(far, 7, now)
    monkeypatch.setattr(reminding, "AT_ONCE", 3)
    assert reminding.remind(now=far.starts_at - DAY) == 7
    assert reminding.remind(now=far.starts_at - DAY) == 0
    assert OutgoingMail.objects.filter(template=TEMPLATE).values("to").distinct().count() == 7


def test_who_was_mailed_when_the_worker_was_killed_has_no_second_one(comes, far, now):
    comes("Ans")
    reminding.remind(now=far.starts_at - DAY)
    Attendee.objects.update(informed_at=now)  # as it stands where nothing more was written
    assert reminding.remind(now=far.starts_at - DAY + MINUTE) == 1
    assert reminding.remind(now=far.starts_at - DAY + 2 * MINUTE) == 0
    assert reminders() == ["day-2026-12-24"]


def test_many_mails_are_each_sent_once(mailoutbox, db, now):
    letters = [
        mail.Letter("mail/test_mail.md", to=f"gast{n}@voorbeeld.example", context={"sent_at": now}, key=f"many-{n}")
        for n in range(3)
    ]
    assert mail.send_all(letters[:2], now=now) == 2
    assert mail.send_all(letters, now=now) == 1
    assert OutgoingMail.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_thousands_follow_each_other_without_waiting_for_the_next_minute(far, now, monkeypatch, at):
    many(far, 7, now)
    monkeypatch.setattr(reminding, "AT_ONCE", 2)
    monkeypatch.setattr(reminding, "ROUNDS", 1)
    monkeypatch.setattr(reminding, "IN_A_ROW", 2)
    at(far.starts_at - DAY)
    tasks.remind_who_comes()
    waiting = DBTaskResult.objects.filter(task_path="meedoen.meetings.tasks.remind_others")
    assert [each.priority for each in waiting] == [tasks.LAST]  # after the mails that were written
    Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id="test", excluded_queue_names=[],
    ).run()  # fmt: skip
    assert OutgoingMail.objects.filter(template=TEMPLATE, state="sent").values("to").distinct().count() == 7
    assert waiting.all().count() == 3  # three full ones, and the last that was not

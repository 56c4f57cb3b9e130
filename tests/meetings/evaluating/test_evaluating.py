"""How a meeting was: asked once, answered once and by nobody in particular, told in numbers of five or more."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as parser
from tests.signed_in import sign_in

from meedoen.mail.models import OutgoingMail
from meedoen.meetings.attending import actions as attending
from meedoen.meetings.attending.actions import Coming
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.attending.rules import Way
from meedoen.meetings.evaluating import actions, reading, rules
from meedoen.meetings.evaluating.models import Asked, Evaluation, Figures, Ticket
from meedoen.meetings.evaluating.rules import TookPart, Use, shown
from meedoen.meetings.hosting.models import Presence
from meedoen.meetings.hosting.rules import Seen
from meedoen.meetings.models import Meeting

HERE = {"headers": {"sec-fetch-site": "same-origin"}}


@pytest.fixture
def over(meeting, person, now, at):
    """A function that gives a meeting that ended an hour ago, to which so many came."""

    def make(*, came=1, ends=now - timedelta(hours=1), **fields):
        coming = meeting("Praat mee", form="beide", place_name="De Kring", contact_phone="030 000 00 00", **fields)
        for number in range(came):
            way = Way.ROOM if number % 2 else Way.ONLINE
            attending.sign_up(coming, person(f"Mens{number}"), Coming(way), network=f"{number}", now=now)
        Meeting.objects.filter(pk=coming.pk).update(starts_at=ends - timedelta(hours=2), ends_at=ends)
        coming.refresh_from_db()
        return coming

    return make


def tomorrow(now):
    return now + timedelta(days=1)


def keys():
    """The keys in the mails, by address."""
    mails = OutgoingMail.objects.filter(template="mail/meetings/evaluation.md").order_by("pk")
    return {mail.to: re.search(r"/bijeenkomsten/evaluatie/([^/\s]+)/", mail.text)[1] for mail in mails}


def words_of(response):
    return " ".join(parser.fromstring(response.content).find(".//main").text_content().split())


def send(client, key, **fields):
    return client.post(f"/bijeenkomsten/evaluatie/{key}/", {"took_part": "ja", **fields}, **HERE)


# When, and whom


@pytest.mark.parametrize(
    ("ends", "asked"),
    [
        (datetime(2026, 12, 3, 14, 0, tzinfo=UTC), datetime(2026, 12, 4, 9, 0, tzinfo=UTC)),
        (datetime(2026, 12, 3, 23, 30, tzinfo=UTC), datetime(2026, 12, 5, 9, 0, tzinfo=UTC)),  # half past midnight here
        (datetime(2027, 3, 27, 20, 0, tzinfo=UTC), datetime(2027, 3, 28, 8, 0, tzinfo=UTC)),  # summer time began
        (datetime(2026, 10, 24, 20, 0, tzinfo=UTC), datetime(2026, 10, 25, 9, 0, tzinfo=UTC)),  # and ended
    ],
)
def test_it_is_asked_the_morning_after(ends, asked):
    assert rules.asked_at(ends) == asked
    moments = [asked - timedelta(seconds=1), asked, ends + timedelta(days=14)]
    assert [rules.is_time_to_ask(ends, moment) for moment in moments] == [False, True, False]


def test_who_had_a_place_is_asked_once(over, now):
    over(came=4)
    Presence.objects.create(attendee=Attendee.objects.get(person__name="Mens3"), seen=Seen.ABSENT, at=now)
    attending.cancel(Attendee.objects.get(person__name="Mens2"), now=now - timedelta(days=3))
    assert actions.ask(now=now) == 0
    assert [actions.ask(now=tomorrow(now)) for _ in range(2)] == [2, 0]
    assert sorted(keys()) == ["mens0@voorbeeld.example", "mens1@voorbeeld.example"]
    assert (Asked.objects.count(), Ticket.objects.count()) == (2, 2)


@pytest.mark.parametrize(
    "fields",
    [
        {"cancelled_at": "now", "cancelled_reason": "De zaal is dicht."},
        {"withdrawn_at": "now"},
        {"ends_at": "long ago"},
    ],
)
def test_of_what_was_not_held_or_is_long_ago_nobody_is_asked(over, now, fields):
    coming = over()
    moments = {"now": now, "long ago": now - timedelta(days=20)}
    begins = {"starts_at": now - timedelta(days=21)} if "ends_at" in fields else {}
    Meeting.objects.filter(pk=coming.pk).update(
        **{name: moments.get(each, each) for name, each in fields.items()}, **begins
    )
    assert actions.ask(now=tomorrow(now)) == 0


def test_the_number_of_queries_does_not_grow_with_who_is_asked(over, now, django_assert_max_num_queries):
    over(came=12)
    with django_assert_max_num_queries(20):
        assert actions.ask(now=tomorrow(now)) == 12


def test_who_was_stopped_halfway_goes_on_and_mails_nobody_twice(over, now, client, at):
    over(came=2)
    actions.ask(now=tomorrow(now))
    first = keys()
    Asked.objects.all().delete()  # as when the machine stopped before this was noted
    assert actions.ask(now=tomorrow(now)) == 2
    assert keys() == first
    at(tomorrow(now))
    assert "Dank je wel" in words_of(send(client, first["mens0@voorbeeld.example"]))


# A ballot


def test_an_answer_is_of_nobody(over, now, client, at):
    over(came=6)
    actions.ask(now=tomorrow(now))
    at(tomorrow(now))
    for key in keys().values():
        send(client, key)
    stored = f"{list(Evaluation.objects.values())} {list(Ticket.objects.values())} {list(Asked.objects.values())}"
    assert [field.name for field in Evaluation._meta.fields] == [
        "id",
        "meeting",
        "took_part",
        "in_the_way",
        "use",
        "words",
        "is_mixed",
    ]
    assert [field.name for field in Ticket._meta.fields] == ["digest", "meeting", "is_spent"]
    assert [key for key in keys().values() if key in stored] == []
    assert Ticket.objects.filter(is_spent=True).count() == 6


def test_what_the_database_knows_of_order_and_transaction_is_mixed(over, now, client, at):
    coming = over(came=6)
    actions.ask(now=tomorrow(now))
    at(tomorrow(now))
    for number, key in enumerate(keys().values()):
        send(client, key, said=f"{number}")
    before = {each.pk: each.words for each in Evaluation.objects.all()}
    assert (actions.mix(now=tomorrow(now)), actions.mix(now=tomorrow(now))) == (1, 0)
    after = {each.pk: each.words for each in Evaluation.objects.all()}
    assert sorted(after.values()) == sorted(before.values())
    assert not before.keys() & after.keys()
    assert Ticket.objects.filter(meeting=coming, is_spent=True).count() == 6
    order = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        for table, key in (("meetings_evaluation", "id"), ("meetings_ticket", "digest")):
            cursor.execute(f"SELECT {key} FROM {table} ORDER BY {order}")
            stored = [str(row[0]) for row in cursor.fetchall()]
            assert stored == sorted(stored)  # by chance: the keys are
        if connection.vendor == "postgresql":
            cursor.execute("SELECT xmin FROM meetings_evaluation UNION SELECT xmin FROM meetings_ticket")
            assert len(cursor.fetchall()) == 1


def test_a_second_press_hears_that_it_is_there(over, now, client, at, monkeypatch):
    over()
    actions.ask(now=tomorrow(now))
    at(tomorrow(now))
    (key,) = keys().values()

    def late(*args, **kwargs):
        raise actions.CannotAnswer("Met deze link is al een antwoord gestuurd.")

    monkeypatch.setattr(actions, "answer", late)
    page = send(client, key)
    assert "al een antwoord gestuurd" in words_of(page)
    assert "Stuur mijn antwoord" not in words_of(page)


def test_who_did_not_come_is_not_counted(over, now):
    coming = over(came=12)
    for attendee in Attendee.objects.filter(person__name__in=["Mens0", "Mens2"]):
        Presence.objects.create(attendee=attendee, seen=Seen.ABSENT, at=now)
    assert reading.came(coming) == {"room": 6, "online": 4, "helpers": 0, "in_duos": 0, "municipalities": 0}


def test_opening_does_nothing_and_a_ticket_answers_once(over, now, client, at):
    over()
    actions.ask(now=tomorrow(now))
    at(tomorrow(now))
    (key,) = keys().values()
    assert "Kon je volledig meedoen?" in words_of(client.get(f"/bijeenkomsten/evaluatie/{key}/"))
    assert not Evaluation.objects.exists()
    assert "Dank je wel" in words_of(send(client, key, said=" Fijn. "))
    assert "Dank je wel" in words_of(send(client, key, took_part="nee"))
    assert "Dank je wel" in words_of(client.get(f"/bijeenkomsten/evaluatie/{key}/"))
    assert [(each.took_part, each.words) for each in Evaluation.objects.all()] == [("ja", "Fijn.")]
    assert client.get("/bijeenkomsten/evaluatie/geraden/").status_code == 404


def test_what_is_wrong_is_said_and_what_was_typed_stays(over, now, client, at):
    over()
    actions.ask(now=tomorrow(now))
    at(tomorrow(now))
    (key,) = keys().values()
    page = send(client, key, took_part="", said="Het was fijn.")
    assert "Kies of je volledig kon meedoen." in words_of(page)
    assert parser.fromstring(page.content).get_element_by_id("id_said").text_content().strip() == "Het was fijn."
    assert "Er passen 1000 tekens in" in words_of(send(client, key, in_the_way="x" * 1001))
    assert not Evaluation.objects.exists()


def test_who_could_not_take_part_hears_whom_to_call(over, now, client, at):
    over()
    actions.ask(now=tomorrow(now))
    at(tomorrow(now))
    (key,) = keys().values()
    page = words_of(send(client, key, took_part="nee", in_the_way="Er was geen tolk."))
    assert "Wat vervelend" in page
    assert "030 000 00 00" in page


def test_after_two_months_nothing_is_taken(over, now, client, at):
    coming = over()
    actions.ask(now=tomorrow(now))
    (key,) = keys().values()
    at(coming.ends_at + rules.OPEN)
    assert "Antwoorden kan niet meer" in words_of(send(client, key))
    assert not Evaluation.objects.exists()


# Numbers


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"ja": 20, "deels": 6, "nee": 5}, {"ja": 20, "deels": 6, "nee": 5}),
        ({"ja": 20, "deels": 6, "nee": 0}, {"ja": 20, "deels": 6, "nee": 0}),
        ({"ja": 20, "deels": 6, "nee": 1}, {"ja": 20, "deels": None, "nee": None}),
        ({"ja": 20, "deels": 2, "nee": 1}, {"ja": None, "deels": None, "nee": None}),
        ({"ja": 20, "deels": 4, "nee": 3}, {"ja": 20, "deels": None, "nee": None}),
        ({"ja": 20, "deels": 0, "nee": 1}, {"ja": None, "deels": 0, "nee": None}),
        ({"ja": 4, "deels": 0, "nee": 0}, {"ja": None, "deels": None, "nee": None}),
    ],
)
def test_what_may_be_told_of_numbers(counts, expected):
    assert shown(counts) == expected


@given(st.dictionaries(st.sampled_from("abcde"), st.integers(0, 12), min_size=2))
def test_no_number_of_fewer_than_five_can_be_reckoned(counts):
    told = shown(counts)
    left_out = [name for name, count in told.items() if count is None]
    assert all(count is None or count == 0 or count >= rules.LEAST for count in told.values())
    assert {name: count for name, count in told.items() if count is not None}.items() <= counts.items()
    if left_out:  # and the whole is known: no left out one alone, and never fewer than five together, but where all are
        in_all = sum(counts[name] for name in left_out)
        assert in_all >= rules.LEAST or sum(counts.values()) < rules.LEAST
        assert len(left_out) > 1


@pytest.fixture
def answered(over, now):
    """A function that gives a meeting of which these answers were given."""

    def make(*answers, **fields):
        coming = over(**fields)
        for took_part, in_the_way in answers:
            Evaluation.objects.create(meeting=coming, took_part=took_part, in_the_way=in_the_way, use=Use.MUCH)
        return coming

    return make


def test_four_answers_tell_nothing(answered, client, carla):
    coming = answered(*[(TookPart.NOT, "Geen tolk.")] * 4)
    assert reading.answers(coming) == reading.Told([], [], [], [], has_enough=False)
    sign_in(client, "carla@voorbeeld.example")
    assert "Geen tolk." not in client.get(f"/team/bijeenkomsten/{coming.pk}/cijfers/").content.decode()


def test_five_answers_are_told_without_who_gave_them(answered, client, carla):
    coming = answered(*[(TookPart.FULLY, "")] * 6, *[(TookPart.NOT, "Geen tolk.")] * 5, came=6)
    told = reading.answers(coming)
    assert told.took_part == [("Ja, helemaal", "6"), ("Voor een deel", "0"), ("Nee", "5")]
    assert told.in_the_way == ["Geen tolk."] * 5
    sign_in(client, "carla@voorbeeld.example")
    page = words_of(client.get(f"/team/bijeenkomsten/{coming.pk}/cijfers/"))
    assert "Geen tolk." in page
    assert "te weinig om te noemen" in page  # three in the room, three online


def test_figures_stay_when_who_came_is_forgotten(over, municipality, now):
    coming = over(came=12)
    Attendee.objects.get(person__name="Mens0").person.__class__.objects.filter(name__in=["Mens0", "Mens1"]).update(
        municipality=municipality("Utrecht")
    )
    before = reading.figures(coming)
    assert before == [
        ("In de zaal", "6"),
        ("Online", "6"),
        ("Mee om te helpen", "0"),
        ("Samen met een ander", "0"),
        ("Verschillende gemeenten", "1"),
    ]
    later = now + timedelta(days=366)
    actions.keep_figures(now=later)
    actions.keep_figures(now=later)
    attending.erase_old(now=later)
    assert (Attendee.objects.count(), Figures.objects.count()) == (0, 1)
    assert reading.figures(coming) == before


def test_words_go_after_a_year_and_numbers_stay(answered, now):
    coming = answered(*[(TookPart.NOT, "Geen tolk.")] * 5)
    Ticket.objects.create(digest="x", meeting=coming)
    assert (actions.erase_old(now=now), Ticket.objects.count()) == (0, 1)
    assert (actions.erase_old(now=now + timedelta(days=366)), Ticket.objects.count()) == (5, 0)
    assert reading.answers(coming).took_part == [("Ja, helemaal", "0"), ("Voor een deel", "0"), ("Nee", "5")]


def test_the_figures_ask_a_fixed_number_of_questions(answered, client, carla, django_assert_max_num_queries):
    coming = answered(*[(TookPart.FULLY, "Ja.")] * 30, came=12)
    sign_in(client, "carla@voorbeeld.example")
    with django_assert_max_num_queries(16):
        client.get(f"/team/bijeenkomsten/{coming.pk}/cijfers/")

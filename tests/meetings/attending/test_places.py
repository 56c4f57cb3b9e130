"""Places under any order of deeds and under many at once: never too many, nobody passed by, a duo whole, each mail once."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meedoen.mail.models import OutgoingMail
from meedoen.meetings.attending import actions, places, rules
from meedoen.meetings.attending.actions import Coming
from meedoen.meetings.attending.models import Attendee, Party
from meedoen.meetings.attending.rules import State, Way
from meedoen.people.models import Address, Person

MINUTE = timedelta(minutes=1)
LIMITS = {Way.ROOM: 4, Way.ONLINE: 2}

wanted = st.dictionaries(st.sampled_from(Way), st.integers(1, 3), min_size=1)
deeds = st.lists(
    st.one_of(
        st.tuples(st.just("sign up"), st.sampled_from(Way), st.integers(0, 1), st.booleans()),
        st.tuples(st.sampled_from(["cancel", "come", "accept", "again", "yes"]), st.integers(0, 30)),
        st.tuples(st.just("change"), st.integers(0, 30), st.sampled_from(Way), st.integers(0, 1)),
        st.tuples(st.just("wait"), st.integers(1, 4000)),
    ),
    min_size=4,
    max_size=30,
)


class Undone(Exception):
    """To take back what one example did."""


@given(
    st.lists(wanted, max_size=8),
    st.dictionaries(st.sampled_from(Way), st.integers(0, 6)),
    st.integers(0, 8),
    st.integers(0, 8),
)
def test_nobody_in_line_is_passed_by_and_nothing_is_given_twice(line, taken, room, online):
    limits = {Way.ROOM: room, Way.ONLINE: online}
    found = rules.next_offered(enumerate(line), taken, limits)
    held = Counter(taken)
    for number in found:
        held.update(line[number])
        assert rules.fits({}, held, limits)
        assert all(held[way] <= limits[way] for way in line[number])
    for number in set(range(len(line))) - set(found):
        later = [line[each] for each in found if each > number]
        behind = {way for each in later for way in each}
        assert behind.isdisjoint(line[number])  # who came later and was asked wants something else


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=deeds)
def test_whatever_people_do_and_in_which_order(meeting_here, now, deeds):
    try:
        with transaction.atomic():
            _do(meeting_here, now, deeds)
            raise Undone
    except Undone:
        pass


@pytest.fixture
def meeting_here(meeting):
    return meeting(
        "Vol", form="beide", place_name="De Kring", room_places=LIMITS[Way.ROOM], online_places=LIMITS[Way.ONLINE]
    )


def _do(meeting, now, deeds):
    everybody = []
    for number, (deed, *how) in enumerate(deeds):
        now += MINUTE
        try:
            if deed == "sign up":
                way, companions, is_duo = how
                address = Address.objects.of(f"p{number}@voorbeeld.example")
                person = Person.objects.create(address=address, name=f"P{number}", joined_at=now)
                more = {"partner_name": "Q", "partner_email": f"q{number}@voorbeeld.example"} if is_duo else {}
                companions = companions if way == Way.ROOM else 0
                waits = {each for party in Party.objects.in_line() for each in places.wanted(party, now=now)}
                found = actions.sign_up(meeting, person, Coming(way, companions, **more), network=f"n{number}", now=now)
                assert way not in waits or found.party.state == State.WAITING
                everybody += list(found.party.attendees.order_by("pk"))
            elif deed == "wait":
                now += how[0] * MINUTE
                actions.look_after(now=now)
            elif everybody:
                attendee = everybody[how[0] % len(everybody)]
                if deed == "yes":
                    email = attendee.email or "nobody@voorbeeld.example"
                    person = Person.objects.known_as("Q", address=Address.objects.of(email), now=now)
                    actions.say_yes(attendee, person, name="Q", now=now)
                elif deed == "change":
                    actions.change(attendee, way=how[1], companions=how[2] if how[1] == Way.ROOM else 0, now=now)
                else:
                    do = {"cancel": actions.cancel, "come": actions.come_after_all, "accept": actions.accept}
                    do.get(deed, actions.queue_again)(attendee, now=now)
        except actions.CannotDo:
            pass
        _must_hold(meeting, now)


def _must_hold(meeting, now):
    taken = places.taken(meeting, now=now)
    assert all(taken[way] <= limit for way, limit in LIMITS.items()), taken
    line = [(party.pk, places.wanted(party, now=now)) for party in Party.objects.in_line()]
    held_back = Attendee.objects.filter(held_until__isnull=False).exists()
    if (
        not held_back and now < meeting.starts_at
    ):  # else the worker passes them on in a moment, or it is too late for anybody
        assert rules.next_offered(line, taken, LIMITS) == []
    assert Party.objects.filter(state__in=rules.HOLDING, queued_at=None).exclude(state=State.PLACED).count() == 0
    keys = list(OutgoingMail.objects.values_list("key", flat=True))
    assert len(keys) == len(set(keys))


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_for_the_last_place(meeting, now):
    last = meeting("Bijna vol", form="locatie", place_name="De Kring", room_places=3)
    people = [
        Person.objects.create(
            address=Address.objects.of(f"p{number}@voorbeeld.example"), name=f"P{number}", joined_at=now
        )
        for number in range(50)
    ]
    start = threading.Barrier(len(people))
    problems = []

    def sign_up(person):
        try:
            start.wait()
            actions.sign_up(last, person, Coming(Way.ROOM), network="", now=now)
        except Exception as problem:  # told by the test, not by the thread
            problems.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=sign_up, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    states = Counter(Party.objects.filter(meeting=last).values_list("state", flat=True))
    assert states == {State.PLACED: 3, State.WAITING: 47}
    assert OutgoingMail.objects.filter(template="mail/meetings/placed.md").count() == 3


def test_signing_up_asks_as_much_for_the_first_as_for_the_hundredth(meeting, now):
    full = meeting("Groot", form="locatie", place_name="De Kring", room_places=5)
    counts = []
    for number in range(12):
        address = Address.objects.of(f"p{number}@voorbeeld.example")
        person = Person.objects.create(address=address, name=f"P{number}", joined_at=now)
        with CaptureQueriesContext(connection) as asked:
            actions.sign_up(full, person, Coming(Way.ROOM), network="", now=now)
        counts.append(len(asked))
    assert len(set(counts[1:5])) == 1
    assert len(set(counts[6:])) == 1

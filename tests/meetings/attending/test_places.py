"""Places under any order of deeds and under many at once: never too many, nobody passed by, a duo whole, each mail once."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from meedoen.mail.models import OutgoingMail
from meedoen.meetings.attending import actions, rules
from meedoen.meetings.attending.actions import Coming
from meedoen.meetings.attending.models import Party
from meedoen.meetings.attending.rules import State, Way
from meedoen.people.models import Address, Person

MINUTE = timedelta(minutes=1)
LIMITS = {Way.ROOM: 4, Way.ONLINE: 2}

wanted = st.dictionaries(st.sampled_from(Way), st.integers(1, 3), min_size=1)


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

"""Two hundred who sign up at once, alone and as duos, while others cancel, answer and are looked after: all keeps holding."""

import random
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from meedoen.mail.models import OutgoingMail
from meedoen.meetings.attending import actions, places, rules
from meedoen.meetings.attending.actions import Coming
from meedoen.meetings.attending.models import Attendee, Party
from meedoen.meetings.attending.rules import State, Way
from meedoen.people.models import Address, Person

SIGNED_UP, AT_ONCE = 200, 20  # threads: more than a site has workers
LIMITS = {Way.ROOM: 40, Way.ONLINE: 25}
MINUTE = timedelta(minutes=1)


@pytest.fixture
def busy(transactional_db, meeting):
    return meeting(
        "Druk", form="beide", place_name="De Kring", room_places=LIMITS[Way.ROOM], online_places=LIMITS[Way.ONLINE]
    )


@pytest.fixture
def at_once():
    """A function that does many things in threads that begin together; nothing may fail but what is refused."""

    def do(deeds):
        start = threading.Barrier(AT_ONCE)
        problems = []

        def work(mine):
            try:
                start.wait()
                for deed in mine:
                    try:
                        deed()
                    except actions.CannotDo:
                        pass
                    except Exception as problem:  # told by the test, not by the thread
                        problems.append(problem)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(work, [deeds[number::AT_ONCE] for number in range(AT_ONCE)]))
        assert problems == []

    return do


def must_hold(meeting, now):
    people = list(Attendee.objects.filter(meeting=meeting).select_related("party"))
    held = Counter()
    for each in people:
        if each.party.state in rules.HOLDING and (each.cancelled_at is None or (each.held_until or now) > now):
            held[each.way] += 1 + each.companions
            held += each.changed_places(now)
    assert all(held[way] <= limit for way, limit in LIMITS.items()), held
    line = [(party.pk, places.wanted(party, now=now)) for party in Party.objects.in_line()]
    assert rules.next_offered(line, held, LIMITS) == []  # nobody waits for what is free
    assert max(Counter(each.party_id for each in people if each.cancelled_at is None).values()) <= 2
    served = [each.party for each in people if each.party.offer_count]
    for way in Way:  # who was offered a place did not pass by somebody who waits longer for the same
        mine = {each.party_id for each in people if each.way == way and each.cancelled_at is None}
        waits = [party.queued_at for party in Party.objects.in_line() if party.pk in mine]
        assert all(party.queued_at <= min(waits) for party in served if waits and party.pk in mine)
    keys = Counter(OutgoingMail.objects.values_list("key", flat=True))
    assert all(count == 1 for count in keys.values())


def mails(template):
    return Counter(OutgoingMail.objects.filter(template=f"mail/meetings/{template}.md").values_list("to", flat=True))


def test_two_hundred_sign_up_while_others_cancel(busy, at_once, now):
    chance = random.Random(6)
    people = [
        Person.objects.create(
            address=Address.objects.of(f"p{number}@voorbeeld.example"), name=f"P{number}", joined_at=now
        )
        for number in range(SIGNED_UP)
    ]

    def sign_up(number):
        way = chance.choice(list(Way))
        partner = ("Quinten", f"q{number}@voorbeeld.example") if number % 4 == 0 else ("", "")
        coming = Coming(way, number % 3 if way == Way.ROOM else 0, *partner)
        moment = now + number * timedelta(seconds=1)
        return lambda: actions.sign_up(busy, people[number], coming, network=f"n{number}", now=moment)

    early = [sign_up(number) for number in range(SIGNED_UP // 2)]
    at_once(early)
    must_hold(busy, now + 5 * MINUTE)

    def cancel(attendee, moment):
        return lambda: actions.cancel(Attendee.objects.get(pk=attendee), now=moment)

    there = list(Attendee.objects.order_by("pk").values_list("pk", flat=True))
    leaving = chance.sample(there, len(there) // 2)
    moment = now + 10 * MINUTE
    late = [sign_up(number) for number in range(SIGNED_UP // 2, SIGNED_UP)]
    late += [cancel(each, moment) for each in leaving] + [cancel(each, moment) for each in leaving[:20]]
    late += [lambda: actions.look_after(now=moment + 2 * 60 * MINUTE)] * 4
    chance.shuffle(late)
    at_once(late)
    now += 3 * 60 * MINUTE
    actions.look_after(now=now)
    must_hold(busy, now)

    def accept(attendee):
        return lambda: actions.accept(Attendee.objects.get(pk=attendee), now=now)

    offered = list(Attendee.objects.confirmed().filter(party__state=State.OFFERED).values_list("pk", flat=True))
    assert offered
    at_once([accept(each) for each in offered for _press in range(2)])
    must_hold(busy, now)
    assert not Party.objects.filter(state=State.OFFERED, attendees__in=offered).exists()

    # Who comes was told so, once; who left, too.
    placed = Attendee.objects.placed().filter(meeting=busy).values_list("person__address__email", flat=True)
    assert {email: count for email, count in mails("placed").items() if email in set(placed)} == dict.fromkeys(
        placed, 1
    )
    left = Attendee.objects.filter(pk__in=leaving, confirmed_at__isnull=False)
    assert mails("cancelled") == dict.fromkeys(left.values_list("person__address__email", flat=True), 1)

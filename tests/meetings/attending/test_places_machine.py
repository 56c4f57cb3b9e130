"""Places under any order of deeds, of the clock and of who organises, held against an account of our own.

Never too many, nobody passed by, a duo whole, and a mail for all that happens, once.
"""

import os
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from tests.meetings.test_organising_rules import complete  # noqa: F401  the fixture

from meedoen.mail.models import OutgoingMail
from meedoen.meetings.attending import actions, places, reminding, rules
from meedoen.meetings.attending.actions import Coming
from meedoen.meetings.attending.models import Attendee, Party
from meedoen.meetings.attending.rules import State, Way
from meedoen.meetings.models import Meeting
from meedoen.meetings.organising import actions as organising
from meedoen.people.models import Address, Person

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
IS_WIDE = os.environ.get("MEEDOEN_EXAMPLES") == "wide"
# In the gate a failure is told as it was found; making an example small takes minutes.
PHASES = [phase for phase in Phase if IS_WIDE or phase is not Phase.shrink]
# Just past what a deed waits for: an hour of holding, hours and days of an offer, a week of an invitation.
PAUSES = [MINUTE, 61 * MINUTE, 121 * MINUTE, DAY, 2 * DAY + MINUTE, 7 * DAY + MINUTE]
DEEDS = ["invite", "say yes", "change", "cancel", "come after all", "accept", "wait again"]
ways, helpers, numbers = st.sampled_from(Way), st.integers(0, 2), st.integers(0, 5)


@dataclass(frozen=True)
class Somebody:
    """One who comes or came, as the account knows them."""

    party: int
    way: Way
    seats: int
    is_coming: bool
    has_said_yes: bool
    is_known: bool  # not erased or forgotten
    held_until: datetime | None
    told: int
    former: tuple[Way, int, datetime] | None  # how they came before, and until when that is theirs

    @property
    def counts(self) -> bool:
        """Whether they come and said so themselves: to these we write."""
        return self.is_coming and self.has_said_yes


@dataclass(frozen=True)
class Account:
    """Who comes and how it stands with them, at one moment."""

    people: dict[int, Somebody]
    states: dict[int, tuple[State, datetime | None]]

    @classmethod
    def of(cls, meeting):
        people = {
            each.pk: Somebody(
                each.party_id, Way(each.way), 1 + each.companions, each.cancelled_at is None,
                each.confirmed_at is not None, bool(each.person_id or each.email), each.held_until, each.told,
                (Way(each.former_way), 1 + each.former_companions, each.former_until) if each.former_until else None,
            )
            for each in Attendee.objects.filter(meeting=meeting)
        }  # fmt: skip
        rows = Party.objects.filter(meeting=meeting).values_list("pk", "state", "queued_at")
        return cls(people, {pk: (State(state), queued_at) for pk, state, queued_at in rows})

    def state(self, party):
        return self.states[party][0] if party in self.states else None

    def holds(self, party, now):
        """The places that are not free for others by this party."""
        found = Counter()
        if self.state(party) in (State.PLACED, State.OFFERED):
            for each in self.people.values():
                if each.party == party and (each.is_coming or (each.held_until and each.held_until > now)):
                    found[each.way] += each.seats
                if each.party == party and each.former and each.former[2] > now:
                    way, seats, _until = each.former
                    found[way] += max(0, seats - each.seats) if way == each.way else seats
        return found

    def held(self, now):
        return sum((self.holds(party, now) for party in self.states), Counter())

    def line(self):
        """The parties that wait, in order, with the ways they wait for."""
        found = {}
        for each in self.people.values():
            if each.is_coming and self.state(each.party) == State.WAITING:
                found.setdefault(each.party, set()).add(each.way)
        order = sorted(found, key=lambda party: (self.states[party][1], party))
        return {party: found[party] for party in order}


class PlacesAtAMeeting(RuleBasedStateMachine):
    """People, a worker that now and then sleeps, and somebody who organises; each step is held against the account."""

    meeting: Meeting  # made once; what an example does is taken back
    carla: Person
    begins: datetime

    def __init__(self):
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.now = self.begins
        self.number = 0
        self.seen = Account.of(self.meeting)
        self.last_mail = 0

    def teardown(self):
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    # People

    @initialize(first=st.lists(st.tuples(ways, st.booleans()), min_size=2, max_size=4))
    def fill_up(self, first):
        for way, is_duo in first:
            self.sign_up(way, 0, is_duo)

    @rule(way=ways, helpers=helpers, is_duo=st.booleans())
    def sign_up(self, way, helpers, is_duo):
        now = self._later()
        partner = ("Quinten", f"q{self.number}@voorbeeld.example") if is_duo else ("", "")
        address = Address.objects.of(f"p{self.number}@voorbeeld.example")
        person = Person.objects.create(address=address, name=f"P{self.number}", joined_at=now)
        self._sign_up(person, Coming(way, helpers if way == Way.ROOM else 0, *partner))

    @precondition(lambda self: self.of(is_known=True, has_said_yes=True))
    @rule(number=numbers, way=ways)
    def sign_up_again(self, number, way):
        self._later()
        self._sign_up(Attendee.objects.get(pk=self.one(number, is_known=True, has_said_yes=True)).person, Coming(way))

    @precondition(lambda self: self.of(counts=True))
    @rule(number=numbers)
    def invite(self, number):
        self._do("invite", self.one(number, counts=True))

    @precondition(lambda self: self.of(is_coming=True, has_said_yes=False))
    @rule(number=numbers)
    def say_yes(self, number):
        self._do("say yes", self.one(number, is_coming=True, has_said_yes=False))

    @precondition(lambda self: self.of(counts=True))
    @rule(number=numbers, way=ways, helpers=helpers)
    def change(self, number, way, helpers):
        self._do("change", self.one(number, counts=True), way, helpers)

    @precondition(lambda self: self.changed())
    @rule(number=numbers)
    def change_back(self, number):
        """For an hour nobody can have what somebody left but they themselves."""
        pk = self.changed()[number % len(self.changed())]
        way, seats, until = self.seen.people[pk].former
        meeting = Meeting.objects.get(pk=self.meeting.pk)
        self._do("change", pk, way, seats - 1)
        one = self.seen.people[pk]
        if self.now < min(until, meeting.ends_at) and meeting.cancelled_at is None:
            assert (one.way, one.seats) == (way, seats)

    @precondition(lambda self: self.of(is_coming=True))
    @rule(number=numbers)
    def cancel(self, number):
        self._do("cancel", self.one(number, is_coming=True))

    @precondition(lambda self: self.of(is_coming=False, is_known=True))
    @rule(number=numbers)
    def come_after_all(self, number):
        self._do("come after all", self.one(number, is_coming=False, is_known=True))

    @precondition(lambda self: self.of(State.OFFERED, counts=True))
    @rule(number=numbers)
    def accept(self, number):
        self._do("accept", self.one(number, State.OFFERED, counts=True))

    @precondition(lambda self: self.of(State.LAPSED, counts=True))
    @rule(number=numbers)
    def wait_again(self, number):
        self._do("wait again", self.one(number, State.LAPSED, counts=True))

    @precondition(lambda self: self.of(is_known=True, has_said_yes=True))
    @rule(number=numbers)
    def be_erased(self, number):
        person = Attendee.objects.get(pk=self.one(number, is_known=True, has_said_yes=True)).person
        actions.forget(person, now=self._later())
        self._must_hold()

    @precondition(lambda self: self.of())
    @rule(deed=st.sampled_from(DEEDS), number=numbers)
    def try_what_may_not_be(self, deed, number):
        self._do(deed, self.one(number), Way.ROOM, 1)

    # The clock and the worker

    @rule(pause=st.sampled_from(PAUSES), is_awake=st.booleans())
    def time_goes_by(self, pause, is_awake):
        self.now += pause
        self._must_hold()
        if is_awake:
            for _twice in range(2):
                actions.look_after(now=self.now)
                actions.tell(now=self.now)
                reminding.remind(now=self.now)
                self._must_hold()

    # Who organises

    @rule(room=st.integers(0, 6), online=st.integers(0, 4))
    def other_places(self, room, online):
        self._organise(room_places=room, online_places=online)

    @rule(days=st.sampled_from([-7, -1, 1, 7]))
    def move(self, days):
        meeting = Meeting.objects.get(pk=self.meeting.pk)
        moved = {name: getattr(meeting, name) + days * DAY for name in ("starts_at", "ends_at")}
        self._organise("Een andere dag.", **moved)

    @rule()
    def call_off(self):
        with suppress(organising.CannotDo):
            organising.cancel(self.meeting, reason="Ziek.", by=self.carla, now=self._later())
        self._must_hold()

    @rule()
    def hold_after_all(self):
        with suppress(organising.CannotDo):
            organising.go_on(self.meeting, by=self.carla, now=self._later())
        self._must_hold()

    # How

    def of(self, state=None, **how):
        """Those of whom this holds."""
        return [
            pk
            for pk, one in self.seen.people.items()
            if all(getattr(one, name) == value for name, value in how.items())
            and state in (None, self.seen.state(one.party))
        ]

    def changed(self):
        """Those who come otherwise than before."""
        return [pk for pk in self.of(counts=True) if self.seen.people[pk].former]

    def one(self, number, state=None, **how):
        """One of them; the last who came first, for with these an example shrinks well."""
        found = self.of(state, **how)
        return found[-1 - number % len(found)]

    def _later(self):
        self.now += MINUTE
        self.number += 1
        return self.now

    def _sign_up(self, person, coming):
        before = self.seen
        with suppress(actions.CannotDo):
            for _twice in range(2):
                actions.sign_up(self.meeting, person, coming, network=f"n{self.number}", now=self.now)
        self._must_hold()
        for party in self.seen.states.keys() - before.states.keys():
            if self.seen.state(party) == State.PLACED:  # nobody waited for the same
                assert not {way for wanted in before.line().values() for way in wanted} & {coming.way}

    def _do(self, deed, pk, way=Way.ROOM, helpers=0):
        """Do it twice, as a second press does; what is refused changed nothing."""
        now, email = self._later(), f"q{self.number}@voorbeeld.example"
        helpers = helpers if way == Way.ROOM else 0
        asked = Attendee.objects.get(pk=pk).email or email
        person = Person.objects.known_as("Q", address=Address.objects.of(asked), now=now)
        do = {
            "invite": lambda it: actions.invite(it, name="Q", email=email, network=email, now=now),
            "say yes": lambda it: actions.say_yes(it, person, name="Q", now=now),
            "change": lambda it: actions.change(it, way=way, companions=helpers, now=now),
            "cancel": lambda it: actions.cancel(it, now=now),
            "come after all": lambda it: actions.come_after_all(it, now=now),
            "accept": lambda it: actions.accept(it, now=now),
            "wait again": lambda it: actions.queue_again(it, now=now),
        }[deed]
        for is_again in (False, True):
            before = self.seen
            try:
                do(Attendee.objects.get(pk=pk))
            except actions.CannotDo:
                assert Account.of(self.meeting) == before
            self._must_hold()
            assert not is_again or self.seen == before

    def _organise(self, sentence="", **fields):
        meeting = Meeting.objects.get(pk=self.meeting.pk)
        with suppress(organising.CannotDo):
            organising.save(
                meeting, organising.Answers(fields=fields), seen=meeting.version, by=self.carla,
                now=self._later(), sentence=sentence,
            )  # fmt: skip
        self._must_hold()

    # What must hold

    def _must_hold(self):
        before, after, now = self.seen, Account.of(self.meeting), self.now
        meeting = Meeting.objects.get(pk=self.meeting.pk)
        self._never_too_many(before, after, meeting, now)
        self._nobody_is_passed_by(before, after, now)
        self._nobody_waits_for_nothing(meeting, now)
        self._a_duo_is_whole(before, after)
        self._each_mail_once(before, after, meeting)
        self.seen = after

    def _never_too_many(self, before, after, meeting, now):
        """Where who organises took places away, those who have one keep it and nobody comes in."""
        held, was = after.held(now), before.held(now)
        for way, limit in ((Way.ROOM, meeting.room_places), (Way.ONLINE, meeting.online_places)):
            assert held[way] <= max(limit, was[way])

    def _nobody_is_passed_by(self, before, after, now):
        line_before, line_after = before.line(), after.line()
        for party in after.states:
            got = {way for way in Way if after.holds(party, now)[way] > before.holds(party, now)[way]}
            for other in line_after:
                if other in line_before and (party not in line_before or self._is_before(other, party, before)):
                    assert got.isdisjoint(line_after[other] & line_before[other])

    def _is_before(self, one, other, account):
        return (account.states[one][1], one) < (account.states[other][1], other)

    def _nobody_waits_for_nothing(self, meeting, now):
        works = (
            Party.objects.unanswered(now).exists()
            or Attendee.objects.silent(now).exists()
            or Attendee.objects.to_release(now).exists()
            or Attendee.objects.changed_for_good(now).exists()
        )
        if not works and meeting.cancelled_at is None and now < meeting.starts_at:
            line = [(party.pk, places.wanted(party, now=now)) for party in Party.objects.in_line()]
            assert rules.next_offered(line, places.taken(meeting, now=now), places.limits(meeting)) == []

    def _a_duo_is_whole(self, before, after):
        """A party keeps what it has, whoever leaves it; only an offer that nobody took goes by."""
        for party, (state, _since) in after.states.items():
            assert sum(each.is_coming for each in after.people.values() if each.party == party) <= rules.MAX_TOGETHER
            was = before.state(party)
            assert (was, state) in {
                (None, State.PLACED), (None, State.WAITING), (State.WAITING, State.OFFERED), (State.WAITING, State.PLACED),
                (State.OFFERED, State.PLACED), (State.OFFERED, State.LAPSED), (State.LAPSED, State.WAITING),
                (State.LAPSED, State.OFFERED), (State.LAPSED, State.PLACED), (state, state),
            }  # fmt: skip

    def _each_mail_once(self, before, after, meeting):
        """Who comes hears of all that happens to them, each in one mail, and of nothing else."""
        wanted = Counter()
        for pk, one in after.people.items():
            was = before.people.get(pk)
            if was and was.counts and not one.is_coming and one.is_known:
                wanted[pk, "cancelled"] += 1
            if not one.counts:
                continue
            wanted.update((pk, name) for name in self._letters_to(one, was, before, after, meeting))
            for other_pk, other in after.people.items():
                other_was = before.people.get(other_pk)
                if other.party != one.party or other_pk == pk or other_was is None or was is None:
                    continue
                left = other_was.is_coming and not other.is_coming and other.has_said_yes and other.is_known
                silent = other_was.is_coming and not other.is_coming and not other.is_known and not other.has_said_yes
                # Who says no when asked along has an hour to take it back; then the other hears it, or asked another.
                forgotten = not other_was.is_coming and other_was.is_known and not other.is_known
                said_no = forgotten and not other.has_said_yes and not self._has_somebody_new(one.party, before, after)
                # Who says yes only now was mailed nothing of who had left before.
                gone = not was.has_said_yes and not other.is_coming and other.has_said_yes and other.is_known
                came = other.counts and not other_was.counts
                wanted[pk, "partner"] += left or silent or said_no or gone or came
        got = Counter()
        for key in OutgoingMail.objects.filter(pk__gt=self.last_mail).order_by("pk").values_list("key", flat=True):
            kind, *rest = key.split("-")
            if kind == "attendee":
                got[int(rest[0]), rest[1]] += 1
        self.last_mail = OutgoingMail.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        reminded = {mark: count for mark, count in got.items() if mark[1] == "reminder"}
        assert all(count == 1 and after.people[pk].counts for (pk, _name), count in reminded.items())
        assert Counter({mark: got[mark] for mark in got if mark not in reminded}) == +wanted

    def _has_somebody_new(self, party, before, after):
        return any(one.party == party for pk, one in after.people.items() if pk not in before.people)

    def _letters_to(self, one, was, before, after, meeting):
        state, state_before = after.state(one.party), before.state(one.party)
        has_joined = was is None or not was.counts
        is_other = has_joined or state != state_before
        if is_other and state == State.OFFERED:
            yield "offered"
        if state == State.PLACED and (is_other or (was.way, was.seats) != (one.way, one.seats)):
            yield "placed"
        if has_joined and state == State.WAITING:
            yield "waiting"
        if is_other and state == State.LAPSED and meeting.cancelled_at is None:
            yield "lapsed"
        if not has_joined and was.told != one.told:
            yield "changed"


@pytest.mark.django_db
def test_whatever_people_do_and_in_which_order(complete, carla, municipality, now):  # noqa: F811
    class Here(PlacesAtAMeeting):
        pass

    Here.carla, Here.begins = carla, now
    draft = complete("beide", title="Vol", begins=now + 10 * DAY, room_places=3, online_places=2)
    Here.meeting = organising.publish(draft, seen=draft.version, by=carla, now=now)
    examples, steps = (150, 50) if IS_WIDE else (25, 30)
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=PHASES,
            report_multiple_bugs=False,
        ),
    )

"""Who may decide, object and settle, and when reports hide."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from tests.conversation.conftest import DAY, NOW

from meedoen.conversation.moderation import rules, words
from meedoen.conversation.moderation.rules import Concern, Deed, Found, Ground
from meedoen.conversation.rules import State


def contribution(state, text="woorden"):
    return SimpleNamespace(state=state, text=text, created_at=NOW)


FITS = {
    State.WAITING: {Deed.APPROVE, Deed.ASK, Deed.REMOVE},
    State.HIDDEN: {Deed.APPROVE, Deed.ASK, Deed.REMOVE},
    State.ASKED: {Deed.APPROVE, Deed.REMOVE, Deed.KEEP},
    State.SHOWN: {Deed.HIDE, Deed.ASK, Deed.REMOVE, Deed.KEEP},
    State.REMOVED: {Deed.RESTORE, Deed.KEEP},
    State.RETRACTED: {Deed.KEEP, Deed.REMOVE},
}


@pytest.mark.parametrize("state", State)
def test_what_fits_where_it_stands(state):
    reported = {deed for deed in Deed if rules.may_decide(deed, contribution(state), is_reported=True)}
    alone = {deed for deed in Deed if rules.may_decide(deed, contribution(state))}
    assert (reported, alone) == (FITS[state], FITS[state] - {Deed.KEEP})


@pytest.mark.parametrize("state", State)
def test_of_what_was_erased_only_reports_are_answered(state):
    fits = {deed for deed in Deed if rules.may_decide(deed, contribution(state, text=""), is_reported=True)}
    assert fits == FITS[state] & {Deed.KEEP}


@pytest.mark.parametrize(
    ("networks", "people", "is_shown", "is_approved", "hides"),
    [
        (3, 3, True, False, True),
        (2, 3, True, False, False),  # two from one house
        (3, 2, True, False, False),  # one person on two networks
        (3, 3, True, True, False),  # the team looked already
        (3, 3, False, False, False),
        (30, 30, True, False, True),
    ],
)
def test_when_reports_hide(networks, people, is_shown, is_approved, hides):
    assert rules.hides(networks=networks, people=people, is_shown=is_shown, is_approved=is_approved) == hides


@pytest.mark.parametrize(
    ("fields", "fitting"),
    [
        ({}, {Deed.WARN, Deed.PAUSE, Deed.BAN}),
        ({"paused_until": NOW + DAY}, {Deed.WARN, Deed.BAN, Deed.LIFT}),
        ({"paused_until": NOW - DAY}, {Deed.WARN, Deed.PAUSE, Deed.BAN}),
        ({"banned_at": NOW}, {Deed.LIFT}),
        ({"is_team": True}, set()),
        ({"erased_at": NOW}, set()),
    ],
)
def test_what_can_be_done_about_somebody(fields, fitting):
    nobody = {"pk": 1, "is_team": False, "paused_until": None, "banned_at": None, "erased_at": None}
    person = SimpleNamespace(**nobody | fields)
    assert {deed for deed in Deed if rules.may_measure(deed, person, now=NOW)} == fitting


@pytest.mark.parametrize(("days", "in_time"), [(0, True), (183, True), (184, False), (400, False)])
def test_objecting_takes_half_a_year(days, in_time):
    decision = SimpleNamespace(deed="remove", decided_at=NOW, decided_by_id=1)
    assert rules.may_object(decision, now=NOW + timedelta(days=days)) == in_time


@pytest.mark.parametrize(
    ("is_team", "decided_by", "about", "objector", "may"),
    [
        (True, 2, 3, 3, True),
        (True, 1, 3, 3, False),  # the one who decided
        (True, 2, 1, 3, False),  # it is about them
        (True, 2, 3, 1, False),  # they object themselves
        (True, None, 3, None, True),  # a count decided
        (False, 2, 3, 3, False),
    ],
)
def test_somebody_else_looks_again(is_team, decided_by, about, objector, may):
    moderator = SimpleNamespace(pk=1, is_team=is_team)
    decision = SimpleNamespace(deed="remove", decided_at=NOW, decided_by_id=decided_by)
    assert rules.may_settle(moderator, decision, person_id=about, objector_id=objector) == may


def test_everything_has_its_words():
    assert set(words.GROUNDS) == set(Ground)
    assert set(words.CONCERNS) == set(Concern)
    assert set(words.FOUND) == set(Found)
    assert set(words.HAPPENED) == set(words.DONE) == set(words.COUNTED) == set(Deed)
    assert set(words.OUTCOMES) == {*rules.DEEDS, Deed.ANSWER} - {Deed.HIDE}


def test_each_ground_can_be_reported():
    assert {ground.value for ground in Ground} - {Ground.UNCLEAR.value} < {concern.value for concern in Concern}

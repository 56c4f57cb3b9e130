"""Where a coupling stands by what all said, and who may bring it where."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.coupling.introducing import rules
from meedoen.coupling.introducing.rules import Answer, Milestone, Mover, State

NOW = datetime(2026, 11, 28, 13, 0, tzinfo=UTC)
Y, L, N, O = Answer.YES, Answer.LATER, Answer.NO, Answer.NONE  # noqa: E741


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ([Y, Y], State.INTRODUCED),
        ([Y, O], State.ASKED),
        ([O, O], State.ASKED),
        ([Y, L], State.LATER),
        ([N, L], State.DECLINED),
        ([Y, Y, O], State.ASKED),
        ([Y, Y, Y], State.INTRODUCED),
        ([Y, Y, N], State.DECLINED),
    ],
)
def test_where_it_stands_by_what_all_said(answers, state):
    assert rules.state_of(answers) == state


@given(st.lists(st.sampled_from(list(Answer)), min_size=2, max_size=3))
def test_nobody_is_introduced_without_the_yes_of_all(answers):
    assert (rules.state_of(answers) == State.INTRODUCED) == (set(answers) == {Y})


def test_nothing_leads_back_from_each_others_addresses_but_for_the_team_and_what_was_told():
    for was, to, by in product(rules.MEET | {State.ENDED}, rules.OPEN | rules.NOT_MET, Mover):
        assert not rules.may_move(was, to, by=by)


def test_only_who_is_in_it_brings_it_to_the_meeting():
    for was, by in product(State, Mover):
        assert rules.may_move(was, State.INTRODUCED, by=by) == (
            (by == Mover.PARTY and was in rules.OPEN | {State.TALKED})
            or (by == Mover.TEAM and was in (State.ASKED, State.ENDED))
        )


def test_each_state_that_is_not_the_first_is_reached():
    assert {to for _was, to in rules.MOVES} == set(State)


def test_a_no_is_taken_back_until_the_others_know():
    assert rules.takes_answers(State.DECLINED, is_told=False)
    assert not rules.takes_answers(State.DECLINED, is_told=True)
    assert rules.takes_answers(State.LATER, is_told=True)
    assert not rules.takes_answers(State.INTRODUCED, is_told=False)


def test_every_asker_hears_within_ten_days():
    assert timedelta(days=10) >= rules.REMIND_AFTER + rules.SILENT_AFTER


@pytest.mark.parametrize(
    ("days", "due"),
    [(13, None), (14, Milestone.WEEKS), (90, Milestone.WEEKS), (91, Milestone.MONTHS), (200, Milestone.MONTHS)],
)
def test_what_became_of_it_is_asked_after_two_weeks_and_three_months(days, due):
    assert rules.due_milestone(NOW, now=NOW + timedelta(days=days)) == due


def test_words_that_do_not_fit_are_cut_off_between_words():
    assert rules.shortened("een twee drie", most=9) == "een twee…"
    assert rules.shortened("kort") == "kort"
    assert rules.in_three(["  Wat  is\nhet? ", "", "x" * 200, "c", "d"])[0] == "Wat is het?"
    assert len(rules.in_three(["a", "b", "c", "d"])) == 3

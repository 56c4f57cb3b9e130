"""Where an offered example stands, and what can still be done with it."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from meedoen.library.offering import rules
from meedoen.library.offering.rules import State

THEN = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
OFFER = {"withdrawn_at": None, "refused_at": None, "question_at": None}
WORK = {"discarded_at": None, "publish_at": None, "is_published": False, "is_withdrawn": False}


@pytest.mark.parametrize(
    ("offer", "work", "state"),
    [
        ({}, {}, State.WAITING),
        ({"question_at": THEN}, {}, State.ASKED),
        ({}, {"publish_at": THEN}, State.PLANNED),
        ({}, {"is_published": True}, State.PUBLISHED),
        ({}, {"is_published": True, "publish_at": THEN}, State.PUBLISHED),
        ({}, {"is_withdrawn": True}, State.OFF),
        ({"refused_at": THEN}, {"discarded_at": THEN}, State.REFUSED),
        ({}, {"discarded_at": THEN}, State.REFUSED),
        ({"withdrawn_at": THEN}, {"discarded_at": THEN}, State.WITHDRAWN),
        ({"withdrawn_at": THEN}, {"is_withdrawn": True}, State.WITHDRAWN),
    ],
)
def test_where_it_stands(offer, work, state):
    assert rules.state_of(SimpleNamespace(**{**OFFER, **offer}), SimpleNamespace(**{**WORK, **work})) == state


def test_what_can_be_done_where_it_stands():
    assert {state for state in State if rules.may_be_changed(state)} == {State.WAITING, State.ASKED}
    assert {state for state in State if rules.may_be_withdrawn(state)} == {
        State.WAITING,
        State.ASKED,
        State.PLANNED,
        State.PUBLISHED,
    }


def test_another_decision_is_another_mark():
    marks = [
        rules.mark_of(State.WAITING, {"title": "Een"}, THEN),
        rules.mark_of(State.ASKED, {"title": "Een"}, THEN),
        rules.mark_of(State.WAITING, {"title": "Twee"}, THEN),
    ]
    assert len(set(marks)) == 3
    assert rules.mark_of(State.WAITING, {"title": "Een"}, THEN) == marks[0]

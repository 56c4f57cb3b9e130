"""Who may read, write and change what in a conversation."""

from types import SimpleNamespace

import pytest
from tests.conversation.conftest import MINUTE, NOW, standing

from meedoen.conversation import rules
from meedoen.conversation.models import Contribution
from meedoen.conversation.rules import State


def contribution(state, created_at=NOW):
    return SimpleNamespace(state=state, text="woorden", created_at=created_at)


@pytest.mark.parametrize(
    ("state", "readable", "changeable", "can_return"),
    [
        (State.SHOWN, True, True, False),
        (State.WAITING, False, True, False),
        (State.HIDDEN, False, False, False),
        (State.ASKED, False, True, False),
        (State.REMOVED, False, False, False),
        (State.RETRACTED, False, False, True),
    ],
)
def test_what_each_state_allows(state, readable, changeable, can_return):
    one = contribution(state)
    assert (
        rules.may_be_read(one),
        rules.may_be_changed_by_writer(one),
        rules.may_be_put_back_by_writer(one),
    ) == (readable, changeable, can_return)


@pytest.mark.parametrize("state", State)
def test_rule_and_queryset_agree_on_who_may_read(write, person, state):
    one = write(person())
    Contribution.objects.filter(pk=one.pk).update(**standing(state))
    assert Contribution.objects.readable().exists() == rules.may_be_read(contribution(state))


@pytest.mark.parametrize(
    ("is_trusted", "looks_like_spam", "state"),
    [
        (True, False, State.SHOWN),
        (False, False, State.WAITING),
        (True, True, State.WAITING),
        (False, True, State.WAITING),
    ],
)
def test_who_the_team_knows_needs_not_wait(is_trusted, looks_like_spam, state):
    assert rules.state_of_new(is_trusted=is_trusted, looks_like_spam=looks_like_spam) == state


@pytest.mark.parametrize(("number", "page"), [(1, 1), (20, 1), (21, 2), (40, 2), (41, 3)])
def test_a_number_has_its_page_for_ever(number, page):
    assert rules.page_of(number) == page


@pytest.mark.parametrize(
    ("page", "count", "named"),
    [
        (1, 1, [1]),
        (1, 4, [1, 2, 3, 4]),
        (3, 7, [1, 2, 3, 4, 5, 6, 7]),
        (1, 9, [1, 2, 3, 0, 9]),
        (5, 9, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (125, 251, [1, 0, 123, 124, 125, 126, 127, 0, 251]),
        (251, 251, [1, 0, 249, 250, 251]),
    ],
)
def test_the_pages_that_are_named(page, count, named):
    assert rules.pages_named(page, count) == named


@pytest.mark.parametrize(("minutes", "within"), [(0, True), (9, True), (10, False), (60, False)])
def test_the_undo_time_is_ten_minutes(minutes, within):
    assert rules.is_within_undo(contribution(State.SHOWN), NOW + minutes * MINUTE) == within


@pytest.mark.parametrize(
    ("url", "number"),
    [("/forum/3/#reactie-12", "12"), ("/forum/3/", ""), ("/nieuws/reactie-3/", ""), ("", "")],
)
def test_an_address_tells_the_number_that_stands_there(url, number):
    assert rules.number_at(url) == number

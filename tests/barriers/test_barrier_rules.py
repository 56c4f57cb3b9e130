"""What a barrier can become, and which addresses, days and criteria make sense."""

from datetime import date, timedelta

import pytest

from meedoen.barriers import rules
from meedoen.barriers.models import Barrier
from meedoen.barriers.rules import State

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("now", "reachable"),
    [
        (State.FOUND, {State.PROMISED, State.FIXED, State.NONE}),
        (State.PROMISED, {State.FOUND, State.PROMISED, State.FIXED, State.NONE}),
        (State.FIXED, {State.FOUND}),
        (State.NONE, {State.FOUND}),
    ],
)
def test_what_it_can_become(now, reachable):
    assert {state for state in State if rules.may_become(state, now)} == reachable


def test_all_criteria_of_wcag_2_2_are_known_and_no_other():
    assert len(rules.CRITERIA) == 86
    assert {"1.4.13", "2.4.13", "2.5.8", "3.3.9", "4.1.3"} <= rules.CRITERIA
    assert rules.CRITERIA.isdisjoint({"4.1.1", "1.4.14", "1.1", "5.1.1"})


@pytest.mark.parametrize(
    ("path", "is_ours"),
    [
        ("/gemeenten/", True),
        ("/nieuws/?jaar=2018", True),
        ("", False),
        ("gemeenten/", False),
        ("//elders.example/", False),
        ("/\\elders.example/", False),
        ("https://elders.example/", False),
        ("/een twee/", False),
        ("/regel\n/", False),
        (f"/{'a' * rules.MAX_PATH_LENGTH}", False),
    ],
)
def test_an_address_of_ours(path, is_ours):
    assert rules.is_page_of_ours(path) is is_ours


def test_a_promise_is_about_a_day_that_comes():
    days = [-1, 0, 1, rules.LONGEST_PROMISE.days, rules.LONGEST_PROMISE.days + 1]
    found = [rules.may_promise(TODAY + timedelta(days=number), today=TODAY) for number in days]
    assert found == [False, True, True, True, False]


def test_the_rule_and_the_list_agree_on_what_is_late(barrier, now):
    day = timedelta(days=1)
    for state in State:
        for promised_on in (None, TODAY - day, TODAY, TODAY + day):
            if state == State.PROMISED and promised_on is None:
                continue
            made = barrier(f"{state} {promised_on}")
            fields = {"fixed_on": TODAY, "changed": "Klaar."} if state == State.FIXED else {"reason": "Nee."}
            Barrier.objects.filter(pk=made.pk).update(state=state, promised_on=promised_on, **fields)
    by_rule = {
        each.title
        for each in Barrier.objects.all()
        if rules.is_overdue(State(each.state), each.promised_on, today=TODAY)
    }
    assert by_rule == {"promised 2026-11-27"}
    assert {each.title for each in Barrier.objects.overdue(TODAY)} == by_rule

"""What holds for celebrations, without a database."""

from datetime import date
from types import SimpleNamespace

import pytest

from meedoen.celebrations import rules
from meedoen.celebrations.rules import Deed, State
from meedoen.kernel.keys import DayKey
from meedoen.kernel.partial_dates import last_day, understood


@pytest.mark.parametrize(
    ("typed", "partial"),
    [
        ("2026", "2026"),
        ("oktober 2026", "2026-10"),
        ("Okt 2026", "2026-10"),
        ("mrt 2026", "2026-03"),
        ("12 oktober 2026", "2026-10-12"),
        (" donderdag 12 oktober 2026 ", "2026-10-12"),
        ("12-10-2026", "2026-10-12"),
        ("1/2/2026", "2026-02-01"),
        ("10-2026", "2026-10"),
        ("2026-10-12", "2026-10-12"),
        ("2026-10", "2026-10"),
    ],
)
def test_a_date_is_understood_as_people_write_it(typed, partial):
    assert understood(typed) == partial


@pytest.mark.parametrize("typed", ["", "gisteren", "31 februari 2026", "13-13-2026", "12 ma 2026", "26", "2026-00"])
def test_what_is_no_date_is_refused(typed):
    with pytest.raises(ValueError, match=r"\w"):
        understood(typed)


@pytest.mark.parametrize(
    ("partial", "day"),
    [("2026", date(2026, 12, 31)), ("2024-02", date(2024, 2, 29)), ("2026-10-12", date(2026, 10, 12))],
)
def test_the_last_day_that_it_may_have_been(partial, day):
    assert last_day(partial) == day


@pytest.mark.parametrize(
    ("happened", "published", "asked"),
    [
        ("2026-11-12", date(2026, 11, 20), date(2027, 11, 20)),
        ("2027-01", date(2026, 11, 20), date(2028, 1, 31)),
        ("", date(2026, 11, 20), date(2027, 11, 20)),
        ("2028-02-29", date(2026, 1, 1), date(2029, 2, 28)),
    ],
)
def test_a_year_later_is_asked(happened, published, asked):
    assert rules.ask_on(happened, published_on=published) == asked


@pytest.mark.parametrize(
    ("of", "is_team", "contact_of", "at_once"),
    [
        ({1}, False, {1}, True),
        ({1, 2}, False, {1}, False),
        ({1}, False, {2}, False),
        (set(), False, {1}, False),
        ({1}, True, set(), True),
    ],
)
def test_who_needs_no_look_by_the_team(of, is_team, contact_of, at_once):
    assert rules.publishes_at_once(of, is_team=is_team, contact_of=contact_of) is at_once


def test_who_may_change_it_in_each_state():
    found = {
        state: tuple(rules.may_be_changed(SimpleNamespace(state=state), is_keeper=is_keeper) for is_keeper in (0, 1))
        for state in State
    }
    assert found == {
        State.WAITING: (True, True),
        State.ASKED: (True, True),
        State.PUBLISHED: (False, True),
        State.REFUSED: (False, False),
        State.WITHDRAWN: (False, False),
    }


def test_what_the_team_can_do_in_each_state():
    found = {
        state: {deed for deed in Deed if rules.may_be_decided(deed, SimpleNamespace(state=state))} for state in State
    }
    assert found == {
        State.WAITING: {Deed.PUBLISH, Deed.ASK, Deed.REFUSE},
        State.ASKED: {Deed.PUBLISH, Deed.REFUSE},
        State.PUBLISHED: {Deed.REFUSE},
        State.REFUSED: {Deed.PUBLISH},
        State.WITHDRAWN: set(),
    }


def test_a_place_on_the_wall_comes_back_from_its_address():
    key = DayKey(date(2026, 11, 12), 7)
    assert DayKey.parse(str(key)) == key
    for text in ("", "2026-11-12", "2026-13-01-7", "x-7"):
        with pytest.raises(ValueError, match=r"\w"):
            DayKey.parse(text)

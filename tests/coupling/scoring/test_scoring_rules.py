"""How well two asks or offers fit: the points of each part, who may meet, and the whole."""

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.coupling.rules import For, Length, Side, Way
from meedoen.coupling.scoring import rules
from meedoen.coupling.scoring.rules import AS_USUAL, HALF, MOST, WEIGHTS, Part, Place, Told, Weight
from meedoen.municipalities.likeness.rules import Facts

TODAY = datetime.date(2026, 11, 28)
UTRECHT = Place(1, Facts(population=360_000, density=3_800), 5.12, 52.09)
ALMERE = Place(2, Facts(population=215_000, density=1_650), 5.22, 52.35)
VAALS = Place(3, Facts(population=10_000, density=400), 6.02, 50.77)
ASK = Told(
    1, Side.ASK, 1, For.MUNICIPALITY, frozenset({"vervoer"}), frozenset({Way.CALL, Way.VISIT}), Length.ONCE, TODAY, UTRECHT
)  # fmt: skip
OFFER = replace(ASK, key=2, side=Side.OFFER, person=2, place=ALMERE)


def points(one, other, words=0):
    return rules.points(one, other, words, today=TODAY)


def test_the_weights_are_a_hundred_together():
    assert (sum(WEIGHTS.values()), set(WEIGHTS)) == (100, set(Part))


@pytest.mark.parametrize(
    ("other", "may"),
    [
        (OFFER, True),
        (replace(OFFER, side=Side.ASK), True),  # two who learn together
        (replace(OFFER, key=1), False),
        (replace(OFFER, person=1), False),
        (replace(OFFER, place=UTRECHT), False),
        (replace(OFFER, place=None), True),
    ],
)
def test_who_may_meet(other, may):
    assert (rules.may_meet(ASK, other), rules.may_meet(other, ASK)) == (may, may)


def test_two_offers_have_nothing_to_ask():
    assert not rules.may_meet(OFFER, replace(OFFER, key=3, person=3, place=VAALS))


@pytest.mark.parametrize(
    ("fields", "takes"),
    [
        ({}, True),
        ({"not_before": TODAY}, True),
        ({"not_before": TODAY + datetime.timedelta(days=1)}, False),
        ({"running": 1}, True),
        ({"running": 2}, False),
        ({"running": 1, "side": Side.ASK}, False),
        ({"running": 1, "at_most": 2}, True),
        ({"running": 3, "at_most": 2}, False),
    ],
)
def test_who_takes_part_in_a_round(fields, takes):
    assert rules.takes_part(replace(OFFER, **fields), today=TODAY) == takes


@pytest.mark.parametrize(
    ("part", "one", "other", "expected"),
    [
        (Part.THEMES, {}, {}, MOST),
        (Part.THEMES, {"themes": frozenset({"vervoer", "werk"})}, {}, HALF),
        (Part.THEMES, {}, {"themes": frozenset({"vervoer", "werk", "thuis"})}, MOST),  # all that is asked is offered
        (Part.THEMES, {}, {"themes": frozenset({"werk"})}, 0),
        (Part.THEMES, {}, {"side": Side.ASK, "themes": frozenset({"vervoer", "werk"})}, 66),
        (Part.EXPERIENCE, {}, {"experience": {"vervoer": 1}}, 33),
        (Part.EXPERIENCE, {}, {"experience": {"vervoer": 7}}, MOST),
        (Part.EXPERIENCE, {}, {"experience": {"werk": 7}}, 0),
        (Part.EXPERIENCE, {"experience": {"vervoer": 3}}, {}, 0),  # who asks needs no proof
        (Part.FOR, {}, {}, MOST),
        (Part.FOR, {}, {"kind": For.DUO}, HALF),
        (Part.FOR, {}, {"kind": For.RESIDENT}, 0),
        (Part.WAYS, {}, {"ways": frozenset({Way.CALL})}, MOST),
        (Part.WAYS, {}, {"length": Length.LONGER}, HALF),
        (Part.WAYS, {}, {"ways": frozenset({Way.ONLINE})}, 0),
        (Part.LIKENESS, {}, {"place": None}, HALF),
        (Part.LIKENESS, {}, {"place": VAALS}, 0),
        (Part.LIKENESS, {}, {"place": Place(4, Facts(population=360_000, density=3_000))}, MOST),
        (Part.NEAR, {}, {"place": VAALS}, 0),
        (Part.NEAR, {}, {"place": Place(4, Facts())}, HALF),
        (Part.NEAR, {}, {"ways": frozenset({Way.CALL})}, HALF),  # nobody travels
        (Part.FRESH, {}, {}, MOST),
        (Part.FRESH, {}, {"changed_on": TODAY - datetime.timedelta(days=73)}, 80),
        (Part.FRESH, {}, {"changed_on": TODAY - datetime.timedelta(days=999)}, 0),
        (Part.FRESH, {}, {"changed_on": TODAY + datetime.timedelta(days=1)}, MOST),  # a clock that jumps
        (Part.LOAD, {}, {}, MOST),
        (Part.LOAD, {}, {"at_most": 4, "running": 3}, 25),
        (Part.LOAD, {}, {"side": Side.ASK}, HALF),
        (Part.BEFORE, {}, {}, 0),
        (Part.BEFORE, {}, {"went_well": 2}, MOST),
        (Part.BEFORE, {"went_well": 2}, {}, 0),
    ],
)
def test_points(part, one, other, expected):
    one, other = replace(ASK, **one), replace(OFFER, **other)
    assert (points(one, other)[part], points(other, one)[part]) == (expected, expected)


def test_nearer_is_better_for_who_wants_to_visit():
    assert rules.kilometres(UTRECHT, ALMERE) == 30
    assert points(ASK, OFFER)[Part.NEAR] == 82


def test_what_is_convenient_alone_is_no_reason_to_meet():
    found = points(ASK, replace(OFFER, themes=frozenset()), words=rules.LEAST_WORDS - 1)
    assert rules.total(found, AS_USUAL, learn_together=False) == 0
    enough = points(ASK, replace(OFFER, themes=frozenset()), words=rules.LEAST_WORDS)
    assert rules.total(enough, AS_USUAL, learn_together=False) > 0


def test_the_team_lets_a_part_count_for_more_or_not():
    found = points(ASK, OFFER, words=40)
    usual = rules.total(found, AS_USUAL, learn_together=False)
    heavy = rules.total(found, {**AS_USUAL, Part.WORDS: Weight.HEAVY}, learn_together=False)
    without = rules.total(found, {**AS_USUAL, Part.WORDS: Weight.NONE}, learn_together=False)
    assert (heavy - usual, usual - without) == (2 * 40 * WEIGHTS[Part.WORDS], 40 * WEIGHTS[Part.WORDS])
    assert rules.total(found, AS_USUAL, learn_together=True) == usual // 2


TOLDS = st.builds(
    Told,
    key=st.integers(1, 9),
    side=st.sampled_from(Side),
    person=st.integers(1, 9),
    kind=st.sampled_from(For),
    themes=st.frozensets(st.sampled_from(["vervoer", "werk", "thuis"])),
    ways=st.frozensets(st.sampled_from(Way)),
    length=st.sampled_from(Length),
    changed_on=st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 1, 1)),
    place=st.sampled_from([None, UTRECHT, ALMERE, VAALS, Place(9, Facts())]),
    at_most=st.none() | st.integers(1, 20),
    running=st.integers(0, 30),
    experience=st.dictionaries(st.sampled_from(["vervoer", "werk"]), st.integers(1, 9)),
    went_well=st.integers(0, 3),
)


@given(TOLDS, TOLDS, st.integers(0, 100))
def test_points_are_the_same_from_either_side_and_stay_within_bounds(one, other, words):
    found = points(one, other, words)
    assert found == points(other, one, words)
    assert set(found) == set(Part)
    assert all(0 <= value <= MOST for value in found.values())
    assert 0 <= rules.total(found, AS_USUAL, learn_together=False) <= MOST * MOST


@given(TOLDS, TOLDS, st.integers(0, 100))
def test_without_its_facts_experience_has_no_points(one, other, words):
    bare = [replace(each, experience={}) for each in (one, other)]
    with_facts, without = points(one, other, words), points(*bare, words)
    assert without[Part.EXPERIENCE] == 0
    assert {**with_facts, Part.EXPERIENCE: 0} == without

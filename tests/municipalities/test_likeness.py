"""How alike municipalities are: points, weights, order. Rules alone, no database."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.municipalities.likeness import rules
from meedoen.municipalities.likeness.rules import Facts, Part, Weight

EVEN = dict.fromkeys(Part, Weight.NORMAL)
THEMES = ("werk", "thuis", "vervoer", "onderwijs")
EMPTY = {Part.SIZE: None, Part.REGION: None, Part.URBANITY: None, Part.STAGE: None, Part.THEMES: frozenset()}
FIELDS = {
    Part.SIZE: "population",
    Part.REGION: "province",
    Part.URBANITY: "density",
    Part.STAGE: "stage",
    Part.THEMES: "themes",
}

facts = st.builds(
    Facts,
    population=st.none() | st.integers(1, 5_000_000),
    province=st.none() | st.sampled_from(["drenthe", "zeeland", "utrecht"]),
    density=st.none() | st.floats(0.1, 10_000),
    stage=st.none() | st.integers(0, 5),
    themes=st.frozensets(st.sampled_from(THEMES)),
)
weights = st.fixed_dictionaries({part: st.sampled_from(list(Weight)) for part in Part})


@pytest.mark.parametrize(
    ("one", "other", "part", "expected"),
    [
        (Facts(population=40_000), Facts(population=40_000), Part.SIZE, 100),
        (Facts(population=40_000), Facts(population=44_000), Part.SIZE, 87),
        (Facts(population=40_000), Facts(population=60_000), Part.SIZE, 42),
        (Facts(population=40_000), Facts(population=79_999), Part.SIZE, 1),
        (Facts(population=40_000), Facts(population=80_000), Part.SIZE, 0),
        (Facts(population=400_000), Facts(population=9_000), Part.SIZE, 0),
        (Facts(population=40_000), Facts(), Part.SIZE, None),
        (Facts(province="drenthe"), Facts(province="drenthe"), Part.REGION, 100),
        (Facts(province="drenthe"), Facts(province="zeeland"), Part.REGION, 0),
        (Facts(), Facts(), Part.REGION, None),
        (Facts(density=10), Facts(density=249.9), Part.URBANITY, 100),
        (Facts(density=249.9), Facts(density=250), Part.URBANITY, 50),
        (Facts(density=100), Facts(density=800), Part.URBANITY, 0),
        (Facts(density=2_500), Facts(density=6_000), Part.URBANITY, 100),
        (Facts(stage=0), Facts(stage=0), Part.STAGE, 100),
        (Facts(stage=0), Facts(stage=1), Part.STAGE, 50),
        (Facts(stage=5), Facts(stage=2), Part.STAGE, 0),
        (Facts(stage=0), Facts(), Part.STAGE, None),
        (Facts(themes=frozenset(["werk"])), Facts(themes=frozenset(["werk"])), Part.THEMES, 100),
        (Facts(themes=frozenset(["werk"])), Facts(themes=frozenset(["werk", "thuis", "vervoer"])), Part.THEMES, 50),
        (Facts(themes=frozenset(["werk"])), Facts(themes=frozenset(["thuis"])), Part.THEMES, 0),
        (Facts(themes=frozenset(["werk"])), Facts(), Part.THEMES, None),
    ],
)
def test_each_part_has_its_points(one, other, part, expected):
    assert rules.points(one, other)[part] == expected
    assert {each: value for each, value in rules.points(one, other).items() if each != part} == {
        each: None for each in Part if each != part
    }


def test_the_classes_of_density_meet_without_a_gap():
    assert [rules.density_class(value) for value in (0, 249, 250, 749, 750, 1_499, 1_500, 2_500, 90_000)] == [
        0, 0, 1, 1, 2, 2, 3, 4, 4,
    ]  # fmt: skip


@given(facts, facts)
def test_likeness_is_the_same_from_either_side(one, other):
    assert rules.points(one, other) == rules.points(other, one)


@given(facts, weights)
def test_nobody_is_more_alike_than_oneself(own, weighed):
    most = sum(rules.MOST * weighed[part] for part in rules.known(own))
    assert rules.total(rules.points(own, own), weighed) == most


@given(facts, facts, weights)
def test_points_stay_between_none_and_all(one, other, weighed):
    found = rules.points(one, other)
    assert all(value is None or 0 <= value <= rules.MOST for value in found.values())
    assert 0 <= rules.total(found, weighed) <= sum(rules.MOST * weight for weight in weighed.values())


@given(facts, facts, st.sampled_from(Part), weights)
def test_a_fact_that_goes_takes_its_points_along_and_no_others(one, other, part, weighed):
    before = rules.points(one, other)
    without = dataclasses.replace(other, **{FIELDS[part]: EMPTY[part]})
    after = rules.points(one, without)
    assert after == {**before, part: None}
    assert rules.total(after, weighed) == rules.total(before, weighed) - (before[part] or 0) * weighed[part]


@given(facts, facts, st.sampled_from(Part))
def test_what_does_not_count_is_as_good_as_not_known(one, other, part):
    left_out = {**EVEN, part: Weight.NONE}
    without = dataclasses.replace(one, **{FIELDS[part]: EMPTY[part]})
    assert rules.total(rules.points(one, other), left_out) == rules.total(rules.points(without, other), EVEN)
    assert part not in rules.counted(one, left_out)


@given(st.lists(facts, min_size=1, max_size=12), weights, st.randoms(use_true_random=False))
def test_the_order_is_the_same_however_the_register_is_read(all_of_them, weighed, chance):
    rows = [(key, f"naam {key % 3}", each) for key, each in enumerate(all_of_them)]
    found = rules.ranked(0, rows, weighed)
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert rules.ranked(0, shuffled, weighed) == found
    assert 0 not in [each.key for each in found]
    assert [each.key for each in found] == sorted(
        (each.key for each in found),
        key=lambda key: (-rules.total(rules.points(all_of_them[0], all_of_them[key]), weighed), f"naam {key % 3}", key),
    )
    assert all(each.total > 0 for each in found)


def test_ties_stand_by_name_and_who_has_nothing_in_common_stays_out():
    rows = [
        (1, "zuidplas", Facts(province="zuid-holland")),
        (2, "westland", Facts(province="zuid-holland")),
        (3, "delft", Facts(province="zuid-holland")),
        (4, "almere", Facts(province="flevoland")),
        (5, "nergens", Facts()),
    ]
    assert [each.key for each in rules.ranked(1, rows, EVEN)] == [3, 2]
    assert rules.ranked(5, rows, EVEN) == []
    assert rules.ranked(1, rows, dict.fromkeys(Part, Weight.NONE)) == []


def test_a_heavy_part_outweighs_two_others():
    rows = [
        (1, "eigen", Facts(population=40_000, province="drenthe", themes=frozenset(["werk"]))),
        (2, "groot en dichtbij", Facts(population=40_000, province="drenthe", themes=frozenset(["thuis"]))),
        (3, "zelfde werk", Facts(population=400_000, province="zeeland", themes=frozenset(["werk"]))),
    ]
    assert [each.key for each in rules.ranked(1, rows, EVEN)] == [2, 3]
    assert [each.key for each in rules.ranked(1, rows, {**EVEN, Part.THEMES: Weight.HEAVY})] == [3, 2]


@pytest.mark.parametrize(
    ("number", "count", "expected"), [(2, 25, 1), (3, 25, 2), (4, 25, 3), (90, 25, 3), (90, 20, 2), (5, 0, 1)]
)
def test_the_way_back_leads_to_a_page_with_something_on_it(number, count, expected):
    assert rules.page_before(number, count) == expected

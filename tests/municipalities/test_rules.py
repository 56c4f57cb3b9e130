"""Size classes, and what may be a code."""

import pytest

from meedoen.municipalities import rules
from meedoen.municipalities.models import Municipality


@pytest.mark.parametrize(
    ("population", "id"),
    [
        (0, "tot-20000"),
        (19_999, "tot-20000"),
        (20_000, "20000-tot-50000"),
        (99_999, "50000-tot-100000"),
        (100_000, "100000-tot-250000"),
        (250_000, "vanaf-250000"),
        (900_000, "vanaf-250000"),
    ],
)
def test_each_population_falls_in_one_class(population, id):
    assert rules.size_class(population).id == id
    within = [each for each in rules.SIZE_CLASSES if each.least <= population < (each.below or 10**9)]
    assert [each.id for each in within] == [id]


@pytest.mark.usefixtures("register")
def test_the_queryset_agrees_with_the_rule():
    everybody = Municipality.objects.current()
    for size in rules.SIZE_CLASSES:
        by_rule = {each.code for each in everybody if rules.size_class(each.population) == size}
        assert {each.code for each in everybody.of_size(size)} == by_rule
        assert by_rule

"""Size classes, missing names, names of sources, likeness of names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@pytest.mark.parametrize(
    ("signed_on", "unknown"),
    [
        ([], (58, 58)),
        (["2018-06-14"] * 35 + ["2020-09-23", "2020-09-30"], (21, 23)),
        (["2020"], (57, 57)),
        (["2019"] * 60, (0, 0)),
    ],
)
def test_names_that_are_missing_are_counted_both_ways(signed_on, unknown):
    assert rules.unknown_names(signed_on) == unknown


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (
            "https://vng.nl/artikelen/koplopergemeenten-iedereen-doet-mee",
            "VNG: koplopergemeenten iedereen doet mee",
        ),
        ("https://vng.nl/nieuws/nieuwe-ondertekenaars-0", "VNG: nieuwe ondertekenaars"),
        ("https://magazine.biind.nl/3-2019/vng-koplopers/", "magazine Biind: VNG koplopers (2019)"),
        ("https://www.ditisroden.nl/pages/meer2.php?n_id=26852", "ditisroden.nl"),
        ("https://www.krant.example/1095-daling-sinds-2001.html", "krant.example: daling sinds 2001"),
        ("https://krant.example/Juni_2018/Bericht", "krant.example: Bericht (2018)"),
        ("https://krant.example/", "krant.example"),
    ],
)
def test_a_source_is_named_in_words(address, words):
    assert rules.source_words(address) == words


def test_only_sources_with_an_address_become_links():
    assert rules.source_links(["general knowledge", "https://a.example/b"]) == [("a.example: b", "https://a.example/b")]


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_a_share_and_goes_both_ways(one, other):
    assert 0 <= rules.likeness(one, other) == rules.likeness(other, one) <= 1
    assert rules.likeness(one, one) == 1


@pytest.mark.usefixtures("register")
def test_the_queryset_agrees_with_the_rule():
    everybody = Municipality.objects.current()
    for size in rules.SIZE_CLASSES:
        by_rule = {each.code for each in everybody if rules.size_class(each.population) == size}
        assert {each.code for each in everybody.of_size(size)} == by_rule
        assert by_rule


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ([], {}),
        ([(1, 9)], {1: 9}),
        ([(1, 2), (2, 9)], {1: 9, 2: 9}),
        ([(1, 8), (1, 9)], {}),  # in parts: it stands where it stood
        ([(1, 2), (2, 8), (2, 9)], {}),  # whole, and then in parts
        ([(1, 9), (2, 9)], {1: 9, 2: 9}),
        ([(1, 2), (2, 1)], {}),
    ],
)
def test_a_former_municipality_goes_on_in_one_or_stands_where_it_stood(steps, found):
    assert rules.present_of(steps) == found

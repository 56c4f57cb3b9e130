"""The list: near names for slips of the pen, former municipalities, facts in words."""

import pytest

from meedoen.municipalities import listing
from meedoen.municipalities.models import Municipality

pytestmark = pytest.mark.usefixtures("register")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("amsteram", "Amsterdam"),
        ("utregt", "Utrecht"),
        ("gronigen", "Groningen"),
        ("sgravenhage", "Den Haag"),
        ("den bosh", "'s-Hertogenbosch"),
        ("noord oostpolder", "Noordoostpolder"),
        ("Gelddermalsen", "Geldermalsen"),
    ],
)
def test_a_slip_of_the_pen_is_near_what_was_meant(typed, first):
    assert listing.near_names(typed)[0][0] == first


@pytest.mark.parametrize("typed", ["", "!!", "qqqqqqq", "q" * 5000])
def test_nothing_near_is_nothing_offered(typed):
    assert listing.near_names(typed) == []


def test_near_names_are_few_and_each_once():
    offered = listing.near_names("westerveldt")
    assert 1 < len(offered) <= listing.MAX_NEAR_NAMES
    assert len(offered) == len(dict(offered))


def test_a_former_municipality_is_found_with_where_it_went():
    (match,) = listing.former_matching("haaren")
    assert (match.name, match.ended_on, match.is_renamed) == ("Haaren", "1 januari 2021", False)
    assert [each.name for each in match.targets] == ["Boxtel", "Oisterwijk", "Tilburg", "Vught"]
    assert listing.former_matching("") == listing.former_matching("zwolle") == []


@pytest.mark.parametrize(
    ("slug", "facts"),
    [
        ("ameland", "Fryslân, 3.746 inwoners"),
        ("west-betuwe", "Gelderland, 51.496 inwoners, koploper"),
        ("leeuwarden", "Fryslân, 124.481 inwoners, tekende het manifest"),
        ("drimmelen", "Noord-Brabant, 27.325 inwoners"),
    ],
)
def test_a_row_says_what_is_known(slug, facts):
    (letter,) = listing.letters(Municipality.objects.filter(slug=slug))
    assert [(row["url"], row["facts"]) for row in letter.rows] == [(f"/gemeenten/{slug}/", facts)]


def test_a_municipality_without_figures_has_a_row_too():
    Municipality.objects.create(code="GM9001", name="Nieuwland", official_name="Nieuwland", slug="nieuwland")
    (letter,) = listing.letters(Municipality.objects.filter(code="GM9001"))
    assert [row["facts"] for row in letter.rows] == [""]


@pytest.mark.parametrize(
    ("asked", "reasons"),
    [
        ("den bosch", {"'s-Hertogenbosch": "ook bekend als Den Bosch, Noord-Brabant, 155.491 inwoners"}),
        ("friese meren", {"De Fryske Marren": "ook bekend als De Friese Meren, Fryslân, 51.778 inwoners"}),
        ("laren", {"Laren": "Noord-Holland, 11.400 inwoners"}),
    ],
)
def test_who_is_found_by_another_name_says_by_which(asked, reasons):
    found = listing.letters(listing.matching({"naam": asked}), asked=asked)
    assert {row["name"]: row["facts"] for letter in found for row in letter.rows} == reasons


def test_an_earlier_name_is_told_as_such():
    zwolle = Municipality.objects.get(slug="zwolle")
    zwolle.names.create(name="Hanzestad", folded="hanzestad", kind="earlier")
    (letter,) = listing.letters(listing.matching({"naam": "hanze"}), asked="hanze")
    assert [row["facts"].split(", ")[0] for row in letter.rows] == ["heette eerder Hanzestad"]

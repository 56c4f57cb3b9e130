"""How well two texts fit: points, what is shared, and the same both ways."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.language.analysis import measuring

from meedoen.language.analysis import Rarity, analyse, likeness

ASK = "Wij zoeken een gemeente die ervaring heeft met toegankelijke stembureaus voor rolstoelgebruikers."
OFFER = "Onze gemeente heeft alle stemlokalen drempelvrij gemaakt, ook voor wie in een rolstoel zit."
PLAY = "We hebben een speeltuin gemaakt waar blinde kinderen ook spelen."
TEXTS = sorted({text for pair in measuring.asks_and_offers() for text in pair})


def points(one, other, **more):
    return likeness(analyse(one), analyse(other), **more).points


def test_what_both_say_is_told_the_most_telling_first():
    found = likeness(analyse(ASK), analyse(OFFER)).shared
    assert [each.said for each in found] == ["rolstoel", "stembureau", "gemeente"]
    assert [each.weight for each in found] == sorted((each.weight for each in found), reverse=True)
    assert sum(each.weight for each in found) <= 100


def test_it_fits_better_than_what_is_about_something_else():
    assert points(ASK, OFFER) >= 30
    assert points(ASK, PLAY) == 0
    assert likeness(analyse(ASK), analyse(PLAY)).shared == ()


@pytest.mark.parametrize(
    "words",
    ["stemburo rolstoell", "accessible polling station for wheelchair users", "rolstoel", f"{PLAY} " * 300 + OFFER],
    ids=["bad spelling", "English", "one word", "3,000 words"],
)
def test_it_holds_for_words_as_people_bring_them(words):
    assert points(ASK, words) > points(ASK, PLAY)
    assert points(ASK, words) >= 10


@pytest.mark.parametrize("empty", ["", "de het een", "😀", "...", "?"])
def test_nothing_fits_nothing(empty):
    assert points(empty, ASK) == points(empty, empty) == 0


def test_the_same_text_fits_wholly():
    assert {points(text, text) for text in TEXTS} == {100}


def test_words_that_all_say_weigh_less_than_those_of_few():
    assert points("Onze gemeente zoekt hulp", OFFER) < points("Wie weet iets van stemlokalen?", OFFER)
    several = [analyse(f"speeltuin nummer {number}") for number in range(20)]
    rarity = Rarity.of([*several, analyse("speeltuin met ringleiding")])
    one, other = "een speeltuin met ringleiding", "onze speeltuin heeft een ringleiding"
    shared = likeness(analyse(one), analyse(other), rarity=rarity).shared
    assert shared[0].said == "ringleiding"


def test_a_collection_makes_a_difference_and_none_is_the_language():
    assert Rarity.of([]).telling(analyse("rolstoel").found[0]) == Rarity().telling(analyse("rolstoel").found[0])


def test_sums_do_not_hang_on_the_order_in_which_words_stand():
    words = ASK.rstrip(".").split()
    assert points(" ".join(words), OFFER) == points(" ".join(reversed(words)), OFFER)


@settings(deadline=None)
@given(st.sampled_from(TEXTS), st.sampled_from(TEXTS))
def test_it_is_the_same_both_ways(one, other):
    rarity = Rarity.of(analyse(text) for text in TEXTS[:20])
    there, back = (likeness(analyse(a), analyse(b), rarity=rarity) for a, b in ((one, other), (other, one)))
    assert there.points == back.points
    assert [(each.term, each.said, each.weight) for each in there.shared] == [
        (each.term, each.said, each.weight) for each in back.shared
    ]
    assert 0 <= there.points <= 100
    assert bool(there.points) == bool(there.shared)


@settings(deadline=None)
@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(one, other):
    assert points(one, other) == points(other, one)
    assert 0 <= points(one, other) <= 100

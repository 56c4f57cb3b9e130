"""Stems and compounds: the cases that people name; how good they are on many is in ``test_worth``."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.language.analysis.compounds import parts_of, root
from meedoen.language.analysis.stems import LONGEST, stem
from meedoen.language.analysis.tokens import word_of


@pytest.mark.parametrize(
    "forms",
    [
        "huis huizen huisje huisjes",
        "toegankelijk toegankelijke toegankelijkheid",
        "helpen hielp geholpen helpt",
        "aanpassen aangepast aangepaste",
        "raadslid raadsleden",
        "gemeente gemeenten gemeentelijke",
        "overheid overheden",
    ],
)
def test_forms_of_a_word_have_one_stem(forms):
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gemeente", "gemeenschap"),
        ("waarheid", "waar"),
        ("overheid", "over"),
        ("stad", "staat"),
        ("boom", "bommen"),
        ("persoon", "persoonlijk"),
    ],
)
def test_other_words_have_other_stems(one, other):
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("drempelvrij", ("drempel", "vrij")),
        ("toegankelijkheidsverklaring", ("toegankelijkheid", "verklaring")),
        ("gehandicaptenparkeerplaats", ("gehandicapten", "parkeer", "plaats")),
        ("stembureaus", ("stem", "bureaus")),
        ("ervaringsdeskundigen", ("ervaring", "deskundigen")),
        ("gemeenteraadsverkiezingen", ("gemeente", "raad", "verkiezingen")),
        ("kinderen", ()),
        ("gemeente", ()),
        ("beperking", ()),
        ("belangrijk", ()),
        ("kantoor", ()),
        ("rolstoel", ()),
        ("x" * (LONGEST + 1), ()),
        ("", ()),
    ],
)
def test_compounds_come_apart_and_others_do_not(word, parts):
    assert parts_of(word) == parts


def test_the_root_of_a_compound_is_that_of_its_last_word():
    assert root("gehandicaptenparkeerplaatsen") == root("gehandicaptenparkeerplaats")
    assert root("stembureautje") == root("stembureaus") == "stembureau"


@given(st.text(alphabet="abdeghijklmnoprstuvwz", max_size=60))
def test_any_word_has_a_stem_and_parts_that_stand_in_it(word):
    assert len(stem(word)) <= len(word) + 3
    at = 0
    for part in parts_of(word):
        at = word.index(part, at) + len(part)
    assert len(parts_of(word)) != 1


@given(st.text())
def test_any_text_at_all_is_taken(text):
    word = word_of(text)
    assert len(root(word)) <= len(word) + 3

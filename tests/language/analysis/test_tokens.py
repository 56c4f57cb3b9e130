"""Tokens: what is a word, how it is folded, and where it stands in the text."""

import itertools
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.language.analysis.tokens import LONGEST_TOKEN, tokens_of, word_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Toegankelijke stembureau's!", ["toegankelijke", "stembureaus"]),
        ("LIA’s en foto's", ["lias", "en", "fotos"]),
        ("VN-verdrag", ["vnverdrag"]),
        ("e-mail, E-mail en email", ["email", "email", "en", "email"]),
        ("'s-Hertogenbosch", ["shertogenbosch"]),
        ("café cafe\u0301 CAFÉ", ["cafe", "cafe", "cafe"]),
        ("coördinator cliënt", ["coordinator", "client"]),
        ("om 14.00 uur, 1.000 mensen, 2,5 km", ["om", "14.00", "uur", "1000", "mensen", "2,5", "km"]),
        ("B1-niveau 24/7 m²", ["b1niveau", "24", "7", "m2"]),
        ("zacht\u00adafbreken nul\u200bbreed", ["zachtafbreken", "nulbreed"]),
        ("een_twee", ["een", "twee"]),
        ("-- ' ’ 😀 … \u0301", []),
        ("", []),
        ("שלום עולם", ["שלום", "עולם"]),
        ("B. en W.", ["b", "en", "w"]),
    ],
)
def test_words_are_found_and_folded(text, words):
    assert [token.word for token in tokens_of(text)] == words


def test_what_stands_between_hyphens_is_known_too():
    assert [token.pieces for token in tokens_of("VN-verdrag LIA's Wmo-raad")] == [
        ("vn", "verdrag"),
        (),
        ("wmo", "raad"),
    ]


def test_a_token_knows_its_place():
    text = "  De LIA’s (café) staan – er."
    assert [text[token.start : token.end] for token in tokens_of(text)] == ["De", "LIA’s", "café", "staan", "er"]


HOSTILE = {
    "one letter": "a" * 10_000,
    "hyphens": "a-" * 5_000,
    "apostrophes": "'a’" * 3_300,
    "marks": "e" + "\u0301" * 9_999,
    "letters under marks": ("a" + "\u0301" * 9) * 1_000,
    "emoji": "👩\u200d🦽" * 3_300,
    "right to left": "\u202eשלום\u202c " * 1_400,
    "digits": "1." * 5_000,
    "unseen": "a\u200b" * 5_000,
    "ligatures": "ﷺ" * 10_000,
    "joined words": "rolstoel" * 1_250,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_bounded(text):
    started = time.process_time()
    tokens = list(tokens_of(text))
    assert all(len(token.word) <= LONGEST_TOKEN for token in tokens)
    assert time.process_time() - started < 5  # it takes some thousandths; what grows by its square takes minutes


@given(st.text())
def test_any_text_has_tokens_in_its_order(text):
    tokens = list(tokens_of(text))
    assert all(token.word and text[token.start : token.end] for token in tokens)
    assert all(before.end <= after.start for before, after in itertools.pairwise(tokens))


@given(st.text())
def test_folding_twice_is_folding_once(text):
    for token in tokens_of(text):
        assert word_of(token.word) == token.word


@given(st.text(alphabet="abcdeéïöüç '-", max_size=40))
def test_how_accents_are_stored_makes_no_difference(text):
    composed, apart = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert [token.word for token in tokens_of(composed)] == [token.word for token in tokens_of(apart)]

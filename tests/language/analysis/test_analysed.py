"""A text as terms: words, what is inside them, what they mean, and what is meant by a misspelt one."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.language.analysis.test_tokens import HOSTILE

from meedoen.language.analysis import Kind, Meanings, analyse, shipped, terms_of
from meedoen.language.analysis.analysed import MAX_GUESSED, MAX_READ
from meedoen.terms.records import read_terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("LIA", "Lokale Inclusie Agenda"),
        ("LIA's", "inclusieagenda"),
        ("VN-verdrag", "CRPD"),
        ("IVRPH", "verdrag handicap"),
        ("teksttolk", "schrijftolk"),
        ("gehandicapten", "mensen met een beperking"),
        ("mensen met een handicap", "mindervaliden"),
        ("drempel", "drempelvrij"),
        ("verklaring", "toegankelijkheidsverklaring"),
        ("toegankelijk", "toegankelijkheidsverklaring"),
        ("parkeerplaats", "gehandicaptenparkeerplaats"),
        ("speelplaats", "kinderspeeltuin"),
        ("accessible", "toegankelijkheid"),
        ("sign language", "Nederlandse Gebarentaal"),
        ("polling station", "stembureau's"),
        ("wheelchair", "rolstoelen"),
        ("B en W", "college van burgemeester en wethouders"),
        ("toegangkelijkheid", "toegankelijk"),
        ("stemburo", "stemlokaal"),
        ("VN verdrag", "VN-verdrag Handicap"),
    ],
)
def test_these_find_each_other(one, other):
    assert terms_of(one).keys() & terms_of(other).keys()


@pytest.mark.parametrize(
    ("one", "other"),
    [("gemeente", "gemeenschap"), ("kinderen", "beperking"), ("stoep", "stoel"), ("de", "het"), ("kantoor", "oor")],
)
def test_these_do_not(one, other):
    assert not terms_of(one).keys() & terms_of(other).keys()


def test_words_that_only_belong_together_are_told_apart_from_those_that_mean_the_same():
    doof, loop = terms_of("doof"), terms_of("ringleiding")
    assert {kind for term, kind in doof.items() if term in loop} == {Kind.RELATED}


def test_a_term_knows_where_it_stands():
    text = "Onze LIA’s gaan over toegankelijke stembureaus."
    said = {(found.term, text[found.start : found.end]) for found in analyse(text).found}
    assert {("lia", "LIA’s"), ("stembureau", "stembureaus"), ("stem", "stembureaus")} <= said


def test_a_phrase_takes_the_place_of_all_its_words():
    text = "Dit is voor mensen met een beperking bedoeld."
    places = [text[each.start : each.end] for each in analyse(text).found if each.kind is Kind.MEANING]
    assert "mensen met een beperking" in places


def test_what_the_team_keeps_is_handed_in():
    assert not terms_of("samenspeelbos").keys() & terms_of("speeldorado").keys()
    ours = shipped().with_more([("speeldorado", "samenspeelbos", "bos om samen te spelen")])
    assert terms_of("samenspeelbos", meanings=ours).keys() & terms_of("speeldorado", meanings=ours).keys()
    assert terms_of("LIA", meanings=ours) == terms_of("LIA")
    assert not terms_of("samenspeelbos").keys() & terms_of("speeldorado").keys()  # what is shipped stays as it was


def test_a_group_that_begins_with_a_known_phrase_grows_it():
    ours = shipped().with_more([("LIA", "meedoenplan")])
    assert terms_of("meedoenplan", meanings=ours).keys() & terms_of("Lokale Inclusie Agenda").keys()


def test_the_words_that_the_team_explains_can_be_handed_in_as_they_are_kept():
    terms = [(term.word, *filter(None, term.forms.split("|"))) for term in read_terms()]
    ours = shipped().with_more(terms)
    several = [forms for forms in terms if len(forms) > 1]
    assert len(several) >= 20
    for word, *forms in several:
        for form in forms:
            assert terms_of(word, meanings=ours).keys() & terms_of(form, meanings=ours).keys(), (word, form)


def test_without_meanings_only_words_are_left():
    assert set(terms_of("LIA", meanings=Meanings.of([])).values()) == {Kind.WORD}


def test_names_and_words_that_are_known_are_not_guessed_at():
    assert Kind.GUESS not in terms_of("gemeentes").values()
    assert Kind.GUESS not in terms_of("bus").values()
    assert Kind.GUESS not in terms_of("accessible").values()
    assert Kind.GUESS not in terms_of("meelezen").values()
    assert Kind.GUESS in {each.kind for each in analyse("Wij horen graag van Toegangkelijk. Toegangkelijk?").found}
    assert Kind.GUESS not in {each.kind for each in analyse("Vraag het aan Wilbertine").found}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_bounded(text):
    started = time.process_time()
    found = analyse(text).found
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert time.process_time() - started < 5


def test_noise_is_guessed_at_no_more_than_so_often_and_the_rest_of_a_long_text_not_read():
    noise = " ".join(f"qz{chr(97 + number // 26 % 26)}{chr(97 + number % 26)}xvk" for number in range(MAX_GUESSED * 2))
    guessed = {noise[each.start : each.end] for each in analyse(noise).found if each.kind is Kind.GUESS}
    assert len(guessed) <= MAX_GUESSED
    assert analyse("woord " * MAX_READ).found[-1].end <= MAX_READ


@settings(deadline=None)
@given(st.text())
def test_any_text_is_analysed_the_same_each_time(text):
    assert analyse(text).found == analyse(text).found


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "LIA",
                "mensen",
                "met",
                "een",
                "beperking",
                "stembureau's",
                "accessible",
                "😀",
                "de",
                "toegangkelijk",
                "2024",
            ]
        )
    )
)
def test_words_in_any_order(words):
    text = " ".join(words)
    assert all(text[each.start : each.end].strip() for each in analyse(text).found)

import re
import time
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.language import lists, plain
from meedoen.language.plain import Kind, Remark, judge


def test_a_plain_text_has_nothing_to_say_about():
    verdict = judge("Stel een vraag\nJe vraag staat op het forum. Anderen kunnen nu antwoorden.")
    assert verdict == plain.Verdict(
        sentence_count=3,
        word_count=13,
        syllable_count=19,
        longest_sentence=6,
        long_word_count=0,
        passive_count=0,
        remarks=(),
    )
    assert verdict.is_plain
    assert verdict.words_per_sentence == pytest.approx(13 / 3)
    assert verdict.reading_ease == pytest.approx(206.84 - 0.93 * 13 / 3 - 77 * 19 / 13)


def test_an_empty_text_is_plain():
    assert (judge("").is_plain, judge("").words_per_sentence, judge("…").reading_ease) == (True, 0.0, 100.0)


def test_a_sentence_may_have_twenty_words_and_no_more():
    twenty = "Dit is een zin van " + "en " * 14 + "meer."
    assert judge(twenty).remarks == ()
    longer = twenty.replace("meer", "nog meer")
    assert judge(longer).remarks == (Remark(Kind.LONG_SENTENCE, longer, "21 > 20"),)


@pytest.mark.parametrize(
    ("text", "found", "instead"),
    [
        ("Wij informeren je thans.", ["informeren", "thans"], ["vertellen", "nu"]),
        ("Dit is D.w.z. niet goed.", ["D.w.z"], ["dat betekent"]),
        ("Met betrekking tot je vraag.", ["Met betrekking tot"], ["over"]),
        ("Ten behoeve van iedereen.", ["Ten behoeve van"], ["voor"]),
        ("In het kader van de proef", ["In het kader van"], ["voor"]),
    ],
)
def test_jargon_comes_with_an_everyday_word(text, found, instead):
    remarks = [remark for remark in judge(text).remarks if remark.kind is Kind.JARGON]
    assert [remark.where for remark in remarks] == found
    assert [remark.instead for remark in remarks] == instead


def test_words_that_hold_jargon_are_not_jargon():
    assert judge("De thansen en het middelste indiener.").remarks == ()


def test_many_long_words_in_a_sentence_are_too_many():
    sentence = "De verantwoordelijke organiseert vergaderruimtes."
    assert judge(sentence).remarks == (
        Remark(Kind.LONG_WORDS, sentence, "verantwoordelijke, organiseert, vergaderruimtes"),
    )
    assert judge("Een verantwoordelijke organiseert alles.").remarks == ()


def test_words_the_network_explains_and_addresses_are_not_long():
    text = "Ervaringsdeskundigen, ambtenaren en organisaties: mail toegankelijkheidsverklaring@iedereendoetmee.example."
    assert (judge(text).long_word_count, judge(text).remarks) == (0, ())


def test_a_text_long_enough_to_tell_needs_reading_ease():
    hard = "Gemeenten organiseren samen bijeenkomsten. "
    assert judge(hard * 24).remarks == ()
    assert [remark.kind for remark in judge(hard * 25).remarks] == [Kind.READING_EASE]


def test_passives_are_counted_and_hinted_at():
    passive = "Je vraag wordt door ons beantwoord. Er werd niets gevonden. "
    assert judge(passive).passive_count == 2
    assert judge("Wij antwoorden je. Het wordt warm. Je wordt lid.").passive_count == 0
    assert judge(passive * 12).has_many_passives
    assert not judge(passive).has_many_passives
    assert judge(passive).is_plain


def test_the_jargon_list_is_in_order_and_its_advice_is_not_jargon():
    rows = lists.rows("jargon.csv")
    forms = [form for row in rows for form in row["jargon"].split("|")]
    assert len(forms) == len(set(forms))
    assert [row["jargon"] for row in rows] == sorted(row["jargon"] for row in rows)
    assert [row for row in rows if not row["plain"] or judge(row["plain"]).remarks] == []
    assert max(len(key) for key in lists.jargon()) == lists.LONGEST_ENTRY


@given(st.text())
def test_any_text_gets_the_same_verdict_twice(text):
    assert judge(text) == judge(text)


def test_a_thousand_words_take_no_time():
    text = resources.files("meedoen.language").joinpath("data", "jargon.csv").read_text(encoding="utf-8")
    thousand = " ".join(re.findall(r"\w+", text)[:50] * 20)
    start = time.process_time()
    verdict = judge(thousand)
    took = time.process_time() - start
    assert verdict.word_count == 1000
    assert took < 0.5  # ten times the goal of 50 ms, so that a busy machine does not make it red

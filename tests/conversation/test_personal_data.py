"""What may be somebody's data is found, and what only looks like it is let be."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.conversation.personal_data import Kind, found, is_bsn, sentence


@pytest.mark.parametrize(
    ("text", "finds"),
    [
        ("Bel me op 06 12345678.", [(Kind.PHONE, "06 12345678")]),
        ("06-1234 5678 of 070 555 00 00", [(Kind.PHONE, "06-1234 5678"), (Kind.PHONE, "070 555 00 00")]),
        ("+31 6 1234 5678", [(Kind.PHONE, "+31 6 1234 5678")]),
        ("(020) 555 0000", [(Kind.PHONE, "(020) 555 0000")]),
        ("Mijn BSN is 111222333.", [(Kind.BSN, "111222333")]),
        ("111.222.333", [(Kind.BSN, "111.222.333")]),
        ("Mail ans@voorbeeld.example", [(Kind.EMAIL, "ans@voorbeeld.example")]),
        ("NL91 ABNA 0417 1643 00", [(Kind.IBAN, "NL91 ABNA 0417 1643 00")]),
        ("06 12345678 en nog eens 06 12345678", [(Kind.PHONE, "06 12345678")]),
    ],
)
def test_what_may_be_somebodys_data_is_found(text, finds):
    assert [(find.kind, find.words) for find in found(text)] == finds


@pytest.mark.parametrize(
    "text",
    [
        "Bel 112, 113, 14 070, 0800 1234 of 0900-8844.",
        "In 2021 woonden er 872.757 mensen.",
        "Stb. 2018, 141 en KvK 12345678",
        "Het kost € 123.456.789 in 2030.",
        "Op 10-12-2026 om 14.00 uur",
        "Mail info@gemeente.example of hulp@voorbeeld.example",
        "1000 AB, 2500 CD en 3511 XY",
        "000000000",
        "",
    ],
)
def test_what_only_looks_like_it_is_let_be(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "is_one"), [("111222333", True), ("111222334", False), ("11122233", False), ("1", False)]
)
def test_a_citizen_service_number_passes_its_test_by_eleven(text, is_one):
    assert is_bsn(text) is is_one


@pytest.mark.parametrize("text", ["06 12345678", "111222333", "a@b.example", "NL91 ABNA 0417 1643 00"])
def test_each_find_has_a_sentence_with_the_words(text):
    [find] = found(text)
    assert find.words in sentence(find)


CORPUS = [
    line.split("\t")
    for line in (Path(__file__).parent / "data" / "personal_data.txt").read_text(encoding="utf-8").splitlines()[1:]
]
# The least share of texts in which it is found, and at the end the most of clean texts that are warned about.
SHARES = {"phone": 0.95, "bsn": 0.95, "email": 0.95, "iban": 0.95, "birth": 0.95, "address": 0.8}
MOST_FALSE = 0.02


@pytest.mark.parametrize("half", ["not tuned on", "tuned on"])
def test_enough_is_found_and_little_is_warned_about_in_vain(half):
    lines = CORPUS[0::2] if half == "tuned on" else CORPUS[1::2]
    there, seen, false = Counter(), Counter(), []
    for kind, text in lines:
        kinds = {find.kind.value for find in found(text.replace("\\n", "\n"))}
        there[kind] += 1
        seen[kind] += kind in kinds
        if kind == "-" and kinds:
            false.append(text)
    shares = {kind: seen[kind] / there[kind] for kind in SHARES}
    assert {kind for kind, share in shares.items() if share < SHARES[kind]} == set(), shares
    assert len(false) <= MOST_FALSE * there["-"], false


def test_the_corpus_is_large_enough_to_say_something():
    kinds = Counter(kind for kind, _text in CORPUS)
    assert kinds["-"] >= 250
    assert all(kinds[kind] >= 20 for kind in ("phone", "bsn", "email", "iban", "address"))


@given(st.text(alphabet="0123456789 .-/+()@aNL€", max_size=400))
def test_any_text_is_looked_at(text):
    for find in found(text):
        assert find.words in sentence(find)


@pytest.mark.parametrize("piece", ["0 ", "0-", "06", "NL12", "a.", "A straat ", "1234 AB ", "geboren ", "(0", "€1."])
def test_long_texts_of_one_piece_come_to_an_end(piece):
    found(piece * (10_000 // len(piece)))

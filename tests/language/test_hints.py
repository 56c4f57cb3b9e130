"""The corpus of hints, so that a change in what is said shows in the diff; and what holds for every text."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.conversation.text import own_words
from meedoen.language import hints, lists
from meedoen.language.hints import Hint, Kind, found, sentence

CORPUS = Path(__file__).parent / "data" / "hints.txt"


class Text(NamedTuple):
    """A text of the corpus and the hints that it gets."""

    name: str
    words: str
    marks: list[str]


def texts() -> list[Text]:
    return list(_read())


def _read() -> Iterator[Text]:
    for part in CORPUS.read_text(encoding="utf-8").split("\n=== ")[1:]:
        name, _end, body = part.partition("\n")
        words, *marks = f"\n{body}".split("\n=> ")
        yield Text(name, words.strip("\n"), [mark.strip() for mark in marks])


def marks_of(words: str) -> list[str]:
    return [
        f"{each.kind}: {each.where}{f' → {each.instead}' if each.instead else ''}".rstrip()
        for each in found(own_words(words))
    ]


@pytest.mark.parametrize("text", texts(), ids=lambda text: text.name)
def test_a_text_of_the_corpus_gets_the_hints_that_stand_below_it(text):
    assert marks_of(text.words) == text.marks


def test_the_corpus_is_large_and_plain_texts_get_nothing():
    plain = [text for text in texts() if text.name.startswith("plain")]
    assert len(texts()) - len(plain) >= 40
    assert len(plain) >= 15
    assert [text.name for text in plain if text.marks] == []


def test_a_title_is_read_too_and_makes_no_second_paragraph():
    assert found("Wie weet het?", title="Hoe monitoren wij?") == [Hint(Kind.WORD, "monitoren", "volgen hoe het gaat")]
    wall = "Het is zo. " * 60
    assert found(wall, title="Een titel") == found(wall) == [Hint(Kind.WALL)]


@pytest.mark.parametrize(
    ("hint", "words"),
    [
        (
            Hint(Kind.SENTENCE, "Wij gaan…", "maar we"),
            "Deze zin is lang: ‘Wij gaan…’. Je kunt er twee van maken, bij ‘maar we’.",
        ),
        (Hint(Kind.SENTENCE, "Wij gaan…"), "Deze zin is lang: ‘Wij gaan…’. Misschien kun je er twee van maken."),
        (Hint(Kind.WORD, "conform", "volgens"), "In plaats van ‘conform’ kun je ook schrijven: ‘volgens’."),
        (
            Hint(Kind.ABBREVIATION, "LIA", "Lokale Inclusie Agenda"),
            "Niet iedereen kent ‘LIA’. Schrijf het één keer helemaal: Lokale Inclusie Agenda (LIA).",
        ),
        (
            Hint(Kind.WALL),
            "Je tekst is één lang stuk. Zet er af en toe een lege regel tussen. Dat leest makkelijker.",
        ),
        (
            Hint(Kind.PASSIVE, "Er wordt…"),
            "Soms staat er niet wie iets doet, zoals hier: ‘Er wordt…’. Noem wie het doet, als dat kan.",
        ),
    ],
)
def test_a_hint_in_words(hint, words):
    assert sentence(hint) == words


def test_what_is_hinted_is_quoted_from_the_text_and_short():
    text = "Wij gaan " + "naar " * 30 + "x" * 500 + " en wij implementeren dit."
    assert [(each.kind, len(each.where) <= 61) for each in found(text)] == [(Kind.SENTENCE, True), (Kind.WORD, True)]


def test_a_sentence_that_is_copied_is_named_once():
    long = "Wij gaan " + "naar " * 30 + "huis."
    assert found(f"{long}\n\n{long}") == found(long)


def test_the_lists_hold_enough_and_each_spelling_once():
    assert sum(row["only"] != "ours" for row in lists.rows("jargon.csv")) >= 150
    spellings = [form for row in lists.rows("abbreviations.csv") for form in row["short"].split("|")]
    assert len(spellings) == len(set(spellings)) == len(lists.abbreviations())
    assert all(row["words"] for row in lists.rows("abbreviations.csv"))
    assert {row["only"] for row in lists.rows("jargon.csv")} == {"", "ours"}


HOSTILE = {
    "short forms": "nr. 1 art. 2 ",
    "quotation marks": "“ ' ‘ \" „ « ",
    "quoted words": "'a' \"b\" ‘c’ ",
    "brackets": "( LIA (  Wmo ( ",
    "line ends": "\n \n",
    "jargon": "ten behoeve van ten aanzien van ",
    "unseen": "\u200b\u202e\ufeff",
    "dots": "... !!! ??? ",
    "long words": "a" * 500 + " ",
    "commas": "wij, maar we, en we, ",
    "capitals": "Van Der ",
    "marks": "a-b_c.d'e/",
}


@pytest.mark.parametrize("part", HOSTILE.values(), ids=HOSTILE)
def test_work_grows_with_the_text_and_ends(part):
    """Counted in lines of Python run, so that a busy machine does not make it red."""
    short, long = (part * (size // len(part)) for size in (4_000, 16_000))
    assert lines_run(long) <= 6 * lines_run(short)
    hundred_thousand = part * (100_000 // len(part))
    assert found(hundred_thousand) == found(hundred_thousand[: hints.MAX_READ])


def lines_run(text: str) -> int:
    count = 0

    def trace(frame, event, argument):
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        found(text)
    finally:
        sys.settrace(before)
    return count


@given(st.text(), st.text())
def test_any_text_gets_the_same_few_hints_twice(text, title):
    first = found(text, title=title)
    assert first == found(text, title=title)
    assert len(first) <= hints.MAX_HINTS
    assert len(set(first)) == len(first)
    assert all(sentence(each) for each in first)


@given(st.lists(st.sampled_from([*(text.words for text in texts()), "> ", "\n\n", "- ", "`", "“", "(", "\n"])))
def test_any_heap_of_the_corpus_gets_at_most_five(parts):
    found_there = found(own_words("".join(parts)))
    assert len(set(found_there)) == len(found_there) <= hints.MAX_HINTS
    assert [list(Kind).index(each.kind) for each in found_there] == sorted(
        list(Kind).index(each.kind) for each in found_there
    )

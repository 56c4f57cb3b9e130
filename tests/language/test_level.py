"""The language level: the formula is the one that the labelled texts give, and what it is worth is what the paper says."""

import re
from pathlib import Path

import pytest
from tests.language import fitting

from meedoen.language import level
from meedoen.language.level import Level, Measures, estimate, estimate_at, estimate_of
from meedoen.language.plain import judge

ROOT = Path(__file__).resolve().parents[2]
NEWS = ROOT / "src" / "meedoen" / "library" / "data" / "news"
TEXTS = fitting.labelled_texts()


def test_the_set_has_every_subject_at_every_level():
    subjects = {each.subject for each in TEXTS}
    assert len(TEXTS) == 64
    assert {(each.subject, each.level) for each in TEXTS} == {(subject, each) for subject in subjects for each in Level}
    assert all(80 <= len(each.text.split()) <= 200 for each in TEXTS)


def test_the_formula_is_what_the_texts_give():
    weights = [level.BASE, level.A_WORD_A_SENTENCE, level.A_SYLLABLE_A_WORD, level.ALL_UNCOMMON]
    assert [round(weight, 2) for weight in fitting.fit(TEXTS)] == weights


def test_what_it_is_worth_on_subjects_left_out_is_what_the_paper_says():
    report = fitting.report(TEXTS)
    assert round(report.spread, 2) == level.SPREAD
    assert report.within_one == report.total
    assert report.right >= 0.9 * report.total
    assert fitting.in_words(TEXTS) in (ROOT / "docs" / "plain-dutch.md").read_text(encoding="utf-8")


def news(*, is_easy):
    """The starting news, that others wrote: as people read it."""
    for path in sorted(NEWS.glob("*.md")):
        body, _, easy = path.read_text(encoding="utf-8").partition("\n---\n")[2].partition("\n--- makkelijk ---\n")
        text = re.sub(r"\]\([^)]*\)|[\[*#]", "", easy if is_easy else body)
        if len(text.split()) >= level.MIN_WORDS:
            yield text


def test_the_news_comes_out_as_it_was_meant():
    assert {estimate(text).level for text in news(is_easy=False)} == {Level.B1}
    easy = [estimate(text) for text in news(is_easy=True)]
    assert len(easy) >= 8
    assert all(Level.A2 in (each.level, each.other) for each in easy if each.score < 1.8)
    assert {each.level for each in easy} <= {Level.A2, Level.B1}


@pytest.mark.parametrize(
    ("score", "words", "said"),
    [
        (0.2, 115, "ongeveer A2, of makkelijker"),
        (1.1, 115, "ongeveer A2, of makkelijker"),
        (1.3, 115, "ongeveer A2, kan ook B1 zijn"),
        (1.7, 115, "ongeveer B1, kan ook A2 zijn"),
        (2.1, 115, "ongeveer B1"),
        (2.4, 115, "ongeveer B1, kan ook B2 zijn"),
        (3.0, 115, "ongeveer B2"),
        (9.9, 115, "ongeveer C1, of moeilijker"),
        (2.1, 50, "ongeveer B1, kan ook B2 zijn"),  # a short text says less
        (2.1, 5000, "ongeveer B1"),  # a long one no more than those it was fitted on
    ],
)
def test_it_says_how_sure_it_is(score, words, said):
    assert estimate_at(score, words).words == said
    assert judge(said).is_plain


def test_a_short_text_gets_no_level():
    assert estimate("Dit is kort.") is None
    assert estimate("") is None
    assert estimate("Dit is kort. " * 16) is None
    assert estimate("Dit is kort. " * 17).level is Level.A2


def test_who_forgets_full_stops_is_not_called_harder_without_end():
    once = Measures(level.MAX_SENTENCE, 1.3, 0.05, 200)
    assert estimate_of(Measures(400.0, 1.3, 0.05, 400)).score == estimate_of(once).score


def test_names_are_never_uncommon():
    assert level.measures("Wij gingen naar Xyzzystad en naar huis.").uncommon_part == 0
    assert level.measures("Wij gingen naar xyzzystad en naar huis.").uncommon_part == 1 / 7


def test_the_same_text_gets_the_same_level():
    text = TEXTS[40].text
    assert estimate(text) == estimate(text)

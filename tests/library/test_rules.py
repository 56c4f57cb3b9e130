"""The rules of the news: tables of cases, no database."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.library import rules
from meedoen.library.rules import ArticleKey, Reading

NOW = datetime.datetime(2026, 11, 23, 12, 0, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)


@pytest.mark.parametrize(
    ("published_at", "may"),
    [(None, False), (NOW - MINUTE, True), (NOW, True), (NOW + MINUTE, False)],
)
def test_an_article_is_for_everybody_from_its_moment(published_at, may):
    assert rules.may_be_read(published_at, NOW) is may


@pytest.mark.parametrize(
    ("asked", "easy_first", "has_easy", "shown"),
    [
        ("", False, True, Reading.PLAIN),
        ("", True, True, Reading.EASY),
        ("", True, False, Reading.PLAIN),
        ("makkelijk", False, True, Reading.EASY),
        ("makkelijk", False, False, Reading.PLAIN),
        ("gewoon", True, True, Reading.PLAIN),
    ],
)
def test_the_address_decides_and_else_the_preference(asked, easy_first, has_easy, shown):
    assert rules.reading_shown(asked, easy_first=easy_first, has_easy=has_easy) is shown


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (1, 1), (150, 1), (151, 2), (300, 2), (301, 3)])
def test_reading_takes_a_minute_for_each_150_words(words, minutes):
    assert rules.reading_minutes("woord " * words) == minutes


@pytest.mark.parametrize(
    ("partial", "day"),
    [
        ("2020-08-31", datetime.date(2020, 8, 31)),
        ("2020-08", datetime.date(2020, 8, 1)),
        ("2020", datetime.date(2020, 1, 1)),
    ],
)
def test_a_date_known_in_part_stands_under_its_first_day(partial, day):
    assert rules.first_day(partial) == day


@pytest.mark.parametrize(
    ("partial", "words"),
    [
        ("", ""),
        ("2020-08-31", "op 31 augustus 2020"),
        ("2021-10", "in oktober 2021"),
        ("2023", "in 2023"),
    ],
)
def test_what_happened_has_its_preposition(partial, words):
    assert rules.happened_words(partial) == words


@pytest.mark.parametrize("partial", ["", "20", "2020-8", "2020-13", "2020-02-30", "2020-08-31T12", "zomer 2020"])
def test_what_is_no_date_is_refused(partial):
    with pytest.raises(ValueError, match=r".+"):
        rules.first_day(partial)


@given(st.dates(), st.integers(min_value=0, max_value=10**15 - 1))
def test_a_key_survives_its_address(day, number):
    assert ArticleKey.parse(str(ArticleKey(day, number))) == ArticleKey(day, number)


@given(st.text(max_size=40))
def test_any_text_is_a_key_or_refused(text):
    try:
        key = ArticleKey.parse(text)
    except ValueError:
        return
    assert isinstance(key.dated_on, datetime.date)

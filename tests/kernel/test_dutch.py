"""Dates, numbers and lists in Dutch."""

import datetime

import pytest

from meedoen.kernel import dutch

UTC = datetime.UTC


def test_a_date_is_said_in_full():
    assert dutch.date_words(datetime.date(2026, 12, 3)) == "donderdag 3 december 2026"
    assert dutch.date_words(datetime.date(2026, 12, 3), weekday=False) == "3 december 2026"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime.datetime(2026, 12, 3, 13, 0, tzinfo=UTC), "donderdag 3 december 2026, 14.00 uur"),
        (datetime.datetime(2026, 7, 1, 22, 30, tzinfo=UTC), "donderdag 2 juli 2026, 00.30 uur"),
        (datetime.datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "zondag 29 maart 2026, 03.00 uur"),
        (datetime.datetime(2026, 10, 25, 1, 0, tzinfo=UTC), "zondag 25 oktober 2026, 02.00 uur"),
    ],
)
def test_a_moment_is_said_in_the_time_of_the_netherlands(moment, words):
    assert dutch.datetime_words(moment) == words
    assert words.endswith(f", {dutch.time_words(moment)}")


@pytest.mark.parametrize(
    ("partial", "words"),
    [("2020", "2020"), ("2020-02", "februari 2020"), ("2019-09-12", "12 september 2019")],
)
def test_a_partial_date_says_no_more_than_is_known(partial, words):
    assert dutch.partial_date_words(partial) == words


@pytest.mark.parametrize("wrong", ["", "onbekend", "2020-13", "2020-02-31", "2020-1-1-1-1-1-1"])
def test_what_is_no_date_is_refused(wrong):
    with pytest.raises(ValueError, match=r".*"):
        dutch.partial_date_words(wrong)


@pytest.mark.parametrize(
    ("value", "words"), [(0, "0"), (999, "999"), (43000, "43.000"), (17475415, "17.475.415"), (1234.5, "1.234,5")]
)
def test_numbers(value, words):
    assert dutch.number(value) == words


def test_counts_and_lists():
    assert [dutch.count(n, "gemeente", "gemeenten") for n in (0, 1, 2)] == ["0 gemeenten", "1 gemeente", "2 gemeenten"]
    assert [dutch.join(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a en b", "a, b en c"]


@pytest.mark.parametrize(
    ("begin", "end", "words"),
    [
        ("2026-12-03T13:00", "2026-12-03T15:30", "donderdag 3 december 2026, 14.00 tot 16.30 uur"),
        ("2026-12-03T21:00", "2026-12-04T00:00", "donderdag 3 december 2026, 22.00 uur tot vrijdag 4 december 2026, 01.00 uur"),
        ("2026-10-24T23:00", "2026-10-25T01:30", "zondag 25 oktober 2026, 01.00 tot 02.30 uur (die nacht gaat de klok een uur terug)"),
        ("2026-03-29T00:30", "2026-03-29T01:30", "zondag 29 maart 2026, 01.30 tot 03.30 uur (die nacht gaat de klok een uur vooruit)"),
    ],
)  # fmt: skip
def test_a_period_says_its_day_once_and_that_the_clock_changes(begin, end, words):
    moments = [datetime.datetime.fromisoformat(f"{text}+00:00") for text in (begin, end)]
    assert dutch.period_words(*moments) == words

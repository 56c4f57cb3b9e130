"""When a letter is made and goes, also when the clock changes; what it tells; what an answer to it says."""

from datetime import UTC, date, datetime, timedelta

import pytest

from meedoen.newsletter import rules


def moment(text):
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "made", "day"),
    [
        ("2026-11-30T08:59+01:00", "2026-11-23T09:00+01:00", date(2026, 11, 24)),
        ("2026-11-30T09:00+01:00", "2026-11-30T09:00+01:00", date(2026, 12, 1)),
        ("2026-12-06T23:59+01:00", "2026-11-30T09:00+01:00", date(2026, 12, 1)),
        # The clock goes back on Sunday 25 October 2026 and forward on Sunday 28 March 2027.
        ("2026-10-26T08:59+01:00", "2026-10-19T09:00+02:00", date(2026, 10, 20)),
        ("2026-10-26T09:00+01:00", "2026-10-26T09:00+01:00", date(2026, 10, 27)),
        ("2027-03-29T08:59+02:00", "2027-03-22T09:00+01:00", date(2027, 3, 23)),
        ("2027-03-29T09:00+02:00", "2027-03-29T09:00+02:00", date(2027, 3, 30)),
    ],
)
def test_a_letter_is_made_on_monday_morning_in_the_netherlands(now, made, day):
    found = rules.last_made(moment(now))

    assert (found, rules.day_of(found)) == (moment(made), day)


@pytest.mark.parametrize(
    ("now", "sends"),
    [
        ("2026-11-30T09:01+01:00", "2026-12-01T09:00+01:00"),
        ("2026-11-30T13:00+01:00", "2026-12-01T09:00+01:00"),
        ("2026-11-30T13:01+01:00", "2026-12-02T09:00+01:00"),
        ("2026-12-03T08:00+01:00", "2026-12-04T09:00+01:00"),
    ],
)
def test_the_team_has_most_of_a_day_to_look(now, sends):
    made = moment("2026-11-30T09:00+01:00")

    assert rules.sends_at(made, now=moment(now)) == moment(sends)


def test_a_letter_that_is_much_too_late_is_left_to_the_next_week():
    made = moment("2026-11-30T09:00+01:00")

    assert [
        rules.may_be_made(made, now=made + wait)
        for wait in (timedelta(0), rules.MADE_WITHIN - timedelta(seconds=1), rules.MADE_WITHIN)
    ] == [True, True, False]


@pytest.mark.parametrize(
    ("until", "since"),
    [
        (None, "2026-11-23T09:00+01:00"),
        ("2026-11-16T09:00+01:00", "2026-11-16T09:00+01:00"),
        ("2026-01-05T09:00+01:00", "2026-11-02T09:00+01:00"),
    ],
)
def test_a_letter_tells_from_where_the_last_one_ended(until, since):
    made = moment("2026-11-30T09:00+01:00")

    assert rules.since(made, moment(until) if until else None) == moment(since)


@pytest.mark.parametrize(
    ("text", "number", "words"),
    [
        ("1: Dit doen wij ook.", 1, "Dit doen wij ook."),
        ("  12) Mooi!\nEcht.", 12, "Mooi!\nEcht."),
        ("Nummer 3. Ja.", 3, "Ja."),
        ("nr 3 - Ja.", 3, "Ja."),
        ("2026: een mooi jaar", 0, "2026: een mooi jaar"),
        ("1 van ons doet dit ook", 0, "1 van ons doet dit ook"),
        ("Dit doen wij ook.", 0, "Dit doen wij ook."),
        ("1:", 1, ""),
        ("", 0, ""),
    ],
)
def test_the_number_with_which_an_answer_begins(text, number, words):
    assert rules.number_in(text) == (number, words)


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026-12-01", date(2026, 12, 1)), ("20261201", None), ("2026-13-01", None), ("mijn", None), ("٢٠٢٦-12-01", None)],
)
def test_the_day_in_an_address(text, day):
    assert rules.day_in(text) == day


EASY, ORDINARY, PLAIN, LAID_OUT = {"is_easy": True}, {"is_easy": False}, {"is_plain": True}, {"is_plain": False}


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Graag in makkelijke taal, en als platte tekst.", EASY | PLAIN),
        ("gewone taal", ORDINARY),
        ("Ook graag met opmaak", LAID_OUT),
        ("Platte tekst\nMakkelijke taal", EASY | PLAIN),
        ("Gewoon.", ORDINARY | LAID_OUT),
        ("geen platte tekst", {}),
        ("Ik wil geen makkelijke taal meer", {}),
        ("stop met makkelijke taal", {}),
        ("Fijn, die makkelijke taal!", {}),
        ("Wat is platte tekst?", {}),
        ("gemakkelijke taal", {}),
        ("platte teksten", {}),
        ("makkelijke taal, gewone taal", {}),
        ("graag", {}),
        ("", {}),
    ],
)
def test_a_way_is_said_by_nothing_else(text, way):
    assert rules.way_said(text) == way

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
        ("2.500 euro is te weinig", 0, "2.500 euro is te weinig"),
        ("10:30 uur is te vroeg", 0, "10:30 uur is te vroeg"),
        ("12-12 is prima", 0, "12-12 is prima"),
        ("1: 500 euro is te weinig", 1, "500 euro is te weinig"),
        ("2.Ja", 2, "Ja"),
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


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("", ""),
        ("Nieuwsbrief", ""),
        ("Aanmelden nieuwsbrief", ""),
        ("Hallo", "Ja"),
        ("", "Ja graag, in makkelijke taal!"),
        ("", "Ik wil de nieuwsbrief ook graag."),
        ("", "Stuur mij de nieuwsbrief in makkelijke taal."),
        ("", "Ik ben Anja en zou jullie nieuwsbrief graag ontvangen."),
        ("", "Kunnen jullie mij aanmelden voor de nieuwsbrief?"),
        ("", "Meld mij voor de nieuwsbrief aan."),
        ("", "Graag meld ik mij aan voor de nieuwsbrief."),
        ("", "Hierbij meld ik me aan"),
        ("", "Hierbij schrijf ik mij in"),
        ("", "Hallo, graag ontvang ik de nieuwsbrief."),
        ("", "Ik ontvang graag uw wekelijkse nieuwsbrief"),
        ("", "Kunt u mij de nieuwsbrief sturen?"),
        ("", "Kunnen jullie ons ook de nieuwsbrief mailen?"),
        ("", "Mag ik de nieuwsbrief?"),
        ("", "Mag ik de nieuwsbrief hebben?"),
        ("", "abonneren"),
        ("", "Aanmelden\n\nTruus Jansen"),
        ("Aanmelden", "Truus Jansen"),
        ("", "ik zou graag op de lijst willen"),
        ("", "Mag ik op jullie mailinglijst?"),
        ("", "Zet mij op de verzendlijst aub"),
        ("subscribe", ""),
    ],
)
def test_what_surely_asks_for_the_letter(subject, text):
    assert rules.asks_for_it(subject, text)


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Nieuwsbrief", "Haal me van de lijst"),
        ("Nieuwsbrief", "Verwijder me uit de lijst"),
        ("Nieuwsbrief", "Mag ik eraf?"),
        ("Nieuwsbrief", "Ik wil van de nieuwsbrief af"),
        ("Uitschrijven", ""),
        ("Haal me van de lijst", ""),
        ("Uitschrijven", "Graag!"),
        ("Nieuwsbrief", "Waarom krijg ik dit?"),
        ("Vraag over de nieuwsbrief", ""),
        ("", "Ik heb een vraag over de nieuwsbrief van gisteren."),
        ("", "Graag zou ik weten wie dit schrijft."),
        ("", "Ik vind de nieuwsbrief te lang om te lezen"),
        ("", "Graag krijg ik een reactie op de nieuwsbrief"),
        ("", "Graag ontvang ik de nieuwsbrief op een ander adres"),
        ("", "Ik krijg graag de nieuwsbrief van vorige week"),
        ("", "Ik krijg de nieuwsbrief al"),
        ("", "Graag ontvang ik de nieuwsbrief niet meer"),
        ("", "Kunt u mij de nieuwsbrief niet meer sturen?"),
        ("", "Wilt u de nieuwsbrief makkelijker schrijven?"),
        ("", "Mag ik iets over de nieuwsbrief vragen?"),
        ("", "Mag ik de nieuwsbrief doorsturen?"),
        ("", "Hierbij meld ik mij aan voor de bijeenkomst van donderdag"),
        ("", "Hierbij meld ik mij af"),
        ("unsubscribe", ""),
        ("", "Ik sta op de lijst"),
        ("", "Haal mij van jullie mailinglijst"),
        ("", "Aanmelden\nBijeenkomst Zeist"),
        ("Bijeenkomst in Zeist", "Aanmelden"),
        ("", "Niet Meer"),
    ],
)
def test_what_does_not_is_asked_back(subject, text):
    assert not rules.asks_for_it(subject, text)

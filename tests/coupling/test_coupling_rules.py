"""Who may bring an ask or an offer where, and what is taken from a mail."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.coupling import rules
from meedoen.coupling.rules import Mover, State


def test_who_may_bring_it_where():
    found = {
        (was.value, to.value, by.value, moved_by.value)
        for was, to, by, moved_by in product(State, State, Mover, Mover)
        if rules.may_move(was, to, by=by, moved_by=moved_by)
    }
    anyhow = {("stands", "withdrawn", "owner"), ("stands", "withdrawn", "team"), ("stands", "handled", "team")}
    anyhow |= {("handled", "withdrawn", "owner"), ("handled", "stands", "team")}
    each = {(*move, mover) for move in anyhow for mover in ("owner", "team")}
    assert found == each | {("withdrawn", "stands", "owner", "owner"), ("withdrawn", "stands", "team", "team")}


@pytest.mark.parametrize(
    ("mail", "words"),
    [
        ("Hallo,\r\n\r\nKan ik iets leren?\r\n-- \r\nBram\r\nGemeente", "Kan ik iets leren?"),
        ("Beste mensen van het team,\nMijn vraag", "Mijn vraag"),
        ("Hallo,", "Hallo,"),
        ("Dag van de ouderen\nWie doet mee?", "Dag van de ouderen\nWie doet mee?"),
        ("> Jullie schreven\n>> dit\nMijn vraag", "Mijn vraag"),
        ("> alleen van jullie\n\n", ""),
        ("\x00 \n", ""),
    ],
)
def test_what_somebody_wrote_in_a_mail(mail, words):
    assert rules.own_words_of_mail(mail) == words


@given(st.text())
def test_taking_the_words_of_a_mail_twice_changes_nothing(text):
    once = rules.own_words_of_mail(text)
    assert rules.own_words_of_mail(once) == once


@pytest.mark.parametrize(
    ("email", "name"),
    [("bram.bakker@x.example", "Bram"), ("ANS@x.example", "Ans"), ("elif_k@x.example", "Elif"), ("123@x.example", "")],
)
def test_what_to_call_somebody_until_they_say(email, name):
    assert rules.name_in(email) == name


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("", "Wij zoeken een ringleiding."),
        ("Vraag", "Wij zoeken een ringleiding."),
        ("Vraag voor de koppeling", "Wij zoeken een ringleiding."),
        ("Een ringleiding", "Wij zoeken een ringleiding."),
    ],
)
def test_a_subject_that_says_no_more_stays_away(subject, words):
    assert rules.with_subject(subject, words) == words


@pytest.mark.parametrize("subject", ["Wie heeft een ringleiding in de raadzaal?", "Aanbod: adviesraad"])
def test_a_subject_that_says_more_stands_above_the_words(subject):
    assert rules.with_subject(subject, "Kunnen we langskomen?") == f"{subject}\n\nKunnen we langskomen?"

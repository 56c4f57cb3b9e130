"""Sentences below somebody's name: what was said there is read, and what belongs to a signature or a quote is not."""

import pytest

from meedoen.mail.replies import read
from meedoen.mail.replies.below import said_below

SIGNED = "Groetjes,\nAnja Jansen\nTel. 06 12 34 56 78\nIk werk op maandag en dinsdag."
QUOTED = (
    "Op do 3 dec. 2026 om 14:00 schreef Meedoen <noreply@x.example>:\n> Kun je niet komen? Meld je dan af.\n> - Anders:"
)


@pytest.mark.parametrize("quote", ["", QUOTED, QUOTED.replace("> ", "")])
@pytest.mark.parametrize(
    ("below", "said"),
    [
        ("Ik heb wel een schrijftolk nodig.", ["Ik heb wel een schrijftolk nodig."]),
        ("Schrijftolk nodig", ["Schrijftolk nodig"]),
        ("Of kan ik ook online meedoen?", ["Of kan ik ook online meedoen?"]),
        ("Is er een lift?", ["Is er een lift?"]),
        ("Vrijdag kan ik niet.", ["Vrijdag kan ik niet."]),
        ("Verstuurd vanaf mijn telefoon", []),
        ("Adviseur bij de gemeente Utrecht", []),
        ("anja@x.example", []),
        ("De informatie in dit bericht is uitsluitend bestemd voor de geadresseerde. Wil je het anders wissen?", []),
    ],
)
def test_sentences_below_a_name_are_read_and_what_belongs_to_a_signature_is_not(below, said, quote):
    raw = f"From: Anja Jansen <anja@x.example>\nSubject: Re: plek\n\nJa, de zaal.\n\n{SIGNED}\n\n{below}\n\n{quote}".encode()
    assert said_below(read(raw)) == said

"""What stands beside a code for a meeting: courtesies say nothing to who organises, and all else goes there."""

import pytest

from meedoen.meetings.attending.mailed.beside_code import left_over
from meedoen.meetings.attending.rules import Way

WAYS = (Way.ROOM, Way.ONLINE)


@pytest.mark.parametrize(
    "text",
    [
        "Anja",
        "Groeten, Anja",
        "Met vriendelijke groet,\nAnja de Vries",
        "dank u wel!",
        "Heel erg bedankt",
        "Alvast bedankt voor de moeite!",
        "Hierbij mijn code",
        "Hier is de code:",
        "Fijne dag!",
        "Nog een fijn weekend",
        "Tot donderdag!",
        "Hoi Dirk",
        "Beste Dirk Jansen,",
        "Ik heb er zin in!",
        "ja graag",
        "zaal, dank je wel",
        "> Antwoord met de code",
        "Hoi Dirk,\n\nHierbij mijn code\n\nGroeten, Anja",
    ],
)
def test_courtesies_go_to_nobody(text):
    assert left_over(text, "Anja de Vries", ways=WAYS) == ""


@pytest.mark.parametrize(
    "line",
    [
        "Bedankt, bel me even",
        "Hoi Dirk, gebarentolk graag",
        "Dag, tolk graag",
        "Hoi tolk",
        "Dank je, rolstoelplek graag",
        "Fijne dag voor een rolstoel",
        "Hoi Dirk?",
        "Tot donderdag?",
        "Hier is mijn code niet",
        "Bel me op 0612345678",
        "0612345678",
        "Hoi, mag mijn man mee?",
        "Ik heb er zin in maar kom later",
    ],
)
def test_what_asks_or_tells_something_is_kept(line):
    assert left_over(f"Hoi Dirk,\n{line}\nGroeten, Anja", "Anja de Vries", ways=WAYS) == line


@pytest.mark.parametrize("text", ["Piet de Boer", "zaal\n\nPieter", "zaal\nPiet de Boer"])
def test_another_name_than_that_of_the_from_is_a_name_too(text):
    assert left_over(text, "Piet", ways=WAYS) == ""

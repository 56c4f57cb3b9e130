"""What a mail in free words plainly says of an ask or offer; and what it leaves open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.coupling.hearing import heard, says_how
from meedoen.coupling.rules import For, Length, Side, Way

CALL, VISIT, ONLINE = Way.CALL, Way.VISIT, Way.ONLINE


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("We komen graag langs.", {VISIT}, set()),
        ("We willen graag een gemeente bezoeken.", {VISIT}, set()),
        ("Kunnen we een keer bellen?", {CALL}, set()),
        ("Bellen of online.", {CALL, ONLINE}, set()),
        ("Via Teams graag.", {ONLINE}, set()),
        ("Bellen is geen probleem.", {CALL}, set()),
        ("Niet alleen bellen, ook langskomen.", {CALL, VISIT}, set()),
        ("Ik kan niet lopen, dus graag bellen.", {CALL}, set()),
        ("Ik ben doof, bellen lukt dus niet. Beeldbellen gaat wel.", {ONLINE}, {CALL}),
        ("ik wil niet bellen", set(), {CALL}),
        ("Ik wil\nniet bellen.", set(), {CALL}),
        ("Bellen gaat niet goed.", set(), {CALL}),
        ("Bellen wil ik alleen niet.", set(), {CALL}),
        ("Door mijn spraak is bellen moeilijk.", set(), {CALL}),
        ("Ik wil liever niet dat jullie bellen.", set(), {CALL}),
        ("niet bellen of langskomen", set(), {CALL, VISIT}),
        ("niet bellen, wel online", {ONLINE}, {CALL}),
        ("niet bellen wel online", {ONLINE}, {CALL}),
        ("Liever online dan bellen", {ONLINE}, {CALL}),
        ("liever langskomen in plaats van bellen", {VISIT}, {CALL}),
        ("Online kan, alleen niet bellen.", {ONLINE}, {CALL}),
        ("Ik wil niet meer dan één keer bellen.", {CALL}, set()),
        ("Telefoon is voor mij geen optie.", set(), {CALL}),
        ("We hebben liever bezoek. Bellen mag ook.", {CALL, VISIT}, set()),
        # What is no way to meet.
        ("Ik heb gebeld.", set(), set()),
        ("Wij krijgen vaak bezoek van scholen.", set(), set()),
        ("Ik loop mee langs bushaltes.", set(), set()),
        ("Wij willen leren hoe je online formulieren maakt.", set(), set()),
        ("Wij leren hoe inwoners ons bellen.", set(), set()),
        ("Kunnen jullie me bellen?", set(), set()),
    ],
)
def test_how_they_want_to_meet(text, wanted, unwanted):
    said = heard(text)
    assert (said.wanted, said.unwanted, said.unsure) == (wanted, unwanted, set())


@pytest.mark.parametrize(
    "text",
    [
        "Bel me niet voor tien uur.",
        "Kunnen jullie niet een keer langskomen?",
        "Ik kan niet lopen, bellen of online",
        "niet bellen online graag",
        "Ik weet niet of jullie langs kunnen komen.",
        "Ik wil wel bellen. Ik wil niet bellen.",
        "Ik wil leren bellen met een tolk.",
    ],
)
def test_a_not_of_which_it_is_not_clear_what_it_turns_is_asked(text):
    assert "ways" in heard(text).unsure


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("langer dan één keer", Length.LONGER),
        ("We komen graag langs, langer dan een keer.", Length.LONGER),
        ("Het mag ook vaker.", Length.LONGER),
        ("niet één keer, maar vaker", Length.LONGER),
        ("Eén keer is genoeg.", Length.ONCE),
        ("We willen één keer bellen.", Length.ONCE),
        ("Niet langer dan één keer.", Length.ONCE),
        ("Niet vaker dan 1 keer", Length.ONCE),
        ("Kunnen we een keer bellen?", None),
        ("Wij testen één keer per jaar.", None),
        ("Wij willen vaker horen van inwoners.", None),
        ("Wij doen dit al langer.", None),
    ],
)
def test_for_how_long(text, length):
    said = heard(text)
    assert (said.length, said.unsure) == (length, set())


@pytest.mark.parametrize("text", ["Eén keer of langer.", "Eén keer is niet genoeg."])
def test_a_length_that_is_not_clear_is_asked(text):
    assert (heard(text).length, heard(text).unsure) == (None, {"length"})


@pytest.mark.parametrize(
    ("text", "aim"),
    [
        ("Aanbod\n\nWij hebben een adviesraad.", Side.OFFER),
        ("Wij delen graag hoe dat gaat.", Side.OFFER),
        ("Gemeente Zeist wil vertellen hoe onze adviesraad werkt.", Side.OFFER),
        ("Wij bieden aan om mee te denken.", Side.OFFER),
        ("Ik kan helpen met stembureaus.", Side.OFFER),
        ("Ik wil jullie graag helpen.", Side.OFFER),
        ("Wij zijn een duo. Wij delen onze ervaring. Wie heeft interesse?", Side.OFFER),
        ("Ik kan niet helpen.", None),
        ("Wij hebben een adviesraad.", None),
        ("Wie helpt ons?\nHoe krijg je jonge mensen erbij?", Side.ASK),
        ("Kunnen jullie vertellen hoe het gaat?", Side.ASK),
        ("Wij kunnen hulp gebruiken.", Side.ASK),
        ("Gemeente Zeist zoekt een andere gemeente.", Side.ASK),
        ("Wij willen leren hoe het moet.", Side.ASK),
    ],
)
def test_whether_a_mail_asks_or_offers(text, aim):
    assert (heard(text).aim, heard(text).unsure) == (aim, set())


@pytest.mark.parametrize("text", ["Wij zoeken een tolk. Wij bieden een zaal.", "Ik wil leren, en ik kan ook helpen."])
def test_who_does_both_is_asked(text):
    assert (heard(text).aim, heard(text).unsure) == (None, {"aim"})


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("Gemeente Zeist wil vertellen hoe het gaat.", For.MUNICIPALITY, "zeist"),
        ("Wij van gemeente Ede helpen graag.", For.MUNICIPALITY, "ede"),
        ("Ik werk bij de gemeente Bergen op Zoom als adviseur.", For.MUNICIPALITY, "bergen op zoom"),
        ("Ik ben beleidsmedewerker bij gemeente Utrecht.", For.MUNICIPALITY, "utrecht"),
        ("Namens gemeente 's-Hertogenbosch: wij zoeken hulp.", For.MUNICIPALITY, "s hertogenbosch"),
        ("Ik ben Karin, ambtenaar in de gemeente Zwolle.", For.MUNICIPALITY, "zwolle"),
        ("Wij zijn een gemeente van 20.000 inwoners.", For.MUNICIPALITY, None),
        ("Ik ben blind en woon in Zeist.", For.RESIDENT, "zeist"),
        ("Een ambtenaar van de gemeente Zeist hielp mij niet.", None, None),
        ("Wij als gemeente zoeken hulp.", For.MUNICIPALITY, None),
        ("Ik woon in Utrecht en zoek hulp.", For.RESIDENT, "utrecht"),
        ("Ik ben inwoner van de gemeente Zeist. De gemeente Zeist wil niet luisteren.", For.RESIDENT, "zeist"),
        ("Wij zijn een duo uit Utrecht.", For.DUO, "utrecht"),
        ("Wij zijn een ambtenaar en een inwoner van gemeente Utrecht.", For.DUO, "utrecht"),
        ("Ik werk niet bij de gemeente Zeist.", None, None),
        ("Ik wil gemeente Zeist graag helpen.", None, None),
        ("De gemeente Zeist luistert niet.", None, None),
        ("Wij zoeken een gemeente.", None, None),
    ],
)
def test_who_they_are_themselves(text, kind, place):
    said = heard(text)
    assert (said.kind, said.unsure) == (kind, set())
    assert (place in said.places) if place else not said.places


@pytest.mark.parametrize(
    "text",
    [
        "Gemeente Zeist zoekt testers, mag ik meedoen?",
        "Ik werk bij de gemeente Zeist. Ik woon in Utrecht.",
    ],
)
def test_who_may_be_either_is_asked(text):
    assert (heard(text).kind, heard(text).unsure) == (None, {"kind"})


@given(st.text())
def test_nothing_is_both_wanted_and_unwanted_without_being_asked(text):
    said = heard(text)
    assert not said.wanted & said.unwanted or "ways" in said.unsure


@pytest.mark.parametrize(
    ("word", "is_how"),
    [("Bellen", True), ("online", True), ("bezoek", True), ("stembureau", False), ("telefoonlijn", False)],
)
def test_how_people_meet_is_no_subject_that_they_share(word, is_how):
    assert says_how(word) == is_how

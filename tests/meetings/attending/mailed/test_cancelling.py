"""Which sentences let a place go at once, and of which the writer is asked."""

import pytest

from meedoen.meetings.attending.mailed.cancelling import cancels, is_conditional, may_cancel, says_no_more
from meedoen.meetings.attending.mailed.reading import Deed, Said, read_words


@pytest.mark.parametrize(
    ("line", "is_all"),
    [
        ("Ik kom niet", True),
        ("Kom niet", True),
        ("Afmelden graag", True),
        ("Ik wil me graag afmelden", True),
        ("Ik kan helaas toch niet komen", True),
        ("sorry, ik ben ziek en kom niet", True),
        ("Sorry, ik ben ziek en kan niet komen.", True),
        ("Ik kan donderdag niet", True),
        ("Ik ga toch niet", True),
        ("Ik kom niet naar de bijeenkomst", True),
        ("Ik kan er donderdag 3 december niet bij zijn", True),
        ("Ik ben er vrijdag niet", True),
        ("Ik kom morgen toch niet, sorry!", True),
        ("Ik meld me af voor de bijeenkomst", True),
        ("Hierbij meld ik mij af voor de bijeenkomst van donderdag 3 december.", True),
        ("Ik moet helaas afzeggen", True),
        ("Graag mijn aanmelding annuleren", True),
        ("Ik ben helaas verhinderd", True),
        ("Ik kan niet aanwezig zijn wegens ziekte", True),
        ("Nee, ik kom niet meer", True),
        ("Door ziekte kan ik niet komen", True),
        ("Ik kan door ziekte niet komen.", True),
        ("Ik kan door onvoorziene omstandigheden donderdag niet", True),
        ("Wij kunnen helaas niet komen", True),
        ("We kunnen er donderdag niet bij zijn", True),
        ("Wij kunnen niet komen, onze oppas is ziek", False),
        ("Ik kom deze keer niet, maar een andere keer graag", True),
        ("Ik kom niet, want ik heb geen oppas", False),
        ("Ik kan niet komen, mijn moeder is jarig", False),
        ("Ik kom niet, mijn zus wel", False),
    ],
)
def test_a_plain_sentence_cancels_and_what_stands_beside_it_is_kept_to_read(line, is_all):
    assert (cancels(line), says_no_more(line)) == (True, is_all)
    assert read_words(line) == Said(deed=Deed.CANCEL, rest="" if is_all else line)


ASKED = [
    "Ik wil me niet afmelden",
    "ik ga me niet afmelden hoor",
    "Ik meld me niet af",
    "Afmelden doe ik niet",
    "Niet afmelden!",
    "Misschien kom ik niet",
    "Ik denk dat ik niet kan komen",
    "Als er geen tolk is, kom ik niet.",
    "Geen lift, dan kom ik niet",
    "Tenzij het regent kom ik niet",
    "Zonder schrijftolk kan ik er niet bij zijn.",
    "Ik kom niet als er geen lift is",
    "Ik kan niet komen, er is geen lift",
    "Ik kom niet binnen bij de online link",
    "Ik kom niet eerder dan 11 uur",
    "Ik kan niet voor 11 uur komen",
    "Ik kom niet, ik doe online mee",
    "Ik wil graag online, want ik kan niet komen naar Den Haag",
    "Ik kom niet alleen",
    "Ik kom niet naar de zaal",
    "Ik ga niet naar Den Haag",
    "Wij komen niet",
    "Wij melden ons af",
    "Wij kunnen niet allemaal komen",
    "Wij kunnen niet komen als er geen tolk is",
    "Wij kunnen niet naar de zaal komen",
    "Kunnen wij niet komen?",
    "Door de trap kan ik niet komen",
    "Door ziekte van mijn tolk kan ik niet komen",
    "Annuleer mijn aanmelding",
    "Ik ben er niet bij",
    "Het gaat me niet lukken",
    "Het lukt mij donderdag niet",
    "Kun je me afmelden?",
    "Ik kom niet te laat",
    "Ik kom niet uit Den Haag",
    "Ik kom er niet bij",
    "Ik kom liever niet alleen",
    "Mijn tolk kan niet komen",
    "Mijn tolk is ziek en kan niet komen",
    "Mijn man komt niet mee",
    "Moet ik me afmelden",
    "Hoe kan ik me afmelden?",
    "Kan ik niet komen?",
]
OTHER = [
    "Ik kan niet horen",
    "Het lukt niet om de mail te openen",
    "Ik kan de mail niet openen",
    "De trein rijdt niet",
    "Ik weet het nog niet",
]


@pytest.mark.parametrize("line", ASKED + OTHER)
def test_a_sentence_that_may_mean_something_else_cancels_nothing_and_is_read_by_a_person(line):
    said = read_words(line)
    assert (cancels(line), said.deed, said.changes, said.rest) == (False, None, False, line)


@pytest.mark.parametrize(("line", "is_asked"), [*((line, True) for line in ASKED), *((line, False) for line in OTHER)])
def test_who_may_mean_that_they_do_not_come_is_asked(line, is_asked):
    assert (may_cancel(line), read_words(line).may_cancel) == (is_asked, is_asked)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Ik kom niet.\nAls er een lift is kom ik wel.", "Ik kom niet.\nAls er een lift is kom ik wel."),
        ("Afmelden\nonline", "Afmelden\nonline"),
        ("Nee\nMisschien wel online", "Nee\nMisschien wel online"),
    ],
)
def test_lines_that_say_two_things_do_nothing(text, rest):
    assert read_words(text) == Said(may_cancel=True, rest=rest)


@pytest.mark.parametrize(
    ("line", "depends"),
    [("Als er een lift is kom ik wel", True), ("Als er nog iets is hoor ik het graag", False), ("Ik kom graag", False)],
)
def test_what_coming_depends_on_is_told_from_other_conditions(line, depends):
    assert is_conditional(line) is depends


@pytest.mark.parametrize(
    ("line", "is_all"),
    [
        ("Helaas kan ik niet komen, ik lig in het ziekenhuis.", True),
        ("Ik kom niet, want mijn zoon is ziek", True),
        ("Ik moet helaas afzeggen omdat ik geopereerd word", True),
        ("Ik kom niet, mijn man wel", False),
        ("Ik kom niet, mijn moeder is ziek en mijn zus komt in mijn plaats", False),
    ],
)
def test_who_is_ill_is_for_nobody_to_read_and_all_else_is(line, is_all):
    assert (cancels(line), says_no_more(line)) == (True, is_all)


@pytest.mark.parametrize(
    ("line", "is_back"),
    [
        ("Terug alsjeblieft. Ik kan toch!", True),
        ("oeps ik kan toch wel komen!", True),
        ("Ik kan er toch bij zijn", True),
        ("Ik wil toch graag komen", True),
        ("Zet me terug", True),
        ("Gelukkig kan ik toch mee", True),
        ("Ik kan toch niet komen", False),
        ("Ik kan toch wel komen?", False),
        ("Ik kom toch online", False),
        ("Ik kom toch als er een lift is", False),
        ("Ik bel je terug", False),
        ("Mijn zus kan toch wel komen", False),
    ],
)
def test_who_comes_after_all_may_say_it_in_their_own_words(line, is_back):
    assert (read_words(line).deed == Deed.BACK) is is_back

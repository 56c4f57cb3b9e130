"""What somebody who reports by mail says."""

import pytest

from meedoen.conversation.moderation.rules import Concern
from meedoen.conversation.moderation.said import Said, concern_in, number_in, numbers_quoted, report_in


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("melden 3: er wordt gescholden", Said(3, Concern.UNKIND, "er wordt gescholden")),
        ("Melden 3 er wordt gescholden", Said(3, Concern.UNKIND, "er wordt gescholden")),
        ("Meld bericht 12, dit is reclame", Said(12, Concern.ADVERTISING, "dit is reclame")),
        ("MELDEN\n\nMijn telefoonnummer staat erin.", Said(None, Concern.PERSONAL_DATA, "Mijn telefoonnummer staat erin.")),
        ("Meld dit.\nEr klopt iets niet.", Said(None, Concern.OTHER, "Er klopt iets niet.")),
        ("Hallo, melden: hij wordt bedreigd", Said(None, Concern.DANGER, "hij wordt bedreigd")),
        ("Ongepast!", Said(None, Concern.UNKIND, "")),
        ("Ongepast nummer 4", Said(4, Concern.UNKIND, "")),
        ("melden #2 - strafbaar", Said(2, Concern.UNLAWFUL, "strafbaar")),
        ("melden", Said(None, None, "")),
        ("melden 3", Said(3, None, "")),
        ("Hallo,\n\nmelden 3: hij scheldt mij uit", Said(3, Concern.UNKIND, "hij scheldt mij uit")),
        ("Beste redactie,\nmelden 3 reclame", Said(3, Concern.ADVERTISING, "reclame")),
        ("Goedemiddag, melden 3: reclame", Said(3, Concern.ADVERTISING, "reclame")),
        ("Beste meneer de Vries, melden 3", Said(3, None, "")),
        ("Melden, 3, reclame", Said(3, Concern.ADVERTISING, "reclame")),
        ("Melden: 3", Said(3, None, "")),
        ("Melden: 3 mensen pesten haar", Said(None, Concern.UNKIND, "3 mensen pesten haar")),
        ("Melding over bericht 3: spam", Said(3, Concern.ADVERTISING, "spam")),
        ("Ik wil graag melden 3", Said(3, None, "")),
        ("bericht 3 melden, want hij scheldt", Said(3, Concern.UNKIND, "want hij scheldt")),
        ("Ik wil bericht 3 melden", Said(3, None, "")),
        ("Graag bericht 3 verwijderen, dit is racisme", Said(3, Concern.DISCRIMINATION, "dit is racisme")),
        ("Hallo, kunnen jullie reactie nummer 12 weghalen. Dit is spam.", Said(12, Concern.ADVERTISING, "Dit is spam.")),
    ],
)  # fmt: skip
def test_what_reports(text, said):
    assert report_in(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Meld dit bij de gemeente, die lost het op.",
        "Melden mensen zich hier aan?",
        "Ongepast vind ik het dat de lift stuk is.",
        "Meld dit, dan komt er iemand.",
        "Ik wil iets melden over de lift.",
        "Dit klopt niet.\n\nVolgens mij begint het om tien uur.",
        "Bij ons kun je het melden: bel 14 024.",
        "De melding\n\nis gedaan",
        "Hallo,\n\nIk las bericht 3 en ben het ermee eens.",
        "Bericht 3 verwijderen jullie toch niet?",
        "Beste mensen, ik las antwoord 3.",
        pytest.param("melden" + " " * 100_000 + "x", id="long"),  # at once
    ],
)
def test_what_is_a_letter(text):
    assert report_in(text) is None


@pytest.mark.parametrize(
    ("text", "concern"),
    [
        ("Hij dreigt iemand te slaan", Concern.DANGER),
        ("Dit is racistisch", Concern.DISCRIMINATION),
        ("Ze pesten haar", Concern.UNKIND),
        ("Een papest", None),
    ],
)
def test_what_is_wrong_is_read_from_words_that_tell_it(text, concern):
    assert concern_in(text) == concern


@pytest.mark.parametrize(
    ("text", "number"), [("3", 3), ("Nummer 3.", 3), ("het is bericht 12", 12), ("drie", None), ("3 of 4", None), ("", None)]
)  # fmt: skip
def test_a_number_is_an_answer(text, number):
    assert number_in(text) == number


def test_the_numbers_of_our_mail_are_found_in_what_is_quoted():
    assert numbers_quoted("> ## Bericht 3 van Bram\n> hij zei\n> ## Bericht\n> 4 van Ans\n> Bericht 3 van Bram") == [
        3,
        4,
    ]

"""Words around a code in a mail."""

import pytest

from meedoen.people.beside_code import MAX_SHOWN, Typed, code_alone, doubts, says_no, shown, typed_in, words_in


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("123456", Typed("123456")),
        ("Ja, 123 456.\nBel me.", Typed("123 456", "Ja\nBel me.")),
        ("Kunnen jullie bellen?\n\n123456\nGroet", Typed("123456", "Groet", "Kunnen jullie bellen?")),
        ("Je code is: 123456", Typed()),
        ("123456 is je code: je bericht", Typed()),
        ("2. Typ je code over: 123456", Typed()),
        ("Hier is je code: 123456", Typed("123456", "Hier is je code")),
        ("Een\ntwee\ndrie\n123456", Typed()),
        ("Bel 0612345678", Typed()),
    ],
)
def test_the_code_and_what_stands_around_it(text, typed):
    assert typed_in(text) == typed


@pytest.mark.parametrize(
    ("text", "is_doubt"),
    [
        ("Ik doe het niet.", True),
        ("Nee!", True),
        ("maar ik wil eerst weten wie het is", True),
        ("Haal maar weg", True),
        ("Geen idee wie dit is", True),
        ("Wacht nog even", True),
        ("Dank, nee", True),
        ("Nee hoor", True),
        ("Ik trek het in", True),
        ("Ik heb me bedacht", True),
        ("Ongedaan maken", True),
        ("Laat maar", True),
        ("Laat het maar zo", True),
        ("Maar hier is een fout", True),
        ("Geen haast, ik wil het niet", True),
        ("Sorry dat het zo laat is, maar ik doe het niet", True),
        ("Sorry dat het zo laat is, maar hier is hij", False),
        ("Het lukte eerst niet", False),
        ("Het lukte eerst niet, maar nu wel.", False),
        ("Ik had het niet gezien", False),
        ("Geen haast", False),
        ("laat maar weten of het gelukt is", False),
        ("Nee hoor, alles is goed", False),
        ("Doe het maar", False),
        ("Zet maar op de site", False),
        ("Geen probleem!", False),
        ("Kunnen jullie me bellen?", False),
        ("Ik ben onderweg", False),
    ],
)
def test_which_words_may_take_a_code_back(text, is_doubt):
    assert doubts(text) is is_doubt


@pytest.mark.parametrize(
    "text",
    ["", "Ja", "Ja, graag", "Hierbij mijn code:", "Hallo,\n\nDe code is 123456\n\nGroetjes,\nAns", "Doe maar", "Geen probleem!", "1234",
     "Ja hoor", "Alles klopt", "Fijne dag!", "Nog een fijn weekend", "mvg, Anja", "Groetjes van Anja en Piet", "Bedankt voor de hulp"],
)  # fmt: skip
def test_what_only_brings_the_code_says_no_more(text):
    assert words_in(text, "Ans Jansen") == ""


@pytest.mark.parametrize(
    "text",
    [
        "Bel me",
        "Ik bevestig het niet",
        "Ja maar",
        "Bram",
        "Dank, nee",
        "Maar",
        "Bedankt, bel me even",
        "Hallo, morgen ziek",
    ],
)
def test_what_says_more_is_kept(text):
    assert words_in(f"Hallo,\n{text}\nAns", "Ans Jansen") == text


@pytest.mark.parametrize(
    ("subject", "code"),
    [
        ("123456", "123456"),
        ("Code: 123 456", "123 456"),
        ("Hierbij mijn code 123456, dank je wel", "123456"),
        ("123456 is je code: je bericht", ""),
        ("123456 is je code voor Iedereen doet mee!", ""),
        ("123456 niet doen", ""),
        ("Bel 0612345678", ""),
        ("", ""),
    ],
)
def test_a_subject_of_nothing_but_a_code(subject, code):
    assert code_alone(subject) == code


@pytest.mark.parametrize(
    ("text", "is_no"),
    [
        ("nee nee dat moet niet op de site!!", True),
        ("Nee, ik wil dit toch niet.", True),
        ("Dit hoeft niet meer", True),
        ("Doe het maar niet", True),
        ("Nee, dat moet niet weg", False),
        ("Dat moet niet zo staan, maar korter", False),
        ("Nee, ik kreeg geen code", False),
        ("Ik wil dit niet missen", False),
    ],
)
def test_a_sentence_that_says_no(text, is_no):
    assert says_no(text) is is_no


def test_what_is_mailed_back_is_one_short_line():
    assert shown("Een\n\ntwee ") == "Een twee"
    assert shown("a" * (MAX_SHOWN + 1)) == "a" * MAX_SHOWN + "…"

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.language.words import sentences, syllable_count, words

# Counted by ear.
SYLLABLES = {
    1: "werk tijd aan uit uur eeuw leeuw nieuws mooi draai groei koe zee kaart lijst licht vrij sport",
    2: "actie vervoer cultuur afspraak rolstoel station website idee open over elke ander email verdrag rechten mensen meedoen netwerk cookie browser wonen vrije opnieuw "
    "nieuwste ouder eigen voorbeeld koeien cliënt ruimte duo zoeken bureau leeftijd ziekte mooie groeien nieuwe duwen "
    "zoals geëerd schrijftolk contrast donker forum",
    3: "gemeente gemeenten bijeenkomst onderwerp aanmelden computer ideeën video radio mailadres wethouder manifest "
    "beperking handicap deelnemen iedereen reactie privacy verklaring onderwijs lokale agenda inclusie "
    "provincie ruïne bezoeken kwaliteit relatie museum cliënten serieus theater actueel sociaal speciaal "
    "ritueel kopieën ambtenaar persoonlijk pagina volgende koppelen",
    4: "burgemeester toegankelijk informatie situatie januari februari officieel materiaal begeleider financieel "
    "uitnodiging variatie evenement ambtenaren gebarentolk verwijderen annuleren bevestigen afbeeldingen beëindigen "
    "praktijkvoorbeeld herindeling",
    5: "toegankelijkheid organisatie telefoonnummer geïnteresseerd assistentiehond coöperatie individueel ondertiteling "
    "rolstoelgebruiker ondertekenaar",
    7: "ervaringsdeskundige",
}


def test_nearly_all_syllables_are_counted_right():
    counted = {word: (syllable_count(word), count) for count, text in SYLLABLES.items() for word in text.split()}
    wrong = {word: pair for word, pair in counted.items() if pair[0] != pair[1]}
    assert len(wrong) <= 0.03 * len(counted), wrong


@pytest.mark.parametrize(
    ("word", "count"),
    [("e-mailadres", 4), ("14.00", 1), ("d.w.z.", 3), ("", 1), ("VN-verdrag", 3), ("pagina’s", 3), ("zo'n", 1)],
)
def test_syllables_of_words_with_marks(word, count):
    assert syllable_count(word) == count


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        (" \n - \n", []),
        ("Een zin.", ["Een zin."]),
        ("Doe mee! Het kan. Wil je?", ["Doe mee!", "Het kan.", "Wil je?"]),
        ("Iedereen doet mee! is een netwerk.", ["Iedereen doet mee! is een netwerk."]),
        ("Om 14.00 uur. Kom je?", ["Om 14.00 uur.", "Kom je?"]),
        ("Dat is o.a. Ede. Ja.", ["Dat is o.a. Ede.", "Ja."]),
        ("Zie art. 9. Klaar.", ["Zie art. 9.", "Klaar."]),
        ("Kop\nEen zin\n\n- een\n- twee", ["Kop", "Een zin", "- een", "- twee"]),
        ("Hij zei: “Kom.” Zij kwam.", ["Hij zei: “Kom.”", "Zij kwam."]),
        ("1. Lees\n2. Schrijf", ["1. Lees", "2. Schrijf"]),
    ],
)
def test_sentences(text, parts):
    assert sentences(text) == parts


def test_words_keep_their_inner_marks():
    text = "’s Avonds om 14.00 uur: mail naam@voorbeeld.nl (of ga naar https://a.nl/b?c=1), d.w.z. e-mail."
    assert words(text) == [
        "s", "Avonds", "om", "14.00", "uur", "mail", "naam@voorbeeld.nl", "of", "ga", "naar", "https://a.nl/b?c=1),", "d.w.z", "e-mail",
    ]  # fmt: skip


@given(st.text())
def test_no_text_loses_its_words(text):
    assert [word for sentence in sentences(text) for word in words(sentence)] == [
        word for line in text.split("\n") for word in words(line)
    ]

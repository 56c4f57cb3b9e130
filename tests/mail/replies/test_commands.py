import pytest

from meedoen.mail.replies import Word, first_word


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Ja", Word.YES),
        ("ja graag!", Word.YES),
        ("Ja, dank je wel", Word.YES),
        ("Hoi,\n\nJa graag\n\nAns", Word.YES),
        ("Hoi\nGraag", Word.YES),
        ("> Wil je kennismaken?\n\nLater", Word.LATER),
        ("nu niet", Word.LATER),
        ("Nee, bedankt.", Word.NO),
        ("STOP", Word.STOP),
        ("Stop aub", Word.STOP),
        ("dagelijks", Word.DAILY),
        ("Wekelijks graag", Word.WEEKLY),
        ("Alleen antwoorden aan mij", Word.ANSWERS),
        ("Dit hielp!", Word.HELPED),
        ("Ongedaan maken", Word.UNDO),
        ("ik meld me af", Word.CANCEL),
        ("mijn gegevens", Word.DATA),
        ("Ja, maar mag het ook later?", None),
        ("Nee heb je, ja kun je krijgen", None),
        ("Stoppen met roken helpt", None),
        ("Ik kom graag langs om erover te praten.", None),
        ("Ja hoor, en neem dan ook de anderen mee", None),
        ("", None),
        ("😀", None),
    ],
)
def test_an_answer_of_one_word_is_understood_and_a_longer_one_left_to_people(text, word):
    assert first_word(text) == word

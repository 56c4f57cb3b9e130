import pytest

from meedoen.mail.replies import Word, first_word, only_word


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
        ("Stop a.u.b.", Word.STOP),
        ("Stop s.v.p.!", Word.STOP),
        ("stopp", Word.STOP),
        ("Stop maar", Word.STOP),
        ("stop groetjes anja", Word.STOP),
        ("Stop met mailen", Word.STOP),
        ("Ik wil graag stoppen", Word.STOP),
        ("Ik wil geen mail meer", Word.STOP),
        ("Liever wekelijks", Word.WEEKLY),
        ("Liever niet", Word.NO),
        ("Verwijder mijn account", Word.ERASE),
        ("Wis al mijn gegevens", Word.ERASE),
        ("Ja, groetjes Piet", Word.YES),
        ("Ja maar", None),
        ("Ja, maar\nniet op maandag", None),
        ("Stop met mailen naar mijn moeder", None),
        ("Ik wil graag dat het stopt", None),
        ("Nee bedankt maar ik weet wel iemand", None),
        ("Bedankt", None),
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


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Stop", Word.STOP),
        ("Hoi,\n\nstop\n\nBedankt", Word.STOP),
        ("> Volg je dit nog?\n\nstop", Word.STOP),
        ("Ja graag", Word.YES),
        ("Stop\n\nbvd", Word.STOP),
        ("Stop!\nbedankt voor alles", Word.STOP),
        ("Wekelijks graag.\nAlvast bedankt!", Word.WEEKLY),
        ("dit hielp\nDank je wel Piet", Word.HELPED),
        ("Beste redactie,\nstop", Word.STOP),
        ("Hallo Stoppen\nstop", None),
        ("Stop!\nBedankt, maar het helpt niet.", None),
        ("Stop!\nGroeten doen ze hier ook niet.", None),
        ("Stop!\n\nDat plan is niet goed.", None),
        ("Ja\nNee", None),
        ("Nee\n\nWe hebben geen tijd.", None),
        ("", None),
    ],
)
def test_a_word_that_begins_a_letter_is_not_all_it_says(text, word):
    assert only_word(text) == word

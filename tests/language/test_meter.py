"""Rare words, tangled sentences, and all that an editor sees beside a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.language.meter import measure
from meedoen.language.rarity import RAREST, UNCOMMON, zipf
from meedoen.language.tangled import tangled


@pytest.mark.parametrize(
    ("word", "at_least", "at_most"),
    [
        ("de", 7.5, 8),
        ("Fiets", 4.5, 5),
        ("speelplaats", 3, 4.5),
        ("voetbalclubje", 2.5, 4.5),  # made of words that are on the list
        ("plantenbak", RAREST, 4.5),
        ("huurdersvereniging", 2.5, 4.5),
        ("drempeltjes", RAREST, 4),
        ("ervaringsdeskundige", 3, UNCOMMON),
        ("xqzzv", RAREST, RAREST),
        ("a" * 5000, RAREST, RAREST),
    ],
)
def test_how_common_a_word_is(word, at_least, at_most):
    assert at_least <= zipf(word) <= at_most


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("De door de raad genomen besluiten staan op de site.", "De door de raad genomen besluiten"),
        (
            "De door het college van burgemeester en wethouders te nemen besluiten liggen klaar.",
            "De door het college van burgemeester en wethouders te nemen besluiten",
        ),
        ("Wij kennen een nader te bepalen termijn.", "een nader te bepalen termijn"),
        ("De in de nota opgenomen maatregelen helpen.", "De in de nota opgenomen maatregelen"),
        (
            "De raad, die na lang beraad met alle fracties en de griffie tot een besluit kwam, heeft gestemd.",
            "De raad, die na lang beraad met alle fracties en de griffie tot een besluit kwam, heeft",
        ),
        (
            "De gemeente heeft op verzoek van de bewoners van de Lindelaan in het voorjaar een speeltuin gebouwd.",
            "heeft op verzoek van de bewoners van de Lindelaan in het voorjaar een speeltuin gebouwd",
        ),
        (
            "Het plan moet nog voor de zomer door alle leden van de nieuwe groep besproken worden.",
            "moet nog voor de zomer door alle leden van de nieuwe groep besproken",
        ),
        # What is none.
        ("De stoep is breed.", ""),
        ("Je helpt door het door te geven aan de gemeente.", ""),
        ("De gemeente heeft een nieuwe speeltuin gebouwd.", ""),
        ("Een van de koplopers bestaat niet meer.", ""),
        ("Een op de vijf mensen heeft het geprobeerd.", ""),
        ("De raad, die gisteren stemde, heeft ja gezegd.", ""),
        ("De zaal is op dinsdag en donderdag vanaf tien uur in de ochtend open voor wie wil.", ""),
        ("Het is warm en de mensen in de grote zaal van het gemeentehuis hebben water gekregen.", ""),
        ("Wat in de brief staat, klopt.", ""),
        ("", ""),
    ],
)
def test_what_is_tangled(sentence, found):
    assert tangled(sentence) == found


def test_the_marks_of_a_text():
    marks = measure(
        "De wethouder gaat het plan implementeren. Het plan wordt gemaakt. Implementeren duurt lang.\n"
        "- Het apenkooiclubje komt. Het apenkooiclubje speelt met het plofmannetje. Ook Xyzzyburg komt."
    )
    assert (marks.word_count, marks.sentence_count, marks.level) == (25, 6, None)
    assert marks.hard == (("implementeren", "invoeren"),)
    assert marks.rare == ("apenkooiclubje", "plofmannetje")
    assert marks.passive == ("Het plan wordt gemaakt.",)
    assert (marks.long_sentences, marks.tangled) == ((), ())


def test_a_text_without_words_has_no_marks():
    marks = measure("--- \n\n 🎉")
    assert (marks.word_count, marks.level, marks.rare) == (0, None, ())


@given(st.text(max_size=300))
def test_any_text_gets_the_same_marks_twice(text):
    assert measure(text) == measure(text)

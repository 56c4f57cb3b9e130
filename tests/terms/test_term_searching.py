"""What search finds of the words that are explained."""

from tests.search.sourced import found, notes, queries
from tests.terms.test_actions import NOW, pytestmark  # noqa: F401  it needs the database

from meedoen.search.documents import Document
from meedoen.terms import actions
from meedoen.terms.models import Term


def test_a_word_is_found_by_all_its_spellings_while_it_is_on_the_list():
    term = Term.objects.create(id="lia", word="LIA", forms="Lokale Inclusie Agenda|agenda’s", explanation="Een plan.")
    assert found("term") == {
        "lia": Document(
            key="lia",
            url="/kennisbank/woorden/#woord-lia",
            title="LIA",
            summary="Een plan.",
            headings="Lokale Inclusie Agenda\nagenda’s",
        )
    }
    with notes(("term", "lia")):
        actions.show(term, is_shown=False, now=NOW)
    assert found("term", "lia") == found("term") == {}


def test_the_words_of_the_package_are_found_and_it_asks_as_much_of_one_as_of_many():
    actions.load_terms(now=NOW)
    keys = list(found("term"))
    assert len(keys) == Term.objects.count() >= 80
    assert queries("term", keys[:1]) == queries("term", keys) == (1, 1)
    with notes(("term", keys[0])):
        Term.objects.filter(pk=keys[0]).update(explanation="Anders.")

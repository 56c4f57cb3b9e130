"""Bringing in the words: once, with what is new, without undoing what the team made of them."""

import datetime

import pytest

from meedoen.kernel.text import slug
from meedoen.language.plain import judge
from meedoen.pages.models import versions
from meedoen.terms import actions
from meedoen.terms.models import AREA, Term
from meedoen.terms.records import read_terms

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 23, 12, 0, tzinfo=datetime.UTC)
TERMS = read_terms()


def test_the_file_holds_each_word_once_and_explains_it_in_plain_dutch():
    assert len(TERMS) >= 80
    forms = [form for term in TERMS for form in (term.word, *filter(None, term.forms.split("|")))]
    assert sorted(forms) == sorted(set(forms))
    for term in TERMS:
        assert term.id == slug(term.word)
        assert len(term.explanation) <= Term._meta.get_field("explanation").max_length
        assert len(term.forms) <= Term._meta.get_field("forms").max_length
        assert judge(term.explanation).remarks == ()


def test_the_words_load_once(django_assert_num_queries):
    assert actions.load_terms(now=NOW) is True
    assert {term.id for term in Term.objects.all()} == {term.id for term in TERMS}
    with django_assert_num_queries(3):  # begin, what there is, commit
        assert actions.load_terms(now=NOW) is False
    assert versions((AREA,)) == ((AREA, 1),)


def test_what_the_package_says_better_is_mended_where_nobody_touched_it(monkeypatch):
    actions.load_terms(now=NOW)
    first, *rest = TERMS
    better = type(first)(first.id, first.word, first.forms, "Een betere uitleg.", is_in_texts=False)
    monkeypatch.setattr(actions, "read_terms", lambda: (better, *rest))
    assert actions.load_terms(now=NOW) is True
    term = Term.objects.get(id=first.id)
    assert (term.explanation, term.is_in_texts) == ("Een betere uitleg.", False)
    assert actions.load_terms(now=NOW) is False


def test_what_the_team_wrote_or_took_off_stays(monkeypatch):
    actions.load_terms(now=NOW)
    first, second, third, *_rest = TERMS
    Term.objects.filter(id=first.id).update(explanation="Van het team.")
    Term.objects.filter(id=second.id).update(is_shown=False)
    Term.objects.create(id="eigen", word="Eigen woord", explanation="Van het team.")
    other = [type(each)(each.id, each.word, each.forms, "Anders.", is_in_texts=True) for each in (first, second, third)]
    same_word = type(first)("ander-adres", "Eigen woord", "", "Van het pakket.", is_in_texts=True)
    monkeypatch.setattr(actions, "read_terms", lambda: (*other, same_word))
    assert actions.load_terms(now=NOW) is True  # the third
    assert [Term.objects.get(id=each.id).explanation for each in (first, second, third)] == [
        "Van het team.",
        second.explanation,
        "Anders.",
    ]
    assert list(Term.objects.filter(word="Eigen woord").values_list("id", flat=True)) == ["eigen"]

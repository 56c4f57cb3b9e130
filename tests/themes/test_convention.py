"""The articles of the Convention: fifty, each a plain sentence, brought to what ships once and again when it differs."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from meedoen.language.plain import judge
from meedoen.pages.models import versions
from meedoen.themes import actions, beside
from meedoen.themes.models import CONVENTION_AREA, ConventionArticle
from meedoen.themes.records import CONVENTION, THEMES

NOW = datetime.datetime(2026, 11, 27, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def loaded(db):
    """The themes and the Convention as they ship."""
    actions.load_themes(now=NOW)
    assert actions.load_convention(now=NOW) is True


def ties():
    """Which themes each article touches, in the database."""
    articles = ConventionArticle.objects.prefetch_related("themes")
    return {article.number: {theme.pk for theme in article.themes.all()} for article in articles}


def test_there_are_fifty_articles_and_every_theme_is_touched_by_one():
    assert [record.number for record in CONVENTION] == list(range(1, 51))
    assert len({record.title for record in CONVENTION}) == 50
    assert {theme for record in CONVENTION for theme in record.themes} == {theme.id for theme in THEMES}
    assert [record.number for record in CONVENTION if record.is_seen] == list(range(1, 31))


@pytest.mark.parametrize("record", CONVENTION, ids=lambda record: str(record.number))
def test_a_sentence_is_plain_dutch(record):
    assert judge(record.sentence).remarks == ()
    assert record.sentence.endswith(".")


def test_the_articles_load_once_with_their_themes(loaded, django_assert_num_queries):
    with django_assert_num_queries(3):  # begin, what there is, commit
        assert actions.load_convention(now=NOW) is False
    assert ties() == {record.number: set(record.themes) for record in CONVENTION}
    assert versions((CONVENTION_AREA,)) == ((CONVENTION_AREA, 1),)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda: ConventionArticle.objects.filter(number=9).update(sentence="Anders."),
        lambda: ConventionArticle.objects.filter(number=9).delete(),
        lambda: ConventionArticle.objects.get(number=9).themes.remove("vervoer"),
        lambda: ConventionArticle.objects.get(number=10).themes.add("werk"),
    ],
    ids=["words", "row", "a tie less", "a tie more"],
)
def test_what_differs_is_mended(loaded, spoil):
    spoil()
    assert actions.load_convention(now=NOW) is True
    assert ConventionArticle.objects.get(number=9).sentence == CONVENTION[8].sentence
    assert ties() == {record.number: set(record.themes) for record in CONVENTION}
    assert versions((CONVENTION_AREA,)) == ((CONVENTION_AREA, 2),)


@pytest.mark.parametrize("wrong", [{"number": 51}, {"number": 0}, {"relevance": 4}, {"relevance": 0}])
def test_the_database_refuses_what_is_no_article(db, wrong):
    fields = {"number": 1, "title": "Titel", "sentence": "Zin.", "relevance": 1, **wrong}
    with pytest.raises(IntegrityError), transaction.atomic():
        ConventionArticle.objects.create(**fields)


def test_what_is_offered_beside_a_theme_comes_from_upstairs(monkeypatch):
    monkeypatch.setattr(beside, "_offers", [])

    def offer(theme):
        return f"Doe iets met {theme}", f"/{theme}/"

    beside.register(offer)
    beside.register(offer)
    assert beside.offers("werk") == [("Doe iets met werk", "/werk/")]

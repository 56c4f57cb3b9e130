"""The library's data: what the database refuses, and querysets that say the same as the rules."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from meedoen.library import rules
from meedoen.library.models import Article
from meedoen.pages.listed import ListPage

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize("field", ["slug", "title", "summary", "body"])
def test_an_article_says_something(article, field):
    with pytest.raises(IntegrityError), transaction.atomic():
        article(**{"slug": "bericht", field: ""})


@pytest.mark.parametrize("missing", ["easy_title", "easy_summary", "easy_body"])
def test_an_easy_version_is_whole(article, easy, missing):
    with pytest.raises(IntegrityError), transaction.atomic():
        article(**{**easy, missing: ""})
    assert article(**easy).has_easy_version is True


def test_published_is_the_twin_of_the_rule(article, now):
    for name, at in {"klad": None, "gisteren": now - DAY, "nu": now, "morgen": now + DAY}.items():
        article(name, published_at=at)
    by_queryset = set(Article.objects.published(now).values_list("slug", flat=True))
    by_rule = {each.slug for each in Article.objects.all() if rules.may_be_read(each.published_at, now)}
    assert by_queryset == by_rule == {"gisteren", "nu"}


def test_the_next_publication_is_the_first_that_waits(article, now):
    assert Article.objects.next_publication(now) is None
    for name, days in {"over-twee-dagen": 2, "morgen": 1, "gisteren": -1}.items():
        article(name, published_at=now + days * DAY)
    assert Article.objects.next_publication(now) == now + DAY


def test_years_and_themes_are_counted_where_there_are_articles(article, themes):
    article("a", dated_on=datetime.date(2018, 6, 14), themes=["werk", "thuis"])
    article("b", dated_on=datetime.date(2020, 8, 31), themes=["werk"])
    article("c", dated_on=datetime.date(2020, 9, 1))
    assert Article.objects.count_by_year() == [(2020, 2), (2018, 1)]
    assert Article.objects.count_by_theme() == [("thuis", 1), ("werk", 2)]
    assert Article.objects.in_year(2020).about("werk").count_by_theme() == [("werk", 1)]


def slugs(page):
    return [each.slug for each in page.rows], page.has_newer, page.has_older


@pytest.fixture
def five(article, monkeypatch):
    """Five articles, of which two stand under the same day, on pages of two."""
    monkeypatch.setattr(rules, "PAGE_SIZE", 2)
    days = [1, 2, 2, 3, 4]
    return [article(f"nr-{n}", dated_on=datetime.date(2026, 1, day)) for n, day in enumerate(days, start=1)]


def test_pages_by_key_show_every_article_once(five):
    newest = Article.objects.page()
    second = Article.objects.page(before=newest.rows[-1].key)
    last = Article.objects.page(before=second.rows[-1].key)
    assert [slugs(page) for page in (newest, second, last)] == [
        (["nr-5", "nr-4"], False, True),
        (["nr-3", "nr-2"], True, True),
        (["nr-1"], True, False),
    ]
    assert Article.objects.page(after=last.rows[0].key) == second
    assert Article.objects.page(after=second.rows[0].key) == newest


def test_a_key_beyond_the_end_gives_an_empty_page_with_a_way_back(five):
    assert slugs(Article.objects.page(before=five[0].key)) == ([], True, False)
    assert slugs(Article.objects.page(after=five[4].key)) == (["nr-5", "nr-4"], False, True)


def test_without_articles_there_is_one_empty_page(db):
    assert Article.objects.page() == ListPage([], has_newer=False, has_older=False)

"""The starting news as it ships: whole, with sources, in plain words, and without places that do not exist."""

import datetime
import re
from collections import Counter

import pytest

from meedoen.kernel.text import plain_text
from meedoen.language.plain import judge
from meedoen.library.rules import Kind, first_day
from meedoen.library.starting import read_article, starting_files
from meedoen.themes.records import THEMES

EVERYTHING = [read_article(path) for path in starting_files()]
ARTICLES = [article for article in EVERYTHING if article.kind == Kind.NEWS]
REAL = [article for article in ARTICLES if not article.is_example]
EXAMPLES = [article for article in ARTICLES if article.is_example]


def named(articles):
    return pytest.mark.parametrize("article", articles, ids=lambda article: article.slug)


def test_there_is_something_to_start_with():
    counts = Counter(article.kind for article in EVERYTHING)
    assert counts == {Kind.NEWS: 14, Kind.PRACTICE: 18, Kind.TOOL: 13, Kind.GUIDE: 6}
    assert (len(REAL), len(EXAMPLES)) == (12, 2)
    assert sum(bool(article.easy_body) for article in REAL) >= 4


@named(REAL)
def test_every_real_article_names_its_sources(article):
    assert article.sources
    for text, url in article.sources:
        assert text
        assert url.startswith(("https://", "http://"))
    assert len({url for _text, url in article.sources}) == len(article.sources)


@named(EXAMPLES)
def test_an_example_is_about_a_place_that_does_not_exist(article):
    assert "Voorbeeld" in article.title
    assert (article.sources, article.municipalities) == ((), ())


@named(ARTICLES)
def test_an_article_has_known_themes_and_an_honest_date(article):
    assert article.themes
    assert set(article.themes) <= {theme.id for theme in THEMES}
    assert len(set(article.municipalities)) == len(article.municipalities)
    if article.happened:
        assert first_day(article.happened) == article.dated_on < article.written_on
    else:
        assert article.dated_on == article.written_on
    assert article.written_on <= datetime.date(2026, 11, 23)


@named(ARTICLES)
def test_the_easy_version_is_whole_and_shorter(article):
    parts = [article.easy_title, article.easy_summary, article.easy_body]
    assert all(parts) or not any(parts)
    assert len(plain_text(article.easy_body)) < len(plain_text(article.body))


def test_a_file_with_an_unknown_line_is_refused(tmp_path):
    path = tmp_path / "bericht.md"
    path.write_text("---\ntitle: Een titel\ntitel: Nog een\n---\nTekst\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"bericht\.md: unknown or double line 'titel: Nog een'"):
        read_article(path)


def test_a_file_without_a_summary_is_refused(tmp_path):
    path = tmp_path / "bericht.md"
    path.write_text("---\ntitle: Een titel\nwritten: 2026-11-23\n---\nTekst\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"bericht\.md: the line 'summary' is missing"):
        read_article(path)


@named(ARTICLES)
def test_an_article_is_plain_dutch(article):
    for title, summary, body in [
        (article.title, article.summary, article.body),
        (article.easy_title, article.easy_summary, article.easy_body),
    ]:
        lines = re.sub(r"[*#]|\]\([^)]*\)", "", f"{title}.\n{summary}\n{body}")
        assert judge(lines).remarks == ()

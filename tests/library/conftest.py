"""News to test with: a register of municipalities, the themes, and an article in one line."""

import datetime

import pytest
from tests.starting import load_once

from meedoen.library.actions import load_starting_content
from meedoen.library.models import Article
from meedoen.municipalities.actions import load_register
from meedoen.themes.actions import load_themes

NOW = datetime.datetime(2026, 11, 23, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def now():
    """Monday 23 November 2026, one o'clock in the Netherlands."""
    return NOW


@pytest.fixture
def themes(db):
    """The fourteen themes."""
    load_once("themes", lambda: load_themes(now=NOW))


@pytest.fixture
def article(db):
    """A function that makes an article; what is not told is filled in."""

    def make(slug="bericht", *, dated_on=datetime.date(2026, 11, 20), themes=(), **fields):
        fields = {
            "title": f"Titel van {slug}",
            "summary": f"Samenvatting van {slug}.",
            "body": f"Tekst van {slug}.",
            "written_on": dated_on,
            "published_at": NOW - datetime.timedelta(days=1),
            **fields,
        }
        made = Article.objects.create(slug=slug, dated_on=dated_on, **fields)
        made.themes.set(themes)
        return made

    return make


@pytest.fixture
def easy():
    """The fields of a version in easy language."""
    return {"easy_title": "Makkelijke titel", "easy_summary": "Kort gezegd.", "easy_body": "Makkelijke tekst."}


@pytest.fixture
def register(themes):
    """The register of municipalities."""
    load_once("register", lambda: load_register(now=NOW))


@pytest.fixture
def starting_news(register):
    """The site as it starts, examples and all."""
    load_once("news", lambda: load_starting_content(now=NOW, examples=True))

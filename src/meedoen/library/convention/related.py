"""What the library has on an article of the Convention; its page shows it under its own heading."""

import datetime

from meedoen.library.models import Article
from meedoen.themes.models import ConventionArticle

AREAS = ("news",)  # whose pages are no longer the same when what is listed here changes
SHOWN = 3  # cards: one row on a wide screen
until = Article.objects.next_publication  # the moment at which time alone brings something here


def library_items(article: ConventionArticle, *, now: datetime.datetime) -> list[Article]:
    """The newest that touches ``article``, with what a card shows of it."""
    touching = Article.objects.published(now).touching(article.number)
    return list(touching.newest_first().with_themes()[:SHOWN])

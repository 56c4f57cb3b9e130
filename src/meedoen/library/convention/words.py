"""What articles of the Convention are called."""

from django.utils.translation import gettext as _

from meedoen.themes.models import ConventionArticle


def title_of(article: ConventionArticle, words: str = "") -> str:
    """``Artikel 9: Toegankelijkheid``; or with other ``words`` than the official ones."""
    return _("Artikel %(number)s: %(title)s") % {"number": article.number, "title": words or article.title}

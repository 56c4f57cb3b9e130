"""News for who follows a theme or a municipality: a theme as something to follow, and what an article is about."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meedoen.activity import subjects
from meedoen.activity.models import Subject
from meedoen.themes.records import THEMES

from .models import Article


def register() -> None:
    """Make it known."""
    subjects.register(THEME)


def subjects_of(article: Article) -> list[Subject]:
    """All that somebody may follow of what an article is about."""
    found = [subjects.find(THEME.name, theme.id) for theme in article.themes.all()]
    for municipality in article.municipalities.all():
        found += subjects.of_municipality(municipality)
    return [subject for subject in found if subject]


def _theme(id: str) -> subjects.Thing | None:
    titles = {theme.id: theme.short for theme in THEMES}
    if id not in titles:
        return None
    return subjects.Thing(id, titles[id], f"{reverse('library:news')}?{urlencode({'thema': id})}")


THEME = subjects.Kind(
    name="theme",
    heading=_("Thema’s"),
    alone=_("Thema %(title)s"),
    inside=_("het thema %(title)s"),
    path="thema",
    find=_theme,
)

"""All celebrations as something to follow, and who hears of one."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.activity import subjects
from meedoen.activity.models import Subject

from .models import Celebration

ALL = "alle"  # the one thing of this kind that can be followed, in the address


def register() -> None:
    """Make it known."""
    subjects.register(WALL)


def subjects_of(celebration: Celebration) -> list[Subject]:
    """All that somebody may follow of what a celebration is about."""
    found = [subjects.find(WALL.name, ALL)]
    for municipality in celebration.municipalities.all():
        found += subjects.of_municipality(municipality)
    return [subject for subject in found if subject]


def _all(text: str) -> subjects.Thing | None:
    return subjects.Thing(ALL, _("Alle successen"), reverse("celebrations:wall")) if text == ALL else None


WALL = subjects.Kind(
    name="celebrations",
    heading=gettext_lazy("Successen"),
    alone=gettext_lazy("%(title)s"),
    inside=gettext_lazy("alle successen"),
    path="successen",
    find=_all,
)

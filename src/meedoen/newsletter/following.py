"""The newsletter as something to follow: by that it stands with the rest, is paused, stopped and undone as that is."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meedoen.activity import subjects
from meedoen.activity.models import Follow, Subject

from .reading import KIND

KEY = "week"


def register() -> None:
    """Make it known; at start-up."""
    subjects.register(NEWSLETTER)


def subject() -> Subject:
    """What is followed."""
    return Subject.objects.of(KIND, KEY, title=str(_("Nieuwsbrief")), url=reverse("newsletter:newsletter"))


def page_of(follow: Follow) -> str:
    """Where a reader changes how they get it."""
    return reverse("newsletter:own", args=[follow.key])


NEWSLETTER = subjects.Kind(
    name=KIND,
    heading=_("Nieuwsbrief"),
    alone=_("Nieuwsbrief"),
    inside=_("de nieuwsbrief"),
    stop_heading=_("Stoppen met de nieuwsbrief?"),
    stop_button=_("Stop met de nieuwsbrief"),
    page=page_of,
    rhythm=_("Een keer per week, op dinsdag"),
)

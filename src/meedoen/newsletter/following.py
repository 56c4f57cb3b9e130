"""The newsletter as something to follow: by that it stands with the rest, is paused, stopped and undone as that is."""

from collections.abc import Collection
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meedoen.activity import subjects
from meedoen.activity.models import Follow, Subject
from meedoen.mail.incoming import addresses

from .reading import KIND

KEY = "week"
PURPOSE = "newsletter.letter"  # of answers to a letter, and of mails that stop it; ``mailed`` handles them


def register() -> None:
    """Make it known; at start-up."""
    subjects.register(NEWSLETTER)


def subject() -> Subject:
    """What is followed."""
    return Subject.objects.of(KIND, KEY, title=str(_("Nieuwsbrief")), url=reverse("newsletter:newsletter"))


def page_of(follow: Follow) -> str:
    """Where a reader changes how they get it."""
    return reverse("newsletter:own", args=[follow.key])


def replies_to(subject: Subject, people: Collection[int], now: datetime) -> dict[int, str]:
    """Where the answers of these readers go, who may have stopped meanwhile."""
    follows = Follow.objects.filter(subject=subject, person__in=people).values_list("key", "person_id")
    owners = {key: str(person) for key, person in follows}
    found = addresses.answers_to(PURPOSE, owners, now=now)
    return {int(owners[key]): address for key, address in found.items()}


NEWSLETTER = subjects.Kind(
    name=KIND,
    heading=_("Nieuwsbrief"),
    alone=_("Nieuwsbrief"),
    inside=_("de nieuwsbrief"),
    stop_heading=_("Stoppen met de nieuwsbrief?"),
    stop_button=_("Stop met de nieuwsbrief"),
    page=page_of,
    replies_to=replies_to,
    rhythm=_("Een keer per week, op dinsdag"),
)

"""All meetings as something to follow, and who hears of one."""

from collections.abc import Collection
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.activity import subjects
from meedoen.activity.models import Subject
from meedoen.mail.incoming import addresses

from .attending import answering
from .models import Meeting

ALL = "alle"  # the one thing of this kind that can be followed, in the address
THEME = "theme"  # the kind of what is about a theme; another package of this floor knows it


def register() -> None:
    """Make it known."""
    subjects.register(MEETINGS)


def subjects_of(meeting: Meeting) -> list[Subject]:
    """All that somebody may follow of what a meeting is about."""
    found = [subjects.find(MEETINGS.name, ALL)]
    found += [subjects.find(THEME, theme.id) for theme in meeting.themes.all()]
    for municipality in {meeting.municipality, meeting.place_municipality} - {None}:
        found += subjects.of_municipality(municipality) if municipality else []
    return list(dict.fromkeys(subject for subject in found if subject))


def _replies_to(subject: Subject, people: Collection[int], now: datetime) -> dict[int, str]:
    """Where the answers of these people to a notice go: with the number of a meeting, one signs up."""
    return addresses.answers_about(answering.SIGN_UP, answering.ALL, people, now=now)


def _all(text: str) -> subjects.Thing | None:
    return subjects.Thing(ALL, _("Alle bijeenkomsten"), reverse("meetings:list")) if text == ALL else None


MEETINGS = subjects.Kind(
    name="meetings",
    heading=gettext_lazy("Bijeenkomsten"),
    alone=gettext_lazy("%(title)s"),
    inside=gettext_lazy("alle bijeenkomsten"),
    path="bijeenkomsten",
    find=_all,
    letter="mail/meetings/news.md",
    replies_to=_replies_to,
)

"""A conversation as something that can be followed."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from meedoen.activity import subjects
from meedoen.activity.models import Subject

from . import mailed, threads
from .models import Contribution
from .rules import since_text


def _fresh(url: str, since: datetime) -> str:
    """The address with the moment after which what stands there is new: a mail carries it, no cookie does (FR4)."""
    page, mark, place = url.partition("#")
    return f"{page}{'&' if '?' in page else '?'}sinds={since_text(since)}{mark}{place}"


def _ways(subject: Subject, people: Collection[int]) -> subjects.Ways:
    """What who began it can do there, as on their own page of what they wrote; nothing for others."""
    begun = Contribution.objects.select_related("thread").filter(thread=int(subject.key), number=1, person__in=people)
    opening = begun.first()
    return {opening.person_id: threads.kind_of(opening.thread).ways(opening)} if opening and opening.person_id else {}


THREAD = subjects.Kind(
    name="thread",
    heading=_("Gesprekken"),
    alone=_("%(title)s"),
    inside=_("het gesprek over ‘%(title)s’"),
    fresh=_fresh,
    ways=_ways,
    replies_to=mailed.replies_to,
)


def register() -> None:
    """Make it known."""
    subjects.register(THREAD)

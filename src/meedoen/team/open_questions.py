"""Questions that nobody answered for three days: municipalities are asked, and the team hears of it (FR7)."""

from datetime import datetime

import structlog
from django.db import transaction
from django.urls import reverse

from meedoen.conversation.quiet.actions import quiet_now
from meedoen.conversation.reading import words_of
from meedoen.forum.asking import actions as asking
from meedoen.forum.asking.models import Asked
from meedoen.forum.models import Topic
from meedoen.kernel import dutch
from meedoen.kernel.database import AWAY
from meedoen.library.relating import practices_like
from meedoen.mail import actions as mail
from meedoen.mail.rendering import Written
from meedoen.people.models import Person

log = structlog.get_logger("meedoen.team")


def ask_around(*, now: datetime) -> int:
    """Ask around for each question that waits, once; how many there were.

    Nobody is asked while nobody can answer. One that fails keeps no other from its turn.
    """
    if quiet_now(now):
        return 0
    count = 0
    for topic in asking.due(now=now):
        try:
            with transaction.atomic():
                asked = asking.ask_around(topic, alike=_shared_alike(topic, now), now=now)
                if asked is not None:
                    _tell_team(topic, asked, now=now)
                    count += 1
        except AWAY:
            raise
        except Exception:
            log.exception("nobody was asked", topic=topic.pk)
    return count


def _shared_alike(topic: Topic, now: datetime) -> dict[int, asking.Shared]:
    """By municipality, the practice example of its own that resembles the question most; the most alike first."""
    found: dict[int, asking.Shared] = {}
    words = words_of(topic.opening.text) if topic.opening else ""
    for practice in practices_like(topic.title, words, now=now):
        for municipality in practice.municipalities.all():
            found.setdefault(municipality.pk, asking.Shared(practice.title, practice.get_absolute_url()))
    return found


def _tell_team(topic: Topic, asked: list[Asked], *, now: datetime) -> None:
    names = dutch.join([each.knowledge.municipality.name for each in asked])
    words = Written(words_of(topic.opening.text if topic.opening else ""))
    for person in Person.objects.team().select_related("address").exclude(briefing__is_wanted=False):
        if person.address is None:
            continue
        mail.send(
            "mail/team/open_question.md",
            to=person.address.email,
            context={
                "title": topic.title,
                "since": topic.last_at,
                "words": words,
                "names": names,
                "path": topic.get_absolute_url(),
                "open_path": reverse("forum:waiting"),
                "mail_path": reverse("team:mail"),
            },
            key=f"topic-{topic.pk}-open-{person.pk}",
            now=now,
        )

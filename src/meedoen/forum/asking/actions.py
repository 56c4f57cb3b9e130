"""The deeds: say what your municipality knows about, ask around, and answer "not now" or "stop"."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from meedoen.conversation.models import Thread
from meedoen.conversation.reading import words_of
from meedoen.conversation.rules import State
from meedoen.forum.categories import CATEGORIES
from meedoen.forum.models import Topic
from meedoen.mail import actions as mail
from meedoen.mail.incoming import addresses
from meedoen.mail.rendering import Written
from meedoen.municipalities.models import Municipality
from meedoen.people.models import Person

from . import rules
from .models import Asked, Knowledge
from .rules import Answer

ASKED = "forum.asked"  # the purpose of answers by mail; ``mailed`` handles them
ASKED_AT_ONCE = 50  # questions in one round; the next minute takes the next ones


@dataclass(frozen=True)
class Shared:
    """What a municipality shared that resembles a question."""

    title: str
    path: str


def due(*, now: datetime) -> list[Topic]:
    """The questions about which others have to be asked now."""
    return list(Topic.objects.readable().unanswered_since(now - rules.ASK_AFTER)[:ASKED_AT_ONCE])


@transaction.atomic
def ask_around(topic: Topic, *, alike: Mapping[int, Shared], now: datetime) -> list[Asked] | None:
    """Ask up to three municipalities that know about its theme, once; each gets one mail with the question in it.

    ``alike`` tells by municipality what it shared that resembles the question, the most alike first: they go before.
    Nothing (None) when it was done meanwhile, or an answer came, or it was closed.
    """
    Thread.objects.select_for_update().get(pk=topic.thread_id)
    still = Topic.objects.readable().unanswered_since(now - rules.ASK_AFTER).filter(pk=topic.pk)
    found = still.select_related("thread", "municipality").first()
    opening = found.opening if found else None
    if found is None or opening is None or opening.state != State.SHOWN:
        return None
    known = Knowledge.objects.filter(category=found.category).exclude(person=found.author)
    asked = [
        Asked.objects.create(topic=found, knowledge=each, at=now)
        for each in rules.chosen(known.may_be_asked(now=now), but=found.municipality_id, alike=list(alike))
    ]
    for each in asked:
        _mail(each, words_of(opening.text), alike.get(each.knowledge.municipality_id), now=now)
    found.asked_at = now
    found.save(update_fields=["asked_at"])
    return asked


def _mail(asked: Asked, words: str, shared: Shared | None, *, now: datetime) -> None:
    knowledge, topic = asked.knowledge, asked.topic
    if knowledge.person.address is None:
        return
    path = reverse("forum:asked", args=[asked.key])
    reply_to = addresses.answer_to(ASKED, owner=knowledge.person_id, about=asked.pk, now=now)
    mail.send(
        "mail/forum/asked.md",
        to=knowledge.person.address.email,
        context={
            "title": topic.title,
            "words": Written(words),
            "since": topic.last_at,
            "theme": str(CATEGORIES[topic.category].name),
            "municipality": knowledge.municipality.name,
            "shared_title": shared.title if shared else "",
            "shared_path": shared.path if shared else "",
            "answer_path": f"{topic.get_absolute_url()}#reageren",
            "path": path,
            "may_reply": bool(reply_to),
        },
        key=f"topic-{topic.pk}-asked-{knowledge.pk}",
        now=now,
        reply_to=reply_to,
    )


@transaction.atomic
def say(person: Person, municipality: Municipality, categories: Collection[str], *, now: datetime) -> None:
    """Let it be known that ``municipality`` knows about these themes, and about no others."""
    Knowledge.objects.filter(person=person).alive().exclude(category__in=categories).update(stopped_at=now)
    for category in categories:
        known, is_new = Knowledge.objects.get_or_create(
            person=person, category=category, defaults={"municipality": municipality, "said_at": now}
        )
        if not is_new and (known.stopped_at or known.municipality_id != municipality.pk):
            known.municipality, known.said_at, known.stopped_at, known.rests_until = municipality, now, None, None
            known.save(update_fields=["municipality", "said_at", "stopped_at", "rests_until"])


@transaction.atomic
def answer(asked: Asked, said: Answer, *, now: datetime) -> None:
    """Hear what somebody says to being asked.

    "Not now" and "stop" are about all that they said they know about. Nothing said takes back what they said last;
    "not now" takes no stop back.
    """
    person = asked.knowledge.person_id
    known = list(Knowledge.objects.select_for_update().filter(person=person).order_by("pk"))
    stopped = next(each.stopped_at for each in known if each.pk == asked.knowledge_id)
    asked.answer = said
    asked.save(update_fields=["answer"])
    for each in known:
        if said == Answer.LATER:
            each.rests_until = now + rules.REST
        elif said == Answer.STOP:
            each.stopped_at = each.stopped_at or now
        else:
            each.rests_until = None
            each.stopped_at = None if each.stopped_at == stopped else each.stopped_at
    Knowledge.objects.bulk_update(known, ["rests_until", "stopped_at"])

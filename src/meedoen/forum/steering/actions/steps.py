"""Changing a topic: close, pin, move, rename, announce and sum up, and the one way in which a step is kept and undone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.activity import actions as activity
from meedoen.activity.rules import TELL_AFTER
from meedoen.conversation.actions import subject_of
from meedoen.conversation.models import AREA, Thread
from meedoen.forum import actions as forum
from meedoen.forum import facts
from meedoen.forum.models import Topic
from meedoen.forum.steering import rules, words
from meedoen.forum.steering.models import Step
from meedoen.forum.steering.rules import Deed
from meedoen.pages.actions import changed
from meedoen.people.models import Person

MAX_SENTENCE_LENGTH = 200  # characters of what followers read


class CannotSteer(Exception):
    """This cannot be done with the topic now; the text is fit to show the team."""


@transaction.atomic
def steer(topic: Topic, deed: Deed, *, by: Person, reason: str, now: datetime, **wanted: Any) -> Step:
    """Do something with a topic; ``wanted`` holds the new category, title or summary, where the deed asks one.

    Raises ``CannotSteer`` when a colleague was first, or who is not of the team.
    """
    topic = locked(topic, by)
    if not rules.may(deed, topic):
        raise CannotSteer(_("Dit is intussen al zo. Er is niets veranderd."))
    after = rules.change(deed, wanted)
    before = {name: getattr(topic, name) for name in after}
    if before == after:
        raise CannotSteer(_("Dit is al zo. Er is niets veranderd."))
    if deed == Deed.PIN:
        _check_room(topic)
    put(topic, after, now)
    return keep(Step(topic=topic, deed=deed, by=by, reason=reason, before=before, after=after), now)


@transaction.atomic
def undo_change(step: Step, *, by: Person, now: datetime) -> Step:
    """Take a change back, as long as nothing that it changed was changed again; the step back is kept as well.

    Raises ``CannotSteer``.
    """
    topic = locked(Topic.objects.get(pk=step.topic_id), by)
    step = Step.objects.get(pk=step.pk)
    if not rules.may_undo(step, topic):
        raise CannotSteer(_("Dit kan niet meer terug. Er veranderde intussen iets anders. Er is niets veranderd."))
    if step.before.get("is_pinned"):
        _check_room(topic)
    put(topic, step.before, now)
    return keep(reverse(step, topic, by), now)


def check_team(by: Person) -> None:
    """Raise ``CannotSteer`` for who is not of the team."""
    if not by.is_team:
        raise CannotSteer(_("Alleen het projectteam doet dit."))


def reverse(step: Step, topic: Topic, by: Person) -> Step:
    """The step that takes another back."""
    return Step(topic=topic, deed=step.deed, by=by, undoes=step, before=step.after, after=step.before)


def locked(topic: Topic, by: Person) -> Topic:
    """The topic as it stands now, while nobody else changes its thread. Raises ``CannotSteer``."""
    check_team(by)
    thread = Thread.objects.select_for_update(of=("self",)).get(pk=topic.thread_id)
    if thread.moved_to_id:
        raise CannotSteer(_("Dit onderwerp is intussen samengevoegd met een ander. Er is niets veranderd."))
    topic = Topic.objects.select_for_update(of=("self",)).get(pk=topic.pk)
    topic.thread = thread
    return topic


def put(topic: Topic, values: Mapping[str, Any], now: datetime) -> None:
    """Let the topic hold these values, with all that follows from them."""
    stood_in = topic.category
    for name, value in values.items():
        if name == "is_closed":
            topic.thread.is_closed = value
            topic.thread.save(update_fields=["is_closed"])
        elif name == "is_pinned":
            topic.pinned_at = now if value else None
        else:
            setattr(topic, name, value)
    topic.save(update_fields=["category", "kind", "pinned_at", "summary"])
    forum.call(topic, topic.title, was=topic.was_title)
    for category in sorted({stood_in, topic.category}) if {"category", "kind"} & set(values) else ():
        forum.shelve(category)


def keep(step: Step, now: datetime, *, also: Topic | None = None) -> Step:
    """Keep a step, show it above its topic, and let followers hear of it, ``also`` those of another; last of all."""
    step.at = now
    step.save()
    Topic.objects.filter(pk=step.topic_id).update(last_step=step)
    _tell_followers(step, now, also)
    facts.tell_topics(*Topic.objects.filter(pk__in=[step.topic_id, *([also.pk] if also else [])]), now=now)
    changed(AREA, now=now)
    return step


def _check_room(topic: Topic) -> None:
    if Topic.objects.pinned().in_category(topic.category).exclude(pk=topic.pk).count() >= rules.MAX_PINNED:
        raise CannotSteer(
            _("Er staan er al %(count)s vast in dit onderdeel. Maak er eerst een los.") % {"count": rules.MAX_PINNED}
        )


def _tell_followers(step: Step, now: datetime, also: Topic | None) -> None:
    """Tell what changes something for them; a slip that was undone at once is told to nobody."""
    if step.deed not in rules.TOLD:
        return
    if step.undoes and now - step.undoes.at < TELL_AFTER:
        activity.take_back(f"step-{step.undoes_id}")
        return
    topic = step.topic
    activity.record(
        *(subject_of(each.thread) for each in (topic, also) if each),
        mark=f"step-{step.pk}",
        sentence=words.told(step, topic.title)[:MAX_SENTENCE_LENGTH],
        words=step.reason,
        url=topic.get_absolute_url(),
        actor=step.by,
        now=now,
    )

"""Bringing topics together and taking them apart; each can be undone as long as what was moved was not moved again."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.activity import actions as activity
from meedoen.conversation import moving
from meedoen.conversation.actions import subject_of
from meedoen.conversation.models import FormerPlace, Thread
from meedoen.conversation.rules import may_be_read
from meedoen.forum import actions as forum
from meedoen.forum.models import THREAD, Topic
from meedoen.forum.rules import Kind
from meedoen.forum.steering.models import Step
from meedoen.forum.steering.rules import Deed
from meedoen.kernel.identifiers import unguessable
from meedoen.people.models import Person

from .steps import CannotSteer, check_team, keep, reverse, undo_change


@transaction.atomic
def merge(topic: Topic, into: Topic, *, by: Person, reason: str, now: datetime) -> Step:
    """Bring all of ``topic`` to the end of ``into``, where the step is kept. Raises ``CannotSteer``."""
    check_team(by)
    if topic.pk == into.pk:
        raise CannotSteer(_("Dit is hetzelfde onderwerp. Kies een ander."))
    source, target = _locked(topic, into)
    if not (source.is_shown and target.is_shown):
        raise CannotSteer(_("Een van de twee is nu niet te lezen. Er is niets veranderd."))
    first = target.thread.last_number + 1
    batch = moving.move_all(source.thread, target.thread, now=now)
    brought = activity.bring_along(subject_of(source.thread), subject_of(target.thread), now=now)
    forum.count_topic(source.thread)  # of an empty thread nobody tells it
    after = {
        "topic": source.pk,
        "batch": batch,
        "first": first,
        "last": max(first, target.thread.last_number),
        "brought": brought,
    }
    return keep(Step(topic=target, deed=Deed.MERGE, by=by, reason=reason, after=after), now, also=source)


@transaction.atomic
def split(
    topic: Topic,
    numbers: Collection[int],
    *,
    title: str,
    category: str,
    kind: Kind,
    by: Person,
    reason: str,
    now: datetime,
) -> Step:
    """Make a new topic of these contributions; the step is kept with both. Raises ``CannotSteer``."""
    check_team(by)
    (source,) = _locked(topic)
    chosen = list(
        source.thread.contributions.standing().filter(number__in=numbers).select_related("person").order_by("number")
    )
    if missing := sorted(set(numbers) - {each.number for each in chosen}):
        raise CannotSteer(_("Bericht %(number)s staat hier niet. Er is niets veranderd.") % {"number": missing[0]})
    if not chosen:
        raise CannotSteer(_("Kies minstens een bericht. Er is niets veranderd."))
    if chosen[0].number == 1:
        raise CannotSteer(_("Het eerste bericht blijft hier. Kies andere berichten. Er is niets veranderd."))
    if not may_be_read(chosen[0]):
        raise CannotSteer(_("Begin met een bericht dat te lezen is. Er is niets veranderd."))
    begins = chosen[0]
    thread = Thread.objects.create(kind=THREAD, key=unguessable(), title=title, created_at=now)
    new = Topic.objects.create(
        thread=thread,
        category=category,
        kind=kind,
        title=title,
        slug=forum.slug_of(title, kind),
        author=begins.person,
        municipality=None if begins.hides_name else begins.person.municipality,
        begun_at=begins.shown_at or now,
        last_at=begins.shown_at or now,
    )
    thread.key = str(new.pk)
    thread.save(update_fields=["key"])
    new.thread = thread
    forum.call(new, title)
    batch = moving.move_some(source.thread, [each.number for each in chosen if each.number], thread, now=now)
    brought = activity.bring_along(subject_of(source.thread), subject_of(thread), now=now)
    origin = Step(topic=new, deed=Deed.SPLIT, by=by, reason=reason, before={"from": source.pk})
    keep(origin, now)
    after = {"topic": new.pk, "batch": batch, "count": len(chosen), "brought": brought}
    return keep(Step(topic=source, deed=Deed.SPLIT, by=by, reason=reason, after=after), now)


def undo(step: Step, *, by: Person, now: datetime) -> Step:
    """Take a step back; the step back is kept as well. Raises ``CannotSteer``."""
    ways = {Deed.MERGE: undo_merge, Deed.SPLIT: undo_split}
    if step.deed in ways and not step.after:
        raise CannotSteer(_("Dit draai je terug bij het onderwerp waar de berichten vandaan komen."))
    return ways.get(Deed(step.deed), undo_change)(step, by=by, now=now)


@transaction.atomic
def undo_merge(step: Step, *, by: Person, now: datetime) -> Step:
    """Take two topics apart again: what came goes back to its own numbers, what was written since stays."""
    target, source = _to_undo(step, by)
    if source.thread.moved_to_id != target.thread_id:
        raise CannotSteer(_("Dit kan niet meer terug. Er veranderde intussen iets anders. Er is niets veranderd."))
    batch = step.after["batch"]
    moving.stay_apart(source.thread, target.thread)
    moving.move_back(batch, source=source.thread, target=target.thread, now=now)
    activity.let_go(subject_of(target.thread), step.after["brought"], since=step.at)
    return keep(reverse(step, target, by), now, also=source)


@transaction.atomic
def undo_split(step: Step, *, by: Person, now: datetime) -> Step:
    """Bring what was split off back to its own numbers; what was written there since comes at the end."""
    source, new = _to_undo(step, by)
    if new.steps.filter(deed__in=[Deed.MERGE, Deed.SPLIT], undoes=None, undone_by=None).exclude(after={}).exists():
        raise CannotSteer(_("Dit kan niet meer terug. Er veranderde intussen iets anders. Er is niets veranderd."))
    moving.move_back(step.after["batch"], source=source.thread, target=new.thread, now=now)
    moving.move_all(new.thread, source.thread, now=now)
    activity.bring_along(subject_of(new.thread), subject_of(source.thread), now=now)
    forum.count_topic(new.thread)  # of an empty thread nobody tells it
    return keep(reverse(step, source, by), now)


def first_place(thread: Thread, number: int) -> str:
    """Where the first stands of what stood in a thread from ``number`` on and was moved."""
    places = FormerPlace.objects.filter(thread=thread, number__isnull=False).select_related("contribution__thread")
    place = places.filter(number__gte=number).order_by("number").first() or places.order_by("number").last()
    return place.contribution.url if place else thread.present.url


def _locked(*topics: Topic) -> list[Topic]:
    """These topics as they stand now, while nobody else changes their threads; locked in one order."""
    threads = moving.lock(*(each.thread_id for each in topics))
    if any(thread.moved_to_id for thread in threads.values()):
        raise CannotSteer(_("Dit onderwerp is intussen samengevoegd met een ander. Er is niets veranderd."))
    return _fresh(topics, threads)


def _fresh(topics: Collection[Topic], threads: dict[int, Thread]) -> list[Topic]:
    numbers = [each.pk for each in topics]
    found = {
        each.pk: each for each in Topic.objects.select_for_update(of=("self",)).filter(pk__in=numbers).order_by("pk")
    }
    for each in found.values():
        each.thread = threads[each.thread_id]
    return [found[number] for number in numbers]


def _to_undo(step: Step, by: Person) -> list[Topic]:
    """The topic of the step and the other one, locked. Raises ``CannotSteer`` when it was undone, or cannot be."""
    check_team(by)
    topics = [Topic.objects.get(pk=step.topic_id), Topic.objects.get(pk=step.after["topic"])]
    threads = moving.lock(*(each.thread_id for each in topics))
    step = Step.objects.get(pk=step.pk)
    if step.is_undone or step.is_undoing or threads[topics[0].thread_id].moved_to_id:
        raise CannotSteer(_("Dit kan niet meer terug. Er veranderde intussen iets anders. Er is niets veranderd."))
    return _fresh(topics, threads)

"""A contribution as it stands: held while it changes, given its place, stored and counted."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, F, Max, Q, QuerySet

from meedoen.kernel import prepared
from meedoen.kernel.database import ROWS_AT_ONCE, in_parts
from meedoen.pages.actions import changed

from .. import rules, threads
from ..models import AREA, Contribution, Thread
from ..rules import State
from .hearing import correct_quotes, tell_followers


def put_in_place(contribution: Contribution, now: datetime) -> None:
    """Give it its place. The caller holds the thread's lock, so that no number is given twice."""
    contribution.state = State.SHOWN
    if contribution.number is None:
        contribution.thread.last_number += 1
        contribution.number, contribution.shown_at = contribution.thread.last_number, now


def talk_of(answered: Contribution) -> int | None:
    """The id of what the talk began with in which ``answered`` stands; an answer to the opening begins its own."""
    if threads.is_opening(answered):
        return None
    talk = (
        Contribution.objects.filter(pk=answered.talk_id, thread=answered.thread).first() if answered.talk_id else None
    )
    return talk.pk if talk and not threads.is_opening(talk) else answered.pk


def locked_thread(thread: Thread) -> Thread:
    """Where what is written in a thread comes, as it stands now, while nobody else changes it."""
    number = thread.pk
    while True:
        with transaction.atomic():
            found = _to_change(number)
            if found.moved_to_id is None:
                return found
            number = found.moved_to_id
            transaction.set_rollback(True)  # lets go of this one: who moves locks in another order


def locked(contribution: Contribution) -> Contribution:
    """The contribution as it stands now, while nobody else changes its thread."""
    number = contribution.thread_id
    while True:
        with transaction.atomic():
            thread = _to_change(number)
            found = Contribution.objects.select_related("person").get(pk=contribution.pk)
            if found.thread_id == number:
                found.thread = thread
                return found
            number = found.thread_id
            transaction.set_rollback(True)  # moved meanwhile; lets go of where it stood


def _to_change(number: int) -> Thread:
    found = prepared.one(_for_update, number=number)
    if found is None:
        raise Thread.DoesNotExist
    return found


def _for_update(*, number: int) -> QuerySet[Thread]:
    return Thread.objects.filter(pk=number).select_for_update(of=("self",))


def save(contribution: Contribution, now: datetime) -> None:
    """Store where it stands now, and let followers and pages know."""
    if contribution.state not in rules.FOR_THE_TEAM:
        contribution.waits_since = None
    elif contribution.waits_since is None:
        contribution.waits_since = now
    is_new = contribution.pk is None
    known = Contribution.objects.filter(pk=contribution.pk).values_list("state", flat=True)
    before = None if is_new else known.first()
    contribution.save()
    _count(contribution, (contribution.state == State.SHOWN) - (before == State.SHOWN))
    threads.tell(contribution, now, is_new=is_new)
    tell_followers(contribution, now, is_new=is_new)
    changed(AREA, now=now)


def _count(contribution: Contribution, more: int) -> None:
    """Keep in the rows how much can be read; the thread is locked, so that no count is lost."""
    thread = contribution.thread
    if more:
        thread.shown_count += more
        thread.save(update_fields=["shown_count", "last_number"])
    if more and contribution.talk_id:
        talk = Contribution.objects.filter(pk=contribution.talk_id, thread=thread)
        talk.update(answer_count=F("answer_count") + more)


def recount(thread: Thread, *, now: datetime) -> None:
    """Count a thread anew after many of its contributions changed at once, and let its feature know."""
    thread = Thread.objects.select_for_update().get(pk=thread.pk)
    found = thread.contributions.aggregate(last=Max("number"), shown=Count("pk", filter=Q(state=State.SHOWN)))
    thread.last_number, thread.shown_count = max(thread.last_number, found["last"] or 0), found["shown"]
    thread.save(update_fields=["shown_count", "last_number"])
    _count_talks(thread)
    correct_quotes(thread, "(/reacties/")
    first = thread.contributions.select_related("person").order_by("number", "pk").first()
    if first:
        first.thread = thread
        threads.tell(first, now)


def _count_talks(thread: Thread) -> None:
    """Keep with each beginning of a talk how many answers to it can be read; only what is not so yet is written.

    Counted apart from writing, and without joining rows to rows: PostgreSQL compared each with each other one. A talk
    that began in another thread counts in neither.
    """
    answers = thread.contributions.filter(talk__isnull=False, state=State.SHOWN).order_by()
    counts: dict[int, int] = dict(answers.values_list("talk").annotate(Count("pk")))
    here = {
        pk
        for part in in_parts(sorted(counts))
        for pk in thread.contributions.filter(pk__in=part).values_list("pk", flat=True)
    }
    counts = {pk: count for pk, count in counts.items() if pk in here}
    before = dict(thread.contributions.filter(answer_count__gt=0).values_list("pk", "answer_count"))
    wrong = [
        Contribution(pk=pk, answer_count=counts.get(pk, 0))
        for pk in sorted({*counts, *before})
        if counts.get(pk, 0) != before.get(pk, 0)
    ]
    Contribution.objects.bulk_update(wrong, ["answer_count"], batch_size=ROWS_AT_ONCE)

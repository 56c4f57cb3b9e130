"""The deeds of the forum: begin a topic, and keep its counts while people answer."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, Max, Min, Q
from django.utils.translation import gettext as _

from meedoen.activity import actions as activity
from meedoen.activity import subjects
from meedoen.conversation import actions as conversation
from meedoen.conversation.models import Contribution, Thread
from meedoen.conversation.rules import State
from meedoen.kernel.identifiers import unguessable
from meedoen.kernel.text import slug
from meedoen.people.along.models import Bond
from meedoen.people.models import Person

from .models import THREAD, Topic
from .rules import Kind

MAX_SLUG_LENGTH = 80  # characters of the address


@transaction.atomic
def begin(
    *,
    category: str,
    kind: Kind,
    title: str,
    text: str,
    person: Person,
    hides_name: bool,
    score: int,
    looks_like_spam: bool,
    now: datetime,
    bond: Bond | None = None,
) -> Contribution:
    """Begin a topic with its first contribution, which stands at once or waits as any other.

    Raises ``conversation.CannotWrite`` when this person may not write now.
    """
    thread = Thread.objects.create(kind=THREAD, key=unguessable(), title=title, created_at=now)
    topic = Topic.objects.create(
        thread=thread,
        category=category,
        kind=kind,
        title=title,
        slug=slug(title)[:MAX_SLUG_LENGTH].strip("-") or kind.value,
        author=person,
        municipality=None if hides_name else person.municipality,
        begun_at=now,
        last_at=now,
    )
    thread.key, thread.url = str(topic.pk), topic.get_absolute_url()
    thread.save(update_fields=["key", "url"])
    return conversation.contribute(
        thread,
        person=person,
        bond=bond,
        text=text,
        hides_name=hides_name,
        score=score,
        looks_like_spam=looks_like_spam,
        now=now,
    )


def count(contribution: Contribution, now: datetime) -> None:
    """Keep what lists show of a topic, after a change of one of its contributions; the thread is locked.

    Who follows its theme or municipality hears of a new topic as long as that stands.
    """
    thread = contribution.thread
    found = thread.contributions.aggregate(
        first=Min("pk"),
        shown=Count("pk", filter=Q(state=State.SHOWN)),
        last=Max("shown_at", filter=Q(state=State.SHOWN)),
    )
    is_shown = thread.contributions.filter(pk=found["first"], state=State.SHOWN).exists()
    Topic.objects.filter(thread=thread).update(
        is_shown=is_shown,
        reply_count=max(0, found["shown"] - (1 if is_shown else 0)),
        **({"last_at": found["last"]} if found["last"] else {}),
    )
    _announce(contribution, is_shown=is_shown)


def erase_empty() -> int:
    """Forget topics of which nothing is left: what looked like a robot's advertising and was erased; how many."""
    empty = list(Topic.objects.filter(is_shown=False, thread__contributions=None).select_related("thread"))
    for topic in empty:
        topic.delete()
        topic.thread.delete()
    return len(empty)


def _announce(contribution: Contribution, *, is_shown: bool) -> None:
    topic = Topic.objects.select_related("municipality").get(thread=contribution.thread_id)
    mark = f"topic-{topic.pk}"
    if not is_shown:
        activity.take_back(mark)
        return
    first = contribution.thread.contributions.order_by("pk")[0]
    followed = [subjects.find("theme", topic.category)]
    if topic.municipality:
        followed.append(subjects.find("municipality", topic.municipality.slug))
    activity.record(
        *(subject for subject in followed if subject),
        mark=mark,
        sentence=_("Nieuw op het forum: %(title)s") % {"title": topic.title},
        words=first.text,
        url=topic.get_absolute_url(),
        actor=first.person,
        now=first.shown_at or topic.begun_at,  # put back later, it is no news
    )
    activity.correct(mark, words=first.text)

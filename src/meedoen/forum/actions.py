"""The deeds of the forum: begin a topic, and keep its counts while people answer."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.activity import actions as activity
from meedoen.activity import subjects
from meedoen.activity.models import Subject
from meedoen.conversation import actions as conversation
from meedoen.conversation import mentions
from meedoen.conversation.models import Contribution, Thread
from meedoen.conversation.reading import words_of
from meedoen.conversation.rules import State
from meedoen.conversation.threads import Help
from meedoen.kernel import clock
from meedoen.kernel.identifiers import unguessable
from meedoen.kernel.text import slug
from meedoen.people.along.models import Bond
from meedoen.people.models import Person

from . import facts, reading, rules
from .models import FOLLOWED, THREAD, Shelf, Topic
from .rules import SIMILAR_SHOWN, Kind, Order

MAX_SLUG_LENGTH = 80  # characters of the address
GONE = gettext_lazy("Een bericht dat weg is")  # the title of what its writer took back, while others' answers stand


class CannotSay(Exception):
    """Nothing can be said of it; the text is fit to show."""


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
        slug=slug_of(title, kind),
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
    """Keep what lists show of a topic, after a change of one of its contributions; the thread is locked."""
    count_topic(contribution.thread, is_news=contribution.number in (None, 1))


def count_added(contribution: Contribution, now: datetime) -> None:
    """Keep the same of a topic to which an answer came this moment; the thread is locked.

    To what stands already it only adds: nothing has to be looked up, nor counted anew. In SQL of its own: made from
    querysets, this cost as much as all that an answer writes.
    """
    topics, shelves = map(connection.ops.quote_name, (Topic._meta.db_table, Shelf._meta.db_table))
    thread, at = contribution.thread_id, connection.ops.adapt_datetimefield_value(contribution.shown_at)
    with connection.cursor() as cursor:
        if contribution.number != 1:
            cursor.execute(
                f"UPDATE {topics} SET reply_count = reply_count + 1, last_at = %s"  # noqa: S608
                " WHERE thread_id = %s AND is_shown",
                [at, thread],
            )
            if cursor.rowcount:
                cursor.execute(
                    f"UPDATE {shelves} SET last_at = %s WHERE last_at < %s"  # noqa: S608  who was later, stays
                    f" AND category = (SELECT category FROM {topics} WHERE thread_id = %s)",
                    [at, at, thread],
                )
                return
    count(contribution, now)


def count_topic(thread: Thread, *, is_news: bool = True) -> None:
    """Keep what lists show of a topic; the thread is locked.

    ``is_news``: who follows its theme or municipality hears of a new topic as long as that stands.
    """
    topic = Topic.objects.select_related("municipality").get(thread=thread)
    topic.thread = thread  # the one that the caller goes on with: it knows a new title too
    before = (topic.is_shown, topic.is_answered, topic.last_at)
    opening = thread.contributions.filter(number=1).first()
    state = opening.state if opening else State.WAITING
    topic.reply_count = thread.shown_count - (1 if state == State.SHOWN else 0)
    topic.is_shown = rules.stands(state, topic.reply_count)
    last_at = thread.contributions.readable().order_by("-number").values_list("shown_at", flat=True).first()
    topic.last_at = last_at or topic.last_at
    if state == State.RETRACTED and topic.title != GONE:
        call(topic, str(GONE), was=topic.title)
    elif state == State.SHOWN and topic.was_title:
        call(topic, topic.was_title)
    if topic.is_shown and not before[0] and not topic.similar:
        topic.similar = resemble(topic)
    topic.is_answered = topic.kind == Kind.QUESTION and thread.contributions.that_helped().exists()
    topic.save(update_fields=["is_shown", "is_answered", "reply_count", "last_at", "similar"])
    facts.tell_topics(topic, now=clock.now())
    after = (topic.is_shown, topic.is_answered, topic.last_at)
    if before != after:
        shelve(topic.category, counts=before[:2] != after[:2])
    if is_news:
        _announce(topic, opening if state == State.SHOWN else None)


@transaction.atomic
def say_helped(contribution: Contribution, helped: bool, *, now: datetime) -> None:
    """Let who asked say that an answer helped, or that it did not after all. Twice is once.

    Raises ``CannotSay`` for what is no answer that can be read.
    """
    contribution = conversation.locked(contribution)
    if contribution.state != State.SHOWN or contribution.number == 1:
        raise CannotSay(_("Dit antwoord staat er niet meer."))
    if helped != bool(contribution.helped_at):
        contribution.helped_at = now if helped else None
        conversation.save(contribution, now)


def say_newest_helped(thread: Thread, person: Person, said: Help, now: datetime) -> Contribution | None:
    """Let who asked say that the newest answer of somebody else, of those that they can mean, helped or did not.

    That answer; None where there is none, or somebody else asked.
    """
    topic = Topic.objects.readable().filter(thread=thread).first()
    opening = topic.opening if topic else None
    if opening is None or opening.person_id != person.pk:
        return None
    answers = thread.contributions.readable().exclude(person=person).filter(number__gt=1)
    if not said.is_so:  # what did not help after all is what was said to help
        answers = answers.that_helped()
    answers = answers.select_related("thread", "person").order_by("-number")
    newest: Contribution | None = answers.filter(number__in=said.numbers).first()
    if newest is None and not said.is_named:
        newest = answers.first()
    if newest:
        say_helped(newest, said.is_so, now=now)
    return newest


def call(topic: Topic, title: str, *, was: str = "") -> None:
    """Give a topic another title, and keep ``was``; earlier addresses lead to the new one, followers see the new one."""
    topic.title, topic.was_title, topic.slug = title, was, slug_of(title, Kind(topic.kind))
    topic.save(update_fields=["title", "was_title", "slug"])
    thread = topic.thread
    thread.title, thread.url = title, topic.get_absolute_url()
    thread.save(update_fields=["title", "url"])
    Subject.objects.filter(kind=FOLLOWED, key=str(thread.pk)).update(title=title, url=thread.url)
    mentions.retitle(thread)


def slug_of(title: str, kind: Kind) -> str:
    """What stands of a title in an address."""
    return slug(title)[:MAX_SLUG_LENGTH].strip("-") or kind.value


def shelve(category: str, *, counts: bool = True) -> None:
    """Keep what the forum's home tells of a category; ``counts`` too when a topic came, went or was answered."""
    topics = Topic.objects.readable().in_category(category)
    newest = topics.newest_first().values_list("last_at", flat=True).first()
    told: dict[str, Any] = {"last_at": newest}
    if counts:
        told |= {"topic_count": topics.count(), "open_count": topics.listed(Order.OPEN).count()}
    if not Shelf.objects.filter(category=category).update(**told):
        Shelf.objects.update_or_create(category=category, defaults=told)


def resemble(topic: Topic) -> list[int]:
    """The topics that resemble this one, which from now on resembles those of them that have room for it."""
    found = reading.similar(topic.title, but=topic.pk)
    for each in found:
        if len(each.similar) < SIMILAR_SHOWN and topic.pk not in each.similar:
            each.similar = [*each.similar, topic.pk]
            each.save(update_fields=["similar"])
    return [each.pk for each in found]


def erase_empty() -> int:
    """Forget topics of which nothing is left: what looked like a robot's advertising and was erased; how many."""
    held = {"thread__moved_to": None, "thread__taken_in": None, "thread__former_places": None}
    empty = list(Topic.objects.filter(is_shown=False, thread__contributions=None, **held).select_related("thread"))
    for topic in empty:
        topic.delete()
        topic.thread.delete()
    return len(empty)


def _announce(topic: Topic, opening: Contribution | None) -> None:
    mark = f"topic-{topic.pk}"
    if opening is None:
        activity.take_back(mark)
        return
    followed = [subjects.find("theme", topic.category)]
    if topic.municipality:
        followed.append(subjects.find("municipality", topic.municipality.slug))
    activity.record(
        *(subject for subject in followed if subject),
        mark=mark,
        sentence=_("Nieuw op het forum: %(title)s") % {"title": topic.title},
        words=words_of(opening.text),
        url=topic.get_absolute_url(),
        actor=opening.person,
        now=opening.shown_at or topic.begun_at,  # put back later, it is no news
    )
    activity.correct(mark, words=words_of(opening.text))

"""What the forum tells of municipalities as facts: that somebody who speaks or works for one gave an answer that helped.

Only of who shows that beside their name, and only while they do: a resident's answer is not their municipality's.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from meedoen.conversation.models import Contribution, ContributionQuerySet, number_url
from meedoen.kernel import clock
from meedoen.municipalities.facts import actions as facts
from meedoen.municipalities.facts import rules, tellers
from meedoen.municipalities.facts.rules import Told
from meedoen.municipalities.facts.tellers import Source
from meedoen.municipalities.models import Municipality
from meedoen.people.standing import showing
from meedoen.people.standing.reading import standing_of, with_standing
from meedoen.themes.records import THEMES

from .models import THREAD, Topic
from .rules import Kind

TOPIC = "topic"
SHORTS = {theme.id: str(theme.short).lower() for theme in THEMES}


def register() -> None:
    """Put it in; at start-up."""
    tellers.register(TOPIC, of_topics)
    showing.register(tell_of_person)


def tell_topics(*topics: Topic, now: datetime) -> None:
    """Let topics tell their facts as they stand now."""
    facts.tell_all([_of_now(topic, now) for topic in topics], now=now)


def tell_of_person(person: int, now: datetime) -> None:
    """The same of all topics in which an answer of somebody helped."""
    found = Topic.objects.filter(thread__in=_helpful().filter(person=person).order_by().values("thread"))
    facts.tell_all([_of_now(topic, now) for topic in found], now=now)


def of_topics() -> Iterable[Source]:
    """All topics in which something helped; two queries."""
    answers: dict[int, list[Contribution]] = {}
    for answer in _helpful().filter(thread__kind=THREAD):
        answers.setdefault(answer.thread_id, []).append(answer)
    topics = Topic.objects.readable().filter(kind=Kind.QUESTION, is_answered=True, thread__in=list(answers))
    return [_of_topic(topic, answers[topic.thread_id], clock.now()) for topic in topics]


def _helpful() -> ContributionQuerySet:
    """Answers that helped, by who shows a name, the first first; with where they work and for whom they speak."""
    found = Contribution.objects.that_helped().filter(hides_name=False, person__erased_at__isnull=True)
    return with_standing(found).select_related("person")


def _of_now(topic: Topic, now: datetime) -> Source:
    stands = topic.is_shown and topic.is_answered and topic.kind == Kind.QUESTION
    answers = _helpful().filter(thread=topic.thread_id) if stands else ()
    return _of_topic(topic, answers, now)


def _of_topic(topic: Topic, answers: Iterable[Contribution], now: datetime) -> Source:
    first: dict[int, Contribution] = {}
    for answer in answers:
        standing = standing_of(answer.person, known=answer)
        if standing:
            first.setdefault(standing.municipality_id, answer)
    names = dict(Municipality.objects.filter(pk__in=first).order_by().values_list("pk", "name")) if first else {}
    told = [_told(topic, key, names[key], answer) for key, answer in sorted(first.items())]
    begun = min((answer.helped_at for answer in first.values() if answer.helped_at), default=now)
    return Source(rules.source_of(TOPIC, topic.pk), tuple(told), begun)


def _told(topic: Topic, municipality: int, name: str, answer: Contribution) -> Told:
    theme = topic.category if topic.category in SHORTS else None
    words = {"name": name, "title": rules.shortened(topic.title), "theme": SHORTS.get(topic.category, "")}
    about = _("Iemand van %(name)s gaf een antwoord dat hielp, over %(theme)s: ‘%(title)s’.")
    plain = _("Iemand van %(name)s gaf een antwoord dat hielp: ‘%(title)s’.")
    return Told(
        municipality,
        rules.Kind.ANSWER,
        theme,
        (about if theme else plain) % words,
        number_url(topic.get_absolute_url(), answer.number or 1),
        topic.title,
        str(clock.local_date(answer.helped_at).year) if answer.helped_at else "",
    )

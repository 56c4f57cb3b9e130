"""What the forum's pages show of topics; a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meedoen.conversation.models import Contribution, FormerPlace, Thread, number_url
from meedoen.conversation.reading import OPENING, Deed, ThreadPage, first_words, name_shown
from meedoen.conversation.rules import may_be_read
from meedoen.conversation.searching import group_of
from meedoen.kernel import clock, dutch
from meedoen.kernel.identifiers import number_in
from meedoen.people.models import Person
from meedoen.search import similar as search

from . import rules
from .models import THREAD, Topic
from .rules import Kind

SEARCHED = ("topic", "contribution")  # what search finds of a topic
TALKS_SHOWN = 20  # in the outline of a topic; each other one is to be opened from its first contribution
HELPED_SHOWN = 5  # answers that helped, above the others
MARKED_LOOKED_AT = 100  # beginnings of talks and answers that helped
BROUGHT_KNOWN = 100  # topics brought to another one
BEGAN_AS_QUESTION = gettext_lazy("Begon als eigen vraag: ‘%(title)s’")
BEGAN_AS_TOPIC = gettext_lazy("Begon als eigen onderwerp: ‘%(title)s’")
NAMES_SHOWN = 8  # of who answered


@dataclass(frozen=True, slots=True)
class Outline:
    """What a long topic comes down to: its talks, each with its address, in order."""

    helped: list[tuple[str, str]]
    talks: list[tuple[str, str]]
    has_more: bool


def outline(topic: Topic, page: ThreadPage) -> Outline:
    """What helped and the talks of a topic, as far as it has these; one query where it has more pages than this one."""
    if not (topic.is_answered or rules.is_long(topic)):
        return Outline([], [], has_more=False)
    if page.page_count == 1:
        found = [each for each in page.rows if each.answer_count or each.helped_at]
    else:
        marked = topic.thread.contributions.filter(Q(answer_count__gt=0) | Q(helped_at__isnull=False))
        found = list(marked.order_by("number").select_related("person")[:MARKED_LOOKED_AT])
    talks = [each for each in found if each.answer_count] if rules.is_long(topic) else []
    return Outline(
        [_helped(topic, each) for each in found if each.helped_at and may_be_read(each)][:HELPED_SHOWN],
        [_talk(topic, each) for each in talks[:TALKS_SHOWN]],
        has_more=len(talks) > TALKS_SHOWN,
    )


def _helped(topic: Topic, answer: Contribution) -> tuple[str, str]:
    words = _("Bericht %(number)s van %(name)s: ‘%(words)s’") % {
        "number": answer.number,
        "name": name_shown(answer),
        "words": first_words(answer.text),
    }
    return words, number_url(topic.get_absolute_url(), answer.number or 1)


def _talk(topic: Topic, beginning: Contribution) -> tuple[str, str]:
    words = _("Gesprek %(number)s") % {"number": beginning.number}
    if may_be_read(beginning):
        words = f"{words}: {name_shown(beginning)}, ‘{first_words(beginning.text)}’"
    answers = ngettext("%(count)s antwoord", "%(count)s antwoorden", beginning.answer_count)
    words = f"{words}, {answers % {'count': beginning.answer_count}}"
    return words, talk_url(topic, beginning.number or 0)


def talk_url(topic: Topic, number: int) -> str:
    """Where the talk is read on its own that begins with the contribution of that number."""
    return reverse("forum:talk", args=[topic.category, topic.pk, topic.slug, number])


def who_answered(page: ThreadPage) -> str:
    """The names of the first who answered, as they are shown; no query."""
    names = list(dict.fromkeys(each.name for each in page.contributions if not each.gap))
    if len(names) > NAMES_SHOWN or page.page_count > 1:
        return _("Onder anderen %(names)s antwoordden.") % {"names": dutch.join(names[:NAMES_SHOWN])}
    return ngettext("%(names)s antwoordde.", "%(names)s antwoordden.", len(names)) % {"names": dutch.join(names)}


def similar(title: str, text: str = "", *, but: int | None = None) -> list[Topic]:
    """Readable topics that resemble what is asked with ``title``, the most alike first (``search.similar``)."""
    found = search.similar(
        title,
        text,
        kinds=SEARCHED,
        group=group_of(THREAD, ""),
        most=rules.SIMILAR_SHOWN,
        today=clock.local_date(clock.now()),
        but=group_of(THREAD, but) if but else "",
    )
    ids = [number_in(group.rpartition(":")[2]) for _kind, _key, group in found]
    topics = Topic.objects.readable().in_bulk(ids)
    return [topics[number] for number in ids if number in topics]


def resembling(topic: Topic) -> list[Topic]:
    """The readable ones of the topics that were found to resemble it; one query at most."""
    if not topic.similar:
        return []
    found = {each.pk: each for each in Topic.objects.readable().filter(pk__in=topic.similar)}
    return [found[number] for number in topic.similar if number in found]


def deeds_of(topic: Topic, contribution: Contribution, person: Person | None, *, talk: int = 0) -> list[Deed]:
    """What the forum offers with a contribution: its talk, and to who asked, to say that it helped.

    ``talk`` is the number that the talk begins with which is read now.
    """
    deeds = []
    number = {"number": contribution.number}
    if contribution.answer_count and contribution.number != talk:
        words = ngettext(
            "Lees bericht %(number)s met het antwoord erop",
            "Lees bericht %(number)s met de %(count)s antwoorden erop",
            contribution.answer_count,
        )
        url = talk_url(topic, contribution.number or 0)
        deeds.append(Deed(words % {**number, "count": contribution.answer_count}, url))
    if rules.may_say_what_helped(topic, person) and contribution.number != 1 and may_be_read(contribution):
        name = "forum:not_helped" if contribution.helped_at else "forum:helped"
        words = _("Bericht %(number)s hielp mij")
        if contribution.helped_at:
            words = _("Bericht %(number)s hielp toch niet")
        elif person and person.pk != topic.author_id:  # the team says it for somebody who phoned
            words = _("Bericht %(number)s hielp wie de vraag stelde")
        deeds.append(Deed(words % number, reverse(name, args=[contribution.pk]), is_press=True))
    return deeds


def item_of(topic: Topic, contribution: Contribution) -> str:
    """What a contribution is in structured data: what was asked, an answer to it, or a comment on what was told."""
    if contribution.number == 1:
        return OPENING
    if topic.kind != Kind.QUESTION:
        return "comment"
    return "acceptedAnswer" if contribution.helped_at else "suggestedAnswer"


def stands(thread: Thread) -> bool:
    """Whether the topic of a thread can be read, and with it what was said there."""
    return Topic.objects.readable().filter(thread=thread).exists()


@dataclass(frozen=True, slots=True)
class Brought:
    """A topic that was brought to another one."""

    opening: int  # the id of the contribution that it began with, which stands in the other one now
    key: str
    words: str  # how it was called, in a sentence


def with_brought(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Topics that know along whether something was brought to them, in the same query."""
    return rows.annotate(has_brought=Exists(Thread.objects.filter(moved_to=OuterRef("thread"))))


def brought_to(topic: Topic) -> list[Brought]:
    """What was brought to a topic of ``with_brought``, the newest first; a query only where something was."""
    if not vars(topic).get("has_brought"):
        return []
    openings = FormerPlace.objects.filter(contribution__thread=topic.thread, number=1, thread__moved_to__isnull=False)
    rows = openings.order_by("-pk").values_list("contribution", "thread__key", "thread__title", "thread__topic__kind")
    return [
        Brought(pk, key, (BEGAN_AS_QUESTION if kind == Kind.QUESTION else BEGAN_AS_TOPIC) % {"title": title})
        for pk, key, title, kind in rows[:BROUGHT_KNOWN]
    ]


def ways(contribution: Contribution) -> list[tuple[str, str]]:
    """The page on which a guest who asked says what helped, for their own page of the question."""
    topic = (
        Topic.objects.readable().filter(thread=contribution.thread_id, kind=Kind.QUESTION, reply_count__gt=0).first()
    )
    if topic is None or contribution.number != 1:
        return []
    return [(_("Zeg welk antwoord je hielp"), reverse("forum:what_helped", args=[contribution.key]))]

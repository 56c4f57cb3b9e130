"""Questions of the forum: those that wait for an answer, and those that something helped."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.conversation.models import AREA, Contribution, Thread
from meedoen.conversation.reading import words_of
from meedoen.forum.models import Topic, TopicQuerySet
from meedoen.forum.rules import Kind
from meedoen.search.sources import numbers

from .telling import Source, Told, beginning

QUESTION_LETTERS, ANSWER_LETTERS = 600, 900  # of what people wrote: enough to know whether one can help


def waiting(since: datetime, until: datetime) -> list[str]:
    """What was asked and is open, the longest waiting first."""
    found = _questions().filter(is_answered=False, thread__is_closed=False, begun_at__gt=since, begun_at__lte=until)
    return [str(pk) for pk in found.order_by("reply_count", "begun_at", "pk").values_list("pk", flat=True)]


def helped(since: datetime, until: datetime) -> list[str]:
    """What was asked, whenever, and something helped now."""
    helping = Contribution.objects.that_helped().filter(helped_at__gt=since, helped_at__lte=until)
    threads = helping.order_by().values_list("thread").annotate(at=Max("helped_at"))
    found = _questions().filter(is_answered=True, thread__in=[thread for thread, _at in threads])
    return [str(pk) for pk in found.order_by("-last_at", "-pk").values_list("pk", flat=True)]


def told_waiting(keys: Sequence[str]) -> Mapping[str, Told]:
    """The questions; a fixed number of queries. What something helped meanwhile is told as that."""
    return _told(keys, _("Geef antwoord op de site"))


def told_helped(keys: Sequence[str]) -> Mapping[str, Told]:
    """The questions, each with what helped."""
    return _told(keys, _("Lees alle antwoorden"))


def thread(key: str, now: datetime) -> Thread | None:
    """The conversation itself."""
    topic = Topic.objects.readable().select_related("thread").filter(pk=key).first()
    return topic.thread if topic else None


def _questions() -> TopicQuerySet:
    return Topic.objects.readable().filter(kind=Kind.QUESTION)


def _told(keys: Sequence[str], way: str) -> dict[str, Told]:
    topics = list(Topic.objects.readable().filter(pk__in=numbers(keys)).select_related("municipality"))
    threads = [each.thread_id for each in topics]
    openings = {each.thread_id: each for each in Contribution.objects.readable().filter(thread__in=threads, number=1)}
    answers: dict[int, Contribution] = {}
    for each in Contribution.objects.that_helped().filter(thread__in=threads):
        answers.setdefault(each.thread_id, each)
    return {str(each.pk): _one(each, openings.get(each.thread_id), answers.get(each.thread_id), way) for each in topics}


def _one(topic: Topic, opening: Contribution | None, answer: Contribution | None, way: str) -> Told:
    asked = beginning(words_of(opening.text, {}), most=QUESTION_LETTERS) if opening else ""
    said = beginning(words_of(answer.text, {}), most=ANSWER_LETTERS) if answer else ""
    path = topic.get_absolute_url()
    return Told(
        title=topic.title,
        path=path,
        words=asked,
        helped=said,
        facts=((_("Uit"), topic.municipality.name),) if topic.municipality else (),
        ways=((way, path),),
        is_written=True,
    )


WAITING = Source(
    "waiting",
    gettext_lazy("Weet jij het antwoord?"),
    waiting,
    told_waiting,
    AREA,
    lambda: f"{reverse('forum:home')}?toon=open",
    thread,
)
HELPED = Source(
    "helped",
    gettext_lazy("Vragen met een antwoord dat hielp"),
    helped,
    told_helped,
    AREA,
    lambda: reverse("forum:home"),
    thread,
)

"""What the forum's pages show of topics; a fixed number of queries."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.conversation.models import Contribution
from meedoen.conversation.reading import ThreadPage, first_words, name_shown
from meedoen.conversation.rules import may_be_read
from meedoen.kernel import dutch

from . import rules
from .models import Topic

CANDIDATES = 200  # newest topics that share a word; the best of them are shown
SEARCHED = 20_000  # newest topics that are looked through: bounded, until there is an index of words
TALKS_SHOWN = 20  # in the outline of a topic; each other one is to be opened from its first contribution
NAMES_SHOWN = 8  # of who answered


@dataclass(frozen=True, slots=True)
class Outline:
    """What a long topic comes down to: its talks, each with its address, in order."""

    talks: list[tuple[str, str]]
    has_more: bool


def outline(topic: Topic) -> Outline:
    """The talks of a topic; one query."""
    found = list(topic.thread.contributions.talks().select_related("person")[: TALKS_SHOWN + 1])
    return Outline([_talk(topic, each) for each in found[:TALKS_SHOWN]], has_more=len(found) > TALKS_SHOWN)


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


def similar(title: str, *, but: int | None = None) -> list[Topic]:
    """Readable topics whose title shares telling words with ``title``, the most alike first. Slow: for writing only."""
    words = rules.telling_words(title)
    if not words:
        return []
    shares = Q()
    for word in words:
        shares |= Q(title__icontains=word)
    newest = Topic.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    recent = Topic.objects.readable().filter(shares, pk__gt=newest - SEARCHED).exclude(pk=but or 0)
    found = recent.newest_first()[:CANDIDATES]
    return sorted(found, key=lambda topic: -rules.likeness(title, topic.title))[: rules.SIMILAR_SHOWN]


def resembling(topic: Topic) -> list[Topic]:
    """The readable ones of the topics that were found to resemble it; one query at most."""
    if not topic.similar:
        return []
    found = {each.pk: each for each in Topic.objects.readable().filter(pk__in=topic.similar)}
    return [found[number] for number in topic.similar if number in found]

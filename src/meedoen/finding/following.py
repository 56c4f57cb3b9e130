"""A search as something to follow: who does so hears of what is new and says all of it."""

import datetime
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.activity import subjects
from meedoen.activity.actions import record
from meedoen.activity.models import Follow, Subject
from meedoen.kernel.identifiers import content_mark
from meedoen.kernel.text import fold
from meedoen.search.asking import question
from meedoen.search.engines import engine
from meedoen.search.models import Entry
from meedoen.search.sources import source

from .models import Followed
from .reading import spellings

MOST_AT_ONCE = 20  # things that one look tells of; a network seldom writes more in a minute
MOST_TOLD = 200  # characters of what is told of each


def register() -> None:
    """Make it known."""
    subjects.register(SEARCH)


def thing(text: str) -> subjects.Thing | None:
    """A search by its words; none where there is nothing in them to look for."""
    words = " ".join(text.replace("/", " ").split())[:150]
    if question(words).is_empty:
        return None
    key = content_mark(" ".join(fold(words).split()).encode())
    return subjects.Thing(key, words, f"{reverse('finding:search')}?{urlencode({'q': words})}")


@transaction.atomic
def tell(*, now: datetime.datetime) -> int:
    """Tell who follows a search of what came since it was looked at last; of how many things.

    A search that is followed for the first time begins now: what was there already can be read on the page.
    """
    newest = Entry.objects.aggregate(newest=Max("id"))["newest"] or 0
    alive = Follow.objects.alive().filter(subject__kind=SEARCH.name).values("subject")
    followed = list(Subject.objects.filter(kind=SEARCH.name, id__in=alive).order_by("id"))
    Followed.objects.exclude(subject__in=followed).delete()
    seen = dict(Followed.objects.values_list("subject_id", "last_entry"))
    Followed.objects.bulk_create(
        (Followed(subject=each, last_entry=newest) for each in followed if each.pk not in seen), ignore_conflicts=True
    )
    behind = [each for each in followed if seen.get(each.pk, newest) < newest]
    known = spellings() if behind else {}
    told = 0
    for subject in behind:
        asked = question(subject.title, spellings=known).asked()
        ids = engine().find(asked, most=MOST_AT_ONCE, where="e.id > %s", values=[seen[subject.pk]])
        told += _tell(subject, ids, now)
        Followed.objects.filter(subject=subject).update(last_entry=newest)
    return told


def _tell(subject: Subject, ids: list[int], now: datetime.datetime) -> int:
    told = 0
    for entry in Entry.objects.filter(id__in=ids).order_by("id"):
        found = source(entry.kind)
        if entry.key not in set(found.public([entry.key])):
            continue
        words = {"kind": str(found.one), "title": entry.title}
        record(
            subject,
            mark=f"search:{subject.key}:{entry.pk}",
            sentence=_("Nieuw gevonden: %(kind)s ‘%(title)s’") % words,
            words=entry.summary[:MOST_TOLD] or entry.body[:MOST_TOLD],
            url=entry.url,
            actor=None,
            now=now,
        )
        told += 1
    return told


SEARCH = subjects.Kind(
    name="search",
    heading=gettext_lazy("Zoekwoorden"),
    alone=gettext_lazy("Zoeken naar ‘%(title)s’"),
    inside=gettext_lazy("wat je vindt met ‘%(title)s’"),
    path="zoeken",
    find=thing,
)

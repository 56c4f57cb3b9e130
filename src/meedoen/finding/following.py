"""A search as something to follow: who does so hears of what is new and says all of it."""

import datetime
from collections.abc import Sequence
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.activity import subjects
from meedoen.activity.actions import record
from meedoen.activity.models import Follow, Happening, Subject
from meedoen.kernel.clock import local_date
from meedoen.kernel.identifiers import content_mark
from meedoen.kernel.text import fold
from meedoen.search.asking import question
from meedoen.search.engines import engine
from meedoen.search.models import Entry
from meedoen.search.sources import source
from meedoen.search.writing import when_gone

from .models import Followed
from .reading import spellings

MOST_AT_ONCE = 20  # things that one look tells of; a network seldom writes more in a minute
MAX_ADDRESS = 300  # characters of the address of what is followed (``activity.models.Subject``)
NEW = datetime.timedelta(days=30)  # what is dated before that is not new, though the index reads it now


def register() -> None:
    """Make it known, and hear of what is gone or says something else."""
    subjects.register(SEARCH)
    when_gone(correct)


def thing(text: str) -> subjects.Thing | None:
    """A search by its words; none where there is nothing in them to look for, or where they make no address."""
    words = " ".join(text.replace("/", " ").split())[:150]
    url = f"{reverse('finding:search')}?{urlencode({'q': words})}"
    if question(words).is_empty or len(url) > MAX_ADDRESS:
        return None
    return subjects.Thing(content_mark(" ".join(fold(words).split()).encode()), words, url)


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
        is_new = entry.date is not None and entry.date >= local_date(now - NEW)
        if not is_new or entry.key not in set(found.public([entry.key])):
            continue
        record(
            subject,
            mark=_mark(subject.key, entry.kind, entry.key),
            sentence=_sentence(entry),
            words="",  # they are read where they stand, as they stand then
            url=entry.url,
            actor=None,
            now=now,
        )
        told += 1
    return told


def correct(kind: str, keys: Sequence[str]) -> None:
    """Take back what was told of things that are gone, and say what is told of the others as they are called now."""
    followed = list(Subject.objects.filter(kind=SEARCH.name).values_list("key", flat=True))
    if not followed:
        return
    there = {entry.key: entry for entry in Entry.objects.of_kind(kind).filter(key__in=keys).defer("profile")}
    for key in keys:
        told = Happening.objects.filter(mark__in=[_mark(subject, kind, key) for subject in followed])
        if key in there:
            told.update(sentence=_sentence(there[key]), url=there[key].url)
        else:
            told.delete()


def _mark(subject: str, kind: str, key: str) -> str:
    """The same for the same thing, also when it went and came back: it is told once."""
    return f"search:{content_mark(subject.encode(), kind.encode(), key.encode())}"


def _sentence(entry: Entry) -> str:
    words = {"kind": str(source(entry.kind).one), "title": entry.title}
    return _("Nieuw gevonden: %(kind)s ‘%(title)s’") % words


SEARCH = subjects.Kind(
    name="search",
    heading=gettext_lazy("Zoekwoorden"),
    alone=gettext_lazy("Zoeken naar ‘%(title)s’"),
    inside=gettext_lazy("wat je vindt met ‘%(title)s’"),
    path="zoeken",
    find=thing,
)

"""The deeds: record what happened, correct it, take it back, and forget it when it is old."""

from datetime import datetime
from typing import Any

from django.db import transaction

from meedoen.activity import rules
from meedoen.activity.models import Happening, Subject
from meedoen.people.models import Person


@transaction.atomic(savepoint=False)
def record(
    *followed: Subject,
    mark: str,
    sentence: str,
    words: str,
    url: str,
    actor: Person | None,
    now: datetime,
    is_new: bool = False,
) -> None:
    """Write down that something happened to each of ``followed``; who follows any of them is told in ten minutes.

    The same mark is written once; ``is_new`` says that it cannot be there yet. ``now`` may be ahead, of what will
    stand there by itself.
    """
    told: dict[str, Any] = {"sentence": sentence, "words": words, "url": url, "actor": actor, "at": now}
    if is_new:
        happening = Happening.objects.create(mark=mark, **told)
    else:
        happening, is_new = Happening.objects.get_or_create(mark=mark, defaults=told)
    if is_new:
        links = [Happening.subjects.through(happening=happening, subject=each) for each in followed]
        Happening.subjects.through.objects.bulk_create(links, ignore_conflicts=True)


def correct(mark: str, *, words: str, sentence: str = "") -> None:
    """Let those who are not told yet read what it says now."""
    Happening.objects.filter(mark=mark).update(words=words, **({"sentence": sentence} if sentence else {}))


def name(mark: str, *own: Subject, sentence: str) -> None:
    """Let what happened also have happened to these people's own subjects; to them it is called ``sentence``."""
    for happening in Happening.objects.filter(mark=mark) if own else ():
        happening.subjects.add(*own)
    if own:
        rename(mark, sentence)


def rename(mark: str, sentence: str) -> None:
    """Let what happened be called ``sentence`` to the people that it happened to themselves."""
    room = Happening._meta.get_field("naming").max_length
    Happening.objects.filter(mark=mark).update(naming=sentence[:room])


def take_back(mark: str) -> None:
    """Let it be as if it did not happen; who was told already was told."""
    Happening.objects.filter(mark=mark).delete()


def erase_old(*, now: datetime) -> int:
    """Forget what happened so long ago that everybody was told; how many happenings that were."""
    old = Happening.objects.filter(at__lt=now - rules.KEEP_HAPPENINGS)
    return old.delete()[1].get("activity.Happening", 0)

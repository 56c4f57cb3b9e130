"""Which message somebody means who reports by mail: by its number in the conversation, or in what we mailed them."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from meedoen.activity.models import Happening
from meedoen.conversation.models import Contribution, ContributionQuerySet, Thread
from meedoen.conversation.reading import name_shown
from meedoen.conversation.rules import HAPPENING, happening_mark, number_in_mark
from meedoen.kernel.identifiers import number_in
from meedoen.people.models import Person

from .models import Report

LOOKED_BACK = timedelta(days=30)  # for which message of a mail is meant
MOST = 10  # choices that are mailed; who means an older one finds it on the site


def in_thread(thread: Thread, number: int) -> Contribution | None:
    """What stands there under that number, where everybody can read it."""
    return _readable().filter(thread=thread, number=number).first()


def in_mail(person: Person, number: int, *, now: datetime) -> Contribution | None:
    """What we mailed somebody under that number: the one by which it is answered, else that of its conversation.

    None for nothing, or for several of different conversations.
    """
    told = mailed(person, now=now)
    found = list(told.filter(pk=number)) or list(told.filter(number=number)[:2])
    return found[0] if len(found) == 1 else None


def answered(report: Report, number: int) -> Contribution | None:
    """What somebody points out by one of the numbers that ``choices`` gave them."""
    thread = Thread.objects.filter(url=report.url).first() if report.url else None
    return in_thread(thread.present, number) if thread else _readable().filter(pk=number_in(str(number))).first()


def choices(report: Report, *, now: datetime) -> list[str]:
    """What a report can be about that does not say which message, each with the number to answer; the newest first.

    In one conversation that is its own number. Of a mail about several it is another, that none of them shares.
    """
    thread = Thread.objects.filter(url=report.url).first() if report.url else None
    if thread:
        found = _readable().filter(thread=thread.present).exclude(person=report.person).order_by("-number")[:MOST]
        return [_("%(number)s: van %(name)s") % {"number": each.number, "name": name_shown(each)} for each in found]
    told = mailed(report.person, now=now)[:MOST] if report.person else []
    return [
        _("%(choice)s: bericht %(number)s van %(name)s, bij ‘%(title)s’")
        % {"choice": each.pk, "number": each.number, "name": name_shown(each), "title": each.thread.title}
        for each in told
    ]


def mailed(person: Person, *, among: Collection[int] = (), now: datetime) -> ContributionQuerySet:
    """What others wrote, can be read, and was told to somebody of late, the newest first; of these keys where any are given."""
    told = Happening.objects.filter(told__person=person, mark__startswith=HAPPENING, at__gt=now - LOOKED_BACK)
    if among:
        told = told.filter(mark__in=[happening_mark(each) for each in among])
    ids = [number_in(number_in_mark(mark)) for mark in told.values_list("mark", flat=True)]
    return _readable().filter(pk__in=[each for each in ids if each]).order_by("-shown_at", "-pk")


def _readable() -> ContributionQuerySet:
    return Contribution.objects.readable().select_related("thread", "person")

"""The deeds: withdraw a fact, correct its words, and undo either; each is written down with who and when."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.conversation.moderation.rules import may_write
from meedoen.conversation.quiet.actions import why_not
from meedoen.municipalities.facts import actions as facts
from meedoen.municipalities.facts.rules import For
from meedoen.municipalities.models import Fact
from meedoen.people import floods
from meedoen.people.models import Person

from . import rules
from .models import FactChange
from .rules import Deed

DAY = datetime.timedelta(days=1)


class CannotContest(Exception):
    """It cannot be done now; the text is fit to show."""


@transaction.atomic
def withdraw(fact: Fact, *, why: str, by: Person, for_whom: For, now: datetime.datetime) -> None:
    """Let a fact be used no more. Twice is once. Raises ``CannotContest``."""
    _must_write(by, now)
    try:
        is_new = facts.withdraw(fact, why=why, for_whom=for_whom, now=now)
    except facts.Contradicted as problem:
        raise CannotContest(str(problem)) from problem
    if is_new:
        _note(fact, Deed.WITHDRAW, by, for_whom, now)


@transaction.atomic
def put_back(fact: Fact, *, by: Person, for_whom: For, now: datetime.datetime) -> None:
    """Let it be used again. Twice is once. Raises ``CannotContest``."""
    _must_write(by, now)
    try:
        is_new = facts.put_back(fact, now=now)
    except facts.Contradicted as problem:
        raise CannotContest(str(problem)) from problem
    if is_new:
        _note(fact, Deed.PUT_BACK, by, for_whom, now)


@transaction.atomic
def correct(fact: Fact, words: str, *, seen: str, by: Person, for_whom: For, now: datetime.datetime) -> None:
    """Let it say ``words``; empty: what its source says. Raises ``CannotContest``, also where it changed meanwhile."""
    _must_write(by, now)
    try:
        is_new = facts.correct(fact, words, seen=seen, now=now)
    except facts.Contradicted as problem:
        raise CannotContest(str(problem)) from problem
    if is_new:
        says_as_source = not words or words == fact.statement
        _note(fact, Deed.AS_SOURCE if says_as_source else Deed.CORRECT, by, for_whom, now)


def forget_person(person: Person) -> None:
    """What they decided for a municipality stays; that they did, and why in their words, goes."""
    theirs = FactChange.objects.filter(by=person)
    Fact.objects.filter(pk__in=theirs.last_withdrawals().values("fact")).update(why="")
    theirs.update(by=None)


def _note(fact: Fact, deed: Deed, by: Person, for_whom: For, now: datetime.datetime) -> None:
    FactChange.objects.create(fact=fact, deed=deed, by=by, by_whom=for_whom, at=now)


def _must_write(person: Person, now: datetime.datetime) -> None:
    if problem := why_not(person, now=now):
        raise CannotContest(problem)
    if not may_write(person, now=now):
        raise CannotContest(_("Je kunt nu niets veranderen. In de mail van ons team lees je waarom."))
    if floods.count("facts", str(person.pk), per=DAY, now=now) > rules.MAX_CHANGES_PER_DAY:
        raise CannotContest(_("Je veranderde vandaag al heel veel. Morgen kan het weer. Of mail of bel ons."))

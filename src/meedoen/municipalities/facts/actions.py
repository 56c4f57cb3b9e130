"""The deeds: a source tells its facts or falls silent; fill in what stands already; withdraw, correct, and undo that."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.pages.actions import changed

from . import rules, tellers
from .models import AREA, Fact, FactQuerySet
from .rules import For, Told
from .tellers import Source


class Contradicted(Exception):
    """It changed since the page was opened, or is there no more; the text is fit to show."""


def tell(source: Source, *, now: datetime.datetime) -> bool:
    """Let a source tell exactly this; what it told before and not any more is gone at once. Twice is once.

    Features call it in the transaction that changes the source. Whether anything changed.
    """
    return tell_all([source], now=now)


@transaction.atomic(savepoint=False)  # all or nothing with what the feature does around it
def tell_all(sources: Iterable[Source], *, now: datetime.datetime) -> bool:
    """The same of several at once; whether anything changed. All facts are locked before the pages are told."""
    told = {source.name: source for source in sources}
    stored = _stored(Fact.objects.filter(source__in=told))
    count = sum(_tell(source, stored.get(name, []), now) for name, source in told.items())
    if count:
        changed(AREA, now=now)
    return bool(count)


def untell(name: str, *, now: datetime.datetime) -> bool:
    """Let a source tell nothing; whether it did."""
    return tell(Source(name, (), now), now=now)


@transaction.atomic
def fill(*, now: datetime.datetime) -> int:
    """Let all sources tell what they tell now; of how many sources something changed. Twice is once.

    It fills in what stood before there were facts, and repairs what a source that fell silent left behind.
    """
    prefixes = tellers.prefixes()
    facts = _stored(Fact.objects.all())  # first: what a source hides meanwhile waits, and is not told anew
    stored = {name: found for name, found in facts.items() if name.rpartition("-")[0] in prefixes}
    sources = tellers.all_sources()
    count = 0
    for name in sorted(stored.keys() | sources.keys()):
        source = sources.get(name) or Source(name, (), now)
        count += _tell(source, stored.get(name, []), now)
    if count:
        changed(AREA, now=now)
    return count


@transaction.atomic
def withdraw(fact: Fact, *, why: str, for_whom: For, now: datetime.datetime) -> bool:
    """Let it be used no more, as its municipality wants; the source itself stays. Whether it was used until now."""
    fact = _locked(fact)
    if fact.withdrawn_at:
        return False
    fact.withdrawn_at, fact.withdrawn_for, fact.why = now, for_whom.value, why
    fact.save(update_fields=["withdrawn_at", "withdrawn_for", "why"])
    changed(AREA, now=now)
    return True


@transaction.atomic
def put_back(fact: Fact, *, now: datetime.datetime) -> bool:
    """Let it be used again; whether it was withdrawn."""
    fact = _locked(fact)
    if not fact.withdrawn_at:
        return False
    fact.withdrawn_at, fact.withdrawn_for, fact.why = None, "", ""
    fact.save(update_fields=["withdrawn_at", "withdrawn_for", "why"])
    changed(AREA, now=now)
    return True


@transaction.atomic
def correct(fact: Fact, statement: str, *, seen: str, now: datetime.datetime) -> bool:
    """Let it say ``statement`` in the place of what its source says; empty, or the same, undoes that.

    ``seen`` is what it said when somebody began to correct it. Whether it says something else now. Raises
    ``Contradicted`` when it said something else by then.
    """
    fact = _locked(fact)
    if fact.words != seen:
        raise Contradicted(_("Deze zin veranderde intussen. Kijk eerst wat er nu staat. Bewaar daarna opnieuw."))
    wanted = "" if statement == fact.statement else statement
    if wanted == fact.corrected:
        return False
    fact.corrected = wanted
    fact.save(update_fields=["corrected"])
    changed(AREA, now=now)
    return True


def erase_old(*, now: datetime.datetime) -> None:
    """Forget that a fact was withdrawn whose source fell silent long ago."""
    Fact.objects.filter(gone_at__lte=now - rules.KEEP_GONE).delete()


def _stored(facts: FactQuerySet) -> dict[str, list[Fact]]:
    """These facts by their sources, while nobody else changes them; locked in one order."""
    found: dict[str, list[Fact]] = {}
    for fact in facts.select_for_update().order_by("pk"):
        found.setdefault(fact.source, []).append(fact)
    return found


def _locked(fact: Fact) -> Fact:
    """As it stands, while nobody else changes it."""
    found = Fact.objects.select_for_update().filter(pk=fact.pk, gone_at__isnull=True).first()
    if found is None:
        raise Contradicted(_("Dit staat nergens meer op de site. Wij gebruiken het dus ook niet meer."))
    return found


def _tell(source: Source, stored: Iterable[Fact], now: datetime.datetime) -> bool:
    """Make the facts of a source what it tells, touching only what differs."""
    wanted = {told.key: told for told in source.told}
    known = {fact.key: fact for fact in stored}
    is_changed = False
    for key, fact in known.items():
        if key in wanted:
            is_changed |= _say(fact, wanted[key], source, now)
        elif fact.gone_at is None:
            _silence(fact, now)
            is_changed = True
    new = [_new(told, source, now) for key, told in wanted.items() if key not in known]
    Fact.objects.bulk_create(new)
    return is_changed or bool(new)


def _say(fact: Fact, told: Told, source: Source, now: datetime.datetime) -> bool:
    """Let a fact say what is told now. A correction was of the sentence that stood there: another one lets it lapse."""
    before = (fact.statement, fact.since, fact.url, fact.title, fact.holds_from, fact.gone_at)
    if (told.statement, told.since, told.url, told.title, source.holds_from, None) == before:
        return False
    if told.statement != fact.statement:
        fact.corrected = ""
    fact.statement, fact.since, fact.url, fact.title = told.statement, told.since, told.url, told.title
    fact.holds_from, fact.gone_at, fact.written_at = source.holds_from, None, now
    fact.save()
    return True


def _silence(fact: Fact, now: datetime.datetime) -> None:
    """Let nothing be left of what it said; that it was withdrawn is kept, for when its source comes back."""
    if fact.withdrawn_at is None:
        fact.delete()
        return
    fact.statement = fact.url = fact.title = fact.corrected = fact.since = fact.why = ""
    fact.gone_at = now
    fact.save()


def _new(told: Told, source: Source, now: datetime.datetime) -> Fact:
    return Fact(
        municipality_id=told.municipality,
        kind=told.kind.value,
        theme_id=told.theme,
        statement=told.statement[: rules.MAX_STATEMENT],
        since=told.since,
        source=source.name,
        url=told.url,
        title=told.title,
        holds_from=source.holds_from,
        written_at=now,
    )

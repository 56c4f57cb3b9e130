"""What is proposed to contacts: by source, what their municipality shared, and what they said to it."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from meedoen.municipalities.facts import reading as facts
from meedoen.municipalities.facts.rules import Kind
from meedoen.municipalities.models import Fact, Succession
from meedoen.people.models import Person
from meedoen.people.standing.models import Contact

from ..rules import For, Length, Way
from . import rules
from .models import Growth

Key = tuple[int, str, str]  # of whom, what kind, by which source


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one source tells of a municipality, as something to tell others about. ``facts`` has at least one."""

    municipality: int  # as it is now
    facts: tuple[Fact, ...]
    growth: Growth | None = None  # what was said to it

    @property
    def key(self) -> Key:
        """What is remembered of it."""
        return key_of(self.facts[0])

    @property
    def number(self) -> int:
        """By which it is named in an address."""
        return self.facts[0].pk

    @property
    def title(self) -> str:
        """What it is about."""
        return self.facts[0].title

    @property
    def url(self) -> str:
        """Where that stands."""
        return self.facts[0].url

    @property
    def written_at(self) -> datetime.datetime:
        """When it last changed."""
        return max(fact.written_at for fact in self.facts)


def key_of(fact: Fact) -> Key:
    """What is remembered of the proposal of which a fact is a part."""
    return fact.municipality_id, fact.kind, fact.source


def all_of(municipalities: Collection[int], now: datetime.datetime) -> list[Proposal]:
    """All that these municipalities could tell others about, with what was said to it; three queries at most."""
    presents = Succession.objects.presents() if municipalities else {}
    told = facts.of(municipalities, now=now, presents=presents) if municipalities else {}
    by_key: dict[Key, list[Fact]] = {}
    present: dict[Key, int] = {}
    for municipality, rows in told.items():
        for fact in rows:
            by_key.setdefault(key_of(fact), []).append(fact)
            present[key_of(fact)] = municipality
    said = Growth.objects.filter(municipality__in={key[0] for key in by_key}) if by_key else ()
    answers = {(each.municipality_id, each.kind, each.source): each for each in said}
    return [Proposal(present[key], tuple(rows), answers.get(key)) for key, rows in by_key.items()]


def proposal_of(number: int, municipalities: Collection[int], now: datetime.datetime) -> Proposal | None:
    """The proposal of which a fact is a part, where one of these municipalities may answer it."""
    found = all_of(municipalities, now)
    return next((each for each in found if number in {fact.pk for fact in each.facts}), None)


def initial_of(proposal: Proposal) -> dict[str, Any]:
    """How the form of an offer begins; all of it can be changed before it is sent."""
    fact = proposal.facts[0]
    title = {"title": fact.title}
    texts = {
        Kind.AGENDA: _("Wij maakten een Lokale Inclusie Agenda. We vertellen anderen graag hoe we dat deden."),
        Kind.PRACTICE: _("Wij delen een voorbeeld: ‘%(title)s’. We vertellen anderen graag hoe we dat deden."),
        Kind.REUSE: _("Wij gebruiken ‘%(title)s’. We vertellen anderen graag hoe dat bij ons gaat."),
        Kind.ANSWER: _("Wij gaven op het forum een antwoord dat hielp: ‘%(title)s’. We vertellen er graag meer over."),
    }
    return {
        "text": texts[Kind(fact.kind)] % title,
        "themes": [each.theme_id for each in proposal.facts if each.theme_id],
        "kind": For.MUNICIPALITY.value,
        "municipality": proposal.municipality,
        "ways": [Way.CALL.value, Way.ONLINE.value],
        "length": Length.ONCE.value,
        "at_most": rules.SUGGESTED_AT_MOST,
        "grown": proposal.number,
    }


def municipalities_of(person: Person | None) -> frozenset[int]:
    """For which municipalities somebody answers."""
    return Contact.objects.municipalities_of(person) if person else frozenset()


def waiting_count(now: datetime.datetime) -> int:
    """How many proposals wait for a contact; one query."""
    answered = Growth.objects.filter(
        municipality=OuterRef("municipality"), kind=OuterRef("kind"), source=OuterRef("source")
    )
    contact = Contact.objects.now().filter(municipality=OuterRef("municipality"))
    found = Fact.objects.used(now).filter(Exists(contact), ~Exists(answered)).order_by()
    return found.values("municipality", "kind", "source").distinct().count()

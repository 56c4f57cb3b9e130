"""What the page of facts shows: by source what is used, and for who contests them also what is not, and who did."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.municipalities.facts.rules import For, Kind
from meedoen.municipalities.models import Fact, Municipality

from .models import FactChange
from .rules import Deed

MAX_HISTORY = 50  # deeds, the newest

KINDS: dict[Kind, Promise] = {
    Kind.AGENDA: gettext_lazy("Over de Lokale Inclusie Agenda"),
    Kind.PRACTICE: gettext_lazy("Over wat de gemeente deelt"),
    Kind.REUSE: gettext_lazy("Over wat de gemeente van anderen gebruikt"),
    Kind.ANSWER: gettext_lazy("Over antwoorden op het forum"),
}
DEEDS: dict[Deed, Promise] = {
    Deed.WITHDRAW: gettext_lazy("ingetrokken"),
    Deed.PUT_BACK: gettext_lazy("teruggezet"),
    Deed.CORRECT: gettext_lazy("verbeterd"),
    Deed.AS_SOURCE: gettext_lazy("weer zoals de bron het zegt"),
}
WHOM: dict[For, Promise] = {
    For.CONTACT: gettext_lazy("de contactpersoon"),
    For.TEAM: gettext_lazy("het projectteam"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """All that one source tells."""

    title: str
    url: str
    facts: list[Fact]


def used(keys: Collection[int], now: datetime.datetime) -> list[tuple[Any, list[Told]]]:
    """(heading, sources) of each kind that has any; ``keys`` are a municipality and those that went on in it."""
    return _by_kind(list(Fact.objects.used(now).of(keys).in_order()))


def withdrawn(keys: Collection[int], now: datetime.datetime) -> list[Fact]:
    """What its municipality does not want to be used."""
    found = Fact.objects.told(now).of(keys).filter(withdrawn_at__isnull=False)
    return list(found.in_order())


def history(keys: Collection[int]) -> list[dict[str, Any]]:
    """What was done with its facts lately, the newest first."""
    changes = FactChange.objects.filter(fact__municipality__in=keys)
    return [
        {
            "at": each.at,
            "words": each.fact.words or _("een feit dat weg is"),
            "deed": DEEDS[Deed(each.deed)],
            "by": each.by.name if each.by and each.by.name else _("iemand die weg is"),
            "by_whom": WHOM[For(each.by_whom)],
        }
        for each in changes.select_related("fact", "by")[:MAX_HISTORY]
    ]


def page_url(municipality: Municipality) -> str:
    """Where the facts about a municipality stand."""
    return reverse("coupling:facts", args=[municipality.slug])


def _by_kind(facts: list[Fact]) -> list[tuple[Any, list[Told]]]:
    found: dict[Kind, dict[str, Told]] = {kind: {} for kind in Kind}
    for fact in facts:
        of_kind = found[Kind(fact.kind)]
        of_kind.setdefault(fact.source, Told(fact.title, fact.url, [])).facts.append(fact)
    return [(KINDS[kind], list(sources.values())) for kind, sources in found.items() if sources]

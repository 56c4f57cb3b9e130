"""Who can be chosen to be told of a contribution, and for whom one is, by the names that everybody may read now."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from meedoen.conversation import quotes, rules
from meedoen.conversation.models import Contribution, ContributionQuerySet
from meedoen.kernel import dutch
from meedoen.people.standing.reading import role_words

from .names import name_shown


class Writer(NamedTuple):
    """Who wrote a contribution and can be chosen by it; the fields are those of its row."""

    pk: int
    number: int
    hides_name: bool
    person_id: int
    person__name: str
    person__role: str
    person__municipality__name: str | None

    @property
    def who(self) -> tuple[str, int]:
        """Whom one chooses by it: the person by their name, or only who wrote this."""
        return ("this", self.pk) if self.hides_name else ("person", self.person_id)

    @property
    def label(self) -> str:
        """How they are called, to choose from; the role and municipality that they chose to show tell people apart."""
        if self.hides_name:
            return _("Wie bericht %(number)s schreef") % {"number": self.number}
        who = role_words(self.person__role, self.person__municipality__name or "")
        return ", ".join(part for part in (self.person__name, who) if part)

    @property
    def long_label(self) -> str:
        """The same where two are called alike."""
        return _("%(name)s (schreef bericht %(number)s)") % {"name": self.label, "number": self.number}


def choosable() -> ContributionQuerySet:
    """The contributions through which their writer can be chosen: no name is offered of who left or was sent away."""
    named = Q(hides_name=True) | Q(person__banned_at__isnull=True)
    return Contribution.objects.readable().filter(named, person__erased_at__isnull=True)


def writers_of(contributions: Iterable[Contribution]) -> list[Writer]:
    """Who can be chosen by contributions that are at hand, with the people who wrote them; the twin of ``choosable``."""
    return [
        Writer(
            each.pk,
            each.number or 0,
            each.hides_name,
            each.person_id,
            each.person.name,
            each.person.role,
            each.person.municipality.name if each.person.municipality else None,
        )
        for each in contributions
        if rules.may_be_read(each)
        and each.person.erased_at is None
        and (each.hides_name or each.person.banned_at is None)
    ]


def offered(
    kind: str,
    key: str,
    *,
    but: Collection[int] = (),
    chosen: Collection[str] = (),
    writers: Iterable[Writer] | None = None,
) -> list[tuple[str, str]]:
    """(id of a contribution, name in words) of those who wrote in a thread, who wrote last first.

    ``writers`` are those that stand on the page already; else those who wrote last are looked up, in one query.

    Somebody is known by what they wrote under the name that is shown. What hides its name is offered for itself, and
    never beside the name. ``but`` are people who are not offered. ``chosen`` stay to be chosen under the id that they
    were chosen by; one query more where they wrote something newer since.
    """
    here = choosable().filter(thread__kind=kind, thread__key=key).exclude(person__in=but).order_by("-number")
    rows = here.values_list(*Writer._fields)
    if writers is None:
        newest = [Writer._make(row) for row in rows[: rules.MENTIONS_LOOKED_BACK]]
    else:
        newest = sorted((each for each in writers if each.person_id not in but), key=lambda each: -each.number)
    found: dict[tuple[str, int], Writer] = {}
    for each in newest:
        found.setdefault(each.who, each)
    found = dict(list(found.items())[: rules.MENTIONS_OFFERED])
    unknown = set(map(int, chosen)) - {each.pk for each in found.values()}
    found |= {each.who: each for each in map(Writer._make, rows.filter(pk__in=unknown) if unknown else ())}
    labels = [each.label for each in found.values()]
    count = Counter(labels)
    return [
        (str(each.pk), label if count[label] == 1 else each.long_label)
        for each, label in zip(found.values(), labels, strict=True)
    ]


def named(contribution: Contribution, known: Mapping[int, Contribution] | None = None) -> str:
    """For whom a contribution is, by the names of now; empty where nobody is named. One query at most.

    ``known`` are the contributions by which they were chosen, where they can be read; asked here without.
    """
    if not contribution.mentioned:
        return ""
    found = quotes.known(contribution.mentioned) if known is None else known
    return names_of([found[pk] for pk in contribution.mentioned if pk in found], contribution.thread_id)


def mentioned_in(contributions: Iterable[Contribution]) -> set[int]:
    """The ids of those by which people are named in these."""
    return {pk for each in contributions for pk in each.mentioned}


def names_of(vias: Sequence[Contribution], thread_id: int) -> str:
    """The names of people chosen through these, inside a sentence in a thread."""
    return dutch.join([said for each in vias if (said := said_of(each, thread_id))])


def said_of(via: Contribution, thread_id: int) -> str:
    """How who was chosen through ``via`` is called now, inside a sentence; nothing where that cannot be read."""
    if not rules.may_be_read(via) or via.person.erased_at:
        return ""
    if not via.hides_name:
        return name_shown(via)
    if via.thread_id != thread_id:
        return _("iemand uit een ander onderwerp")
    return _("wie bericht %(number)s schreef") % {"number": via.number}

"""What stands beside a name about whom somebody works for or speaks for, and what their own pages tell of it."""

from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import StrIndex, Substr
from django.utils.translation import gettext as _

from meedoen.kernel import prepared
from meedoen.people.models import Address, Person

from . import rules
from .models import MailDomain, Mandate, Workplace

Rows = TypeVar("Rows", bound=QuerySet[Any])
MAX_DOMAINS_LISTED = 100  # more than that is no list to go through; the most used come first


@dataclass(frozen=True, slots=True)
class Standing:
    """For which municipality somebody speaks or works, in words."""

    municipality_id: int
    words: str


def with_standing(rows: Rows, path: Literal["person", "pk"] = "person") -> Rows:
    """``rows`` that know along where the person at ``path`` works and for whom they speak, in the same query."""
    return prepared.annotate(rows, _of_its_own if path == "pk" else _of_its_person)


def _of_its_person(rows: QuerySet[Any]) -> QuerySet[Any]:
    return _standing(rows, "person")


def _of_its_own(rows: QuerySet[Any]) -> QuerySet[Any]:
    return _standing(rows, "pk")


def _standing(rows: QuerySet[Any], path: str) -> QuerySet[Any]:
    speaks = Mandate.objects.shown().filter(person=OuterRef(path))
    works = Workplace.objects.shown().filter(person=OuterRef(path))
    return rows.annotate(
        speaks_for_id=Subquery(speaks.values("municipality")[:1]),
        speaks_for=Subquery(speaks.values("municipality__name")[:1]),
        works_for_id=Subquery(works.values("domain__municipality")[:1]),
        works_for=Subquery(works.values("domain__municipality__name")[:1]),
    )


def standing_of(person: Person, *, known: Any = None) -> Standing | None:
    """What stands beside the name: speaking for a municipality goes before working there.

    ``known`` is a row of ``with_standing``; without one it is asked here.
    """
    if person.erased_at:
        return None
    if known is None or "speaks_for_id" not in vars(known):
        known = with_standing(Person.objects.filter(pk=person.pk), "pk").get()
    if known.speaks_for_id:
        return Standing(known.speaks_for_id, _("spreekt namens gemeente %(name)s") % {"name": known.speaks_for})
    if known.works_for_id:
        return Standing(known.works_for_id, _("werkt bij gemeente %(name)s") % {"name": known.works_for})
    return None


def capacity(person: Person, *, known: Any = None) -> str:
    """Role, municipality and standing in words, as far as the person chose to show them; ``known`` as above."""
    standing = standing_of(person, known=known)
    told_already = standing is not None and standing.municipality_id == person.municipality_id
    who = role_words(person.role, person.municipality.name if person.municipality and not told_already else "")
    return ", ".join(part for part in (who, standing.words if standing else "") if part)


def role_words(role: str, municipality: str) -> str:
    """``ambtenaar in Voorbeeldstad``; either may be empty."""
    place = _("in %(municipality)s") % {"municipality": municipality} if municipality else ""
    return " ".join(part for part in (role, place) if part)


def work_choices(person: Person) -> list[tuple[MailDomain, bool]]:
    """The municipalities that the person's proven address belongs to, each with whether it is shown."""
    address = person.address
    if address is None or address.verified_at is None:
        return []
    shown = person.workplaces.shown().values_list("domain_id", flat=True).first()
    found = MailDomain.objects.valid().of_email(address.email).select_related("municipality")
    return [(each, each.pk == shown) for each in found.order_by("municipality__sort_name", "pk")]


def domains_in_use() -> list[tuple[str, int]]:
    """Domains of proven addresses that nobody approved yet, with how many use each; the most used first."""
    counted = (
        Address.objects.filter(verified_at__isnull=False)
        .annotate(domain=Substr("email", StrIndex("email", Value("@")) + 1))
        .values("domain")
        .annotate(count=Count("pk"))
        .order_by("-count", "domain")
        .values_list("domain", "count")
    )
    approved = set(MailDomain.objects.valid().values_list("domain", flat=True))
    found: list[tuple[str, int]] = []
    for domain, count in counted.iterator():
        if len(found) == MAX_DOMAINS_LISTED:
            break
        ends = rules.endings(domain)
        if rules.normalised_domain(domain) and not rules.proves_nothing(domain) and not approved.intersection(ends):
            found.append((domain, count))
    return found

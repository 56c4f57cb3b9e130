"""The chain from municipality to municipality, as readers of a text see it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from meedoen.library.models import Article, Reuse


@dataclass(frozen=True, slots=True)
class Link:
    """One municipality in the chain, with who took it over from there."""

    name: str
    url: str
    said: str  # from whom, in words; empty where that is not known
    changed: str
    at: datetime
    after: tuple["Link", ...] = ()


def chain_of(article: Article) -> list[Link]:
    """Who uses it: each with those who took it over from them, the first first; one query."""
    found = list(Reuse.objects.shown().filter(article=article).select_related("municipality").order_by("at", "pk"))
    by_source: dict[int | None, list[Reuse]] = {}
    known = {each.pk for each in found}
    for each in found:
        source = each.taken_from_id if each.taken_from_id in known else None
        by_source.setdefault(source, []).append(each)
    return _links(by_source, None, "")


def _links(by_source: dict[int | None, list[Reuse]], source: int | None, giver: str) -> list[Link]:
    return [
        Link(
            name=each.municipality.name,
            url=each.municipality.get_absolute_url(),
            said=_("nam het over van %(name)s") % {"name": giver} if giver else "",
            changed=each.changed,
            at=each.at,
            after=tuple(_links(by_source, each.pk, each.municipality.name)),
        )
        for each in by_source.get(source, [])
    ]

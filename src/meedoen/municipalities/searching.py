"""What search finds of municipalities: each by its present, former and other names, and what is known of it in facts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meedoen.kernel import clock
from meedoen.search import fixed
from meedoen.search.documents import Document
from meedoen.search.sources import Source, Through, Watch, in_order, numbers
from meedoen.search.sources import register as register_source

from . import register as records
from .actions import AREA
from .facts import reading as facts
from .facts.models import AREA as FACTS
from .models import Fact, Municipality, MunicipalityName, MunicipalityQuerySet, Province, Succession

KIND = "municipality"


def register() -> None:
    """Put it in, and the page of the manifest; at start-up."""
    successor = Through(lambda: Succession, "old_id", "new_id")
    told = ("municipality_id", "statement", "corrected", "holds_from", "gone_at", "withdrawn_at")
    register_source(
        Source(
            KIND,
            _("Gemeente"),
            _("Gemeenten"),
            documents=documents,
            public=public,
            keys=keys,
            areas=(AREA, FACTS),
            watches=(
                Watch(lambda: Municipality, columns=("name", "official_name", "slug", "province_id", "is_current")),
                Watch(lambda: Municipality, columns=("name",), through=successor),
                Watch(lambda: MunicipalityName, key="municipality_id"),
                Watch(lambda: Succession, key="old_id"),
                Watch(lambda: Succession, key="new_id"),
                Watch(lambda: Fact, key="municipality_id", columns=told),
                Watch(lambda: Fact, key="municipality_id", columns=told, through=successor),
                Watch(
                    lambda: Province,
                    key="code",
                    columns=("name",),
                    through=Through(lambda: Municipality, "province_id"),
                ),
            ),
        )
    )
    fixed.register("manifest", manifest)


def found() -> MunicipalityQuerySet:
    """Those with a page: all that exist, and former ones that went on in parts; of others the address leads on."""
    in_parts = Succession.objects.done().order_by().values("old").annotate(parts=Count("new", distinct=True))
    return Municipality.objects.filter(Q(is_current=True) | Q(pk__in=in_parts.filter(parts__gt=1).values("old")))


def public(keys: Sequence[str]) -> Iterable[str]:
    """Those with a page now; one query."""
    return map(str, found().filter(pk__in=numbers(keys)).order_by().values_list("pk", flat=True))


def keys() -> Iterator[str]:
    """All with a page."""
    return in_order(found())


def documents(keys: Sequence[str]) -> Iterable[Document]:
    """Those with a page; four queries."""
    rows = list(found().filter(pk__in=numbers(keys)).select_related("province"))
    present = Succession.objects.presents()
    names = _names([each.pk for each in rows], present)
    told = facts.of([each.pk for each in rows], now=clock.now(), presents=present)
    return [_document(each, names[each.pk], [fact.words for fact in told.get(each.pk, ())]) for each in rows]


def manifest() -> Document:
    """The page of the manifest: what it was, and what it said."""
    parts = records.manifest()["principles"]
    return Document(
        key="manifest",
        url=reverse("municipalities:manifest"),
        title=str(_("Het manifest Iedereen doet mee!")),
        summary=str(_("Het manifest Iedereen doet mee!: wie tekende, en wat erin stond.")),
        headings="\n".join(part["heading"] for part in parts),
        body="\n".join(point["text"] for part in parts for point in part["points"]),
    )


def _document(municipality: Municipality, names: list[str], said: list[str]) -> Document:
    others = [name for name in dict.fromkeys([municipality.official_name, *names]) if name != municipality.name]
    return Document(
        key=str(municipality.pk),
        url=municipality.get_absolute_url(),
        title=municipality.name,
        headings="\n".join(others),
        body="\n".join(said),
        place=municipality.province.name if municipality.province else "",
        municipalities=(municipality.slug,),
    )


def _names(numbers: list[int], present: Mapping[int, int]) -> dict[int, list[str]]:
    """All names of municipalities, and of those that went on in them as a whole; one query."""
    former = [old for old, new in present.items() if new in set(numbers)]
    rows = MunicipalityName.objects.filter(municipality__in=[*numbers, *former]).order_by("pk")
    names: dict[int, list[str]] = defaultdict(list)
    for municipality, name in rows.values_list("municipality", "name"):
        names[present.get(municipality, municipality)].append(name)
    return names

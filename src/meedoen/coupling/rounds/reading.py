"""The network as a round sees it: all that stands, with what is known of each, in a fixed number of queries."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from django.db.models import Count, Exists, F, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.coupling.introducing.models import FollowUp, Party
from meedoen.coupling.introducing.rules import FORGET_SAME, NOT_MET, Worth
from meedoen.coupling.models import CouplingRequest
from meedoen.coupling.rules import For, Length, Side, Way
from meedoen.coupling.scoring.rules import Place, Told
from meedoen.coupling.scoring.words import Fact, Name
from meedoen.language.analysis import Analysed, analyse
from meedoen.municipalities.facts import reading as facts
from meedoen.municipalities.facts.models import Fact as Row
from meedoen.municipalities.likeness.rules import Facts
from meedoen.municipalities.models import Municipality, Succession
from meedoen.municipalities.rules import density

from .models import Tie
from .rules import TieKind, pair_of

Pair = tuple[int, int]
WENT_WELL = (Worth.MUCH, Worth.SOME)


@dataclass(frozen=True)
class Network:
    """All asks and offers that stand, by key, in the order in which they came.

    ``texts`` are their words, analysed; ``facts`` by key and theme, the newest first; ``met`` are the pairs that were
    introduced before; ``pins`` and ``bans`` are the team's. Pairs have the lower key first.
    """

    told: Mapping[int, Told]
    names: Mapping[int, Name]
    texts: Mapping[int, Analysed]
    facts: Mapping[int, Mapping[str, Sequence[Fact]]]
    met: frozenset[Pair]
    pins: frozenset[Pair]
    bans: frozenset[Pair]


@dataclass(frozen=True)
class _Past:
    """What came before: how many couplings run by ask or offer, how many went well by municipality; and who met."""

    running: Mapping[int, int]
    went_well: Mapping[int, int]
    people: frozenset[Pair]  # of who stands, who were ever proposed to each other
    places: frozenset[Pair]  # municipalities that were, not long ago


def network(*, now: datetime.datetime) -> Network:
    """What stands now; ten queries, however much stands."""
    requests = list(CouplingRequest.objects.standing().whole().filter(person__address__isnull=False).oldest_first())
    presents = Succession.objects.presents()
    places = _places({key for each in requests if (key := _present(each, presents))})
    known = facts.of(places, now=now, presents=presents)
    past = _past(presents, now=now)
    ties = list(Tie.objects.all())
    told, names = {}, {}
    for each in requests:
        row = places.get(_present(each, presents) or 0)
        told[each.pk] = _told(each, row, known, past)
        names[each.pk] = _name(each, row)
    return Network(
        told,
        names,
        {each.pk: analyse(each.text) for each in requests},
        {each.pk: _by_theme(known.get(_key(told[each.pk]), ())) for each in requests},
        _met(list(told.values()), past),
        frozenset(each.pair for each in ties if each.kind == TieKind.PIN),
        frozenset(each.pair for each in ties if each.kind == TieKind.BAN),
    )


def name_of(request: CouplingRequest, municipality: Municipality | None) -> str:
    """What the team calls who asks or offers; nobody's own name, so that it can be kept."""
    if municipality is None:
        return _("een inwoner")
    said = {
        For.MUNICIPALITY: "%(name)s",
        For.DUO: _("een duo uit %(name)s"),
        For.RESIDENT: _("een inwoner van %(name)s"),
    }
    return said[For(request.kind)] % {"name": municipality.name}


def _present(request: CouplingRequest, presents: Mapping[int, int]) -> int | None:
    """Its municipality as it is now."""
    key = request.municipality_id
    return presents.get(key, key) if key else None


def _places(keys: set[int]) -> dict[int, Municipality]:
    return {each.pk: each for each in Municipality.objects.filter(pk__in=keys).select_related("province")}


def _told(
    request: CouplingRequest, place: Municipality | None, known: Mapping[int, Sequence[Row]], past: _Past
) -> Told:
    return Told(
        key=request.pk,
        side=Side(request.side),
        person=request.person_id,
        kind=For(request.kind),
        themes=frozenset(theme.pk for theme in request.themes.all()),
        ways=frozenset(Way(each) for each in request.ways),
        length=Length(request.length),
        changed_on=request.changed_at.date(),
        place=_place(place) if place else None,
        at_most=request.at_most,
        running=past.running.get(request.pk, 0),
        not_before=request.not_before,
        experience={theme: len(rows) for theme, rows in _by_theme(known.get(place.pk, ())).items()} if place else {},
        went_well=past.went_well.get(place.pk, 0) if place else 0,
    )


def _place(row: Municipality) -> Place:
    found = Facts(
        population=row.population or None,
        province=row.province_id,
        density=density(row.population, row.land_area_km2),
    )
    return Place(row.pk, found, row.longitude, row.latitude)


def _name(request: CouplingRequest, row: Municipality | None) -> Name:
    if row is None:
        return Name(name_of(request, None))
    address = reverse("municipalities:municipality", args=[row.slug])
    return Name(name_of(request, row), row.name, address, row.population_year)


def _key(told: Told) -> int:
    return told.place.key if told.place else 0


def _by_theme(rows: Sequence[Row]) -> dict[str, list[Fact]]:
    """Facts by theme; what is about none says nothing of what is asked."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for row in rows:
        if row.theme_id:
            found[row.theme_id].append(Fact(row.words, row.url, row.title))
    return dict(found)


def _past(presents: Mapping[int, int], *, now: datetime.datetime) -> _Past:
    """Of couplings that were not taken back before they met, what counts for those that stand; four queries."""
    there = Party.objects.exclude(coupling__state__in=NOT_MET).order_by()
    running = dict(
        Party.objects.running()
        .filter(request__in=CouplingRequest.objects.standing())
        .order_by()
        .values_list("request")
        .annotate(Count("pk"))
    )
    helped = FollowUp.objects.filter(worth__in=WENT_WELL, party__coupling=OuterRef("coupling"))
    went_well: Counter[int] = Counter()
    by_place = there.filter(Exists(helped), municipality__isnull=False).values_list("municipality")
    for place, count in by_place.annotate(Count("pk")):
        went_well[presents.get(place, place)] += count
    standing = CouplingRequest.objects.standing().order_by().values("person")
    people = there.filter(
        person__in=standing, coupling__parties__person__in=standing, coupling__parties__person__gt=F("person")
    ).values_list("person", "coupling__parties__person")
    lately = there.filter(
        coupling__made_at__gt=now - FORGET_SAME,
        municipality__isnull=False,
        coupling__parties__municipality__isnull=False,
        coupling__parties__gt=F("pk"),
    ).values_list("municipality", "coupling__parties__municipality")
    return _Past(
        running,
        went_well,
        frozenset(people.distinct()),
        frozenset(pair_of(*(presents.get(place, place) for place in pair)) for pair in lately.distinct()),
    )


def _met(told: Sequence[Told], past: _Past) -> frozenset[Pair]:
    """Which of those that stand were introduced before, or are of municipalities that were not long ago."""
    of_person: dict[int, list[int]] = defaultdict(list)
    of_place: dict[int, list[int]] = defaultdict(list)
    for each in told:
        of_person[each.person].append(each.key)
        if each.place:
            of_place[each.place.key].append(each.key)
    found = {pair_of(*two) for pair in past.people for two in product(of_person[pair[0]], of_person[pair[1]])}
    found |= {pair_of(*two) for pair in past.places for two in product(of_place[pair[0]], of_place[pair[1]])}
    return frozenset(found)

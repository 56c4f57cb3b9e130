"""Who comes, as who organises sees it: how many, and their names, those who come together beside each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from django.db.models import Count, F, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meedoen.kernel import dutch
from meedoen.meetings.models import Meeting

from .models import Attendee, Party
from .rules import Seen, State, Way

PARTIES_SHOWN = 50  # on a page

STANDS = {
    State.PLACED: lambda: _("heeft een plek"),
    State.WAITING: lambda: _("op de wachtlijst"),
    State.OFFERED: lambda: _("een plek aangeboden"),
    State.LAPSED: lambda: _("gaf op tijd geen antwoord"),
}
SEEN = {Seen.HERE.value: gettext_lazy("ja"), Seen.ABSENT.value: gettext_lazy("nee")}  # else nobody noted it

EXPORTED = (  # who comes together has the same number
    gettext_lazy("aanmelding"),
    gettext_lazy("naam"),
    gettext_lazy("gemeente"),
    gettext_lazy("hoe"),
    gettext_lazy("mensen om te helpen"),
    gettext_lazy("hoe het staat"),
    gettext_lazy("aangemeld op"),
    gettext_lazy("was er"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """Those who come together, as a line of the list."""

    people: list[tuple[str, str, int]]  # how each stands in the list, what they are called, and their number
    how: str
    stands: str


@dataclass(frozen=True, slots=True)
class Page:
    """Some of them, in the order in which they signed up."""

    rows: list[Row]
    next_after: int  # the number to go on from; 0 where this is the last page


def counted(meeting: Meeting) -> list[str]:
    """How many come and wait, a sentence each; one query."""
    coming = Attendee.objects.filter(meeting=meeting).coming().order_by()
    found = {
        (state, way): (count, helpers or 0)
        for state, way, count, helpers in coming.values_list("party__state", "way").annotate(
            Count("pk"), Sum("companions")
        )
    }
    said = []
    for way, words in ((Way.ROOM, _("In de zaal")), (Way.ONLINE, _("Online"))):
        count, helpers = found.get((State.PLACED, way), (0, 0))
        if not count:
            continue
        people = ngettext("%(count)s mens", "%(count)s mensen", count) % {"count": dutch.number(count)}
        if helpers:
            people += _(", en %(count)s om te helpen") % {"count": dutch.number(helpers)}
        said.append(f"{words}: {people}.")
    waiting = sum(count for (state, _way), (count, _helpers) in found.items() if state != State.PLACED)
    if waiting:
        said.append(_("Op de wachtlijst: %(count)s.") % {"count": dutch.number(waiting)})
    return said or [_("Er heeft zich nog niemand aangemeld.")]


def page(meeting: Meeting, *, after: int = 0) -> Page:
    """Who signed up after the party with that number; without what anybody needs. Two queries."""
    parties = Party.objects.filter(meeting=meeting, pk__gt=after, attendees__cancelled_at__isnull=True)
    found = list(parties.distinct().order_by("pk")[: PARTIES_SHOWN + 1])
    coming: dict[int, list[Attendee]] = {party.pk: [] for party in found}
    people = (
        Attendee.objects.coming()
        .filter(party__in=coming)
        .select_related("person__municipality", "hosted__municipality")
    )
    for each in people.order_by(F("confirmed_at").asc(nulls_last=True), "pk"):
        coming[each.party_id].append(each)
    rows = [_row(party, coming[party.pk]) for party in found[:PARTIES_SHOWN]]
    return Page(rows, found[PARTIES_SHOWN - 1].pk if len(found) > PARTIES_SHOWN else 0)


def export_rows(meeting: Meeting) -> Iterator[tuple[str | int, ...]]:
    """Who comes, a row each under ``EXPORTED``, who comes together beside each other; without mail address or need.

    One query, however many they are.
    """
    coming = (
        Attendee.objects.filter(meeting=meeting)
        .coming()
        .order_by("party", F("confirmed_at").asc(nulls_last=True), "pk")
    )
    values = coming.values_list(
        "party",
        "person__name",
        "name",
        "person__municipality__name",
        "hosted__municipality__name",
        "way",
        "companions",
        "party__state",
        "confirmed_at",
        "presence__seen",
    )
    for number, (_party, people) in enumerate(groupby(values, key=itemgetter(0)), start=1):
        for _pk, name, asked_as, own, told, way, companions, state, confirmed_at, seen in people:
            yield (
                number,
                name or asked_as or _("iemand"),
                own or told or "",
                way,
                companions,
                STANDS[State(state)]() if confirmed_at else _("zei nog geen ja"),
                timezone.localtime(confirmed_at).strftime("%Y-%m-%d %H:%M") if confirmed_at else "",
                str(SEEN.get(seen or "", "")),
            )


def _row(party: Party, people: list[Attendee]) -> Row:
    ways = [Way(each.way) for each in people]
    words = {Way.ROOM: _("in de zaal"), Way.ONLINE: _("online")}
    how = dutch.join([words[way] for way in dict.fromkeys(ways)])
    if helpers := sum(each.companions for each in people):
        how += _(", met %(count)s om te helpen") % {"count": helpers}
    return Row(
        [(_name(each), each.called or _("iemand"), each.pk) for each in people], how, STANDS[State(party.state)]()
    )


def _name(attendee: Attendee) -> str:
    name = attendee.called or _("iemand")
    hosted = getattr(attendee, "hosted", None)
    place = (attendee.person.municipality if attendee.person else None) or (hosted.municipality if hosted else None)
    told = ", ".join(part for part in (name, place.name if place else "") if part)
    if attendee.phone:
        return _("%(name)s (belde, geen e-mail)") % {"name": told}
    return told if attendee.confirmed_at else _("%(name)s (zei nog geen ja)") % {"name": told}

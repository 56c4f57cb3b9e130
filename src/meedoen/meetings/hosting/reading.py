"""Who comes and who is there, as a host sees it: by name, those who come together beside each other; without needs."""

from dataclasses import dataclass

from django.db.models import Case, Count, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.kernel import clock, dutch
from meedoen.kernel.clock import local_date
from meedoen.kernel.dutch import datetime_words, time_words
from meedoen.kernel.text import fold
from meedoen.meetings.attending.models import Attendee, AttendeeQuerySet
from meedoen.meetings.attending.reading import STANDS
from meedoen.meetings.attending.rules import State, Way, phone_words
from meedoen.meetings.models import Meeting

from . import rules
from .models import Hosted, Step
from .rules import Did, Made, Seen, To

PARTIES_SHOWN = 50  # on a page

SEEN = Coalesce("presence__seen", Value(Seen.UNKNOWN.value))
CALLED = Case(When(person__isnull=False, then=F("person__name")), default=F("name"))
ASKED = {Way.ROOM: lambda: _("in de zaal"), Way.ONLINE: lambda: _("online")}
DID = {
    Did.CHANGED: lambda: _("Aan de telefoon veranderd"),
    Did.CANCELLED: lambda: _("Aan de telefoon afgemeld"),
    Did.CAME_BACK: lambda: _("Aan de telefoon weer aangemeld"),
    Did.ACCEPTED: lambda: _("Nam aan de telefoon de plek aan"),
    Did.QUEUED: lambda: _("Aan de telefoon weer op de wachtlijst gezet"),
}
FOUND = {Seen.HERE: lambda: _("is er"), Seen.ABSENT: lambda: _("kwam niet")}


@dataclass(frozen=True, slots=True)
class Someone:
    """One who comes, as a host knows them."""

    number: int
    name: str
    about: str  # where from, how, and how it stands with their place
    seen: Seen
    noted: str  # what was noted, and when; empty where nothing was


@dataclass(frozen=True, slots=True)
class Page:
    """Some of who comes, those who come together beside each other, in the order of their names."""

    parties: list[list[Someone]]
    number: int
    count: int  # of pages


def counted(meeting: Meeting) -> list[str]:
    """How many are there of those who have a place, a sentence for each way; one query."""
    rows = (
        Attendee.objects.filter(meeting=meeting)
        .coming()
        .filter(party__state=State.PLACED)
        .order_by("-way")
        .values("way")
        .annotate(
            all=Count("pk"),
            here=Count("pk", filter=Q(presence__seen=Seen.HERE)),
            absent=Count("pk", filter=Q(presence__seen=Seen.ABSENT)),
        )
    )
    words = {Way.ROOM: _("In de zaal"), Way.ONLINE: _("Online")}
    said = []
    for row in rows:
        sentence = _("%(where)s: van de %(all)s zijn er %(here)s") % {
            "where": words[Way(row["way"])],
            "all": dutch.number(row["all"]),
            "here": dutch.number(row["here"]),
        }
        if absent := row["absent"]:
            more = ngettext(", en %(absent)s kwam niet", ", en %(absent)s kwamen niet", absent)
            sentence += more % {"absent": dutch.number(absent)}
        said.append(f"{sentence}.")
    return said


def page(meeting: Meeting, *, search: str = "", seen: Seen | None = None, number: int = 1) -> Page:
    """Who comes, as far as their name holds ``search`` and as far as it stands so. Two queries, however many they are.

    Names are compared folded, which no database does alike: all of a meeting are read for it, but only as names.
    """
    coming = Attendee.objects.filter(meeting=meeting).coming()
    wanted = fold(search).split()
    first: dict[int, str] = {}
    found: set[int] = set()
    for party, called, stands in coming.order_by("pk").values_list("party", CALLED, SEEN):
        name = fold(called)
        first[party] = min(first.get(party, name), name)
        if all(word in name for word in wanted) and (seen is None or stands == seen):
            found.add(party)
    parties = sorted(found, key=lambda party: (first[party], party))
    count = max(1, -(-len(parties) // PARTIES_SHOWN))
    number = min(max(1, number), count)
    shown = parties[(number - 1) * PARTIES_SHOWN : number * PARTIES_SHOWN]
    return Page(_people(coming, shown), number, count)


def one(attendee: Attendee) -> Someone:
    """One who comes."""
    presence = getattr(attendee, "presence", None)
    seen = Seen(presence.seen) if presence else Seen.UNKNOWN
    noted = ""
    if presence and seen != Seen.UNKNOWN:
        is_today = local_date(presence.at) == local_date(clock.now())
        noted = (
            _("%(what)s, genoteerd om %(time)s") % {"what": FOUND[seen](), "time": time_words(presence.at)}
            if is_today
            else _("%(what)s, genoteerd op %(when)s") % {"what": FOUND[seen](), "when": datetime_words(presence.at)}
        )
    return Someone(attendee.pk, attendee.called or _("iemand"), about(attendee), seen, noted)


def about(attendee: Attendee) -> str:
    """Where somebody is from, how they come, how it stands with their place, and who put them on the list."""
    hosted = getattr(attendee, "hosted", None)
    how = ASKED[Way(attendee.way)]()
    if attendee.companions:
        how += _(", met %(count)s om te helpen") % {"count": attendee.companions}
    stands = STANDS[State(attendee.party.state)]() if attendee.confirmed_at else _("zei nog geen ja")
    parts = [municipality_of(attendee), how, stands if stands != STANDS[State.PLACED]() else ""]
    if attendee.phone:
        parts.append(_("belde, geen e-mail"))
    elif hosted:
        parts.append(_("stond niet op de lijst") if hosted.made == Made.DOOR else _("aangemeld aan de telefoon"))
    return "; ".join(part for part in parts if part)


def municipality_of(attendee: Attendee) -> str:
    """Where somebody is from: as a host wrote it down of who came on the list that way, else as they say themselves.

    Who called did not prove their address; the account behind it tells a host nothing.
    """
    hosted = getattr(attendee, "hosted", None)
    told = hosted.municipality if hosted else attendee.person.municipality if attendee.person else None
    return told.name if told else ""


def in_the_room(meeting: Meeting) -> list[tuple[str, str]]:
    """(name, municipality) of who has a place in the room, in the order of their names; one query."""
    placed = Attendee.objects.filter(meeting=meeting, way=Way.ROOM).placed().order_by("pk")
    rows = placed.values_list(CALLED, "hosted", "person__municipality__name", "hosted__municipality__name")
    found = [(called, (told if hosted else own) or "") for called, hosted, own, told in rows if called]
    return sorted(found, key=lambda each: fold(each[0]))


def told(attendee: Attendee) -> list[tuple[str, str]]:
    """(what, how) of one who comes, with who put them on the list and what was done for them by telephone."""
    hosted = getattr(attendee, "hosted", None)
    someone = one(attendee)
    how = ASKED[Way(attendee.way)]()
    if attendee.companions:
        how += _(", met %(count)s om te helpen") % {"count": attendee.companions}
    rows = [
        (_("Telefoonnummer"), phone_words(attendee.phone)),
        (_("Gemeente"), municipality_of(attendee)),
        (_("Hoe"), how),
        (_("Samen met"), dutch.join([each.called or _("iemand") for each in _others(attendee)])),
        (_("Hoe het staat"), _stands(attendee)),
        (_("Is er"), someone.noted),
    ]
    if hosted:
        made = _("Bij de deur op de lijst gezet") if hosted.made == Made.DOOR else _("Aan de telefoon aangemeld")
        rows.append((made, _by(hosted)))
    rows += [(DID[Did(step.did)](), _by(step)) for step in attendee.steps.select_related("by").order_by("at", "pk")]
    return [(what, how) for what, how in rows if how]


def _stands(attendee: Attendee) -> str:
    if attendee.cancelled_at:
        return _("afgemeld")
    return STANDS[State(attendee.party.state)]() if attendee.confirmed_at else _("zei nog geen ja")


def _others(attendee: Attendee) -> AttendeeQuerySet:
    return Attendee.objects.filter(party=attendee.party_id).coming().exclude(pk=attendee.pk).select_related("person")


def _by(row: Hosted | Step) -> str:
    """When, and by whom as far as they are known."""
    name = row.by.name if row.by else ""
    return ", ".join(
        part for part in (datetime_words(row.at), _("door %(name)s") % {"name": name} if name else "") if part
    )


def receivers(meeting: Meeting, to: To) -> AttendeeQuerySet:
    """To whom a letter goes, as far as we know an address of theirs; the SQL twin of ``rules.reaches``."""
    return _reached(Attendee.objects.filter(meeting=meeting, person__address__isnull=False), to)


def to_be_called(meeting: Meeting, to: To) -> AttendeeQuerySet:
    """Whom a letter does not reach, since they have no e-mail: a host calls them."""
    return _reached(Attendee.objects.filter(meeting=meeting).exclude(phone=""), to)


def _reached(found: AttendeeQuerySet, to: To) -> AttendeeQuerySet:
    known = found.confirmed()
    if to == To.ALL:
        return known.filter(party__state__in=rules.TOLD)
    if to == To.WAITING:
        return known.filter(party__state__in=(State.WAITING, State.OFFERED))
    return known.filter(party__state=State.PLACED, way=to)


def receiver_counts(meeting: Meeting) -> dict[To, int]:
    """How many each letter would go to; one query."""
    known = Attendee.objects.filter(meeting=meeting, person__address__isnull=False).confirmed().order_by()
    rows = known.values_list("party__state", "way").annotate(Count("pk"))
    found = [(State(state), Way(way), count) for state, way, count in rows]
    return {to: sum(count for state, way, count in found if rules.reaches(to, state=state, way=way)) for to in rules.To}


def _people(coming: AttendeeQuerySet, parties: list[int]) -> list[list[Someone]]:
    people: dict[int, list[Someone]] = {party: [] for party in parties}
    shown = coming.filter(party__in=parties).select_related(
        "person__municipality", "party", "presence", "hosted__municipality"
    )
    for each in shown.order_by(F("confirmed_at").asc(nulls_last=True), "pk"):
        people[each.party_id].append(one(each))
    return list(people.values())

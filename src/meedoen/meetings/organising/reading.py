"""What who organises sees: who they are here, what waits under which heading, and how one meeting stands."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.kernel.dutch import datetime_words
from meedoen.meetings import words
from meedoen.meetings.attending import rooms
from meedoen.meetings.models import Meeting, MeetingQuerySet
from meedoen.meetings.rules import Stage, is_past, may_be_read, stage_of
from meedoen.people.models import Person
from meedoen.people.standing.models import Contact

from . import rules
from .checking import Gap, gaps_of
from .forms import PARTS
from .rules import Organiser

STAGES: dict[Stage, Promise] = {
    Stage.DRAFT: gettext_lazy("Nog niet op de site"),
    Stage.SCHEDULED: gettext_lazy("Komt vanzelf op de site"),
    Stage.COMING: gettext_lazy("Staat op de site"),
    Stage.NOW: gettext_lazy("Is nu bezig"),
    Stage.PAST: gettext_lazy("Is geweest"),
    Stage.CANCELLED: gettext_lazy("Gaat niet door"),
    Stage.WITHDRAWN: gettext_lazy("Van de site gehaald"),
}
FOR_FORM = {"plaats": "is_on_site", "online": "is_online"}  # parts that only some forms have


@dataclass(frozen=True, slots=True)
class Group:
    """Meetings under one heading."""

    id: str
    heading: str
    rows: list[tuple[str, str, str]]  # (title, address, about)
    more: bool = False


def organiser_of(person: Person) -> Organiser:
    """Who somebody is here."""
    if person.is_team:
        return Organiser(person.pk, is_team=True)
    return Organiser(person.pk, is_team=False, municipalities=Contact.objects.municipalities_of(person))


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait for the team."""

    drafts: int  # that come near
    reports: int  # of past ones, to be written
    ways_in: int  # of those online that come near without one


def waiting(now: datetime.datetime) -> Waiting:
    """How many wait for the team; one query."""
    near, past, shut = (
        Meeting.objects.near_drafts(now),
        Meeting.objects.without_report(now),
        _without_way_in(Meeting.objects.all(), now),
    )
    found = (near | past | shut).aggregate(
        drafts=Count("pk", filter=Q(published_at__isnull=True)),
        reports=Count("pk", filter=Q(published_at__isnull=False, ends_at__lte=now)),
        ways_in=Count("pk", filter=Q(published_at__isnull=False, ends_at__gt=now)),
    )
    return Waiting(**found)


def _without_way_in(meetings: MeetingQuerySet, now: datetime.datetime) -> MeetingQuerySet:
    """Those people cannot come into; none where a server of the site makes the rooms."""
    return meetings.none() if rooms.is_served() else meetings.without_way_in(now)


def groups(organiser: Organiser, now: datetime.datetime) -> list[Group]:
    """All that somebody organises, what waits first; a query for each heading."""
    own = Meeting.objects.organised_by(organiser).select_related("municipality")
    public = own.published(now)
    found = [
        _group("ingang", _("Zet de link om mee te doen erbij"), _without_way_in(own, now).soonest_first()),
        _group("verslag", _("Hier mist nog een verslag"), own.without_report(now).newest_first()),
        _group("concept", _("Nog niet op de site"), own.drafts().order_by("starts_at", "pk")),
        _group("gepland", _("Komt vanzelf op de site"), own.filter(published_at__gt=now, withdrawn_at__isnull=True).soonest_first()),
        _group("komt", _("Dit komt eraan"), public.upcoming(now).soonest_first()),
        _group("weg", _("Van de site gehaald"), own.filter(withdrawn_at__isnull=False).newest_first()),
        _group("geweest", _("Dit was er"), public.past(now).newest_first()),
    ]  # fmt: skip
    return [group for group in found if group.rows]


def _group(id: str, heading: str, meetings: MeetingQuerySet) -> Group:
    found = list(meetings[: rules.LISTED + 1])
    rows = [(each.title, address("work", each), _about(each)) for each in found[: rules.LISTED]]
    return Group(id, heading, rows, more=len(found) > rules.LISTED)


def _about(each: Meeting) -> str:
    when = words.when(each) or _("Dag nog niet bekend")
    gone = _("Gaat niet door") if each.cancelled_at else ""
    return ". ".join(part for part in (when, gone, each.municipality.name if each.municipality else "") if part)


def earlier(organiser: Organiser) -> list[Meeting]:
    """From which somebody can begin a next one, the newest first."""
    own = Meeting.objects.organised_by(organiser).filter(is_archived=False)
    return list(own.order_by("-made_at", "-pk")[: rules.COPIED])


def told(meeting: Meeting, now: datetime.datetime) -> dict[str, Any]:
    """How a meeting stands, what it misses, and what can be done with it."""
    stage = stage_of(meeting, now)
    gaps = [] if is_past(meeting, now) or meeting.is_archived else gaps_of(meeting, meeting.provisions.all(), now)
    is_public = may_be_read(meeting, now)
    comes = is_public and not is_past(meeting, now)
    return {
        "meeting": meeting,
        "stage": STAGES[stage],
        "facts": _facts(meeting, stage),
        "blocking": linked(meeting, (gap for gap in gaps if gap.blocks)),
        "advice": linked(meeting, (gap for gap in gaps if not gap.blocks)),
        "parts": parts_of(meeting, gaps, now),
        "is_draft": stage == Stage.DRAFT,
        "is_planned": stage == Stage.SCHEDULED,
        "is_public": is_public,
        "is_withdrawn": meeting.withdrawn_at is not None,
        "may_cancel": comes and not meeting.cancelled_at,
        "may_go_on": comes and meeting.cancelled_at is not None,
        "urls": {name: address(name, meeting) for name in STEPS},
    }


STEPS = ("preview", "publish", "stop_plan", "cancel", "go_on", "withdraw", "put_back", "rename", "discard", "work")


def address(name: str, meeting: Meeting) -> str:
    """Where a step of a meeting is."""
    return reverse(f"meetings:{'organise' if name == 'work' else name}", args=[meeting.pk])


def linked(meeting: Meeting, gaps: Iterable[Gap]) -> list[tuple[str, str]]:
    """(what is missing, the way to its field)."""
    return [(gap.words, f"{part_url(meeting, gap.part)}#{_anchor(gap)}") for gap in gaps]


def part_url(meeting: Meeting, part: str) -> str:
    """Where a part is filled in."""
    return reverse("meetings:part", args=[meeting.pk, part])


def parts_of(meeting: Meeting, gaps: Iterable[Gap], now: datetime.datetime) -> list[tuple[str, str, int]]:
    """(heading, address, how much is missing) for each part that its form has; a report from its beginning on."""
    missing = [gap.part for gap in gaps if gap.blocks]
    return [
        (str(form.heading), part_url(meeting, part), missing.count(part))
        for part, form in PARTS.items()
        if has_part(meeting, part, now)
    ]


def has_part(meeting: Meeting, part: str, now: datetime.datetime) -> bool:
    """Whether there is anything to fill in there."""
    if part == "verslag":
        return meeting.starts_at is not None and meeting.starts_at <= now
    return part in PARTS and (part not in FOR_FORM or bool(getattr(meeting, FOR_FORM[part])))


def _anchor(gap: Gap) -> str:
    return f"id_state_{gap.field}" if gap.part == "meedoen" else f"id_{gap.field}"


def _facts(meeting: Meeting, stage: Stage) -> list[dict[str, str]]:
    at = datetime_words(meeting.published_at) if stage == Stage.SCHEDULED and meeting.published_at else ""
    rows = [
        (_("Hoe het staat"), f"{STAGES[stage]}. {at}" if at else str(STAGES[stage])),
        (_("Wanneer"), words.when(meeting)),
        (_("Hoe"), words.where(meeting)),
        (_("Van wie"), words.organiser(meeting)),
        (_("Waarom niet"), meeting.cancelled_reason),
        (_("Waarom weg"), meeting.withdrawn_reason),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]

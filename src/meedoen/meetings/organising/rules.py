"""Who organises which meetings, what a calendar has to take over, and when something waits. Pure: no database, no clock."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from meedoen.meetings.rules import Standing, is_past

REPORT_AFTER = datetime.timedelta(days=3)  # the team is reminded of a report (EV13)
REPORT_WITHIN = datetime.timedelta(days=365)  # what nobody wrote in a year, nobody will
WAY_IN_BEFORE = datetime.timedelta(days=7)  # with the first reminder people look for the way in
DRAFT_IS_NEAR = datetime.timedelta(days=42)  # people plan weeks ahead, and interpreters are booked three before
INTERPRETERS_NEED = datetime.timedelta(days=21)  # to be found; Dutch ones are scarce
COPIED = 50  # earlier meetings to begin from, the newest first
LISTED = 30  # under one heading
MAX_PROGRAMME = 40  # parts

# What readers are told of when it changes, and what a calendar has to take over.
TIME = ("starts_at", "ends_at")
PLACE = ("form", "place_name", "place_address", "place_municipality_id", "online_program")
PLACES = ("form", "room_places", "online_places")
TOLD = (*TIME, *PLACE)
IN_CALENDAR = (*TOLD, "title", "join_by_phone")  # of the link only the door tells, which stays where it is


@dataclass(frozen=True, slots=True)
class Organiser:
    """Who is there: the team, or a contact with the municipalities that they decide for."""

    person_id: int
    is_team: bool
    municipalities: frozenset[int] = frozenset()

    @property
    def may_come_in(self) -> bool:
        """Whether there is anything to organise for them."""
        return self.is_team or bool(self.municipalities)


class Organised(Protocol):
    """What a rule needs to know of whose a meeting is."""

    municipality_id: int | None


def may_organise(organiser: Organiser, meeting: Organised) -> bool:
    """Whether somebody may see and change it here; ``MeetingQuerySet.organised_by`` is the same in SQL."""
    return organiser.is_team or meeting.municipality_id in organiser.municipalities


def changed(names: tuple[str, ...], before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether any of these is another than it was."""
    return any(before[name] != after[name] for name in names)


def waits_for_report(meeting: Standing, *, has_report: bool, is_archived: bool, now: datetime.datetime) -> bool:
    """Whether it was some days ago and tells nobody what came of it; ``MeetingQuerySet.without_report`` in SQL."""
    if has_report or is_archived or meeting.cancelled_at or meeting.withdrawn_at or meeting.ends_at is None:
        return False
    was_public = meeting.published_at is not None and meeting.published_at <= now
    return was_public and is_past(meeting, now) and REPORT_AFTER <= now - meeting.ends_at < REPORT_WITHIN


def is_near(meeting: Standing, now: datetime.datetime) -> bool:
    """Whether it is a draft of which the day comes near; ``MeetingQuerySet.near_drafts`` is the same in SQL."""
    return (
        meeting.published_at is None
        and meeting.starts_at is not None
        and now < meeting.starts_at <= now + DRAFT_IS_NEAR
    )

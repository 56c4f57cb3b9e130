"""Bring a meeting to readers, now or at a moment; cancel it, let it go on after all; take it down and put it back."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.activity import actions as activity
from meedoen.meetings.afterwards.talking import call_thread
from meedoen.meetings.attending import places
from meedoen.meetings.models import Loaded, Meeting, OldAddress
from meedoen.meetings.organising.checking import gaps_of
from meedoen.meetings.pages import tell_pages
from meedoen.meetings.rules import RESERVED, is_past, may_be_read
from meedoen.people.models import Person

from .changing import CannotDo, ChangedMeanwhile, HasGaps, announce, mark, tell_followers


@transaction.atomic
def publish(
    meeting: Meeting, *, seen: int, by: Person, now: datetime.datetime, at: datetime.datetime | None = None
) -> Meeting:
    """Let everybody read it, from ``at`` on where that is given.

    Raises ``HasGaps`` when it does not say all that people need to know, and ``ChangedMeanwhile``.
    """
    meeting = _locked(meeting)
    if meeting.version != seen:
        raise ChangedMeanwhile(_("Iemand anders bewaarde intussen iets. Kijk eerst hoe het nu is."))
    if meeting.published_at and meeting.published_at <= now:
        raise CannotDo(_("Deze bijeenkomst staat al op de site."))
    gaps = [gap for gap in gaps_of(meeting, meeting.provisions.all(), now) if gap.blocks]
    if gaps:
        raise HasGaps(gaps)
    if at and meeting.starts_at and at >= meeting.starts_at:
        raise CannotDo(_("Dan is de bijeenkomst al begonnen. Kies een eerder moment."))
    meeting.published_at = max(at or now, now)
    meeting.save(update_fields=["published_at"])
    activity.take_back(mark(meeting))  # of a moment that was planned before
    announce(meeting, by=by, at=meeting.published_at)
    tell_pages(now=now)
    return meeting


@transaction.atomic
def stop_plan(meeting: Meeting, *, now: datetime.datetime) -> None:
    """Not at that moment after all; it is a draft again. What everybody reads already stays."""
    meeting = _locked(meeting)
    if meeting.published_at is None or meeting.published_at <= now:
        return
    meeting.published_at = None
    meeting.save(update_fields=["published_at"])
    activity.take_back(mark(meeting))
    tell_pages(now=now)


@transaction.atomic
def cancel(meeting: Meeting, *, reason: str, by: Person, now: datetime.datetime) -> None:
    """It will not be held: page, calendars and feeds say so, and who follows hears why. Raises ``CannotDo``."""
    meeting = _locked(meeting)
    if not may_be_read(meeting, now) or is_past(meeting, now):
        raise CannotDo(_("Deze bijeenkomst staat niet op de site, of is al geweest."))
    if meeting.cancelled_at:
        raise CannotDo(_("Deze bijeenkomst is al afgezegd."))
    meeting.cancelled_at, meeting.cancelled_reason = now, reason
    _count(meeting, now)
    activity.take_back(mark(meeting))  # who did not hear of it yet need not
    tell_followers(meeting, f"cancelled-{meeting.sequence}", _("Gaat niet door: %(title)s"), reason, by=by, now=now)
    tell_pages(now=now)


@transaction.atomic
def go_on(meeting: Meeting, *, by: Person, now: datetime.datetime) -> None:
    """It is held after all. Raises ``CannotDo`` when it is over."""
    meeting = _locked(meeting)
    if meeting.cancelled_at is None:
        return
    if is_past(meeting, now):
        raise CannotDo(_("Deze dag is al voorbij. Maak een nieuwe bijeenkomst."))
    activity.take_back(mark(meeting, f"cancelled-{meeting.sequence}"))  # who did not hear of that yet need not
    meeting.cancelled_at, meeting.cancelled_reason = None, ""
    _count(meeting, now)
    places.pass_on(meeting, now=now)  # who cancelled meanwhile left a place
    tell_followers(
        meeting, f"goes-on-{meeting.sequence}", _("Gaat toch door: %(title)s"), _("Deze bijeenkomst gaat toch door."), by=by, now=now
    )  # fmt: skip
    tell_pages(now=now)


@transaction.atomic
def withdraw(meeting: Meeting, *, reason: str, now: datetime.datetime) -> None:
    """Take it off the site; who comes to its address reads why. Raises ``CannotDo`` when it is not there."""
    meeting = _locked(meeting)
    if not may_be_read(meeting, now):
        raise CannotDo(_("Deze bijeenkomst staat niet op de site."))
    if not (meeting.cancelled_at or is_past(meeting, now)) and meeting.attendees.coming().exists():
        raise CannotDo(_("Er zijn mensen aangemeld. Zeg de bijeenkomst eerst af. Dan weten zij het ook."))
    meeting.withdrawn_at, meeting.withdrawn_reason = now, reason
    _count(meeting, now)
    activity.take_back(mark(meeting))
    tell_pages(now=now)


@transaction.atomic
def put_back(meeting: Meeting, *, now: datetime.datetime) -> None:
    """Let everybody read it again. Twice is once."""
    meeting = _locked(meeting)
    if meeting.withdrawn_at is None:
        return
    meeting.withdrawn_at, meeting.withdrawn_reason = None, ""
    _count(meeting, now)
    tell_pages(now=now)


@transaction.atomic
def rename(meeting: Meeting, *, slug: str, now: datetime.datetime) -> None:
    """Give it the address ``slug``; the one it had leads there from now on. Raises ``CannotDo`` when it is taken."""
    meeting = _locked(meeting)
    if slug == meeting.slug:
        return
    taken = Meeting.objects.filter(slug=slug).exists() or (
        OldAddress.objects.filter(slug=slug).exclude(meeting=meeting).exists()
    )
    if taken or slug in RESERVED:
        raise CannotDo(_("Dit adres is al van iets anders. Kies een ander adres."))
    OldAddress.objects.filter(slug=slug).delete()
    if meeting.published_at:
        OldAddress.objects.create(slug=meeting.slug, meeting=meeting)
    meeting.slug = slug
    meeting.save(update_fields=["slug"])
    call_thread(meeting)
    tell_pages(now=now)


@transaction.atomic
def discard(meeting: Meeting, *, now: datetime.datetime) -> None:
    """Throw away a draft. Raises ``CannotDo`` for what readers have or had: that is cancelled or taken down."""
    meeting = _locked(meeting)
    if meeting.published_at is not None:
        raise CannotDo(_("Deze bijeenkomst stond op de site. Zeg haar af, of haal haar van de site."))
    meeting.delete()


def _count(meeting: Meeting, now: datetime.datetime) -> None:
    """A change that calendars take over."""
    meeting.sequence += 1
    meeting.version += 1
    meeting.changed_at = now
    meeting.save()
    Loaded.objects.filter(meeting=meeting).update(meeting=None)  # the site goes before the file


def _locked(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)

"""Which meetings somebody may read or change, and what waits: the rules of the package as SQL."""

import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Min, Q

from meedoen.kernel.keys import MomentKey
from meedoen.municipalities.models import Municipality, Succession
from meedoen.pages.listed import above, below

from .organising import rules as organising
from .rules import Form

if TYPE_CHECKING:
    from .models import Meeting  # noqa: F401  the rows


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def published(self, now: datetime.datetime) -> Self:
        """Those that everybody may read, cancelled ones included; the SQL twin of ``rules.may_be_read``."""
        return self.filter(published_at__lte=now, withdrawn_at__isnull=True)

    def past(self, now: datetime.datetime) -> Self:
        """Those that ended; the SQL twin of ``rules.is_past``."""
        return self.filter(ends_at__lte=now)

    def upcoming(self, now: datetime.datetime) -> Self:
        """Those that did not end yet, cancelled ones included."""
        return self.filter(ends_at__gt=now)

    def going_on(self) -> Self:
        """Without those that are cancelled."""
        return self.filter(cancelled_at__isnull=True)

    def soonest_first(self) -> Self:
        """In the order of what comes."""
        return self.order_by("starts_at", "id")

    def newest_first(self) -> Self:
        """In the order of what was."""
        return self.order_by("-starts_at", "-id")

    def oldest_first(self) -> Self:
        """In the opposite order."""
        return self.order_by("starts_at", "id")

    def older_than(self, key: MomentKey) -> Self:
        """What began before ``key``."""
        return self.filter(below("starts_at", key.at, key.id))

    def newer_than(self, key: MomentKey) -> Self:
        """What began after ``key``."""
        return self.filter(above("starts_at", key.at, key.id))

    def about(self, theme_id: str) -> Self:
        """Those on one theme."""
        return self.filter(themes=theme_id)

    def attended(self, form: Form) -> Self:
        """Those that one can attend in this way; one that is both counts for either."""
        return self.filter(form=form) if form in (Form.BOTH, Form.UNKNOWN) else self.filter(form__in=(form, Form.BOTH))

    def in_province(self, slug: str) -> Self:
        """Those held in a province, or by one of its municipalities."""
        return self.filter(
            Q(place_municipality__province__slug=slug)
            | Q(place_municipality__isnull=True, municipality__province__slug=slug)
        )

    def of_municipality(self, municipality: Municipality) -> Self:
        """Those that a municipality organises, or that are held there; also of those that went on in it."""
        before = Succession.objects.done().filter(new=municipality).values("old")
        return self.filter(
            Q(municipality=municipality)
            | Q(place_municipality=municipality)
            | Q(municipality__in=before)
            | Q(place_municipality__in=before)
        )

    def between(self, begin: datetime.datetime, end: datetime.datetime) -> Self:
        """Those that begin from ``begin`` until ``end``."""
        return self.filter(starts_at__gte=begin, starts_at__lt=end)

    def organised_by(self, organiser: organising.Organiser) -> Self:
        """Those that somebody may change; the SQL twin of ``organising.rules.may_organise``."""
        return self.all() if organiser.is_team else self.filter(municipality__in=organiser.municipalities)

    def drafts(self) -> Self:
        """Those that nobody published yet."""
        return self.filter(published_at__isnull=True)

    def near_drafts(self, now: datetime.datetime) -> Self:
        """Drafts of which the day comes near; the SQL twin of ``organising.rules.is_near``."""
        return self.drafts().filter(starts_at__gt=now, starts_at__lte=now + organising.DRAFT_IS_NEAR)

    def without_way_in(self, now: datetime.datetime) -> Self:
        """Those online that begin within a week, or have begun, and have no link and no telephone number to take part."""
        online = self.published(now).going_on().filter(form__in=(Form.ONLINE, Form.BOTH), join_url="", join_by_phone="")
        return online.filter(starts_at__lte=now + organising.WAY_IN_BEFORE, ends_at__gt=now)

    def without_report(self, now: datetime.datetime) -> Self:
        """Those of some days ago of which nobody told what came of it; the SQL twin of ``waits_for_report``."""
        return (
            self.published(now)
            .going_on()
            .filter(
                is_archived=False,
                report="",
                ends_at__lte=now - organising.REPORT_AFTER,
                ends_at__gt=now - organising.REPORT_WITHIN,
            )
        )

    def next_change(self, now: datetime.datetime) -> datetime.datetime | None:
        """When time alone changes a page that shows meetings: one is published, begins, ends or closes its sign-up."""
        found = self.filter(withdrawn_at__isnull=True, published_at__isnull=False).aggregate(
            **{
                name: Min(name, filter=Q(**{f"{name}__gt": now}))
                for name in ("published_at", "starts_at", "ends_at", "sign_up_closes_at")
            }
        )
        return min(filter(None, found.values()), default=None)

"""What waits for the team, and the figures of what it decided; a fixed number of queries."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from django.db.models import Case, Count, DurationField, Exists, ExpressionWrapper, F, Min, OuterRef, Q, QuerySet, When

from meedoen.conversation.models import Contribution
from meedoen.conversation.rules import FOR_THE_TEAM, State
from meedoen.conversation.scoring import HOLD_FROM
from meedoen.kernel.text import fold
from meedoen.people.models import Person

from . import rules
from .models import Decision, Objection, Report

URGENT = Q(reports__concern__in=[concern.value for concern in rules.URGENT])
SUSPECT = Q(state=State.WAITING.value, shown_at=None, score__gte=HOLD_FROM)


class Sort(StrEnum):
    """What kind of thing waits."""

    CONTRIBUTION = "contribution"
    PAGE = "page"  # a report on a page of ours
    OBJECTION = "objection"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for the team."""

    sort: Sort
    pk: int
    since: datetime
    news_at: datetime  # when it last became something to look at: it came, was first reported, or danger was
    name: str
    title: str
    is_urgent: bool
    is_reported: bool
    is_for_a_colleague: bool


def queue(by: Person, *, limit: int) -> list[Waiting]:
    """What waits: danger and the law first, then the oldest first. Three queries, ``limit`` things of each kind."""
    found = [
        *(_contribution(each, by) for each in contributions_waiting()[:limit]),
        *(_page(each) for each in _pages()[:limit]),
        *(_objection(each, by) for each in _objections()[:limit]),
    ]
    return sorted(found, key=lambda each: (not each.is_urgent, each.since, each.sort, each.pk))[:limit]


def news(by: Person, *, since: datetime, until: datetime, limit: int) -> list[Waiting]:
    """What became something to look at after ``since`` and up to ``until``, danger first. Three queries."""
    is_new = Q(waits_since__gt=since, waits_since__lte=until)
    is_new |= Q(reported_at__gt=since, reported_at__lte=until) | Q(urgent_at__gt=since, urgent_at__lte=until)
    found = [
        *(_contribution(each, by) for each in contributions_waiting().filter(is_new)[:limit]),
        *(_page(each) for each in _pages().filter(created_at__gt=since, created_at__lte=until)[:limit]),
        *(_objection(each, by) for each in _objections().filter(created_at__gt=since, created_at__lte=until)[:limit]),
    ]
    return sorted(found, key=lambda each: (not each.is_urgent, each.since, each.sort, each.pk))[:limit]


def queue_count() -> int:
    """How many things wait."""
    return contributions_waiting().count() + _pages().count() + Objection.objects.open().count()


def contributions_waiting() -> QuerySet[Contribution]:
    """What is out of sight until the team looked, or was reported; the oldest first."""
    reports = Report.objects.open().filter(contribution=OuterRef("pk"))
    return (
        Contribution.objects.filter(
            Q(state__in=[state.value for state in FOR_THE_TEAM]) & ~Q(text="") & ~SUSPECT | Exists(reports)
        )
        .annotate(
            reported_at=Min("reports__created_at", filter=Q(reports__decision=None)),
            urgent_at=Min("reports__created_at", filter=Q(reports__decision=None) & URGENT),
        )
        .select_related("thread", "person")
        .order_by(F("urgent_at").asc(nulls_last=True), "created_at", "pk")
    )


def suspects() -> QuerySet[Contribution]:
    """What nobody saw yet and looks like a robot's advertising, the newest first; it is erased when its time is over."""
    waiting = Contribution.objects.filter(SUSPECT).exclude(text="").select_related("thread", "person")
    return waiting.order_by("-waits_since", "-pk")


def _pages() -> QuerySet[Report]:
    urgent = Case(When(concern__in=[concern.value for concern in rules.URGENT], then=0), default=1)
    return Report.objects.open().filter(contribution=None).order_by(urgent, "created_at", "pk")


def _objections() -> QuerySet[Objection]:
    return Objection.objects.open().select_related("decision__contribution__thread", "decision__person", "report")


def _contribution(contribution: Contribution, by: Person) -> Waiting:
    reported_at: datetime | None = contribution.reported_at  # type: ignore[attr-defined]
    urgent_at: datetime | None = contribution.urgent_at  # type: ignore[attr-defined]
    moments = [moment for moment in (contribution.waits_since, reported_at, urgent_at) if moment]
    return Waiting(
        sort=Sort.CONTRIBUTION,
        pk=contribution.pk,
        since=min(moments, default=contribution.created_at),
        news_at=max(moments, default=contribution.created_at),
        name=contribution.person.name,
        title=contribution.thread.title,
        is_urgent=urgent_at is not None,
        is_reported=reported_at is not None,
        is_for_a_colleague=not rules.may_moderate(by, contribution.person_id),
    )


def _page(report: Report) -> Waiting:
    return Waiting(
        sort=Sort.PAGE,
        pk=report.pk,
        since=report.created_at,
        news_at=report.created_at,
        name="",
        title=report.title,
        is_urgent=report.is_urgent,
        is_reported=True,
        is_for_a_colleague=False,
    )


def _objection(objection: Objection, by: Person) -> Waiting:
    decision = objection.decision
    return Waiting(
        sort=Sort.OBJECTION,
        pk=objection.pk,
        since=objection.created_at,
        news_at=objection.created_at,
        name=decision.person.name if decision.person else "",
        title=decision.contribution.thread.title if decision.contribution else "",
        is_urgent=False,
        is_reported=False,
        is_for_a_colleague=not rules.may_settle(
            by, decision, person_id=decision.person_id, objector_id=objection.objector_id
        ),
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """A year of moderation, counted from its log (DSA art. 15 and 24)."""

    reports: list[tuple[str, int]]  # by concern
    report_count: int
    decisions: list[tuple[str, int]]  # by deed
    decision_count: int
    grounds: list[tuple[str, int]]  # of what was restricted
    automatic_count: int
    typical_wait: timedelta | None  # from report to decision: half of them took less
    objection_count: int
    upheld_count: int


def figures(year: int) -> Figures:
    """The figures of a calendar year (UTC). A fixed number of queries."""
    span = (datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC))
    reports = Report.objects.filter(created_at__gte=span[0], created_at__lt=span[1])
    decided = Decision.objects.filter(decided_at__gte=span[0], decided_at__lt=span[1])
    by_deed = dict(decided.order_by().values_list("deed").annotate(Count("pk")))
    restricting = decided.filter(deed__in=[deed.value for deed in rules.RESTRICTING])
    objections = Objection.objects.filter(created_at__gte=span[0], created_at__lt=span[1])
    counted = objections.aggregate(all=Count("pk"), upheld=Count("pk", filter=Q(is_upheld=True)))
    by_concern = dict(reports.order_by().values_list("concern").annotate(Count("pk")))
    return Figures(
        reports=_ordered(by_concern),
        report_count=sum(by_concern.values()),
        decisions=_ordered(by_deed),
        decision_count=sum(by_deed.values()),
        grounds=_ordered(dict(restricting.order_by().values_list("ground").annotate(Count("pk")))),
        automatic_count=decided.filter(decided_by=None).count(),
        typical_wait=_typical_wait(Report.objects.filter(decision__in=decided)),
        objection_count=counted["all"],
        upheld_count=counted["upheld"],
    )


def _typical_wait(answered: QuerySet[Report]) -> timedelta | None:
    """The wait of the middle one, in the order of how long they waited."""
    wait = ExpressionWrapper(F("decision__decided_at") - F("created_at"), output_field=DurationField())
    in_order = answered.annotate(wait=wait).order_by("wait").values_list("wait", flat=True)
    count = in_order.count()
    return in_order[count // 2] if count else None


def years(now: datetime) -> list[int]:
    """The years of which there are figures, the newest first; always this one."""
    found = {moment.year for moment in Decision.objects.datetimes("decided_at", "year")}
    found |= {moment.year for moment in Report.objects.datetimes("created_at", "year")}
    return sorted(found | {now.year}, reverse=True)


def _ordered(counts: dict[str, int]) -> list[tuple[str, int]]:
    """Each value with how often it was there, the most frequent first."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], fold(pair[0])))

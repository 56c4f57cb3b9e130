"""What the page about our mail shows: the last look, what our own rows say now, what is well; the worst first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Min, Q

from meedoen.mail.incoming.models import DeadAddress, Incoming
from meedoen.mail.models import OutgoingMail

from . import trial, words
from .models import MAILBOX, Look, Pulse, Trial
from .rules import traffic
from .rules.finding import Finding, Kind


@dataclass(frozen=True)
class State:
    """How our mail is doing: what is wrong, what is well, of when that is."""

    findings: list[Finding]
    well: list[str]
    looked_at: datetime | None
    is_busy: bool
    sent: Sequence[traffic.Sent]
    trial: Trial | None = None  # the last mail that we sent to ourselves


def state(*, now: datetime) -> State:
    """All of it, in a number of queries that does not change."""
    last, busy = Look.objects.done().first(), Look.objects.busy().first()
    sent = sent_lately(now=now)
    tried = Trial.objects.order_by("-asked_at", "-pk").first()
    findings = in_order(
        [
            *(stored(last.found) if last else []),
            *(_trial(tried, now) if tried and settings.EMAIL_HOST else []),
            *inside(sent, now=now),
            *(_looks(last, busy, now) if settings.EMAIL_HOST else [Finding(Kind.FILES_ONLY)]),
        ]
    )
    well = words.well({each.kind for each in findings}) if last is not None and settings.EMAIL_HOST else []
    return State(findings, well, last.done_at if last else None, busy is not None, sent, tried)


def inside(sent: Sequence[traffic.Sent], *, now: datetime) -> list[Finding]:
    """What our own rows say."""
    is_stuck = Q(server_away_at__isnull=False) | Q(attempts=0, due_at__lte=now)  # not: its receiver says "not now"
    waiting = OutgoingMail.objects.filter(is_stuck, state=OutgoingMail.State.WAITING).aggregate(
        oldest=Min("created_at"), count=Count("pk")
    )
    found = [*traffic.judge_sent(sent), *traffic.judge_queue(waiting["oldest"], waiting["count"], now=now)]
    if settings.IMAP_HOST:
        pulse = Pulse.objects.filter(name=MAILBOX).first()
        found += traffic.judge_mailbox(pulse.at if pulse else None, pulse.problem if pulse else "", now=now)
    dead = DeadAddress.objects.count()
    if dead:
        found.append(Finding(Kind.DEAD_ADDRESSES, {"count": str(dead)}))
    aside = Incoming.objects.filter(state=Incoming.State.ASIDE, erased_at__isnull=True).count()
    if aside:
        found.append(Finding(Kind.ASIDE, {"count": str(aside)}))
    return found


def _trial(tried: Trial, now: datetime) -> list[Finding]:
    """What the last mail to ourselves showed; that it did not come in, once it should have."""
    if tried.done_at:
        return stored(tried.found)
    return [] if tried.asked_at > now - trial.LOST_AFTER else [Finding(Kind.TRIAL_LOST)]


def _looks(last: Look | None, busy: Look | None, now: datetime) -> list[Finding]:
    return traffic.judge_look(busy.asked_at if busy else None, last.done_at if last else None, now=now)


def sent_lately(*, now: datetime) -> list[traffic.Sent]:
    """What left and what came back, of each period."""
    begins = [now - timedelta(days=days) for days in traffic.PERIODS]

    def counted(name: str) -> list[int]:
        counts = {f"of_{at}": Count("pk", filter=Q(**{f"{name}__gte": begin})) for at, begin in enumerate(begins)}
        found = OutgoingMail.objects.filter(**{f"{name}__gte": min(begins)}).aggregate(**counts)
        return [found[f"of_{at}"] for at in range(len(begins))]

    return [
        traffic.Sent(days, arrived, back)
        for days, arrived, back in zip(traffic.PERIODS, counted("sent_at"), counted("given_up_at"), strict=True)
    ]


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The worst first, and each once."""
    unlike: dict[str, Finding] = {}
    for each in findings:
        unlike.setdefault(f"{each.kind} {sorted(each.about.items())}", each)
    return sorted(unlike.values(), key=lambda each: (words.weight_of(each.kind), list(Kind).index(each.kind)))


def stored(rows: Sequence[dict[str, Any]]) -> list[Finding]:
    """The findings of a look; one of a kind that is no more is left out."""
    known = {kind.value for kind in Kind}
    return [Finding(Kind(row["kind"]), row["about"], row["line"]) for row in rows if row["kind"] in known]

"""What our own rows say: what came back, what waits, who is silent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from .finding import Finding, Kind

FEW = 20  # mails; below that one that comes back says nothing about the rest
SOME, MANY = 0.02, 0.05  # large providers take who has more come back than this for a sender of unwanted mail
PERIODS = (7, 30)  # days
WAITS_LONG = timedelta(minutes=15)  # a mail that leaves well does so within a minute
SILENT_AFTER = timedelta(minutes=10)  # the mailbox is looked into each half minute
CLOCK_MAY_DIFFER = timedelta(minutes=2)
LOST_AFTER = timedelta(minutes=15)  # a look takes less than two minutes
OLD_AFTER = timedelta(hours=36)  # it is done each night


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of the mail of some days."""

    days: int
    arrived: int  # as far as anybody told us
    came_back: int

    @property
    def total(self) -> int:
        return self.arrived + self.came_back

    @property
    def share(self) -> float:
        """Of all, what came back; 0 where there was none."""
        return self.came_back / self.total if self.total else 0.0


def judge_sent(periods: Sequence[Sent]) -> list[Finding]:
    """Whether too much comes back; of the shortest time that says so."""
    for sent in periods:
        if sent.total >= FEW and sent.share >= SOME:
            kind = Kind.BOUNCES_MANY if sent.share >= MANY else Kind.BOUNCES_SOME
            about = {"count": str(sent.came_back), "total": str(sent.total), "days": str(sent.days)}
            return [Finding(kind, {**about, "share": f"{sent.share * 100:.1f}".replace(".", ",")})]
    return []


def judge_queue(oldest_due_at: datetime | None, count: int, *, now: datetime) -> list[Finding]:
    """Whether mail waits longer than it should."""
    if oldest_due_at is None or now - oldest_due_at < WAITS_LONG:
        return []
    return [
        Finding(Kind.QUEUE_OLD, {"count": str(count), "minutes": str(int((now - oldest_due_at).total_seconds() // 60))})
    ]


def judge_mailbox(looked_at: datetime | None, problem: str, *, now: datetime) -> list[Finding]:
    """Whether the mailbox is looked into."""
    if looked_at is None or now - looked_at > SILENT_AFTER:
        return [Finding(Kind.MAILBOX_SILENT)]
    return [Finding(Kind.MAILBOX_PROBLEM, {"problem": problem[:120]})] if problem else []


def judge_clock(differences: Sequence[timedelta]) -> list[Finding]:
    """Whether our clock differs from that of the server that brings us mail.

    ``differences`` are between when that server took a mail and when we did. Mail may wait on the way: the least counts.
    """
    least = min(differences, key=abs, default=timedelta())
    if abs(least) <= CLOCK_MAY_DIFFER:
        return []
    return [Finding(Kind.CLOCK, {"minutes": str(round(abs(least).total_seconds() / 60))})]


def judge_look(asked_at: datetime | None, looked_at: datetime | None, *, now: datetime) -> list[Finding]:
    """Whether somebody looks at all. ``asked_at`` is of a look that is not done yet."""
    if asked_at and now - asked_at > LOST_AFTER:
        return [Finding(Kind.LOOK_LOST)]
    if looked_at is None:
        return [] if asked_at else [Finding(Kind.NEVER_LOOKED)]
    return [Finding(Kind.LOOK_OLD)] if now - looked_at > OLD_AFTER and not asked_at else []

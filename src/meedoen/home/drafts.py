"""What somebody is writing and did not place yet, for their own page."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise

from meedoen.conversation.models import Thread
from meedoen.people import acts
from meedoen.people.models import PendingAct, Person

MAX_DRAFTS = 20  # the newest; more is no person's doing


@dataclass(frozen=True)
class Draft:
    """A draft, with where to go on and where to throw it away."""

    heading: str | Promise
    title: str
    beginning: str
    changed_at: datetime
    until: datetime
    go_on_url: str
    discard_url: str


def drafts_of(person: Person, *, now: datetime) -> list[Draft]:
    """The drafts of somebody, the newest first; two queries."""
    found = [
        (act, acts.kind_of(act))
        for act in PendingAct.objects.drafts_of(person, now)[:MAX_DRAFTS]
        if acts.kind_of(act).keeps_drafts
    ]
    threads = Thread.objects.in_bulk({act.payload["thread"] for act, _kind in found if "thread" in act.payload})
    return [
        Draft(
            heading=kind.heading,
            title=threads[act.payload["thread"]].title if act.payload.get("thread") in threads else "",
            beginning=str(act.payload.get("title") or act.payload.get("text", ""))[:100],
            changed_at=act.changed_at,
            until=act.expires_at,
            go_on_url=reverse("people:change", args=[act.key]),
            discard_url=reverse("people:discard", args=[act.key]),
        )
        for act, kind in found
    ]

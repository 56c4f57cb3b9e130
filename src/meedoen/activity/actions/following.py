"""The deeds: follow, stop, pause, and look at what is new."""

from datetime import datetime, timedelta

from django.db import transaction

from meedoen.activity import rules
from meedoen.activity.models import Follow, Follower, Happening, Subject, Told
from meedoen.activity.rules import Rhythm
from meedoen.kernel.clock import local_date
from meedoen.people.models import Person

DAY = timedelta(days=1)


def follow(person: Person, subject: Subject, *, rhythm: Rhythm, now: datetime) -> Follow:
    """Follow from now on, or change how often. What happened before is not told."""
    found, is_new = Follow.objects.get_or_create(
        person=person, subject=subject, defaults={"rhythm": rhythm, "created_at": now, "told_until": now}
    )
    if not is_new:
        change(found, rhythm=rhythm, now=now)
    return found


def reach(person: Person, subject: Subject, *, since: datetime) -> None:
    """Let somebody hear of a subject that is about themselves, unless they ever said how often they want to."""
    before = since - timedelta(microseconds=1)  # what happens at ``since`` is told
    Follow.objects.get_or_create(
        person=person,
        subject=subject,
        defaults={"rhythm": Rhythm.EACH, "created_at": before, "told_until": before},
    )


def bring_along(old: Subject, new: Subject, *, now: datetime) -> list[int]:
    """Let who follows ``old`` follow ``new`` from now on, as often; who ever did so keeps what they chose there.

    What happened to ``old`` until now is still told. The people who follow ``new`` by this.
    """
    there = Follow.objects.filter(subject=new).values("person")
    found = Follow.objects.alive().filter(subject=old).exclude(person__in=there).order_by("pk")
    follows = [
        Follow(person_id=person, subject=new, rhythm=rhythm, created_at=now, told_until=now)
        for person, rhythm in found.values_list("person_id", "rhythm")
    ]
    Follow.objects.bulk_create(follows, ignore_conflicts=True)
    return [each.person_id for each in follows]


def let_go(subject: Subject, people: list[int], *, since: datetime) -> None:
    """Undo ``bring_along`` for who changed nothing about it themselves."""
    Follow.objects.filter(subject=subject, person__in=people, created_at=since, changed_at=None).delete()


def change(followed: Follow, *, rhythm: Rhythm, now: datetime) -> None:
    """Hear more or less often, or no more. Who begins again is not told what they missed."""
    _change(followed, rhythm=rhythm, now=now)
    followed.save(update_fields=["rhythm", "was", "changed_at", "told_until"])


def undo(followed: Follow, *, now: datetime) -> None:
    """Go back to how often somebody heard before the last change; twice is once."""
    _undo(followed, now=now)
    followed.save(update_fields=["rhythm", "was", "changed_at", "told_until"])


@transaction.atomic
def change_all(follower: Follower, *, rhythm: Rhythm, now: datetime) -> None:
    """Hear of everything in one rhythm, or of nothing any more. Where it was so already, the way back stays too."""
    alive = Follow.objects.alive().select_for_update(of=("self",)).filter(person=follower.person)
    follows = list(alive.exclude(rhythm=rhythm))
    if not follows:
        return
    for each in follows:
        _change(each, rhythm=rhythm, now=now)
    Follow.objects.bulk_update(follows, ["rhythm", "was", "changed_at", "told_until"])
    follower.changed_at = now
    follower.save(update_fields=["changed_at"])


@transaction.atomic
def undo_all(follower: Follower, *, now: datetime) -> int:
    """Go back to what it was before all was changed at once; what was changed since then stays. How many went back."""
    changed = Follow.objects.filter(person=follower.person, changed_at=follower.changed_at).exclude(was="")
    follows = list(changed) if follower.changed_at else []
    for each in follows:
        _undo(each, now=now)
    Follow.objects.bulk_update(follows, ["rhythm", "was", "changed_at", "told_until"])
    follower.changed_at = None
    follower.save(update_fields=["changed_at"])
    return len(follows)


def pause(follower: Follower, *, weeks: int, now: datetime) -> None:
    """Mail nothing for so many weeks; afterwards one mail tells what happened meanwhile."""
    follower.paused_until = rules.pause_end(weeks, local_date(now))
    follower.save(update_fields=["paused_until"])


def resume(follower: Follower) -> None:
    """Mail again."""
    follower.paused_until = None
    follower.save(update_fields=["paused_until"])


def look(person: Person, *, now: datetime) -> datetime | None:
    """Note that somebody opens the list of what is new; since when what stands there is new to them, if not all is."""
    follower = Follower.objects.of(person)
    if follower.looked_at is None or now - follower.looked_at > rules.ONE_LOOK:
        follower.new_since = follower.looked_at
    follower.looked_at = now
    follower.save(update_fields=["looked_at", "new_since"])
    return follower.new_since


def saw(person: Person, happenings: list[Happening]) -> None:
    """Note what somebody had before them in their list: it is not mailed to them as well."""
    Told.objects.bulk_create([Told(person=person, happening=each) for each in happenings], ignore_conflicts=True)


def _change(followed: Follow, *, rhythm: Rhythm, now: datetime) -> None:
    if rhythm == followed.rhythm:
        return
    if followed.rhythm in (Rhythm.NEVER, Rhythm.SITE):
        followed.told_until = now
    followed.was, followed.rhythm, followed.changed_at = followed.rhythm, rhythm, now


def _undo(followed: Follow, *, now: datetime) -> None:
    if not followed.was:
        return
    if followed.changed_at is None or now - followed.changed_at > DAY:
        followed.told_until = now  # it is no slip any more: they begin again
    followed.rhythm, followed.was, followed.changed_at = followed.was, "", None

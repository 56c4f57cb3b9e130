"""The deeds: record what happened, follow, stop, pause, look, and tell those who asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction

from meedoen.kernel.clock import local_date
from meedoen.kernel.database import AWAY
from meedoen.mail.incoming import reports
from meedoen.people import codes
from meedoen.people.models import Person

from . import letters, rules, subjects
from .models import Follow, Follower, Happening, Subject, Told
from .rules import Rhythm

DAY = timedelta(days=1)
TOLD_AT_ONCE = 1_000  # people in one round; the next minute takes the next ones, and codes are mailed between
TOLD_TOGETHER = 25  # of them in one transaction, which takes some 0.2 s: what else wants to write waits for that

log = structlog.get_logger("meedoen.activity")


# What happened ----------------------------------------------------------------------------------------------


@transaction.atomic(savepoint=False)
def record(
    *followed: Subject,
    mark: str,
    sentence: str,
    words: str,
    url: str,
    actor: Person | None,
    now: datetime,
    is_new: bool = False,
) -> None:
    """Write down that something happened to each of ``followed``; who follows any of them is told in ten minutes.

    The same mark is written once; ``is_new`` says that it cannot be there yet. ``now`` may be ahead, of what will
    stand there by itself.
    """
    told: dict[str, Any] = {"sentence": sentence, "words": words, "url": url, "actor": actor, "at": now}
    if is_new:
        happening = Happening.objects.create(mark=mark, **told)
    else:
        happening, is_new = Happening.objects.get_or_create(mark=mark, defaults=told)
    if is_new:
        links = [Happening.subjects.through(happening=happening, subject=each) for each in followed]
        Happening.subjects.through.objects.bulk_create(links, ignore_conflicts=True)


def correct(mark: str, *, words: str, sentence: str = "") -> None:
    """Let those who are not told yet read what it says now."""
    Happening.objects.filter(mark=mark).update(words=words, **({"sentence": sentence} if sentence else {}))


def name(mark: str, *own: Subject, sentence: str) -> None:
    """Let what happened also have happened to these people's own subjects; to them it is called ``sentence``."""
    for happening in Happening.objects.filter(mark=mark) if own else ():
        happening.subjects.add(*own)
    if own:
        rename(mark, sentence)


def rename(mark: str, sentence: str) -> None:
    """Let what happened be called ``sentence`` to the people that it happened to themselves."""
    room = Happening._meta.get_field("naming").max_length
    Happening.objects.filter(mark=mark).update(naming=sentence[:room])


def take_back(mark: str) -> None:
    """Let it be as if it did not happen; who was told already was told."""
    Happening.objects.filter(mark=mark).delete()


def erase_old(*, now: datetime) -> int:
    """Forget what happened so long ago that everybody was told; how many happenings that were."""
    old = Happening.objects.filter(at__lt=now - rules.KEEP_HAPPENINGS)
    return old.delete()[1].get("activity.Happening", 0)


# Following --------------------------------------------------------------------------------------------------


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
    """Hear of everything in one rhythm, or of nothing any more."""
    follows = list(Follow.objects.alive().select_for_update(of=("self",)).filter(person=follower.person))
    for each in follows:
        _change(each, rhythm=rhythm, now=now)
    Follow.objects.bulk_update(follows, ["rhythm", "was", "changed_at", "told_until"])
    follower.changed_at = now
    follower.save(update_fields=["changed_at"])


@transaction.atomic
def undo_all(follower: Follower, *, now: datetime) -> None:
    """Go back to what it was before all was changed at once; what was changed since then stays."""
    follows = list(Follow.objects.filter(person=follower.person, changed_at=follower.changed_at).exclude(was=""))
    for each in follows if follower.changed_at else []:
        _undo(each, now=now)
    Follow.objects.bulk_update(follows, ["rhythm", "was", "changed_at", "told_until"])
    follower.changed_at = None
    follower.save(update_fields=["changed_at"])


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


# Telling ----------------------------------------------------------------------------------------------------


def tell(*, now: datetime) -> int:
    """Mail who is due, as many as one minute takes; how many mails that were. A crash half-way tells the rest later."""
    told = 0
    for rhythm in rules.BY_MAIL:
        until = rules.last_moment(rhythm, now) - rules.TELL_AFTER
        due = Follow.objects.due(rhythm, until, now=now).order_by("person_id").values_list("person_id", flat=True)
        people = list(due.distinct()[:TOLD_AT_ONCE])
        for begin in range(0, len(people), TOLD_TOGETHER):
            told += _tell_some(people[begin : begin + TOLD_TOGETHER], rhythm, until=until, now=now)
    return told


@transaction.atomic
def _tell_some(people: list[int], rhythm: Rhythm, *, until: datetime, now: datetime) -> int:
    """Some people in one transaction; how many mails. One whose mail fails keeps nobody else from theirs."""
    follows: dict[int, list[Follow]] = {}
    found = Follow.objects.alive().filter(person__in=people).select_related("subject", "person__address")
    for each in found.select_for_update(of=("self",)).order_by("person_id", "pk"):
        follows.setdefault(each.person_id, []).append(each)
    news = _news([each for mine in follows.values() for each in mine if each.rhythm == rhythm], until=until)
    told = 0
    for mine in follows.values():
        try:
            with transaction.atomic():
                told += _tell(mine, rhythm, news, until=until, now=now)
        except AWAY:
            raise
        except Exception:
            log.exception("somebody was not told", person=mine[0].person_id)
    return told


def _tell(follows: list[Follow], rhythm: Rhythm, news: "_News", *, until: datetime, now: datetime) -> bool:
    """One mail to one person about all that they follow in this rhythm, and the mark that they were told, or neither."""
    person = follows[0].person
    asked = [each for each in follows if each.rhythm == rhythm]
    asked.sort(key=lambda each: not subjects.is_personal(each.subject))  # what happens to themselves goes first
    if not asked or person.address is None:
        return False
    fresh = news.of(person, asked)
    if fresh:
        email, day = person.address.email, rules.last_moment(Rhythm.DAILY, now)
        follower = Follower.objects.of(person)
        if reports.is_dead(email):
            follower.waits_until = rules.next_morning(now)
            follower.save(update_fields=["waits_until"])
            return False  # it comes back; once they type a code from a mail again, this is told
        if codes.counted("notices", email, per=DAY, now=day) >= rules.MAX_NOTICES_PER_DAY:
            follower.waits_until = rules.next_morning(now)
            follower.save(update_fields=["waits_until"])
            return False  # it waits: told_until stays where it is
        codes.count("notices", email, per=DAY, now=day)
        letters.send(follower, person, asked, follows, fresh, now=now)
        saw(person, fresh)
    Follow.objects.filter(pk__in=[each.pk for each in asked], told_until__lt=until).update(told_until=until)
    return bool(fresh)


@dataclass(frozen=True, slots=True)
class _News:
    """What happened in all that some people asked for, the oldest first; and who was told what of it in any way."""

    happenings: list[Happening]
    told: set[tuple[int, int]]

    def of(self, person: Person, asked: list[Follow]) -> list[Happening]:
        """What others did in what one of them asked for, that they were not told yet."""
        told_until = {each.subject_id: each.told_until for each in asked}
        return [
            each
            for each in self.happenings
            if each.actor_id != person.pk
            and (person.pk, each.pk) not in self.told
            and any(each.at > told_until[subject.pk] for subject in each.subjects.all() if subject.pk in told_until)
        ]


def _news(asked: list[Follow], *, until: datetime) -> _News:
    """In three queries, for all of them."""
    if not asked:
        return _News([], set())
    since = min(each.told_until for each in asked)
    found = (
        Happening.objects.filter(subjects__in={each.subject_id for each in asked}, at__gt=since, at__lte=until)
        .distinct()
        .prefetch_related("subjects")
    )
    happenings = list(found)
    told = Told.objects.filter(person__in={each.person_id for each in asked}, happening__in=happenings)
    return _News(happenings, set(told.values_list("person_id", "happening_id")))

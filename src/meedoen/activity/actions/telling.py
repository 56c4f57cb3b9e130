"""The deed: tell those who asked, each once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import transaction

from meedoen.activity import letters, rules, subjects
from meedoen.activity.models import Follow, Follower, Happening, Told
from meedoen.activity.rules import Rhythm
from meedoen.kernel.database import AWAY
from meedoen.mail.incoming import reports
from meedoen.people import codes
from meedoen.people.models import Person

from .following import saw

DAY = timedelta(days=1)
TOLD_AT_ONCE = 1_000  # people in one round; the next minute takes the next ones, and codes are mailed between
TOLD_TOGETHER = 25  # of them in one transaction, which takes some 0.2 s: what else wants to write waits for that

log = structlog.get_logger("meedoen.activity")


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

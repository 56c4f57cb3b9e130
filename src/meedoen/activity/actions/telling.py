"""The deed: tell those who asked, each once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import transaction

from meedoen.activity import letters, rules, subjects
from meedoen.activity.letters import Reader
from meedoen.activity.models import Follow, Follower, Happening, Told
from meedoen.activity.rules import Rhythm
from meedoen.kernel.database import AWAY
from meedoen.mail import actions as mail
from meedoen.mail.incoming import reports
from meedoen.people import codes

DAY = timedelta(days=1)
# People in one round, which takes some 6 s; the next minute takes the next ones, and codes are mailed between.
TOLD_AT_ONCE = 3_000
TOLD_TOGETHER = 50  # of them in one transaction, which takes some 0.1 s: what else wants to write waits for that

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


def _tell_some(people: list[int], rhythm: Rhythm, *, until: datetime, now: datetime) -> int:
    """Some people; how many mails. Where that fails each alone, so that one whose mail fails keeps nobody else from theirs."""
    try:
        return _tell_together(people, rhythm, until=until, now=now)
    except AWAY:
        raise
    except Exception as error:
        if len(people) == 1:
            log.exception("somebody was not told", person=people[0])
            return 0
        log.warning("some are told one by one", count=len(people), reason=type(error).__name__)
    return sum(_tell_some([each], rhythm, until=until, now=now) for each in people)


@transaction.atomic
def _tell_together(people: list[int], rhythm: Rhythm, *, until: datetime, now: datetime) -> int:
    """One mail to each about all that they follow in this rhythm, and the marks that they were told; or none of it."""
    readers = _readers(people, rhythm, until=until)
    with_news = [each for each in readers if each.news]
    followers = Follower.objects.of_all([each.person.pk for each in with_news])
    waiting = _waiting(with_news, now=now)
    told = [each for each in with_news if each.person.pk not in waiting]
    codes.count_all("notices", [_email(each) for each in told], per=DAY, now=_morning(now))
    mail.send_all(letters.written(told, followers, now=now), now=now)
    _note(told)
    Follower.objects.filter(person__in=waiting).update(waits_until=rules.next_morning(now))
    done = [follow.pk for each in readers if each.person.pk not in waiting for follow in each.asked]
    Follow.objects.filter(pk__in=done, told_until__lt=until).update(told_until=until)
    return len(told)


def _readers(people: list[int], rhythm: Rhythm, *, until: datetime) -> list[Reader]:
    """Who of them can be mailed and asked for this rhythm, held until the transaction ends, with what is new to each."""
    follows: dict[int, list[Follow]] = {}
    found = Follow.objects.alive().filter(person__in=people).select_related("subject", "person__address")
    for each in found.select_for_update(of=("self",)).order_by("person_id", "pk"):
        if each.person.address:
            follows.setdefault(each.person_id, []).append(each)
    news = _news([each for mine in follows.values() for each in mine if each.rhythm == rhythm], until=until)
    readers = []
    for mine in follows.values():
        asked = [each for each in mine if each.rhythm == rhythm]
        asked.sort(key=lambda each: not subjects.is_personal(each.subject))  # what happens to themselves goes first
        if asked:
            readers.append(Reader(mine[0].person, mine, asked, news.of(asked)))
    return readers


def _waiting(readers: list[Reader], *, now: datetime) -> set[int]:
    """Who is told later: mail there comes back, until they type a code from one again; or the day's share is used up."""
    emails = {_email(each) for each in readers}
    dead = reports.dead_among(emails)
    counts = codes.counted_all("notices", emails, per=DAY, now=_morning(now))
    waiting = set()
    for each in readers:
        email = _email(each)
        if email in dead or counts[email] >= rules.MAX_NOTICES_PER_DAY:
            waiting.add(each.person.pk)
        else:
            counts[email] += 1  # two people may share an address
    return waiting


def _note(told: list[Reader]) -> None:
    """Note who was told what."""
    Told.objects.bulk_create(
        [Told(person=each.person, happening=happening) for each in told for happening in each.news],
        ignore_conflicts=True,
    )


def _email(reader: Reader) -> str:
    assert reader.person.address is not None  # noqa: S101  who has none is no reader
    return reader.person.address.email


def _morning(now: datetime) -> datetime:
    """When the day began of which notices are counted."""
    return rules.last_moment(Rhythm.DAILY, now)


@dataclass(frozen=True, slots=True)
class _News:
    """What happened to each subject that some people asked for; and who was told what of it in any way."""

    of_subject: dict[int, list[Happening]]
    told: set[tuple[int, int]]

    def of(self, asked: list[Follow]) -> list[Happening]:
        """What others did in what one person asked for, that they were not told yet, the oldest first."""
        new = {
            happening.pk: happening
            for each in asked
            for happening in self.of_subject.get(each.subject_id, ())
            if happening.at > each.told_until
            and happening.actor_id != each.person_id
            and (each.person_id, happening.pk) not in self.told
        }
        return sorted(new.values(), key=lambda each: (each.at, each.pk))


def _news(asked: list[Follow], *, until: datetime) -> _News:
    """In three queries, for all of them."""
    if not asked:
        return _News({}, set())
    since = min(each.told_until for each in asked)
    found = (
        Happening.objects.filter(subjects__in={each.subject_id for each in asked}, at__gt=since, at__lte=until)
        .distinct()
        .prefetch_related("subjects")
    )
    of_subject: dict[int, list[Happening]] = {}
    for happening in found:
        for subject in happening.subject_ids:
            of_subject.setdefault(subject, []).append(happening)
    told = Told.objects.filter(person__in={each.person_id for each in asked}, happening__in=list(found))
    return _News(of_subject, set(told.values_list("person_id", "happening_id")))

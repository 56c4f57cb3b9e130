"""The deeds: record what happened, follow, stop, pause, look, and tell those who asked."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from meedoen.kernel import dutch
from meedoen.kernel.clock import local_date
from meedoen.kernel.identifiers import content_mark
from meedoen.mail import actions as mail
from meedoen.mail import rules as mail_rules
from meedoen.mail.incoming import addresses, reports
from meedoen.mail.incoming.rules import STOP
from meedoen.mail.rendering import Written
from meedoen.people import codes
from meedoen.people.models import Person

from . import rules, subjects
from .models import Follow, Follower, Happening, Subject, Told
from .rules import Rhythm

STOP_ONE, STOP_ALL = "activity.stop", "activity.stop_all"  # purposes of mails that stop; ``mailed`` handles them
DAY = timedelta(days=1)
TOLD_AT_ONCE = 200  # people in one round; the next minute takes the next ones


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
    """Mail everybody who is due; how many mails that were. A crash half-way tells the rest in the next round."""
    told = 0
    for rhythm in rules.BY_MAIL:
        until = rules.last_moment(rhythm, now) - rules.TELL_AFTER
        due = Follow.objects.due(rhythm, until, now=now).order_by("person_id").values_list("person_id", flat=True)
        for person_id in list(due.distinct()[:TOLD_AT_ONCE]):
            told += _tell(person_id, rhythm, until=until, now=now)
    return told


@transaction.atomic
def _tell(person_id: int, rhythm: Rhythm, *, until: datetime, now: datetime) -> bool:
    """One mail to one person about all that they follow in this rhythm, and the mark that they were told, or neither."""
    person = Person.objects.select_related("address").get(pk=person_id)
    follows = list(
        Follow.objects.alive()
        .filter(person=person)
        .select_related("subject")
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    asked = [each for each in follows if each.rhythm == rhythm]
    asked.sort(key=lambda each: not subjects.is_personal(each.subject))  # what happens to themselves goes first
    if not asked or person.address is None:
        return False
    news = _news(person, asked, until=until)
    if news:
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
        _mail(follower, email, asked, follows, news, now=now)
        saw(person, news)
    Follow.objects.filter(pk__in=[each.pk for each in asked], told_until__lt=until).update(told_until=until)
    return bool(news)


def _news(person: Person, asked: list[Follow], *, until: datetime) -> list[Happening]:
    """What others did in what was asked for, that this person was not told yet in any way; the oldest first."""
    told_until = {each.subject_id: each.told_until for each in asked}
    found = (
        Happening.objects.filter(subjects__in=told_until, at__gt=min(told_until.values()), at__lte=until)
        .exclude(actor=person)
        .exclude(told__person=person)
        .distinct()
        .prefetch_related("subjects")
    )
    return [
        each
        for each in found
        if any(each.at > told_until[subject.pk] for subject in each.subjects.all() if subject.pk in told_until)
    ]


def _mail(
    follower: Follower, email: str, asked: list[Follow], follows: list[Follow], news: list[Happening], *, now: datetime
) -> None:
    """The mail itself: under the name of each thing that is followed what happened to it, each happening once."""
    shown = news[: rules.how_many_fit([len(each.words) for each in news])]
    names = {each.subject_id: each.subject for each in follows}
    told_until = {each.subject_id: each.told_until for each in follows}
    sections: dict[int, list[dict[str, object]]] = {each.subject_id: [] for each in asked}
    for happening in shown:
        mine = [names[subject.pk] for subject in happening.subjects.all() if subject.pk in names]
        first = next(each.subject_id for each in asked if each.subject in mine)
        others = [each for each in mine if not subjects.is_personal(each)]
        why = [subjects.inside(subject) for subject in sorted(others, key=lambda each: each.pk != first)]
        sections[first].append(
            {
                "sentence": subjects.sentence(happening, mine),
                "words": Written(happening.words),
                "path": subjects.fresh(names[first], happening.url, told_until[first]),
                "at": happening.at,
                "why": dutch.join(why),
                "has_more_reasons": len(mine) > 1,
            }
        )
    told = [(each, sections[each.subject_id]) for each in asked if sections[each.subject_id]]
    is_one = len(told) == 1
    only = told[0][0]
    ways = {each.subject_id: subjects.ways(each.subject, follower.person) for each, _items in told}
    stop = reverse("activity:stop", args=[only.key]) if is_one else reverse("activity:stop_all", args=[follower.key])
    person = follower.person
    reply_to = subjects.reply_to(only.subject, person, now) if is_one else ""
    answers_to = reply_to or subjects.reply_to_several(person, now)
    stop_email = _stop_email(person, only if is_one else follower, now=now)
    mail.send(
        subjects.letter(only.subject) if is_one else "mail/activity/digest.md",
        to=email,
        context={
            "titles": dutch.join([subjects.alone(each.subject) for each, _items in told]),
            "inside": subjects.inside(only.subject),
            "items": told[0][1],
            "ways": ways[only.subject_id],
            "sections": [
                {
                    "title": subjects.alone(each.subject),
                    "path": each.subject.url,
                    "items": items,
                    "ways": ways[each.subject_id],
                }
                for each, items in told
            ],
            "more": len(news) - len(shown),
            "new_path": reverse("activity:new"),
            "stop_path": stop,
            "change_path": reverse("activity:all", args=[follower.key]),
            "may_reply": bool(reply_to),
            "may_report": bool(answers_to),
        },
        # The marks are its key: mailed again after a crash, or published again, the same news is one mail.
        key=f"notice-{follower.person_id}-{content_mark(*(each.mark.encode() for each in news))}",
        now=now,
        reply_to=answers_to,
        headers=_headers(only.subject if is_one else None, stop, stop_email),
    )


def _stop_email(person: Person, stopped: Follow | Follower, *, now: datetime) -> str:
    """The address to which a mail, of a person or of their mail program, stops what the mail is about."""
    purpose = STOP_ONE if isinstance(stopped, Follow) else STOP_ALL
    return addresses.answer_to(purpose, owner=person.pk, about=stopped.key, now=now, name=STOP)


def _headers(subject: Subject | None, stop: str, stop_email: str) -> dict[str, str]:
    """What mail programs read: which list, how to stop, and of one subject what belongs together."""
    domain = urlsplit(settings.BASE_URL).hostname or "localhost"
    name = f"{subject.kind}-{subject.key}".lower() if subject else "volgen"
    archive = subject.url if subject else reverse("activity:new")
    return {
        **mail_rules.list_headers(
            name,
            domain=domain,
            unsubscribe_url=f"{settings.BASE_URL}{stop}",
            archive_url=f"{settings.BASE_URL}{archive}",
            unsubscribe_email=stop_email,
        ),
        # One name for all mails about a thing, so that programs put them together; no mail has it for its own.
        **(mail_rules.thread_headers([f"<{name}@{domain}>"]) if subject else {}),
    }

"""The mails that tell people what happened in what they follow: about one thing, or a digest of several."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from meedoen.kernel import dutch
from meedoen.kernel.identifiers import content_mark
from meedoen.mail import actions as mail
from meedoen.mail import rules as mail_rules
from meedoen.mail.incoming import addresses
from meedoen.mail.incoming.rules import STOP
from meedoen.mail.rendering import Own, Written
from meedoen.people.models import Person

from . import rules, subjects
from .models import Follow, Follower, Happening, Subject

STOP_ONE, STOP_ALL = "activity.stop", "activity.stop_all"  # purposes of mails that stop; ``mailed`` handles them


def send(
    follower: Follower,
    person: Person,
    asked: list[Follow],
    follows: list[Follow],
    news: list[Happening],
    *,
    now: datetime,
) -> None:
    """Under the name of each thing that is followed what happened to it, each happening once.

    Who is told the same at the same time is told it by one rendering: what is a reader's own stands in links alone.
    """
    assert person.address is not None  # noqa: S101  who has none is told nothing
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
    ways = {each.subject_id: subjects.ways(each.subject, person) for each, _items in told}
    stop = reverse("activity:stop", args=[only.key]) if is_one else reverse("activity:stop_all", args=[follower.key])
    reply_to = subjects.reply_to(only.subject, person, now) if is_one else ""
    answers_to = reply_to or subjects.reply_to_several(person, now)
    stop_email = _stop_email(person, only if is_one else follower, now=now)
    mail.send(
        subjects.letter(only.subject) if is_one else "mail/activity/digest.md",
        to=person.address.email,
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
            "stop_path": Own(stop),
            "change_path": Own(reverse("activity:all", args=[follower.key])),
            "may_reply": bool(reply_to),
            "may_report": bool(answers_to),
        },
        # The marks are its key: mailed again after a crash, or published again, the same news is one mail.
        key=f"notice-{person.pk}-{content_mark(*(each.mark.encode() for each in news))}",
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

"""The mails that tell people what happened in what they follow: about one thing, or a digest of several."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who is told: all that they follow, what of it they asked for at this moment, and what happened in that."""

    person: Person
    follows: list[Follow]
    asked: list[Follow]
    news: list[Happening]


@dataclass(frozen=True, slots=True)
class _Told:
    """What a mail to a reader tells: each thing that is followed with its happenings, each of these once."""

    reader: Reader
    sections: list[tuple[Follow, list[dict[str, object]]]]
    more: int  # things that do not fit

    @property
    def only(self) -> Follow | None:
        """The one thing that it is about; nothing where it is about several."""
        return self.sections[0][0] if len(self.sections) == 1 else None


@dataclass(frozen=True, slots=True)
class _Asked:
    """What stands in the mails to some readers beside what happened, by the key of each; asked once for all of them."""

    ways: dict[Subject, subjects.Ways]
    replies_to: dict[int, str]  # of who is told about one thing that takes answers
    answers_to: dict[int, str]  # of all others
    stop_tokens: dict[str, str]  # by the key of what is stopped


def written(readers: Sequence[Reader], followers: Mapping[int, Follower], *, now: datetime) -> list[mail.Letter]:
    """The mail to each of some readers, in a number of queries that does not grow with them.

    Who is told the same at the same time is told it by one rendering: what is a reader's own stands in links alone.
    """
    told = [_told(each) for each in readers]
    asked = _ask(told, followers, now=now)
    return [_letter(each, followers[each.reader.person.pk], asked) for each in told]


def _told(reader: Reader) -> _Told:
    shown = reader.news[: rules.how_many_fit([len(each.words) for each in reader.news])]
    names = {each.subject_id: each.subject for each in reader.follows}
    told_until = {each.subject_id: each.told_until for each in reader.follows}
    sections: dict[int, list[dict[str, object]]] = {each.subject_id: [] for each in reader.asked}
    for happening in shown:
        mine = [names[pk] for pk in happening.subject_ids if pk in names]
        first = next(pk for pk in sections if pk in happening.subject_ids)
        others = [each for each in mine if not subjects.is_personal(each)]
        why = [subjects.inside(subject) for subject in sorted(others, key=lambda each: each.pk != first)]
        sections[first].append(
            {
                "sentence": subjects.sentence(happening, mine),
                "words": Written(happening.words),
                "path": subjects.fresh(names[first], happening.url, told_until[first]),
                "at": happening.at,
                "number": subjects.answer_number(happening),
                "place_number": subjects.place_number(happening),
                "why": dutch.join(why),
                "has_more_reasons": len(mine) > 1,
            }
        )
    filled = [(each, sections[each.subject_id]) for each in reader.asked if sections[each.subject_id]]
    return _Told(reader, filled, len(reader.news) - len(shown))


def _ask(told: Sequence[_Told], followers: Mapping[int, Follower], *, now: datetime) -> _Asked:
    about: dict[Subject, list[int]] = {}
    about_one: dict[Subject, list[int]] = {}
    stopped: dict[str, dict[str, object]] = {STOP_ONE: {}, STOP_ALL: {}}
    for each in told:
        person, only = each.reader.person.pk, each.only
        for followed, _items in each.sections:
            about.setdefault(followed.subject, []).append(person)
        if only:
            about_one.setdefault(only.subject, []).append(person)
        stopped[STOP_ONE if only else STOP_ALL][(only or followers[person]).key] = person
    replies_to: dict[int, str] = {}
    for subject, people in about_one.items():
        replies_to.update(subjects.replies_to(subject, people, now))
    others = [each.reader.person.pk for each in told if each.reader.person.pk not in replies_to]
    return _Asked(
        ways={subject: subjects.ways(subject, people) for subject, people in about.items()},
        replies_to=replies_to,
        answers_to=subjects.replies_to_several(others, now),
        stop_tokens={
            key: token
            for purpose, keys in stopped.items()
            for key, token in addresses.tokens_for(purpose, keys, now=now).items()
        },
    )


def _letter(told: _Told, follower: Follower, asked: _Asked) -> mail.Letter:
    person, only = told.reader.person, told.only
    assert person.address is not None  # noqa: S101  who has none is told nothing
    first, items = told.sections[0]
    stop = reverse("activity:stop", args=[only.key]) if only else reverse("activity:stop_all", args=[follower.key])
    stop_token = asked.stop_tokens.get((only or follower).key, "")
    reply_to = asked.replies_to.get(person.pk, "")
    answers_to = reply_to or asked.answers_to.get(person.pk, "")
    sections = [
        {
            "title": subjects.alone(each.subject),
            "path": each.subject.url,
            "items": items,
            "ways": asked.ways[each.subject].get(person.pk, []),
        }
        for each, items in told.sections
    ]
    return mail.Letter(
        subjects.letter(only.subject) if only else "mail/activity/digest.md",
        to=person.address.email,
        context={
            "titles": dutch.join([subjects.alone(each.subject) for each, _items in told.sections]),
            "inside": subjects.inside(first.subject),
            "items": items,
            "ways": sections[0]["ways"],
            "sections": sections,
            "more": told.more,
            "new_path": reverse("activity:new"),
            "stop_path": Own(stop),
            "change_path": Own(reverse("activity:all", args=[follower.key])),
            "may_reply": bool(reply_to),
            "may_report": bool(answers_to),
            "example_number": _first(told, "number") if answers_to and not reply_to else "",
            "example_place": _first(told, "place_number") if reply_to else "",
        },
        # The marks are its key: mailed again after a crash, or published again, the same news is one mail.
        key=f"notice-{person.pk}-{content_mark(*(each.mark.encode() for each in told.reader.news))}",
        reply_to=answers_to,
        # A mail of a person, or of their mail program, to that address stops what the mail is about.
        headers=_headers(
            only.subject if only else None, stop, addresses.with_token(STOP, stop_token) if stop_token else ""
        ),
    )


def _first(told: _Told, which: str) -> object:
    """The number of that sort of the first of what has one; nothing where none has."""
    return next((item[which] for _followed, items in told.sections for item in items if item[which]), "")


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

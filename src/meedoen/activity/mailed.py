"""Stopping and choosing how often by mail: a mail to the stop address, or one word in an answer (decisions 1)."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.mail.incoming import routes
from meedoen.mail.incoming.models import ReplyAddress
from meedoen.mail.incoming.routes import Answer, Came, Letter
from meedoen.mail.replies import Word
from meedoen.people.models import Person

from . import actions, letters, rules, subjects
from .models import Follow, Follower, Happening, Subject
from .rules import Rhythm

RHYTHMS = {
    Word.STOP: Rhythm.NEVER,
    Word.CANCEL: Rhythm.NEVER,
    Word.ANSWERS: Rhythm.NEVER,  # who names them reaches them all the same
    Word.DAILY: Rhythm.DAILY,
    Word.WEEKLY: Rhythm.WEEKLY,
    Word.FOLLOW: Rhythm.EACH,
}
OF_ONE = (Word.FOLLOW, Word.ANSWERS)  # say nothing about all that somebody follows
TURNS_BACK = frozenset({Word.UNDO, Word.BACK})
STOPPED_BEFORE = Came("follow: stopped before")
MAX_TOLD = 3  # a day of the same change: who changes their mind hears it each time, and who floods somebody ends there
GONE = Came("follow: gone", Answer("mail/incoming/unknown_token.md", kind="unknown token"))


def register() -> None:
    """Say what is done with such mails; at start-up."""
    routes.register(letters.STOP_ONE, stop_one, told=_told_of_one)
    routes.register(letters.STOP_ALL, stop_all, told=_told_of_all)


def stop_one(letter: Letter, address: ReplyAddress, now: datetime) -> Came:
    """Stop following one thing; whoever pressed, it can be undone, and who it is about is told, once."""
    found = Follow.objects.select_related("person__address", "subject").filter(key=address.about).first()
    if found and found.rhythm == Rhythm.NEVER:  # pressed once more, by a program or to flood somebody
        return STOPPED_BEFORE
    return changed(found, Rhythm.NEVER, now) if found else GONE


def stop_all(letter: Letter, address: ReplyAddress, now: datetime) -> Came:
    """Stop following everything; as above."""
    follower = Follower.objects.select_related("person__address").filter(key=address.about).first()
    if follower is None or follower.person.address is None:
        return GONE
    if not Follow.objects.alive().filter(person=follower.person).exists():
        return STOPPED_BEFORE
    return _changed_all(follower, Rhythm.NEVER, now)


def said(person: Person, subject: Subject, word: Word, now: datetime) -> Came | None:
    """What a word about following does for somebody; None for a word of no meaning here."""
    rhythm = RHYTHMS.get(word)
    if rhythm is None and word not in TURNS_BACK:
        return None
    found = Follow.objects.select_related("person__address", "subject").filter(person=person, subject=subject).first()
    if rhythm is None:
        return _undone(found, now) if found and _can_undo(found, now) and not _wrote_since(found) else None
    if found is None:  # also for a stop: who wrote there without following it hears that no mail comes
        found = actions.follow(person, subject, rhythm=rhythm, now=now)
    return changed(found, rhythm, now)


def said_of_all(person: Person, word: Word | None, now: datetime) -> Came | None:
    """What a word does in answer to a mail about all that somebody follows; None for a word of no meaning there."""
    if person.address is None:
        return None
    follower = Follower.objects.of(person)
    if word in TURNS_BACK:
        return _undone_all(follower, now) if _can_undo_all(follower, now) else None
    rhythm = RHYTHMS.get(word) if word and word not in OF_ONE else None
    return _changed_all(follower, rhythm, now) if rhythm else None


def _changed_all(follower: Follower, rhythm: Rhythm, now: datetime) -> Came:
    actions.change_all(follower, rhythm=rhythm, now=now)
    what = "follow: all stopped" if rhythm == Rhythm.NEVER else f"follow: all {rhythm}"
    return Came(what, _told_all(follower, rhythm.value, now))


def _undone_all(follower: Follower, now: datetime) -> Came | None:
    """None where nothing goes back: each was changed by itself since."""
    if not actions.undo_all(follower, now=now):
        return None
    return Came("follow: all undone", _told_all(follower, "", now))


def _can_undo_all(follower: Follower, now: datetime) -> bool:
    return rules.may_be_undone(follower.changed_at, now, within=rules.UNDO_ALL)


def _can_undo(found: Follow, now: datetime) -> bool:
    return bool(found.was) and rules.may_be_undone(found.changed_at, now)


def _wrote_since(found: Follow) -> bool:
    """Whether somebody wrote there after they chose how often: then a word to turn it back may be about that."""
    since = found.changed_at
    return since is not None and Happening.objects.by_of_since(found.person, found.subject, since).exists()


def _told_all(follower: Follower, rhythm: str, now: datetime) -> Answer:
    """The mail that tells it; ``rhythm`` is empty where each has its own again."""
    reply_to = subjects.replies_to_several([follower.person_id], now).get(follower.person_id, "")
    can_undo = bool(rhythm) and _can_undo_all(follower, now)
    context = {
        "is_all": True,
        "path": reverse("activity:all", args=[follower.key]),
        "rhythm": rhythm,
        "may_undo": bool(reply_to) and can_undo,
        "may_stop": bool(reply_to) and rhythm != Rhythm.NEVER,
        "page_undoes": can_undo,
    }
    return _told(follower.person, context, "all", reply_to=reply_to)


def changed(found: Follow, rhythm: Rhythm, now: datetime) -> Came:
    """Change how often somebody hears of it, and mail them so, with the way back."""
    if found.person.address is None:
        return GONE
    actions.change(found, rhythm=rhythm, now=now)
    return Came(f"follow: {rhythm}", _told_one(found, now))


def _undone(found: Follow, now: datetime) -> Came:
    """Go back to how often somebody heard of it, and mail them so."""
    if found.person.address is None:
        return GONE
    actions.undo(found, now=now)
    return Came("follow: undone", _told_one(found, now))


def _told_one(found: Follow, now: datetime) -> Answer:
    """The mail that tells how often somebody hears of one thing now."""
    rhythm = Rhythm(found.rhythm)
    is_letter = bool(subjects.rhythm(found.subject))  # it tells nothing of what happens to somebody
    reply_to = subjects.reply_to(found.subject, found.person, now)
    is_mailed = rhythm in rules.BY_MAIL
    context = {
        "is_all": False,
        "inside": subjects.inside(found.subject),
        "rhythm": rhythm.value,
        "is_letter": is_letter,
        "is_reached": rhythm == Rhythm.NEVER and not is_letter and _is_reached(found),
        "path": reverse("activity:change", args=[found.key]),
        "may_undo": bool(reply_to) and _can_undo(found, now),
        "may_follow": bool(reply_to) and not is_mailed,
        "may_stop": bool(reply_to) and is_mailed,
        "page_undoes": rhythm == Rhythm.NEVER and bool(found.was),  # else it shows how often, to choose from
    }
    return _told(found.person, context, str(found.pk), reply_to=reply_to)


def _is_reached(stopped: Follow) -> bool:
    """Whether somebody who stopped following something still hears of what is about themselves."""
    personal = [kind.name for kind in subjects.kinds() if kind.is_personal]
    others = Follow.objects.filter(person=stopped.person, rhythm=Rhythm.NEVER, subject__kind__in=personal)
    return stopped.subject.kind not in personal and not others.exists()


def _told(person: Person, context: dict[str, object], about: str, *, reply_to: str = "") -> Answer:
    assert person.address is not None  # noqa: S101  both who call this looked
    kind = f"follow {about} {context['rhythm']}"
    return Answer(
        "mail/activity/changed.md", context, kind=kind, to=person.address.email, reply_to=reply_to, at_most=MAX_TOLD
    )


def _told_of_one(keys: Sequence[str]) -> dict[str, str]:
    """What addresses that stop one thing are for, by the keys of these."""
    found = Follow.objects.select_related("subject").filter(key__in=keys)
    return {each.key: _("Stoppen met mail over: %(what)s") % {"what": subjects.alone(each.subject)} for each in found}


def _told_of_all(keys: Sequence[str]) -> dict[str, str]:
    return dict.fromkeys(keys, _("Stoppen met alle mail over wat je volgt"))

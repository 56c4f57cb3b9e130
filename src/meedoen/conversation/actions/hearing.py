"""Who follows a thread hears of what stands in it, and of nothing that does not."""

from datetime import datetime

from django.utils.translation import gettext as _

from meedoen.activity import actions as activity
from meedoen.activity.models import Follow, Subject
from meedoen.activity.rules import Rhythm

from .. import mentions
from ..attachments import reading as files
from ..models import Contribution, Thread
from ..reading import name_shown, words_of
from ..rules import State, happening_mark


def subject_of(thread: Thread) -> Subject:
    """What somebody follows who follows a thread."""
    return Subject.objects.of("thread", str(thread.pk), title=thread.title, url=thread.url)


def hear_answers(contribution: Contribution, *, now: datetime) -> None:
    """Let its writer follow the thread, who asked for that; how often they heard already stays as they chose it."""
    subject = subject_of(contribution.thread)
    person = contribution.person
    if not Follow.objects.alive().filter(person=person, subject=subject).exists():
        activity.follow(person, subject, rhythm=Rhythm.EACH, now=now)


def tell_followers(contribution: Contribution, now: datetime, *, is_new: bool) -> None:
    """Let those who follow the thread hear of it while it stands, and not when it is gone again.

    Of what ``is_new`` nobody heard and nothing was quoted yet: there is nothing to look up.
    """
    mark = happening_mark(contribution.pk)
    if contribution.state != State.SHOWN:
        if not is_new:
            activity.take_back(mark)
            correct_quotes(contribution.thread, f"(/reacties/{contribution.pk}/)")
        return
    name, words = name_shown(contribution), _words_told(contribution)
    activity.record(
        subject_of(contribution.thread),
        mark=mark,
        sentence=_("Bericht %(number)s van %(name)s") % {"number": contribution.number, "name": name},
        words=words,
        url=contribution.url,
        actor=contribution.person,
        now=contribution.shown_at or now,  # put back or changed later, it is no news to who was told
        is_new=is_new,
    )
    if not is_new:
        activity.correct(mark, words=words)
    mentions.tell(contribution)


def correct_words(contribution: Contribution) -> None:
    """Let who still has to hear of it hear what it says now."""
    activity.correct(happening_mark(contribution.pk), words=_words_told(contribution))


def _words_told(contribution: Contribution) -> str:
    """What a mail tells of it: its words, and in words what goes along."""
    return files.words_with(words_of(contribution.text), files.of(contribution))


def correct_quotes(thread: Thread, reference: str) -> None:
    """Let nobody be mailed words that were quoted and cannot be read any more."""
    for each in thread.contributions.readable().filter(text__contains=reference):
        activity.correct(happening_mark(each.pk), words=words_of(each.text))

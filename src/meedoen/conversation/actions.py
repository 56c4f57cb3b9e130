"""The deeds of those who write in a conversation: write, change, take back and put back."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Count, F, Max, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.activity import actions as activity
from meedoen.activity.models import Follow, Subject
from meedoen.activity.rules import Rhythm
from meedoen.kernel import prepared
from meedoen.kernel.database import ROWS_AT_ONCE, in_parts
from meedoen.kernel.dutch import date_words
from meedoen.pages.actions import changed
from meedoen.people.along.models import Bond
from meedoen.people.models import Person

from . import mentions, rules, threads
from .attachments import reading as files
from .models import AREA, Contribution, Revision, Thread
from .moderation.rules import may_write
from .quiet.actions import quiet_now, why_not
from .reading import name_shown, words_of
from .rules import State

CANNOT_NOW = gettext_lazy("Je kunt nu niet schrijven. In de mail van ons team lees je waarom, en wat je kunt doen.")


class CannotWrite(Exception):
    """The words are not taken; the text is fit to show their writer."""


@transaction.atomic
def contribute(
    thread: Thread,
    *,
    person: Person,
    text: str,
    hides_name: bool,
    score: int,
    looks_like_spam: bool,
    now: datetime,
    reply_to: Contribution | None = None,
    bond: Bond | None = None,
    mentioned: Iterable[object] = (),
) -> Contribution:
    """Add a contribution. It stands at once, or waits when the team does not know its writer yet.

    ``mentioned`` are ids of contributions in the thread whose writers have to know; who cannot be chosen is not.
    ``bond`` is there where somebody wrote it along with ``person``; then both have to be allowed to write.

    Raises ``CannotWrite`` when the thread was closed meanwhile, or when this person may not write now.
    """
    thread = locked_thread(thread)
    person = Person.objects.with_address(person.pk)  # as the team left them a moment ago
    _must_not_be_quiet(person, now)
    if thread.is_closed:
        raise CannotWrite(_("Hier kun je niet meer reageren. Het gesprek is gesloten."))
    if not may_write(person, now=now) or (bond and bond.helper and not may_write(bond.helper, now=now)):
        raise CannotWrite(CANNOT_NOW)
    is_trusted = bool(person.is_team or (person.address and person.address.trusted_at))
    state = rules.state_of_new(is_trusted=is_trusted, looks_like_spam=looks_like_spam)
    answered = reply_to if reply_to and reply_to.thread_id == thread.pk else None
    contribution = Contribution(
        thread=thread,
        person=person,
        reply_to=answered,
        talk_id=_talk_of(answered) if answered else None,
        bond=bond,
        text=text,
        hides_name=hides_name,
        score=score,
        state=state,
        waited=state == State.WAITING,
        created_at=now,
    )
    if state == State.SHOWN:
        put_in_place(contribution, now)
    save(contribution, now)
    mentions.add(contribution, mentioned)
    return contribution


@transaction.atomic
def edit(
    contribution: Contribution, *, text: str, now: datetime, score: int = 0, looks_like_spam: bool = False
) -> Contribution:
    """Change the words. After the undo time everybody can see that they were changed, and what they were.

    What became advertising is out of sight until the team looked.

    Raises ``CannotWrite`` when the team took it away meanwhile.
    """
    contribution = locked(contribution)
    if not rules.may_be_changed_by_writer(contribution):
        raise CannotWrite(_("Dit bericht kun je niet meer veranderen."))
    if not may_write(contribution.person, now=now):
        raise CannotWrite(CANNOT_NOW)
    _must_not_be_quiet(contribution.person, now)
    if text == contribution.text and contribution.state != State.ASKED:
        return contribution
    if contribution.state == State.SHOWN and not rules.is_within_undo(contribution, now):
        Revision.objects.create(contribution=contribution, text=contribution.text, until=now)
        contribution.edited_at = now
    if contribution.state == State.ASKED:
        contribution.state = State.WAITING  # the team looks whether it is well now
    if contribution.state == State.SHOWN and looks_like_spam:
        contribution.state = State.HIDDEN
    contribution.text, contribution.score = text, score
    save(contribution, now)
    return contribution


@transaction.atomic
def retract(contribution: Contribution, *, now: datetime) -> Contribution:
    """Let the writer take it back; the thread stays readable, and it can be put back. Twice is once."""
    contribution = locked(contribution)
    if rules.may_be_taken_away_by_writer(contribution):
        contribution.was_state, contribution.state = contribution.state, State.RETRACTED
        contribution.retracted_at = now
        save(contribution, now)
    return contribution


@transaction.atomic
def put_back(contribution: Contribution, *, now: datetime) -> Contribution:
    """Let the writer put back what they took away: where it stood, or in the line where it waited.

    The team looks first at what was decided about or reported meanwhile. Where ``why_not_back`` says why, it stays away.
    """
    contribution = locked(contribution)
    if rules.may_be_put_back_by_writer(contribution) and not why_not_back(contribution, now):
        contribution.state, contribution.was_state = _state_when_put_back(contribution, now), ""
        contribution.retracted_at = None
        save(contribution, now)
    return contribution


def why_not_back(contribution: Contribution, now: datetime) -> str:
    """Why its writer cannot put back now what they took away, fit to show them; empty where they can.

    While it is quiet comes back what was taken away in that time: it stood there when the quiet began.
    """
    if not may_write(contribution.person, now=now):
        return str(CANNOT_NOW)
    quiet = None if contribution.person.is_team else quiet_now(now)
    stood = quiet is not None and contribution.retracted_at and contribution.retracted_at >= quiet.begun_at
    if quiet is None or stood:
        return ""
    return _("Nu schrijft alleen ons team. Dit duurt tot en met %(day)s. Daarna kun je je bericht terugzetten.") % {
        "day": date_words(quiet.last_day)
    }


def _state_when_put_back(contribution: Contribution, now: datetime) -> State:
    since = contribution.retracted_at
    reports = contribution.reports.all()
    return rules.state_when_put_back(
        State(contribution.was_state or (State.SHOWN if contribution.shown_at else State.WAITING)),
        away_for=now - since if since else None,
        has_news=since is not None
        and (
            contribution.decisions.filter(decided_at__gt=since).exists()
            or reports.filter(confirmed_at__gt=since).exists()
        ),
        is_reported=reports.open().exists(),
    )


def _must_not_be_quiet(person: Person, now: datetime) -> None:
    """Raise ``CannotWrite`` while only the team writes (MO9)."""
    if words := why_not(person, now=now):
        raise CannotWrite(words)


def put_in_place(contribution: Contribution, now: datetime) -> None:
    """Give it its place. The caller holds the thread's lock, so that no number is given twice."""
    contribution.state = State.SHOWN
    if contribution.number is None:
        contribution.thread.last_number += 1
        contribution.number, contribution.shown_at = contribution.thread.last_number, now


def _talk_of(answered: Contribution) -> int | None:
    """The id of what the talk began with in which ``answered`` stands; an answer to the opening begins its own."""
    if threads.is_opening(answered):
        return None
    talk = (
        Contribution.objects.filter(pk=answered.talk_id, thread=answered.thread).first() if answered.talk_id else None
    )
    return talk.pk if talk and not threads.is_opening(talk) else answered.pk


def locked_thread(thread: Thread) -> Thread:
    """Where what is written in a thread comes, as it stands now, while nobody else changes it."""
    number = thread.pk
    while True:
        with transaction.atomic():
            found = _to_change(number)
            if found.moved_to_id is None:
                return found
            number = found.moved_to_id
            transaction.set_rollback(True)  # lets go of this one: who moves locks in another order


def _to_change(number: int) -> Thread:
    found = prepared.one(_for_update, number=number)
    if found is None:
        raise Thread.DoesNotExist
    return found


def _for_update(*, number: int) -> QuerySet[Thread]:
    return Thread.objects.filter(pk=number).select_for_update(of=("self",))


def locked(contribution: Contribution) -> Contribution:
    """The contribution as it stands now, while nobody else changes its thread."""
    number = contribution.thread_id
    while True:
        with transaction.atomic():
            thread = _to_change(number)
            found = Contribution.objects.select_related("person").get(pk=contribution.pk)
            if found.thread_id == number:
                found.thread = thread
                return found
            number = found.thread_id
            transaction.set_rollback(True)  # moved meanwhile; lets go of where it stood


def save(contribution: Contribution, now: datetime) -> None:
    """Store where it stands now, and let followers and pages know."""
    if contribution.state not in rules.FOR_THE_TEAM:
        contribution.waits_since = None
    elif contribution.waits_since is None:
        contribution.waits_since = now
    is_new = contribution.pk is None
    known = Contribution.objects.filter(pk=contribution.pk).values_list("state", flat=True)
    before = None if is_new else known.first()
    contribution.save()
    _count(contribution, (contribution.state == State.SHOWN) - (before == State.SHOWN))
    threads.tell(contribution, now, is_new=is_new)
    _tell_followers(contribution, now, is_new=is_new)
    changed(AREA, now=now)


def _count(contribution: Contribution, more: int) -> None:
    """Keep in the rows how much can be read; the thread is locked, so that no count is lost."""
    thread = contribution.thread
    if more:
        thread.shown_count += more
        thread.save(update_fields=["shown_count", "last_number"])
    if more and contribution.talk_id:
        talk = Contribution.objects.filter(pk=contribution.talk_id, thread=thread)
        talk.update(answer_count=F("answer_count") + more)


def recount(thread: Thread, *, now: datetime) -> None:
    """Count a thread anew after many of its contributions changed at once, and let its feature know."""
    thread = Thread.objects.select_for_update().get(pk=thread.pk)
    found = thread.contributions.aggregate(last=Max("number"), shown=Count("pk", filter=Q(state=State.SHOWN)))
    thread.last_number, thread.shown_count = max(thread.last_number, found["last"] or 0), found["shown"]
    thread.save(update_fields=["shown_count", "last_number"])
    _count_talks(thread)
    _correct_quotes(thread, "(/reacties/")
    first = thread.contributions.select_related("person").order_by("number", "pk").first()
    if first:
        first.thread = thread
        threads.tell(first, now)


def _count_talks(thread: Thread) -> None:
    """Keep with each beginning of a talk how many answers to it can be read; only what is not so yet is written.

    Counted apart from writing, and without joining rows to rows: PostgreSQL compared each with each other one. A talk
    that began in another thread counts in neither.
    """
    answers = thread.contributions.filter(talk__isnull=False, state=State.SHOWN).order_by()
    counts: dict[int, int] = dict(answers.values_list("talk").annotate(Count("pk")))
    here = {
        pk
        for part in in_parts(sorted(counts))
        for pk in thread.contributions.filter(pk__in=part).values_list("pk", flat=True)
    }
    counts = {pk: count for pk, count in counts.items() if pk in here}
    before = dict(thread.contributions.filter(answer_count__gt=0).values_list("pk", "answer_count"))
    wrong = [
        Contribution(pk=pk, answer_count=counts.get(pk, 0))
        for pk in sorted({*counts, *before})
        if counts.get(pk, 0) != before.get(pk, 0)
    ]
    Contribution.objects.bulk_update(wrong, ["answer_count"], batch_size=ROWS_AT_ONCE)


def _tell_followers(contribution: Contribution, now: datetime, *, is_new: bool) -> None:
    """Let those who follow the thread hear of it while it stands, and not when it is gone again.

    Of what ``is_new`` nobody heard and nothing was quoted yet: there is nothing to look up.
    """
    mark = f"contribution-{contribution.pk}"
    if contribution.state != State.SHOWN:
        if not is_new:
            activity.take_back(mark)
            _correct_quotes(contribution.thread, f"(/reacties/{contribution.pk}/)")
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


def _words_told(contribution: Contribution) -> str:
    """What a mail tells of it: its words, and in words what goes along."""
    return files.words_with(words_of(contribution.text), files.of(contribution))


def correct_words(contribution: Contribution) -> None:
    """Let who still has to hear of it hear what it says now."""
    activity.correct(f"contribution-{contribution.pk}", words=_words_told(contribution))


def _correct_quotes(thread: Thread, reference: str) -> None:
    """Let nobody be mailed words that were quoted and cannot be read any more."""
    for each in thread.contributions.readable().filter(text__contains=reference):
        activity.correct(f"contribution-{each.pk}", words=words_of(each.text))


def hear_answers(contribution: Contribution, *, now: datetime) -> None:
    """Let its writer follow the thread, who asked for that; how often they heard already stays as they chose it."""
    subject = subject_of(contribution.thread)
    person = contribution.person
    if not Follow.objects.alive().filter(person=person, subject=subject).exists():
        activity.follow(person, subject, rhythm=Rhythm.EACH, now=now)


def subject_of(thread: Thread) -> Subject:
    """What somebody follows who follows a thread."""
    return Subject.objects.of("thread", str(thread.pk), title=thread.title, url=thread.url)

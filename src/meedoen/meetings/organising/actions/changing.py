"""Change a part of a meeting. What readers have stays complete, and they are told when time or place is another."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.activity import actions as activity
from meedoen.kernel.text import slug
from meedoen.mail.incoming import addresses
from meedoen.meetings import following, words
from meedoen.meetings.afterwards.talking import call_thread
from meedoen.meetings.attending import answering, places
from meedoen.meetings.models import Change, Loaded, Meeting, ProgrammeItem, Provision, Series
from meedoen.meetings.organising import rules
from meedoen.meetings.organising.checking import Gap, gaps_of
from meedoen.meetings.pages import tell_pages
from meedoen.meetings.rules import is_past, may_be_read
from meedoen.people.models import Person
from meedoen.themes.models import Theme

from .beginning import free_slug


class CannotDo(Exception):
    """It cannot be done; the text is fit to show, and nothing that was typed is lost."""


class ChangedMeanwhile(CannotDo):
    """Somebody else saved something since the page was opened."""


class HasGaps(CannotDo):
    """It misses what people need to know before they come; ``gaps`` says what."""

    def __init__(self, gaps: list[Gap]) -> None:
        super().__init__(_("Er mist nog iets. Vul dat eerst aan."))
        self.gaps = gaps


class MustSay(CannotDo):
    """Time or place is another than what people read before, and nobody said what changed."""


@dataclass(frozen=True)
class Answers:
    """What was filled in in one part; ``None`` leaves what is there."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    themes: Sequence[str] | None = None
    series: str | None = None  # its name; empty for none
    provisions: Mapping[str, tuple[str, str]] | None = None  # need: (state, words)
    programme: Sequence[tuple[datetime.time | None, str, str]] | None = None  # (time, title, speakers)


@transaction.atomic
def save(
    meeting: Meeting, answers: Answers, *, seen: int, by: Person, now: datetime.datetime, sentence: str = ""
) -> Meeting:
    """Write the answers of one part; ``sentence`` says to readers what changed.

    Raises ``ChangedMeanwhile`` when it is not the version ``seen``, ``HasGaps`` when what readers have would miss
    something, and ``MustSay`` when time or place changed without a word. Then nothing is written.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if meeting.version != seen:
        raise ChangedMeanwhile(
            _("Iemand anders bewaarde intussen iets in deze bijeenkomst. Kijk of jouw antwoorden nog kloppen. Bewaar dan nog eens.")
        )  # fmt: skip
    before = vars(meeting).copy()
    for name, value in answers.fields.items():
        setattr(meeting, name, value)
    if answers.series is not None:
        meeting.series = _series_named(answers.series, meeting, by=by)
    comes = meeting.published_at is not None and not meeting.withdrawn_at and not is_past(meeting, now)
    is_told = comes and may_be_read(meeting, now) and not meeting.cancelled_at
    moved = rules.changed(rules.TOLD, before, vars(meeting))
    if is_told and moved and not sentence:
        raise MustSay(_("Schrijf in één zin wat er veranderde. Wie komt, leest dat."))
    if comes:
        _must_be_whole(meeting, answers, now)
    if comes and rules.changed(rules.IN_CALENDAR, before, vars(meeting)):
        meeting.sequence += 1
    if meeting.published_at is None and before["title"] != meeting.title:
        meeting.slug = free_slug(meeting.title, but=meeting)
    if meeting.report and meeting.reported_at is None:
        meeting.reported_at = now
    meeting.version += 1
    meeting.changed_at = now
    try:
        meeting.validate_constraints()
    except ValidationError as problem:
        raise CannotDo(" ".join(problem.messages)) from None
    meeting.save()
    _write_parts(meeting, answers)
    if comes:
        correct(meeting)
    if sentence and is_told:
        Change.objects.create(meeting=meeting, at=now, by=by, words=sentence)
        tell_followers(meeting, f"changed-{meeting.version}", _("Veranderd: %(title)s"), sentence, by=by, now=now)
    call_thread(meeting)
    Loaded.objects.filter(meeting=meeting).update(meeting=None)  # the site goes before the file
    # Also when it is moved: while it had begun, nothing that came free was passed on.
    if comes and rules.changed((*rules.PLACES, "starts_at"), before, vars(meeting)):
        places.pass_on(meeting, now=now)
    tell_pages(now=now)
    return meeting


def _series_named(name: str, meeting: Meeting, *, by: Person) -> Series | None:
    """The series of that name, made when it is new. Raises ``CannotDo`` when it is of others."""
    if not name:
        return None
    if not slug(name):
        raise CannotDo(_("In de naam van de reeks staat geen letter. Geef de reeks een naam."))
    found, is_new = Series.objects.get_or_create(slug=slug(name)[:100], defaults={"title": name})
    is_theirs = is_new or by.is_team or found.meetings.filter(municipality=meeting.municipality).exists()
    if found.pk != meeting.series_id and not is_theirs:
        raise CannotDo(
            _("De reeks ‘%(name)s’ is van anderen. Geef jouw reeks een andere naam.") % {"name": found.title}
        )
    return found


def _must_be_whole(meeting: Meeting, answers: Answers, now: datetime.datetime) -> None:
    provisions = (
        list(meeting.provisions.all())
        if answers.provisions is None
        else [Provision(need=need, state=state, words=told) for need, (state, told) in answers.provisions.items()]
    )
    gaps = [gap for gap in gaps_of(meeting, provisions, now) if gap.blocks]
    if gaps:
        raise HasGaps(gaps)


def _write_parts(meeting: Meeting, answers: Answers) -> None:
    if answers.themes is not None:
        meeting.themes.set(Theme.objects.filter(pk__in=answers.themes))
    if answers.provisions is not None:
        for need, (state, told) in answers.provisions.items():
            Provision.objects.update_or_create(meeting=meeting, need=need, defaults={"state": state, "words": told})
    if answers.programme is not None:
        meeting.programme.all().delete()
        ProgrammeItem.objects.bulk_create(
            ProgrammeItem(meeting=meeting, position=position, time=time, title=title, speakers=speakers)
            for position, (time, title, speakers) in enumerate(answers.programme)
        )


def mark(meeting: Meeting, what: str = "") -> str:
    """By which who follows it was told of it."""
    return f"meeting-{meeting.pk}-{what}" if what else f"meeting-{meeting.pk}"


def announce(meeting: Meeting, *, by: Person | None, at: datetime.datetime) -> None:
    """Let those who follow hear of it, from the moment at which everybody may read it."""
    activity.record(
        *following.subjects_of(meeting),
        mark=mark(meeting),
        sentence=_("Nieuwe bijeenkomst: %(title)s") % {"title": meeting.title},
        words=invitation(meeting),
        url=meeting.get_absolute_url(),
        actor=by,
        now=at,
    )


def correct(meeting: Meeting) -> None:
    """Let who is not told yet read what it says now."""
    sentence = _("Nieuwe bijeenkomst: %(title)s") % {"title": meeting.title}
    activity.correct(mark(meeting), sentence=sentence, words=invitation(meeting))


def tell_followers(
    meeting: Meeting, what: str, sentence: str, told: str, *, by: Person | None, now: datetime.datetime
) -> None:
    """Let those who follow hear what happened to it."""
    activity.record(
        *following.subjects_of(meeting),
        mark=mark(meeting, what),
        sentence=sentence % {"title": meeting.title},
        words=f"{told} {summary(meeting)}",
        url=meeting.get_absolute_url(),
        actor=by,
        now=now,
    )


def invitation(meeting: Meeting) -> str:
    """The same, with the way to sign up by mail where there is one: a number, for who stays in their mail."""
    if not addresses.is_open():
        return summary(meeting)
    by_mail = _("Nummer %(number)s. Aanmelden per mail: stuur dit nummer naar %(email)s.")
    return f"{summary(meeting)} {by_mail % {'number': meeting.pk, 'email': addresses.named(answering.NAME)}}"


def summary(meeting: Meeting) -> str:
    """When, where, and what is arranged."""
    lines = [f"{words.when(meeting)}.", f"{words.where(meeting)}.", *words.arranged(meeting.provisions.all())]
    return " ".join(lines)

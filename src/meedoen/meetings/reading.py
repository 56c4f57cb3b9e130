"""Meetings as people see them: in a list, on a page of their own, and beside a municipality."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from meedoen.kernel import clock
from meedoen.kernel.text import render_markdown
from meedoen.mail.incoming import addresses
from meedoen.municipalities import beside
from meedoen.municipalities.models import Municipality
from meedoen.pages.listed import ListPage, list_page

from . import practical, rules, words
from .afterwards import reading as afterwards
from .asking import rules as asking
from .attending import answering
from .models import Meeting, MeetingQuerySet
from .rules import Form, Stage

# In the words of schema.org.
ATTENDANCE = {
    Form.ONLINE: "OnlineEventAttendanceMode",
    Form.ON_SITE: "OfflineEventAttendanceMode",
    Form.BOTH: "MixedEventAttendanceMode",
}


@dataclass(frozen=True, slots=True)
class Card:
    """A meeting in a list."""

    title: str
    url: str
    when: str
    where: str
    summary: str
    arranged: list[str]
    is_cancelled: bool
    is_now: bool
    has_report: bool
    is_example: bool


class Coming:
    """A list of what comes as ``pages.listed`` takes it: what is sooner stands where elsewhere the newest does."""

    def __init__(self, meetings: MeetingQuerySet) -> None:
        self.meetings = meetings

    def newest_first(self) -> "Coming":
        return Coming(self.meetings.soonest_first())

    def oldest_first(self) -> "Coming":
        return Coming(self.meetings.newest_first())

    def older_than(self, key: Any) -> "Coming":
        return Coming(self.meetings.newer_than(key))

    def newer_than(self, key: Any) -> "Coming":
        return Coming(self.meetings.older_than(key))

    def exists(self) -> bool:
        return self.meetings.exists()

    def __getitem__(self, part: slice) -> Any:
        return self.meetings[part]


def page(meetings: MeetingQuerySet, *, is_past: bool, before: Any = None, after: Any = None) -> ListPage[Meeting]:
    """One page: what comes, the soonest first; or what was, the newest first."""
    return list_page(meetings if is_past else Coming(meetings), size=rules.PAGE_SIZE, before=before, after=after)


def listed(meetings: MeetingQuerySet) -> MeetingQuerySet:
    """With what a card shows; a fixed number of queries."""
    return meetings.select_related("place_municipality").prefetch_related("provisions")


def cards(meetings: Iterable[Meeting], now: datetime.datetime) -> list[Card]:
    """Meetings in a list; they come with ``listed``. What is over says no more what is arranged."""
    return [_card(each, rules.stage_of(each, now), rules.is_past(each, now)) for each in meetings]


def _card(each: Meeting, stage: Stage, is_past: bool) -> Card:
    is_cancelled = stage == Stage.CANCELLED
    return Card(
        title=each.title,
        url=each.get_absolute_url(),
        when=words.when(each),
        where=words.where(each),
        summary=each.summary,
        arranged=[] if is_past or is_cancelled else words.arranged(each.provisions.all()),
        is_cancelled=is_cancelled,
        is_now=stage == Stage.NOW,
        has_report=is_past and bool(each.report),
        is_example=each.is_example,
    )


def whole(meetings: MeetingQuerySet) -> MeetingQuerySet:
    """With all that a page shows; a fixed number of queries."""
    related = ("series", "municipality", "place_municipality__province")
    many = ("provisions", "programme", "themes", "changes", "sources")
    return meetings.select_related(*related).prefetch_related(*many)


def told(meeting: Meeting, now: datetime.datetime) -> dict[str, Any]:
    """What a page tells of one that came with ``whole``."""
    stage = rules.stage_of(meeting, now)
    is_past = rules.is_past(meeting, now)
    provisions = list(meeting.provisions.all())
    return {
        "meeting": meeting,
        "stage": stage.value,
        "is_past": is_past,
        "takes_part": stage in (Stage.COMING, Stage.NOW, Stage.DRAFT, Stage.SCHEDULED),
        "takes_questions": asking.may_ask(meeting, now),
        "facts": _rows(_facts(meeting)),
        "statement": _rows(words.statement(meeting, provisions)) if provisions or not is_past else [],
        "body": render_markdown(meeting.body, heading_from=2),
        "programme": list(meeting.programme.all()),
        "practical": [] if is_past else _rows(_practical(meeting)),
        "experts": [] if is_past else _rows(_experts(meeting)),
        "themes": [(theme.id, theme.short, _theme_url(theme.id)) for theme in meeting.themes.all()],
        "changes": list(meeting.changes.all()),
        **afterwards.told(meeting, is_past=is_past),
        "sources": [(each.text, each.url) for each in meeting.sources.all()],
        "when": words.when(meeting),
        "where": words.where(meeting),
        "organiser": words.organiser(meeting),
        "place_words": words.place(meeting),
        "attendance": ATTENDANCE.get(Form(meeting.form), ""),
        "starts": _said_to_programs(meeting, meeting.starts_at),
        "ends": _said_to_programs(meeting, meeting.ends_at),
        "mail_url": f"mailto:{meeting.contact_email}",
        "phone_url": words.phone_url(meeting),
        "by_mail": (by_mail := addresses.named(answering.NAME)),
        "by_mail_url": f"mailto:{by_mail}?subject={meeting.pk}",
        "calendar_url": reverse("meetings:calendar", args=[meeting.slug]),
    }


def _said_to_programs(meeting: Meeting, moment: datetime.datetime | None) -> str:
    """A moment, or the day alone where no more is known, as schema.org has it."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return local.isoformat() if meeting.is_time_known else local.date().isoformat()


def _facts(meeting: Meeting) -> list[tuple[str, str]]:
    return [
        (_("Wanneer"), words.when(meeting) or _("Dat weten we nog niet")),
        (_("Hoe"), words.form_of(meeting)),
        (_("Waar"), words.place(meeting)),
        (_("Voor wie"), meeting.for_whom),
        (_("Wie organiseert dit?"), words.organiser(meeting)),
        (_("Pauzes"), meeting.breaks),
        (_("Wat kost het?"), meeting.costs),
    ]


def _practical(meeting: Meeting) -> list[tuple[str, str]]:
    """What who comes needs to know of the place, and who attends online of the program."""
    room = practical.in_the_room(meeting) if meeting.is_on_site else []
    return [*room, *(practical.online(meeting) if meeting.is_online else ())]


def _experts(meeting: Meeting) -> list[tuple[str, str]]:
    return [
        (_("Word je betaald?"), words.expert_pay(meeting)),
        (_("Krijg je je reiskosten terug?"), words.expert_travel(meeting)),
    ]


def _rows(told: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in told if value]


def _theme_url(id: str) -> str:
    return f"{reverse('meetings:list')}?{urlencode({'thema': id})}"


def next_ones(now: datetime.datetime) -> list[Card]:
    """What comes first, for the start page."""
    coming = listed(Meeting.objects.published(now).upcoming(now).going_on()).soonest_first()
    return cards(coming[: rules.HOME_SHOWN], now)


def beside_municipality(request: Any, municipality: Municipality) -> beside.Section | None:
    """What comes that a municipality organises or where it is held, else what was; one query."""
    if not municipality.is_current:
        return None
    now = clock.now()
    found = Meeting.objects.published(now).of_municipality(municipality).newest_first()[: rules.MUNICIPALITY_SHOWN]
    links = [beside.Link(each.title, each.get_absolute_url(), words.when(each)) for each in found]
    if not links:
        return None
    return beside.Section(
        id="bijeenkomsten",
        heading=_("Bijeenkomsten"),
        links=tuple(links),
        ways=(beside.Link(_("Bekijk alle bijeenkomsten"), reverse("meetings:list")),),
    )


def about_theme(theme: str) -> tuple[str, str]:
    """What is offered beside a theme."""
    return _("Ga naar een bijeenkomst hierover"), _theme_url(theme) if theme else reverse("meetings:list")

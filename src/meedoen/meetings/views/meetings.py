"""The list: what comes, what was, and the choice among them in one form."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.activity import views as activity
from meedoen.kernel import clock
from meedoen.kernel.dutch import month_words
from meedoen.meetings import reading, rules
from meedoen.meetings.following import ALL, MEETINGS
from meedoen.meetings.forms import MeetingFilter, month_bounds
from meedoen.meetings.models import AREA, Meeting, MeetingQuerySet
from meedoen.meetings.rules import Form
from meedoen.municipalities.actions import AREA as MUNICIPALITIES
from meedoen.municipalities.forms import choose_province
from meedoen.municipalities.models import Province
from meedoen.pages.visitor import visitor_page
from meedoen.themes.models import AREA as THEME_NAMES
from meedoen.themes.records import THEMES

CHOSEN = ("thema", "provincie", "vorm")  # what a feed can be about too
THEME_LABELS = {theme.id: theme.short for theme in THEMES}


@visitor_page(AREA, MUNICIPALITIES, THEME_NAMES, query=MeetingFilter, until=Meeting.objects.all().next_change)
def meetings(request: Any) -> HttpResponse:
    """``/bijeenkomsten/``: the soonest first; with ``?wanneer=geweest`` the newest first."""
    now = clock.now()
    asked = request.query.cleaned_data
    here = {name: asked.get(name) or "" for name in ("wanneer", "maand", *CHOSEN)}
    provinces = list(Province.objects.all())
    published = Meeting.objects.published(now)
    of_time = published.past(now) if here["wanneer"] else published.upcoming(now)
    _ask(request.query, of_time, provinces, newest_first=bool(here["wanneer"]))
    found = reading.listed(chosen(of_time, here))
    page = reading.page(found, is_past=bool(here["wanneer"]), before=asked.get("voor"), after=asked.get("na"))
    is_start = not any(here.values()) and not page.has_newer
    past = reading.listed(published.past(now)).newest_first()[: rules.PAST_SHOWN] if is_start else []
    feed = {name: here[name] for name in CHOSEN if here[name]}
    host = urlsplit(settings.BASE_URL).netloc
    heading = _("Bijeenkomsten die geweest zijn") if here["wanneer"] else _("Bijeenkomsten")
    context = {
        "heading": heading,
        "form": request.query,
        "is_past": bool(here["wanneer"]),
        "is_chosen": any(here[name] for name in ("maand", *CHOSEN)),
        "is_further": bool(asked.get("voor") or asked.get("na")),
        "active": _active(here, provinces),
        "cards": reading.cards(page.rows, now),
        "has_newer": page.has_newer,
        "past": reading.cards(past, now),
        "all_url": reverse("meetings:list"),
        "past_url": address({"wanneer": "geweest"}),
        "newer_url": address(here, na=page.newer_key) if page.newer_key else "",
        "older_url": address(here, voor=page.older_key) if page.older_key else "",
        "feed_words": feed_name(feed, provinces),
        "atom_url": _with(reverse("meetings:feed"), feed),
        "calendar_url": _with(reverse("meetings:calendars"), feed),
        "subscribe_url": _with(f"webcal://{host}{reverse('meetings:calendars')}", feed),
        "follow": activity.link(request, MEETINGS, text=ALL, key=ALL, title=""),
        "trail": [(_("Bijeenkomsten"), reverse("meetings:list"))] if here["wanneer"] else [],
        "problems": request.query_problems,
    }
    return render(request, "meetings/meetings.html", context)


def chosen(meetings: MeetingQuerySet, here: dict[str, str]) -> MeetingQuerySet:
    """Those that somebody chose, by month, theme, province and form."""
    if here.get("maand"):
        meetings = meetings.between(*month_bounds(here["maand"]))
    if here.get("thema"):
        meetings = meetings.about(here["thema"])
    if here.get("provincie"):
        meetings = meetings.in_province(here["provincie"])
    if here.get("vorm"):
        meetings = meetings.attended(Form(here["vorm"]))
    return meetings


def feed_name(here: dict[str, str], provinces: list[Province]) -> str:
    """What a feed is called: ``Bijeenkomsten: Wonen, Utrecht, Online``."""
    told = [words for words, _url in _active(here, provinces)]
    return f"{_('Bijeenkomsten')}: {', '.join(told)}" if told else _("Bijeenkomsten")


def address(here: dict[str, str], **changes: str) -> str:
    """The list with these choices."""
    return _with(reverse("meetings:list"), {**here, **changes})


def _with(path: str, query: dict[str, str]) -> str:
    asked = urlencode({name: value for name, value in query.items() if value})
    return f"{path}?{asked}" if asked else path


def _ask(form: forms.Form, meetings: MeetingQuerySet, provinces: list[Province], *, newest_first: bool) -> None:
    """Let the form show what there is to choose: the provinces, and the months in which something is held."""
    choose_province(form, provinces)
    months = meetings.datetimes("starts_at", "month", order="DESC" if newest_first else "ASC")
    choices = [("", _("Alle maanden")), *((f"{each:%Y-%m}", month_words(each)) for each in months)]
    chosen_month = str(form["maand"].value() or "")
    if chosen_month and chosen_month not in dict(choices):
        choices.append((chosen_month, month_words(month_bounds(chosen_month)[0])))
    form.fields["maand"].widget = forms.Select(choices=choices)


def _active(here: dict[str, str], provinces: list[Province]) -> list[tuple[str, str]]:
    """(what is chosen, the address without it) for each choice that is on."""
    names = {
        "maand": month_words(month_bounds(here["maand"])[0]) if here.get("maand") else "",
        "thema": THEME_LABELS.get(here.get("thema", ""), ""),
        "provincie": next((each.name for each in provinces if each.slug == here.get("provincie")), ""),
        "vorm": dict(MeetingFilter.base_fields["vorm"].choices).get(here.get("vorm", ""), ""),  # type: ignore[attr-defined]
    }
    return [(str(names[name]), address(here, **{name: ""})) for name in names if here.get(name)]

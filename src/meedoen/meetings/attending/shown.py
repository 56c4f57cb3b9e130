"""What the pages of who comes show: their own page, and how many places are left."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meedoen.kernel import clock
from meedoen.kernel.clock import local_date
from meedoen.kernel.dutch import date_words, datetime_words, join
from meedoen.meetings import words
from meedoen.meetings.models import Meeting
from meedoen.pages.missing import Missing
from meedoen.people.models import Person

from . import actions, needs, places, rules
from .forms import WAYS
from .models import Attendee
from .needs import Asked, Outcome
from .rules import State, Way

DONE = {
    "aangemeld": gettext_lazy("Je bent aangemeld"),
    "ja": gettext_lazy("Je komt mee"),
    "plek": gettext_lazy("De plek is van jou"),
    "veranderd": gettext_lazy("We hebben je aanmelding veranderd"),
    "gevraagd": gettext_lazy("We hebben de vraag gemaild"),
    "toch": gettext_lazy("Fijn, je komt toch"),
    "weer": gettext_lazy("Je staat weer op de wachtlijst"),
    "wensen": gettext_lazy("We weten wat je nodig hebt, en gaan het regelen"),
    "niets-nodig": gettext_lazy("We bewaren niets van wat je nodig hebt"),
    "afgemeld": gettext_lazy("Je bent afgemeld"),
}

OUTCOMES = {
    Outcome.OPEN: gettext_lazy("we zijn ermee bezig"),
    Outcome.ARRANGED: gettext_lazy("geregeld"),
    Outcome.NOT_POSSIBLE: gettext_lazy("kan niet"),
}


def of_key(key: str) -> Attendee:
    found = (
        Attendee.objects.select_related("meeting__place_municipality", "party", "person__address")
        .filter(key=key)
        .first()
    )
    if found is None:
        raise Missing(_("Deze aanmelding is er niet meer. We wissen aanmeldingen een jaar na de bijeenkomst."))
    return found


def is_themselves(request: Any, attendee: Attendee) -> bool:
    """Whether who asks is signed in as who comes; the link of the page may be in other hands."""
    person: Person | None = getattr(request, "person", None)
    return person is not None and person.pk == attendee.person_id


def sign_in_url(path: str) -> str:
    """Where one signs in and comes back."""
    return f"{reverse('people:sign_in')}?{urlencode({'next': path})}"


def own_page(request: HttpRequest, found: Attendee, *, problem: str = "", status: int = 200) -> HttpResponse:
    now = clock.now()
    meeting, party = found.meeting, found.party
    others = others_of(found)
    is_coming = found.cancelled_at is None and found.confirmed_at is not None
    context = {
        **about(found),
        "attendee": found,
        "problem": problem,
        "done": "" if problem else DONE.get(request.GET.get("klaar", ""), ""),
        "is_coming": is_coming,
        "is_invited": found.cancelled_at is None and found.confirmed_at is None,
        "is_over": meeting.ends_at is not None and meeting.ends_at <= now,
        "is_meeting_off": bool(meeting.cancelled_at),
        "state": party.state if is_coming else "",
        "offered_until": datetime_words(party.offered_until) if party.offered_until else "",
        "before": _before(found) if is_coming and party.state == State.WAITING else 0,
        "other": bool(others),
        "may_invite": is_coming and len(others) + 1 < rules.MAX_TOGETHER,
        "may_come": actions.may_come_after_all(found, now=now) and not meeting.cancelled_at,
        "held_until": datetime_words(found.held_until) if found.held_until else "",
        "may_go_back": _way_back(found) if is_coming and actions.may_change_back(found, now=now) else None,
        "rows": _rows(found, others),
        "asked": _lines(needs.asked_by(found)) if is_coming and is_themselves(request, found) else [],
        "has_asked": is_coming and needs.has_asked(found),
        "erased_on": date_words(local_date(meeting.ends_at + needs.KEEP)) if meeting.ends_at else "",
        "sign_in_url": sign_in_url(request.path),
    }
    return render(request, "meetings/attending/own.html", context, status=status)


def _way_back(found: Attendee) -> dict[str, str]:
    """What the press says that brings back how they attended, and until when."""
    if found.former_way == found.way:
        words = ngettext(
            "Ik neem toch %(count)s persoon mee die me helpt",
            "Ik neem toch %(count)s mensen mee die me helpen",
            found.former_companions,
        ) % {"count": found.former_companions}
    else:
        words = _("Ik kom toch naar de zaal") if found.former_way == Way.ROOM else _("Ik doe toch online mee")
    return {"words": words, "until": datetime_words(found.former_until) if found.former_until else ""}


def about(found: Attendee) -> dict[str, Any]:
    return {
        "attendee": found,
        "meeting": found.meeting,
        "when": words.when(found.meeting),
        "trail": [(_("Bijeenkomsten"), reverse("meetings:list"))],
    }


def _rows(found: Attendee, others: list[Attendee]) -> list[dict[str, str]]:
    """What one filled in, to check."""
    rows = [
        (_("Wanneer"), words.when(found.meeting)),
        (_("Waar"), words.where(found.meeting)),
        (_("Hoe je meedoet"), str(WAYS[Way(found.way)])),
    ]
    if found.companions:
        rows.append((_("Mensen die je helpen"), str(found.companions)))
    if others:
        stands = {True: _("zei ja"), False: _("heeft nog geen ja gezegd")}
        told = [f"{each.called or _('iemand')} ({stands[each.confirmed_at is not None]})" for each in others]
        rows.append((_("Met wie"), join(told)))
    return [{"key": key, "value": value} for key, value in rows]


def _lines(asked: list[Asked]) -> list[dict[str, str]]:
    """What somebody asked and how it stands, for their own page."""
    return [
        {
            "key": each.label,
            "value": f"{OUTCOMES[each.outcome]}. {each.words}".strip() if each.words else str(OUTCOMES[each.outcome]),
        }
        for each in asked
    ]


def others_of(found: Attendee) -> list[Attendee]:
    """Who comes with somebody, also who did not say yes yet; one query."""
    return list(found.party.attendees.coming().exclude(pk=found.pk).select_related("person").order_by("pk"))


def _before(found: Attendee) -> int:
    """How many parties wait before this one."""
    party = found.party
    line = type(party).objects.filter(meeting=found.meeting).in_line()
    return line.filter(queued_at__lt=party.queued_at).count()


def free_words(meeting: Meeting) -> list[str]:
    """What there is left, a sentence for each way that has an end."""
    taken, limits = places.taken(meeting, now=clock.now()), places.limits(meeting)
    said = []
    for way, limit in limits.items():
        if limit is None:
            continue
        left = max(0, limit - taken[way])
        name = _("In de zaal") if way == Way.ROOM else _("Online")
        if left:
            said.append(
                _("%(name)s: nog %(left)s van %(limit)s plekken.") % {"name": name, "left": left, "limit": limit}
            )
        else:
            said.append(_("%(name)s: vol. Meld je aan voor de wachtlijst.") % {"name": name})
    return said


def trail(meeting: Meeting) -> list[tuple[str, str]]:
    return [(_("Bijeenkomsten"), reverse("meetings:list")), (meeting.title, meeting.get_absolute_url())]

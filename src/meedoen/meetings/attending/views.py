"""Signing up, and the own page of who comes. Opening a page changes nothing; what has no working undo asks a code."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.kernel import clock
from meedoen.kernel.clock import local_date
from meedoen.kernel.dutch import date_words, datetime_words, join
from meedoen.meetings import words
from meedoen.meetings.models import Meeting
from meedoen.meetings.rules import stage_of
from meedoen.pages.missing import Missing
from meedoen.pages.origin import anonymous_post, network
from meedoen.people import actions as people
from meedoen.people.along import actions as along
from meedoen.people.along.reading import number_of, was_switched
from meedoen.people.models import Person

from . import actions, needs, places, rules
from .acts import MEMBER_SIGN_UP, SIGN_UP
from .forms import WAYS, ChangeForm, InviteForm, MemberSignUpForm, SignUpForm
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


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def sign_up(request: HttpRequest, slug: str) -> HttpResponse:
    """``/bijeenkomsten/<slug>/aanmelden/``: all on one page; kept at the first submit, and checked on the next."""
    now = clock.now()
    meeting = get_object_or_404(Meeting.objects.published(now).select_related("place_municipality"), slug=slug)
    person: Person | None = getattr(request, "person", None)
    if person and not number_of(request):
        found = Attendee.objects.filter(meeting=meeting, person=person).coming().first()
        if found and found.confirmed_at:
            return redirect(found.own_url)
    form = (MemberSignUpForm if person else SignUpForm)(request.POST if request.method == "POST" else None)
    form.fit(meeting)
    is_open = rules.is_open(
        stage_of(meeting, now), closes_at=meeting.sign_up_closes_at, starts_at=meeting.starts_at, now=now
    )
    if request.method == "POST" and is_open and form.is_valid():
        try:
            act = _keep(request, form, meeting, person)
        except people.Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("people:act", act.key)
    context = {
        "meeting": meeting,
        "form": form,
        "is_open": is_open,
        "is_member": person is not None,
        "when": words.when(meeting),
        "where": words.where(meeting),
        "free": free_words(meeting),
        "trail": _trail(meeting),
    }
    return render(
        request,
        "meetings/attending/sign_up.html",
        context,
        status=200 if is_open else 409 if request.method == "POST" else 200,
    )


@never_cache
@require_GET
def attendee(request: HttpRequest, key: str) -> HttpResponse:
    """``/bijeenkomsten/aanmelding/<key>/``: how it stands, and what one can do; opening it does nothing."""
    return _page(request, of_key(key))


@never_cache
@anonymous_post
@require_POST
def accept(request: HttpRequest, key: str) -> HttpResponse:
    """Take the place that came free."""
    return _did(request, of_key(key), actions.accept, "plek")


@never_cache
@anonymous_post
@require_POST
def queue_again(request: HttpRequest, key: str) -> HttpResponse:
    """Wait again."""
    return _did(request, of_key(key), actions.queue_again, "weer")


@never_cache
@anonymous_post
@require_POST
def come_after_all(request: HttpRequest, key: str) -> HttpResponse:
    """Take back that one cancelled."""
    return _did(request, of_key(key), actions.come_after_all, "toch")


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, key: str) -> HttpResponse:
    """Ask whether one really does not come, and cancel; for an hour one press brings it back."""
    found = of_key(key)
    if request.method == "POST":
        actions.cancel(found, now=clock.now())
        return redirect(f"{found.own_url}?klaar=afgemeld")
    if found.cancelled_at:
        return redirect(found.own_url)
    return render(request, "meetings/attending/cancel.html", {**_about(found), "has_other": bool(_others(found))})


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Attend in another way, or with another number who help."""
    found = of_key(key)
    if found.cancelled_at or not found.confirmed_at:
        return redirect(found.own_url)
    now_so = {"way": found.way, "companions": found.companions}
    form = ChangeForm(request.POST if request.method == "POST" else None, initial=now_so)
    form.fit(found.meeting)
    if form.is_valid():
        given = {**now_so, **form.cleaned_data}
        try:
            actions.change(found, way=Way(given["way"]), companions=int(given["companions"] or 0), now=clock.now())
        except actions.CannotDo as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(f"{found.own_url}?klaar=veranderd")
    return render(request, "meetings/attending/change.html", {**_about(found), "form": form})


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, key: str) -> HttpResponse:
    """Ask somebody to come along after all, by who is signed in: the link alone mails nobody else (decisions 1)."""
    found = of_key(key)
    others = _others(found)
    if found.cancelled_at or not found.confirmed_at or len(others) + 1 >= rules.MAX_TOGETHER:
        return redirect(found.own_url)
    form = InviteForm(request.POST if request.method == "POST" else None)
    is_known = is_themselves(request, found)
    if form.is_valid() and not is_known:
        form.add_error(None, _("Log eerst in. Dan weten we dat jij het vraagt, en mailen we niemand uit jouw naam."))
    elif form.is_valid():
        given = form.cleaned_data
        try:
            actions.invite(
                found,
                name=given["partner_name"],
                email=given["partner_email"],
                network=network(request),
                now=clock.now(),
            )
        except actions.CannotDo as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(f"{found.own_url}?klaar=gevraagd")
    context = {
        **_about(found),
        "form": form,
        "is_known": is_known,
        "is_group": bool(others),
        "left": rules.MAX_TOGETHER - 1 - len(others),
        "sign_in_url": sign_in_url(request.path),
    }
    return render(request, "meetings/attending/invite.html", context)


def _keep(request: HttpRequest, form: Any, meeting: Meeting, person: Person | None) -> Any:
    """Keep what was filled in, until its sender confirms it. Raises ``people.Refused``."""
    if switched := was_switched(request):
        raise people.Refused(switched)
    if getattr(form, "fell_in_trap", False):
        raise people.Refused(_("Dit lijkt op een robot. Laat het veld leeg dat je niet ziet, en probeer het nog eens."))
    number = number_of(request)
    payload = {**form.payload(), "meeting": meeting.pk, **({along.BOND: number} if number else {})}
    return people.keep(
        MEMBER_SIGN_UP if person else SIGN_UP,
        payload=payload,
        name=person.name if person else form.cleaned_data["name"],
        email=person.address.email if person and person.address else form.cleaned_data.get("email", ""),
        network=network(request),
        person=person,
        now=clock.now(),
    )


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


def _did(request: HttpRequest, found: Attendee, deed: Any, done: str) -> HttpResponse:
    try:
        deed(found, now=clock.now())
    except actions.CannotDo as problem:
        return _page(request, of_key(found.key), problem=str(problem), status=409)
    return redirect(f"{found.own_url}?klaar={done}")


def _page(request: HttpRequest, found: Attendee, *, problem: str = "", status: int = 200) -> HttpResponse:
    now = clock.now()
    meeting, party = found.meeting, found.party
    others = _others(found)
    is_coming = found.cancelled_at is None and found.confirmed_at is not None
    context = {
        **_about(found),
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
            "Ik neem toch %(count)s mens mee die me helpt",
            "Ik neem toch %(count)s mensen mee die me helpen",
            found.former_companions,
        ) % {"count": found.former_companions}
    else:
        words = _("Ik kom toch naar de zaal") if found.former_way == Way.ROOM else _("Ik doe toch online mee")
    return {"words": words, "until": datetime_words(found.former_until) if found.former_until else ""}


def _about(found: Attendee) -> dict[str, Any]:
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


def _others(found: Attendee) -> list[Attendee]:
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


def _trail(meeting: Meeting) -> list[tuple[str, str]]:
    return [(_("Bijeenkomsten"), reverse("meetings:list")), (meeting.title, meeting.get_absolute_url())]

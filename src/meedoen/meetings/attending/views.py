"""Signing up, and the own page of who comes. Opening a page changes nothing; what has no working undo asks a code."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.kernel import clock
from meedoen.meetings import words
from meedoen.meetings.models import Meeting
from meedoen.meetings.rules import stage_of
from meedoen.pages.origin import anonymous_post, network
from meedoen.people import actions as people
from meedoen.people.along import actions as along
from meedoen.people.along.reading import number_of, was_switched
from meedoen.people.models import Person

from . import actions, rules
from .acts import MEMBER_SIGN_UP, SIGN_UP
from .forms import ChangeForm, InviteForm, MemberSignUpForm, SignUpForm
from .models import Attendee
from .rules import Way
from .shown import about, free_words, is_themselves, of_key, others_of, own_page, sign_in_url, trail


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
        "trail": trail(meeting),
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
    return own_page(request, of_key(key))


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
    return render(request, "meetings/attending/cancel.html", {**about(found), "has_other": bool(others_of(found))})


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
    return render(request, "meetings/attending/change.html", {**about(found), "form": form})


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, key: str) -> HttpResponse:
    """Ask somebody to come along after all, by who is signed in: the link alone mails nobody else (decisions 1)."""
    found = of_key(key)
    others = others_of(found)
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
        **about(found),
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


def _did(request: HttpRequest, found: Attendee, deed: Any, done: str) -> HttpResponse:
    try:
        deed(found, now=clock.now())
    except actions.CannotDo as problem:
        return own_page(request, of_key(found.key), problem=str(problem), status=409)
    return redirect(f"{found.own_url}?klaar={done}")

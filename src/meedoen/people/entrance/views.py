"""Coming in and going out. The pages up to the code are guarded by origin, so that reading them sets no cookie."""

import json
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from meedoen.kernel import clock
from meedoen.kernel.identifiers import number_in
from meedoen.pages.origin import anonymous_post
from meedoen.people import returning
from meedoen.people.forms import CodeForm
from meedoen.people.models import Person
from meedoen.people.returning import filled_again
from meedoen.people.standing.reading import work_choices
from meedoen.ui.views import came_from, safe_path

from . import devices, flow
from .forms import CredentialForm, KeyForm, NameForm, ProfileForm, SignInForm
from .guards import identified, led_to, not_kept, with_address

WORK_DONE = {
    "werk": gettext_lazy("Bij je naam staat nu waar je werkt"),
    "geen-werk": gettext_lazy("Waar je werkt, staat er niet meer bij"),
}


# Coming in --------------------------------------------------------------------------------------------------


@not_kept
@anonymous_post
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """``/inloggen/``: asks for the e-mail address. Only the post begins a session."""
    then = next_of(request)
    if request.user.is_authenticated:
        return redirect(then or settings.LOGIN_REDIRECT_URL)
    form = SignInForm(request.POST or None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            flow.ask_code(request, form.cleaned_data["email"], now=clock.now())
        except flow.Refused as refused:
            problem = str(refused)
        else:
            request.session[flow.NEXT] = then
            return redirect("people:sign_in_code")
    context = {
        "form": form,
        "problem": problem,
        "next": then,
        "is_kept": f"{returning.FILLED}=" in then,
        "provider": settings.OIDC_NAME if settings.OIDC_SERVER else "",
        "provider_problem": request.GET.get("aanbieder") == "fout",
    }
    response = render(request, "people/sign_in.html", context, status=429 if problem else 200)
    if settings.OIDC_SERVER:  # the browser counts where a form's answer leads as part of its action
        origin = urlsplit(settings.OIDC_SERVER)
        response._csp_update = {"form-action": f"{origin.scheme}://{origin.netloc}"}  # type: ignore[attr-defined]
    return response


@not_kept
@anonymous_post
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """``/inloggen/code/``: asks for the code from the mail."""
    begun = flow.code_begun(request)
    if request.user.is_authenticated or begun is None:
        return came_in(request) if request.user.is_authenticated else redirect("people:sign_in")
    form = CodeForm(request.POST or None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            flow.confirm_code(request, form.cleaned_data["code"], now=clock.now())
        except flow.NotBegun:
            return redirect("people:sign_in")
        except flow.WrongCode as wrong:
            form.add_error("code", str(wrong))
        except flow.Refused as refused:
            problem = str(refused)
        else:
            return came_in(request)
    return _code_page(request, form, problem)


@not_kept
@anonymous_post
@require_http_methods(["GET", "POST"])
def new_code(request: HttpRequest) -> HttpResponse:
    """``/inloggen/code/nieuw/``: mails another code."""
    begun = flow.code_begun(request)
    if begun is None:
        return redirect("people:sign_in")
    if request.method == "POST":
        try:
            flow.ask_code(request, begun.email, now=clock.now())
        except flow.Refused as refused:
            return _code_page(request, CodeForm(), str(refused))
    return redirect("people:sign_in_code")


@not_kept
@anonymous_post
@require_http_methods(["GET", "POST"])
def key(request: HttpRequest) -> HttpResponse:
    """``/inloggen/sleutel/``: signs in with a passkey. A post without one begins; only script has one to send."""
    if request.user.is_authenticated:
        return came_in(request)
    problem = ""
    try:
        if request.method == "POST":
            form = CredentialForm(request.POST)
            if "credential" not in request.POST:
                flow.begin_key(request)
                request.session[flow.NEXT] = next_of(request)
                return redirect("people:sign_in_key")
            flow.confirm_key(request, form.cleaned_data["credential"] if form.is_valid() else None)
            return came_in(request)
    except flow.NotBegun:
        return redirect("people:sign_in")
    except flow.Refused as refused:
        problem = str(refused)
    try:
        challenge = flow.key_challenge(request)
    except flow.NotBegun:
        return redirect("people:sign_in")
    return render(request, "people/sign_in_key.html", {"challenge": json.dumps(challenge), "problem": problem})


@with_address
@require_http_methods(["GET", "POST"])
def choose(request: Any) -> HttpResponse:
    """``/inloggen/wie/``: which of the people behind this address are you? Or somebody else, with a name."""
    people = [person for person in Person.objects.behind(request.user) if person.name]
    is_named = "person" in request.POST
    form = NameForm(request.POST if request.method == "POST" and not is_named else None)
    then = next_of(request)
    chosen = None
    if is_named:
        chosen = next((person for person in people if str(person.pk) == request.POST["person"]), None)
    elif request.method == "POST" and form.is_valid():
        chosen = flow.introduce(request.user, form.cleaned_data["name"], now=clock.now())
    if chosen:
        flow.choose(request, chosen)
        return redirect(then or settings.LOGIN_REDIRECT_URL)
    context = {"form": form, "people": people, "next": then, "is_new": not people}
    return render(request, "people/choose.html", context)


@not_kept
@require_http_methods(["GET", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """``/uitloggen/``: asks, and signs out; afterwards it says that you are out."""
    if request.method == "POST" and request.user.is_authenticated:
        flow.sign_out(request)
        response = redirect("people:sign_out")
        response.delete_cookie(settings.CSRF_COOKIE_NAME, samesite="Lax")
        return response
    return render(request, "people/sign_out.html", {"is_in": request.user.is_authenticated})


@filled_again
@identified
@require_http_methods(["GET", "POST"])
def profile(request: Any) -> HttpResponse:
    """``/mijn/profiel/``: what others see of you."""
    typed = returning.typed(request)
    form = ProfileForm(request.POST or None, person=request.person, initial=typed)
    if request.method == "POST" and form.is_valid():
        flow.describe(request.person, **form.cleaned_data, now=clock.now())
        return redirect(f"{settings.LOGIN_REDIRECT_URL}?klaar=profiel")
    context = {
        "form": form,
        "is_filled": bool(typed),
        "work": work_choices(request.person),
        "done": WORK_DONE.get(request.GET.get("klaar", ""), ""),
        "trail": _trail(),
    }
    return render(request, "people/profile.html", context)


# Devices and passkeys ---------------------------------------------------------------------------------------


@identified
@require_http_methods(["GET", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """``/mijn/apparaten/``: where you are signed in; a post signs out one of them, or all others."""
    address = request.user
    if request.method == "POST":
        if "others" in request.POST:
            flow.end_other_sessions(request, address)  # type: ignore[arg-type]
        else:
            number = request.POST.get("session", "")
            session = get_object_or_404(UserSession, user=address, pk=number_in(number))
            if session.is_current():
                flow.sign_out(request)
                return redirect("people:sign_out")
            flow.end_session(session)
        return redirect(f"{reverse('people:sessions')}?klaar=ja")
    found = [
        {
            "pk": session.pk,
            "device": devices.in_words(session.user_agent),
            "since": session.created_at,
            "is_current": session.is_current(),
        }
        for session in flow.sessions_of(address)  # type: ignore[arg-type]
    ]
    context = {
        "sessions": found,
        "has_others": len(found) > 1,
        "is_done": request.GET.get("klaar") == "ja",
        "trail": _trail(),
    }
    return render(request, "people/sessions.html", context)


@identified
@require_http_methods(["GET"])
def keys(request: Any) -> HttpResponse:
    """``/mijn/sleutels/``: your passkeys, and what to do when you lost one."""
    found = [
        {"pk": key.pk, "name": key.wrap().name, "since": key.created_at, "used": key.last_used_at}
        for key in flow.keys_of(request.user)
    ]
    return render(request, "people/keys.html", {"keys": found, "done": request.GET.get("klaar", ""), "trail": _trail()})


@identified
@require_http_methods(["GET", "POST"])
def add_key(request: Any) -> HttpResponse:
    """``/mijn/sleutels/toevoegen/``: makes a passkey on this device."""
    form = KeyForm(request.POST or None)
    problem = ""
    if request.method == "POST":
        if form.is_valid():
            try:
                flow.add_key(
                    request,
                    request.user,
                    name=form.cleaned_data["name"],
                    credential=form.cleaned_data["credential"],
                    now=clock.now(),
                )
            except flow.Refused as refused:
                problem = str(refused)
            else:
                return redirect(f"{reverse('people:keys')}?klaar=gemaakt")
        form.errors.pop("credential", None)  # people have nothing to do with it; the page says what it needs
    challenge = json.dumps(flow.new_key_challenge(request.user))
    return render(
        request, "people/key_add.html", {"form": form, "challenge": challenge, "problem": problem, "trail": _trail()}
    )


@identified
@require_http_methods(["GET", "POST"])
def remove_key(request: Any, number: int) -> HttpResponse:
    """``/mijn/sleutels/3/weghalen/``: asks, and throws a passkey away."""
    key = get_object_or_404(Authenticator, pk=number, user=request.user, type=Authenticator.Type.WEBAUTHN)
    if request.method == "POST":
        flow.remove_key(key, request.user, now=clock.now())
        return redirect(f"{reverse('people:keys')}?klaar=weg")
    return render(request, "people/key_remove.html", {"name": key.wrap().name, "trail": _trail()})


def came_in(request: HttpRequest) -> HttpResponse:
    """Where somebody goes who just signed in: where they wanted to, by way of saying who they are when needed."""
    then = safe_path(request.session.pop(flow.NEXT, "")) or settings.LOGIN_REDIRECT_URL
    if flow.person_of(request, request.user) is None:  # type: ignore[arg-type]
        return led_to("people:choose", then)
    return redirect(then)


def _code_page(request: HttpRequest, form: CodeForm, problem: str) -> HttpResponse:
    begun = flow.code_begun(request)
    context = {"form": form, "problem": problem, "begun": begun}
    return render(request, "people/sign_in_code.html", context, status=429 if problem else 200)


def next_of(request: HttpRequest) -> str:
    """The path to go to afterwards, when it is one of ours and no part of signing in itself."""
    given = request.POST.get("next") or request.GET.get("next")
    path = safe_path(given or "") if given else safe_path(came_from(request)) if request.method == "GET" else ""
    return "" if path.startswith(("/inloggen/", "/uitloggen/")) else path


def _trail() -> list[tuple[str, str]]:
    return [(_("Mijn pagina"), settings.LOGIN_REDIRECT_URL)]

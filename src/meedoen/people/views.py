"""The page of an act that waits for its code: check, change, ask the code, confirm, throw away.

Whoever knows the act's key may do all of this; the key is the address. Nothing here sets or reads a cookie.
"""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.kernel import clock
from meedoen.pages.origin import anonymous_post, network

from . import actions, acts, rules
from .forms import CodeForm
from .models import PendingAct

STEPS = (gettext_lazy("Schrijven"), gettext_lazy("Nakijken"), gettext_lazy("Code invullen"))


@never_cache
@require_GET
def act(request: HttpRequest, key: str) -> HttpResponse:
    """The act as it stands now; opening it does nothing."""
    return _page(request, _alive(key))


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Change what was typed."""
    act = _alive(key)
    if act.state == PendingAct.State.DONE:
        return redirect("people:act", key)
    kind = acts.kind_of(act)
    form = kind.form(
        request.POST if request.method == "POST" else None,
        initial={**act.payload, "name": act.name, "email": act.email},
    )
    if request.method == "POST" and form.is_valid():
        actions.change(
            act,
            payload={**act.payload, **form.payload()},
            name=form.cleaned_data.get("name", act.name),
            email=form.cleaned_data.get("email", act.email),
            now=clock.now(),
        )
        return redirect("people:act", key)
    return render(request, "people/change.html", {"form": form, "kind": kind, "act": act, "place": kind.place(act)})


@never_cache
@anonymous_post
@require_POST
def ask_code(request: HttpRequest, key: str) -> HttpResponse:
    """Mail a code."""
    act = _alive(key)
    try:
        actions.ask_code(act, now=clock.now())
    except actions.Refused as refused:
        return _page(request, act, problem=str(refused), status=429)
    return redirect("people:act", key)


@never_cache
@anonymous_post
@require_POST
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Do the act, because the code from the mail was typed."""
    act = _alive(key)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, act, code_form=form)
    now = clock.now()
    try:
        done = actions.confirm(act, typed=form.cleaned_data["code"], network=network(request), now=now)
    except actions.WrongCode as wrong:
        form.add_error("code", str(wrong))
        return _page(request, _alive(key), code_form=form)
    except actions.Refused as refused:
        return _page(request, act, problem=str(refused), status=429)
    except acts.CannotDo as problem:
        return _page(request, act, problem=str(problem))
    return redirect(done.then or "people:act", *([] if done.then else [key]))


@never_cache
@anonymous_post
@require_POST
def carry_out(request: HttpRequest, key: str) -> HttpResponse:
    """Do the act of who is signed in; who is not any more confirms it with a code in stead, or signs in again."""
    act = _alive(key)
    if not _is_own(request, act):
        return redirect("people:act", key)
    try:
        done = actions.carry_out(act, person=request.person, now=clock.now())  # type: ignore[attr-defined]
    except acts.CannotDo as problem:
        return _page(request, act, problem=str(problem))
    return redirect(done.then or "people:act", *([] if done.then else [key]))


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, key: str) -> HttpResponse:
    """Throw away what was typed, after asking."""
    act = _alive(key)
    if act.state == PendingAct.State.DONE:
        return redirect("people:act", key)
    if request.method == "POST":
        actions.discard(act, now=clock.now())
        return redirect("people:act", key)
    kind = acts.kind_of(act)
    return render(request, "people/discard.html", {"act": act, "kind": kind, "preview": kind.preview(act)})


@never_cache
@anonymous_post
@require_POST
def put_back(request: HttpRequest, key: str) -> HttpResponse:
    """Take what was thrown away out of the bin."""
    actions.put_back(_alive(key), now=clock.now())
    return redirect("people:act", key)


def _is_own(request: HttpRequest, act: PendingAct) -> bool:
    """Whether the act is of the person who is signed in, so that no code is needed."""
    person = getattr(request, "person", None)
    return person is not None and act.person_id == person.pk and not acts.kind_of(act).always_asks_code


def _alive(key: str) -> PendingAct:
    act = PendingAct.objects.alive(clock.now()).filter(key=key).select_related("person").first()
    if act is None:
        raise Http404(_("Deze tekst is er niet meer. Niet bevestigde teksten gooien we na 7 dagen weg."))
    return act


def _page(
    request: HttpRequest,
    act: PendingAct,
    *,
    code_form: CodeForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    kind = acts.kind_of(act)
    context = {"act": act, "kind": kind, "problem": problem}
    if act.state == PendingAct.State.DONE:
        return render(request, "people/done.html", context | {"told": kind.told(act)})
    if act.discarded_at:
        return render(request, "people/discarded.html", context | {"place": kind.place(act)})
    is_code_alive = bool(act.code_hash and act.code_sent_at and clock.now() - act.code_sent_at <= rules.CODE_LIFE)
    context |= {
        "place": kind.place(act),
        "preview": kind.preview(act),
        "beside": [] if act.state == PendingAct.State.SENT else kind.beside(act),
        "warnings": kind.warnings(act.payload),
        "code_form": code_form or CodeForm(),
        "is_sent": act.state == PendingAct.State.SENT,
        "is_code_alive": is_code_alive,
        "code_until": act.code_sent_at + rules.CODE_LIFE if act.code_sent_at else None,
        "steps": STEPS,
        "is_own": _is_own(request, act),
        "may_sign_in": act.person is not None and getattr(request, "person", None) is None,
        "sign_in_url": f"{reverse('people:sign_in')}?{urlencode({'next': request.path})}",
    }
    return render(request, "people/act.html", context, status=status)

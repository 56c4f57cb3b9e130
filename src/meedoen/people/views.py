"""The page of an act that waits for its code: check, change, ask the code, confirm, throw away.

Whoever knows the act's key may do all of this; the key is the address. Nothing here sets or reads a cookie.
"""

import dataclasses
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.kernel import clock
from meedoen.kernel.identifiers import unguessable
from meedoen.pages.missing import Missing
from meedoen.pages.origin import anonymous_post, network

from . import actions, acts, drafts, returning, rules
from .along.actions import BOND
from .forms import CodeForm, DraftForm
from .models import PendingAct

STEPS = (gettext_lazy("Schrijven"), gettext_lazy("Nakijken"), gettext_lazy("Code invullen"))
SAVED = {
    "ja": gettext_lazy("Je tekst is bewaard"),
    "beide": gettext_lazy("Je tekst is ook ergens anders veranderd. We bewaren ze allebei."),
}


@never_cache
@require_GET
def act(request: HttpRequest, key: str) -> HttpResponse:
    """The act as it stands now; opening it does nothing."""
    return _page(request, alive(key))


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Change what was typed."""
    act = alive(key)
    kind = acts.kind_of(act)
    if act.state == PendingAct.State.DONE or kind.is_fixed:
        return redirect("people:act", key)
    form = acts.form_of(act)(
        request.POST if request.method == "POST" else None,
        initial={**act.payload, "name": act.name, "email": act.email},
    )
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save(request, act, form, {**act.payload, **form.payload()})
        except actions.Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(f"{reverse('people:act', args=[saved.act.key])}{'?bewaard=beide' if saved.is_copy else ''}")
    context = {
        "form": form,
        "kind": kind,
        "act": act,
        "place": kind.place(act),
        "hints": kind.hints(act.payload),
        "draft": opened_now(act) if _is_draft(request, act) else None,
        "saved": SAVED.get(request.GET.get("bewaard", ""), ""),
    }
    return render(request, "people/change.html", context)


@never_cache
@anonymous_post
@require_POST
def save_draft(request: HttpRequest, key: str) -> HttpResponse:
    """Save what is being written, right or wrong; on the page, or in words for the script that asks."""
    act = alive(key)
    kind = acts.kind_of(act)
    if not kind.keeps_drafts or act.state == PendingAct.State.DONE:
        return redirect("people:act", key)
    form = acts.form_of(act)(request.POST)
    try:
        saved = _save(request, act, form, {**act.payload, **drafts.typed(form)})
    except actions.Refused as refused:
        form.add_error(None, str(refused))
        context = {"form": form, "kind": kind, "act": act, "place": kind.place(act), "draft": opened_now(act)}
        return not_saved(request, str(refused)) or render(request, "people/change.html", context, status=429)
    return draft_saved(request, saved)


def _save(request: HttpRequest, act: PendingAct, form: acts.ActForm, payload: dict[str, Any]) -> drafts.Saved:
    """Save another text: over the act, or beside it when a draft was changed elsewhere meanwhile."""
    now = clock.now()
    if _is_draft(request, act):
        return drafts.save(
            act.kind,
            payload=payload,
            opened=dataclasses.replace(DraftForm(request.POST).opened(), key=act.key),
            person=request.person,  # type: ignore[attr-defined]
            network=network(request),
            now=now,
        )
    given = getattr(form, "cleaned_data", {})
    changed = actions.change(
        act, payload=payload, name=given.get("name", act.name), email=given.get("email", act.email), now=now
    )
    return drafts.Saved(changed)


def draft_saved(request: HttpRequest, saved: drafts.Saved) -> HttpResponse:
    """Where somebody goes on with a saved draft; for the script, what the page should know and say."""
    if not is_script(request):
        address = reverse("people:change", args=[saved.act.key])
        return redirect(f"{address}?bewaard={'beide' if saved.is_copy else 'ja'}")
    time = localtime(saved.act.changed_at).strftime("%H.%M")
    said = _("Bewaard om %(time)s uur.") % {"time": time}
    if saved.is_copy:
        said = f"{SAVED['beide']} {said}"
    draft = opened_now(saved.act)
    return JsonResponse({"draft": draft.key, "seen": draft.seen, "said": said, "isNews": saved.is_copy})


def not_saved(request: HttpRequest, why: str, *, status: int = 429) -> HttpResponse | None:
    """For the script: why it could not be saved. Nothing for who pressed the button; they get a page."""
    return JsonResponse({"said": why, "isNews": True}, status=status) if is_script(request) else None


def opened_now(act: PendingAct) -> drafts.Opened:
    """What a page knows that opens this draft now."""
    return drafts.Opened(key=act.key, seen=drafts.version(act), tab=unguessable())


def is_script(request: HttpRequest) -> bool:
    """Whether the page's script asks, and not somebody who pressed a button."""
    return request.headers.get("Accept") == "application/json"


def _is_draft(request: HttpRequest, act: PendingAct) -> bool:
    """Whether who is signed in goes on with a draft of their own."""
    person = getattr(request, "person", None)
    return person is not None and act.person_id == person.pk and acts.kind_of(act).keeps_drafts


@never_cache
@anonymous_post
@require_POST
def ask_code(request: HttpRequest, key: str) -> HttpResponse:
    """Mail a code; or say that one is on its way, and when another can be asked."""
    act, now = alive(key), clock.now()
    try:
        asked = actions.ask_code(act, now=now)
    except actions.Refused as refused:
        return _page(request, act, problem=str(refused), status=429)
    is_sent_before = asked.state == PendingAct.State.SENT and asked.code_sent_at != now
    return redirect(f"{reverse('people:act', args=[key])}{'?code=net' if is_sent_before else ''}")


@never_cache
@anonymous_post
@require_POST
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Do the act, because the code from the mail was typed."""
    act = alive(key)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, act, code_form=form)
    now = clock.now()
    try:
        done = actions.confirm(act, typed=form.cleaned_data["code"], network=network(request), now=now)
    except actions.WrongCode as wrong:
        form.add_error("code", str(wrong))
        return _page(request, alive(key), code_form=form)
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
    act = alive(key)
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
    act = alive(key)
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
    actions.put_back(alive(key), now=clock.now())
    return redirect("people:act", key)


def _is_own(request: HttpRequest, act: PendingAct) -> bool:
    """Whether the act is of the person who is signed in, so that no code is needed."""
    person = getattr(request, "person", None)
    return person is not None and act.person_id == person.pk and not acts.kind_of(act).always_asks_code


def alive(key: str) -> PendingAct:
    """The act that has a page under that key. Raises ``Missing``."""
    kept = PendingAct.objects.alive(clock.now()).exclude(kind=returning.KIND)
    act = kept.filter(key=key).select_related("person").first()
    if act is None:
        raise Missing(_("Deze tekst is er niet meer. Niet bevestigde teksten gooien we na 7 dagen weg."))
    try:
        acts.kind_of(act).place(act)
    except ObjectDoesNotExist as gone:
        raise Missing(_("Waar dit over ging, is er niet meer.")) from gone
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
    saved = SAVED["beide"] if request.GET.get("bewaard") == "beide" else ""
    added = _("Dat is bewaard") if request.GET.get("bewaard") == "bij" else ""
    context = {"act": act, "kind": kind, "problem": problem, "saved": saved, "added": added}
    if act.state == PendingAct.State.DONE:
        return render(request, "people/done.html", context | {"told": kind.told(act)})
    if act.discarded_at:
        return render(request, "people/discarded.html", context | {"place": kind.place(act)})
    is_just_sent = request.GET.get("code") == "net" and act.code_sent_at is not None
    again_at = rules.code_again_at(act.code_sent_at) if is_just_sent and act.code_sent_at else None
    is_code_alive = bool(act.code_hash and act.code_sent_at and clock.now() - act.code_sent_at <= rules.CODE_LIFE)
    context |= {
        "place": kind.place(act),
        "preview": kind.preview(act),
        "beside": [] if act.state == PendingAct.State.SENT else kind.beside(act),
        "warnings": kind.warnings(act.payload),
        "hints": [] if act.state == PendingAct.State.SENT else kind.hints(act.payload),
        "notes": kind.notes(act),
        "adding": kind.adding(act),
        "missing": kind.missing(act),
        "code_form": code_form or CodeForm(),
        "is_sent": act.state == PendingAct.State.SENT,
        "is_code_alive": is_code_alive,
        "again_at": again_at,
        "may_ask_again": again_at is not None and again_at <= clock.now(),
        "code_until": act.code_sent_at + rules.CODE_LIFE if act.code_sent_at else None,
        "steps": STEPS,
        "is_own": _is_own(request, act),
        "along_name": act.name if act.payload.get(BOND) else "",
        "may_sign_in": act.person is not None and getattr(request, "person", None) is None,
        "sign_in_url": f"{reverse('people:sign_in')}?{urlencode({'next': request.path})}",
    }
    return render(request, "people/act.html", context, status=status)

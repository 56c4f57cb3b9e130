"""How a reaction begins: a form on a page that is the same for everybody, and the text kept at the first submit."""

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.kernel import clock
from meedoen.kernel.identifiers import unguessable
from meedoen.kernel.text import fold
from meedoen.pages.missing import Missing
from meedoen.pages.origin import network
from meedoen.people import actions as people
from meedoen.people import codes, drafts, returning
from meedoen.people.acts import TRAP, ActForm
from meedoen.people.along import actions as along
from meedoen.people.along.reading import name_of, number_of, was_switched
from meedoen.people.forms import DraftForm
from meedoen.people.models import PendingAct, Person
from meedoen.people.views import draft_saved, is_script, not_saved, opened_now

from .acts import COMMENT, MEMBER_COMMENT
from .forms import CommentForm, MemberCommentForm
from .models import Contribution, Thread
from .quiet.actions import why_not
from .reading import Writer, shown_as
from .scoring import DROP_FROM, score

SALT = "meedoen.conversation.about"  # what a form is about comes back with it, and must be what we said
DAY = timedelta(days=1)


class LooksLikeSpam(Exception):
    """A robot wrote this: it is not kept, and its writer is told what to do if they are none."""


def form_for(person: Person | None) -> type[CommentForm | MemberCommentForm]:
    """The form of a reaction: who is signed in needs not say who they are."""
    return MemberCommentForm if person else CommentForm


def box(
    request: HttpRequest,
    *,
    kind: str,
    key: str,
    title: str,
    url: str,
    action: str,
    reply_to: int | None = None,
    form: CommentForm | MemberCommentForm | None = None,
    quoted: str = "",
    writers: Iterable[Writer] | None = None,
) -> dict[str, Any]:
    """What ``conversation/form.html`` shows: for who is signed in with the draft that they left here, if any.

    ``form``, when it holds what was just typed, goes before the draft. ``quoted`` stands in it, after the draft.
    ``writers`` are who can be told of it, where the page around it knows them already.
    """
    person: Person | None = getattr(request, "person", None)
    if person is None:
        form = form or CommentForm(initial={"text": quoted})
        form.offer(kind, key, writers=writers)
        return {"form": form, "action": action}
    draft = None if form else _draft_here(person, _mark(kind, key, reply_to))
    form = form or MemberCommentForm(initial=_with_quote(draft, quoted))
    form.offer(kind, key, but=_not_to(request, person), writers=writers)
    opened = opened_now(draft) if draft else dataclasses.replace(DraftForm(request.POST).opened(), tab=unguessable())
    return {
        "form": form,
        "action": action,
        "about": signing.dumps(
            {"kind": kind, "key": key, "title": title, "url": url, "action": action, "reply_to": reply_to}, salt=SALT
        ),
        "draft": opened,
        "draft_at": draft.changed_at if draft else None,
    }


def begin(
    request: HttpRequest, *, kind: str, key: str, title: str, url: str, reply_to: Contribution | None = None
) -> HttpResponse:
    """Keep what a visitor wrote about a thing, and lead to the page where they check it.

    What is wrong in it is told on a page of its own, with everything that was typed. Who was signed in when they
    began and is not any more is led through signing in, and back to the filled form.
    """
    person: Person | None = getattr(request, "person", None)
    if person is None and about_of(request.POST.get("about", "")):
        return returning.park(request, reverse("conversation:go_on"), several=("mentions",))
    form = form_for(person)(request.POST)
    answered = reply_to.pk if reply_to else None
    about = {"kind": kind, "key": key, "title": title, "url": url, "action": request.path, "reply_to": answered}
    if not form.is_valid():
        return _write(request, form, about)
    thread = Thread.objects.about(kind, key, title=title, url=url, now=clock.now())
    if thread.present.is_closed:
        return _write(request, form, about, status=409, is_closed=True)
    more = {"thread": thread.pk, **({"reply_to": answered} if answered else {})}
    try:
        if switched := was_switched(request):
            raise people.Refused(switched)
        if person:
            payload = {**_checked(request, form), **more, "about": _mark(kind, key, answered)}
            saved = _save(request, person, payload, clock.now())
        else:
            saved = drafts.Saved(keep(request, form, kind=COMMENT, more=more))
    except LooksLikeSpam:
        return _write(request, form, about, status=422, looks_like_spam=True)
    except people.Refused as refused:
        form.add_error(None, str(refused))
        return _write(request, form, about, status=429)
    address = reverse("people:act", args=[saved.act.key])
    return redirect(f"{address}?bewaard=beide" if saved.is_copy else address)


def keep(request: HttpRequest, form: ActForm, *, kind: str, more: Mapping[str, Any]) -> PendingAct:
    """Keep what a valid form with a ``text`` says, by who is signed in or by a guest.

    Who acts along sends it under the name that the page said. Raises ``LooksLikeSpam``, and ``people.Refused``
    when that name is another by now, or when a network keeps more than anybody types.
    """
    person: Person | None = getattr(request, "person", None)
    if switched := was_switched(request):
        raise people.Refused(switched)
    if quiet := why_not(person, now=clock.now()):
        raise people.Refused(quiet)
    bond = number_of(request)
    return people.keep(
        kind,
        payload={**_checked(request, form), **more, **({along.BOND: bond} if bond else {})},
        name=name_of(request, person) if person else form.cleaned_data["name"],
        email=person.address.email if person and person.address else form.cleaned_data["email"],
        network=network(request),
        now=clock.now(),
        person=person,
    )


def _copies(text: str, sender: str) -> int:
    """How many networks sent this text today, however it is spaced or written; as keyed hashes only."""
    now = clock.now()
    same = fold(text)
    if codes.count("text by", f"{sender} {same}", per=DAY, now=now) == 1:
        return codes.count("text", same, per=DAY, now=now)
    return codes.counted("text", same, per=DAY, now=now)


def replying(reply_to: Contribution | None) -> dict[str, Any]:
    """What a page to write on shows of the contribution that is answered."""
    return {"reply_to": shown_as(reply_to)} if reply_to else {}


def save(request: HttpRequest) -> HttpResponse:
    """Save what somebody is writing about a thing, right or wrong, to go on later."""
    about = about_of(request.POST.get("about", ""))
    if about is None:
        raise SuspiciousOperation("no thing that we said it is about")
    person: Person | None = getattr(request, "person", None)
    if person is None:
        ended = _("Je bent niet meer ingelogd. Druk op “Bewaar voor later”. Dan log je in, en staat je tekst er nog.")
        return not_saved(request, ended, status=401) or returning.park(
            request, reverse("conversation:go_on"), several=("mentions",)
        )
    form = MemberCommentForm(request.POST)
    typed = drafts.typed(form)
    if not typed["text"].strip():
        form.is_valid()
        return JsonResponse({}) if is_script(request) else _write(request, form, about)
    now = clock.now()
    kind, key, answered = about["kind"], about["key"], about["reply_to"]
    known = Thread.objects.filter(kind=kind, key=key).first()  # what it is called may have changed since the page came
    thread = known or Thread.objects.about(kind, key, title=about["title"], url=about["url"], now=now)
    more = {"thread": thread.pk, **({"reply_to": answered} if answered else {}), "about": _mark(kind, key, answered)}
    try:
        saved = _save(request, person, {**typed, **more}, now)
    except people.Refused as refused:
        form.add_error(None, str(refused))
        return not_saved(request, str(refused)) or _write(request, form, about, status=429)
    return draft_saved(request, saved)


def go_on(request: HttpRequest) -> HttpResponse:
    """The filled form again, for who had to sign in meanwhile."""
    typed = returning.typed(request)
    about = about_of(typed.get("about", ""))
    if about is None:
        raise Missing(_("Deze tekst is er niet meer. Kijk bij je concepten op je eigen pagina."))
    return _write(request, MemberCommentForm(initial=typed), about, is_back=True)


def about_of(signed: str) -> dict[str, Any] | None:
    """The thing that a form of ours is about, as we signed it; nothing for what we did not sign."""
    try:
        about: dict[str, Any] = signing.loads(signed, salt=SALT)
    except signing.BadSignature:
        return None
    return about


def _save(request: HttpRequest, person: Person, payload: dict[str, Any], now: datetime) -> drafts.Saved:
    """Save it as it would be sent now: under the writer's name, or of whom they act along with."""
    saved = drafts.save(
        MEMBER_COMMENT,
        payload={**payload, along.BOND: number_of(request), "not_to": _not_to(request, person)},
        opened=DraftForm(request.POST).opened(),
        person=person,
        network=network(request),
        now=now,
    )
    saved.act.name = name_of(request, person)
    saved.act.save(update_fields=["name"])
    return saved


def _not_to(request: Any, person: Person) -> list[int]:
    """Whom who writes does not choose: themselves, and who they help."""
    bond = getattr(request, "along", None)
    return [person.pk, *([bond.helped_id] if bond else [])]


def _write(
    request: HttpRequest,
    form: CommentForm | MemberCommentForm,
    about: dict[str, Any],
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The form on a page of its own."""
    answered = Contribution.objects.readable().filter(pk=about["reply_to"]).select_related("person__municipality")
    context = {
        "title": about["title"],
        "url": about["url"],
        **box(request, **about, form=form),
        **replying(answered.first() if about["reply_to"] else None),
        **more,
    }
    return render(request, "conversation/write.html", context, status=status)


def _with_quote(draft: PendingAct | None, quoted: str) -> dict[str, Any]:
    """What stands in the box to begin with; nothing that was written gives way to a quote."""
    payload = dict(draft.payload) if draft else {}
    payload.pop("thread", None)  # known already to who offers the people of it
    return {**payload, "text": "\n\n".join(part for part in (payload.get("text", ""), quoted) if part)}


def _draft_here(person: Person, mark: str) -> PendingAct | None:
    """The newest draft of somebody about a thing."""
    return PendingAct.objects.drafts_of(person, clock.now()).filter(payload__about=mark).first()


def _mark(kind: str, key: str, reply_to: int | None) -> str:
    """By which a draft finds back its box: each contribution has one of its own to answer it in."""
    return f"{kind}:{key}:{reply_to}" if reply_to else f"{kind}:{key}"


def _checked(request: HttpRequest, form: ActForm) -> dict[str, Any]:
    """What a valid form says, with its points. Raises ``LooksLikeSpam``."""
    text = form.cleaned_data["text"]
    points = score(text, trap_filled=bool(form.data.get(TRAP)), copies=_copies(text, network(request)))
    if points.total >= DROP_FROM:
        raise LooksLikeSpam
    return {**form.payload(), "score": points.total}

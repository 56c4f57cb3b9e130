"""How a reaction begins: a form on a page that is the same for everybody, and the text kept at the first submit."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core import signing
from django.core.exceptions import SuspiciousOperation
from django.db.models import QuerySet, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.kernel import clock, prepared
from meedoen.kernel.text import fold
from meedoen.pages.missing import Missing
from meedoen.pages.origin import network
from meedoen.people import actions as people
from meedoen.people import codes, drafts, returning
from meedoen.people.acts import TRAP, ActForm
from meedoen.people.along.reading import was_switched
from meedoen.people.models import PendingAct, Person

from . import drafting
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
    taken_in: Iterable[str] = (),
) -> dict[str, Any]:
    """What ``conversation/form.html`` shows: for who is signed in with the draft that they left here, if any.

    ``form``, when it holds what was just typed, goes before the draft. ``quoted`` stands in it, after the draft.
    ``writers`` are who can be told of it, where the page around it knows them already. ``taken_in`` are the keys of
    what was brought here: a half text that a guest left there is found here.
    """
    person: Person | None = getattr(request, "person", None)
    device = {"device": _mark(kind, key, reply_to), "devices_before": [_mark(kind, each, None) for each in taken_in]}
    if person is None:
        form = form or CommentForm(initial={"text": quoted})
        form.offer(kind, key, writers=writers)
        return {"form": form, "action": action, **device}
    draft = None if form else _draft_here(person, _mark(kind, key, reply_to))
    form = form or MemberCommentForm(initial=_with_quote(draft, quoted))
    form.offer(kind, key, but=_not_to(request, person), writers=writers)
    return {
        "form": form,
        "action": action,
        **device,
        "about": signing.dumps(
            {"kind": kind, "key": key, "title": title, "url": url, "action": action, "reply_to": reply_to}, salt=SALT
        ),
        **drafting.box(request, draft),
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
        if person:
            saved = keep_own(
                request,
                person,
                form,
                kind=MEMBER_COMMENT,
                more={**more, "about": _mark(kind, key, answered), "not_to": _not_to(request, person)},
            )
        else:
            saved = drafts.Saved(keep(request, form, kind=COMMENT, more=more))
    except LooksLikeSpam:
        return _write(request, form, about, status=422, looks_like_spam=True)
    except people.Refused as refused:
        form.add_error(None, str(refused))
        return _write(request, form, about, status=429)
    return redirect(act_of(saved))


def act_of(saved: drafts.Saved) -> str:
    """The page where somebody checks what was kept; it says when their draft had been changed elsewhere."""
    address = reverse("people:act", args=[saved.act.key])
    return f"{address}?bewaard=beide" if saved.is_copy else address


def keep_own(
    request: HttpRequest, person: Person, form: ActForm, *, kind: str, more: Mapping[str, Any]
) -> drafts.Saved:
    """Keep what a valid form with a ``text`` says, by who is signed in: over the draft that the page had open.

    Raises ``LooksLikeSpam``, and ``people.Refused`` when the page said another name than the writer's by now.
    """
    if switched := was_switched(request):
        raise people.Refused(switched)
    return drafting.save(request, person, kind, {**_checked(request, form), **more})


def keep(request: HttpRequest, form: ActForm, *, kind: str, more: Mapping[str, Any]) -> PendingAct:
    """Keep what a valid form with a ``text`` says, by a guest.

    Raises ``LooksLikeSpam``, and ``people.Refused`` when the page said another name, when only the team may write
    now, or when a network keeps more than anybody types.
    """
    if problem := was_switched(request) or why_not(None, now=clock.now()):
        raise people.Refused(problem)
    return people.keep(
        kind,
        payload={**_checked(request, form), **more},
        name=form.cleaned_data["name"],
        email=form.cleaned_data["email"],
        network=network(request),
        now=clock.now(),
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

    def more() -> dict[str, Any]:
        kind, key, answered = about["kind"], about["key"], about["reply_to"]
        known = Thread.objects.filter(kind=kind, key=key).first()  # its name may have changed since the page came
        thread = known or Thread.objects.about(kind, key, title=about["title"], url=about["url"], now=clock.now())
        answer = {"reply_to": answered} if answered else {}
        own = {"not_to": _not_to(request, request.person)}  # type: ignore[attr-defined]
        return {"thread": thread.pk, **answer, **own, "about": _mark(kind, key, answered)}

    return drafting.save_typed(
        request,
        MemberCommentForm(request.POST),
        kind=MEMBER_COMMENT,
        back=reverse("conversation:go_on"),
        several=("mentions",),
        more=more,
        show=partial(_write, request, about=about),
    )


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
    found = prepared.ask(_drafts_about, person=person.pk, now=clock.now(), mark=mark)
    return found[0] if found else None


def _drafts_about(*, person: int, now: datetime, mark: str) -> QuerySet[PendingAct]:
    about = Cast(KT("payload__about"), TextField())
    return PendingAct.objects.drafts_of(person, now).alias(about=about).filter(about=mark)[:1]


def _mark(kind: str, key: str, reply_to: int | None) -> str:
    """By which a draft finds back its box: each contribution has one of its own to answer it in."""
    return f"{kind}:{key}:{reply_to}" if reply_to else f"{kind}:{key}"


def _checked(request: HttpRequest, form: ActForm) -> dict[str, Any]:
    """What a valid form says, with its points. Raises ``LooksLikeSpam``."""
    text = form.words()
    points = score(text, trap_filled=bool(form.data.get(TRAP)), copies=_copies(text, network(request)))
    if points.total >= DROP_FROM:
        raise LooksLikeSpam
    return {**form.payload(), "score": points.total}

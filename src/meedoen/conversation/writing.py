"""How a reaction begins: a form on a page that is the same for everybody, and the text kept at the first submit."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from meedoen.kernel import clock
from meedoen.pages.origin import network
from meedoen.people import actions as people
from meedoen.people.acts import TRAP, ActForm
from meedoen.people.models import PendingAct, Person

from .acts import COMMENT, MEMBER_COMMENT
from .forms import CommentForm, MemberCommentForm
from .models import Contribution, Thread
from .reading import shown
from .scoring import DROP_FROM, score


class LooksLikeSpam(Exception):
    """A robot wrote this: it is not kept, and its writer is told what to do if they are none."""


def form_for(person: Person | None) -> type[ActForm]:
    """The form of a reaction: who is signed in needs not say who they are."""
    return MemberCommentForm if person else CommentForm


def new_form(person: Person | None) -> ActForm:
    """The empty form as it stands on a page."""
    return form_for(person)()


def begin(
    request: HttpRequest, *, kind: str, key: str, title: str, url: str, reply_to: Contribution | None = None
) -> HttpResponse:
    """Keep what a visitor wrote about a thing, and lead to the page where they check it.

    What is wrong in it is told on a page of its own, with everything that was typed.
    """
    person: Person | None = getattr(request, "person", None)
    form = form_for(person)(request.POST)
    context: dict[str, Any] = {"form": form, "title": title, "url": url, "action": request.path, **replying(reply_to)}
    if not form.is_valid():
        return render(request, "conversation/write.html", context)
    thread = Thread.objects.about(kind, key, title=title, url=url, now=clock.now())
    more = {"thread": thread.pk, **({"reply_to": reply_to.pk} if reply_to else {})}
    try:
        act = keep(request, form, kind=MEMBER_COMMENT if person else COMMENT, more=more)
    except LooksLikeSpam:
        return render(request, "conversation/write.html", context | {"looks_like_spam": True}, status=422)
    except people.Refused as refused:
        form.add_error(None, str(refused))
        return render(request, "conversation/write.html", context, status=429)
    return redirect("people:act", act.key)


def keep(request: HttpRequest, form: ActForm, *, kind: str, more: Mapping[str, Any]) -> PendingAct:
    """Keep what a valid form with a ``text`` says, by who is signed in or by a guest.

    Raises ``LooksLikeSpam``, and ``people.Refused`` when a network keeps more than anybody types.
    """
    person: Person | None = getattr(request, "person", None)
    points = score(form.cleaned_data["text"], trap_filled=bool(form.data.get(TRAP)))
    if points.total >= DROP_FROM:
        raise LooksLikeSpam
    return people.keep(
        kind,
        payload={**form.payload(), "score": points.total, **more},
        name=person.name if person else form.cleaned_data["name"],
        email=person.address.email if person and person.address else form.cleaned_data["email"],
        network=network(request),
        now=clock.now(),
        person=person,
    )


def replying(reply_to: Contribution | None) -> dict[str, Any]:
    """What a page to write on shows of the contribution that is answered."""
    return {"reply_to": shown(reply_to)} if reply_to else {}

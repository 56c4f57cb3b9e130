"""How a reaction begins: a form on a page that is the same for everybody, and the text kept at the first submit."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from meedoen.kernel import clock
from meedoen.pages.origin import network
from meedoen.people import actions as people
from meedoen.people.acts import TRAP, ActForm
from meedoen.people.models import Person

from .acts import COMMENT, MEMBER_COMMENT
from .forms import CommentForm, MemberCommentForm
from .models import Thread
from .scoring import DROP_FROM, score


def form_for(person: Person | None) -> type[ActForm]:
    """The form of a reaction: who is signed in needs not say who they are."""
    return MemberCommentForm if person else CommentForm


def new_form(person: Person | None) -> ActForm:
    """The empty form as it stands on a page."""
    return form_for(person)()


def begin(request: HttpRequest, *, kind: str, key: str, title: str, url: str) -> HttpResponse:
    """Keep what a visitor wrote about a thing, and lead to the page where they check it.

    What is wrong in it is told on a page of its own, with everything that was typed.
    """
    person: Person | None = getattr(request, "person", None)
    form = form_for(person)(request.POST)
    context: dict[str, Any] = {"form": form, "title": title, "url": url, "action": request.path}
    if not form.is_valid():
        return render(request, "conversation/write.html", context)
    now = clock.now()
    points = score(form.cleaned_data["text"], trap_filled=bool(form.data.get(TRAP)))
    if points.total >= DROP_FROM:
        context["looks_like_spam"] = True
        return render(request, "conversation/write.html", context, status=422)
    thread = Thread.objects.about(kind, key, title=title, url=url, now=now)
    try:
        act = people.keep(
            MEMBER_COMMENT if person else COMMENT,
            payload={**form.payload(), "thread": thread.pk, "score": points.total},
            name=person.name if person else form.cleaned_data["name"],
            email=person.address.email if person and person.address else form.cleaned_data["email"],
            network=network(request),
            now=now,
            person=person,
        )
    except people.Refused as refused:
        form.add_error(None, str(refused))
        return render(request, "conversation/write.html", context, status=429)
    return redirect("people:act", act.key)

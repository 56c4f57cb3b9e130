"""Asking a question before a meeting, and the page of who asked it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.kernel import clock
from meedoen.meetings import words
from meedoen.meetings.models import Meeting
from meedoen.pages.origin import anonymous_post, network
from meedoen.people import actions as people
from meedoen.people.along.reading import number_of

from . import actions, rules
from .acts import ASK, MEMBER_ASK
from .forms import MemberQuestionForm, QuestionForm
from .models import Question
from .rules import State

DONE = {
    "gevraagd": gettext_lazy("Je vraag staat op de lijst"),
    "terug": gettext_lazy("Je vraag is van de lijst"),
    "toch": gettext_lazy("Je vraag staat weer op de lijst"),
}
SAYS = {"gevraagd": State.OPEN, "terug": State.WITHDRAWN, "toch": State.OPEN}  # true only while it stands so
STANDS = {
    State.OPEN: gettext_lazy("Je vraag staat op de lijst van wie de bijeenkomst leidt."),
    State.ASKED: gettext_lazy("Je vraag kwam aan bod op de bijeenkomst."),
    State.LEFT: gettext_lazy("Je vraag komt niet aan bod. Vraag gerust waarom. Of stel hem op het forum."),
    State.WITHDRAWN: gettext_lazy("Je nam je vraag terug. Hij staat niet meer op de lijst."),
}


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def ask(request: Any, slug: str) -> HttpResponse:
    """``/bijeenkomsten/<slug>/vragen/``: one question, with or without a name."""
    now = clock.now()
    meeting = get_object_or_404(Meeting.objects.published(now), slug=slug)
    person = getattr(request, "person", None)
    kind, form_of = (MEMBER_ASK, MemberQuestionForm) if person else (ASK, QuestionForm)
    form = form_of(request.POST if request.method == "POST" else None)
    may_ask = rules.may_ask(meeting, now)
    if may_ask and form.is_valid():
        try:
            act = _keep(request, kind, form, meeting, person)
        except people.Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("people:act", act.key)
    context = {
        "form": form,
        "meeting": meeting,
        "when": words.when(meeting),
        "may_ask": may_ask,
        "typed": form.data.get("text", ""),
    }
    return render(request, "meetings/asking/ask.html", context)


@never_cache
@require_GET
def own_question(request: Any, key: str) -> HttpResponse:
    """``/bijeenkomsten/vraag/<key>/``: what I asked and how it stands; opening it does nothing."""
    return _own_page(request, _own(key))


@never_cache
@anonymous_post
@require_POST
def take_back(request: Any, key: str) -> HttpResponse:
    """Take it back; a press that can be undone on the page that follows."""
    found = _own(key)
    if not actions.take_back(found):
        return _own_page(request, _own(key), problem=_("Je vraag is al behandeld. Terugnemen kan niet meer."))
    return redirect(f"{found.get_absolute_url()}?klaar=terug")


@never_cache
@anonymous_post
@require_POST
def ask_after_all(request: Any, key: str) -> HttpResponse:
    """Put it back."""
    found = _own(key)
    try:
        actions.ask_after_all(found, now=clock.now())
    except actions.CannotAsk as problem:
        return _own_page(request, found, problem=str(problem))
    return redirect(f"{found.get_absolute_url()}?klaar=toch")


def _keep(request: Any, kind: str, form: Any, meeting: Meeting, person: Any) -> Any:
    """Keep what was asked, until who asks confirms it. Raises ``people.Refused``."""
    if number_of(request):
        raise people.Refused(
            _("Je helpt nu iemand. Een vraag stel je onder je eigen naam. Ga eerst terug naar jezelf, dan kan het.")
        )
    if getattr(form, "fell_in_trap", False):
        raise people.Refused(_("Dit lijkt op een robot. Laat het veld leeg dat je niet ziet, en probeer het nog eens."))
    return people.keep(
        kind,
        payload={**form.payload(), "meeting": meeting.pk},
        name=person.name if person else form.cleaned_data["name"],
        email=person.address.email if person and person.address else form.cleaned_data["email"],
        network=network(request),
        now=clock.now(),
        person=person,
    )


def _own(key: str) -> Question:
    return get_object_or_404(Question.objects.select_related("meeting"), key=key)


def _own_page(request: Any, found: Question, *, problem: str = "") -> HttpResponse:
    state, done = State(found.state), request.GET.get("klaar", "")
    context = {
        "question": found,
        "meeting": found.meeting,
        "stands": STANDS[state],
        "is_open": state == State.OPEN,
        "is_withdrawn": state == State.WITHDRAWN,
        "may_ask": rules.may_ask(found.meeting, clock.now()),
        "done": DONE.get(done, "") if state == SAYS.get(done) and not problem else "",
        "problem": problem,
    }
    return render(request, "meetings/asking/own.html", context)

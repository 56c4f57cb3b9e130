"""Answering what became of a celebration, taking the answer away, and stopping the question."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from meedoen.celebrations.forms import AnswerForm
from meedoen.celebrations.models import Outcome, Question
from meedoen.kernel import clock
from meedoen.pages.missing import Missing
from meedoen.pages.origin import anonymous_post, network
from meedoen.people import actions as people

from . import actions
from .acts import ANSWER


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def became(request: HttpRequest, key: str) -> HttpResponse:
    """``/successen/geworden/<key>/``: tell what became of it; what is typed is checked on the next page."""
    question = _of(key)
    told = Outcome.objects.filter(
        celebration=question.celebration_id, person=question.person_id, removed_at=None
    ).first()
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"text": told.text if told else ""})
    person = question.person
    if form.is_valid() and person.address:
        try:
            act = people.keep(
                ANSWER,
                payload={**form.payload(), "question": question.pk},
                name=person.name,
                email=person.address.email,
                network=network(request),
                now=clock.now(),
                person=person,
            )
        except people.Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("people:act", act.key)
    return _page(request, question, form, told)


@never_cache
@anonymous_post
@require_POST
def take_away(request: HttpRequest, key: str) -> HttpResponse:
    """Take my answer away."""
    question = _of(key)
    actions.take_away(question, now=clock.now())
    return redirect(f"{question.url}?klaar=weg")


@never_cache
@csrf_exempt
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, key: str) -> HttpResponse:
    """``…/stop/``: be asked no more. A mail program's own button posts here (RFC 8058): nothing guards it but the key."""
    question = _of(key)
    if request.method == "POST":
        actions.stop(question, now=clock.now())
        return redirect(f"{question.url}?klaar=stop")
    return render(request, "celebrations/stop_asking.html", {"question": question})


@never_cache
@anonymous_post
@require_POST
def go_on(request: HttpRequest, key: str) -> HttpResponse:
    """Be asked after all."""
    question = _of(key)
    actions.go_on(question)
    return redirect(f"{question.url}?klaar=verder")


def _of(key: str) -> Question:
    question = Question.objects.select_related("celebration", "person__address").filter(key=key).first()
    if question is None or question.person.address is None:
        raise Missing(_("Deze vraag geldt niet meer."))
    return question


def _page(request: Any, question: Question, form: AnswerForm, told: Outcome | None) -> HttpResponse:
    said = {
        "weg": _("Je antwoord is weg"),
        "stop": _("We vragen het je niet meer"),
        "verder": _("We mogen het je weer vragen"),
    }
    context = {
        "question": question,
        "celebration": question.celebration,
        "form": form,
        "told": told,
        "done": said.get(request.GET.get("klaar", ""), ""),
    }
    return render(request, "celebrations/became.html", context)

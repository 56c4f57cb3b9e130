"""Saying what your municipality knows about, and the page behind the links of a mail that asks."""

from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meedoen.forum.categories import CATEGORIES
from meedoen.forum.models import Topic
from meedoen.kernel import clock
from meedoen.municipalities.models import Municipality
from meedoen.pages.origin import anonymous_post
from meedoen.people.entrance.guards import identified
from meedoen.people.models import Person
from meedoen.people.standing.models import Contact
from meedoen.people.standing.reading import standing_of

from . import actions
from .forms import AnswerForm, KnowledgeForm
from .models import Asked, Knowledge
from .rules import Answer


@identified
@require_http_methods(["GET", "POST"])
def knows(request: Any) -> HttpResponse:
    """``/forum/weten/``: what my municipality knows about; who stands for none is told how to."""
    person: Person = request.person
    municipality = None if request.along else _municipality(person)
    known = list(Knowledge.objects.filter(person=person).alive().values_list("category", flat=True))
    form = KnowledgeForm(request.POST if request.method == "POST" else None, initial={"themes": known})
    status = 200
    if request.method == "POST" and municipality and form.is_valid():
        actions.say(person, municipality, form.cleaned_data["themes"], now=clock.now())
        return redirect(f"{request.path}?klaar=ja")
    if form.errors:
        status = 400
    context = {
        "form": form,
        "municipality": municipality,
        "is_along": bool(request.along),
        "is_saved": request.GET.get("klaar") == "ja",
        "names": [CATEGORIES[each].name for each in known if each in CATEGORIES],
        "desk_url": reverse("people:municipality_desk"),
        "trail": [(_("Forum"), reverse("forum:home"))],
    }
    return render(request, "forum/asking/knows.html", context, status=status)


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def asked(request: HttpRequest, key: str) -> HttpResponse:
    """``/forum/gevraagd/<key>/``: not now, no more, or go on after all; opening it does nothing (decisions 1)."""
    found = get_object_or_404(
        Asked.objects.select_related("knowledge__municipality", "topic"), key=key, knowledge__person__erased_at=None
    )
    if request.method == "POST":
        form = AnswerForm(request.POST)
        if not form.is_valid():
            raise SuspiciousOperation("no answer of ours")
        actions.answer(found, Answer(form.cleaned_data["answer"]), now=clock.now())
        return redirect(f"{request.path}?klaar=ja")
    topic = Topic.objects.readable().filter(pk=found.topic_id).first()
    context = {
        "topic": topic,
        "asked": found,
        "theme": CATEGORIES[found.knowledge.category].name,
        "municipality": found.knowledge.municipality,
        "rests_until": found.knowledge.resting(clock.now()),
        "is_stopped": found.knowledge.stopped_at is not None,
        "is_saved": request.GET.get("klaar") == "ja",
        "answer_url": f"{topic.get_absolute_url()}#reageren" if topic else "",
        "later": Answer.LATER.value,
        "stop": Answer.STOP.value,
    }
    return render(request, "forum/asking/asked.html", context)


def _municipality(person: Person) -> Municipality | None:
    """The municipality that somebody stands for: they speak for it, work there, or are its contact."""
    standing = standing_of(person)
    if standing:
        return Municipality.objects.get(pk=standing.municipality_id)
    contact = Contact.objects.now().filter(person=person).select_related("municipality").order_by("made_at").first()
    return contact.municipality if contact else None

"""The pages on which somebody tells what became of it: one press, and words for who likes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meedoen.kernel import clock
from meedoen.pages.missing import Missing
from meedoen.pages.origin import anonymous_post

from . import actions, words
from .forms import StoryForm, TalkedForm
from .models import FollowUp, Party
from .rules import Talked
from .views import of_key


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def how(request: HttpRequest, key: str) -> HttpResponse:
    """``…/hoe-gaat-het/``: opening it does nothing; one press answers, and is taken back on the same page."""
    party, asked = _of_key(key)
    form = TalkedForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.answer(asked, Talked(form.cleaned_data["talked"]), now=clock.now())
        return redirect(f"{_address(key)}?klaar=antwoord")
    return _page(request, party, asked)


@never_cache
@anonymous_post
@require_POST
def take_back(request: HttpRequest, key: str) -> HttpResponse:
    """Take the answer back."""
    _party, asked = _of_key(key)
    actions.take_answer_back(asked, now=clock.now())
    return redirect(f"{_address(key)}?klaar=terug")


@never_cache
@anonymous_post
@require_POST
def tell(request: HttpRequest, key: str) -> HttpResponse:
    """Tell more in words; told anew, it takes the place of what was told."""
    party, asked = _of_key(key)
    form = StoryForm(request.POST)
    if not form.is_valid():
        return _page(request, party, asked, form)
    actions.tell(asked, form.told(), now=clock.now())
    return redirect(f"{_address(key)}?klaar=bewaard")


def _of_key(key: str) -> tuple[Party, FollowUp]:
    party = of_key(key)
    asked = FollowUp.objects.select_related("party").filter(party=party).last()
    if asked is None:
        raise Missing(_("Hier is nog niets te vertellen. We vragen het twee weken nadat jullie elkaars adres kregen."))
    return party, asked


def _page(request: HttpRequest, party: Party, asked: FollowUp, form: Any = None) -> HttpResponse:
    parties = list(Party.objects.whole().filter(coupling=party.coupling_id).order_by("pk"))
    may_share = actions.may_share(party)  # also said at an earlier question: it is taken back here
    told = {name: getattr(asked, name) for name in ("worth", "words", "residents", "pitfalls")}
    context = {
        "party": party,
        "who": words.others(party, parties),
        "answer": words.TALKED[Talked(asked.talked)] if asked.talked else "",
        "spoke": asked.talked == Talked.YES,
        "choices": [(each.value, label) for each, label in words.TALKED.items()],
        "may_tell": bool(asked.talked) or may_share,
        "form": form or StoryForm(initial={**told, "may_share": may_share}),
        "done": words.HOW.get(request.GET.get("klaar", ""), ""),
        "trail": [(_("Koppelen"), reverse("coupling:about")), (_("Kennismaken"), party.get_absolute_url())],
    }
    return render(request, "coupling/introducing/how.html", context)


def _address(key: str) -> str:
    return reverse("coupling:how", args=[key])

"""Asking for the letter, and the page on which a reader changes how they get it. A key from a mail opens that one."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meedoen.activity.models import Follow, Follower
from meedoen.activity.rules import BY_MAIL
from meedoen.activity.views import followed_by
from meedoen.activity.views.one import place_of
from meedoen.kernel import clock
from meedoen.newsletter.actions import subscribing
from meedoen.newsletter.acts import SUBSCRIBE
from meedoen.newsletter.following import KEY
from meedoen.newsletter.forms import EASY, PLAIN, SubscribeForm, WayForm
from meedoen.newsletter.reading import KIND
from meedoen.pages.origin import anonymous_post, network
from meedoen.people import actions as people
from meedoen.people.along import actions as along
from meedoen.people.along.reading import was_switched
from meedoen.people.along.rules import What


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def subscribe(request: Any) -> HttpResponse:
    """``/nieuwsbrief/aanvragen/``: as a guest, signed in, or along with somebody."""
    person = getattr(request, "person", None)
    followed = followed_by(request, KIND, KEY)
    if followed and request.method == "GET":
        return redirect("newsletter:own", followed.key)
    sent = request.POST if request.method == "POST" else None
    form = WayForm(sent) if person else SubscribeForm(sent)
    if form.is_valid() and (switched := was_switched(request)):
        form.add_error(None, switched)
    if form.is_valid():
        if person:
            return _subscribe(request, form)
        try:
            act = people.keep(
                SUBSCRIBE,
                payload=form.payload(),
                name="",
                email=form.cleaned_data["email"],
                network=network(request),
                now=clock.now(),
            )
        except people.Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("people:act", act.key)
    context = {"form": form, "trail": [(_("Nieuwsbrief"), reverse("newsletter:newsletter"))]}
    return render(request, "newsletter/subscribe.html", context)


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest, key: str) -> HttpResponse:
    """``/nieuwsbrief/mijn/<key>/``: in which way; opening it does nothing. Who stopped can undo that, or begin again."""
    follows = Follow.objects.select_related("subject", "person", "letter_choice")
    followed = get_object_or_404(follows, key=key, subject__kind=KIND, person__erased_at=None)
    choice = getattr(followed, "letter_choice", None)
    initial = {
        "version": EASY if choice and choice.is_easy else "gewoon",
        "shape": PLAIN if choice and choice.is_plain else "opgemaakt",
    }
    form = WayForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        subscribing.subscribe(followed.person, **_way(form), now=clock.now())
        return redirect(f"{reverse('newsletter:own', args=[key])}?klaar=bewaard")
    is_stopped = followed.rhythm not in BY_MAIL
    context = {
        "form": form,
        "followed": followed,
        "is_saved": request.GET.get("klaar") == "bewaard" and not is_stopped,
        "is_stopped": is_stopped,
        "can_undo": is_stopped and bool(followed.was),
        "all_url": place_of(request, Follower.objects.filter(person=followed.person).first()),
        "trail": [(_("Nieuwsbrief"), reverse("newsletter:newsletter"))],
    }
    return render(request, "newsletter/own.html", context)


def _subscribe(request: Any, form: WayForm) -> HttpResponse:
    """Of who is signed in, or of who they help: these are told, and get the letter."""
    now = clock.now()
    if not request.along:
        return redirect("newsletter:own", subscribing.subscribe(request.person, **_way(form), now=now).key)
    url = reverse("newsletter:newsletter")
    with transaction.atomic():
        subscribing.subscribe(request.along.helped, **_way(form), now=now)
        along.note(request.along, What.FOLLOW, title=_("Nieuwsbrief"), url=url, now=now)
    context = {"title": _("Nieuwsbrief"), "url": url, "name": request.along.helped.name}
    return render(request, "activity/followed_along.html", context)


def _way(form: WayForm) -> dict[str, bool]:
    return {"is_easy": form.cleaned_data["version"] == EASY, "is_plain": form.cleaned_data["shape"] == PLAIN}

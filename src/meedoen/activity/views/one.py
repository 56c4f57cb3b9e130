"""One thing that I follow: how often, stop, undo. A key from a mail opens it; only a press changes it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from meedoen.activity import actions, subjects
from meedoen.activity.forms import RhythmForm
from meedoen.activity.models import Follow, Follower
from meedoen.activity.rules import Rhythm
from meedoen.kernel import clock
from meedoen.pages.origin import anonymous_post


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: str) -> HttpResponse:
    """How often I hear; opening it does nothing."""
    followed = _mine(key)
    if own_page := subjects.page(followed):
        return redirect(own_page)
    is_saved = False
    form = RhythmForm(request.POST if request.method == "POST" else None, initial={"rhythm": followed.rhythm})
    if form.is_valid():
        actions.change(followed, rhythm=Rhythm(form.cleaned_data["rhythm"]), now=clock.now())
        is_saved = True
    context = {
        "form": form,
        "followed": followed,
        "title": subjects.alone(followed.subject),
        "is_saved": is_saved,
        "is_stopped": followed.rhythm == Rhythm.NEVER,
        "can_undo": followed.rhythm == Rhythm.NEVER and bool(followed.was),
        "all_url": place_of(request, Follower.objects.filter(person=followed.person).first()),
    }
    return render(request, "activity/change.html", context)


@never_cache
@csrf_exempt
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, key: str) -> HttpResponse:
    """Hear no more. The mail program's own button posts here without a page of ours (RFC 8058), so nothing guards
    it but the key; the page that follows undoes it."""
    followed = _mine(key)
    if request.method == "POST":
        actions.change(followed, rhythm=Rhythm.NEVER, now=clock.now())
        return redirect("activity:change", key)
    context = {
        "followed": followed,
        "title": subjects.alone(followed.subject),
        "words": subjects.stop_words(followed.subject),
        "stopping": subjects.stopping(followed.subject),
        "is_stopped": followed.rhythm == Rhythm.NEVER,
    }
    return render(request, "activity/stop.html", context)


@never_cache
@anonymous_post
@require_POST
def undo(request: HttpRequest, key: str) -> HttpResponse:
    """Follow again as before."""
    actions.undo(_mine(key), now=clock.now())
    return redirect("activity:change", key)


def _mine(key: str) -> Follow:
    return get_object_or_404(Follow.objects.select_related("subject", "person"), key=key, person__erased_at=None)


def place_of(request: HttpRequest, follower: Follower | None) -> str:
    """Where who asks finds all that they follow; empty when there is no such place for them."""
    person = getattr(request, "person", None)
    if person and (follower is None or follower.person_id == person.pk):
        return reverse("activity:mine")
    return reverse("activity:all", args=[follower.key]) if follower else ""

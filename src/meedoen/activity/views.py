"""Follow, change how often, stop. The key from a mail opens one's own follow; only a press changes it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from meedoen.kernel import clock
from meedoen.pages.origin import anonymous_post, network
from meedoen.people import actions as people
from meedoen.people.entrance.views import identified
from meedoen.people.models import Person

from . import actions
from .acts import FOLLOW
from .forms import FollowForm, RhythmForm
from .models import Follow, Subject
from .rules import Rhythm


def begin(request: HttpRequest, *, title: str, url: str, subject_of: Callable[[], Subject]) -> HttpResponse:
    """The page on which somebody begins to follow; a view of the subject's own feature calls it.

    ``subject_of`` makes the subject; it is asked only once somebody really follows.
    """
    person: Person | None = getattr(request, "person", None)
    sent = request.POST if request.method == "POST" else None
    form = RhythmForm(sent) if person else FollowForm(sent)
    if form.is_valid():
        now, subject = clock.now(), subject_of()
        rhythm = Rhythm(form.cleaned_data["rhythm"])
        if person:
            followed = actions.follow(person, subject, rhythm=rhythm, now=now)
            return redirect("activity:change", followed.key)
        try:
            act = people.keep(
                FOLLOW,
                payload={"subject": subject.pk, "rhythm": rhythm},
                name=form.cleaned_data["name"],
                email=form.cleaned_data["email"],
                network=network(request),
                now=now,
            )
        except people.Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("people:act", act.key)
    return render(request, "activity/follow.html", {"form": form, "title": title, "url": url})


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: str) -> HttpResponse:
    """How often I hear; opening it does nothing."""
    followed = _mine(key)
    is_saved = False
    form = RhythmForm(request.POST if request.method == "POST" else None, initial={"rhythm": followed.rhythm})
    if form.is_valid():
        actions.change(followed, rhythm=Rhythm(form.cleaned_data["rhythm"]), now=clock.now())
        is_saved = True
    context = {"form": form, "followed": followed, "is_saved": is_saved, "is_stopped": followed.rhythm == Rhythm.NEVER}
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
    return render(request, "activity/stop.html", {"followed": followed, "is_stopped": followed.rhythm == Rhythm.NEVER})


@identified
@require_GET
def mine(request: Any) -> HttpResponse:
    """``/mijn/volgen/``: all that I follow."""
    rows = [
        (each, str(dict(FollowForm.base_fields["rhythm"].choices).get(each.rhythm, _("Gestopt"))))  # type: ignore[attr-defined]
        for each in Follow.objects.of(request.person)
    ]
    return render(request, "activity/mine.html", {"rows": rows, "trail": [(_("Mijn pagina"), "/mijn/")]})


def _mine(key: str) -> Follow:
    return get_object_or_404(Follow.objects.select_related("subject", "person"), key=key, person__erased_at=None)

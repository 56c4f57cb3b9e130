"""All that I follow at once: change, pause, stop, undo. A key from a mail opens it; only a press changes it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.activity import actions, rules, subjects
from meedoen.activity.forms import RHYTHMS, AllForm, PauseForm
from meedoen.activity.models import Follow, Follower
from meedoen.activity.rules import Rhythm
from meedoen.kernel import clock
from meedoen.pages.origin import anonymous_post
from meedoen.people.entrance.guards import identified
from meedoen.people.models import Person

from .one import place_of

# What was done on the page of everything, as its address says it after ``?klaar=``.
CHANGED, PAUSED, RESUMED, STOPPED, UNDONE = "vaak", "pauze", "weer-mail", "stop", "terug"


@identified
@require_GET
def mine(request: Any) -> HttpResponse:
    """``/mijn/volgen/``: all that I follow."""
    return _everything(request, request.person)


@never_cache
@require_GET
def everything(request: HttpRequest, key: str) -> HttpResponse:
    """The same for who comes from a mail; who is signed in goes to the page of their own."""
    follower = _all_of(key)
    if getattr(request, "person", None) == follower.person:
        return redirect("activity:mine")
    return _everything(request, follower.person)


@never_cache
@anonymous_post
@require_POST
def change_all(request: HttpRequest, key: str) -> HttpResponse:
    """Hear of everything in one rhythm."""
    follower = _all_of(key)
    form = AllForm(request.POST)
    if not form.is_valid():
        return _everything(request, follower.person, rhythm_form=form)
    actions.change_all(follower, rhythm=Rhythm(form.cleaned_data["rhythm"]), now=clock.now())
    return _back(request, follower, CHANGED)


@never_cache
@anonymous_post
@require_POST
def pause(request: HttpRequest, key: str) -> HttpResponse:
    """No mail for some weeks."""
    follower, now = _all_of(key), clock.now()
    form = PauseForm(request.POST, today=clock.local_date(now))
    if not form.is_valid():
        return _everything(request, follower.person, pause_form=form)
    actions.pause(follower, weeks=form.cleaned_data["weeks"], now=now)
    return _back(request, follower, PAUSED)


@never_cache
@anonymous_post
@require_POST
def resume(request: HttpRequest, key: str) -> HttpResponse:
    """Mail again."""
    follower = _all_of(key)
    actions.resume(follower)
    return _back(request, follower, RESUMED)


@never_cache
@csrf_exempt
@require_http_methods(["GET", "POST"])
def stop_all(request: HttpRequest, key: str) -> HttpResponse:
    """Follow nothing any more. Like ``stop``, the mail program's own button may post here; it can be undone."""
    follower = _all_of(key)
    if request.method == "POST":
        actions.change_all(follower, rhythm=Rhythm.NEVER, now=clock.now())
        return _back(request, follower, STOPPED)
    return render(request, "activity/stop_all.html", {"follower": follower})


@never_cache
@anonymous_post
@require_POST
def undo_all(request: HttpRequest, key: str) -> HttpResponse:
    """Go back to what it was before all was changed at once."""
    follower = _all_of(key)
    actions.undo_all(follower, now=clock.now())
    return _back(request, follower, UNDONE)


def _everything(
    request: HttpRequest,
    person: Person,
    *,
    rhythm_form: AllForm | None = None,
    pause_form: PauseForm | None = None,
) -> HttpResponse:
    now = clock.now()
    today = clock.local_date(now)
    follows = list(Follow.objects.of(person))
    follower = Follower.objects.of(person) if follows else None
    done = request.GET.get("klaar", "")
    can_undo = bool(follower and follower.changed_at and now - follower.changed_at <= rules.UNDO_ALL)
    paused = follower is not None and rules.is_paused(follower.paused_until, today)
    context = {
        "groups": _groups([each for each in follows if each.rhythm != Rhythm.NEVER]),
        "stopped": [_row(each) for each in follows if each.rhythm == Rhythm.NEVER],
        "follower": follower,
        "paused_until": follower.paused_until if follower and paused else None,
        "can_undo": can_undo,
        "was_just_changed": can_undo and done in (CHANGED, STOPPED),
        "done": done,
        "rhythm_form": rhythm_form or AllForm(auto_id="id_alles_%s"),
        "pause_form": pause_form or PauseForm(today=today, auto_id="id_pauze_%s"),
        "wrong_form": rhythm_form or pause_form,
        "trail": [(_("Mijn pagina"), "/mijn/")] if getattr(request, "person", None) == person else [],
    }
    return render(request, "activity/mine.html", context)


def _groups(follows: list[Follow]) -> list[tuple[str, list[dict[str, str]]]]:
    """(what kind, what of it is followed); a kind whose feature is gone stands last, without a name of its own."""
    kinds = sorted(subjects.kinds(), key=lambda kind: str(kind.heading))
    known = {kind.name for kind in kinds}
    groups = [(str(kind.heading), [_row(each) for each in follows if each.subject.kind == kind.name]) for kind in kinds]
    groups.append((_("Andere dingen"), [_row(each) for each in follows if each.subject.kind not in known]))
    return [(heading, rows) for heading, rows in groups if rows]


def _row(followed: Follow) -> dict[str, str]:
    return {
        "title": followed.subject.title,
        "url": followed.subject.url,
        "rhythm": _rhythm(followed),
        "change_url": reverse("activity:change", args=[followed.key]),
    }


def _rhythm(followed: Follow) -> str:
    has_no_choice = followed.rhythm in rules.BY_MAIL and subjects.rhythm(followed.subject)
    return str(has_no_choice or RHYTHMS[Rhythm(followed.rhythm)])


def _all_of(key: str) -> Follower:
    return get_object_or_404(Follower.objects.select_related("person"), key=key, person__erased_at=None)


def _back(request: HttpRequest, follower: Follower, done: str) -> HttpResponse:
    return redirect(f"{place_of(request, follower)}?klaar={done}")

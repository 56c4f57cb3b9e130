"""Follow, change how often, pause, stop, undo; and what is new.

A key from a mail opens what is one's own; only a press changes it.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.kernel import clock, dutch
from meedoen.municipalities.models import Municipality
from meedoen.pages.origin import anonymous_post, network
from meedoen.pages.query import read_query
from meedoen.people import actions as people
from meedoen.people.along import actions as along
from meedoen.people.along.reading import was_switched
from meedoen.people.along.rules import What
from meedoen.people.entrance.views import identified
from meedoen.people.models import Person

from . import actions, rules, subjects
from .acts import FOLLOW
from .forms import RHYTHMS, AllForm, FollowForm, PauseForm, PlaceForm, RhythmForm
from .models import Follow, Follower, Happening, Subject
from .rules import Rhythm

# What was done on the page of everything, as its address says it after ``?klaar=``.
CHANGED, PAUSED, RESUMED, STOPPED, UNDONE = "vaak", "pauze", "weer-mail", "stop", "terug"


# Begin ------------------------------------------------------------------------------------------------------


@anonymous_post
@require_http_methods(["GET", "POST"])
def begin_at(request: HttpRequest, kind: str, text: str) -> HttpResponse:
    """``/volgen/thema/werk/``: follow what a kind finds by its address."""
    found = subjects.kind_at(kind)
    thing = found.find(text) if found and found.find else None
    if found is None or thing is None:
        raise Http404
    return begin(
        request,
        title=str(found.alone) % {"title": thing.title},
        url=thing.url,
        subject_of=lambda: Subject.objects.of(found.name, thing.key, title=thing.title, url=thing.url),
        followed=followed_by(request, found.name, thing.key),
    )


def begin(
    request: HttpRequest,
    *,
    title: str,
    url: str,
    subject_of: Callable[[], Subject],
    followed: Follow | None = None,
) -> HttpResponse:
    """The page on which somebody begins to follow; a view of the subject's own feature may call it.

    ``subject_of`` makes the subject; it is asked only once somebody really follows. Who follows it already
    (``followed``) comes to the page on which that is changed.
    """
    if followed and request.method == "GET":
        return redirect("activity:change", followed.key)
    person: Person | None = getattr(request, "person", None)
    sent = request.POST if request.method == "POST" else None
    form = RhythmForm(sent) if person else FollowForm(sent)
    if form.is_valid() and (switched := was_switched(request)):
        form.add_error(None, switched)
    if form.is_valid():
        now, subject = clock.now(), subject_of()
        rhythm = Rhythm(form.cleaned_data["rhythm"])
        if person and request.along:  # type: ignore[attr-defined]
            return _follow_along(request, subject, rhythm, now)
        if person:
            return redirect("activity:change", actions.follow(person, subject, rhythm=rhythm, now=now).key)
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


def _follow_along(request: Any, subject: Subject, rhythm: Rhythm, now: datetime) -> HttpResponse:
    """Let who is helped follow it; they are told, and get the mails."""
    with transaction.atomic():
        actions.follow(request.along.helped, subject, rhythm=rhythm, now=now)
        along.note(request.along, What.FOLLOW, title=subject.title, url=subject.url, now=now)
    context = {"title": subject.title, "url": subject.url, "name": request.along.helped.name}
    return render(request, "activity/followed_along.html", context)


def followed_by(request: Any, kind: str, key: str) -> Follow | None:
    """What who asks follows of it; None for a visitor, for whom it costs no query."""
    person = None if getattr(request, "along", None) else getattr(request, "person", None)
    return (
        Follow.objects.alive().filter(person=person, subject__kind=kind, subject__key=key).first() if person else None
    )


def link(request: Any, kind: subjects.Kind, *, text: str, key: str, title: str) -> tuple[str, str]:
    """(words, address) of the link to follow a thing of ``kind``, or to change that for who follows it already."""
    name = {"thing": str(kind.inside) % {"title": title}}
    if followed := followed_by(request, kind.name, key):
        words = _("Je volgt %(thing)s. Verander het, of stop") % name
        return words, reverse("activity:change", args=[followed.key])
    return _("Volg %(thing)s") % name, reverse("activity:begin", args=[kind.path, text])


def offer_municipality(request: Any, municipality: Municipality) -> tuple[str, str]:
    """The link on a municipality's own page."""
    kind = subjects.MUNICIPALITY
    return link(request, kind, text=municipality.slug, key=municipality.code, title=municipality.name)


# One ----------------------------------------------------------------------------------------------------


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
    context = {
        "form": form,
        "followed": followed,
        "title": subjects.alone(followed.subject),
        "is_saved": is_saved,
        "is_stopped": followed.rhythm == Rhythm.NEVER,
        "can_undo": followed.rhythm == Rhythm.NEVER and bool(followed.was),
        "all_url": _place_of(request, Follower.objects.filter(person=followed.person).first()),
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


# All --------------------------------------------------------------------------------------------------------


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
        "rhythm": str(RHYTHMS[Rhythm(followed.rhythm)]),
        "change_url": reverse("activity:change", args=[followed.key]),
    }


def _all_of(key: str) -> Follower:
    return get_object_or_404(Follower.objects.select_related("person"), key=key, person__erased_at=None)


def _place_of(request: HttpRequest, follower: Follower | None) -> str:
    """Where who asks finds all that they follow; empty when there is no such place for them."""
    person = getattr(request, "person", None)
    if person and (follower is None or follower.person_id == person.pk):
        return reverse("activity:mine")
    return reverse("activity:all", args=[follower.key]) if follower else ""


def _back(request: HttpRequest, follower: Follower, done: str) -> HttpResponse:
    return redirect(f"{_place_of(request, follower)}?klaar={done}")


# What is new ------------------------------------------------------------------------------------------------


@identified
@require_GET
def new(request: Any) -> HttpResponse:
    """``/mijn/nieuw/``: what happened in what I follow. What stands here is not mailed as well."""
    now = clock.now()
    form, problems, _canonical = read_query(PlaceForm, request.GET)
    asked = form.cleaned_data
    since = actions.look(request.person, now=now)
    followed = Happening.objects.followed_by(request.person, now=now).prefetch_related("subjects")
    page = followed.page(before=asked.get("voor"), after=asked.get("na"))
    actions.saw(request.person, page.happenings)
    mine = set(Follow.objects.alive().filter(person=request.person).values_list("subject_id", flat=True))
    fresh = [each for each in page.happenings if since is None or each.at > since - rules.TELL_AFTER]
    context = {
        "fresh": [_line(each, mine) for each in fresh],
        "earlier": [_line(each, mine) for each in page.happenings[len(fresh) :]],
        "is_first_page": not page.has_newer,
        "follows_any": bool(mine),
        "problems": problems,
        "newer_url": f"?na={page.happenings[0].place}" if page.has_newer and page.happenings else "",
        "older_url": f"?voor={page.happenings[-1].place}" if page.has_older else "",
        "trail": [(_("Mijn pagina"), "/mijn/")],
    }
    return render(request, "activity/new.html", context)


def _line(happening: Happening, mine: set[int]) -> tuple[str, str]:
    """(what, where and when in words; address)."""
    places = dutch.join([subjects.inside(each) for each in happening.subjects.all() if each.pk in mine])
    words = _("%(what)s, bij %(places)s, %(when)s") % {
        "what": happening.sentence,
        "places": places,
        "when": dutch.datetime_words(happening.at),
    }
    return words, happening.url


def new_words(person: Person) -> str:
    """How much is new since somebody last looked, as a sentence for their own page."""
    looked_at = Follower.objects.filter(person=person).values_list("looked_at", flat=True).first()
    count = Happening.objects.followed_by(person, now=clock.now()).new_since(looked_at).count()
    if not count:
        return _("Er is niets nieuws bij wat je volgt.")
    return ngettext(
        "Er is %(count)s ding nieuw bij wat je volgt.", "Er zijn %(count)s dingen nieuw bij wat je volgt.", count
    ) % {"count": dutch.number(count)}

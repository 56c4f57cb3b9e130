"""Beginning to follow something, as a guest, signed in, or along with somebody; and the link that leads there."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meedoen.activity import actions, subjects
from meedoen.activity.acts import FOLLOW
from meedoen.activity.forms import FollowForm, RhythmForm
from meedoen.activity.models import Follow, Subject
from meedoen.activity.rules import Rhythm
from meedoen.kernel import clock
from meedoen.municipalities.models import Municipality
from meedoen.pages.origin import anonymous_post, network
from meedoen.people import actions as people
from meedoen.people.along import actions as along
from meedoen.people.along.reading import was_switched
from meedoen.people.along.rules import What
from meedoen.people.models import Person


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
